"""Temporary files that say which process made them, so that the next run can tidy up after a
killed one: only what xlperf made on this machine, only when its process is gone."""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

HIDDEN_PREFIX = ".xlperf-"  # beside a file that is being written
FOLDER_PREFIX = "xlperf-"  # a folder in the system's place for temporary files
SUFFIX = 12  # characters of a suffix that are kept: writers choose a format by it
SYNCHRONIZE, ACCESS_DENIED = 0x00100000, 5  # of the Windows API

_alive: set[Path] = set()  # what this process uses now


@contextmanager
def neighbour(path: Path) -> Iterator[Path]:
    """A new hidden file beside another one, gone afterwards unless it was moved away.

    Raises OSError where the folder does not take it.
    """
    sweep(path.parent, HIDDEN_PREFIX)
    suffix = path.suffix if len(path.suffix) <= SUFFIX else ""
    handle, name = tempfile.mkstemp(prefix=_prefix(HIDDEN_PREFIX), suffix=suffix, dir=path.parent)
    os.close(handle)
    file = Path(name)
    _alive.add(file)
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)
        _alive.discard(file)


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder for temporary files, where libraries put theirs, too; gone afterwards.

    Raises OSError where there is no place for temporary files.
    """
    before = tempfile.tempdir
    root = Path(tempfile.gettempdir())
    sweep(root, FOLDER_PREFIX)
    path = Path(tempfile.mkdtemp(prefix=_prefix(FOLDER_PREFIX), dir=root))
    _alive.add(path)
    tempfile.tempdir = str(path)
    try:
        yield path
    finally:
        tempfile.tempdir = before
        shutil.rmtree(path, ignore_errors=True)
        _alive.discard(path)


def sweep(place: Path, kind: str) -> None:
    """Remove what killed processes left in a folder: files of this machine's ended processes.

    `kind`: how the names begin, `HIDDEN_PREFIX` or `FOLDER_PREFIX`; machine and process follow.
    """
    pattern = re.compile(re.escape(f"{kind}{_machine()}-") + r"(\d+)-.*")
    with suppress(OSError):
        for path in place.iterdir():
            match = pattern.fullmatch(path.name)
            if match and path not in _alive and not is_at_work(int(match[1])):
                _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _prefix(kind: str) -> str:
    return f"{kind}{_machine()}-{os.getpid()}-"


@cache
def _machine() -> str:
    """This machine, as others may write into the same shared folder."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def is_at_work(process: int) -> bool:
    """Whether another process of that number is running, False for this one."""
    if process == os.getpid():
        return False
    if sys.platform == "win32":  # pragma: no cover - Windows only; os.kill would end it there
        return _works_on_windows(process)
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # somebody else's
    return True


def _works_on_windows(process: int) -> bool:  # pragma: no cover - Windows only
    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    if handle := kernel.OpenProcess(SYNCHRONIZE, False, process):
        ended: bool = kernel.WaitForSingleObject(handle, 0) == 0
        kernel.CloseHandle(handle)
        return not ended
    return bool(ctypes.get_last_error() == ACCESS_DENIED)  # type: ignore[attr-defined]
