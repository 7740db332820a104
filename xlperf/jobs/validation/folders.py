"""What there is to validate in folders: every file of a kind that can be read, and those that may
be submissions of another kind, so that each of them is spoken of.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from xlperf.errors import SetAside, UserError
from xlperf.jobs.many_files.file_search import (
    ARCHIVES,
    DOCUMENTS,
    SPREADSHEETS,
    UNCERTAIN_SUFFIXES,
    WORKBOOKS,
)
from xlperf.wording import say

KNOWN_SUFFIXES = WORKBOOKS | SPREADSHEETS | DOCUMENTS | ARCHIVES | UNCERTAIN_SUFFIXES
DEEPEST_FOLDER = 12  # folders inside one another
MOST_FILES = 5_000  # files of one folder and those below it


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[SetAside]]:
    """The files given, each once, and in the folders given those of a kind that may be read.

    Hidden files and folders, and the lock files of office programs, are passed over; folders that
    cannot be read, or lie too deep, are set aside with the reason. A folder that holds nothing
    to read, or more than `MOST_FILES` files, is refused.
    """
    files: dict[Path, None] = {}
    aside: list[SetAside] = []
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        inside = list(_inside(path, aside))
        if len(inside) > MOST_FILES:
            raise UserError("folder_large", file=path, most=MOST_FILES)
        if not inside and not aside:
            raise UserError("folder_empty", file=path)
        files |= dict.fromkeys(inside)
    return list(files), aside


def _inside(folder: Path, aside: list[SetAside]) -> Iterator[Path]:
    """The files of a folder and those below it, in order; one more than `MOST_FILES` at most."""

    def unreadable(error: OSError) -> None:
        aside.append(SetAside(str(error.filename), say("error.not_readable", file=error.filename)))

    count = 0
    for above, below, names in os.walk(folder, onerror=unreadable):
        below[:] = sorted(name for name in below if not name.startswith("."))
        if len(Path(above).relative_to(folder).parts) >= DEEPEST_FOLDER and below:
            reason = say("aside.deep", most=DEEPEST_FOLDER)
            aside += [SetAside(str(Path(above, name)), reason) for name in below]
            below.clear()
        for name in sorted(names):
            if not name.startswith(("~$", ".")) and Path(name).suffix.lower() in KNOWN_SUFFIXES:
                count += 1
                yield Path(above, name)
                if count > MOST_FILES:
                    return
