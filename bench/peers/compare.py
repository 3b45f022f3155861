"""ledsq and Splink on the same file, one after the other and again.

    bench/peers/.venv/bin/python bench/peers/compare.py [--n 1000000] [--runs 3]
    bench/peers/.venv/bin/python bench/peers/compare.py --wide         # some 30 candidate pairs for each record
    bench/peers/.venv/bin/python bench/peers/compare.py --file people.csv --truth people.csv --id unique_id --entity cluster

Without --file, ledsq generate makes the people, duplicates and errors. Wall and
processor time, and the peak of memory, are those of the whole process, CSV in
and clusters out. The medians are printed beside each other, with the load of the
machine before each run: a ratio taken on a busy machine says little.
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

from compare_runs import run

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def columns(path, key, value):
    with open(path, newline="", encoding="utf-8") as f:
        return {row[key]: row[value] for row in csv.DictReader(f)}


def f1(truth, clusters):
    """Precision, recall and F1 over the pairs of records that share a cluster."""
    pairs = lambda groups: sum(n * (n - 1) // 2 for n in collections.Counter(groups).values())
    if truth.keys() != clusters.keys():
        sys.exit("the clusters are not of the same records as the truth")
    both = pairs((truth[i], clusters[i]) for i in truth)
    found, true = pairs(clusters.values()), pairs(truth.values())
    return both / max(found, 1), both / max(true, 1), 2 * both / max(found + true, 1)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--n", type=int, default=1_000_000)
    p.add_argument("--seed", type=int, default=42)
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--wide", action="store_true")
    p.add_argument("--file")
    p.add_argument("--truth")
    p.add_argument("--id", default="id")
    p.add_argument("--entity", default="entity_id")
    a = p.parse_args()
    if bool(a.file) != bool(a.truth):
        p.error("--file and --truth go together")
    with tempfile.TemporaryDirectory() as work:
        ours = f"{work}/ledsq"
        subprocess.run(["go", "build", "-o", ours, "./cmd/ledsq"], cwd=ROOT, check=True)
        if not a.file:
            a.file, a.truth = f"{work}/people.csv", f"{work}/truth.csv"
            subprocess.run([ours, "generate", "--kind", "person", "--n", str(a.n), "--seed", str(a.seed),
                            "--errors", "realistic", "--out", a.file, "--truth", a.truth], check=True)
        truth = columns(a.truth, a.id, a.entity)
        tools = {
            "ledsq": [ours, "dedupe", "--quiet", "--kind", "person", "--clusters", f"{work}/ledsq.csv", a.file],
            "Splink": [sys.executable, str(HERE / "splink_run.py"), a.file, f"{work}/Splink.csv"],
        }
        if a.wide:
            tools["ledsq"] += ["--pairs-per-record", "30"]
            tools["Splink"].append("wide")
        print(f"{len(truth):,} records; {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
        taken = collections.defaultdict(list)
        for i in range(a.runs):
            for tool, command in tools.items():
                load = os.getloadavg()[0]
                taken[tool].append(run(command))
                wall, cpu, peak = taken[tool][-1]
                print(f"run {i + 1}  {tool:8} wall {wall:7.1f} s  processor {cpu:7.1f} s  peak {peak:7.0f} MB  load before {load:.1f}", flush=True)
        middle = {tool: [statistics.median(column) for column in zip(*rows)] for tool, rows in taken.items()}
        for tool, (wall, cpu, peak) in middle.items():
            precision, recall, both = f1(truth, columns(f"{work}/{tool}.csv", "id", "cluster_id"))
            print(f"median {tool:8} wall {wall:7.1f} s  processor {cpu:7.1f} s  peak {peak:7.0f} MB  precision {precision:.4f}  recall {recall:.4f}  F1 {both:.4f}")
        wall, cpu, peak = (s / o for s, o in zip(middle["Splink"], middle["ledsq"]))
        print(f"Splink takes {wall:.1f} times the wall time, {cpu:.1f} times the processor time and {peak:.1f} times the memory")


if __name__ == "__main__":
    main()
