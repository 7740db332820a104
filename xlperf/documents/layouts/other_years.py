"""Columns and rows of another year than the form's: last year's budget is not this year's.

They are told by titles that name a year, or one beside this one, and left out of what is read, so
that they are left over. A title of this year's below a wider one stands in that one's place. So
are targets up to the middle of the year, beside those of the whole year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from xlperf.documents.layouts.form_titles import YEAR_WITHIN, year_of
from xlperf.documents.layouts.funding.fund_labels import (
    TOTALS,
    is_over_funds,
    may_be_source,
    phase_of,
    role_of,
)
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.titles import (
    LONGEST_BARE_TITLE,
    column_meanings,
    entry,
    is_label,
    label_meaning,
    level_depth,
    words_of,
)
from xlperf.documents.words import plain

YEAR_SECTIONS = ("indicator", "stage", "project", "aside", "funds")
BRACKETED_PART = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class YearTitle:
    """A title of one year: its cell, the year (or how far it is from this one), words beside it."""

    slot: Slot
    year: int | None
    offset: int | None
    is_bare: bool

    def is_of(self, year: int | None) -> bool | None:
        """Whether it is of a year; None where that cannot be said."""
        if self.offset is not None:
            return self.offset == 0
        return None if year is None else self.year == year


def year_title(slot: Slot) -> YearTitle | None:
    """The year that a title is of, with nothing but usual words around it; None if of none."""
    match = _pattern().fullmatch(BRACKETED_PART.sub("", plain(slot.text)).rstrip(":"))
    if match is None:
        return None
    year, word = match["year"], match["word"]
    relative: dict[str, int] = entry("years", "relative")
    is_bare = not match["after"] and (year is None or not match["before"])
    return YearTitle(slot, int(year) if year else None, relative[word] if word else None, is_bare)


def is_year_of_funds(slot: Slot, group: Slot | None) -> bool:
    """Whether a cell is a title of a year below the label of a group of amounts."""
    return group is not None and is_over_funds(group.text) and year_title(slot) is not None


@cache
def _pattern() -> re.Pattern[str]:
    before, after = (
        "|".join(sorted(words_of("years", key), key=len, reverse=True))
        for key in ("before", "after")
    )
    near = "|".join(sorted(entry("years", "relative"), key=len, reverse=True))
    year = rf"(?:(?P<year>20\d\d)(?:{entry('years', 'word')})?|(?P<word>{near}))"
    return re.compile(rf"(?P<before>(?:{before})*){year}(?P<after>(?:{after})*)")


def of_this_year(lines: Sequence[Slots], year: int | None) -> tuple[list[Slots], list[str]]:
    """The rows of a table without what is of other years; the titles that were left out.

    `year`: the form's, as far as it is known from above the table; rows above may state it.
    """
    result: list[Slots] = list(lines)
    left_out: list[str] = []
    stated_year = year
    funds = _FundsOfYears()
    for row in range(len(result)):
        funds.begin(result[row])
        titles = _titles(result, row)
        stated_year = _stated_year(result[row - 1 : row]) or stated_year if row else year
        others = [title for title in titles if not _is_read(title, titles, stated_year)]
        if others:
            left_out += ["".join(title.slot.text.split()) for title in others]
            _narrow(result, row, [t.slot for t in titles if t not in others], titles)
            for title in others:
                _leave_column(result, row, title.slot)
        elif parts := _parts_of_year(result, row):
            for part in parts:
                left_out.append("".join(part.text.split()))
                _leave_column(result, row, part)
        elif pairs := funds.of_other_years(result[row], stated_year):
            left_out += ["".join(label.text.split()) for label, _ in pairs]
            parted = {slot.piece.start for pair in pairs for slot in pair}
            result[row] = tuple(s for s in result[row] if s.blank or s.piece.start not in parted)
        elif group := _group_of_other_year(result[row], stated_year):
            left_out.append("".join(group.text.split()))
            _leave_rows(result, row)
    return result, left_out


def _is_read(title: YearTitle, titles: Sequence[YearTitle], year: int | None) -> bool:
    """Whether a title is of this year; one alone is where the year is not known."""
    verdict = title.is_of(year)
    return verdict if verdict is not None else len(titles) == 1


def _stated_year(lines: Sequence[Slots]) -> int | None:
    """The year that the last line across the table states."""
    alone = [cells[0].text for line in lines if len(cells := nonblank(line)) == 1]
    years = [match for text in alone for match in YEAR_WITHIN.finditer(text)]
    return year_of(years[-1]["year"]) if years else None


def _titles(lines: Sequence[Slots], row: int) -> list[YearTitle]:
    """The titles of years in a row: with other titles beside them, or nothing but years."""
    cells = nonblank(lines[row])
    titles = [title for slot in cells if (title := year_title(slot))]
    worded = [title for title in titles if not title.is_bare]
    known_count = sum(map(_is_known, cells))
    if worded and known_count > 1 and not any(sum_of(slot.text) for slot in cells):
        return titles
    bare = [title for title in titles if title not in worded]
    if len(titles) < 2 or not bare or not _stand_together(titles):
        return []
    return titles if all(_is_below_wide(lines, row, title.slot) for title in bare) else []


def _is_known(slot: Slot) -> bool:
    return any(column_meanings(section, slot.text) for section in YEAR_SECTIONS) or is_label(
        slot.text
    )


def _stand_together(titles: Sequence[YearTitle]) -> bool:
    """Whether titles of different years stand side by side."""
    years = [(title.year, title.offset) for title in titles]
    ends = [title.slot.end for title in titles[:-1]]
    starts = [title.slot.start for title in titles[1:]]
    return len(set(years)) == len(years) and ends == starts


def _is_below_wide(lines: Sequence[Slots], row: int, slot: Slot) -> bool:
    """Whether no title of its own stands above a cell: a wider one, a blank, or nothing."""
    over = at_column(lines[row - 1], slot.start) if row else None
    if over is None or over.blank:
        return True
    return over.end - over.start > slot.end - slot.start


def _parts_of_year(lines: list[Slots], row: int) -> list[Slot]:
    """The titles of targets for parts of the year below that of targets, which loses them.

    With a title of the whole year beside them it is the year's alone; several parts without one
    have none. None where a row has no such titles.
    """
    cells = nonblank(lines[row]) if row else []
    parts, whole = ([s for s in cells if _says(key, s.text)] for key in ("part", "whole"))
    over = at_column(lines[row - 1], parts[0].start) if parts else None
    is_target = over and any(key == "target" for key, _ in column_meanings("indicator", over.text))
    are_below = over and all(over.covers(slot.start) for slot in (*parts, *whole))
    if over is None or not is_target or not are_below or len(whole) > 1 or len(parts + whole) < 2:
        return []
    if whole:
        narrow = replace(over, start=whole[0].start, end=min(whole[0].end, over.end))
        lines[row - 1] = tuple(narrow if slot is over else slot for slot in lines[row - 1])
        lines[row] = tuple(slot for slot in lines[row] if slot is not whole[0])
    return parts


def _says(key: str, title: str) -> bool:
    text = BRACKETED_PART.sub("", plain(title)) if len(title) <= LONGEST_BARE_TITLE else ""
    return re.fullmatch(entry("years", key), text) is not None


def _narrow(
    lines: list[Slots], row: int, remaining_slots: Sequence[Slot], titles: Sequence[YearTitle]
) -> None:
    """Let a wider title above stand over this year's column alone; the years go with it."""
    first = titles[0].slot
    over = at_column(lines[row - 1], first.start) if row else None
    bare = [title.slot for title in titles if title.is_bare]
    if over is None or not _is_known(over) or not bare or not all(s.within(over) for s in bare):
        return
    place = remaining_slots[0] if remaining_slots else first
    narrow = replace(over, start=place.start, end=place.end)
    lines[row - 1] = tuple(narrow if slot is over else slot for slot in lines[row - 1])
    lines[row] = tuple(
        slot for slot in lines[row] if slot not in remaining_slots or slot not in bare
    )


def _leave_column(lines: list[Slots], row: int, title: Slot) -> None:
    """Leave out a title and the cells below it, as far down as its column goes on."""
    for at in range(row, len(lines)):
        cell = at_column(lines[at], title.start)
        if cell is None:
            continue
        ends = cell.start != title.start or cell.end != title.end
        if ends or (at > row and (_is_known(cell) or level_depth(cell.text))):
            return
        lines[at] = tuple(slot for slot in lines[at] if slot is not cell)


@dataclass
class _FundsOfYears:
    """Amounts behind the titles of years, in the rows of a table from the top to the bottom.

    `is_group`: the label at the left says that the rows are funds. `column`: where the title of
    another year stands whose sources may stand below it.
    """

    is_group: bool = False
    column: int | None = None

    def begin(self, line: Slots) -> None:
        """Note the label at the left of a row; a blank one, or a year, is in the group above."""
        if line and not line[0].blank and not year_title(line[0]):
            self.is_group, self.column = is_over_funds(line[0].text), None

    def of_other_years(self, line: Slots, year: int | None) -> list[tuple[Slot, Slot]]:
        """The amounts of a row that are of other years, or what these are made of; with labels."""
        result = []
        is_other = False
        for label, amount in pairwise(line):
            if label.blank or sum_of(amount.text) is None:
                continue
            title = year_title(label)
            if title and (self.is_group or role_of(label.text) or phase_of(label.text)):
                is_other = title.is_of(year) is False
                self.column = label.start if is_other else None
            elif self.column is not None and label.start == self.column:
                is_other = True
            if is_other and (title or _is_source(label.text)):
                result.append((label, amount))
        return result


def _is_source(text: str) -> bool:
    return role_of(text) not in ("", *TOTALS) or may_be_source(text)


def _group_of_other_year(line: Slots, year: int | None) -> Slot | None:
    """The label at the left of rows of amounts that are of another year; None if it is none."""
    cells = nonblank(line)
    if len(cells) < 2 or cells[0] is not line[0]:
        return None
    title = year_title(cells[0])
    if title is None or title.is_bare or title.is_of(year) is not False:
        return None
    amounts = sum_of(cells[1].text) or label_meaning("funds", cells[1].text)
    return cells[0] if amounts else None


def _leave_rows(lines: list[Slots], row: int) -> None:
    """Leave out a row, and those below it that its label is merged down to."""
    for at in range(row, len(lines)):
        if at > row and (not lines[at] or not lines[at][0].blank):
            return
        lines[at] = ()
