"""Whether amounts are amounts, add up, and agree with what the text says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import CENT, PROJECT_AMOUNTS, Department, Project, amount
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.formulas.native import absent, both, by_cell, either
from xlperf.rules.message_facts import field_label, money, project_label, shorten
from xlperf.rules.numbers.whole_amounts import is_slip, total_named
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import agrees, sound
from xlperf.rules.text.counted_things import texts
from xlperf.rules.text.text_fields import DIGIT

MOST_SOURCES = 10

NOT_SOUND = (
    "IF(ISNUMBER({it.amount}),OR({it.amount}<0,{it.amount}>=1E15,"
    "{it.amount}<>ROUND({it.amount},2)),TRUE)"
)
DO_NOT_ADD_UP = both(
    "ISNUMBER({budget.amount})",
    either("ISNUMBER({fiscal.amount})", absent("{fiscal.text}")),
    either("ISNUMBER({other.amount})", absent("{other.text}")),
    "COUNT({fiscal.amount},{other.amount})>0",
    "MAX({budget.amount},{fiscal.amount},{other.amount})<1E15",
    "ABS(N({fiscal.amount})+N({other.amount})-N({budget.amount}))>0.0004",
)
# What is missing may be all further sources together, one of them, or all but one; of more than
# three the rule alone tells.
_SOURCES, _MISSING_AMOUNT = (
    "{funds/beside}",
    "N({budget.amount})-N({fiscal.amount})-N({other.amount})",
)
FURTHER_SOURCES_FIT = either(
    f"COUNT({_SOURCES})>3",
    f"ABS(SUM({_SOURCES})-({_MISSING_AMOUNT}))<0.0004",
    f"SUMPRODUCT(--({_SOURCES}=ROUND({_MISSING_AMOUNT},2)))>0",
    f"SUMPRODUCT(--({_SOURCES}=ROUND(SUM({_SOURCES})-({_MISSING_AMOUNT}),2)))>0",
)


@rule(
    "AMT201",
    ERROR,
    source="88/accuracy",
    native=by_cell("budget fiscal other", both("LEN({it.text})>0", NOT_SOUND)),
)
def not_an_amount(project: Project) -> Iterator[Hit]:
    """An amount cannot be read, is negative, absurdly large, or has parts of a cent.

    **Why**: what is not an amount is in no total.
    **Bad**: "about 5000".
    **Good**: 5000.00.
    """
    for key in PROJECT_AMOUNTS:
        value = sound(getattr(project, key))
        if value is not None and value >= 0 and value == value.quantize(CENT):
            continue
        raw_amount = project.raw.get(key)
        if raw_amount not in (None, "") and not isinstance(raw_amount, bool | list | dict):
            field = field_label(("projects", key))
            yield hit(key, project=project_label(project), field=field, written=shorten(raw_amount))


@rule(
    "AMT202",
    ERROR,
    source="88/accuracy",
    native=by_cell("budget", DO_NOT_ADD_UP, unless=FURTHER_SOURCES_FIT),
)
def funds_do_not_add_up(project: Project) -> Iterator[Hit]:
    """Fiscal funds and other funds do not make up the budget.

    **Why**: every yuan of a project's budget comes from fiscal or from other funds. Sources that a
    form prints beside these two, such as money carried over, count too.
    **Bad**: budget 100.00, fiscal 80.00, other 10.00.
    **Good**: budget 100.00, fiscal 80.00, other 20.00.
    """
    budget = sound(project.budget)
    parts = [value for value in (sound(project.fiscal), sound(project.other)) if value is not None]
    absent = sum(project.raw.get(key) in (None, "") for key in ("fiscal", "other"))
    if budget is None or not parts or len(parts) + absent < 2:
        return  # what is missing or unreadable is reported by other rules
    missing = budget - sum(parts)
    if missing and missing not in _further_sums(project):
        fiscal, other = (sound(value) or Decimal(0) for value in (project.fiscal, project.other))
        facts: Facts = {"fiscal": money(fiscal), "other": money(other), "budget": money(budget)}
        yield hit("budget", project=project_label(project), **facts, total=money(fiscal + other))


def _further_sums(project: Project) -> set[Decimal]:
    """What the printed sources beside fiscal and other funds can make up together, in yuan.

    One of them may be a part of another, so that any of them may count.
    """
    listed = project.raw.get("funds")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    beside = [row for row in rows if lexicon.holds(str(row.get("source")), "sources_beside_fiscal")]
    sums = {Decimal(0)}
    for row in beside[:MOST_SOURCES]:
        part = sound(amount(row.get("amount"))) or Decimal(0)
        sums |= {part_sum + part for part_sum in sums}
    return sums


@rule(
    "AMT203",
    ERROR,
    source="88/adequacy",
    native=by_cell("budget", both("ISNUMBER({budget.amount})", "{budget.amount}=0")),
)
def budget_of_nothing(project: Project) -> Iterator[Hit]:
    """A project's budget is 0.

    **Why**: a project without money has no place in the budget; mostly the amount was forgotten.
    **Bad**: budget 0.00.
    **Good**: the budget that was applied for; or the project is left out.
    """
    if project.budget is not None and project.budget.is_zero():
        yield hit("budget", project=project_label(project))


@rule("AMT204", WARNING, source="88/accuracy")
def amounts_look_like_ten_thousands(department: Department, profile: Profile) -> Iterator[Hit]:
    """All budgets are so small that they seem to be in ten thousands of yuan.

    **Why**: the forms are in yuan; other tables of the budget are in ten thousands, and amounts
    copied from there are 10000 times too small.
    **Bad**: budgets of 6.40, 31.85 and 24.00 yuan.
    **Good**: budgets of 64000.00, 318480.00 and 240000.00 yuan.
    """
    budgets = [value for project in department.projects if (value := sound(project.budget))]
    if len(budgets) > 1 and max(budgets) < profile["smallest_plausible_budget"]:
        yield hit("projects", count=len(budgets), largest=money(max(budgets)))


@rule("AMT208", WARNING, source="88/money-match")
def text_names_another_amount(project: Project) -> Iterator[Hit]:
    """A project's name, purpose or goal names an amount that is not its budget.

    **Why**: the text was copied from another year or another project, or the budget was changed
    later. Of several amounts, the one after "in all" is compared; in goals only such a one.
    **Bad**: "repair subsidy (500,000 yuan)" with a budget of 300000.00.
    **Good**: the amounts agree, or the name has none.
    """
    budget = sound(project.budget)
    for text in texts(project) if budget else ():
        only = _only_amount(text.words) if text.path in (("name",), ("purpose",)) else ""
        amount = only or total_named(text.words, project.year, budget)
        if budget and amount and not agrees(amount, budget) and not is_slip(amount, budget):
            facts: Facts = {"said": amount, "budget": money(budget), "field": text.place}
            yield hit(*text.path, also=[("budget",)], project=project_label(project), **facts)


def _only_amount(text: str) -> str:
    """The amount as written, if a text names exactly one and as the whole budget; else ""."""
    digit = DIGIT.search(text) if lexicon.pattern("unit_of_money").search(text) else None
    matches = list(lexicon.pattern("amount").finditer(text, digit.start())) if digit else []
    if len(matches) != 1 or lexicon.first(text, "not_the_whole_budget"):
        return ""
    return matches[0][0]
