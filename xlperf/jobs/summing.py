"""Rolling up files and folders; what cannot be added is set aside with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from xlperf.errors import Refusal
from xlperf.files import bytes_of
from xlperf.jobs.abreast import abreast
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


def roll_up_files(files: Iterable[Path], tell: Tell = lambda _: None, *, most: int = 1) -> Rollup:
    """Totals of all files that can be added; the others with the reason.

    Of files with the same content the first is added. At most so many processes do the work; each
    file is told when it is its turn.
    """
    given = list(files)
    if not given:
        raise Refusal("nothing_to_roll_up")
    outcomes = abreast(_outcome, given, most)
    rolled: dict[str, Rolled] = {}
    aside: list[SetAside] = []
    for path in given:
        tell(path)
        content, outcome = next(outcomes)
        if isinstance(outcome, str):
            aside.append(SetAside(str(path), outcome))
        elif content in rolled:
            other = rolled[content].file
            aside.append(SetAside(str(path), say("rollup.same_content", other=other)))
        else:
            rolled[content] = outcome
    return roll_up([*rolled.values()], aside)


def _outcome(path: Path) -> tuple[str, Rolled | str]:
    """A file's content as a digest, and what it adds or why it adds nothing."""
    content = ""
    try:
        content = hashlib.sha256(bytes_of(path)).hexdigest()
        reading = open_any(path)
        year = str(reading.record.get("fiscal_year", ""))
        return content, Rolled(str(path), year, lines_of(reading))
    except Refusal as refusal:
        return content, say(f"error.{refusal.key}", **refusal.facts)
    except Unsummable as reason:
        return content, str(reason)
