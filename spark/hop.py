"""Runs ledsq worker over the batches of one partition.

An element of an RDD here is (key, frame): the key says where the batch goes next.
What went in and came out is noted by partition in an accumulator: a partition that
is worked out again notes the same once more.
"""

import subprocess
import tempfile
import threading

from pyspark.accumulators import AccumulatorParam

import frames

class StepFailed(Exception):
    """A step of ledsq worker that did not end well. Its words hold no personal value."""


class Step:
    """One step as a function of a partition. files are the names of side files that
    Spark brought to the machine, by the flags that name them."""

    def __init__(self, name, args, side=None, reads=False):
        self.name, self.args, self.side, self.reads = name, list(args), dict(side or {}), reads

    def command(self):
        from pyspark import SparkFiles

        command = [SparkFiles.get("ledsq"), "worker", self.name, "--model", SparkFiles.get("model.json")]
        for flag, file in self.side.items():
            command += [flag, SparkFiles.get(file)]
        return command + self.args

    def noting(self, notes):
        """Gives the step as a function of a partition and its number."""

        def work(index, elements):
            if not self.reads:
                yield from run(self.name, self.command(), elements, lambda note: notes.add({index: note}))
                return
            for place, path in elements:  # a file, not batches
                yield from run(self.name, self.command() + ["--file", str(place), path], (), lambda note: notes.add({index: note}))

        return work


class ByPartition(AccumulatorParam):
    """Notes by the numbers of partitions."""

    def zero(self, value):
        return {}

    def addInPlace(self, a, b):
        a.update(b)
        return a


def run(name, command, elements, note):
    """Runs one process over some elements and gives what it gives. Whatever is not
    an exit with 0 after a whole stream fails the task."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
        feeder = Feeder(process, elements)
        feeder.start()
        out, trailer, broken = frames.Count(), None, None
        try:
            try:
                for key, frame in frames.read(process.stdout):
                    if key is None:
                        trailer = frame
                    else:
                        out.add(frame)
                        yield key, frame
            except frames.Broken as e:
                broken = e
            process.stdout.close()
            code = process.wait()
            feeder.join()
            if feeder.error is not None:
                raise feeder.error  # the batches could not be had: Spark knows what to do
            if code != 0 or trailer is None or broken is not None:
                said.seek(0)
                words = said.read()[-2000:].decode(errors="replace").strip()
                raise StepFailed(f"ledsq worker {name} ended with {code}: {words or broken}")
            if not feeder.whole:
                raise StepFailed(f"ledsq worker {name} ended before it had read everything")
            note({"in": feeder.count.items, "out": out.items, "tally": trailer.get("tally") or {}})
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


class Feeder(threading.Thread):
    """Writes the elements to the process. Only if all of them could be had does the
    stream get a trailer."""

    def __init__(self, process, elements):
        super().__init__(daemon=True)
        self.process, self.elements = process, elements
        self.count, self.error, self.whole = frames.Count(), None, False

    def run(self):
        to = self.process.stdin
        try:
            try:
                to.write(frames.MAGIC)
                for _, frame in self.elements:
                    self.count.add(frame)
                    to.write(frame)
                to.write(self.count.trailer())
                to.close()
                self.whole = True
            except BrokenPipeError:
                pass  # it ended early, and says why
        except BaseException as e:  # noqa: BLE001 — the task must fail with it
            self.error = e
            self.process.kill()
        finally:
            try:
                to.close()
            except OSError:
                pass
