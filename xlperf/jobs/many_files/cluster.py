"""Work on many files by a Dask cluster; results come in the order of the files.

What a worker was doing when it was ended is done again by another one; a file that ends worker
after worker gives what `on_death` says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from xlperf import wording
from xlperf.errors import UserError
from xlperf.jobs.many_files.sources import FileSource

T = TypeVar("T")

SCHEDULER_SECONDS = 30  # until a scheduler that does not answer is given up


def in_cluster(
    work: Callable[[FileSource], T],
    files: Sequence[FileSource],
    scheduler: str,
    on_death: Callable[[FileSource], T],
) -> Iterator[T]:
    """What `work` gives for each file, done by the workers of a scheduler, "tcp://host:8786".

    Workers need xlperf and see the files under the same names. Raises UserError where Dask is not
    installed or nothing answers at the address.
    """
    if not files:
        return
    distributed = _library()
    spoken = partial(_speaking, work=work, language=wording.language())
    try:
        client = distributed.Client(scheduler, timeout=SCHEDULER_SECONDS)
    except (OSError, ValueError) as error:
        raise UserError("no_scheduler", address=scheduler, why=str(error)) from None
    with client:
        futures = client.map(spoken, files, pure=False)
        for source, future in zip(files, futures, strict=True):
            try:
                yield future.result()
            except distributed.KilledWorker:
                yield on_death(source)
            future.release()


def _speaking(source: FileSource, work: Callable[[FileSource], T], language: str) -> T:
    """The work in the language of the one who asked for it."""
    with wording.speaking(language):
        return work(source)


def _library() -> Any:
    try:
        import distributed
    except ImportError:
        raise UserError("no_cluster") from None
    return distributed
