"""The headings of a plain list of projects: which column is which field, in which unit of money."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from xlperf.errors import UserError
from xlperf.layout.addresses import letters
from xlperf.record import PROJECT_AMOUNTS
from xlperf.wording import official_list, official_table
from xlperf.workbook.list_sheet import ListSheet, as_text

LIST_SUFFIXES = (".csv", ".tsv")  # files that are lists by their names
NEEDED_COLUMN = "name"
ROWS_FOR_HEADINGS = 10  # rows among which the headings are looked for
LONGEST_UNIT_TEXT = 100  # characters of a text that may state a unit of money
LONGEST_FORM_HEADING = 15  # characters of a form's heading
UNIT_SURROUNDINGS = r"\s()\[\]{}<>:/,\-_\u3010\u3011\u3001"  # what stands around a unit of money


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """A column's heading as written, the field, how plain the name is, and the unit of money."""

    col: int
    text: str
    key: str = ""
    rank: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Headings:
    """The rows of headings, the column of each field, and the columns (text) that are no field."""

    first: int
    last: int
    columns: Mapping[str, ColumnHeading]
    unused: Mapping[int, str]


def fold(content: Any) -> str:
    """A text as it is compared: without blanks, widths and capitals."""
    return "".join(unicodedata.normalize("NFKC", as_text(content)).split()).lower()


def find_headings(sheet: ListSheet, file: object) -> Headings | None:
    """The headings among the first rows, or None; a refusal where a field has two columns."""
    row_numbers = list(sheet.rows)
    for position, row in enumerate(row_numbers[:ROWS_FOR_HEADINGS]):
        headings = list(_row(sheet, row))
        keys = {heading.key for heading in headings} - {"", "number"}
        if NEEDED_COLUMN in keys and len(keys) > 1:
            below = row_numbers[position + 1] if position + 1 < len(row_numbers) else 0
            lower = _second_row(sheet, below, headings) if below else []
            replaced = {heading.col for heading in lower}
            not_replaced = [heading for heading in headings if heading.col not in replaced]
            last = below if lower else row
            return _headings(row, last, [*not_replaced, *lower], file)
    return None


def is_form(sheet: ListSheet) -> bool:
    """Whether a sheet has the headings of indicators, which stand on forms."""
    texts = {fold(content) for content in sheet.cells.values() if isinstance(content, str)}
    short = [text for text in texts if len(text) <= LONGEST_FORM_HEADING]
    return all(any(text.startswith(w) for text in short) for w in official_list("list_words.form"))


def is_heading_again(sheet: ListSheet, row: int, headings: Headings) -> bool:
    """Whether a row says the headings again, as on a second page."""
    texts = {col: fold(content) for col, content in sheet.rows[row].items()}
    columns = headings.columns.values()
    return all(texts.get(column.col) == fold(column.text) for column in columns)


def _row(sheet: ListSheet, row: int) -> Iterator[ColumnHeading]:
    for col, content in sheet.rows[row].items():
        yield _heading(col, as_text(content))


def _heading(col: int, text: str) -> ColumnHeading:
    folded = fold(text)
    for key, names in _names().items():
        if folded in names:
            return ColumnHeading(col, text, key, names.index(folded))
    name, unit = split_money_unit(folded)
    for key in PROJECT_AMOUNTS if unit else ():
        if name in _names()[key]:
            return ColumnHeading(col, text, key, _names()[key].index(name), unit)
    return ColumnHeading(col, text)


def _second_row(sheet: ListSheet, row: int, above: list[ColumnHeading]) -> list[ColumnHeading]:
    """The headings of a second row, below a heading that spans several columns; none otherwise."""
    columns_by_key = {heading.key: heading.col for heading in above if heading.key}
    named_columns = [columns_by_key[key] for key in ("name", "code") if key in columns_by_key]
    if any((row, col) in sheet.cells for col in named_columns):
        return []
    return [item for item in _row(sheet, row) if item.key]


def _headings(first: int, last: int, listed: list[ColumnHeading], file: object) -> Headings:
    columns: dict[str, ColumnHeading] = {}
    for key in dict.fromkeys(heading.key for heading in listed if heading.key):
        candidates = [heading for heading in listed if heading.key == key]
        best = [
            item
            for item in candidates
            if item.rank == min(heading_of_best.rank for heading_of_best in candidates)
        ]
        if len(best) > 1:
            facts = {
                "heading": best[0].text,
                "columns": ", ".join(letters(heading_of_best.col) for heading_of_best in best),
            }
            raise UserError("list_heading_twice", file=file, **facts)
        columns[key] = best[0]
    used_columns = {heading.col for heading in columns.values()}
    unused = {heading.col: heading.text for heading in listed if heading.col not in used_columns}
    return Headings(first, last, columns, unused)


@cache
def _names() -> dict[str, list[str]]:
    """How each field may be headed, folded; its English name as well."""
    table = official_table("list_headings")
    return {key: [*(fold(name) for name in names), key] for key, names in table.items()}


@cache
def _unit_pattern() -> re.Pattern[str]:
    """A name, then words that announce a unit of money if any, and the unit, in any brackets."""
    units = sorted(official_table("money_units"), key=len, reverse=True)
    before = [*official_list("list_words.money_unit"), *official_list("list_words.currency")]
    words = "|".join(map(re.escape, before))
    return re.compile(
        rf"(?P<name>.*?)[{UNIT_SURROUNDINGS}]*(?P<label>(?:(?:{words})[{UNIT_SURROUNDINGS}]*)*)"
        rf"(?P<unit>{'|'.join(units)})[{UNIT_SURROUNDINGS}]*"
    )


def split_money_unit(text: str) -> tuple[str, str]:
    """What stands before a unit of money at the end of a folded text, and the unit."""
    match = _unit_match(text)
    return (match["name"], match["unit"]) if match else (text, "")


def _unit_match(text: str) -> re.Match[str] | None:
    return _unit_pattern().fullmatch(text) if len(text) <= LONGEST_UNIT_TEXT else None


def stated_unit(sheet: ListSheet, headings: Headings, file: object) -> str:
    """The unit of money that a cell outside the columns states for all amounts; "" for none."""
    stated_units = set()
    for (row, _), content in sheet.cells.items():
        if not headings.first <= row <= headings.last and isinstance(content, str):
            match = _unit_match(fold(content))
            if match and match["label"].startswith(official_list("list_words.money_unit")):
                stated_units.add(match["unit"])
    if len(stated_units) > 1:
        raise UserError("list_units_differ", file=file, units=", ".join(sorted(stated_units)))
    return next(iter(stated_units), "")


def zeros(unit: str) -> int:
    """How many zeros a unit of money puts behind an amount in yuan."""
    powers: dict[str, int] = official_table("money_units")
    return powers.get(unit, 0)
