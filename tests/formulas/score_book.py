"""A workbook with nothing but the steps of scores: a case a row, so that one recalculation has all.

Columns A to G have what people and the form give, from J on stand the steps; a block of rows is a
project, with a row of its own above it for what it comes to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from xlperf.forms.defined_names import LIST_PREFIX
from xlperf.layout.addresses import letters
from xlperf.rules.formulas.cell_numbers import number_steps
from xlperf.rules.formulas.native import expand
from xlperf.rules.formulas.quantity_steps import quantity_steps
from xlperf.rules.formulas.reached_steps import reached_steps
from xlperf.rules.formulas.score_steps import (
    deviation,
    level_steps,
    score_steps,
    step_of_words,
    total_steps,
    weight_steps,
)
from xlperf.rules.formulas.shown_values import as_read
from xlperf.rules.formulas.stage_steps import lists_of_stages
from xlperf.rules.formulas.steps import lists
from xlperf.rules.formulas.unit_steps import place_of
from xlperf.rules.profiles import Profile

TEXTS = ("target", "completed")  # columns A and B
NUMBERS = ("weight", "score")  # C and D
GIVEN = ("level1.implied", "direction", "in_list", "line")  # E to H
MONEY = ("executed", "budget_now", "execution_score")  # A to C of a project's own row
FIRST = 10  # column of the first step
ERRORS = ("=1/0", "=NA()")  # what stands in cells whose formulas went wrong


@dataclass(frozen=True)
class Row:
    """What stands in the cells of an indicator; `completed` a number with a format, or a text."""

    target: Any
    completed: Any
    weight: Any = 10
    score: Any = None
    kind: str = "output"
    direction: int = 1
    formats: Mapping[str, str] | None = None


def score_book(
    projects: Sequence[tuple[Mapping[str, Any], Sequence[Row]]], by: Profile
) -> Workbook:
    """The workbook; `projects` have their amounts and their rows."""
    book = Workbook()
    sheet, words = book.worksheets[0], book.create_sheet("Words")
    sheet.title = "Scores"
    for col, (name, listed) in enumerate({**lists(), **lists_of_stages()}.items(), 1):
        for row, word in enumerate(listed, 1):
            words.cell(row, col).value = word
            words.cell(row, col).data_type = "s" if isinstance(word, str) else "n"
        target = f"Words!${letters(col)}$1:${letters(col)}${len(listed)}"
        book.defined_names[LIST_PREFIX + name] = DefinedName(LIST_PREFIX + name, attr_text=target)
    row = 1
    for amounts, rows in projects:
        last = row + len(rows)
        columns = {
            name: f"${letters(col)}${row + 1}:${letters(col)}${last}"
            for name, col in COLUMNS.items()
        }
        _fill(sheet, row, [amounts.get(key) for key in MONEY], {})
        _write(sheet, row, PROJECT, columns, by, project=row)
        for line, score_row in enumerate(rows, 1):
            inputs = [
                score_row.target,
                score_row.completed,
                score_row.weight,
                score_row.score,
                score_row.kind,
            ]
            here = dict(zip((*TEXTS, *NUMBERS), "ABCD", strict=True))
            formats = {here[key]: code for key, code in (score_row.formats or {}).items()}
            _fill(sheet, row + line, [*inputs, score_row.direction, 1, line], formats)
            _write(sheet, row + line, STEPS, columns, by, project=row)
        row = last + 1
    return book


def _fill(sheet: Any, row: int, values: Sequence[Any], formats: Mapping[str, str]) -> None:
    for col, value in enumerate(values, 1):
        cell = sheet.cell(row, col)
        cell.value = value
        if isinstance(value, str) and value not in ERRORS:
            cell.data_type = "s"  # "=3" is a text
        if code := formats.get(letters(col)):
            cell.number_format = code


def _steps_of_row() -> dict[str, str]:
    read = {key: f'IFERROR({as_read(f"{{{key}.cell}}")},"")' for key in TEXTS}
    return {
        **read,
        **quantity_steps("target", ranges=True),
        "target.place": place_of("{target.unit}"),
        **quantity_steps("completed"),
        **reached_steps("completed", "reached"),
        "reached.words": step_of_words(),
        **weight_steps(),
        "deviation": deviation(),
        **score_steps(),
    }


STEPS = _steps_of_row()
PROJECT = {
    **{name: text for key in MONEY for name, text in number_steps(key, "amount").items()},
    **level_steps(),
    **total_steps(),
}
GIVEN_AT = {
    **{f"{key}.cell": col for col, key in enumerate(TEXTS, 1)},
    **{key: col for col, key in enumerate(NUMBERS, 3)},
    **{key: col for col, key in enumerate(GIVEN, 5)},
}
COLUMNS = {**GIVEN_AT, **{name: FIRST + n for n, name in enumerate(STEPS)}}
PROJECT_COLUMNS = {
    **{key: col for col, key in enumerate(MONEY, 1)},
    **{name: FIRST + n for n, name in enumerate(PROJECT)},
}


def _write(
    sheet: Any,
    row: int,
    steps: Mapping[str, str],
    columns: Mapping[str, str],
    by: Profile,
    *,
    project: int,
) -> None:
    at = COLUMNS if steps is STEPS else PROJECT_COLUMNS

    def resolve(name: str) -> str:
        kind, _, rest = name.partition(":")
        if kind == "list":
            return LIST_PREFIX + rest
        if kind == "profile":
            key, _, part = rest.partition(".")
            return str(by[key][int(part)] if part else by[key])
        if kind == "all":
            return columns[rest]
        if name not in at:
            return f"${letters(PROJECT_COLUMNS[name])}${project}"
        return f"${letters(at[name])}{row}"

    for name, text in steps.items():
        sheet.cell(row, at[name]).value = "=" + expand(text, resolve)


def cell_value(sheet: Any, row: int, name: str, *, project: bool = False) -> Any:
    """What a step gave in a row of a calculated sheet; None for blank."""
    value = sheet.cell(row, (PROJECT_COLUMNS if project else COLUMNS)[name]).value
    return None if value == "" else value
