"""What a reader brings back: a record, where each part stood, and what nothing claimed.

The same shape whether the source is a workbook, a published text or a JSON file, so that every
rule and every report works on all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xlperf.paths import RecordPath
from xlperf.record import Raw
from xlperf.wording import say

# Line, paragraph, table, row, cell; a text box and the like, counted; text that is not shown.
STEP = "(page|box|header|footer|footnote|endnote|comment|hidden|struck|[LPTRC])([0-9]*)"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: a cell of a sheet, a line of a text (from 1), or `at`: a place in a
    document, such as P12 for its 12th paragraph or T3R4C2 for a cell of its 3rd table.
    """

    sheet: str = ""
    cell: str = ""
    line: int = 0
    at: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.sheet}!{self.cell}"
        return self.sheet or self.at or (f"L{self.line}" if self.line else "")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a fact of a message: the short name that records keep, in the user's words."""

    name: str

    def __str__(self) -> str:
        sheet, _, rest = self.name.rpartition("!")
        cell = re.match("[A-Z]{1,3}[0-9]{1,7}(?=/|$)", rest) if sheet else None
        at = f"{sheet}!{cell[0]}" if cell else sheet
        steps = rest[cell.end() :] if cell else rest
        if not re.fullmatch(f"(?:/?{STEP})+", steps):
            return self.name
        words = [say(f"place.{step[1]}", n=step[2]) for step in re.finditer(STEP, steps)]
        return say("place.comma").join([at, *words] if at else words)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader noticed: the code of a rule, a path, the facts of its message."""

    code: str
    path: RecordPath = ()
    place: Place | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class Recognition(NamedTuple):
    """What a document was recognised as.

    `known_columns` of `titles` columns were understood; `aside`: the titles whose columns were kept
    aside, `unknown` those of them that are not known; `kinds` of forms: goals, monitoring,
    self-evaluation, whole (of a department).
    """

    edition: str
    known_columns: int = 0
    titles: int = 0
    aside: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A record and how it was come by.

    `where` maps paths to places; a record's `leftovers` hold text that no field claimed, its
    `inferred` the paths that the source did not state; `remarks` are for the rules to report.
    """

    record: Raw
    where: Mapping[RecordPath, Place] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    source: str = ""
    profile: str = ""  # the profile that the source itself names
    recognition: Recognition | None = None  # of a published document
    is_workbook: bool = False  # read from the sheets of a master workbook
    version: str = ""  # the version of xlperf that made the workbook, where it says so
