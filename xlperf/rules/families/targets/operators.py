"""Whether a target's operator asks for the right direction, and whether a cost can be paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import CENT, EXACT_CONTEXT, Department, Indicator, Project
from xlperf.rules.core import ERROR, INFO, WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.message_facts import Word, money, percent, project_label, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.counted_things import find_counts, no_number_of_its_own, units_like
from xlperf.rules.text.directions import (
    changes_the_wrong_way,
    dear_allowed,
    should_be_fast,
    too_slow_allowed,
    unwanted,
    wanted_rate,
)
from xlperf.rules.text.indicator_traits import is_bounded_ratio, is_count, is_satisfaction
from xlperf.rules.text.levels import BENEFITS, second_level
from xlperf.rules.text.proportions import share_of
from xlperf.rules.text.similarity import is_share_of_work, quoted_name
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS, Target, format_decimal, parse
from xlperf.targets.words import units

NEARLY_ALL, FULL_PERCENT = 90, 100  # percent
A_FEW_PERCENT = 10  # a share of faults up to this is an upper limit whose sign was confused
LEAST_PERCENT = 50  # percent that are wanted of nothing bad
EXACT_OPERATORS = ("", "=")
FEWEST_TARGETS = 10  # so many targets that one of them can be said to dominate
COST_TOLERANCE = Decimal("1.001")  # rounding of a cost a piece


@rule(
    "VAL406",
    ERROR,
    source="88/sound-indicators; 101/values",
    of="number percent text",
    fix="unsafe",
)
def limit_turned_around(indicator: Indicator) -> Iterator[Hit]:
    """A cost, fault, accident, complaint or a time to wait is to be at least so much.

    **Why**: the more complaints, the better the score; what is to be small or fast needs an upper
    limit. Known by the ending of the name; work that deals with faults, and time that is meant to
    be long, such as opening hours, are left alone.
    **Bad**: rate of complaints ≥2%.
    **Good**: rate of complaints ≤2%.
    """
    target = parse(indicator.target)
    if not target.operator and not turned_around(indicator.name, target):
        yield from _too_late(indicator, target)
        return
    dear = second_level(indicator) == "cost" and dear_allowed(indicator.name, target)
    if dear or turned_around(indicator.name, target):
        right = "≤" if target.operator == "≥" else "<"
        small = not target.is_percent or (target.low or 0) <= A_FEW_PERCENT
        fix = Fix(right + target.tidy[1:], safe=False) if small else None
        facts: Facts = {"target": shorten(target.source_text), "operator": right}
        better, worse = _ways(indicator.name, target, dear)
        facts |= {"better": Word(f"rule_part.{better}"), "worse": Word(f"rule_part.{worse}")}
        yield hit("target", name=quoted_name(indicator), **facts, fix=fix)


def _too_late(indicator: Indicator, target: Target) -> Iterator[Hit]:
    """A hit where something is to be over after a date instead of before it."""
    late = target.kind == "text" and second_level(indicator) == "timeliness"
    if late and lexicon.pattern("after_a_date").search(target.neat) and _ends(indicator.name):
        facts: Facts = {"target": shorten(target.source_text), "operator": lexicon.words("by")[0]}
        facts |= {"better": Word("rule_part.the_faster"), "worse": Word("rule_part.the_slower")}
        yield hit("target", name=quoted_name(indicator), **facts)


def _ends(name: str) -> bool:
    """Whether a name is that of the time at which something is over."""
    return should_be_fast(name) and not lexicon.holds(name, "begins")


def _ways(name: str, target: Target, dear: bool) -> tuple[str, str]:
    """Words for a message: what the indicator should aim at, and what its target asks instead."""
    if too_slow_allowed(name, target):
        return "the_faster", "the_slower"
    if dear or lexicon.ends(name, "limits_in_money"):
        return "the_cheaper", "the_dearer"
    return ("the_lower", "the_higher") if target.is_percent else ("the_fewer", "the_more")


def turned_around(name: str, target: Target) -> bool:
    """Whether "at least" is asked of something that is better the smaller it is."""
    if target.low is None or target.kind == "range":
        return False
    if target.operator not in AT_LEAST_OPERATORS:
        is_exact = target.is_percent and target.operator in EXACT_OPERATORS
        return is_exact and target.low >= LEAST_PERCENT and unwanted(name)
    if too_slow_allowed(name, target) or unwanted(name) or changes_the_wrong_way(name):
        return True
    if not lexicon.ends(name, "smaller_is_better"):
        return False
    share_of_money = target.is_percent and lexicon.ends(name, "limits_in_money")
    return not share_of_money and not lexicon.holds(name, "dealt_with")


@rule(
    "VAL420",
    ERROR,
    source="88/sound-indicators; 101/values",
    of="number percent range",
    fix="unsafe",
)
def promise_turned_around(indicator: Indicator) -> Iterator[Hit]:
    """A satisfaction, attendance, rate of success or time of use is to be at most so much.

    **Why**: the target is reached when everybody is dissatisfied or absent. Known by the ending of
    the name, or by a share of 90% and more where nothing is to be held down.
    **Bad**: satisfaction of pupils ≤90%.
    **Good**: satisfaction of pupils ≥90%.
    """
    target = parse(indicator.target)
    much = target.operator in AT_MOST_OPERATORS and _should_be_much(indicator.name, target)
    if much or (target.operator in AT_MOST_OPERATORS and _reached(indicator, target)):
        right = "≥" if target.operator == "≤" else ">"
        facts: Facts = {"target": shorten(target.source_text), "operator": right}
        fix = Fix(right + target.tidy[1:], safe=False)
        yield hit("target", name=quoted_name(indicator), **facts, fix=fix)


def _should_be_much(name: str, target: Target) -> bool:
    """Whether more of what a target limits is better: a good rate, or something that lasts."""
    if target.low is None or target.low == FULL_PERCENT:
        return False
    core = lexicon.without_brackets(name)
    if target.unit == "%":
        return _all_of(name) or (target.low >= NEARLY_ALL and _not_held_down(core))
    lasts = core.endswith(lexicon.words("lasts")) and not lexicon.holds(core, "kept_short")
    return target.unit in units("time") and lasts


def _reached(indicator: Indicator, target: Target) -> bool:
    """Whether a benefit counts people or things that are reached, of which more is better."""
    core = lexicon.without_brackets(indicator.name)
    is_benefit_count = second_level(indicator) in BENEFITS and bool(target.low) and is_count(core)
    low = unwanted(core) or lexicon.holds(core, "kept_low")
    return is_benefit_count and not low and lexicon.holds(core, "reached_by_a_benefit")


def _not_held_down(name: str) -> bool:
    """Whether a share is of nothing bad and of no money, load or use."""
    bad = unwanted(name) or lexicon.ends(name, "smaller_is_better")
    return is_bounded_ratio(name) and not bad and not lexicon.holds(name, "capped_rates")


@rule("VAL413", WARNING, source="88/sound-indicators")
def one_target_for_all(department: Department, profile: Profile) -> Iterator[Hit]:
    """Most indicators of the activities, or of the projects, have one and the same target.

    **Why**: one number for everything was not reckoned from last year's results, a norm or a plan;
    work of different difficulty cannot have one measure. How many are too many is in the profile.
    **Bad**: 78% of all targets are "≥90%".
    **Good**: each target follows from last year's figure, a norm or the plan.
    """
    parts = (("activities", department.activities), ("projects", department.projects))
    for key, owners in parts:
        result = [parse(indicator.target) for owner in owners for indicator in owner.indicators]
        targets = [target.tidy for target in result if target.kind != "blank"]
        counts = Counter(targets) if len(targets) >= FEWEST_TARGETS else Counter()
        for target, count in counts.most_common(1):
            share = share_of(count, len(targets))
            if share > profile["one_target_share"]:
                facts: Facts = {"target": shorten(target), "share": percent(share)}
                yield hit(key, count=count, total=len(targets), **facts)


@rule("VAL418", WARNING, source="88/sound-indicators", of="percent range")
def rate_of_control_turned_around(indicator: Indicator) -> Iterator[Hit]:
    """A rate of control over money is to be at least so much.

    **Why**: such a rate is what was spent of what was allowed; at least 95% asks for spending, and
    120% would be a success.
    **Bad**: rate of control of running costs ≥95%.
    **Good**: rate of control of running costs ≤100%.
    """
    target = parse(indicator.target)
    at_least = target.operator in AT_LEAST_OPERATORS and target.unit == "%"
    controls = at_least and lexicon.ends(indicator.name, "rates_of_control")
    if controls and _controls_money(lexicon.without_brackets(indicator.name)):
        yield hit("target", name=quoted_name(indicator), target=shorten(target.source_text))


def _controls_money(name: str) -> bool:
    ending = next((end for end in lexicon.words("rates_of_control") if name.endswith(end)), "")
    of_money = name.removesuffix(ending).endswith(lexicon.words("money_under_control"))
    return bool(ending) and of_money


@rule("VAL419", WARNING, source="88/reasonable", of="number percent")
def target_asks_for_nothing(indicator: Indicator) -> Iterator[Hit]:
    """A target is reached whatever happens: at least 0, or a share of at most 100%.

    **Why**: it cannot be missed, so it measures nothing. Growth of at least 0 is no such thing: it
    rules out a decline.
    **Bad**: visitors ≥0; rate of occupancy ≤100%.
    **Good**: visitors ≥1200; rate of occupancy ≥90%.
    """
    target, name = parse(indicator.target), indicator.name
    from_nothing = target.operator == "≥" and target.low == 0
    up_to_all = target.operator == "≤" and target.low == 100 and target.unit == "%"
    if not from_nothing and not up_to_all:
        return
    is_zero = from_nothing and (is_count(name) or is_satisfaction(name))
    bounded = is_bounded_ratio(name)
    nothing = is_zero or (from_nothing and bounded) or (up_to_all and (bounded or _all_of(name)))
    if nothing and not turned_around(name, target):
        yield hit("target", name=quoted_name(indicator), target=shorten(target.source_text))


def _all_of(name: str) -> bool:
    """Whether 100 percent is the aim; not so for rates of spending, which must not exceed it."""
    return wanted_rate(name) and not lexicon.pattern("rate_of_spending").search(name)


@rule("AMT207", INFO, source="88/money-match")
def cannot_pay_that_many(project: Project) -> Iterator[Hit]:
    """The cost of one times the number planned is more than the budget.

    **Why**: either fewer will be done, or each must cost less; the three numbers were not reckoned
    together. The only cost a piece and the only quantity in its unit are compared; other money may
    pay a part (projects named after one source of money are left alone), or the cost be that of
    some of them only.
    **Bad**: 48 events at up to 6000 yuan each with a budget of 240000 yuan.
    **Good**: 48 events at up to 5000 yuan each.
    """
    budget = sound(project.budget)
    prices = list(_prices(project)) if budget and not is_share_of_work(project) else []
    for cost, price, unit in prices if len(prices) == 1 else ():
        result = [(indicator, parse(indicator.target)) for indicator in project.indicators]
        alike = units_like(unit)
        planned = [pair for pair in result if pair[1].unit in alike and _quantity(*pair)]
        number = planned[0][1].low if len(planned) == 1 else None
        if number and budget and price * number > budget * COST_TOLERANCE:
            facts: Facts = {
                "price": money(price, format_decimal(price)),
                "unit": unit,
                "number": format_decimal(number),
            }
            facts |= {"product": money(price * number), "budget": money(budget)}
            path = (*cost.path[len(project.path) :], "target")
            quantity = planned[0][0]
            facts["also"] = [(*quantity.path[len(project.path) :], "target"), ("budget",)]
            yield hit(*path, name=quoted_name(cost), quantity=quoted_name(quantity), **facts)


def _prices(project: Project) -> Iterator[tuple[Indicator, Decimal, str]]:
    """Unit costs of a project: the indicator, the cost in yuan, and the unit that it is for."""
    for indicator in project.indicators:
        target = parse(indicator.target)
        if "/" not in target.unit or target.low is None or target.low != target.high:
            continue
        if lexicon.holds(indicator.name, "caps_of_one"):
            continue
        of_money, _, unit = target.unit.partition("/")
        amount = parse(f"{format_decimal(target.low)}{of_money}").yuan
        if amount and target.operator not in AT_LEAST_OPERATORS:
            yield indicator, amount, unit


def _quantity(indicator: Indicator, target: Target) -> bool:
    number = target.kind == "number" and target.operator not in AT_MOST_OPERATORS
    return number and second_level(indicator) == "quantity"


@rule("AMT210", INFO, source="88/money-match")
def pay_a_head_not_plausible(project: Project, profile: Profile) -> Iterator[Hit]:
    """A project that pays people has far too little or far too much money a head.

    **Why**: the number of people or the budget has a slip, or part of the pay comes from elsewhere,
    which should be said. The people are those that the purpose counts; what is plausible for a
    year is in the profile.
    **Bad**: pay of 24 persons from 6,400 yuan: 266.67 yuan a head.
    **Good**: pay of 24 persons from 2,081,367 yuan: 86,723.63 yuan a head.
    """
    budget, text = sound(project.budget), project.name + project.purpose
    pays = lexicon.first(text, "payroll") and not lexicon.holds(text, "not_payroll")
    if not budget or not pays:
        return
    people = [
        count for count in find_counts(project.purpose) if count.unit in lexicon.words("people")
    ]
    if any(map(no_number_of_its_own, people)):
        return
    number = sum((item.number for item in people), Decimal(0))
    lowest, highest = (Decimal(value) for value in profile["pay_a_head"])
    if number and not lowest <= budget / number <= highest:
        head = money((budget / number).quantize(CENT, context=EXACT_CONTEXT))
        facts: Facts = {"number": format_decimal(number), "budget": money(budget), "head": head}
        yield hit("budget", project=project_label(project), **facts)
