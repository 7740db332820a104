"""Processor time of whole processes, user and system, and their memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys


def seconds(command: list[str]) -> float:
    """Processor seconds of Python with these arguments, and of the processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds_and_megabytes(command: list[str]) -> tuple[float, float]:
    """Processor seconds of a Python process, and the megabytes that it had at the most."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
