"""Whether the overall goal fits what stands below it: numbers, years, and where the money goes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.characters.numerals import number_in_words
from xlperf.record import Department, Project
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.memo import once
from xlperf.rules.message_facts import listed, money, percent, project_label
from xlperf.rules.numbers.quantities import Quantity
from xlperf.rules.numbers.whole_amounts import amounts_in, is_slip
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import agrees
from xlperf.rules.text.counted_things import neat
from xlperf.rules.text.proportions import money_of, share_of
from xlperf.rules.text.similarity import few, has_one_of, pairs, pairs_of, share_a_pair


@rule("REL807", INFO, source="88/goal-relevance")
def overall_goal_misses_the_money(department: Department, profile: Profile) -> Iterator[Hit]:
    """The overall goal says not one word of the projects that hold most of the money.

    **Why**: it is to say what this year's money will bring about; a goal that could stand above
    any budget promises nothing. Heuristic: a project counts as missed if its name, purpose and
    unit share no pair of characters with the overall goal, stop words aside. Pay is not missed.
    **Bad**: the goal speaks of roads and old quarters, 70% of the money goes into shelters.
    **Good**: the goal names the shelters, what will be built, and by when.
    """
    missed = _missed(department)
    share = share_of(money_of(missed), money_of(department.projects))
    if missed and share >= profile["money_missed"]:
        facts: Facts = {"share": percent(share), "money": money(money_of(missed))}
        yield hit("overall_goal", projects=few(map(project_label, _largest(missed))), **facts)


@rule("REL821", INFO, source="88/goal-relevance")
def overall_goal_misses_a_large_project(department: Department, profile: Profile) -> Iterator[Hit]:
    """The overall goal says nothing of one project that alone holds a large part of the money.

    **Why**: readers look for the largest project first. Heuristic, as in REL807; where that rule
    speaks, this one is silent.
    **Bad**: a third of the money goes into one school building that the goal does not mention.
    **Good**: "the new building of the second middle school is in use from September".
    """
    total = money_of(department.projects)
    missed = _missed(department)
    if share_of(money_of(missed), total) < profile["money_missed"]:
        for project in _largest(missed):
            share = share_of(money_of([project]), total)
            if len(department.projects) > 1 and share >= profile["large_project"]:
                facts: Facts = {"project": project_label(project), "share": percent(share)}
                yield hit("overall_goal", **facts, money=money(money_of([project])))


@once
def _missed(department: Department) -> list[Project]:
    """Projects whose words, and their unit's, share no pair of characters with the overall goal.

    Pay is left out. Empty if there is no overall goal.
    """
    goal, region = pairs(department.overall_goal), pairs(department.region_name)
    of_units = goal - pairs_of((department.name, department.region_name))
    units, in_goal = department.unit_names(), goal - region
    missed: list[Project] = []
    for project in department.projects if goal else ():
        texts = (project.name, project.purpose)
        if any(has_one_of(in_goal, text) for text in texts):
            continue  # as nearly all
        other_unit = of_units.isdisjoint(pairs(units.get(project.unit, "")))
        pay = lexicon.first(project.name + project.purpose, "payroll")
        if other_unit and not pay and pairs_of(texts) - region:
            missed.append(project)
    return missed


def _largest(projects: list[Project]) -> list[Project]:
    return sorted(projects, key=lambda project: money_of([project]), reverse=True)


@rule("REL819", WARNING, source="88/quantified")
def overall_goal_without_a_number(department: Department) -> Iterator[Hit]:
    """The overall goal has no quantity in it, not even "all" or "none".

    **Why**: at the end of the year nobody can say whether it was reached. Years, meetings and
    slogans with numbers in them are no quantities.
    **Bad**: "improve the infrastructure and the face of the city".
    **Good**: "repair 12 km of roads; satisfaction of residents at least 90%".
    """
    goal = lexicon.pattern("no_quantity").sub("", department.overall_goal)
    if goal.strip() and not lexicon.pattern("quantity").search(goal):
        yield hit("overall_goal")


@rule("REL822", INFO, source="88/goal-relevance")
def overall_goal_of_another_year(department: Department) -> Iterator[Hit]:
    """The overall goal speaks of another year, and not of the budget year.

    **Why**: mostly it was copied from last year's document.
    **Bad**: "In 2020 the bureau will ..." in the document of 2021.
    **Good**: "In 2021 the bureau will ...".
    """
    goal = neat(department.overall_goal)
    years = sorted({match["year"] for match in lexicon.pattern("year_of_a_goal").finditer(goal)})
    if department.year and years and str(department.year) not in goal:
        yield hit("overall_goal", years=listed(years), year=department.year)


@rule("REL860", INFO, source="88/timeliness")
def project_named_after_a_past_year(project: Project) -> Iterator[Hit]:
    """A project's name has a year before the budget year, and does not say why it is paid now.

    **Why**: either the name was copied from last year's document, or last year's work is paid this
    year, which should be said. Spans of years, batches and the rest of a payment are left alone.
    **Bad**: in the budget of 2021: "renewal of water pipes 2020".
    **Good**: "renewal of water pipes 2021"; or "… 2020 (last payment)".
    """
    match = lexicon.pattern("year_in_a_name").search(neat(project.name))
    if match is None or project.year is None or int(match["year"]) >= project.year:
        return
    paid_later = lexicon.pattern("paid_later").search(neat(project.name + project.purpose))
    if paid_later is None:
        facts: Facts = {"project": project_label(project), "named": match["year"]}
        yield hit("name", **facts, year=project.year)


@rule("REL823", WARNING, source="88/accuracy")
def overall_goal_counts_other_projects(department: Department) -> Iterator[Hit]:
    """The overall goal names another number of budget projects than there are forms.

    **Why**: it was written before the projects were settled, or copied; it is the part that
    everybody reads.
    **Bad**: "3 budget projects" above four forms.
    **Good**: "4 budget projects".
    """
    match = lexicon.pattern("count_of_projects").search(neat(department.overall_goal))
    count = len(department.projects)
    numeral = next(filter(None, match.groups())) if match else ""
    number = Decimal(numeral) if numeral.isdigit() else number_in_words(numeral)
    if match and count and number and number != count:
        yield hit("overall_goal", text=match[0], count=count)


@rule("REL825", WARNING, source="88/money-match")
def overall_goal_names_another_sum(department: Department) -> Iterator[Hit]:
    """The overall goal names another sum for all projects than their budgets make up.

    **Why**: the sum was not brought up to date when a budget was changed.
    An amount that is arranged, the only one, is compared with the only project, if it speaks of its
    work, or may not be more than all projects; the department's whole budget is left alone.
    **Bad**: "3 budget projects, 750,000 yuan in all" above budgets of 900,000 yuan.
    **Good**: the sum of the budgets, rounded as the goal writes it.
    """
    match = lexicon.pattern("money_of_projects").search(neat(department.overall_goal))
    total: Decimal = money_of(department.projects)
    amount = match["amount"] if match else _arranged(department, total)
    if amount and total and not agrees(amount, total):
        yield hit("overall_goal", text=amount, whole=money(total))


def _arranged(department: Department, total: Decimal) -> str:
    """The only amount of the overall goal that is arranged, if it may be no part of the total."""
    amounts = [item for item in amounts_in(department.overall_goal) if _is_own(item)]
    if len(amounts) != 1 or amounts[0].year not in (0, department.year):
        return ""
    if lexicon.holds(department.overall_goal, "whole_department"):
        return ""
    (amount,) = amounts
    if len(department.projects) > 1:
        of_projects = lexicon.words("project")[0] in amount.head
        return amount.source_text if of_projects and amount.low > total else ""
    about = [text for item in department.projects for text in (item.name, item.purpose)]
    same_work = share_a_pair(pairs(amount.head), about) or is_slip(amount.source_text, total)
    return amount.source_text if same_work else ""


def _is_own(amount: Quantity) -> bool:
    """Whether an amount is said to be arranged, and not other people's money."""
    if amount.is_part or not amount.is_planned or amount.operator:
        return False
    match = lexicon.pattern("own_money").search(amount.head)
    return bool(match) and not lexicon.pattern("other_money").search(amount.phrase)
