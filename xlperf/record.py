"""The record: one department's document for one year, as written, and typed views of it.

A record is plain JSON data (`CONTRACT`: money in yuan as `Decimal`, shares in percent). It keeps
what was written; the frozen views below are derived from it and never replace it. A view gives
`""` for a text that is absent, and `None` for an amount that is absent or cannot be read. In its
`memo` readers keep what they have worked out of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Any, NamedTuple

from xlperf.characters.number_widths import folded_number
from xlperf.fields import keys, keys_of
from xlperf.paths import RecordPath
from xlperf.wording import official_list

Raw = dict[str, Any]

PLAN_MONTHS = keys_of("projects/spending_plan")  # that a plan may have shares for, in any edition
PROJECT_AMOUNTS = keys(("amount",), "projects")  # budget, fiscal, other
BUDGET_PARTS = ("fiscal", "other")  # that a budget adds up from
LEVEL_KEYS = ("level1", "level2")  # of an indicator
CENT = Decimal("0.01")
MOST_READ_DIGITS = 400  # of a number that is read as one: as far as those of a spreadsheet reach
EXACT_CONTEXT = Context(prec=2 * MOST_READ_DIGITS)


class Indicator(NamedTuple):
    """One line of measurement: what, explained how, to reach which value, on what basis."""

    path: RecordPath
    name: str
    description: str
    target: str
    level1: str = ""
    level2: str = ""
    basis: str = ""
    more: tuple[tuple[str, str], ...] = ()  # keys and texts of columns that few editions have

    def text(self, key: str) -> str:
        """What the column of a key says, stripped; "" for nothing."""
        return str(getattr(self, key, "")) or (dict(self.more).get(key, "") if self.more else "")


@dataclass(frozen=True, slots=True)
class Activity:
    """An itemised goal of the department with its indicators."""

    path: RecordPath
    name: str
    goal: str
    indicators: tuple[Indicator, ...]
    memo: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)


class Safeguard(NamedTuple):
    """A measure that safeguards the work: its title and text."""

    path: RecordPath
    title: str
    text: str


class Unit(NamedTuple):
    """A budget unit of the department."""

    path: RecordPath
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Project:
    """A budget project. Amounts in yuan; the plan is cumulative, in percent, by month."""

    path: RecordPath
    raw: Raw
    code: str
    name: str
    unit: str
    budget: Decimal | None
    fiscal: Decimal | None
    other: Decimal | None
    purpose: str
    plan: dict[str, Decimal | None]
    goals: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    year: int | None = None  # the document's
    memo: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def planned(self, month: str) -> Decimal | None:
        """Yuan planned to be spent by the end of a month, rounded to the cent as Excel rounds."""
        share = self.plan.get(month)
        if self.budget is None or share is None:
            return None
        return round_cent(self.budget * share / 100)


@dataclass(frozen=True, slots=True)
class Department:
    """The whole document of one department and year."""

    raw: Raw
    edition: str
    year: int | None
    region_code: str
    region_name: str
    code: str
    name: str
    overall_goal: str
    activities: tuple[Activity, ...]
    safeguards: tuple[Safeguard, ...]
    units: tuple[Unit, ...]
    projects: tuple[Project, ...]
    memo: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def unit_names(self) -> dict[str, str]:
        """Unit code to the first name listed for it."""
        names: dict[str, str] = {}
        for unit in self.units:
            names.setdefault(unit.code, unit.name)
        return names


def view(raw: Raw) -> Department:
    """The typed view of a record; parts of a wrong shape are seen as absent."""
    region, department = _dict(raw.get("region")), _dict(raw.get("department"))
    year = year_of(raw.get("fiscal_year"))
    return Department(
        raw=raw,
        edition=words(raw, "edition"),
        year=year,
        region_code=words(region, "code"),
        region_name=words(region, "name"),
        code=words(department, "code"),
        name=words(department, "name"),
        overall_goal=text_or_blank(raw, "overall_goal"),
        activities=tuple(_activity(p, a) for p, a in _items(raw, "activities")),
        safeguards=tuple(
            Safeguard(p, text_or_blank(s, "title"), text_or_blank(s, "text"))
            for p, s in _items(raw, "safeguards")
        ),
        units=tuple(Unit(p, words(u, "code"), words(u, "name")) for p, u in _items(raw, "units")),
        projects=tuple(_project(p, j, year) for p, j in _items(raw, "projects")),
    )


def _activity(path: RecordPath, raw: Raw) -> Activity:
    return Activity(
        path, text_or_blank(raw, "name"), text_or_blank(raw, "goal"), _indicators(raw, path)
    )


def _project(path: RecordPath, raw: Raw, year: int | None) -> Project:
    plan = _dict(raw.get("spending_plan"))
    goals = raw.get("goals")
    return Project(
        path,
        raw,
        text_or_blank(raw, "code"),
        text_or_blank(raw, "name"),
        text_or_blank(raw, "unit"),
        amount(raw.get("budget")),
        amount(raw.get("fiscal")),
        amount(raw.get("other")),
        text_or_blank(raw, "purpose"),
        {month: share(plan.get(month)) for month in PLAN_MONTHS},
        tuple(["" if is_error(goal) else str(goal).strip() for goal in goals])
        if isinstance(goals, list)
        else (),
        _indicators(raw, path),
        year,
    )


def _indicators(raw: Raw, above: RecordPath) -> tuple[Indicator, ...]:
    return tuple([_indicator(path, item) for path, item in _items(raw, "indicators", above)])


def _indicator(path: RecordPath, raw: Raw) -> Indicator:
    return Indicator(
        path,
        text_or_blank(raw, "name"),
        text_or_blank(raw, "description"),
        whole_target(raw),
        text_or_blank(raw, "level1"),
        text_or_blank(raw, "level2"),
        text_or_blank(raw, "basis"),
        tuple([(key, words(raw, key)) for key in raw if key not in _IN_VIEW]),
    )


_IN_VIEW = frozenset(("name", "description", "target", "level1", "level2", "basis"))
OPERATORS = "\u2265\u2264=<>"  # operators that a target may begin with


def whole_target(raw: Raw) -> str:
    """A target with its operator and unit, also where these have columns of their own."""
    target = text_or_blank(raw, "target")
    if not target or not ("operator" in raw or "unit" in raw):
        return target
    operator = words(raw, "operator")
    return (operator if operator in OPERATORS else "") + target + words(raw, "unit")


def _items(raw: Raw, key: str, above: RecordPath = ()) -> list[tuple[RecordPath, Raw]]:
    listed = raw.get(key)
    if not isinstance(listed, list):
        return []
    return [((*above, key, position), _dict(item)) for position, item in enumerate(listed)]


def _dict(value: object) -> Raw:
    return value if isinstance(value, dict) else {}


def words(raw: Raw, key: str) -> str:
    """A text of a record, stripped; numbers as written; `""` where there is none."""
    value = raw.get(key)
    if isinstance(value, str):
        return value.strip()
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def is_error(value: object) -> bool:
    """Whether a text is what a spreadsheet shows where a formula cannot be calculated."""
    return isinstance(value, str) and value[:1] == "#" and value.strip() in ERROR_WORDS


def text_or_blank(raw: Raw, key: str) -> str:
    """A text of a record as it is judged: what a spreadsheet cannot calculate says nothing."""
    value = raw.get(key)
    text = value.strip() if isinstance(value, str) else words(raw, key)
    return "" if text[:1] == "#" and text in ERROR_WORDS else text


def year_of(value: object) -> int | None:
    """A year, with or without the word for it; None if it is none."""
    text = folded_number(str(value)).strip()
    for word in official_list("year_words"):
        text = text.removesuffix(word).rstrip()
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


ERROR_WORDS = frozenset(
    {
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"),
        *("#SPILL!", "#CALC!", "#FIELD!"),
    }
)
_AMOUNT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+|\d+)(\.\d+)?")
_INVISIBLE_SIGNS = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def without_unseen(text: str) -> str:
    """A text without the signs that have no width: zero-width spaces and the like."""
    return text if text.isascii() else _INVISIBLE_SIGNS.sub("", text)


def is_blank(value: object) -> bool:
    """Whether a value says nothing: absent, or a text of nothing but blanks and unseen signs."""
    return value is None or (isinstance(value, str) and not without_unseen(value).strip())


def amount(value: object) -> Decimal | None:
    """Yuan as Decimal; None if absent or unreadable.

    Full-width digits, 6,400.00 and 6 400.00 (with blanks of any kind) are read; signs that have
    no width count for nothing.
    """
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value.adjusted()) <= MOST_READ_DIGITS else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        value = repr(value)
    text = without_unseen(folded_number(str(value))).strip()
    if len(text) > MOST_READ_DIGITS or not _AMOUNT.fullmatch(text):
        return None
    return Decimal(re.sub("[, ]", "", text))


def share(value: object) -> Decimal | None:
    """Percent as Decimal: 25, "25%" and "25.00％" are 25; None if absent or unreadable."""
    if isinstance(value, str):
        text = without_unseen(folded_number(value)).strip()
        value = text.removesuffix("%").rstrip()
    return amount(value)


def round_cent(value: Decimal) -> Decimal:
    """An amount to two decimals, halves away from zero, as Excel's ROUND does."""
    return value.quantize(CENT, rounding="ROUND_HALF_UP", context=EXACT_CONTEXT)
