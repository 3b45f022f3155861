#!/usr/bin/env python3
"""ledsq dedupe --model on Apache Spark: the same pairs and clusters, byte for byte.

    spark/.venv/bin/python spark/dedupe.py --model m.json --pairs p.csv --clusters c.csv FILE…

See docs/spark.md.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)


def flags():
    p = argparse.ArgumentParser(description="ledsq dedupe --model on Apache Spark: the same pairs and clusters, byte for byte. See docs/spark.md.")
    p.add_argument("files", nargs="+", metavar="FILE", help="files of records that every machine reads under this name; each is read by one task")
    p.add_argument("--model", required=True, help="JSON that ledsq train wrote")
    p.add_argument("--pairs", help="file for the pairs: CSV, .jsonl, .parquet")
    p.add_argument("--clusters", help="file for the clusters: CSV, .parquet")
    p.add_argument("--summary", help="file for the summary, JSON")
    p.add_argument("--master", default=os.environ.get("SPARK_MASTER", "local[*]"), help="Spark's master (default: SPARK_MASTER, else this machine alone)")
    p.add_argument("--ledsq", help="the ledsq command that is sent to the machines (default: on the PATH)")
    p.add_argument("--shards", type=int, help="parts that the work is cut into (default: one for 6 MB of input, twice the processors at least)")
    p.add_argument("--conf", action="append", default=[], metavar="NAME=VALUE", help="setting of Spark, repeatable")
    p.add_argument("--bind", default="127.0.0.1", help="address that the driver listens on (default: loopback)")
    p.add_argument("--quiet", action="store_true", help="no progress")
    p.add_argument("--spreadsheet-safe", default="true", choices=["true", "false"])
    for name in ("match-probability", "review-probability"):
        p.add_argument("--" + name, help="as for ledsq dedupe")
    for name in ("kind", "map", "as-of", "date-order", "delimiter", "sheet", "codes"):
        p.add_argument("--" + name, help="as for ledsq dedupe")
    p.add_argument("--prefix-ids", action="store_true", help="as for ledsq dedupe")
    return p


def java(env):
    """Finds a Java, that which spark/install fetched if there is no other."""
    if env.get("JAVA_HOME") or shutil.which("java"):
        return
    own = os.path.join(HERE, ".venv", "java")
    if not os.path.exists(os.path.join(own, "bin", "java")):
        sys.exit("ledsq-spark: there is no Java: install Java 17, or run spark/install, which fetches one where there is none")
    env["JAVA_HOME"] = own


def context(o):
    java(os.environ)
    os.environ.setdefault("SPARK_LOCAL_IP", o.bind)
    os.environ["PYSPARK_PYTHON"] = os.environ.get("PYSPARK_PYTHON", sys.executable)
    from pyspark import SparkConf, SparkContext

    conf = SparkConf().setAppName("ledsq dedupe").setMaster(o.master)
    for name, value in {
        "spark.driver.host": o.bind, "spark.driver.bindAddress": o.bind, "spark.ui.enabled": "false", "spark.eventLog.enabled": "false",
        "spark.executor.memory": "1g", "spark.driver.memory": "1g", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR",
        "spark.python.worker.reuse": "true", "spark.rdd.compress": "true", "spark.files.overwrite": "true",
        "spark.stage.maxConsecutiveAttempts": "8",
    }.items():
        conf.set(name, value)
    for one in o.conf:
        name, _, value = one.partition("=")
        conf.set(name, value)
    sc = SparkContext(conf=conf)
    for name in ("frames.py", "hop.py", "job.py"):
        sc.addPyFile(os.path.join(HERE, name))
    return sc


def main():
    o = flags().parse_args()
    if not o.pairs and not o.clusters:
        sys.exit("ledsq-spark: --pairs FILE or --clusters FILE says where what is found goes")
    ledsq = o.ledsq or shutil.which("ledsq") or sys.exit("ledsq-spark: no ledsq on the PATH: go install ./cmd/ledsq, or --ledsq FILE")
    files, thresholds, reading = [os.path.abspath(f) for f in o.files], [], []
    for name in ("match-probability", "review-probability"):
        if getattr(o, name.replace("-", "_")):
            thresholds += ["--" + name, getattr(o, name.replace("-", "_"))]
    for name in ("kind", "map", "as-of", "date-order", "delimiter", "sheet", "codes"):
        if getattr(o, name.replace("-", "_")) is not None:
            reading += ["--" + name, getattr(o, name.replace("-", "_"))]
    # What the files say of themselves together is found out once, for all tasks.
    opened = subprocess.run([ledsq, "worker", "open", "--model", o.model, *(["--quiet"] if o.quiet else []), *reading, *files], stdout=subprocess.PIPE, check=False)
    if opened.returncode != 0:
        sys.exit(opened.returncode)
    settled = json.loads(opened.stdout)
    for flag, key in (("--as-of", "asOf"), ("--date-order", "dateOrder"), ("--kind", "kind")):
        if flag not in reading and settled[key]:
            reading += [flag, settled[key]]
    if o.prefix_ids:
        reading.append("--prefix-ids")

    sc = context(o)
    from py4j.protocol import Py4JError

    from job import Disagreement, Job, say_to

    say = (lambda line: None) if o.quiet else say_to(sys.stderr)
    size = sum(os.path.getsize(f) for f in files)
    shards = o.shards or max(2 * sc.defaultParallelism, size // (6 << 20), 1)
    try:
        job = Job(sc, ledsq, o.model, shards, {"thresholds": thresholds, "pairs": o.pairs, "clusters": o.clusters, "safe": o.spreadsheet_safe}, say)
        found = job.run(files, reading)
    except Disagreement as e:
        sys.exit(f"ledsq-spark: nothing was published: {e}")
    except Py4JError as e:
        sys.exit(f"ledsq-spark: nothing was published: {reason(str(e))}")
    finally:
        sc.stop()
    if o.summary:
        with open(o.summary + ".part", "w", encoding="utf-8") as f:
            json.dump(found, f, indent=2)
        os.replace(o.summary + ".part", o.summary)
    if not o.quiet:
        tell(found)
    if found["skipped"]:
        sys.exit(3)  # as ledsq dedupe does


def reason(trace):
    """The sentence in a stack trace of Spark that says why."""
    said = re.findall(r"StepFailed: (.*)", trace) or re.findall(r"(Job aborted.*)", trace) or [trace.strip().splitlines()[0]]
    return said[0].strip()


def tell(s):
    print(f"Records       {s['records']:,}, in {s['shards']} shards; {s['skipped']} could not be read")
    print(f"Pairs         {s['matches']:,} proposed as matches, {s['reviews']:,} for clerical review, of {s['candidatePairs']:,} compared")
    print(f"Clusters      {s['clusters']:,} of two records or more, of {s['clusteredRecords']:,} records")
    for key, d in s["dropped"].items():
        print(f"Left to finer keys: {d['blocks']:,} blocks of {key} with {d['records']:,} records")
    print(f"Time          {s['seconds']} s in {s['steps']} steps")


if __name__ == "__main__":
    main()
