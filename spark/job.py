"""The steps of ledsq worker put together on Spark."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from pyspark import StorageLevel

import frames
from hop import ByPartition, Step

ROUNDS = 3  # over all records, then twice over one record of each entity


class Disagreement(Exception):
    """What came out of one step and what went into the next are not the same."""


def by_key(key):
    return key


class Hop:
    """What a step gave: batches that Spark holds, and counts of them."""

    def __init__(self, rdd, out, tally):
        self.rdd, self.out, self.tally = rdd, out, tally

    def only(self, kinds):
        return Hop(self.rdd.filter(lambda e: frames.kind_of(e[1]) in kinds), {k: n for k, n in self.out.items() if k in kinds}, self.tally)


class Job:
    """One run. Nothing is published before every count agrees."""

    def __init__(self, sc, ledsq, model, shards, flags, say):
        self.sc, self.ledsq, self.model, self.shards, self.flags, self.say = sc, ledsq, model, shards, flags, say
        self.dir = tempfile.TemporaryDirectory(prefix="ledsq-spark-")  # for the owner alone
        self.common = ["--shards", str(shards)] + flags["thresholds"]
        self.lines = self.common + [f"--pairs={flags['pairs'] or ''}", f"--clusters={flags['clusters'] or ''}", f"--spreadsheet-safe={flags['safe']}"]
        self.held, self.began, self.steps = [], time.monotonic(), 0
        for name, path in (("ledsq", ledsq), ("model.json", model)):
            sc.addFile(shutil.copy(path, os.path.join(self.dir.name, name)))

    # Spark

    def hop(self, step, *sources, spread=True, counts=None):
        """Runs a step over the batches of some sources, brought to the shards they
        are for unless they stay where they are."""
        start, rdd = time.monotonic(), self.sc.union([s.rdd for s in sources]) if len(sources) > 1 else sources[0].rdd
        if spread:
            rdd = rdd.partitionBy(self.shards, by_key)
        return self.ran(step, rdd, self.sum_items(sources), start)

    def sum_items(self, sources):
        want = {}
        for s in sources:
            for kind, n in s.out.items():
                want[kind] = want.get(kind, 0) + n
        return want

    def ran(self, step, rdd, want, start):
        """Makes Spark do it, and compares what went in with what should have."""
        notes = self.sc.accumulator({}, ByPartition())
        out = rdd.mapPartitionsWithIndex(step.noting(notes)).persist(StorageLevel.DISK_ONLY)
        self.held.append(out)
        out._jrdd.count()  # works it out, and moves nothing out of Spark
        self.agree(f"partitions of {step.name}", len(notes.value), out.getNumPartitions())
        came, gave, tally = {}, {}, {}
        for note in notes.value.values():
            for total, part in ((came, note["in"]), (gave, note["out"]), (tally, note["tally"])):
                for k, n in part.items():
                    total[k] = total.get(k, 0) + n
        if want is not None and came != want:
            raise Disagreement(f"{step.name}: {came} went in, and {want} had come out of the steps before")
        self.steps += 1
        self.say(f"{step.name:<10} {told(came)} → {told(gave)}, {time.monotonic() - start:.1f} s")
        return Hop(out, gave, tally)

    def free(self, *hops):
        """Lets go of what no step needs again."""
        for h in hops:
            h.rdd.unpersist()

    def agree(self, what, *numbers):
        if len(set(numbers)) != 1:
            raise Disagreement(f"{what}: the counts are {', '.join(map(str, numbers))}, and should be one")

    def side(self, name, batches):
        """Makes a file of a stream and brings it to every machine."""
        path = os.path.join(self.dir.name, name)
        count = frames.save(path, batches)
        self.sc.addFile(path)
        return path, count

    def here(self, name, batches, *args):
        """Runs a step on this machine, and gives its output."""
        command = [self.ledsq, "worker", name, "--model", self.model, *self.common, *args]
        with tempfile.TemporaryFile(dir=self.dir.name) as stdin:
            count = frames.Count()
            stdin.write(frames.MAGIC)
            for frame in batches:
                count.add(frame)
                stdin.write(frame)
            stdin.write(count.trailer())
            stdin.seek(0)
            done = subprocess.run(command, stdin=stdin, stdout=subprocess.PIPE, check=False)
        if done.returncode != 0:
            raise SystemExit(done.returncode)
        return done.stdout, count

    # The work

    def read(self, files, reading):
        """Reads the files, each in a task of its own."""
        start = time.monotonic()
        step = Step("read", self.common + reading, reads=True)
        rdd = self.sc.parallelize(list(enumerate(files)), len(files))
        read = self.ran(step, rdd, {}, start)
        self.agree("records read", read.tally["records"], read.out.get("R", 0))
        if read.tally["blankIDs"]:
            raise SystemExit(told_ids(f"{read.tally['blankIDs']} records have no id"))
        self.records, self.filled = read.tally["records"], {k[7:]: n for k, n in read.tally.items() if k.startswith("filled:")}
        self.skipped = read.tally["skipped"]
        return read

    def facts(self, number, *terms):
        """Counts how common values are, and tells every machine."""
        counted = self.hop(Step("count", self.common), *terms)
        t = counted.tally
        self.agree("counts of values", t.get("termsIn", 0), sum(x.out.get("T", 0) for x in terms))
        if t.get("sameIDs"):
            raise SystemExit(told_ids(f"{t['sameIDs']} records have an id that another record has too"))
        known = {"records": self.records, "filled": self.filled, "entities": number > 0,
                 "terms": {k[2:]: {"n": n, "squares": t["squares:" + k[2:]]} for k, n in t.items() if k.startswith("n:")}}
        first = [frames.pack("J", json.dumps(known).encode())]
        common = counted.only("t")
        def all_of():
            yield from first
            for _, frame in common.rdd.toLocalIterator():
                yield frame
        _, count = self.side(f"facts{number}", all_of())
        self.agree("common values", count.items.get("t", 0), t.get("common", 0))
        return f"facts{number}", counted.only("T"), counted

    def plan(self, rows, facts):
        sampled = self.hop(Step("sample", self.common, {"--facts": facts}), rows, spread=False)
        out, count = self.here("plan", (f for _, f in sampled.only("R").rdd.toLocalIterator()), "--facts", os.path.join(self.dir.name, facts))
        self.agree("records to plan from", count.items.get("R", 0), sampled.tally["sampled"])
        path = os.path.join(self.dir.name, "plan")
        with open(path, "wb") as f:
            f.write(out)
        self.sc.addFile(path)
        self.free(sampled)

    def compare(self, rows, facts):
        """Blocks and compares."""
        sides = {"--facts": facts, "--plan": "plan"}
        keys = self.hop(Step("keys", self.common, sides), rows, spread=False)
        self.agree("records with keys", keys.tally["records"], self.records)
        live = self.hop(Step("blocks", self.common, sides), keys)
        self.free(keys)
        placed = self.hop(Step("place", self.common), rows, live)
        self.agree("records placed", placed.tally["records"], self.records)
        self.free(live)
        score = self.hop(Step("score", self.common, {"--facts": facts}), placed)
        self.agree("members of blocks", score.tally.get("members", 0), live.tally.get("live", 0))
        self.free(placed)
        self.blocks, self.scored = live.tally, score.tally
        return score

    def connect(self, parts, facts, number):
        """Finds who is connected with whom: forests of parts, put together in a tree."""
        forest = self.hop(Step("link", self.common, {"--facts": facts}), parts, spread=False)
        joining, width, before = forest.tally.get("joining", 0), self.shards, forest
        while width > 1:
            width = (width + 7) // 8
            rdd = forest.rdd.mapPartitionsWithIndex(rekeyed(width)).partitionBy(width, by_key)
            forest = self.ran(Step("forest", self.common), rdd, forest.out, time.monotonic())
            self.free(before)
            before = forest
        if self.shards == 1:
            forest = self.ran(Step("forest", self.common), forest.rdd, forest.out, time.monotonic())
        name = f"labels{number}"
        _, count = self.side(name, (f for _, f in forest.rdd.toLocalIterator()))
        self.agree("connected records", count.items.get("F", 0), forest.tally["linked"])
        self.free(forest)
        return name, joining

    def cluster(self, parts, rows, base, facts):
        """Makes the clusters three times over, and decides. Gives what is decided."""
        for number in range(ROUNDS):
            last = ["--last"] if number == ROUNDS - 1 else []
            labels, _ = self.connect(parts, facts, number)
            gathered = self.hop(Step("gather", self.lines + last, {"--facts": facts, "--labels": labels}), parts, spread=False)
            g = gathered.tally
            self.agree("pairs", g.get("within", 0) + g.get("across", 0), g.get("pairs", 0), self.scored.get("kept", 0))
            made = self.hop(Step("components", self.lines + last, {"--facts": facts}), gathered.only("RP"))
            if last:
                self.clustered = made.tally
                self.decided = {d: g.get(d, 0) + made.tally.get(d, 0) for d in ("match", "review")}
                self.agree("pairs decided", sum(self.decided.values()), gathered.out.get("D", 0) + made.out.get("D", 0))
                return gathered.only("D"), made.only("DN")
            facts, _, counted = self.facts(number + 1, base, made)
            self.free(gathered, made, counted)

    def publish(self, rows, decided):
        """Writes the files. They appear when the last count agrees, and not before."""
        written = self.hop(Step("write", self.lines), rows, *decided)
        self.agree("records written", written.tally["records"], written.out.get("c", 0), self.records)
        self.agree("pairs written", written.out.get("p", 0), sum(self.decided.values()))
        lines = written.only("pc").rdd.sortByKey(numPartitions=self.shards).values()
        command = [self.ledsq, "worker", "publish", *[a for a in self.lines if a.startswith(("--pairs=", "--clusters=", "--spreadsheet-safe="))]]
        process = subprocess.Popen(command, stdin=subprocess.PIPE)
        count = frames.Count()
        try:
            process.stdin.write(frames.MAGIC)
            for frame in lines.toLocalIterator():
                count.add(frame)
                process.stdin.write(frame)
            self.agree("lines", count.items.get("p", 0), written.out.get("p", 0))
            self.agree("lines", count.items.get("c", 0), written.out.get("c", 0))
            process.stdin.write(count.trailer())
            process.stdin.close()
        except BrokenPipeError:
            pass  # it says why
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            raise SystemExit(process.returncode)

    def run(self, files, reading):
        try:
            read = self.read(files, reading)
            start = time.monotonic()
            rows = Hop(read.only("R").rdd.partitionBy(self.shards, by_key).persist(StorageLevel.DISK_ONLY), {"R": self.records}, read.tally)
            self.held.append(rows.rdd)
            facts, base, _ = self.facts(0, read.only("T"))
            self.plan(rows, facts)
            self.free(read)
            self.say(f"{'spread':<10} {self.records:,} records over {self.shards} shards, {time.monotonic() - start:.1f} s")
            parts = self.compare(rows, facts)
            decided = self.cluster(parts, rows, base, facts)
            self.publish(rows, decided)
            return self.summary()
        finally:
            for rdd in self.held:
                rdd.unpersist()
            self.dir.cleanup()

    def summary(self):
        return {
            "records": self.records, "skipped": self.skipped, "shards": self.shards,
            "candidatePairs": self.scored.get("candidates", 0), "keptPairs": self.scored.get("kept", 0),
            "matches": self.decided["match"], "reviews": self.decided["review"],
            "clusters": self.clustered.get("clusters", 0), "clusteredRecords": self.clustered.get("named", 0),
            "dropped": {k[len("droppedBlocks:"):]: {"blocks": n, "records": self.blocks["droppedRecords:" + k[len("droppedBlocks:"):]]}
                        for k, n in sorted(self.blocks.items()) if k.startswith("droppedBlocks:")},
            "steps": self.steps, "seconds": round(time.monotonic() - self.began, 1),
        }


def rekeyed(width):
    def give(index, elements):
        for _, frame in elements:
            yield index % width, frame
    return give


NAMES = {"R": "records", "T": "counts", "t": "common values", "K": "keys", "L": "places in blocks", "P": "pairs", "F": "links", "D": "decisions",
         "N": "names", "p": "lines of pairs", "c": "lines of clusters", "J": "plans"}


def told(items):
    return ", ".join(f"{n:,} {NAMES.get(k, k)}" for k, n in sorted(items.items())) or "files"


def told_ids(what):
    return f"ids must be unique, or pairs could not be told apart: {what}; name another column with --map id=COLUMN"


def say_to(stream):
    def say(line):
        print("ledsq-spark:", line, file=stream, flush=True)
    return say


def stop(message):
    print("ledsq-spark:", message, file=sys.stderr)
    raise SystemExit(2)
