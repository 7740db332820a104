"""The sheets of a stage, planned: what each shows by formula and what it is filled with.

Pure: a file and a live book are made of the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.choice import form_for, further_keys, unmerged
from xlperf.forms.stages.links import (
    LONGEST_NAME_IN_FORMULA,
    GoalSheet,
    RowLink,
    key_of,
    line_of,
    of_cell,
    of_line,
    text_literal,
)
from xlperf.forms.stages.values import INDICATOR_IDENTITY, form_values, parted
from xlperf.formulas.cross_sheet import linked_value, unit_shown
from xlperf.formulas.stages import counting, form_cells
from xlperf.formulas.stages.columns import (
    HINT,
    KEY,
    LEVEL2,
    LINE_COLUMN,
    NAME_COLUMN,
    NTH,
    OWN_COLUMNS,
    SHEET_FACTS,
    address_beside,
    names_of,
)
from xlperf.formulas.stages.planned_sheet import StageSheet
from xlperf.formulas.stages.scores import StageScores
from xlperf.formulas.stages.shown_texts import (
    StageProjectRecord,
    goal_values,
    period_word,
    project_name,
    shown_values,
)
from xlperf.layout import (
    Box,
    Coord,
    FilledForm,
    Form,
    Formula,
    Grid,
    Layout,
    anchors,
    fill,
    shown_boxes,
)
from xlperf.layout.addresses import address
from xlperf.layout.fill_pluck import content_of
from xlperf.record import Raw, words
from xlperf.rules.formulas.native import NO_LINE, literal
from xlperf.rules.profiles import DEFAULT, Profile, profile
from xlperf.rules.stages.views import MONTH_OF_DAY
from xlperf.wording import official, say

BUDGETS = {  # of the year, and those of the goals that stand there until they were adjusted
    "adjusted": "budget",
    "adjusted_fiscal": "fiscal",
    "adjusted_other": "other",
}
BLANK_ROWS = 2  # blank rows at the end of the list, for indicators that are added


@dataclass
class StagePlan(StageProjectRecord):
    """What a sheet is made of; `number`: among the stages of one kind and day, from 0."""

    number: int
    department: GoalSheet | None
    title: str
    by: Profile = field(default_factory=lambda: profile(DEFAULT))

    def sheet(self) -> StageSheet:
        """The sheet, planned."""
        kind, chosen = words(self.stage, "kind"), words(self.record, "edition")
        own_values = form_values(self.project)
        form = unmerged(form_for(chosen, kind, further_keys(own_values, chosen, kind)))
        values = {
            **own_values,
            **shown_values(self),
            RESULTS_LIST: self._rows(own_values[RESULTS_LIST], form),
        }
        measured = fill(form, values)
        layout = measured.layout
        cells = {
            slot.box.at: content
            for slot in layout.slots
            if slot.cell.role != "display" and (content := content_of(slot, values)) is not None
        }
        boxes, at = shown_boxes(layout), anchors(layout)
        single = (
            (key, box) for key, box in boxes.items() if not key.startswith(f"{RESULTS_LIST}/")
        )
        for key, box in single:
            if formula := self._single(key):
                cells[box.at] = formula
        cells |= self._budgets({key: box for key, box in at.items() if box.at not in cells})
        width, rows = len(form.widths), at[f"{RESULTS_LIST}/level1"]
        beside = {**self._says(width), **self._beside(width, layout, rows)}
        beside |= counting.contributed(kind, "1")
        scores = self._scores(layout, width)
        self._list(cells, form, scores, boxes)
        names = {**names_of(layout), **scores.names()}
        form_cells.work_out(scores, width, cells, beside)
        filled_form = FilledForm(layout, Grid(cells, measured.grid.spans))
        tokens = form_cells.token_cells(scores)
        return StageSheet(self.title, kind, form, filled_form, measured, names, beside, tokens)

    def _scores(self, layout: Layout, width: int) -> StageScores:
        """The steps of what the sheet works out."""
        until = MONTH_OF_DAY.match(words(self.stage, "until"))
        items = self.project.get("indicators", ())
        return StageScores(
            words(self.stage, "kind"),
            layout,
            self.goals.sheet if self.goals else None,
            line=width + LINE_COLUMN,
            first=width + OWN_COLUMNS + 1,
            month=int(until[1]) if until else 0,
            by=self.by,
            indicator_names={n: parted(item.get("of"))[0][2] for n, item in enumerate(items)},
        )

    def _rows(self, rows: Sequence[Mapping[str, Any]], form: Form) -> list[dict[str, Any]]:
        """The rows of the list with what they show of the goals, and blank ones."""
        items = self.project.get("indicators", ())
        result = []
        for row, item in zip(rows, items, strict=True):
            goal = self._goal(item)
            result.append({**row, **(goal_values(goal[1], form) if goal else {})})
        return [*result, *({} for _ in range(BLANK_ROWS))]

    def _goal(self, item: Raw) -> tuple[int, Raw] | None:
        """The position and the indicator of the goals that a row is about."""
        if self.goals is None:
            return None
        names, nth = parted(item.get("of"))
        alike = [
            (position, goal)
            for position, goal in enumerate(self.goals.project.get("indicators", ()))
            if tuple(words(goal, key) for key in ("level1", "level2", "name"))
            == tuple(name.strip() for name in names)
        ]
        return alike[nth] if nth < len(alike) else None

    def _list(
        self, cells: dict[Coord, Any], form: Form, scores: StageScores, boxes: Mapping[str, Box]
    ) -> None:
        """The rows' formulas: the name and the levels of linked ones, what all show of goals."""
        if self.goals is None:
            return
        goals, at, width, rows = self.goals, scores.at, len(form.widths), scores.rows
        keys = address(Box(rows.row - 1, width + KEY, 1, rows.height + 2))
        cols = {key: at[f"{RESULTS_LIST}/{key}"].col for key in INDICATOR_IDENTITY}
        for position, item in enumerate(self.project.get("indicators", ())):
            cells |= self.linked(item, rows.row + position, cols, keys, width)
        for key, box in boxes.items():
            if not key.startswith(f"{RESULTS_LIST}/"):
                continue
            column = goals.sheet.shown_line(key.removeprefix(f"{RESULTS_LIST}/"), form)
            for row in range(rows.row, rows.bottom + 1):
                shown_text = of_line(column, address_beside(row, width + LINE_COLUMN))
                if column == goals.sheet.line("target"):  # a step has it
                    shown_text = Formula(f"={scores.in_row('target', row)}")
                cells[row, box.col] = shown_text

    def linked(
        self, item: Raw, row: int, cols: Mapping[str, int], keys: str, width: int
    ) -> dict[Coord, Formula]:
        """The levels and the name of a row as formulas, where the goals have its indicator."""
        goals, goal = self.goals, self._goal(item)
        (level1, level2, name), _ = parted(item.get("of"))
        if goals is None or goal is None or not name or len(name) > LONGEST_NAME_IN_FORMULA:
            return {}
        if goal[0] >= len(goals.rows):
            return {}
        link = RowLink(goals.sheet, goals.rows[goal[0]], level2, name, keys)
        line = address_beside(row, width + LINE_COLUMN)
        above = of_line(goals.sheet.line("level1"), line, level1)
        shown_cells = (above, link.shown_level(), link.shown_name())
        return {(row, cols[key]): f for key, f in zip(INDICATOR_IDENTITY, shown_cells, strict=True)}

    def line(self, item: Raw, row: int, width: int) -> Formula:
        """The line of the goals that a row is about; `item`: what it was begun for, or {}."""
        assert self.goals is not None
        name, level = (address_beside(row, width + at) for at in (NAME_COLUMN, LEVEL2))
        goal, goals = self._goal(item), self.goals
        indicators = goals.project.get("indicators", ())
        listed = [(words(other, "level2"), words(other, "name")) for other in indicators]
        is_alone = goal is None or goal[0] >= len(goals.rows) or listed.count(listed[goal[0]]) == 1
        pointed = 0 if goal is None or is_alone else goals.rows[goal[0]]
        return line_of(goals.sheet, name, level, pointed)

    def _single(self, key: str) -> Formula | None:
        """What a single cell shows, as a formula."""
        part, _, name = key.partition("/")
        sheet = self.goals.sheet if self.goals else None
        if part == "goal" and sheet and name in sheet.fields:
            return linked_value(sheet.cell(name))
        if key == "heading/year":
            return self._year()
        if key == "heading/project":
            otherwise = project_name(self)
            return of_cell(sheet.cell("name"), otherwise) if sheet else _fixed(otherwise)
        if key in ("heading/managing_department", "heading/implementing_unit"):
            return self._owner(name)
        if part == "heading":
            return _fixed(period_word(words(self.stage, "until"), name))
        return None

    def _budgets(self, blank: Mapping[str, Box]) -> dict[Coord, Formula]:
        """The budget of the year where nobody typed one: that of the goals; `blank`: the fields."""
        fields = self.goals.sheet.fields if self.goals else {}
        return {
            blank[key].at: linked_value(self.goals.sheet.cell(of))
            for key, of in BUDGETS.items()
            if self.goals and key in blank and of in fields
        }

    def _year(self) -> Formula | None:
        if self.department is None or "fiscal_year" not in self.department.fields:
            return None
        cell = self.department.cell("fiscal_year")
        before, after = official("stage_form.of_year").split("{year}")
        return Formula(
            f'=IFERROR(IF(LEN({cell})=0,"",{literal(before)}&{cell}&{literal(after)}),"")'
        )

    def _owner(self, name: str) -> Formula | None:
        """Who is in charge: as the goals say, else the department or the budget unit."""
        sheet = self.goals.sheet if self.goals else None
        if sheet and name in sheet.fields:
            return linked_value(sheet.cell(name))
        if name == "implementing_unit":
            return unit_shown(sheet.cell("unit")) if sheet else None
        return linked_value(self.department.cell("department/name")) if self.department else None

    def _says(self, width: int) -> dict[Coord, Any]:
        """What the sheet says of itself, in hidden cells of the first row."""
        sheet = self.goals.sheet if self.goals else None
        identity: dict[str, Any] = {
            "kind": words(self.stage, "kind"),
            "until": self.stage.get("until"),
        }
        identity["number"] = self.number or None
        for key in ("code", "name"):
            if text := str(self.project.get(key) or ""):
                identity[key] = of_cell(sheet.cell(key), text) if sheet else text
        if not (self.project.get("code") or self.project.get("name")) and sheet:
            identity["code"] = of_cell(sheet.cell("code"), "")
        items = ((at, identity.get(key)) for at, key in enumerate(SHEET_FACTS))
        return {(1, width + KEY + at): value for at, value in items if value not in (None, "")}

    def _beside(self, width: int, layout: Any, rows: Box) -> dict[Coord, Any]:
        """Beside the rows: their keys, which goals they are about, hints where there are none."""
        name_at, result = anchors(layout)[f"{RESULTS_LIST}/name"].col, dict[Coord, Any]()
        items = [*self.project.get("indicators", ()), *({} for _ in range(rows.height))]
        result[rows.row - 1, width + HINT] = say("check.stage_hint")
        for row in range(rows.row, rows.bottom + 1):
            item = items[row - rows.row]
            if item:
                (_, level2, name), nth = parted(item.get("of"))
                result[row, width + KEY] = Formula(f"={text_literal(key_of(level2, name))}")
                if nth:
                    result[row, width + NTH] = nth
            if self.goals is None:
                continue
            name = address_beside(row, name_at)
            result[row, width + LINE_COLUMN] = self.line(item, row, width)
            line, gone_hint = (
                address_beside(row, width + LINE_COLUMN),
                literal(say("check.stage_gone")),
            )
            result[row, width + HINT] = Formula(
                f'=IFERROR(IF(OR(LEN({name})=0,{line}<{NO_LINE}),"",{gone_hint}),{gone_hint})'
            )
        return {at: value for at, value in result.items() if value is not None}


def _fixed(text: str) -> Formula:
    return Formula(f"={text_literal(text)}")
