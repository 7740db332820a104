"""What projects of one shape have in common, and what each of them puts into its form.

The shape is the rows of the form (`layout.row_shape`) and nothing else. Texts, heights of rows,
merged levels and the title belong to each project.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from xlperf.canonical import derived_title
from xlperf.forms.official.record_parts import RecordPart, is_derived, printed_title
from xlperf.formulas import cross_sheet
from xlperf.formulas.book_checks import DrawnSheet, flag_columns, kept_columns
from xlperf.layout import Box, Coord, Formula, Layout, PlacedCell
from xlperf.layout.cell_values import parse, show
from xlperf.layout.fill_pluck import content_of, fill_in
from xlperf.layout.placement import keys_of
from xlperf.layout.vocabulary import Each
from xlperf.paths import get
from xlperf.record import Raw, words
from xlperf.rules.formulas.native import literal, trim_blanks
from xlperf.workbook.draw.row_heights import TALLEST_ROW, needed, raise_rows, room_of
from xlperf.workbook.package.sheet_xml.cell_xml import MergedWord
from xlperf.workbook.package.sheet_xml.merged_cell_values import LONGEST_FORMULA_TEXT
from xlperf.workbook.package.sheet_xml.sheet_template import NUMBER_MARK, title_mark
from xlperf.workbook.package.sheet_xml.xml_escapes import encode

TITLE_SLOT = "title"


class MergeColumn(NamedTuple):
    """A column of a list whose equal neighbours are merged, with its hidden columns beside."""

    list_ref: str
    refs: tuple[str, ...]  # the fields that must be equal, its own the last
    top: Box  # its first cell
    rows: int
    flag: int  # the column with the numbers of merged cells
    words_column: int  # the column with their words

    def runs(self, values: Mapping[str, Any]) -> Iterator[Box]:
        """Its cells, merged or not, downwards, for the values of a project."""
        owners = [(self.list_ref, line) for line in range(self.rows)]
        keys = keys_of(values, owners, self.refs)
        for _, run in groupby(range(self.rows), key=lambda line: keys[line]):
            lines = list(run)
            yield Box(self.top.row + lines[0], self.top.col, self.top.width, len(lines))


class ProjectShape:
    """An empty form, and how values go into it; `number` tells shapes apart."""

    def __init__(self, number: int, layout: Layout) -> None:
        self.layout = layout
        nothing = RecordPart(layout.form, {TITLE_SLOT: "-"}, ("projects", NUMBER_MARK - 1))
        self.drawn_sheet = DrawnSheet(nothing, title_mark(number), fill_in(layout, {}))
        self.fields = [slot for slot in layout.slots if slot.cell.role == "field"]
        self.ordinals = [slot for slot in layout.slots if slot.cell.role == "ordinal"]
        self._field_places = [(s.box.at, s.cell.kind, s.paths[0]) for s in self.fields]
        self._singles = [
            place
            for place in self._field_places
            if not any(isinstance(step, int) for step in place[2])
        ]
        self.levels = list(_levels(layout))
        self.title = layout.slot(TITLE_SLOT).box.at
        self._rooms = {slot.box.at: room_of(slot, layout.form.widths) for slot in layout.slots}
        self._addresses = self.drawn_sheet.addresses()
        level_cells = {
            (level.top.row + line, level.top.col)
            for level in self.levels
            for line in range(level.rows)
        }
        open_slots = [slot for slot in self.fields if slot.box.at not in level_cells]
        self._low = [slot for slot in open_slots if slot.box.height == 1]
        self._tall = [slot for slot in open_slots if slot.box.height > 1]
        self._least, self._labels = self._heights_of_labels()

    def contents(self, part: RecordPart, values: Mapping[str, Any]) -> dict[Coord, Any]:
        """What a project's cells show: `values` are the part's, with room for blank lists."""
        result = {at: show(kind, get(values, path)) for at, kind, path in self._field_places}
        for slot in self.ordinals:
            result[slot.box.at] = content_of(slot, values)
        return result | self._live_title(part)

    def single_contents(self, part: RecordPart) -> dict[Coord, Any]:
        """What a project's cells show, without those of lists."""
        result = {at: show(kind, get(part.values, path)) for at, kind, path in self._singles}
        return result | self._live_title(part)

    def _live_title(self, part: RecordPart) -> dict[Coord, Any]:
        if not is_derived(part):
            return {}
        return {self.title: cross_sheet.title(self._addresses, int(part.path[1]) + 1)}

    def holds(self, part: RecordPart, project: Raw, contents: Mapping[Coord, Any]) -> bool:
        """Whether the form says every word of a project, so that reading gives it back.

        False where that is not plain to see, and the careful comparison has to decide.
        """
        values, number = part.values, 0
        for at, kind, path in self._field_places:
            value = get(values, path)
            content = show(kind, value) if at == self.title else contents[at]
            if parse(kind, content) != value:
                return False
            number += value is not None
        title = project.get(TITLE_SLOT) or derived_title(words(project, "name"))
        return (
            number == leaves(values, self.layout)
            and printed_title(str(values[TITLE_SLOT])) == title
        )

    def with_levels(
        self, contents: Mapping[Coord, Any], runs: Sequence[tuple[MergeColumn, list[Box]]]
    ) -> dict[Coord, Any]:
        """The contents with the words that merged cells cover, and the hidden cells beside."""
        result = dict(contents)
        for level, boxes in runs:
            for count, box in enumerate(boxes, 1):
                content = contents[box.at]
                word = encode(content) if type(content) is str else ""
                is_kept = 0 < len(word) <= LONGEST_FORMULA_TEXT
                for row in range(box.row, box.row + box.height):
                    result[row, level.flag] = count
                    result[row, level.words_column] = (
                        Formula(f"={literal(trim_blanks(word))}") if is_kept else None
                    )
                    if row > box.row:
                        result[row, box.col] = MergedWord(content) if is_kept else None
        return result

    def runs(self, values: Mapping[str, Any]) -> list[tuple[MergeColumn, list[Box]]]:
        """The cells of each level, merged where they are equal."""
        return [(level, list(level.runs(values))) for level in self.levels]

    def heights(
        self, contents: Mapping[Coord, Any], runs: Sequence[tuple[MergeColumn, list[Box]]]
    ) -> dict[int, float]:
        """The height of each row, as `row_heights.heights` has it."""
        result = dict(self._least)
        boxes = [slot.box for slot in self._low]
        boxes += [box for _, level in runs for box in level if box.height == 1]
        for box in boxes:
            at = box.at
            points = needed(contents[at], self._rooms[at], box)
            result[box.row] = max(result[box.row], points)
        tall = [slot.box for slot in self._tall]
        tall += [box for _, level in runs for box in level if box.height > 1]
        shares = [(box, needed(contents[box.at], self._rooms[box.at], box)) for box in tall]
        for box, points in sorted((*shares, *self._labels), key=lambda s: (s[0].height, s[0].at)):
            raise_rows(result, box, points)
        return {row: min(height, TALLEST_ROW) for row, height in result.items()}

    def _heights_of_labels(self) -> tuple[dict[int, float], list[tuple[Box, float]]]:
        """The least height of each row by the labels in it, and what tall labels need."""
        grid = self.drawn_sheet.filled_form.grid.values
        least = {
            row: needed(None, 0, slot.box)
            for slot in self.layout.slots
            for row in range(slot.box.row, slot.box.bottom + 1)
        }
        tall = []
        for slot in self.layout.slots:
            if slot.cell.role == "label":
                at = slot.box.at
                points = needed(grid.get(at), self._rooms[at], slot.box)
                if slot.box.height > 1:
                    tall.append((slot.box, points))
                else:
                    least[slot.box.row] = max(least[slot.box.row], points)
        return least, tall


def leaves(values: Mapping[str, Any], layout: Layout) -> int:
    """How many values there are to be put into fields; -1 where some belong to none for sure."""
    lists = {part.list_ref for part in layout.form.lists()}
    groups = {cell.ref.partition("/")[0] for cell in layout.form.singles() if "/" in cell.ref}
    number = 0
    for key, value in values.items():
        if key in lists:
            if not isinstance(value, list) or any(not item or nested(item) for item in value):
                return -1
            number += sum(map(len, value))
        else:
            number += len(value) if key in groups and isinstance(value, dict) else 1
    return number


def nested(item: Any) -> bool:
    """Whether an item of a list is no plain object of values."""
    return not isinstance(item, dict) or any(isinstance(v, list | dict) for v in item.values())


def _levels(layout: Layout) -> Iterator[MergeColumn]:
    """The columns that may be merged, of lists whose items have no list of their own."""
    for part in layout.lists():
        if part.nested is None:
            flags, word_columns = flag_columns(layout, part), kept_columns(layout, part)
            for key in part.merging:
                slots = list(_column(layout, part, key))
                refs = [cell.ref for cell in part.cells if cell.merge]
                upto = tuple(refs[: refs.index(key) + 1])
                top = slots[0].box
                yield MergeColumn(
                    part.list_ref, upto, top, len(slots), flags[key], word_columns[key]
                )


def _column(layout: Layout, part: Each, key: str) -> Iterator[PlacedCell]:
    for slot in layout.slots:
        path = slot.paths[0] if slot.paths else ()
        if len(path) == 3 and path[0] == part.list_ref and path[2] == key:
            yield slot
