"""The one log of what went wrong, for the command line and for Excel, in UTF-8, bounded in size.

It stands among the user's own data: `%LOCALAPPDATA%\\xlperf` on Windows, else
`$XDG_STATE_HOME/xlperf`, by default `~/.local/state/xlperf`; `XLPERF_LOG_FOLDER` names another.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

MOST_LOG_BYTES = 1_000_000  # bytes; an older log makes way, and one older one is kept
LONGEST_ENTRY = 100_000  # characters of one entry
LOG_FILE = "xlperf.log"
FOLDERS = ("XLPERF_LOG_FOLDER", "LOCALAPPDATA", "XDG_STATE_HOME")


def place() -> Path:
    """Where the log is, whether or not it has been written yet."""
    base = next((value for name in FOLDERS if (value := os.environ.get(name))), None)
    return (Path(base) if base else Path.home() / ".local" / "state") / "xlperf" / LOG_FILE


def note(action: str) -> Path | None:
    """Write the error that is being handled, with its traceback, into the log.

    `action` says what was being done. Returns the log's path, None where it cannot be written.
    """
    import traceback  # noqa: PLC0415 - where there is an error

    entry = f"{datetime.now().isoformat(timespec='seconds')} {action}\n{traceback.format_exc()}\n"
    try:
        path = place()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > MOST_LOG_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(entry[-LONGEST_ENTRY:])
    except (OSError, RuntimeError):  # RuntimeError: nobody's home folder
        return None
    return path
