"""The note that a running helper (`xlperf serve`) keeps: where it answers, and which process it is.

It stands among the user's own data, for its owner only, since the address holds the helper's
token: in `%LOCALAPPDATA%\\xlperf` on Windows, else in `~/.local/state/xlperf`. Add-ins look for it
there and know no other place, so that the variables that move the log do not move it.
"""

from __future__ import annotations

import json
import os
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from xlperf.storage.temporary_files import is_at_work

NOTE_FILE = "serving.json"  # the add-ins look for it under this name
ANSWER_SECONDS = 2.0  # s for a helper to say that it is there
HOST = "127.0.0.1"  # where helpers are; no other computer is asked


def place() -> Path:
    """Where the note stands: `{"address", "process"}`."""
    base = os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "state") / "xlperf" / NOTE_FILE


def write(address: str) -> None:
    """Note that this process answers at an address. Raises OSError where that cannot be written."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps({"address": address, "process": os.getpid()}))


def remove() -> None:
    """Take this process's note away; another helper's stays."""
    if _read()[1] == os.getpid():
        place().unlink(missing_ok=True)


def running() -> str:
    """The address of the helper that runs now; "" where none does.

    A process of the number that is noted may be another by now: the helper itself is asked.
    """
    address, process = _read()
    may_be = process == os.getpid() or is_at_work(process)
    return address if may_be and _says_so(address, process) else ""


def _read() -> tuple[str, int]:
    """The address and the process that are noted; nothing and 0 where there is no good note."""
    try:
        note: Any = json.loads(place().read_text(encoding="utf-8"))
        return str(note["address"]), int(note["process"])
    except (OSError, RuntimeError, ValueError, KeyError, TypeError):  # RuntimeError: no home folder
        return "", 0


def _says_so(address: str, process: int) -> bool:
    """Whether a helper answers at an address and is this process."""
    try:
        parts = urlsplit(address)
        if parts.hostname != HOST or not parts.port:
            return False
        with closing(HTTPConnection(HOST, parts.port, timeout=ANSWER_SECONDS)) as connection:
            connection.request("GET", f"{parts.path}about")
            answer: Any = json.loads(connection.getresponse().read(1000))
            return bool(answer["process"] == process)
    except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError):
        return False
