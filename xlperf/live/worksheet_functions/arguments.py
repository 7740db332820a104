"""What a worksheet function is given: ranges as rows of cells, each cell as what it says.

Cells come as Excel's Value2 has them: a number is a float, an error a whole number, a blank None.
What cannot be used is a refusal that names the cell by its row and column in the range.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from xlperf.errors import UserError
from xlperf.layout.cell_values import as_decimal, parse_money, split_unit
from xlperf.live.com.objects import ERROR_BY_NUMBER
from xlperf.record import amount, round_cent, share

OMITTED = "*"  # what an argument says that was left out
PERCENT_BASE = Decimal(100)

RangeRows = Sequence[Sequence[Any]]
RangeCell = tuple[int, int, Any]  # row and column in the range, from 1, and what it says


def rows(argument: Any) -> RangeRows:
    """Any argument as rows of cells: a range, an array constant, a single value."""
    if not isinstance(argument, list | tuple):
        return [[argument]]
    return [line if isinstance(line, list | tuple) else [line] for line in _lines(argument)]


def _lines(argument: Sequence[Any]) -> Sequence[Any]:
    """The rows of a range; values side by side are one row."""
    return argument if any(isinstance(item, list | tuple) for item in argument) else [argument]


def cells(argument: Any) -> Iterator[RangeCell]:
    """The cells of a range, row by row."""
    for row, line in enumerate(rows(argument), 1):
        for column, content in enumerate(line, 1):
            yield row, column, content


def alike(*ranges: Any) -> list[tuple[RangeCell, ...]]:
    """The cells of ranges side by side: a tuple for each position, with a cell of each range.

    Raises UserError where the ranges differ in size.
    """
    sizes = {(len(rows(item)), max(map(len, rows(item)), default=0)) for item in ranges}
    if len(sizes) > 1:
        sentence = ", ".join(f"{height}×{width}" for height, width in sorted(sizes))
        raise UserError("function_sizes", sizes=sentence)
    return list(zip(*map(cells, ranges), strict=True))


def text_of(content: Any) -> str:
    """A content as text, without blanks around: a code typed as a number is 333001."""
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    text = "" if content is None else str(content)
    return unicodedata.normalize("NFKC", text).strip()


def required(content: Any, argument: str) -> str:
    """The text of an argument of one cell, which must not be blank; `OMITTED` for one left out.

    Raises UserError for several cells, an error value or a blank.
    """
    (line, *more) = rows(content)
    if more or len(line) > 1:
        raise UserError("function_one_cell", argument=argument)
    refuse_error((1, 1, line[0]))
    text = text_of(line[0])
    if not text:
        raise UserError("function_blank", argument=argument)
    return text


def refuse_error(cell: RangeCell) -> None:
    """Raise UserError for one of Excel's error values, naming its row and column in the range."""
    row, column, content = cell
    if type(content) is int and content in ERROR_BY_NUMBER:
        raise UserError("function_error", row=row, column=column, error=ERROR_BY_NUMBER[content])


def money(cell: RangeCell) -> Decimal | None:
    """A cell's amount in yuan, rounded to the cent; None for a blank one.

    Raises UserError for an error value and for what is no amount.
    """
    row, column, content = cell
    refuse_error(cell)
    if isinstance(content, str):
        if not text_of(content):
            return None
        number = amount(content)
    else:
        number = as_decimal(content)
    if number is None and content is not None:
        raise UserError("function_not_money", row=row, column=column, written=text_of(content))
    return None if number is None else round_cent(Decimal(str(parse_money(number))))


def fraction(cell: RangeCell) -> Decimal | None:
    """A cell's share as a fraction, 0 to 1; None for a blank one.

    A number up to 1 is the fraction itself; a larger one, like every text, is percent. Raises
    UserError for an error value and for what is no share of 0 to 100 %.
    """
    row, column, content = cell
    refuse_error(cell)
    number = None
    if isinstance(content, str):
        if not text_of(content):
            return None
        percent = share(content)
        number = None if percent is None else percent / PERCENT_BASE
    elif (parsed := as_decimal(content)) is not None:
        number = parsed if abs(parsed) <= 1 else parsed / PERCENT_BASE
    if content is not None and (number is None or not 0 <= number <= 1):
        raise UserError("function_not_share", row=row, column=column, written=text_of(content))
    return number


def belongs(cell: RangeCell, unit: str) -> bool:
    """Whether a cell names a budget unit: its code, or code and name as forms print them."""
    refuse_error(cell)
    code, name = split_unit(text_of(cell[2]))
    wanted_code, wanted_name = split_unit(unit)
    return code == wanted_code if wanted_code else name == wanted_name
