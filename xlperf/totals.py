"""Totals as data: what a roll-up gives, exact to the cent."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from xlperf.reading import Place
from xlperf.record import MONTHS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Sums:
    """Added-up amounts in yuan; `planned` is to be spent by the end of a month ("03")."""

    budget: Decimal
    fiscal: Decimal
    other: Decimal
    planned: dict[str, Decimal]
    projects: int


@dataclass(frozen=True)
class Group:
    """The sums of one department, or of one unit within its department."""

    code: str
    name: str
    sums: Sums
    department: str = ""  # of a unit
    department_name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
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


class SetAside(NamedTuple):
    """A file that was not rolled up or not checked, and why, in a sentence for the user."""

    file: str
    reason: str


@dataclass(frozen=True)
class Rollup:
    """Many documents in one: totals, groups, every project, and what was set aside."""

    totals: Sums
    departments: tuple[Group, ...]
    units: tuple[Group, ...]
    lines: tuple[Line, ...]
    files: int
    years: tuple[str, ...]
    set_aside: tuple[SetAside, ...] = ()
    remarks: tuple[str, ...] = field(default=())

    def frame(self) -> pd.DataFrame:
        """The projects as a table of pandas: a row each, amounts in yuan as `Decimal`."""
        import pandas as pd

        rows = [{**asdict(line), **_by_month(line.planned)} for line in self.lines]
        names = [field.name for field in fields(Line) if field.name != "planned"]
        return pd.DataFrame(rows, columns=[*names, *_by_month({})])

    def as_json(self) -> dict[str, Any]:
        """The shape of `rollup --json`: amounts as text with two decimals."""
        return {
            "totals": _sums(self.totals),
            "departments": [_group(department) for department in self.departments],
            "units": [
                {
                    **_group(unit),
                    "department": unit.department,
                    "department_name": unit.department_name,
                }
                for unit in self.units
            ],
            "set_aside": [{"file": a.file, "reason": a.reason} for a in self.set_aside],
            "remarks": list(self.remarks),
        }


def _by_month(planned: dict[str, Decimal]) -> dict[str, Decimal]:
    """What is planned to be spent by the end of each month, as columns `by_03` and so on."""
    return {f"by_{month}": planned.get(month, Decimal(0)) for month in MONTHS}


def _sums(sums: Sums) -> dict[str, Any]:
    return {
        "budget": f"{sums.budget:.2f}",
        "fiscal": f"{sums.fiscal:.2f}",
        "other": f"{sums.other:.2f}",
        "projects": sums.projects,
        "planned": {month: f"{sums.planned[month]:.2f}" for month in MONTHS},
    }


def _group(group: Group) -> dict[str, Any]:
    return {"code": group.code, "name": group.name, **_sums(group.sums)}
