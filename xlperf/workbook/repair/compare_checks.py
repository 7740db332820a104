"""The checks of a sheet as they stand in a workbook: their names, and whether a formula is changed.

A formula is compared by its skeleton: each address replaced by what it points at (a field, a
column of the checks, another sheet's part), so that rows which people insert or delete change
nothing. A row of checks is whole if the workbook made anew has a row of the same skeletons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID, CONTRIBUTIONS, FIELD_PREFIX
from xlperf.formulas.book_checks import CHECK, FLAGS, PANEL, kept_columns
from xlperf.formulas.contributions import COLUMN_MARGIN, OWN_COLUMN, START
from xlperf.layout import Box, Form, Formula
from xlperf.layout.addresses import box_of, cell_address
from xlperf.layout.form_by_labels import LocatedForm, blank
from xlperf.layout.placement import SPARE_ROWS
from xlperf.layout.vocabulary import Each
from xlperf.workbook.draw.checks.check_column import STATUS_ROWS
from xlperf.workbook.draw.checks.section_status import sections_area
from xlperf.workbook.grids import content_of
from xlperf.workbook.names import define_name, named_boxes
from xlperf.workbook.repair.damage import Damage

# A project's place in the book, a line's number in its list: numbers that follow from where a
# formula stands, in the two shapes in which we write them: `IF(x="",3,…`, `=3`.
_POSITION = re.compile(r'(?<=>="",)[\d.]+(?=,)|(?<=^=)[\d.]+$')
REFERENCE_ERROR = "#REF!"
# in which ways other programs write our formulas
FORMULA_SPELLINGS = (
    *(("'", ""), ("TRUE()", "TRUE"), ("FALSE()", "FALSE")),
    *((".0)", ")"), (".0,", ","), ("1000000000000000", "1E15")),
)
# rows below a form from which formulas are taken for checks, if nothing else tells
CHECK_ROWS_BELOW_FORM = 10
# A formula cut into what may differ between programs that saved it (references, numbers, blanks,
# TRUE() for TRUE) and texts, which may not; what matches nothing is compared as it is.
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|(?:(?P<sheet>'(?:[^']|'')+'|[\w.]+(?::[\w.]+)?)!)?"""
    r"""(?P<cells>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])"""
    r"""|(?P<number>(?<![\w.])\d+(?:\.\d+)?(?:E[+-]?\d+)?)(?!\w)"""
    r"""|(?P<word>TRUE|FALSE)\(\)|(?P<space>\s+)"""
)


def aids_of(form: Form, located: LocatedForm) -> dict[str, Box]:
    """The areas beside a form that are ours, where they ought to be, without the checks."""
    width = len(form.widths)
    down = located.rows.get(1, 1) - 1 if not located.shift else 0
    back = {"back": Box(1 + down, width + PANEL)}
    lists = list(form.lists())
    flags = max((len(part.merging) for part in lists), default=0)
    kept_count = max((len(kept_columns(blank(form), part)) for part in lists), default=0)
    if form.name == "leftovers":  # the form without checks
        return back
    spare = SPARE_ROWS if isinstance([*form.lines()][-1], Each) else 0
    rows = max((box.bottom for box in located.at.values()), default=1) + spare
    beside = sections_area(form)
    return {
        **back,
        "check": Box(1, width + CHECK, 1, rows),
        "status": Box(2 + down, width + PANEL, 1, STATUS_ROWS),
        "sections": replace(beside, row=beside.row + down),
        "parts": Box(1, width + FLAGS, flags + 1 + kept_count, rows),
    }


def put_back_aids(sheet: Worksheet, form: Form, located: LocatedForm) -> list[Damage]:
    """The names of the areas that are ours, so that nobody takes them for what people wrote."""
    aid_boxes = _down_to_the_last(sheet, aids_of(form, located))
    if "check" in aid_boxes and (area := checks_area(sheet, aid_boxes["check"].height)):
        aid_boxes["checks"] = area
    if numbers := contributions_on(sheet):
        aid_boxes[CONTRIBUTIONS.removeprefix(AID)] = numbers
    damages = []
    for name, box in aid_boxes.items():
        defined = sheet.defined_names.get(AID + name)
        if defined is None or box_of(str(defined.attr_text or "")) is None:
            damages.append(Damage("own_name", sheet.title, cell_address(*box.at), AID + name))
            define_name(sheet, AID + name, box)
    return damages


def _down_to_the_last(sheet: Worksheet, aid_boxes: dict[str, Box]) -> dict[str, Box]:
    """The areas beside a form, with the blank rows at a list's end that are checked, too."""
    beside = aid_boxes.get("check")
    if beside is None:
        return aid_boxes
    bottom = beside.bottom
    while (cell := sheet._cells.get((bottom + 1, beside.col))) and cell.data_type == "f":
        bottom += 1
    longer = {key: replace(aid_boxes[key], height=bottom) for key in ("check", "parts")}
    return {**aid_boxes, **longer}


def contributions_on(sheet: Worksheet) -> Box | None:
    """The cells of what a project adds to the totals, by the way in which they find themselves."""
    cells = [
        coord
        for coord, cell in sheet._cells.items()
        if coord[1] >= START - 2 * COLUMN_MARGIN
        and cell.data_type == "f"
        and OWN_COLUMN in str(cell.value)
    ]
    if not cells:
        return None
    (row, left), (_, right) = min(cells), max(cells)
    return Box(row, left, right - left + 1)


def checks_area(sheet: Worksheet, bottom: int) -> Box | None:
    """The rows below a form that hold formulas and are hidden, or far below it."""
    cells = [
        (row, col)
        for (row, col), cell in sheet._cells.items()
        if cell.data_type == "f"
        and row > bottom
        and (sheet.row_dimensions[row].hidden or row > bottom + CHECK_ROWS_BELOW_FORM)
    ]
    if not cells:
        return None
    top, last = min(row for row, _ in cells), max(row for row, _ in cells)
    left, right = min(col for _, col in cells), max(col for _, col in cells)
    return Box(top, left, right - left + 1, last - top + 1)


@dataclass(frozen=True)
class Places:
    """What the cells of a workbook's sheets are: fields, columns of checks, parts of ours."""

    roles: Mapping[str, str]  # title → project, department, summary ...
    boxes: Mapping[str, tuple[tuple[str, Box], ...]]  # title → names, smallest first
    _names_by_cells: dict[tuple[str, str], tuple[str, Box | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheets: Iterable[tuple[Worksheet, str]]) -> Places:
        """The places of these sheets and their roles."""
        roles, boxes = {}, {}
        for sheet, role in sheets:
            roles[sheet.title] = role
            areas = sorted(named_boxes(sheet).items(), key=lambda n: n[1].width * n[1].height)
            boxes[sheet.title] = tuple(areas)
        return cls(roles, boxes)

    def symbol(self, title: str, cells: str, row: int) -> str:
        """The name of what an address points at: a field, a column of checks, `?` for neither.

        `row` is the row of checks that the formula stands in (0 for none): of a column of checks,
        a mark says whether the row above, the same, the next or another one is meant.
        """
        key = (title, cells)
        if key not in self._names_by_cells:
            self._names_by_cells[key] = self._name_of(title, cells)
        name, checks = self._names_by_cells[key]
        return f"{name}{_distance(checks, row)}" if checks and row else name

    def _name_of(self, title: str, cells: str) -> tuple[str, Box | None]:
        """The name of a place; its cells if it is one of the checks."""
        box = box_of(cells)
        if box is None:
            return REFERENCE_ERROR, None
        for name, area in self.boxes.get(title, ()):
            inside = area.row <= box.row < area.row + area.height
            if inside and area.col <= box.col < area.col + area.width:
                if name.startswith(AID):
                    return f"{name}.{get_column_letter(box.col)}", box
                return (
                    name if name.startswith(FIELD_PREFIX) else f"{name}.{box.col - area.col}"
                ), None
        return "?", None  # beside or below a form: cells that the form may grow into

    def skeleton(self, formula: str, title: str, row: int) -> str:
        """A formula with `<role:name>` instead of each address; positions and lines are `n`."""
        parts = []
        for piece in _pieces(formula):
            if isinstance(piece, str):
                parts.append(piece)
                continue
            sheet, cells = piece
            role = self.roles.get(sheet, "another") if sheet and sheet != title else ""
            symbol = self.symbol(sheet or title, cells, 0 if role else row)
            parts.append(f"<{role}:{symbol}>")
        return _POSITION.sub("n", "".join(parts))


@lru_cache(50_000)  # a workbook and the one made anew have nearly all formulas in common
def _pieces(formula: str) -> tuple[str | tuple[str, str], ...]:
    """A formula in pieces: what is compared as it is; addresses, by sheet and cells."""
    pieces: list[str | tuple[str, str]] = []
    end = 0
    for match in _TOKEN.finditer(formula):
        pieces.append(formula[end : match.start()])
        end = match.end()
        if match["cells"]:
            sheet = (match["sheet"] or "").strip("'").replace("''", "'")
            pieces.append((sheet, match["cells"]))
        elif match["number"]:
            pieces.append(repr(float(match["number"])))
        else:
            pieces.append(match["text"] or match["word"] or "")
    return (*pieces, formula[end:])


def _distance(box: Box, row: int) -> str:
    """A mark for an address's row: `^` above the formula's, "" the same, `v` below, `~` other.

    "" for a column of several rows.
    """
    if box.height > 1:
        return ""
    return {-1: "^", 0: "", 1: "v"}.get(box.row - row, "~")


def check_rows_as_written(sheet: Worksheet, area: Box) -> list[str]:
    """The contents of an area's cells as texts, spelled alike whatever program saved them."""
    cells = (sheet._cells.get(coord) for coord in area.coords())
    return [_raw(str(cell.value)) for cell in cells if cell is not None]


def _raw(text: str) -> str:
    for theirs, ours in FORMULA_SPELLINGS:
        text = text.replace(theirs, ours)
    return text


def rows_of(sheet: Worksheet, area: Box, places: Places) -> dict[int, tuple[str, ...]]:
    """The skeleton of each row of an area; of a cell that holds no formula, what it holds."""
    result = {}
    for row in range(area.row, area.row + area.height):
        line = []
        for col in range(area.col, area.col + area.width):
            cell = sheet._cells.get((row, col))
            content = content_of(cell) if cell is not None else None  # type: ignore[arg-type]
            if isinstance(content, Formula):
                line.append(places.skeleton(str(content), sheet.title, row))
            else:
                line.append("" if content is None else f"={content!r}")
        while line and not line[-1]:
            line.pop()
        result[row] = tuple(line)
    return result


def changed_checks(
    sheet: Worksheet, places: Places, fresh: Worksheet, fresh_places: Places
) -> Iterator[Damage]:
    """Rows of checks that no row of the workbook made anew matches, and those that are gone."""
    area = named_boxes(sheet).get(AID + "checks")
    fresh_area = named_boxes(fresh).get(AID + "checks")
    if fresh_area is None:
        return
    if area is None:
        yield Damage("checks_gone", sheet.title)
        return
    if check_rows_as_written(sheet, area) == check_rows_as_written(fresh, fresh_area):
        return
    wanted_lines = list(dict.fromkeys(rows_of(fresh, fresh_area, fresh_places).values()))
    matched = set()
    for row, line in rows_of(sheet, area, places).items():
        if line in wanted_lines:
            matched.add(line)
            continue
        nearest = max(wanted_lines, key=lambda other: sum(a == b for a, b in zip(line, other)))  # noqa: B905
        matched.add(nearest)
        yield from _cells_changed(sheet, Box(row, area.col), line, nearest)
    for line in wanted_lines:
        if line and line not in matched:
            yield Damage("check_row_gone", sheet.title, "", str(wanted_lines.index(line) + 1))


def _cells_changed(
    sheet: Worksheet, first: Box, line: tuple[str, ...], fresh_line: tuple[str, ...]
) -> Iterator[Damage]:
    if not line:
        yield Damage("check_row_gone", sheet.title, cell_address(*first.at), str(first.row))
        return
    width = max(len(line), len(fresh_line))
    padded = [(*item, *[""] * (width - len(item))) for item in (line, fresh_line)]
    for col, (is_now, ought) in enumerate(zip(*padded, strict=True), first.col):
        if is_now != ought:
            content = str(sheet.cell(first.row, col).value or "")
            yield Damage("check_changed", sheet.title, cell_address(first.row, col), content[:60])
