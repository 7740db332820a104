"""What people added to sheets of ours, carried over when these are drawn anew.

Fills and fonts of their own, notes, links, marks and taller rows follow their field; what stands
outside the forms keeps its cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID, FIELD_PREFIX, MARK_PREFIX
from xlperf.layout import Coord
from xlperf.layout.addresses import box_of
from xlperf.workbook.cells import cell_at, copy_cell, solid_colour
from xlperf.workbook.names import define_name, named_boxes
from xlperf.workbook.repair.compare_form import wrong_look

BY_HAND = 1.0  # digits by which a column's width differs if somebody changed it
DEFAULT_COLOURS = ("00000000", "FF000000", "FFFFFFFF")


@dataclass
class CarriedCells:
    """An old sheet and the one drawn in its place; which cell of the old became which."""

    old: Worksheet
    new: Worksheet
    cells: Mapping[Coord, Coord]
    free: set[Coord] = field(default_factory=set)  # cells outside the form that people wrote in

    @property
    def is_moved(self) -> bool:
        """Whether any field stands elsewhere than it stood."""
        return any(old != new for old, new in self.cells.items())


def carry(pair: CarriedCells, width: int) -> None:
    """Everything of people's own, onto the new sheet; `width`: how many columns the form has."""
    for old, new in pair.cells.items():
        _dress(pair, old, new)
    for coord in pair.free:
        copy_cell(cell_at(pair.old, *coord), cell_at(pair.new, *coord))
    _notes(pair)
    _marks(pair)
    _widths(pair, width)
    _heights(pair)
    pair.new._images += pair.old._images  # type: ignore[attr-defined]
    if AID + "listed" not in pair.new.defined_names:  # the summary's charts are ours
        pair.new._charts += pair.old._charts  # type: ignore[attr-defined]
    pair.new.sheet_properties.tabColor = pair.old.sheet_properties.tabColor
    pair.new.sheet_view.zoomScale = pair.old.sheet_view.zoomScale


def is_free(sheet: Worksheet, at: Coord, width: int) -> bool:
    """Whether a cell of a new sheet is in sight, empty, and outside of the form."""
    boxes = named_boxes(sheet)
    bottom = max(
        (b.row + b.height for n, b in boxes.items() if n.startswith(FIELD_PREFIX)), default=0
    )
    cell = sheet._cells.get(at)
    form = at[0] < bottom and at[1] <= width
    return not form and (cell is None or cell.value is None) and _is_in_sight(sheet, at)


def _is_in_sight(sheet: Worksheet, at: Coord) -> bool:
    """Whether a cell is neither hidden nor merged away."""
    row, col = at
    hidden = sheet.row_dimensions[row].hidden or (
        sheet.column_dimensions[get_column_letter(col)].hidden
    )
    areas = ((a.min_row, a.min_col, a.max_row, a.max_col) for a in sheet.merged_cells.ranges)
    return not hidden and not any(
        top <= row <= bottom and left <= col <= right and at != (top, left)
        for top, left, bottom, right in areas
    )


def _dress(pair: CarriedCells, old: Coord, new: Coord) -> None:
    """A field's own fill, font and link, unless something was pasted over the cell."""
    was, now = pair.old.cell(*old), pair.new.cell(*new)
    if not isinstance(was, Cell) or not isinstance(now, Cell):
        return
    if was.hyperlink and not now.hyperlink:
        now.hyperlink = copy(was.hyperlink)
        now.hyperlink.ref = now.coordinate
    if wrong_look(pair.old, old, pair.new, new):
        return
    colour = solid_colour(was)
    if colour and colour != solid_colour(now):
        now.fill = PatternFill("solid", fgColor=colour)
    if _face(was) != _face(now):
        now.font = _with_face(now.font, was.font)


def _face(cell: Cell) -> tuple[object, ...]:
    font = cell.font
    colour = str(font.color.rgb) if font.color and font.color.type == "rgb" else ""
    plain = "" if colour in DEFAULT_COLOURS else colour
    return (bool(font.b), bool(font.i), font.u or "none", bool(font.strike), plain)


def _with_face(font: Any, face: Any) -> Font:
    """A font of ours with people's bold, italic, underline, strike and colour."""
    return Font(
        name=font.name,
        size=font.size,
        family=font.family,
        charset=font.charset,
        scheme=font.scheme,
        b=face.b,
        i=face.i,
        u=face.u,
        strike=face.strike,
        color=copy(face.color) if face.color and face.color.type == "rgb" else font.color,
    )


def _notes(pair: CarriedCells) -> None:
    """Notes stay with their field, or in their cell."""
    for coord, cell in list(pair.old._cells.items()):
        note = getattr(cell, "comment", None)
        if not note:
            continue
        at = pair.cells.get(coord, coord)
        now = pair.new.cell(*at)
        if not isinstance(now, Cell):  # merged away: its owner shows the note
            area = next(a for a in pair.new.merged_cells.ranges if now.coordinate in a)
            now = pair.new.cell(area.min_row, area.min_col)
        text = f"{now.comment.text}\n\n{note.text}" if now.comment else note.text
        comment = Comment(text, note.author or "")
        comment.width, comment.height = note.width, note.height
        now.comment = comment


def _marks(pair: CarriedCells) -> None:
    """The names of cells that findings marked."""
    for name, defined in pair.old.defined_names.items():
        box = box_of(str(defined.attr_text or ""))
        if name.startswith(MARK_PREFIX) and box:
            row, col = pair.cells.get(box.at, box.at)
            define_name(pair.new, name, type(box)(row, col))


def _widths(pair: CarriedCells, width: int) -> None:
    for col in range(1, width + 1):
        letter = get_column_letter(col)
        was, now = (item.column_dimensions[letter] for item in (pair.old, pair.new))
        if was.width and now.width and abs(was.width - now.width) > BY_HAND and not was.hidden:
            now.width = was.width


def _heights(pair: CarriedCells) -> None:
    """A row that was taller than its texts need stays so; none gets lower than they need."""
    for old, new in {old[0]: new[0] for old, new in pair.cells.items()}.items():
        was, now = pair.old.row_dimensions[old], pair.new.row_dimensions[new]
        if was.height and now.height and was.height > now.height and not was.hidden:
            now.height = was.height
