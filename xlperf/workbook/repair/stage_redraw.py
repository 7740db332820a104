"""Sheets of stages drawn anew in a repaired workbook, with what people added to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.links import is_computed, read_link
from xlperf.formulas.stages.planned_sheet import StageSheet
from xlperf.layout import Box, Coord, anchors
from xlperf.layout.addresses import to_box
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.workbook.grids import sheet_of
from xlperf.workbook.names import fields, named_boxes
from xlperf.workbook.package.archive import opened
from xlperf.workbook.package.renewed_results import renew_results
from xlperf.workbook.package.styles_part import save_styles
from xlperf.workbook.read import FormulaValues
from xlperf.workbook.repair.diagnosis import Diagnosis
from xlperf.workbook.repair.user_content import CarriedCells, carry, is_free
from xlperf.workbook.stage_rows import Present, sheets_present
from xlperf.workbook.stages import StagesFile


def redraw_stages(path: Path, record: Raw, examined: Diagnosis, only: Collection[str]) -> None:
    """Draw some sheets of stages of a repaired file anew; `examined` is the file before."""
    reading, old_book = examined.reading, examined.book
    present = sheets_present(reading)
    sheets_to_draw = [
        item
        for item, title in present.sheets.items()
        if title in only or present.overviews.get(item[0]) in only
    ]
    if not sheets_to_draw:
        return
    here = Present(present.sheets, present.overviews, {}, present.filled_rows)
    loose = _loose(reading)
    with opened(path) as package:
        stages = StagesFile(package, record, here, examined.by)

        def carried(old: Worksheet, new: Worksheet, planned: StageSheet) -> None:
            rows = sorted(present.filled_rows.get(planned.title, ()))
            became = _moved(fields(sheet_of(old_book, planned.title)), planned, rows)
            carry_over(old, new, planned, became, loose)

        stages.add(sheets_to_draw, carried)
        stages.book.calculate_when_opened()
        stages.book.save()
        save_styles(package, stages.styles)
        copy = path.with_name(f"{path.name}.stages")
        package.write(copy)
    copy.replace(path)
    renew_results(path, FormulaValues(path).value, stages.drawn_titles)


def _loose(reading: Reading) -> Mapping[str, set[Coord]]:
    """The cells in which people wrote outside the forms, by title."""
    result: dict[str, set[Coord]] = {}
    for entry in reading.record.get("leftovers", ()):
        title, _, cell = str(entry.get("place", "")).rpartition("!")
        if title:
            result.setdefault(title, set()).add(to_box(cell).at)
    return result


def carry_over(
    old: Worksheet,
    new: Worksheet,
    planned: StageSheet,
    became: Mapping[Coord, Coord],
    loose: Mapping[str, set[Coord]],
) -> None:
    """What people put on the old sheet; `became`: which of its cells is which of the new one's."""
    free = {at for at in loose.get(planned.title, ()) if is_free(new, at, planned.width)}
    carry(CarriedCells(old, new, became, free), planned.width)
    names = named_boxes(old)
    for then, now in became.items():
        was, cell = old.cell(*then), new.cell(*now)
        text = str(was.value) if isinstance(was, Cell) and was.data_type == "f" else ""
        ours = read_link(text) is not None or is_computed(text, names)
        if text and not ours and then == now and isinstance(cell, Cell):
            cell.value = text


def _moved(at: Mapping[str, Box], planned: StageSheet, rows: list[int]) -> dict[Coord, Coord]:
    """Each field's cell on the old sheet and on the new one; `at`: the fields of the old one."""
    result: dict[Coord, Coord] = {}
    for key, box in anchors(planned.filled_form.layout).items():
        was = at.get(key)
        if was is None:
            continue
        if not key.startswith(f"{RESULTS_LIST}/"):
            result[was.at] = box.at
            continue
        for row, then in enumerate(rows[: box.height], box.row):
            result[then, was.col] = (row, box.col)
    return result
