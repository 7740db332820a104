"""Work on many files side by side, a process a core; results come in the order of the files."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from typing import TypeVar

from xlperf import wording
from xlperf.errors import UserError

S = TypeVar("S")  # what a file is named by: a path, a URL
T = TypeVar("T")

FILES_PER_PROCESS = 4  # files for which another process is worth its start
MOST_PROCESSES = 8  # processes; each holds a workbook
SAFE_PATH_VARIABLE = "PYTHONSAFEPATH"  # as the switch -P


def in_parallel(
    work: Callable[[S], T],
    files: Sequence[S],
    most: int = MOST_PROCESSES,
    on_death: Callable[[S], T] | None = None,
) -> Iterator[T]:
    """What `work` gives for each file; it and its results are pickled where processes do it.

    What it raises for a file is raised when that file's turn comes, and nothing is begun after.
    Where processes cannot be started, the rest is done here. A file that ends its process gives
    what `on_death` says of it (without it, a refusal), and the others are done all the same.
    """
    processes = min(most, cores(), len(files) // FILES_PER_PROCESS)
    finished = 0
    try:
        while processes > 1 and finished < len(files):
            for number, result in enumerate(
                _by_processes(work, files[finished:], processes), finished + 1
            ):
                finished = number
                yield result
            if finished < len(files):  # one of those in work ended its process: find it
                for number, result in enumerate(_one_by_one(work, files[finished:]), finished + 1):
                    finished = number
                    yield result
            if finished < len(files):
                if on_death is None:
                    raise UserError("process_ended", file=files[finished])
                yield on_death(files[finished])
                finished += 1
    except (NotImplementedError, PermissionError):
        pass
    yield from map(work, files[finished:])


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _by_processes(work: Callable[[S], T], files: Sequence[S], processes: int) -> Iterator[T]:
    """The results in the order of the files, up to where a process was ended."""
    with _pool(processes) as pool, suppress(BrokenProcessPool):
        yield from pool.map(work, files)


def _one_by_one(work: Callable[[S], T], files: Sequence[S]) -> Iterator[T]:
    """As `_by_processes`, in one process: no file is begun before the one ahead of it is done."""
    with _pool(1) as pool, suppress(BrokenProcessPool):
        for path in files:
            yield pool.submit(work, path).result()


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that import nothing from the folder in which they are started."""
    spawned = get_context("spawn")  # a fork may happen in the middle of a bar being drawn
    initial = (wording.language(), gc.get_threshold())
    with importing_nothing_from_here():  # processes start when there is work, too
        pool = ProcessPoolExecutor(processes, spawned, _begin, initial)
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def importing_nothing_from_here() -> Iterator[None]:
    """Start processes that import nothing from the current folder, where the inputs may lie.

    A spawned Python, and the one that keeps account of it, would look there before all others.
    """
    before = os.environ.get(SAFE_PATH_VARIABLE)
    os.environ[SAFE_PATH_VARIABLE] = "1"
    try:
        yield
    finally:
        os.environ.pop(SAFE_PATH_VARIABLE) if before is None else os.environ.update(
            {SAFE_PATH_VARIABLE: before}
        )


def _begin(language: str, garbage: tuple[int, int, int]) -> None:
    """What a process does first: it goes on as the one that started it, which ends it, too."""
    wording.use(language)
    gc.set_threshold(*garbage)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_it, daemon=True).start()


def _end_with_it() -> None:
    """End this process when the one that started it has ended, however it ended."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
