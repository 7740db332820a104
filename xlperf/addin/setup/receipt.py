"""What was installed where, noted beside the log: so that a file that vanished is known to."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from xlperf.addin.setup.computer import Computer
from xlperf.storage.files import write_text

RECEIPT_FILE = "installed.json"


def place(computer: Computer) -> Path:
    """The path of the note `installed.json`: in LOCALAPPDATA, else in ~/.local/state."""
    base = computer.environ.get("LOCALAPPDATA")
    return (Path(base) if base else computer.home / ".local" / "state") / "xlperf" / RECEIPT_FILE


def keep(computer: Computer, file: Path) -> None:
    """Note an installed file and its SHA-256; where the note cannot be written, nothing happens."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    target = place(computer)
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_text(target, json.dumps({**_noted(computer), str(file): digest}, indent=1) + "\n")


def forget(computer: Computer, file: Path) -> None:
    """Take a file off the note, as it was uninstalled."""
    noted = _noted(computer)
    if noted.pop(str(file), None) is not None:
        with contextlib.suppress(OSError):
            write_text(place(computer), json.dumps(noted, indent=1) + "\n")


def sum_of(computer: Computer, file: Path) -> str:
    """The SHA-256 of a file as it was installed; "" if it was not."""
    return _noted(computer).get(str(file), "")


def _noted(computer: Computer) -> dict[str, str]:
    try:
        content = json.loads(place(computer).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    pairs = content.items() if isinstance(content, dict) else ()
    return {file: digest for file, digest in pairs if isinstance(digest, str)}
