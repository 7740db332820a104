"""What the checks work on, and how each is run: its outcome is a line, whatever happens."""

from __future__ import annotations

import getpass
import re
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.windows.transcripts import recorded
from xlperf.addin.setup.install import installed_path
from xlperf.addin.xlam import build, package
from xlperf.live import actions
from xlperf.plan import Plan
from xlperf.record import Raw
from xlperf.wording import official

OK, FAILED, SKIPPED = "ok", "failed", "skipped"
MASTER = "绩效文本"


class Skipped(Exception):  # noqa: N818 - nothing is wrong
    """A check that cannot be made here; its text says why."""


@dataclass(frozen=True)
class Outcome:
    """What a check has come to, in one line."""

    number: int
    name: str
    state: str
    line: str
    seconds: float

    def __str__(self) -> str:
        words = self.name.replace("_", " ")
        return f"{self.number:3} {self.state:7} {words}" + (f": {self.line}" if self.line else "")


@dataclass
class Bench:
    """Excel, a folder to work in, the sample's record and its master workbook.

    `lacks` says what the program that answers cannot do, and why.
    """

    app: xw.App
    folder: Path
    master: Path
    record: Raw
    lacks: Mapping[str, str] = field(default_factory=dict)
    calls: list[dict[str, str]] = field(default_factory=list)
    copies: list[Any] = field(default_factory=list)
    made: int = 0

    def needs(self, *features: str) -> None:
        """Skip the check where a feature is lacking."""
        for feature in features:
            if feature in self.lacks:
                raise Skipped(self.lacks[feature])

    @cached_property
    def shared(self) -> Any:
        """The master workbook, open, for checks that leave it as it was."""
        return self._opened("shared")

    def copy(self) -> Any:
        """The master workbook, opened anew for one check that changes it."""
        self.made += 1
        book = self._opened(f"copy{self.made}")
        self.copies.append(book)
        return book

    def _opened(self, name: str) -> Any:
        folder = self.folder / name  # of its own: buttons write files beside the book
        folder.mkdir(parents=True, exist_ok=True)
        path = Path(shutil.copy(self.master, folder / f"{MASTER}-{name}.xlsx"))
        return self.app.books.open(str(path))

    @cached_property
    def marked(self) -> tuple[Any, Plan, int]:
        """The master workbook, validated; what was planned, and how many calls that took."""
        book = self._opened("marked")
        start = len(self.calls)
        plan = actions.validate_workbook(book)
        return book, plan, len(self.calls) - start

    @cached_property
    def addin(self) -> str:
        """The add-in, built for the Python that runs this, open; the name of its file."""
        made = installed_path(build.build(build.macros()), sys.executable)
        path = self.folder / build.XLAM_FILE
        path.write_bytes(package.write(made))
        self.app.api.Workbooks.Open(str(path))
        return path.name

    def close_copies(self) -> None:
        """Close what a check has opened; what will not close is left to Excel's end."""
        while self.copies:
            try:
                self.copies.pop().close()
            except Exception as error:
                print(f"    (a workbook would not close: {type(error).__name__})")

    def sheet(self, book: Any, key: str) -> Any:
        """Excel's object of one of the sheets that are made."""
        return book.api.Worksheets(official(f"sheet.{key}"))

    def forms(self, book: Any) -> list[Any]:
        """Excel's objects of the project sheets, in order."""
        return [sheet for sheet in book.api.Worksheets if re.match(r"\d\d ", str(sheet.Name))]


Check = Callable[[Bench], str | None]


def run(checks: Sequence[Check], bench: Bench) -> list[Outcome]:
    """Make all checks, whatever happens to any, and print a line about each as it is done."""
    outcomes = []
    for number, check in enumerate(checks, 1):
        outcome = _made(number, check, bench)
        print(outcome, flush=True)
        outcomes.append(outcome)
    return outcomes


def _made(number: int, check: Check, bench: Bench) -> Outcome:
    start = time.perf_counter()
    name = check.__name__
    try:
        with recorded(bench.folder / "transcripts" / f"{name}.jsonl") as bench.calls:
            state, line = OK, check(bench) or ""
    except Skipped as reason:
        state, line = SKIPPED, str(reason)
    except Exception as error:
        state, line = FAILED, f"{type(error).__name__}: {error}"
    finally:
        bench.close_copies()
    line = unnamed(" ".join(line.split()), bench.folder)
    return Outcome(number, name, state, line, round(time.perf_counter() - start, 2))


def unnamed(line: str, folder: Path) -> str:
    """A line without anybody's folders or name."""
    for path in (folder, Path.cwd(), Path.home()):
        line = line.replace(str(path), "…").replace(str(path).replace("\\", "\\\\"), "…")
    line = re.sub(r"[A-Za-z]:\\[^\s\"']+|(?<![\w.…])/(?:[\w.-]+/)+[\w.-]*", "…", line)
    return re.sub(rf"(?<!\w){re.escape(getpass.getuser())}(?!\w)", "…", line)


def expect(held: object, otherwise: str) -> None:
    """Fail with a sentence where something does not hold."""
    if not held:
        raise AssertionError(otherwise)


def same(actual: Any, expected: Any, what: str) -> None:
    """Fail where a thing is not what it should be."""
    expect(actual == expected, f"{what}: {actual!r} instead of {expected!r}")
