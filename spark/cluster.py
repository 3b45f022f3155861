"""A standalone Spark on this machine's loopback: a master and some workers, for tests."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time


class Cluster:
    """Use it in a with statement: all its processes end with it."""

    def __init__(self, workers=2, memory="1g"):
        self.count, self.memory = workers, memory
        self.processes, self.workers = [], []

    def __enter__(self):
        import pyspark

        self.dir = tempfile.mkdtemp(prefix="ledsq-cluster-")
        self.home = os.path.dirname(pyspark.__file__)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.master = f"spark://127.0.0.1:{port}"
        try:
            self.start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
            self.waits("master", "I have been elected leader")
            for i in range(self.count):
                self.workers.append(self.start(f"worker{i}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0",
                                               "--cores", "1", "--memory", self.memory, "--work-dir", os.path.join(self.dir, f"work{i}"), self.master))
            for i in range(self.count):
                self.waits(f"worker{i}", "Successfully registered with master")
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self, name, *command):
        local = os.path.join(self.dir, "local-" + name)
        env = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": local, "SPARK_DAEMON_MEMORY": "256m", "SPARK_NO_DAEMONIZE": "1"}
        with open(self.log(name), "wb") as log:
            p = subprocess.Popen([os.path.join(self.home, "bin", "spark-class"), *command], env=env, stdout=log, stderr=log, start_new_session=True)
        p.local = local
        self.processes.append(p)
        return p

    def log(self, name):
        return os.path.join(self.dir, name + ".log")

    def waits(self, name, words, seconds=180):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with open(self.log(name), encoding="utf-8", errors="replace") as f:
                if words in f.read():
                    return
            time.sleep(0.2)
        raise SystemExit(f"the {name} did not begin within {seconds} s: see {self.log(name)}")

    def started_by(self, process):
        """The processes that one started, and those started by them."""
        parents = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
                    parents[int(pid)] = int(f.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
        out, todo = [], [process.pid]
        while todo:
            at = todo.pop()
            children = [p for p, parent in parents.items() if parent == at]
            out += children
            todo += children
        return out

    def kill(self, worker):
        """kill -9 a worker with its executor and all they started."""
        for pid in self.started_by(worker) + [worker.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def lose_shuffles(self, worker):
        """Takes the shuffle files of a worker away. Gives how many there were."""
        n = 0
        for folder, _, names in os.walk(worker.local):
            for name in names:
                if name.startswith("shuffle_"):
                    try:
                        os.remove(os.path.join(folder, name))
                        n += 1
                    except FileNotFoundError:
                        pass
        return n

    def listening(self, job):
        """The addresses, other than loopback, that the cluster and a job listen on."""
        ours, bad = set(), []
        for p in [*self.processes, job]:
            ours |= {p.pid, *self.started_by(p)}
        inodes = set()
        for pid in ours:
            try:
                for fd in os.listdir(f"/proc/{pid}/fd"):
                    inodes.update(re.findall(r"socket:\[(\d+)\]", os.readlink(f"/proc/{pid}/fd/{fd}")))
            except OSError:
                continue
        for table in ("tcp", "tcp6"):
            with open(f"/proc/net/{table}", encoding="ascii") as f:
                for line in f.readlines()[1:]:
                    cells = line.split()
                    address = cells[1].split(":")[0]
                    if cells[3] == "0A" and cells[9] in inodes and address not in ("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"):
                        bad.append(cells[1])
        return bad

    def __exit__(self, *_):
        for p in self.processes:
            self.kill(p)
            p.wait()
        shutil.rmtree(self.dir, ignore_errors=True)
