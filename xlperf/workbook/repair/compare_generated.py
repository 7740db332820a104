"""Sheets that are made beside those made anew: summary, guide, lists, manifest; public names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID, LIST_PREFIX, MADE_FIELD
from xlperf.formulas.stages.summary import BLOCK
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import box_of, cell_address
from xlperf.wording import official
from xlperf.workbook.names import named_boxes
from xlperf.workbook.repair.compare_checks import REFERENCE_ERROR, Places
from xlperf.workbook.repair.compare_form import conditional, surroundings, within
from xlperf.workbook.repair.damage import Damage

NEEDED_SHEETS = ("guide", "summary", "manifest", "lists")
STATIC = ("guide", "lists")
PUBLIC_PREFIX = "XP_"
# A sheet's title before an exclamation mark in a formula, quoted or bare.
TITLE_IN_FORMULA = re.compile(r"'((?:[^']|'')+)'!|([^\s'\"!(),=&+*/<>-]+)!")


def gone_or_renamed(book: Workbook, titles: dict[str, str]) -> Iterator[Damage]:
    """Sheets that every workbook has and this one lacks, or has under another title."""
    for key in NEEDED_SHEETS:
        title = official(f"sheet.{key}")
        if key not in titles:
            yield Damage("sheet_gone", title)
        elif titles[key] != title:
            yield Damage("retitled", titles[key], "", title)


def public_names(book: Workbook, fresh: Workbook) -> Iterator[Damage]:
    """Workbook-scoped names that are gone, broken, or lead elsewhere."""
    for name, fresh_name in fresh.defined_names.items():
        if not name.startswith((PUBLIC_PREFIX, LIST_PREFIX)):
            continue
        having = book.defined_names.get(name)
        target = str(having.attr_text or "") if having else ""
        moved = name.startswith(PUBLIC_PREFIX) and _column(target) != _column(fresh_name.attr_text)
        if box_of(target) is None or moved:
            yield Damage("public_name", "", "", name)


def _column(target: object) -> int:
    box = box_of(str(target or ""))
    return box.col if box else 0


def static(sheet: Worksheet, fresh: Worksheet) -> Iterator[Damage]:
    """Cells of a made sheet that say something else than they were made to say."""
    for at, model in sorted(fresh._cells.items()):
        content = sheet.cell(*at).value
        if model.value is not None and _text(content) != _text(model.value):
            yield Damage("made_changed", sheet.title, cell_address(*at), str(content or "")[:60])


def _text(content: object) -> str:
    return "".join(str("" if content is None else content).split())


def manifest_keys(sheet: Worksheet, fresh: Worksheet) -> Iterator[Damage]:
    """Keys of the fresh manifest (its first column) that this one lacks."""
    having = {_text(row[0].value) for row in sheet.iter_rows()}
    for row in fresh.iter_rows():
        key = _text(row[0].value)
        if key not in (*having, "", "words"):  # earlier versions have no edition of words
            yield Damage("made_changed", sheet.title, "", key)


def listed_titles(sheet: Worksheet) -> list[str]:
    """The titles of the project sheets that the summary lists; "" for one that is gone."""
    box = named_boxes(sheet).get(f"{MADE_FIELD}projects__name")
    if box is None:
        return []
    result = []
    for row in range(box.row, box.row + box.height):
        text = sheet.cell(row, box.col).value
        if isinstance(text, str) and text.startswith("="):
            match = TITLE_IN_FORMULA.search(text)
            result.append((match[1] or match[2]).replace("''", "'") if match else "")
    return result


def wrong_set(sheet: Worksheet, projects: list[str]) -> Iterator[Damage]:
    """Project sheets that the summary does not list, and lines whose sheet is gone."""
    listed = listed_titles(sheet)
    for title in projects:
        if title not in listed:
            yield Damage("unlisted", title)
    for title in listed:
        if title not in projects:
            yield Damage("listed_gone", sheet.title, "", title)
    if sorted(listed) == sorted(projects) and listed != projects:
        yield Damage("reordered", sheet.title)


def units_differ(sheet: Worksheet, units: int) -> bool:
    """Whether the summary has lines for another number of units."""
    box = named_boxes(sheet).get(f"{MADE_FIELD}units__code")
    return box is not None and box.height < units


def changed_summary(
    sheet: Worksheet, places: Places, fresh: Worksheet, fresh_places: Places
) -> Iterator[Damage]:
    """Names and formulas of the summary that are gone or changed."""
    having, fresh_boxes = named_boxes(sheet), named_boxes(fresh)
    for name, like in fresh_boxes.items():
        if name not in having:
            yield Damage("own_name", sheet.title, cell_address(*like.at), name)
        elif name.startswith(MADE_FIELD) or name == AID + "listed":
            yield from _column_changed(
                (sheet, having[name], places), (fresh, like, fresh_places), name
            )
    yield from _labels_changed(sheet, having, fresh, fresh_boxes)
    yield from _furniture(sheet, fresh)
    yield from surroundings(sheet, fresh)


def stage_columns_changed(sheet: Worksheet) -> Iterator[Damage]:
    """Cells of the summary's lines that show a stage and hold no formula any more."""
    names = named_boxes(sheet)
    block, projects = names.get(BLOCK), names.get(f"{MADE_FIELD}projects__number")
    if block is None or projects is None:
        return
    for at in block.coords():
        if projects.row <= at[0] <= projects.bottom and sheet.cell(*at).data_type != "f":
            yield Damage("summary_changed", sheet.title, cell_address(*at), _held(sheet, at))


ColumnSide = tuple[Worksheet, Box, Places]


def _column_changed(side: ColumnSide, fresh: ColumnSide, name: str) -> Iterator[Damage]:
    """Cells whose skeletons the fresh column does not have."""
    fresh_skeletons = {skeleton for line in _cells(fresh).values() for skeleton in line}
    sheet = side[0]
    for at, line in _cells(side).items():
        missed = [skeleton for skeleton in line if skeleton not in fresh_skeletons]
        if missed and not (name.endswith(("number", "own__name"))):
            yield Damage("summary_changed", sheet.title, cell_address(*at), _held(sheet, at))


def _held(sheet: Worksheet, at: Coord) -> str:
    text = str(sheet.cell(*at).value or "")
    return REFERENCE_ERROR if REFERENCE_ERROR in text else text[:60]


def _cells(side: ColumnSide) -> dict[Coord, list[str]]:
    sheet, box, places = side
    result: dict[Coord, list[str]] = {}
    wide = 1 if box.width < 2 or box.height == 1 else box.width
    for row in range(box.row, box.row + box.height):
        for col in range(box.col, box.col + wide):
            content = sheet.cell(row, col).value
            text = "" if content is None else str(content)
            skeleton = places.skeleton(text, sheet.title, 0) if text.startswith("=") else text
            if isinstance(content, int | float):
                skeleton = "number"
            result[row, col] = [re.sub(r"(=\d+)|#REF!", "", skeleton)]
    return result


def _labels_changed(
    sheet: Worksheet, having: dict[str, Box], fresh: Worksheet, fresh_boxes: dict[str, Box]
) -> Iterator[Damage]:
    """Labels of the summary that no cell says any more."""
    area = fresh_boxes.get(AID + "area")
    if area is None:
        return
    fields = {
        at for name, box in fresh_boxes.items() if name != AID + "area" for at in box.coords()
    }
    texts = {_text(cell.value) for row in sheet.iter_rows() for cell in row}
    for at in area.coords():
        text = _text(fresh.cell(*at).value)
        if text and at not in fields and text not in texts:
            yield Damage("label", sheet.title, cell_address(*at), text)


def _furniture(sheet: Worksheet, fresh: Worksheet) -> Iterator[Damage]:
    """Charts, filter and colours of the summary."""
    if len(sheet._charts) < len(fresh._charts):  # type: ignore[attr-defined]
        yield Damage("chart", sheet.title)
    if fresh.auto_filter.ref and not sheet.auto_filter.ref:
        yield Damage("filter", sheet.title)
    status = named_boxes(sheet).get(f"{MADE_FIELD}projects__status")
    if status and not any(within(status.at, box) for _, box in conditional(sheet)):
        yield Damage("colour", sheet.title, cell_address(*status.at), "status")
