"""What a project's sheet contributes to the summary, in cells that edits do not move away.

A total over all project sheets is one sum over a span of sheets, `SUM(first:last!cells)`: it counts
a copied sheet and forgets a deleted one by itself. Such a span looks at the same cells on every
sheet and follows no edit on any of them. So the numbers stand in the first row, far to the right,
and each cell there tells by its own column which number it is to show: after columns are inserted
or deleted in a form, every number stands again where the sums look for it. Rows inserted above the
form leave it in the few rows that the sums look at.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.forms.made_sheets.book_sheets import BENEFIT_KINDS
from xlperf.formulas.cross_sheet import SUMMARY_SUMS
from xlperf.formulas.typed import (
    Boolean,
    Number,
    Numbers,
    Text,
    any_of,
    differ,
    equal,
    joined,
    number,
    sum_of,
    text,
    times,
    when,
)
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import address, cell_address
from xlperf.record import PLAN_MONTHS
from xlperf.wording import official, say

COUNTED_STATES = ("incomplete", "faulty", "doubt")
QUANTITIES = (*SUMMARY_SUMS, "count", *COUNTED_STATES, "points", *BENEFIT_KINDS)
# The column of the first number, beyond what people write beside a form, and no further than the
# checks below: programs take memory for every column up to the last one.
START = 48
SUMMED_ROWS = 5  # rows that the sums look at
COLUMN_MARGIN = 3  # columns that may come or go in a form
LINE_OFF_SHEETS = -1000000  # the line of a unit that is not listed: its columns are on no sheet
OWN_COLUMN = "COLUMN()"  # by which each cell knows which number it is to show


def span() -> str:
    """All sheets of the workbook, as formulas write it, from the first one of ours to the last.

    Without quotes, which these two titles do not need: LibreOffice reads no quoted span of sheets.
    """
    return f"{official('sheet.guide')}:{official('sheet.lists')}"


def cells_of(quantity: str, place: int = 0) -> Box:
    """Where a number is looked for: of the whole project, or as far as it is of one unit.

    `place` is the unit's line in the department's list, from 1; 0 for the whole.
    """
    number = place * len(QUANTITIES) + QUANTITIES.index(quantity)
    return Box(1, START + number, 1, SUMMED_ROWS)


def area(places: int) -> Box:
    """The row of all numbers for so many units, with a margin on both sides."""
    return Box(1, START - COLUMN_MARGIN, (places + 1) * len(QUANTITIES) + 2 * COLUMN_MARGIN)


def looked_up(places: int) -> Box:
    """All cells that the sums look at, for so many units."""
    return Box(1, START, (places + 1) * len(QUANTITIES), SUMMED_ROWS)


def foreign_numbers(projects: Number, places: int) -> Boolean:
    """Whether numbers of other sheets stand where the sums look, as a formula.

    `projects` is how many project sheets the sums count, each of which fills every column once.
    """
    cells = looked_up(places)
    return differ(Number(f"COUNT({span()}!{address(cells)})"), times(number(cells.width), projects))


def over_all_sheets(quantity: str, place: int = 0) -> Number:
    """The sum of a number over all project sheets that there are, as a formula."""
    return sum_of(Numbers(f"{span()}!{address(cells_of(quantity, place))}"))


def of_named_sheet(title: str, quantity: str) -> Number:
    """A project's number by its sheet's title, as a formula; `title` is the cell that has it."""
    return sum_of(Numbers(f"INDIRECT({sheet_of(title, address(cells_of(quantity)))})"))


def sheet_of(title: str, target: str) -> Text:
    """A reference to a name or cells of another sheet, as a text for INDIRECT.

    `title` is the cell that has the sheet's title; apostrophes in it are doubled.
    """
    doubled = Text(f'SUBSTITUTE({title},"\'","\'\'")')
    return joined(text("'"), doubled, text(f"'!{target}"))


def columns_of(run: Box, block: str) -> list[str]:
    """In which columns the numbers stand, as formulas of cells below each other.

    First the columns of the whole project, then those of its unit: `block` is the cell with the
    unit's line in the department's list, `LINE_OFF_SHEETS` for none; `run` is where cells stand.
    """
    cells = [cell_address(run.row + at, run.col) for at in range(len(QUANTITIES))]
    own_columns = [f"{START}", *(f"{cell}+1" for cell in cells[:-1])]
    return [*own_columns, *(f"{cell}+{len(QUANTITIES)}*{block}" for cell in cells)]


def formulas_of(columns: str, numbers: str, places: int) -> Iterator[tuple[Coord, str]]:
    """Each cell of the area with its formula, which is the same in all of them.

    `numbers` are the cells of the project's numbers below each other, twice in the order of
    `QUANTITIES`; `columns` those which say in which columns they are shown (see `columns_of`).
    """
    for coord in area(places).coords():
        yield coord, f"=SUMIF({columns},{OWN_COLUMN},{numbers})"


def number_of(quantity: str, results: dict[str, str]) -> Number:
    """A number of a project as a formula; `results` are the cells of its sheet's checks."""
    status = Text(results["status"])
    if quantity == "count":
        return number(1)
    if quantity == "faulty":
        not_faulty = (status_text(status, key) for key in ("good", "incomplete", "doubt"))
        return when(any_of(*not_faulty), number(0), number(1))
    if quantity in COUNTED_STATES:
        return when(status_text(status, quantity), number(1), number(0))
    if quantity == "points":
        return Number(results["points"])
    if quantity in BENEFIT_KINDS:
        return Number(results[f"count/{quantity}"])
    month = quantity.removeprefix("by_")
    step = f"{quantity}.amount" if month not in PLAN_MONTHS else f"planned/{month}"
    return Number(f"N({results[step]})") if step in results else number(0)


def status_text(status: Text, key: str) -> Boolean:
    """Whether a status is the word of a key: `good`, `doubt` ..."""
    return equal(status, text(say(f"status.{key}")))
