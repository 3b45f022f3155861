"""Runs a command and measures the whole process."""

import os
import subprocess
import sys
import tempfile
import time


def run(command, cores=0):
    """Runs a command, on so many cores unless 0; gives wall and processor seconds, and the peak of memory in MB."""
    limit = (lambda: os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))) if cores else None
    env = os.environ | ({"POLARS_MAX_THREADS": str(cores)} if cores else {})
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, preexec_fn=limit, env=env)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            said.seek(0)
            sys.exit(f"{command[0]} failed: {said.read().decode(errors='replace')[-2000:]}")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
