"""Rows for new indicators on a stage's sheet that people fill in: put into its blank rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from xlperf.forms.defined_names import EDGES, field_name
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.choice import STAGE_SIGN
from xlperf.forms.stages.links import key_of, text_literal
from xlperf.forms.stages.values import INDICATOR_IDENTITY, parted
from xlperf.formulas.stages.columns import KEY, LINE_COLUMN, NTH
from xlperf.formulas.stages.scores import STEPS_NAME, known_in
from xlperf.formulas.stages.sheets import StagePlan
from xlperf.layout import Box, Coord, Formula
from xlperf.layout.addresses import address, to_box
from xlperf.paths import RecordPath
from xlperf.reading import Place, Reading
from xlperf.record import Raw, words
from xlperf.workbook.package.archive import Package
from xlperf.workbook.package.sheet_xml.sheet_part import SheetPart
from xlperf.workbook.package.workbook_part import WorkbookPart

Boxes = Mapping[str, Mapping[str, Box]]  # by title the rectangles of a sheet's names


@dataclass(frozen=True)
class Wanted:
    """What is to be added: sheets (stage and project by position, -1 for the department's alone).

    `rows`: by stage and project the rows that a sheet lacks which is there.
    """

    sheets: Sequence[tuple[int, int]]
    rows: Mapping[tuple[int, int], Sequence[Raw]] = field(default_factory=dict)


@dataclass(frozen=True)
class Present:
    """What a workbook has: sheets of stages (projects' by stage and position, departments').

    `rows`: by a project's position the row of each of its indicators, where these have moved;
    `filled_rows`: by a sheet's title the rows of its list that say something.
    """

    sheets: Mapping[tuple[int, int], str] = field(default_factory=dict)
    overviews: Mapping[int, str] = field(default_factory=dict)
    rows: Mapping[int, Sequence[int]] = field(default_factory=dict)
    filled_rows: Mapping[str, Set[int]] = field(default_factory=dict)


NO_STAGE = Present()


class Added(NamedTuple):
    """The titles of new sheets; new rows by project's position; by title rows without room.

    `all_titles`: of all sheets that were drawn, those of departments too.
    """

    titles: list[str]
    rows: dict[int, list[Raw]]
    full: dict[str, int]
    all_titles: list[str]


def listed_positions(record: Raw, number: int) -> list[int]:
    """The positions of a stage's projects, but for further sheets of one project of the goals.

    These are copies, which are told of and not counted.
    """
    keys = [_key(project) for project in record["stages"][number].get("projects", ())]
    project_keys = [_key(project) for project in record["projects"]]
    return [n for n, key in enumerate(keys) if key not in keys[:n] or project_keys.count(key) != 1]


def _key(project: Raw) -> str:
    return words(project, "code") or words(project, "name")


def sheets_present(reading: Reading) -> Present:
    """The sheets of stages that a workbook has, and where the goals' indicators stand."""
    where = reading.where
    sheets, overviews = dict[tuple[int, int], str](), dict[int, str]()
    rows: dict[int, list[int]] = {}
    filled_rows: dict[str, set[int]] = {}
    for path, place in where.items():
        if path[:1] == ("stages",):
            _note(path, place, sheets, overviews, filled_rows)
        elif len(path) == 4 and path[2] == "indicators" and path[0] == "projects":
            row = to_box(place.cell).row
            rows.setdefault(int(path[1]), []).insert(int(path[3]), row)
    for number in list(overviews):
        if overviews[number] in sheets.values():
            del overviews[number]  # the department's own sheet is gone
    return Present(sheets, overviews, rows, filled_rows)


def _note(
    path: RecordPath,
    place: Place,
    sheets: dict[tuple[int, int], str],
    overviews: dict[int, str],
    filled_rows: dict[str, set[int]],
) -> None:
    """What a place of a stage tells: the sheet of a stage or of a project, a row that is used."""
    if len(path) == 2:
        overviews[int(path[1])] = place.sheet
    elif len(path) == 4:
        sheets[int(path[1]), int(path[3])] = place.sheet
    elif len(path) == 6 and path[4] == "indicators":
        filled_rows.setdefault(place.sheet, set()).add(to_box(place.cell).row)


class StageRows:
    """Blank rows of stages' sheets; `filled_rows`: by title the rows that say something."""

    def __init__(self, package: Package, filled_rows: Mapping[str, Set[int]], boxes: Boxes) -> None:
        self.package, self.filled_rows, self.boxes = package, filled_rows, boxes
        book = WorkbookPart(package)
        self.parts = {entry.title: entry.part for entry in book.sheets()}

    def add(self, plan: StagePlan, items: Sequence[Raw]) -> list[Raw]:
        """Put items into blank rows of the plan's sheet, as many as there are; gives these."""
        names = self.boxes[plan.title]
        rows = names.get(field_name(f"{RESULTS_LIST}/name"))
        sign, edges = names.get(STAGE_SIGN), names.get(EDGES + RESULTS_LIST)
        if rows is None or sign is None or edges is None or plan.goals is None:
            return []
        filled_rows = self.filled_rows.get(plan.title, set())
        blank = [row for row in range(rows.row, rows.bottom + 1) if row not in filled_rows]
        width = sign.col - KEY
        cols = {key: names[field_name(f"{RESULTS_LIST}/{key}")].col for key in INDICATOR_IDENTITY}
        keys = address(Box(edges.row, sign.col, 1, edges.height))
        cells: dict[Coord, Formula] = {}
        numbers: dict[Coord, int] = {}
        added = []
        for row, item in zip(blank, items, strict=False):
            linked = plan.linked(item, row, cols, keys, width)
            if linked:
                (_, level2, name), nth = parted(item["of"])
                cells |= linked
                cells[row, width + LINE_COLUMN] = plan.line(item, row, width)
                if nth:
                    numbers[row, width + NTH] = nth
                cells[row, sign.col] = Formula(f"={text_literal(key_of(level2, name))}")
                if steps := names.get(STEPS_NAME):
                    cells |= known_in(row, steps, name)
                added.append(item)
        with self.package.changing(self.parts[plan.title]) as root:
            sheet = SheetPart(root)
            for at, formula in cells.items():
                sheet.put_formula(sheet.cell_or_new(at), str(formula))
            for at, number in numbers.items():
                sheet.clear(sheet.cell_or_new(at))
                sheet.put_result(sheet.cell_or_new(at), "", f"<v>{number}</v>")
        return added
