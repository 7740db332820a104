"""What a stage's sheet works out as people type: shares, proposed points, totals, checks.

The steps of a row stand beside it on hidden columns and move with it; those of the project in one
row above the list. What people see of them: hints and proposals beside the rows, the status, and
in the form what nobody need type. A person's weight or score is never overwritten: what is
proposed has a cell of its own, and counts where the form is blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xlperf.canonical import CAUSES
from xlperf.forms.defined_names import AID
from xlperf.forms.defined_names import LIST_PREFIX as NAMED
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.links import GoalSheet, of_line
from xlperf.formulas.cross_sheet import is_gone
from xlperf.formulas.sheet_checks import CHECK_SIGNS, END_SIGN, sign_of
from xlperf.layout import Box, Coord, Formula, Layout, anchors
from xlperf.layout.addresses import address, letters
from xlperf.record import BUDGET_PARTS, PLAN_MONTHS
from xlperf.rules import catalogue
from xlperf.rules.core import Rule, with_severities
from xlperf.rules.formulas.native import NativeCheck, as_written, expand, literal
from xlperf.rules.formulas.reached_steps import LARGER_IS_BETTER, SMALLER_IS_BETTER
from xlperf.rules.formulas.shown_values import as_read
from xlperf.rules.formulas.stage_natives import FORMS, ROWS_PATH
from xlperf.rules.formulas.stage_steps import answer_steps, project_steps, row_steps
from xlperf.rules.profiles import Profile
from xlperf.rules.stages.scoring import smaller_is_better
from xlperf.rules.stages.views import EVALUATION, MONITORING, POSSIBILITIES

IN_ROW = ("completed", "expected", "reason")  # read as texts, as well as the name and levels
TICKED_FIELDS = {"causes": CAUSES, "possibility": POSSIBILITIES}
POINT_FIELDS = ("weight", "score")  # read as numbers
STAGE_AMOUNTS = ("adjusted", "executed", "expected", "execution_score", "total")  # of a project
STEPS_NAME, RESULT_PREFIX = AID + "steps", AID + "result_"
STEP_BY_RESULT = {  # what the department's sheet shows of a project, and the step that has it
    "adjusted": "budget_now.amount",
    "executed": "executed.amount",
    "expected": "expected_spending.amount",
    "rate": "rate",
    "execution_score": "execution.counted",
}
OWN_ROW_MARK = "\x01"  # the number of a row in formulas that every row has
LONGEST_KNOWN_NAME = 250  # characters of a name that is known
STEPS_ROW_OFFSET = 2  # the row of the project's steps, from the list's first row upwards
STEP_BY_FIELD = {"expected": "expected_spending"}  # of a project, where a row has the same key


@dataclass
class StageScores:
    """The steps and checks of one sheet; `first` is the column from which on they stand.

    `line` is the column of the lines of the goals, `goals` their sheet, None where there is none;
    `month` that of the stage's last day; `indicator_names` are by the row's number.
    """

    kind: str
    layout: Layout
    goals: GoalSheet | None
    line: int
    first: int
    month: int
    by: Profile
    indicator_names: Mapping[int, str]
    cells: dict[Coord, Formula] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stage = MONITORING if self.kind == MONITORING else EVALUATION
        self.of = FORMS[self.stage]
        steps = ["known", *self._texts(), *row_steps(self.stage), *self.fields(ROWS_PATH)]
        self.columns = {name: self.first + n for n, name in enumerate(steps)}
        single = [*self._singles(), *self._project_steps(), *self.fields(""), "tokens"]
        self.single = {name: self.first + n for n, name in enumerate(single)}

    @cached_property
    def at(self) -> dict[str, Box]:
        """Where the form's fields stand."""
        return anchors(self.layout)

    @property
    def rows(self) -> Box:
        """The first column of the list, over all its rows."""
        return self.at[f"{RESULTS_LIST}/level1"]

    @property
    def area(self) -> Box:
        """All cells of the steps."""
        width = max(len(self.columns), len(self.single))
        top = self.rows.row - STEPS_ROW_OFFSET
        return Box(top, self.first, width, self.rows.bottom - top + 2)

    def names(self) -> dict[str, Box]:
        """The names of the steps, and of the results that other sheets look at."""
        single_results = {key: at for key, at in STEP_BY_RESULT.items() if at in self.single}
        top = self.rows.row - STEPS_ROW_OFFSET
        results = {
            RESULT_PREFIX + key: Box(top, self.single[step]) for key, step in single_results.items()
        }
        return {STEPS_NAME: self.area, **results}

    @cached_property
    def checks(self) -> Mapping[tuple[str, str], list[tuple[Rule, NativeCheck]]]:
        """The checks of this kind of stage, by what they look at and the field they point to."""
        result: dict[tuple[str, str], list[tuple[Rule, NativeCheck]]] = {}
        for rule in with_severities(catalogue().values(), self.by):
            for native in rule.native:
                if native.of in (self.of, self.of + ROWS_PATH):
                    key = native.of.removeprefix(self.of), native.at
                    result.setdefault(key, []).append((rule, native))
        return result

    def fields(self, of: str) -> list[str]:
        """The names of the steps that hold the tokens of a field's checks."""
        return [f"tokens/{at}" for where, at in self.checks if where == of]

    def write(self) -> dict[Coord, Formula]:
        """Every step and check as a formula, by its cell."""
        texts = {**self._texts(), **row_steps(self.stage)}
        rows = {name: self._formula(text, OWN_ROW_MARK) for name, text in texts.items()}
        fields = self.fields(ROWS_PATH)
        rows |= {name: self._fired(ROWS_PATH, name, OWN_ROW_MARK) for name in fields}
        for number, row in enumerate(range(self.rows.row, self.rows.bottom + 1)):
            self.cells |= known_in(row, self.area, self.indicator_names.get(number, ""))
            for name, text in rows.items():
                formula = Formula(f"={text}".replace(OWN_ROW_MARK, str(row)))
                self.cells[row, self.columns[name]] = formula
        single = {**self._singles(), **self._project_steps()}
        texts = {name: self._formula(text) for name, text in single.items()}
        texts |= {name: self._fired("", name) for name in self.fields("")}
        texts["tokens"] = self._every_token()
        row = self.rows.row - STEPS_ROW_OFFSET
        for name, text in texts.items():
            result_text = without_signs(text, row)
            self.cells[row, self.single[name]] = Formula(f"={result_text}")
        return self.cells

    def result(self, name: str) -> str:
        """The address of a step of the project."""
        return address(Box(self.rows.row - STEPS_ROW_OFFSET, self.single[name]))

    def in_row(self, name: str, row: int | str) -> str:
        """The address of a step of a row, which goes with the row."""
        return f"${letters(self.columns[name])}{row}"

    def column(self, *names: str) -> str:
        """The address of a step in all rows, from the headings to the row below the list.

        Of several: of all columns from the first to the last one. `cell:` is before the name of a
        field of the form.
        """
        rows = self.rows
        cols = [
            self.at[f"{RESULTS_LIST}/{field_}"].col if field_ else self.columns[name]
            for name in names
            for field_ in [name.partition("cell:")[2]]
        ]
        return address(Box(rows.row - 1, min(cols), max(cols) - min(cols) + 1, rows.height + 2))

    def _formula(self, text: str, row: str = "") -> str:
        """Steps or checks with addresses: of the project, or of a row (numbered `OWN_ROW_MARK`)."""
        return expand(text, lambda name: self._resolve(name, row))

    def _resolve(self, name: str, row: str) -> str:
        """What a name in braces stands for, in a row of the list or in that of the project."""
        kind, _, rest = name.partition(":")
        if kind == "profile":
            key, _, part = rest.partition(".")
            return str(self.by[key][int(part)] if part else self.by[key])
        if kind in ("list", "all"):
            return NAMED + rest if kind == "list" else self.column(rest)
        field_of_row = self.at.get(f"{RESULTS_LIST}/{name.removeprefix('cell:')}")
        if row and name in self.columns:
            return self.in_row(name, row)
        if row and (name == "line.goal" or field_of_row):
            col = field_of_row.col if field_of_row else self.line
            return f"${letters(col)}{row}"
        return self.result(name)

    def _texts(self) -> dict[str, str]:
        """What a row says, as texts, and whether it is one of the list's."""
        levels = ("level2",) if self.stage == MONITORING else ("level2", "level1")
        steps = {key: f'IFERROR({as_written(f"{{cell:{key}}}")},"")' for key in ("name", *levels)}
        lengths = ["LEN({name})"]
        for key in (key for key in IN_ROW if f"{RESULTS_LIST}/{key}" in self.at):
            cell = f"{{cell:{key}}}"
            read = as_written(cell) if key == "reason" else as_read(cell)
            steps[key] = f'IFERROR({read},"")'
            lengths.append(f"LEN({{{key}}})")
        for key in (key for key in POINT_FIELDS if f"{RESULTS_LIST}/{key}" in self.at):
            lengths.append(f"IFERROR(LEN({{cell:{key}}}),0)")
        for key in TICKED_FIELDS if self.stage == MONITORING else ():
            steps |= answer_steps(key, self._answers(key), is_single=key == "possibility")
            lengths.append(f"{{{key}.given}}")
        direction = "0"
        for better in (LARGER_IS_BETTER, SMALLER_IS_BETTER):
            is_so = f'SUMPRODUCT(--EXACT({{all:known}},"{better}"&{{name}}))>0'
            direction = f"IF({is_so},{better},{direction})"
        if self.stage != MONITORING:
            steps["line"] = "ROW()"
        return {
            **steps,
            "target": self._target(),
            "in_list": f"IF({'+'.join(lengths)}>0,1,0)",
            "direction": direction,
        }

    def _answers(self, key: str) -> list[str]:
        """The cells of a row in which an answer can be ticked, side by side."""
        return [f"{{cell:{key}/{answer}}}" for answer in TICKED_FIELDS[key]]

    def _target(self) -> str:
        if self.goals is None:
            return '""'
        return str(of_line(self.goals.line("target"), "{line.goal}")).removeprefix("=")

    def _singles(self) -> dict[str, str]:
        """What the sheet says of the project, and what its goals do."""
        goal = self.goals
        there = f"IF({is_gone(goal.cell('name'))},0,1)" if goal else "0"
        of_goals = dict(self._of_goals())
        budget = of_goals.pop("goal_budget")
        steps = {"goals.there": there, **of_goals, "goal_budget": budget}
        for key in (key for key in STAGE_AMOUNTS if key in self.at):
            cell = address(Box(*self.at[key].at))
            steps[STEP_BY_FIELD.get(key, key)] = f'IFERROR(IF(LEN({cell})=0,"",{cell}),"")'
        grade = self.at.get("grade")
        steps["grade"] = f'IFERROR({address(Box(*grade.at))}&"","")' if grade else '""'
        for source in BUDGET_PARTS:
            steps[f"budget_{source}"] = self._either(f"adjusted_{source}", f"{{goal_{source}}}")
            steps[f"executed_{source}"] = self._either(f"executed_{source}", '""')
        return steps

    def _either(self, key: str, otherwise: str) -> str:
        """The number of a field, or something else where it has none."""
        if key not in self.at:
            return otherwise
        cell = address(Box(*self.at[key].at))
        return f"IF(ISNUMBER({cell}),{cell},{otherwise})"

    def _of_goals(self) -> Iterator[tuple[str, str]]:
        """The budget and the plan, from the sheet of the goals."""
        keys = {"goal_budget": "budget", **{f"goal_{source}": source for source in BUDGET_PARTS}}
        months = PLAN_MONTHS if self.stage == MONITORING else ()
        passed = [f"spending_plan/{month}" for month in months if int(month) <= self.month]
        keys |= {name: name for name in passed}
        for name, key in keys.items():
            if self.goals is not None and key in self.goals.fields:
                cell = self.goals.cell(key)
                yield name, f'IFERROR(IF(LEN({cell})=0,"",{cell}),"")'
            elif name.startswith("goal_"):
                yield name, '""'

    def _project_steps(self) -> dict[str, str]:
        fields = self.goals.fields if self.goals else {}
        months = tuple(month for month in PLAN_MONTHS if f"spending_plan/{month}" in fields)
        there = {key for key, text in self._singles().items() if text != '""'}
        return project_steps(self.stage, self.month, months, there)

    def _fired(self, of: str, name: str, row: str = "") -> str:
        """A formula that gives a token for each check of a field that fires."""
        parts = [
            f"IF({self._formula(native.when, row)},"
            f'"{sign_of(rule, native)}{rule.code}{END_SIGN}","")'
            for rule, native in self.checks[of, name.removeprefix("tokens/")]
        ]
        return f'IFERROR({"&".join(parts)},"")'

    def _every_token(self) -> str:
        """The signs of all tokens of the sheet, as far as its status needs them."""
        single = "&".join(self.result(name) for name in self.fields(""))
        rows = self.column(*self.fields(ROWS_PATH))
        tests = []
        for sign in CHECK_SIGNS[:-1]:
            in_rows = f'SUMPRODUCT(--ISNUMBER(FIND("{sign}",{rows})))>0'
            tests.append(f'IF(OR(ISNUMBER(FIND("{sign}",{single})),{in_rows}),"{sign}","")')
        return "&".join(tests)


def known_in(row: int, steps: Box, name: str) -> dict[Coord, Formula]:
    """What a row's steps know of an indicator's name: which number is the better one, and itself.

    No formula can tell that from a name; once a name is changed, nothing is said of a number
    without a sign until the sheet is made anew.
    """
    better = SMALLER_IS_BETTER if smaller_is_better(name) else LARGER_IS_BETTER
    content = f"{better}{' '.join(name.split())[:LONGEST_KNOWN_NAME]}"
    return {(row, steps.col): Formula(f"={literal(content)}")}


def without_signs(text: str, row: int) -> str:
    """A formula whose cells of its own row go where it goes: such that are alike can be shared."""
    return re.sub(rf"(?<![!:])\$([A-Z]+)\${row}(?![0-9:])", rf"\g<1>{row}", text)
