"""Whether a project's amounts are of one magnitude, and its budget is what its parts make."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import money, project_label, shorten
from xlperf.rules.numbers.quantities import Quantity
from xlperf.rules.numbers.whole_amounts import TEN_THOUSAND, amounts_in, is_slip
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.counted_things import texts
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.proportions import middle
from xlperf.rules.text.similarity import is_share_of_work, quoted_name
from xlperf.targets import parse

# amounts that make this much of a budget are meant to be all of it
SHARE_MEANT_AS_BUDGET = Decimal("0.85")
LIMIT_SHARE_OF_BUDGET = Decimal("0.995")  # what a limit may be off the budget
FEWEST_OTHER_BUDGETS = 2  # other budgets that tell what a usual one is
USUAL_RATIO = 100  # how many times less than the smallest of the others a slip may be


@rule("AMT220", ERROR, source="88/accuracy")
def budget_ten_thousand_times_off(project: Project) -> Iterator[Hit]:
    """A text names the budget's digits, ten thousand times more or less.

    **Why**: an amount in ten thousands of yuan stands where yuan are expected, or the other way
    round; every total is wrong by it.
    **Bad**: "300,000 yuan" in the purpose, budget 30.00.
    **Good**: budget 300000.00.
    """
    budget = sound(project.budget)
    for text in texts(project) if budget else ():
        for item in amounts_in(text.words):
            if budget and is_slip(item.source_text, budget):
                facts: Facts = {
                    "said": item.source_text,
                    "place": text.place,
                    "budget": money(budget),
                }
                label = project_label(project)
                yield hit("budget", also=[text.path], project=label, **facts)
                return


@rule("AMT223", WARNING, source="88/accuracy")
def one_budget_in_ten_thousands(department: Department, profile: Profile) -> Iterator[Hit]:
    """One budget is so small beside all others that it seems to be in ten thousands of yuan.

    **Why**: the forms are in yuan; one amount copied from a table in ten thousands is 10000 times
    too small, and no total shows it. Heuristic: it is below the profile's smallest plausible
    budget, all others are above it, and times 10000 it would be an ordinary one among them.
    **Bad**: budgets of 350000.00, 860000.00 and 24.00 yuan.
    **Good**: budgets of 350000.00, 860000.00 and 240000.00 yuan.
    """
    limit = profile["smallest_plausible_budget"]
    budgets = [(project, sound(project.budget)) for project in department.projects]
    budgeted = [(owner, value) for owner, value in budgets if value and value > 0]
    small = [(owner, value) for owner, value in budgeted if value < limit]
    usual = [value for _, value in budgeted if value >= limit]
    if len(small) > len(usual) or len(usual) < FEWEST_OTHER_BUDGETS:
        return
    for project, value in small:
        if min(usual) / FEWEST_OTHER_BUDGETS <= value * TEN_THOUSAND <= max(
            usual
        ) * FEWEST_OTHER_BUDGETS and value * USUAL_RATIO < min(usual):
            facts: Facts = {"budget": money(value), "times": money(value * TEN_THOUSAND)}
            facts |= {"middle": money(middle(usual))}
            yield hit(*project.path, "budget", project=project_label(project), **facts)


@rule("AMT221", WARNING, source="88/money-match")
def amounts_do_not_make_the_budget(project: Project) -> Iterator[Hit]:
    """The amounts that a purpose lists make up another sum than the budget.

    **Why**: one of them was changed without the budget, or one is missing. Amounts for each, of
    other years, of other people's money, and lists that make less than 85% of the budget are left
    alone; a text that names a total is REL840's and AMT208's.
    **Bad**: desks 120,000, boards 50,000, painting 80,000 yuan; budget 200000.00.
    **Good**: the same; budget 250000.00.
    """
    budget = sound(project.budget)
    uses = amounts_in(project.purpose) if budget and not is_share_of_work(project) else []
    if (
        len(uses) < FEWEST_OTHER_BUDGETS
        or budget is None
        or not all(_is_use(item, project) for item in uses)
    ):
        return
    uses = [item for item in uses if not _within_another(item)]
    total = sum((item.low for item in uses), Decimal(0))
    spare = max(item.step for item in uses) / 2
    has_part = any(item.is_part for item in uses)
    if total > budget + spare or (
        not has_part and SHARE_MEANT_AS_BUDGET * budget <= total < budget - spare
    ):
        facts: Facts = {"sum": "＋".join(item.source_text for item in uses), "made": money(total)}
        facts |= {"project": project_label(project), "budget": money(budget)}
        yield hit("purpose", also=[("budget",)], **facts)


def _within_another(amount: Quantity) -> bool:
    """Whether a bracket says that an amount is contained in the one before it."""
    opened = amount.text.rfind("(", 0, amount.start)
    within = opened > amount.text.rfind(")", 0, amount.start)
    return within and lexicon.pattern("contained").match(amount.text, opened + 1) is not None


def _is_use(amount: Quantity, project: Project) -> bool:
    """Whether an amount is part of this year's budget: exact, planned, no total, no other fund."""
    if amount.operator or not amount.is_planned or amount.year not in (0, project.year):
        return False
    if lexicon.holds(amount.head, "total"):
        return False
    return not lexicon.pattern("other_money").search(amount.phrase)


@rule("AMT222", WARNING, source="88/cost; 88/money-match")
def total_cost_below_the_budget(project: Project) -> Iterator[Hit]:
    """The indicator of a project's total cost has another amount than the budget.

    **Why**: what the project may cost in all is its budget; if it may cost less, money was applied
    for that is not needed. A limit above the budget is VAL410's; the cost of parts is left alone.
    **Bad**: budget 600000.00, total cost of the project ≤500000 yuan.
    **Good**: budget 600000.00, total cost of the project ≤600000 yuan.
    """
    budget = sound(project.budget)
    for indicator in project.indicators if budget and not is_share_of_work(project) else ():
        limit = _total_cost(indicator)
        if (
            limit
            and budget
            and limit < budget * LIMIT_SHARE_OF_BUDGET
            and not is_slip(_yuan(limit), budget)
        ):
            path = (*indicator.path[len(project.path) :], "target")
            facts: Facts = {"target": shorten(indicator.target), "budget": money(budget)}
            yield hit(*path, also=[("budget",)], name=quoted_name(indicator), **facts)


def _total_cost(indicator: Indicator) -> Decimal | None:
    """An upper limit in yuan for a project's whole cost; None if the indicator sets none."""
    if second_level(indicator) not in ("cost", ""):
        return None
    name = lexicon.without_brackets(indicator.name)
    target = parse(indicator.target)
    is_limit = name in lexicon.words("total_cost") and target.operator not in ("≥", ">")
    return target.yuan if is_limit else None


def _yuan(amount: Decimal) -> str:
    return f"{amount:f}{lexicon.words('yuan')[0]}"
