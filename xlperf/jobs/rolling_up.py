"""Rolling up files and folders; what cannot be added is set aside with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from xlperf.errors import UserError
from xlperf.files import bytes_of
from xlperf.jobs.opening import open_any
from xlperf.jobs.parallel import in_parallel
from xlperf.jobs.setting_aside import process_death, reason_of
from xlperf.rollup import ReadFile, lines_of, roll_up
from xlperf.totals import Rollup, SetAside
from xlperf.wording import say

Tell = Callable[[Path], None]


def roll_up_files(
    files: Iterable[Path],
    tell: Tell = lambda _: None,
    *,
    most: int = 1,
    aside: Iterable[SetAside] = (),
) -> Rollup:
    """Totals of all files that can be added; the others, after those of `aside`, with the reason.

    Of files with the same content the first is added. At most so many processes do the work; each
    file is told when it is its turn.
    """
    given, set_aside = list(files), list(aside)
    if not given and not set_aside:
        raise UserError("nothing_to_roll_up")
    outcomes = in_parallel(_outcome, given, most, _on_death)
    rolled: dict[str, ReadFile] = {}
    for path in given:
        tell(path)
        content, outcome = next(outcomes)
        if isinstance(outcome, SetAside):
            set_aside.append(outcome)
        elif content in rolled:
            other = rolled[content].file
            set_aside.append(SetAside(str(path), say("rollup.same_content", other=other)))
        else:
            rolled[content] = outcome
    return roll_up([*rolled.values()], set_aside)


def _outcome(path: Path) -> tuple[str, ReadFile | SetAside]:
    """A file's content as a digest, and what it adds or why it adds nothing, whatever it does."""
    content = ""
    try:
        content = hashlib.sha256(bytes_of(path)).hexdigest()
        reading = open_any(path)
        year = str(reading.record.get("fiscal_year", ""))
        return content, ReadFile(str(path), year, lines_of(reading))
    except Exception as error:
        return content, SetAside(str(path), reason_of(error))


def _on_death(path: Path) -> tuple[str, ReadFile | SetAside]:
    return "", process_death(path)
