"""Whether a spending plan is a plan: four shares, rising to 100 percent, fit for its project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TypeGuard

from xlperf.editions import Traits
from xlperf.record import PLAN_MONTHS, Department, Project, round_cent
from xlperf.rules.core import ERROR, INFO, Facts, Hit, hit, rule
from xlperf.rules.formulas.native import absent, both, by_cell, no
from xlperf.rules.message_facts import Word, listed, percent, project_label, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon


def _by_calendar(month: str) -> Decimal:
    """Percentage of the year that is over at the end of a month, to two places ("10": 83.33)."""
    share = round_cent(Decimal(100 * int(month)) / 12)
    return Decimal(f"{share.normalize():f}")


MONTHLY = {month: _by_calendar(month) for month in PLAN_MONTHS}
OCTOBER, DECEMBER = (
    next(month for month in PLAN_MONTHS if int(month) == number) for number in (10, 12)
)

LEAST_SHARE, LARGEST_SHARE = Decimal(0), Decimal(100)

PLAN_CELLS = " ".join(f"spending_plan/{month}" for month in PLAN_MONTHS)
NOTHING_PLANNED, PAY = f"{{spending_plan/{DECEMBER}.nothing}}", f"{{spending_plan/{DECEMBER}.pay}}"


def _even(month: str) -> str:
    """Formula: the month's share equals the calendar's, within `payroll_tolerance`."""
    return (
        f"ABS(N({{spending_plan/{month}.sound}})-{MONTHLY[month]})<={{profile:payroll_tolerance}}"
    )


PAY_NOT_EVEN = tuple(
    native
    for at, month in enumerate(PLAN_MONTHS)
    for native in by_cell(
        f"spending_plan/{month}", both(PAY, no(_even(month)), *map(_even, PLAN_MONTHS[:at]))
    )
)


def raw_share(project: Project, month: str) -> object:
    """A month's share as it is in the record, of any type; None where blank."""
    plan = project.raw.get("spending_plan")
    value = plan.get(month) if isinstance(plan, dict) else None
    return None if value == "" else value


def sound(project: Project) -> dict[str, Decimal]:
    """Month to share in percent, for shares between 0 and 100 only."""
    shares = ((month, project.plan.get(month)) for month in PLAN_MONTHS)
    return {month: value for month, value in shares if _is_share(value)}


@lru_cache(maxsize=64)
def _exact(threshold: float) -> Decimal:
    """A profile's threshold as a Decimal with the digits that are written there."""
    return Decimal(str(threshold))


def _is_share(value: Decimal | None) -> TypeGuard[Decimal]:
    return value is not None and LEAST_SHARE <= value <= LARGEST_SHARE


def month_word(month: str) -> Word:
    """The form's word for the end of a month; month: "03", "06", "10" or "12"."""
    return Word(f"month.{month}")


@rule(
    "PLN301",
    ERROR,
    source="88/completeness",
    fields="projects/spending_plan",
    native=by_cell(PLAN_CELLS, both("LEN({it.text})>0", "LEN({it.sound})=0")),
)
def not_a_share(project: Project, traits: Traits) -> Iterator[Hit]:
    """A month's plan is not a percentage between 0 and 100.

    **Why**: what is planned to be spent is a share of the budget, counted from January.
    **Bad**: 120%, or an amount of money.
    **Good**: 25%.
    """
    for month in traits.months:
        if _is_share(project.plan.get(month)):
            continue
        value = raw_share(project, month)
        if value is not None and not isinstance(value, bool | list | dict):
            facts: Facts = {"month": month_word(month), "written": shorten(value)}
            yield hit("spending_plan", month, project=project_label(project), **facts)


@rule(
    "PLN302",
    ERROR,
    source="88/feasibility",
    fields="projects/spending_plan",
    native=by_cell(
        PLAN_CELLS, both("ISNUMBER({it.sound})", "ISNUMBER({it.before})", "{it.sound}<{it.before}")
    ),
)
def plan_goes_down(project: Project) -> Iterator[Hit]:
    """A later month's share is smaller than an earlier one's.

    **Why**: the shares are counted from January; money that was spent stays spent. Mostly the
    quarter's own share was entered.
    **Bad**: 25%, 25%, 33%, 17%.
    **Good**: 25%, 50%, 83%, 100%.
    """
    for (before, less), (month, more) in pairwise(sound(project).items()):
        if more < less:
            shares: Facts = {"before_share": percent(less), "share": percent(more)}
            months: Facts = {"before": month_word(before), "month": month_word(month)}
            yield hit("spending_plan", month, project=project_label(project), **months, **shares)


@rule(
    "PLN303",
    ERROR,
    source="88/feasibility",
    fields="projects/spending_plan",
    native=by_cell(f"spending_plan/{DECEMBER}", both("ISNUMBER({it.sound})", "{it.sound}<>100")),
)
def plan_does_not_reach_all(project: Project) -> Iterator[Hit]:
    """The plan for the end of December is not 100 percent.

    **Why**: a year's budget is planned to be spent within the year.
    **Bad**: 95% by the end of December.
    **Good**: 100% by the end of December.
    """
    december = project.plan.get(DECEMBER)
    if _is_share(december) and december != LARGEST_SHARE:
        yield hit(
            "spending_plan", DECEMBER, project=project_label(project), share=percent(december)
        )


@rule(
    "PLN304",
    ERROR,
    source="88/completeness",
    fields="projects/spending_plan",
    native=by_cell(
        PLAN_CELLS,
        both(absent("{it.text}"), no(NOTHING_PLANNED)),
        blank=True,
    ),
)
def month_not_planned(project: Project, traits: Traits) -> Iterator[Hit]:
    """One of the four months of the plan is blank.

    **Why**: the treasury compares spending with the plan at all four dates.
    **Bad**: plans for June and December only.
    **Good**: plans for March, June, October and December.
    """
    silent = [month for month in traits.months if project.plan.get(month) is None]
    absent = [month for month in silent if raw_share(project, month) is None]
    for month in absent if len(absent) < len(traits.months) else ():
        yield hit("spending_plan", month, project=project_label(project), month=month_word(month))


@rule("PLN305", INFO, source="88/sound-estimate", fields="projects/spending_plan")
def one_plan_for_all(department: Department, profile: Profile, traits: Traits) -> Iterator[Hit]:
    """Most projects have one and the same spending plan.

    **Why**: a building site, an insurance premium and pay are not spent alike; one plan for all of
    them was filled in, not reckoned.
    **Bad**: ten of eleven projects plan 25%, 50%, 75% and 100%.
    **Good**: every project's plan follows its contract and its work.
    """
    plans = [tuple(sound(project).values()) for project in department.projects]
    plan_counts = Counter(plan for plan in plans if len(plan) == len(traits.months))
    for plan, count in plan_counts.most_common(1):
        if count >= profile["identical_plans"] and 2 * count > len(plans):
            pairs = zip(department.projects, plans, strict=True)
            first, *others = (
                (*project.path, "spending_plan") for project, shares in pairs if shares == plan
            )
            percentages = listed(percent(value) for value in plan)
            yield hit(*first, also=others, count=count, total=len(plans), plan=percentages)


@rule(
    "PLN306",
    INFO,
    source="88/feasibility",
    fields="projects/spending_plan",
    native=by_cell(
        f"spending_plan/{OCTOBER}",
        both("ISNUMBER({it.sound})", "{it.sound}<{profile:october_share}"),
    ),
)
def october_behind_the_calendar(project: Project, profile: Profile) -> Iterator[Hit]:
    """Less is planned by the end of October than of the year has passed.

    **Why**: money left to the last two months is often not spent, or spent in haste; the treasury
    warns from October on.
    **Bad**: 75% by the end of October.
    **Good**: 83.33% or more, or a reason why not.
    """
    planned, expected = project.plan.get(OCTOBER), _exact(profile["october_share"])
    if _is_share(planned) and planned < expected:
        facts: Facts = {"share": percent(planned), "expected": percent(expected)}
        yield hit("spending_plan", OCTOBER, project=project_label(project), **facts)


@rule(
    "PLN307",
    INFO,
    source="88/feasibility",
    fields="projects/spending_plan",
    native=PAY_NOT_EVEN,
)
def pay_not_planned_by_month(project: Project, profile: Profile, traits: Traits) -> Iterator[Hit]:
    """A project that pays people is not planned evenly over the months.

    **Why**: pay is due every month: 25%, 50%, 83.33% and 100%. A bonus at the year's end or back
    pay is a good reason for something else.
    **Bad**: pay, planned as 25%, 60%, 90% and 100%.
    **Good**: pay, planned as 25%, 50%, 83.33% and 100%.
    """
    text = project.name + project.purpose
    if not lexicon.holds(text, "payroll") or lexicon.first(text, "not_payroll"):
        return
    plan, room = sound(project), _exact(profile["payroll_tolerance"])
    off = [month for month, value in plan.items() if abs(value - MONTHLY[month]) > room]
    if off and len(plan) == len(traits.months):
        percentages = listed(percent(value) for value in plan.values())
        even = listed(percent(MONTHLY[month]) for month in plan)
        facts: Facts = {"project": project_label(project), "plan": percentages, "even": even}
        also = [("spending_plan", month) for month in off[1:]]
        yield hit("spending_plan", off[0], also=also, **facts)
