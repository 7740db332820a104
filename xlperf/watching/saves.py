"""When files were saved: what is watched, and whether a file has stopped changing.

Office programs save in many ways: over the file, into another that then takes its name, in several
pieces. A save counts once the file has been the same for a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xlperf.errors import UserError
from xlperf.jobs.validation.folders import files_in

SETTLING_SECONDS = 0.4  # seconds without a change after which a save is over


class Signature(NamedTuple):
    """What tells one state of a file from another, its contents unread."""

    size: int
    modified: int  # ns
    file: int  # the inode, or the file's number on Windows


def signature(path: Path) -> Signature | None:
    """The state of a file; None where there is none, or none that can be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Signature(status.st_size, status.st_mtime_ns, status.st_ino)


@dataclass
class _Watched:
    """One file: its state when it was read last, the one seen last, and since when (seconds)."""

    read: Signature | None = None
    last_signature: Signature | None = None
    since: float = 0.0


class Saves:
    """The files that are watched, those of folders as they come and go."""

    def __init__(self, sources: Sequence[Path], settling: float = SETTLING_SECONDS) -> None:
        self._sources = sources
        self._settling = settling
        self._watched: dict[Path, _Watched] = {}

    @property
    def files(self) -> list[Path]:
        """Every file that is watched now."""
        return list(self._watched)

    @property
    def pending(self) -> bool:
        """Whether a file has changed whose save is not over."""
        return any(
            item.last_signature != item.read and item.last_signature
            for item in self._watched.values()
        )

    def due(self, now: float) -> list[Path]:
        """The files saved since they were read whose saves are over at `now` (seconds)."""
        listed = dict.fromkeys(_files(self._sources))
        self._watched = {path: self._watched.get(path) or _Watched() for path in listed}
        return [path for path, item in self._watched.items() if self._is_due(path, item, now)]

    def _is_due(self, path: Path, item: _Watched, now: float) -> bool:
        current = signature(path)
        if current != item.last_signature:
            item.last_signature, item.since = current, now
        is_over = item.read is None or now - item.since >= self._settling
        return current is not None and current != item.read and is_over

    def is_read(self, path: Path) -> bool:
        """Whether the state of a file that was seen last is the one that was read."""
        item = self._watched.get(path)
        return item is not None and item.last_signature == item.read

    def forget(self, path: Path) -> None:
        """Take a file for one that nobody has read yet."""
        if path in self._watched:
            self._watched[path].read = None

    def was_read(self, path: Path, state: Signature) -> None:
        """Remember in which state a file was read; any other is a save."""
        if path in self._watched:
            self._watched[path].read = state


def _files(sources: Iterable[Path]) -> Iterable[Path]:
    """The files given, and those in folders; a folder may be empty, or gone for a while."""
    for source in sources:
        try:
            yield from files_in([source])[0]
        except UserError as refusal:
            if refusal.key != "folder_empty":
                raise
