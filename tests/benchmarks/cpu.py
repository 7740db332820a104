"""Processor time of whole processes, user and system."""

from __future__ import annotations

import resource
import subprocess
import sys


def seconds(command: list[str]) -> float:
    """Processor seconds of Python with these arguments, and of the processes that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
