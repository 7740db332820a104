"""Master workbooks that tests begin with: drawn once for a record, whichever test needs it first.

They are as `write_master` writes them. Tests of how a workbook is written call that itself.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import Workbook

from xlperf.canonical import dumps
from xlperf.record import Raw
from xlperf.rules.profiles import Profile
from xlperf.wording import language
from xlperf.workbook.repair import diagnosis
from xlperf.workbook.write import master_book, write_master

FOLDER = "XLPERF_TESTS_MADE"  # says where they are kept, to every process of one run of the tests


def shared_folder() -> str:
    """A new folder for what the processes of this run of the tests share."""
    return tempfile.mkdtemp(prefix=f"xlperf-tests-{os.getpid()}-")


def run_of(folder: Path) -> str:
    """The process that has made a shared folder, by its number."""
    return folder.name.split("-")[2]


def put_master(record: Raw, path: Path, chosen: Profile | None = None) -> Path:
    """The master workbook of a record, in the language that is spoken, as a file of the caller's.

    Gives the path. Raises what `write_master` raises.
    """
    what = (dumps(record), repr(chosen), language(), path.suffix)
    key = hashlib.sha256(repr(what).encode("utf-8", "surrogatepass")).hexdigest()
    shared_copy = Path(os.environ[FOLDER], f"{key}{path.suffix}")
    if not shared_copy.exists():
        made = shared_copy.with_name(f"{os.getpid()}-{shared_copy.name}")
        write_master(record, made, chosen=chosen)
        made.replace(shared_copy)
    return Path(shutil.copyfile(shared_copy, path))


@contextmanager
def drawn_once() -> Iterator[None]:
    """Meanwhile what a repair compares with is drawn once for a record, shared by all repairs."""
    drawn: dict[str, Workbook] = {}

    def once(record: Raw, file: object, by: Profile, titles: Sequence[str]) -> Workbook:
        key = repr((dumps(record), by.name, tuple(titles), language()))
        if key not in drawn:
            drawn[key] = master_book(record, file, by, titles)
        return drawn[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diagnosis, "master_book", once)
        yield
