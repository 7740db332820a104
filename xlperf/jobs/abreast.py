"""Work on many files side by side, a process a core; results come in the order of the files."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from xlperf import wording

T = TypeVar("T")

WORTH = 4  # files for which another process is worth its start
MOST = 8  # processes; each holds a workbook
SAFE = "PYTHONSAFEPATH"  # as the switch -P


def abreast(work: Callable[[Path], T], files: Sequence[Path], most: int = MOST) -> Iterator[T]:
    """What `work` gives for each file; it and its results are pickled where processes do it.

    What it raises for a file is raised when that file's turn comes, and nothing is begun after.
    Where processes cannot be started, or one of them dies, the rest is done here.
    """
    processes = min(most, cores(), len(files) // WORTH)
    done = 0
    if processes > 1:
        try:
            for result in _by_processes(work, files, processes):
                done += 1
                yield result
        except (BrokenProcessPool, NotImplementedError, PermissionError):
            pass
    yield from map(work, files[done:])


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _by_processes(work: Callable[[Path], T], files: Sequence[Path], processes: int) -> Iterator[T]:
    spawned = get_context("spawn")  # a fork may happen in the middle of a bar being drawn
    given = (wording.language(), gc.get_threshold())
    with ExitStack() as stack:
        with importing_nothing_from_here():  # either of these starts some
            pool = ProcessPoolExecutor(processes, spawned, _begin, given)
            stack.callback(pool.shutdown, cancel_futures=True)
            results = pool.map(work, files)
        yield from results


@contextmanager
def importing_nothing_from_here() -> Iterator[None]:
    """Start processes that import nothing from the current folder, where the inputs may lie.

    A spawned Python, and the one that keeps account of it, would look there before all others.
    """
    before = os.environ.get(SAFE)
    os.environ[SAFE] = "1"
    try:
        yield
    finally:
        os.environ.pop(SAFE) if before is None else os.environ.update({SAFE: before})


def _begin(language: str, garbage: tuple[int, int, int]) -> None:
    """What a process does first: it goes on as the one that started it, which ends it, too."""
    wording.use(language)
    gc.set_threshold(*garbage)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
