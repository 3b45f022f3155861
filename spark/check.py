#!/usr/bin/env python3
"""Holds the Spark job to ledsq dedupe, byte for byte, on a standalone master with two
workers on loopback.

    spark/.venv/bin/python spark/check.py
    spark/.venv/bin/python spark/check.py --n 1000000 --runs plain,killed,lost

Runs: plain; broken (streams that are cut and damaged: nothing may be published); killed (a
worker and its executor, kill -9, half way); lost (the shuffle files of a worker); both (one
after the other, of the two workers).
"""

import argparse
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
DAY = "2026-11-23"


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=10_000)
    p.add_argument("--ledsq", default="ledsq")
    p.add_argument("--records", help="file to run on, instead of records that ledsq generate makes")
    p.add_argument("--model", help="model to use, instead of one trained on some of the records")
    p.add_argument("--shards", type=int)
    p.add_argument("--runs", default="plain,broken")
    o = p.parse_args()
    o.ledsq = shutil.which(o.ledsq) or sys.exit(f"no command {o.ledsq}: go install ./cmd/ledsq, or --ledsq FILE")
    o.ledsq = os.path.abspath(o.ledsq)
    import dedupe

    dedupe.java(os.environ)
    from cluster import Cluster

    with tempfile.TemporaryDirectory(prefix="ledsq-check-") as folder:
        c = Check(o, folder)
        c.prepare()
        runs = o.runs.split(",")
        for some in ([r for r in runs if r in ("plain", "broken", "lost")], *([r] for r in runs if r in ("killed", "both"))):  # who is killed stays dead
            if not some:
                continue
            with Cluster() as cluster:
                c.cluster = cluster
                for run in some:
                    getattr(c, run)()
    print("== Spark and one process agree")


class Check:
    def __init__(self, o, folder):
        self.o, self.folder = o, folder
        self.records, self.model = o.records or self.path("people.csv"), o.model or self.path("model.json")
        self.small = o.n <= 100_000

    def path(self, name):
        return os.path.join(self.folder, name)

    def ledsq(self, *args):
        subprocess.run([self.o.ledsq, *args], check=True, stdout=subprocess.DEVNULL)

    def prepare(self):
        if not self.o.records:
            self.ledsq("generate", "--kind", "person", "--n", str(self.o.n), "--seed", "11", "--errors", "realistic", "--out", self.records)
        if not self.o.model:
            some = self.path("some.csv")
            with open(self.records, encoding="utf-8") as f, open(some, "w", encoding="utf-8") as g:
                for _, line in zip(range(10_001), f):
                    g.write(line)
            self.ledsq("train", "--quiet", "--as-of", DAY, "--model", self.model, some)
        begin = time.monotonic()
        self.ledsq("dedupe", "--quiet", "--as-of", DAY, "--model", self.model, "--pairs", self.path("pairs.csv"), "--clusters", self.path("clusters.csv"), self.records)
        print(f"== one process: {time.monotonic() - begin:.1f} s")

    def job(self, ledsq=None):
        command = [sys.executable, os.path.join(HERE, "dedupe.py"), "--ledsq", ledsq or self.o.ledsq, "--master", self.cluster.master, "--as-of", DAY,
                   "--model", self.model, "--pairs", self.path("spark-pairs.csv"), "--clusters", self.path("spark-clusters.csv"), "--summary", self.path("summary.json")]
        if self.o.shards:
            command += ["--shards", str(self.o.shards)]
        if self.small:  # compiling well pays only in long runs
            for one in ("driver", "executor"):
                command += ["--conf", f"spark.{one}.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"]
        return command + [self.records]

    def clean(self):
        for name in ("spark-pairs.csv", "spark-clusters.csv", "summary.json"):
            if os.path.exists(self.path(name)):
                os.remove(self.path(name))

    def same(self, begin):
        for name in ("pairs.csv", "clusters.csv"):
            if not filecmp.cmp(self.path(name), self.path("spark-" + name), shallow=False):
                raise SystemExit(f"{name} is not what one process gives")
        with open(self.path("summary.json"), encoding="utf-8") as f:
            s = json.load(f)
        print(f"   the same bytes: {s['records']:,} records, {s['matches']:,} matches, {s['reviews']:,} reviews, {s['clusters']:,} clusters; {time.monotonic() - begin:.1f} s")

    def watch(self, process, *events):
        """Shows what the job says, and does things once it said that a step is done:
        the step of each event, and what to do."""
        todo = list(events)
        said = []
        for line in process.stderr:
            said.append(line)
            if re.search(r"ledsq-spark: |ledsq worker|Error", line):
                print("  ", line.rstrip()[:300])
            if todo and line.startswith(f"ledsq-spark: {todo[0][0]} "):
                threading.Timer(1.0, todo.pop(0)[1]).start()  # in the middle of the step after
        process.wait()
        return "".join(said)

    def plain(self):
        print("== on Spark")
        begin = time.monotonic()
        process = subprocess.Popen(self.job(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        bad = []
        said = self.watch(process, ("count", lambda: bad.extend(self.cluster.listening(process))))
        if process.returncode != 0:
            raise SystemExit(said[-3000:] + "\nthe job failed")
        if bad:
            raise SystemExit(f"listening beyond loopback: {bad}")
        self.same(begin)
        self.masked(said)

    def masked(self, said):
        """No value of a record stands in what Spark or the job wrote down."""
        values = set()
        with open(self.records, encoding="utf-8") as f:
            next(f)
            for _, line in zip(range(400), f):
                values |= {v for v in re.findall(r"[A-Za-z0-9.@ '-]{8,}", line) if re.search(r"[0-9@ ]", v)}
        for folder, _, names in os.walk(self.cluster.dir):
            for name in names:
                if name.endswith(".log") or name in ("stdout", "stderr"):
                    with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as f:
                        said += f.read()
        shown = [v for v in list(values)[:500] if v in said]
        if shown:
            raise SystemExit(f"{len(shown)} values of records stand in the logs")

    def killed(self):
        print("== a worker and its executor killed half way")
        self.ordeal(("place", lambda: self.cluster.kill(self.cluster.workers[0])))

    def lost(self):
        print("== the shuffle files of a worker lost half way")
        self.losing(0)

    def both(self):
        print("== a worker and its executor killed, and later the shuffle files of the other lost")
        self.losing(1, ("place", lambda: self.cluster.kill(self.cluster.workers[0])))

    def losing(self, which, *before):
        gone = []
        self.ordeal(*before, ("components" if before else "place", lambda: gone.append(self.cluster.lose_shuffles(self.cluster.workers[which]))))
        print(f"   {sum(gone)} files were taken away")
        if not sum(gone):
            raise SystemExit("no files were lost: that shows nothing")

    def ordeal(self, *events):
        self.clean()
        begin = time.monotonic()
        process = subprocess.Popen(self.job(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        said = self.watch(process, *events)
        if process.returncode != 0:
            raise SystemExit(said[-3000:] + "\nthe job failed")
        self.same(begin)

    def broken(self):
        """A step whose stream is cut or damaged fails the job, and nothing is published.
        internal/cli has a test for every place where a stream can break."""
        for what, spoil in (("cut short", "del b[-20:]"), ("damaged", "b[3000] ^= 1")):
            print(f"== a stream that is {what}")
            self.clean()
            wrapper = self.path("ledsq-" + what.replace(" ", "-"))
            with open(wrapper, "w", encoding="utf-8") as f:
                f.write(f"""#!{sys.executable}
import os, subprocess, sys
real = {self.o.ledsq!r}
if sys.argv[2] != "read":
    os.execv(real, [real, *sys.argv[1:]])
done = subprocess.run([real, *sys.argv[1:]], stdout=subprocess.PIPE)
b = bytearray(done.stdout)
{spoil}
sys.stdout.buffer.write(b)
sys.exit(done.returncode)
""")
            os.chmod(wrapper, 0o755)
            command = self.job(wrapper)
            process = subprocess.Popen(command[:-1] + ["--conf", "spark.task.maxFailures=2", command[-1]], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
            said = self.watch(process)
            if process.returncode == 0:
                raise SystemExit("the job took a broken stream for a whole one")
            if any(os.path.exists(self.path(n)) for n in ("spark-pairs.csv", "spark-clusters.csv", "summary.json")):
                raise SystemExit("something was published all the same")
            print("   refused:", next((w for w in ("cut short", "damaged", "incomplete") if w in said), "for another reason"))


if __name__ == "__main__":
    main()
