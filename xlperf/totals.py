"""Totals as data: what a roll-up gives, exact to the cent."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xlperf.errors import SetAside
from xlperf.reading import Place
from xlperf.record import PLAN_MONTHS, round_cent

if TYPE_CHECKING:
    import pandas as pd

    from xlperf.rules.stages.outcomes import Outcome


HUNDRED = Decimal(100)
OUTCOME = ("stage", "executed", "of_budget", "score", "grade")  # what a project reports


@dataclass(frozen=True)
class Sums:
    """Added-up amounts in yuan; `planned` is to be spent by the end of a month ("03").

    `executed` was spent by the projects that report it, as many as `reported`, of `of_budget`.
    """

    budget: Decimal
    fiscal: Decimal
    other: Decimal
    planned: dict[str, Decimal]
    projects: int
    executed: Decimal = Decimal(0)
    of_budget: Decimal = Decimal(0)
    reported: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Budget execution in percent; None where no project reports it or none had a budget."""
        return self.executed / self.of_budget * HUNDRED if self.of_budget else None


@dataclass(frozen=True)
class TotalsGroup:
    """The sums of one department, or of one unit within its department."""

    code: str
    name: str
    sums: Sums
    department: str = ""  # of a unit
    department_name: str = ""


@dataclass(frozen=True, slots=True)
class TotalsLine:
    """One project as it went into a roll-up: codes and names, amounts in yuan, its file."""

    department: str
    department_name: str
    unit: str
    unit_name: str
    code: str
    name: str
    budget: Decimal
    fiscal: Decimal
    other: Decimal
    planned: dict[str, Decimal]
    file: str
    region: str = ""  # its name, or its code
    place: Place | None = None  # of its budget, in the file
    outcome: Outcome | None = None  # what it reports of a stage


@dataclass(frozen=True)
class Rollup:
    """Many documents in one: totals, groups, every project, and what was set aside."""

    totals: Sums
    departments: tuple[TotalsGroup, ...]
    units: tuple[TotalsGroup, ...]
    lines: tuple[TotalsLine, ...]
    files: int
    years: tuple[str, ...]
    set_aside: tuple[SetAside, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    counts_twice: bool = False  # whether a project seems to be added from two files

    def frame(self) -> pd.DataFrame:
        """The projects as a table of pandas: a row each, amounts in yuan as `Decimal`."""
        import pandas as pd

        rows = [
            {**asdict(line), **_by_month(line.planned), **_outcome(line)} for line in self.lines
        ]
        apart = ("planned", "outcome")
        names = [field.name for field in fields(TotalsLine) if field.name not in apart]
        later = OUTCOME if self.has_outcomes else ()
        return pd.DataFrame(rows, columns=[*names, *_by_month({}), *later])

    @property
    def has_outcomes(self) -> bool:
        """Whether any project reports of a stage."""
        return any(line.outcome for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """The shape of `rollup --json`: amounts as text with two decimals.

        What was spent, and a list of what each project reports, only where any of them does.
        """
        later = self.has_outcomes
        outcomes = [_reported(line, line.outcome) for line in self.lines if line.outcome]
        return {
            "totals": _sums(self.totals) | _spent(self.totals, later),
            "departments": [
                _group(group) | _spent(group.sums, later) for group in self.departments
            ],
            "units": [
                {
                    **_group(unit),
                    "department": unit.department,
                    "department_name": unit.department_name,
                    **_spent(unit.sums, later),
                }
                for unit in self.units
            ],
            **({"outcomes": outcomes} if later else {}),
            "set_aside": [{"file": a.file, "reason": a.reason} for a in self.set_aside],
            "remarks": list(self.remarks),
        }


def _outcome(line: TotalsLine) -> dict[str, Any]:
    return asdict(line.outcome) if line.outcome else {}


def _spent(sums: Sums, is_asked: bool) -> dict[str, Any]:
    """What was spent, by how many projects, and at which rate in percent."""
    if not is_asked:
        return {}
    return {
        "executed": f"{sums.executed:.2f}",
        "execution_rate": _two_places(sums.rate),
        "reported": sums.reported,
    }


def _two_places(number: Decimal | None) -> str | None:
    return None if number is None else f"{round_cent(number):.2f}"


def _reported(line: TotalsLine, outcome: Outcome) -> dict[str, Any]:
    """What a project reports, with whose it is."""
    return {
        "file": line.file,
        "department": line.department,
        "department_name": line.department_name,
        "unit": line.unit,
        "code": line.code,
        "name": line.name,
        "stage": outcome.stage,
        "budget": f"{line.budget:.2f}",
        "executed": _two_places(outcome.executed),
        "execution_rate": _two_places(outcome.rate),
        "score": _two_places(outcome.score),
        "grade": outcome.grade,
    }


def _by_month(planned: dict[str, Decimal]) -> dict[str, Decimal]:
    """What is planned to be spent by the end of each month, as columns `by_03` and so on."""
    return {f"by_{month}": planned.get(month, Decimal(0)) for month in PLAN_MONTHS}


def _sums(sums: Sums) -> dict[str, Any]:
    return {
        "budget": f"{sums.budget:.2f}",
        "fiscal": f"{sums.fiscal:.2f}",
        "other": f"{sums.other:.2f}",
        "projects": sums.projects,
        "planned": {month: f"{sums.planned[month]:.2f}" for month in PLAN_MONTHS},
    }


def _group(group: TotalsGroup) -> dict[str, Any]:
    return {"code": group.code, "name": group.name, **_sums(group.sums)}
