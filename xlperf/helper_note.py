"""The note that a running helper (`xlperf serve`) keeps: where it answers, and which process it is.

It stands beside the log, for its owner only, since the address holds the helper's token.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from xlperf import error_log
from xlperf.temporary_files import is_at_work

FILE = "serving.json"  # the add-ins look for it under this name


def place() -> Path:
    """Where the note stands: `{"address", "process"}`."""
    return error_log.place().with_name(FILE)


def write(address: str) -> None:
    """Note that this process answers at an address. Raises OSError where that cannot be written."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps({"address": address, "process": os.getpid()}))


def remove() -> None:
    """Take the note away."""
    place().unlink(missing_ok=True)


def running() -> str:
    """The address of the helper that runs now; "" where none does."""
    try:
        note: Any = json.loads(place().read_text(encoding="utf-8"))
        address, process = str(note["address"]), int(note["process"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return address if process == os.getpid() or is_at_work(process) else ""
