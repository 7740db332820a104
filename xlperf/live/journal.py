"""The log of what went wrong, in UTF-8, and what `about` says."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path

import xlwings as xw

from xlperf import __version__
from xlperf.live.asking import answered_inside
from xlperf.wording import say

MOST = 1_000_000  # bytes; an older log makes way
FILE = "xlperf.log"


def place() -> Path:
    """Where the log is: among the user's local data, else in the home folder."""
    base = os.environ.get("XLPERF_LOG_FOLDER") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "state") / "xlperf" / FILE


def note(action: str) -> Path:
    """Write down the error that is being handled; where it stands."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > MOST:
        path.replace(path.with_suffix(".old.log"))
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{datetime.now().isoformat(timespec='seconds')} {action}\n")
        log.write(traceback.format_exc() + "\n")
    return path


def versions(book: xw.Book) -> str:
    """Versions, and the places of Python and of the log."""
    app = book.app.api
    return say(
        "live.about",
        xlperf=__version__,
        xlwings=xw.__version__,
        python=platform.python_version(),
        place=sys.executable,
        excel=f"{app.Name} {app.Version}",
        asked=say(f"live.asked_{'inside' if answered_inside(book) else 'outside'}"),
        log=place(),
    )
