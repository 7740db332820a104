"""The lines of the sheet with last year's values beside this year's: values and formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlperf.forms.made_sheets.renewal_sheet import RENEWAL
from xlperf.formulas.book_checks import DrawnSheet
from xlperf.formulas.cross_sheet import linked_value
from xlperf.layout import Box, Formula, anchors, place, pluck
from xlperf.layout.addresses import address, cell_address, quoted
from xlperf.paths import RecordPath, get, nearest
from xlperf.record import Raw, words
from xlperf.renewal import RenewalPoint
from xlperf.rules.formulas.native import literal
from xlperf.rules.message_facts import field_label
from xlperf.wording import official, say


@dataclass
class RenewalLine:
    """A cell that has to be looked at: where it is, what it is, why, and what stood in it."""

    title: str
    cell: str
    what: str
    points: list[RenewalPoint]
    last: Any


@dataclass(frozen=True)
class LastYear:
    """What of last year is shown beside this year: the lines, and the year as it was written."""

    year: object
    lines: Sequence[RenewalLine]


def lines_of(
    points: Sequence[RenewalPoint], last: Raw, old: Sequence[DrawnSheet], new: Sequence[DrawnSheet]
) -> list[RenewalLine]:
    """A line for each cell that points are about, in their order.

    `old` and `new` are the sheets of last year's record and of the new one, part for part.
    """
    where = [
        pluck(e.part.form, e.filled_form.grid, anchors(e.filled_form.layout)).where for e in old
    ]
    lines: dict[tuple[str, str], RenewalLine] = {}
    for point in points:
        for sheet, places, drawn_sheet in zip(old, where, new, strict=True):
            start = tuple(sheet.part.path)
            rest = point.path[len(start) :]
            coord = nearest(rest, places) if point.path[: len(start)] == start and rest else None
            if coord is not None:
                line = RenewalLine(
                    drawn_sheet.title, cell_address(*coord), _what(point.path, last), [], None
                )
                line.last = sheet.filled_form.grid.values.get(coord)
                line = lines.setdefault((line.title, line.cell), line)
                line.points.append(point)
                break
    return list(lines.values())


def _what(path: RecordPath, record: Raw) -> str:
    """The field, and of which indicator or activity."""
    label = str(field_label(path))
    for end in range(len(path), 1, -1):
        name = words(item, "name") if isinstance(item := get(record, path[:end]), dict) else ""
        if name and path[end - 2] in ("indicators", "activities"):
            return say("renewal.of", item=name, field=label)
    return label


def renewal_values(last: LastYear) -> dict[str, Any]:
    """The values of the sheet for its form."""
    lines = last.lines
    at = {
        key.removeprefix("rows/"): box
        for key, box in anchors(place(RENEWAL, {"rows": [{}] * len(lines)})).items()
    }
    rows = [_row(number, line, at) for number, line in enumerate(lines)]
    return {
        "title": official("sheet.renewal"),
        "hint": say("renewal.hint", year=last.year),
        "open": _open(at["state"]) if lines else "",
        "rows": rows,
    }


def _row(number: int, line: RenewalLine, at: Mapping[str, Box]) -> dict[str, Any]:
    before, now = (cell_address(at[key].row + number, at[key].col) for key in ("last", "now"))
    there = f"{quoted(line.title)}!{line.cell}"
    return {
        "number": number + 1,
        "sheet": line.title,
        "what": line.what,
        "why": say("renewal.joint").join(dict.fromkeys(map(_why, line.points))),
        "last": line.last,
        "now": linked_value(there),
        "state": _state(there, before, now),
    }


def _why(point: RenewalPoint) -> str:
    return say(f"renewal.why_{point.reason}", quote=point.quote)


def _state(there: str, before: str, now: str) -> Formula:
    """Whether a value is blank, as last year, or changed; or its sheet gone."""
    gone_word, blank, same, changed = (_word(key) for key in ("gone", "blank", "same", "changed"))
    return Formula(
        f"=IF(ISERROR({there}),{gone_word},IF(LEN({now})=0,{blank},"
        f"IF(EXACT({now},{before}),{same},{changed})))"
    )


def _open(states: Box) -> Formula:
    """How many values are blank or as last year, in words."""
    area = address(states)
    count = "+".join(f"SUMPRODUCT(--({area}={_word(key)}))" for key in ("same", "blank"))
    return Formula(f"={literal(say('renewal.open'))}&({count})")


def _word(key: str) -> str:
    return literal(say(f"renewal.state_{key}"))
