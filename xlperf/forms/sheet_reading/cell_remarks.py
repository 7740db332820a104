"""What a reader notices in the cells of a form's fields beside their values: how they are kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from xlperf.layout import Coord, Form, Grid, Percent, PluckedValues, StruckText, WordedNumber
from xlperf.layout.addresses import cell_address
from xlperf.layout.cell_values import as_decimal, off_the_cent, parse_text
from xlperf.layout.number_formats import EPOCH
from xlperf.layout.placement import single
from xlperf.paths import RecordPath, get
from xlperf.reading import Place, Remark
from xlperf.record import amount, is_blank, share

EXACT_DIGITS = 15  # digits that a spreadsheet keeps of a number
PICTURE = "DISPIMG("  # the formula by which WPS shows a picture in a cell


def is_picture(formula: str) -> bool:
    """Whether a formula of WPS shows a picture in its cell."""
    return PICTURE in formula.upper()


def of_formulas(
    formulas: Mapping[Coord, str], unknown: Mapping[Coord, str], fields: Mapping[str, Any]
) -> Iterator[Remark]:
    """Formulas in fields: that there is one, that it has no result, that it is a picture.

    `unknown` are those without a result; `fields` gives path and place of a field by its address.
    """
    for coord, formula in formulas.items():
        if cell_address(*coord) in fields:
            path, place = fields[cell_address(*coord)]
            code = "STR033" if is_picture(formula) else "STR032" if coord in unknown else "STR022"
            yield Remark(code, path, place, {"formula": formula})


def of_storage(
    title: str, form: Form, grid: Grid, where: Mapping[RecordPath, Coord], above: RecordPath
) -> Iterator[Remark]:
    """Numbers kept as text or without their percent format, codes kept as numbers."""
    kinds = {cell.ref: cell.kind for cell in form.singles()}
    for path, coord in where.items():
        content = grid.values.get(coord)
        for code, facts in _of_cell(kinds.get(_key(path)), path, content):
            yield Remark(code, (*above, *path), Place(title, cell_address(*coord)), facts)


def _of_cell(
    kind: str | None, path: RecordPath, content: Any
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rules that report how the cell of a field is kept, and the facts that they state."""
    if isinstance(content, StruckText) and isinstance(path[-1], str):
        yield "STR034", {"text": content.struck_text}
    if path[-1] == "target" and (number := _behind(content)):
        yield "AMT211", {"written": number, "kept": parse_text(content)}
    if kind is None or is_blank(content):
        return
    code, facts = _noticed(kind, path, content)
    if code:
        yield code, {"written": parse_text(content), **facts}


def of_cents(
    title: str, form: Form, grid: Grid, plucked: PluckedValues, above: RecordPath
) -> Iterator[Remark]:
    """A remark (AMT209) for each single amount that was read rounded to the cent."""
    for ref in (cell.ref for cell in form.singles() if cell.kind == "money"):
        coord = plucked.where.get(single(ref))
        exact = off_the_cent(grid.at(coord)) if coord else None
        if coord and exact is not None:
            facts = {"written": exact, "kept": get(plucked.values, single(ref))}
            place = Place(title, cell_address(*coord))
            yield Remark("AMT209", (*above, *single(ref)), place, facts)


def _behind(content: Any) -> str:
    """The number of a cell that shows a unit or a date by its number format alone; "" if none."""
    if isinstance(content, WordedNumber):
        return parse_text(content.number)
    if isinstance(content, datetime.datetime):
        return parse_text((content - EPOCH).days)
    return parse_text((content - EPOCH.date()).days) if isinstance(content, datetime.date) else ""


def _key(path: RecordPath) -> str:
    return "/".join(str(step) for step in path)


def _noticed(kind: str, path: RecordPath, content: Any) -> tuple[str, dict[str, Any]]:
    if kind in ("money", "percent") and isinstance(content, str):
        value = amount(content) if kind == "money" else share(content)
        return ("AMT211", {"kept": _value_text(value, kind)}) if value is not None else ("", {})
    number = as_decimal(content)
    if number is None:
        return "", {}
    if kind == "percent" and not isinstance(content, Percent) and 1 < number <= 100:
        return "AMT211", {"kept": _value_text(number, kind)}
    digits = parse_text(number).lstrip("-")
    return ("COD111", {}) if path[-1] == "code" and len(digits) > EXACT_DIGITS else ("", {})


def _value_text(number: Any, kind: str) -> str:
    return f"{number:,.2f}" if kind == "money" else f"{number.normalize():f}%"
