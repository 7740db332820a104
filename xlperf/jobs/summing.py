"""Rolling up files and folders; what cannot be added is set aside with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from xlperf.errors import Refusal
from xlperf.files import bytes_of
from xlperf.jobs.opening import open_any
from xlperf.rollup import Rolled, Unsummable, lines_of, roll_up
from xlperf.totals import Rollup, SetAside
from xlperf.wording import say

Tell = Callable[[Path], None]


def found_files(given: Iterable[Path]) -> list[Path]:
    """The files given, and the workbooks in the folders given; Excel's own lock files left out."""
    found: dict[Path, None] = {}
    for path in given:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.suffix.lower() == ".xlsx")
            found |= dict.fromkeys(each for each in inside if not each.name.startswith(("~$", ".")))
        else:
            found[path] = None
    return list(found)


def roll_up_files(files: Iterable[Path], tell: Tell = lambda _: None) -> Rollup:
    """Totals of all files that can be added; the others with the reason."""
    rolled: list[Rolled] = []
    aside: list[SetAside] = []
    seen: dict[str, Path] = {}
    for path in files:
        tell(path)
        try:
            rolled.append(_rolled(path, seen))
        except Refusal as refusal:
            aside.append(SetAside(str(path), say(f"error.{refusal.key}", **refusal.facts)))
        except Unsummable as reason:
            aside.append(SetAside(str(path), str(reason)))
    if not rolled and not aside:
        raise Refusal("nothing_to_roll_up")
    return roll_up(rolled, aside)


def _rolled(path: Path, seen: dict[str, Path]) -> Rolled:
    content = hashlib.sha256(bytes_of(path)).hexdigest()
    if content in seen:
        raise Unsummable(say("rollup.same_content", other=seen[content]))
    reading = open_any(path)
    lines = lines_of(reading)
    seen[content] = path
    return Rolled(str(path), str(reading.record.get("fiscal_year", "")), lines)
