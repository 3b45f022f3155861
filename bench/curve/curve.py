"""How time and memory of ledsq dedupe grow with the records.

    bench/peers/.venv/bin/python bench/curve/curve.py [--n 100000,1000000,5000000,13000000] [--memory 16GB]
    bench/peers/.venv/bin/python bench/curve/curve.py --files a.csv,b.csv

CSV in, clusters out, whole processes, one run each, beside what --plan foretold. ledsq
generate makes the people, and of its columns those are taken that a list of names has:
13 million need some 8 GB of disk on the way. It should run on a quiet machine.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import duckdb

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "peers"))
from compare_runs import run

COLUMNS = ["id", "givenName", "middleNames", "surname", "sex", "dateOfBirth", "addressLine", "town", "postcode", "pncId", "mobile", "email"]


def people(ours, n, target):
    """Writes n people with few columns."""
    whole = f"{target}.whole"
    subprocess.run([ours, "generate", "--kind", "person", "--n", str(n), "--seed", "42", "--errors", "realistic", "--out", whole], check=True)
    columns = ", ".join(f'"{c}"' for c in COLUMNS)
    duckdb.sql(f"copy (select {columns} from read_csv('{whole}', all_varchar=true, header=true, parallel=true)) to '{target}' (format csv, header)")
    os.remove(whole)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--n", default="100000,1000000,5000000,13000000")
    p.add_argument("--files")
    p.add_argument("--memory", default="")
    p.add_argument("--no-plan", action="store_true", help="do not ask --plan first")
    a = p.parse_args()
    bound = ["--memory", a.memory] if a.memory else []
    with tempfile.TemporaryDirectory() as work:
        ours = f"{work}/ledsq"
        subprocess.run(["go", "build", "-o", ours, "./cmd/ledsq"], cwd=ROOT, check=True)
        print(f"{os.cpu_count()} processors; microseconds are of wall time for each record")
        print(f"{'records':>12} {'wall':>9} {'foretold':>9} {'processor':>10} {'each':>9} {'peak':>9} {'foretold':>9} {'least':>9}  load before", flush=True)
        for one in (a.files or a.n).split(","):
            path = one
            if not a.files:
                path = f"{work}/people.csv"
                people(ours, int(one), path)
            command = [ours, "dedupe", "--quiet", "--no-config", "--kind", "person", *bound]
            plan = {"totalSeconds": float("nan"), "memory": {"usual": 0, "least": 0}}
            if not a.no_plan:
                plan = json.loads(subprocess.run(command + ["--plan", "--out", "json", path], check=True, capture_output=True).stdout)["plan"]
            load = os.getloadavg()[0]
            wall, cpu, peak = run(command + ["--clusters", f"{work}/clusters.csv", "--out", f"json={work}/sum.json", path])
            with open(f"{work}/sum.json", encoding="utf-8") as f:
                n = json.load(f)["summary"]["records"]
            memory = plan["memory"]
            print(f"{n:12,} {wall:7.1f} s {plan['totalSeconds']:7.1f} s {cpu:8.1f} s {wall / n * 1e6:6.1f} µs {peak:6.0f} MB {memory['usual'] / 1e6:6.0f} MB {memory['least'] / 1e6:6.0f} MB  {load:.1f}", flush=True)
            if not a.files:
                os.remove(path)


if __name__ == "__main__":
    main()
