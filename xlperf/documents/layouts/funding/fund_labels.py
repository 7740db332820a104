"""What labels and titles about funds announce: a row, a column, a phase, a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xlperf.documents.layouts.funding.money import unit_of
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, nonblank
from xlperf.documents.layouts.titles import (
    FIRST_OF,
    RATE,
    bare,
    column_meanings,
    entry,
    is_label,
    label_meaning,
    month_reported,
    words_of,
)
from xlperf.documents.words import plain

YEAR_ALONE = re.compile(entry("patterns", "year_alone"))
PHASES = ("budget", "adjusted", "received", "executed", "expected")
POINT_COLUMNS = ("rate", "weight", "score", "reason")  # columns beside the amounts
TOTALS = ("annual", "total", "whole")


def is_words(cell: Slot, *, sure: bool = True) -> bool:
    """Whether a cell has words in the place of an amount: no label, title, unit or rate.

    Where that place is not `sure`, only words with a figure among them, such as "some 200,000".
    """
    text = cell.text
    if plain(text).endswith("%") or YEAR_ALONE.fullmatch(plain(text)):
        return False  # the amounts stand beside their titles
    if is_label(text) or column_key(text) or role_of(text) or may_be_source(text) or unit_of(text):
        return False
    return sure or any(sign.isdecimal() for sign in text)


def beside_label(cell: Slot, line: Slots, columns: Iterable[int]) -> bool:
    """Whether a cell has words in an amount's place, in a row whose label stands before them."""
    before = [slot for slot in nonblank(line) if slot.start < min(columns)]
    return bool(before) and bool(role_of(before[-1].text)) and is_words(cell)


def phase_under(over: Slot) -> str:
    """Which amounts, or the rate, stand under a title over labels and amounts."""
    text = plain(over.text)
    if bare(text).endswith(words_of("signs", "progress")):
        return "rate"
    if entry("signs", "arrived") in text:
        return "received"
    if entry("signs", "adjusted") in text:
        return "adjusted"
    return "executed" if entry("signs", "executed") in text else "budget"


def is_labelled(columns: dict[int, tuple[str, Slot]], cells: Sequence[Slot]) -> bool:
    """Whether one column of amounts stands beside the label of its rows."""
    alone = len(cells) <= len(columns) + 2
    return (
        bool(columns)
        and alone
        and any(
            label_meaning("group", slot.text) == "funds" or role_of(slot.text)
            for slot in cells
            if slot.start not in columns
        )
    )


def phase_of(text: str) -> str:
    """Which amounts a title announces: budget, adjusted, executed or expected; else nothing."""
    if month_reported(text) and RATE not in text:
        return "executed"
    keys = [key for key, _ in column_meanings("funds", text) if key in PHASES]
    return keys[0] if keys else ""


def column_key(text: str) -> str:
    """Which amounts a title announces, or what beside them; else nothing."""
    if month_reported(text) and RATE in text:
        return "rate"
    return phase_of(text) or next(
        (key for key, _ in column_meanings("funds", text) if key in POINT_COLUMNS), ""
    )


def is_column(text: str) -> bool:
    """Whether a title announces amounts or what stands beside them."""
    return bool(column_key(text)) or is_aside(text)


def is_over_funds(text: str) -> bool:
    """Whether the label of a group of rows says that they are amounts."""
    return label_meaning("group", text) == "funds" or role_of(text) in TOTALS


def is_of_else(label: str, group: str) -> bool:
    """Whether a label of any list's is in a group of rows that does not say that it is of funds.

    A list of what the money is spent on has a sum and a row of others, too.
    """
    if bare(label) in words_of("signs", "sums"):
        return not is_over_funds(group)
    is_any = bare(label) in words_of("signs", "others") and bool(group.strip())
    return is_any and not is_over_funds(group) and not role_of(group)


def is_aside(text: str) -> bool:
    """Whether a title beside amounts is known and what stands under it has no place."""
    return any(key == "aside" for key, _ in column_meanings("funds", text))


def role_of(text: str) -> str:
    """Which row of funds a label announces; else nothing."""
    return label_meaning("funds", text) or label_meaning(
        "funds", plain(text).removeprefix(FIRST_OF)
    )


def may_be_source(text: str) -> bool:
    """Whether a label within the funds names a source that is not in the list."""
    return bare(text).endswith(words_of("signs", "source_end"))


def reports(lines: Sequence[Slots]) -> Iterator[int]:
    """The months (1 to 12) up to which the titles of a table report."""
    for line in lines:
        yield from (month for slot in nonblank(line) if (month := month_reported(slot.text)))
