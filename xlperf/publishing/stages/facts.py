"""What the forms of a stage print of each project, as text: amounts in the unit of the edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xlperf.editions import traits_of
from xlperf.layout.cell_values import show_numbered
from xlperf.publishing.tables import printed
from xlperf.record import (
    BUDGET_PARTS,
    CENT,
    Department,
    Indicator,
    Project,
    Raw,
    amount,
    share,
    words,
)
from xlperf.rules.stages.views import Stage, StageIndicator, StageProject
from xlperf.wording import official, official_table

PHASE_AMOUNTS = ("adjusted", "received", "executed", "expected")
TEXT_FIELDS = ("overview", "execution_reason", "conclusion", "problems", "measures", "leader")
PER_CENT = Decimal(100)
USUAL_POINTS = Decimal(10)
NO_AMOUNT = "0.00"  # as the amounts beside it


def word(key: str, **facts: object) -> str:
    """A word of the printed forms."""
    return official(f"stage_print.{key}").format(**facts)


@dataclass(frozen=True)
class FormContext:
    """What all forms of a document share: the record, the stage, the unit of money."""

    record: Department
    stage: Stage
    unit: str

    def money(self, value: Any) -> str:
        """An amount of yuan in the unit that is printed, exactly; what is no number as it is."""
        number = amount(value)
        if number is None:
            return "" if value is None else str(value)
        if not number:
            return NO_AMOUNT
        zeros: int = official_table("money_units")[self.unit]
        return printed(Decimal(f"{number.scaleb(-zeros).normalize():f}"))


def unit_of(record: Raw) -> str:
    """The unit that amounts of a record are printed in: the source's, the edition's, yuan."""
    money_unit = words(record, "money_unit") or traits_of(record).money
    return money_unit if money_unit in official_table("money_units") else "\u5143"


@dataclass(frozen=True)
class IndicatorFacts:
    """An indicator as a form prints it: its goal if there is one, what the stage says of it."""

    names: tuple[str, ...]
    goal: Indicator | None
    indicator: StageIndicator | None
    raw: Raw

    def text(self, key: str) -> str:
        """What the stage says under a key, as it is printed."""
        return points_text(self.raw.get(key))

    @property
    def target(self) -> str:
        """The value to reach in one text, with its operator and unit."""
        if self.goal is None:
            return ""
        return "".join([self.goal.text("operator"), self.goal.target, self.goal.text("unit")])


@dataclass(frozen=True)
class FundsLine:
    """A row of funds: its label, its amounts by phase as the record has them; "budget" is one."""

    label: str
    amounts: dict[str, Any]


@dataclass(frozen=True)
class StageProjectFacts:
    """One project of a stage: its goals, what is reported of it, in raw and as a view."""

    context: FormContext
    view: StageProject
    raw: Raw

    @property
    def goal(self) -> Project | None:
        """The project of the goals; None where the record has none."""
        return self.view.goal

    @property
    def name(self) -> str:
        """Its name."""
        return self.view.name or (self.goal.name if self.goal else "")

    @property
    def managing(self) -> str:
        """The department in charge."""
        department_name = words(self.goal.raw, "managing_department") if self.goal else ""
        return department_name or self.context.record.name

    @property
    def implementing(self) -> str:
        """The unit that carries it out, by its name."""
        if self.goal is None:
            return ""
        names = {unit.code: unit.name for unit in self.context.record.units}
        unit_name = words(self.goal.raw, "implementing_unit") or words(self.goal.raw, "unit_name")
        return unit_name or names.get(self.goal.unit, "")

    @property
    def goals(self) -> str:
        """The goals as numbered lines."""
        return str(show_numbered(list(self.goal.goals)) or "") if self.goal else ""

    @property
    def rate(self) -> str:
        """Budget execution in percent; blank where it is not known."""
        return percent(self.view.executed, self.view.budget)

    def lines(self, fiscal: str, other: str) -> Iterator[FundsLine]:
        """The rows of funds: all, those that are fiscal and other, then further sources."""
        goal = self.goal.raw if self.goal else {}
        total = {key: self.raw[key] for key in PHASE_AMOUNTS if key in self.raw}
        yield FundsLine(word("total_funds"), {"budget": goal.get("budget"), **total})
        for part, label in zip(BUDGET_PARTS, (fiscal, other), strict=True):
            amounts = {key: self.raw.get(f"{key}_{part}") for key in PHASE_AMOUNTS}
            stated_amounts = {key: value for key, value in amounts.items() if value is not None}
            yield FundsLine(label, {"budget": goal.get(part), **stated_amounts})
        for line in self.raw.get("funds", ()):
            yield FundsLine(words(line, "source"), {"budget": None, **line})

    def rows(self) -> list[IndicatorFacts]:
        """The indicators of the goals in their order, then those that the stage adds.

        Rows of the goals that nobody has filled in are left out, unless there are no others.
        """
        raw_rows = [item for item in self.raw.get("indicators", ()) if isinstance(item, dict)]
        pairs = list(zip(self.view.indicators, raw_rows, strict=True))
        by_goal = {id(view.goal): (view, raw) for view, raw in pairs if view.goal is not None}
        result = []
        for goal in self.goal.indicators if self.goal else ():
            view, raw = by_goal.get(id(goal), (None, {}))
            result.append(IndicatorFacts((goal.level1, goal.level2, goal.name), goal, view, raw))
        row_indicators = {id(row.indicator) for row in result}
        for view, raw in pairs:
            if id(view) not in row_indicators:
                names = tuple([""] * (3 - len(view.of)) + list(view.of))
                result.append(IndicatorFacts(names, None, view, raw))
        filled_rows = [row for row in result if row.names[2] or row.indicator is not None]
        return filled_rows or result

    @property
    def weights(self) -> Decimal | None:
        """The sum of the weights; None where none is stated."""
        return total_of([item.weight for item in self.view.indicators])

    @property
    def points(self) -> Decimal:
        """The points that are left for execution: what the weights leave, the usual ones else."""
        points_left = PER_CENT - (self.weights or PER_CENT)
        return points_left if 0 < points_left <= 3 * USUAL_POINTS else USUAL_POINTS

    def texts(self) -> list[tuple[str, str]]:
        """Further texts of the stage, each with its label."""
        return [(word(key), words(self.raw, key)) for key in TEXT_FIELDS if words(self.raw, key)]


def facts_of(context: FormContext) -> list[StageProjectFacts]:
    """The projects of a stage in their order."""
    listed = context.record.raw["stages"][context.stage.path[1]].get("projects", ())
    raws = [item for item in listed if isinstance(item, dict)]
    return [
        StageProjectFacts(context, view, raw)
        for view, raw in zip(context.stage.projects, raws, strict=True)
    ]


def percent(spent: Decimal | None, budget: Decimal | None) -> str:
    """A rate of execution as it is printed, 97.33%; blank where it is not known.

    Of no budget there is no rate, as on a stage's sheets.
    """
    if spent is None or budget is None or budget <= 0:
        return ""
    return f"{(spent / budget * PER_CENT).quantize(CENT, ROUND_HALF_UP)}%"


def points_text(value: Any) -> str:
    """A number of points as it is written, any text as it is."""
    number = share(value) if isinstance(value, int | Decimal) else None
    return f"{number.normalize():f}" if number is not None else str(value or "")


def total_of(numbers: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of the numbers that are known; None where there are none."""
    amounts = [number for number in numbers if number is not None]
    return sum(amounts, Decimal(0)) if amounts else None
