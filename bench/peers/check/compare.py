"""ledsq check beside pandera, pointblank, Great Expectations and Frictionless.

    bench/peers/.venv/bin/python bench/peers/check/compare.py [--n 1000000] [--runs 3] [--only TOOL,...]

The same ten checks on the same file, every failing row listed; whole processes,
on one core each, ledsq on two as well. ledsq generate makes the people; a fault
is planted in 2 of 1,000 cells of each checked column. A tool that lists other rows
than those with a fault is said to differ: only what is equal is comparable.
The slow tools run once.
"""

import argparse
import collections
import csv
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent))
import ten
from compare_runs import run

SLOW = {"Frictionless", "Great Expectations"}


def found(path, ours):
    by = collections.defaultdict(set)
    names = {(c.rule, c.column): c.name for c in ten.ALL}
    with open(path, newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if ours and row["severity"] == "error":
                by[names[row["rule"], row["field"]]].add(row["id"])
            elif not ours:
                by[row["check"]].add(row["id"])
    return by


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--n", type=int, default=1_000_000)
    p.add_argument("--seed", type=int, default=42)
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--only", default="")
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as work:
        ours = f"{work}/ledsq"
        subprocess.run(["go", "build", "-o", ours, "./cmd/ledsq"], cwd=ROOT, check=True)
        subprocess.run([ours, "generate", "--kind", "person", "--n", str(a.n), "--seed", str(a.seed), "--out", f"{work}/whole.csv"], check=True)
        people = f"{work}/people.csv"
        faulty = ten.write_damaged(f"{work}/whole.csv", people)
        os.remove(f"{work}/whole.csv")
        check = [ours, "check", "--quiet", "--no-config", "--kind", "person", "--as-of", ten.AS_OF, "--fail-on", "never", "--only", ",".join(ten.RULES)]
        tools = {
            "ledsq": (1, check + ["--jobs", "1", "--out", f"csv={work}/ledsq.csv", people]),
            "ledsq on two": (2, check + ["--jobs", "2", "--out", f"csv={work}/ledsq on two.csv", people]),
        }
        for name, script in (("pandera", "pandera_run"), ("pointblank", "pointblank_run"), ("Great Expectations", "gx_run"), ("Frictionless", "frictionless_run")):
            tools[name] = (1, [sys.executable, str(HERE / f"{script}.py"), people, f"{work}/{name}.csv"])
        if a.only:
            tools = {name: tool for name, tool in tools.items() if name in a.only.split(",") or name == "ledsq"}
        print(f"{a.n:,} records, {sum(map(len, faulty.values())):,} faults; {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
        taken = collections.defaultdict(list)
        for i in range(a.runs):
            for name, (cores, command) in tools.items():
                if i and name in SLOW:
                    continue
                load = os.getloadavg()[0]
                taken[name].append(run(command, cores))
                wall, cpu, peak = taken[name][-1]
                print(f"run {i + 1}  {name:18} wall {wall:7.2f} s  processor {cpu:7.2f} s  peak {peak:6.0f} MB  load before {load:.1f}", flush=True)
        wall0, cpu0, _ = (statistics.median(column) for column in zip(*taken["ledsq"]))
        for name, rows in taken.items():
            wall, cpu, peak = (statistics.median(column) for column in zip(*rows))
            got = found(f"{work}/{name}.csv", name.startswith("ledsq"))
            print(f"median {name:18} wall {wall:7.2f} s ({wall / wall0:5.2f})  processor {cpu:7.2f} s ({cpu / cpu0:5.2f})  peak {peak:6.0f} MB  rows {sum(map(len, got.values())):,}"
                  + ("  equal" if got == faulty else "  DIFFERS"))
            for c in ten.ALL:
                if got[c.name] != faulty[c.name]:
                    print(f"    {c.name}: {len(got[c.name])} rows, {len(faulty[c.name])} planted; {len(faulty[c.name] - got[c.name])} missed, {len(got[c.name] - faulty[c.name])} more")


if __name__ == "__main__":
    main()
