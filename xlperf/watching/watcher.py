"""Validating files at every save: rounds of looking, and what each gave."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

from xlperf.errors import SetAside, UserError
from xlperf.jobs.many_files.skip_reasons import reason_of
from xlperf.jobs.validation.settings import find
from xlperf.reports import watch_page
from xlperf.watching.board import Board
from xlperf.watching.file_events import observing
from xlperf.watching.files import FileHistory, name_among
from xlperf.watching.saves import Saves, Signature, signature
from xlperf.watching.snapshot import UnsettledError, check_snapshot, snapshot
from xlperf.wording import say

# s between looks, while nothing happens and while a save goes on
SECONDS_AT_REST, SECONDS_OF_SAVE = 1.0, 0.1
SECONDS_UNTIL_LOCKED = 5.0  # s after which a file that cannot be opened is spoken of
SECONDS_UNTIL_GONE = 2.0  # s after which a file that is not there any more is

ChangeCallback = Callable[[FileHistory], None]


class Watcher:
    """The files of some sources and what is known of each, on the page and for the terminal."""

    def __init__(
        self,
        sources: Sequence[Path],
        tell: ChangeCallback,
        *,
        profile: str | None = None,
        saves: Saves | None = None,
    ) -> None:
        self.board = Board()
        self._sources = sources
        self._saves = saves or Saves(sources)
        self._tell = tell
        self._profile = profile
        self._files: dict[Path, FileHistory] = {}
        self._numbers: dict[Path, int] = {}
        self._settings: dict[Path, tuple[Path, Signature | None] | None] = {}  # of a folder
        self._missed: dict[Path, float] = {}  # since when a file cannot be opened

    @property
    def files(self) -> list[FileHistory]:
        """What is known of every file that is watched, in order."""
        return list(self._files.values())

    def run(self, sources: Sequence[Path], stop: Event) -> None:
        """Look until `stop` is set; sooner where the system says that something was saved."""
        with observing(sources) as changed:
            while not stop.is_set():
                self.look(time.monotonic())
                changed.wait(
                    SECONDS_OF_SAVE if self._saves.pending or self._missed else SECONDS_AT_REST
                )
                changed.clear()
        self.board.end()

    def look(self, now: float) -> None:
        """One round: validate what was saved, and show it. `now` in seconds, of any beginning."""
        due = self._saves.due(now)
        self._compare_settings()
        for path in due:
            self._validate(path, now)
        listed = self._saves.files
        for path in [path for path in self._files if path not in listed]:
            del self._files[path]
            self._missed.pop(path, None)
            self.board.remove(self._numbers[path])
        for path in listed:
            self._note_absence(path, now)

    def _compare_settings(self) -> None:
        """Let those files be validated anew whose settings file is not as it was."""
        before = self._settings
        folders = {path.parent: path for path in self._saves.files}
        files = {folder: find(path, Path.cwd()) for folder, path in folders.items()}
        self._settings = {
            folder: (file, signature(file)) if file else None for folder, file in files.items()
        }
        for path in self._saves.files:
            folder = path.parent
            if folder in before and before[folder] != self._settings[folder]:
                self._saves.forget(path)

    def _history(self, path: Path) -> FileHistory:
        if path not in self._files:
            self._numbers.setdefault(path, len(self._numbers) + 1)
            self._files[path] = FileHistory(path, name_among(path, self._sources))
            self._show(self._files[path])
        return self._files[path]

    def _validate(self, path: Path, now: float) -> None:
        history = self._history(path)
        try:
            with snapshot(path) as (copy, state):
                outcome = check_snapshot(path, copy, self._profile)
        except UnsettledError:
            self._miss(history, self._words("watch.locked", path), now, SECONDS_UNTIL_LOCKED)
            return
        except UserError as refusal:  # no room for a copy
            self._miss(history, reason_of(refusal), now, 0)
            return
        self._missed.pop(path, None)
        self._saves.was_read(path, state)
        saved = datetime.fromtimestamp(state.modified / 1e9)
        history.take(outcome, saved)
        self._show(history)
        self._tell(history)

    def _note_absence(self, path: Path, now: float) -> None:
        """Say that a file is gone, once it has been so for a moment, and that it is back."""
        history = self._history(path)
        if not path.exists():
            self._miss(history, self._words("watch.gone", path), now, SECONDS_UNTIL_GONE)
        elif path in self._missed and self._saves.is_read(path):
            del self._missed[path]
            if history.trouble != history.fault:
                history.trouble = history.fault
                self._show(history)

    def _miss(self, history: FileHistory, trouble: str, now: float, patience: float) -> None:
        since = self._missed.setdefault(history.path, now)
        if now - since >= patience and history.trouble != trouble:
            history.trouble = trouble
            self._show(history)
            self._tell(history)

    @staticmethod
    def _words(key: str, path: Path) -> str:
        return say(key, file=path.name)

    def _show(self, history: FileHistory) -> None:
        number = self._numbers[history.path]
        self.board.put(number, watch_page.section(number, history))


def look_once(
    paths: Sequence[Path], profile: str | None = None, *, sources: Sequence[Path] = ()
) -> list[FileHistory]:
    """Every file (of `sources`) validated as it is saved now, without waiting for another save."""
    histories = []
    for path in paths:
        history = FileHistory(path, name_among(path, sources))
        try:
            with snapshot(path) as (copy, state):
                outcome = check_snapshot(path, copy, profile)
            history.take(outcome, datetime.fromtimestamp(state.modified / 1e9))
        except UnsettledError:
            history.take(SetAside(str(path), say("watch.locked", file=path.name)), datetime.now())
        except UserError as refusal:
            history.take(SetAside(str(path), reason_of(refusal)), datetime.now())
        histories.append(history)
    return histories
