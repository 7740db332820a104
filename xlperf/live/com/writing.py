"""Writing into sheets of a live book: text stays text, protection comes back as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from xlperf.errors import UserError
from xlperf.forms.defined_names import MADE_FIELD, field_name
from xlperf.layout import Box, Coord, Formula
from xlperf.layout.addresses import address, area_address, to_box
from xlperf.live.com.batch import (
    NAMES_MEMBER,
    Batched,
    ComCall,
    ExcelRefusalError,
    cells,
    checked,
    errors,
    run_one,
)
from xlperf.live.com.objects import LiveSheet, allowed

# how a text begins that Excel would take for a formula, a number, a date or a truth value
RISKY = re.compile(r"\s*(['=+\-@#]|[\d.,$\u00a5\uffe5(]|true\b|false\b)", re.IGNORECASE)
TEXT_FORMAT = "@"  # the number format of cells that keep what is typed


def quoted_text(content: Any) -> Any:
    """A content as it is typed into a cell of any format.

    A text that Excel would take for a formula, number or truth value gets an apostrophe in front.
    """
    if isinstance(content, str) and not isinstance(content, Formula) and RISKY.match(content):
        return "'" + content
    return content


def unprotected(sheet: LiveSheet, work: Callable[[], Batched[None]]) -> Batched[None]:
    """Do some writing on a sheet; where Excel refuses, once more with its protection off."""
    try:
        yield from work()
    except errors(ExcelRefusalError):
        with unlocked(sheet):
            yield from work()


def raise_refusals(asks: Sequence[ComCall]) -> Batched[None]:
    """Make calls; the first that Excel refuses is raised (ExcelRefusalError)."""
    for answer in (yield asks):
        checked(answer)


@contextmanager
def unlocked(sheet: LiveSheet) -> Iterator[None]:
    """A sheet without its protection for a while, which comes back as it was.

    Raises UserError where the sheet has a password, which is never asked for or stored.
    """
    com = sheet.com
    if not com.ProtectContents:
        yield
        return
    options = (bool(com.ProtectDrawingObjects), True, bool(com.ProtectScenarios), False)
    granted = allowed(com.Protection)
    try:
        com.Unprotect("")
    except errors():
        raise UserError("live_password", sheet=sheet.title) from None
    try:
        yield
    finally:
        com.Protect("", *options, *granted)


def write_texts(sheet: LiveSheet, texts: Mapping[str, str]) -> None:
    """Put texts into cells, one by one, as texts."""
    run_one(_texts(sheet, texts))


def _texts(sheet: LiveSheet, texts: Mapping[str, str]) -> Batched[None]:
    coords = {cell: to_box(cell).at for cell in texts}
    formats = yield from sheet.number_formats(list(coords.values()))
    asks = []
    for cell, text in texts.items():
        plain = formats[coords[cell]] == TEXT_FORMAT and not text.startswith("'")
        asks.append(sheet.put("Value2", text if plain else quoted_text(text), cells(cell)))
    yield from unprotected(sheet, lambda: raise_refusals(asks))


def write_block(sheet: LiveSheet, box: Box, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows of values and formulas into a rectangle in one go; texts stay texts."""
    contents = [[quoted_text(content) for content in row] for row in rows]
    sheet.range(area_address(box)).Formula = contents


def matrix(values: Mapping[Coord, Any], box: Box) -> list[list[Any]]:
    """The cells of a rectangle as rows, None for a blank one."""
    return [
        [values.get((row, col)) for col in range(box.col, box.col + box.width)]
        for row in range(box.row, box.row + box.height)
    ]


def define_names(sheet: LiveSheet, at: Mapping[str, Box]) -> list[ComCall]:
    """Calls that define a name for each field, on a sheet that the program itself makes."""
    return [
        sheet.call(
            "Add",
            NAMES_MEMBER,
            arguments=(field_name(key, MADE_FIELD), "=" + address(box, sheet.title)),
        )
        for key, box in at.items()
    ]
