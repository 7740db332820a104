"""Waking up when something is saved: the system's own notice, where it gives one.

What was saved is decided by looking (`saves`); a notice only makes it happen sooner. Network
folders, and systems whose watches are used up, give none: there looking now and then is all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

READING = ("opened", "closed_no_write")  # events of those that only read, such as ourselves


class _Waker(FileSystemEventHandler):
    def __init__(self, changed: Event) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in READING:
            self._changed.set()


@contextmanager
def observing(sources: Sequence[Path]) -> Iterator[Event]:
    """Within a `with` block, an event that is set when something changes at or beside sources."""
    changed = Event()
    observer = Observer()
    with suppress(OSError):  # a folder that is gone, no watches left: looking now and then is all
        for source in dict.fromkeys(sources):
            folder = source if source.is_dir() else source.parent
            observer.schedule(_Waker(changed), str(folder), recursive=source.is_dir())
    try:
        with suppress(OSError):
            observer.start()
        yield changed
    finally:
        if observer.is_alive():
            observer.stop()
            observer.join(timeout=5)
