"""Whether a target fits its indicator: a share a percentage, a count a number, a cost an amount."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Indicator, Project
from xlperf.rules.core import ERROR, WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.formulas.native import both, by_cell, either, ends, facing, holds, in_list, no
from xlperf.rules.message_facts import Word, money, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.indicator_traits import is_bounded_ratio, is_count, is_ratio, is_satisfaction
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.similarity import quoted_name
from xlperf.targets import Target, format_decimal, parse

WHOLE_TARGET = "=100%"
WHOLE_IN_PERCENT = 100  # percent

IS_NUMBER, IN_PERCENT = "ISNUMBER({target.number})", '{target.unit}="%"'
RATIO, SATISFACTION = "{name.is_ratio}", "{name.is_satisfaction}"
IS_COUNT = both(
    IS_NUMBER,
    ends("{name.core}", "count_endings"),
    no(ends("{name.core}", "not_count_endings")),
    no(holds("{name}", "changes")),
)
NOT_A_SHARE = both(
    IS_NUMBER,
    '{target.unit}<>""',
    no(in_list("{target.unit}", "units_of_shares")),
    RATIO,
)
IS_AT_LEAST = either('{target.sign}="≥"', '{target.sign}=">"')
IS_AT_MOST = either('{target.sign}="≤"', '{target.sign}="<"')
ABOVE_ALL = both(
    IS_NUMBER,
    IN_PERCENT,
    RATIO,
    no(holds("{name}", "unbounded_ratios")),
    either("{target.number}>100", both("{target.number}=100", IS_AT_LEAST, no(SATISFACTION))),
)
OUT_OF_REACH = both(
    IS_NUMBER,
    IN_PERCENT,
    SATISFACTION,
    either(
        "{target.number}<{profile:satisfaction_range.0}",
        both("{target.number}>{profile:satisfaction_range.1}", "{target.number}<=100"),
    ),
)
FACTOR = f"VALUE({facing('{target.unit}', 'money_units', 'yuan_in_one')})"
IN_MONEY = in_list("{target.unit}", "money_units")
# no error: of money
EXCEEDS_BUDGET = f"IFERROR({{target.number}}*{FACTOR}>{{budget.amount}},FALSE)"
ABOVE_BUDGET = both(
    '{level2.kind}="cost"',
    "N({budget.amount})<>0",
    no(IS_AT_LEAST),
    no(holds("{name}", "not_of_the_budget")),
    f"IF({IS_NUMBER},{EXCEEDS_BUDGET})",
)
DONE_IN_PART = both(
    IS_NUMBER, IN_PERCENT, "{target.number}<100", holds("{name}", "duties"), no(IS_AT_MOST)
)


@rule(
    "VAL403",
    ERROR,
    source="88/sound-indicators",
    of="number range",
    native=by_cell("target", NOT_A_SHARE, whole=False),
)
def ratio_not_in_percent(indicator: Indicator) -> Iterator[Hit]:
    """An indicator is a share by its name, but its target is a count or an amount.

    **Why**: name and value measure different things, so neither can be checked.
    **Bad**: accuracy of payment: 17 persons.
    **Good**: accuracy of payment: 100%.
    """
    target = parse(indicator.target)
    has_count_unit = target.unit and not target.is_percent
    if has_count_unit and is_ratio(indicator.name) and not _may_measure_a_ratio(target.unit):
        yield hit("target", name=quoted_name(indicator), target=shorten(target.source_text))


def _may_measure_a_ratio(unit: str) -> bool:
    return "/" in unit or unit in lexicon.words("units_of_ratios")


@rule(
    "VAL404",
    ERROR,
    source="88/relevance",
    of="percent range",
    fix="unsafe",
    native=by_cell("target", ABOVE_ALL, whole=False),
)
def share_above_all_of_it(indicator: Indicator) -> Iterator[Hit]:
    """A share of a whole is to be above 100 percent, or below 0.

    **Why**: more than all of it cannot be reached; "at least 100%" means exactly 100%. Growth,
    completion of a plan and the like may be above 100% and are left alone.
    **Bad**: pass rate ≥100%.
    **Good**: pass rate =100%.
    """
    target = parse(indicator.target)
    if target.unit != "%" or target.low is None or target.high is None:
        return
    beyond = target.low < 0 or target.high > 100
    all_or_more = target.low == 100 and target.operator in ("≥", ">")
    if not (beyond or all_or_more) or not is_bounded_ratio(indicator.name):
        return
    facts: Facts = {"name": quoted_name(indicator), "target": shorten(target.source_text)}
    if beyond:
        yield hit("target", **facts, how_to_mend=Word("rule_part.beyond_all_of_it"))
    elif not is_satisfaction(indicator.name):
        fix = Fix(WHOLE_TARGET, safe=False)
        yield hit("target", **facts, how_to_mend=Word("rule_part.exactly_all_of_it"), fix=fix)


@rule(
    "VAL407",
    WARNING,
    source="88/reasonable",
    of="percent range",
    native=by_cell("target", OUT_OF_REACH, whole=False),
)
def satisfaction_out_of_reach(indicator: Indicator, profile: Profile) -> Iterator[Hit]:
    """A satisfaction target is so high that nobody reaches it, or so low that it demands nothing.

    **Why**: no survey of real people gives 100%; a target below 80% says that the service is bad.
    A share above 100% is VAL404.
    **Bad**: satisfaction =100%.
    **Good**: satisfaction ≥95%.
    """
    target = parse(indicator.target)
    if target.unit != "%" or target.low is None:
        return
    lowest, highest = profile["satisfaction_range"]
    out_of_reach = target.low < lowest or (target.high or 0) > highest
    if out_of_reach and is_satisfaction(indicator.name):
        if target.low > WHOLE_IN_PERCENT and is_bounded_ratio(indicator.name):
            return
        facts: Facts = {"target": shorten(target.source_text), "lowest": lowest, "highest": highest}
        yield hit("target", name=quoted_name(indicator), **facts)


@rule("VAL408", WARNING, source="88/timeliness; 101/timeliness", of="timeliness")
def time_not_said(indicator: Indicator) -> Iterator[Hit]:
    """A timeliness indicator says no date, no period and no rate of punctuality.

    **Why**: "as planned" is reached by any plan; the reader does not know by when.
    **Bad**: work done as planned: 100%.
    **Good**: time of completion: before the end of November.
    """
    if second_level(indicator) != "timeliness":
        return
    target = parse(indicator.target)
    if target.kind in ("choice", "blank") or target.is_time:
        return
    texts = (indicator.name, indicator.description, target.neat)
    if not any(lexicon.pattern("time").search(text) for text in texts):
        yield hit("target", name=quoted_name(indicator), target=shorten(target.source_text))


@rule("VAL409", WARNING, source="88/cost; 101/cost")
def cost_without_an_amount(project: Project) -> Iterator[Hit]:
    """A cost indicator names no amount of money.

    **Why**: "within the budget" is true of every project; a cost has an upper limit in yuan, in
    all or a piece.
    **Bad**: controlled cost: ≥95%.
    **Good**: controlled cost: ≤120000 yuan.
    """
    for indicator in project.indicators:
        if second_level(indicator) != "cost":
            continue
        target = parse(indicator.target)
        if not _says_a_cost(indicator, target):
            budget = sound(project.budget)
            limit = money(budget, format_decimal(budget)) if budget is not None else "…"
            path = (*indicator.path[len(project.path) :], "target")
            facts: Facts = {"target": shorten(target.source_text), "budget": limit}
            yield hit(*path, name=quoted_name(indicator), **facts)


def _says_a_cost(indicator: Indicator, target: Target) -> bool:
    """Whether a cost indicator names an amount somewhere, or is of a kind that needs none.

    A rate of control is enough (other rules check it); a rate of spending is not a cost.
    """
    if target.kind in ("choice", "blank"):
        return True
    if is_ratio(indicator.name) and not _rate_of_spending(indicator.name):
        return True
    if target.is_percent and lexicon.holds(indicator.name, "savings"):
        return True
    if target.kind in ("number", "range") and (not target.unit or parse("1" + _per(target)).yuan):
        return True
    texts = (indicator.name, indicator.description, target.neat)
    return any(lexicon.pattern("sum_of_money").search(text) for text in texts)


def _rate_of_spending(name: str) -> bool:
    return lexicon.pattern("rate_of_spending").search(lexicon.without_brackets(name)) is not None


def _per(target: Target) -> str:
    """The unit before the slash: yuan of yuan/person."""
    return target.unit.partition("/")[0]


@rule(
    "VAL410",
    ERROR,
    source="88/money-match",
    native=by_cell("indicators/target", ABOVE_BUDGET, whole=False),
)
def cost_above_the_budget(project: Project) -> Iterator[Hit]:
    """A cost indicator allows more money than the project's budget has.

    **Why**: a limit above the budget limits nothing, and shows that one of the two is wrong. Costs
    a head or a piece, and totals of several years, are left alone.
    **Bad**: budget 100000.00, total cost ≤120000 yuan.
    **Good**: budget 100000.00, total cost ≤100000 yuan.
    """
    budget = sound(project.budget)
    for indicator in project.indicators if budget else ():
        if second_level(indicator) != "cost":
            continue
        target = parse(indicator.target)
        limit = target.yuan if target.operator not in ("≥", ">") else None
        if limit and budget and limit > budget and _of_the_whole_year(indicator):
            path = (*indicator.path[len(project.path) :], "target")
            facts: Facts = {"target": shorten(target.source_text), "budget": money(budget)}
            yield hit(*path, name=quoted_name(indicator), **facts)


def _of_the_whole_year(indicator: Indicator) -> bool:
    """Whether a cost is the year's total: not per head or piece, not of several years."""
    per_unit = lexicon.first(indicator.name, "per_unit")
    several = lexicon.first(indicator.name, "beyond_the_year")
    return not per_unit and not several


@rule(
    "VAL415",
    ERROR,
    source="88/relevance",
    of="percent range",
    native=by_cell("target", both(IN_PERCENT, IS_COUNT), whole=False),
)
def count_in_percent(indicator: Indicator) -> Iterator[Hit]:
    """An indicator is a count by its name, but its target is a percentage.

    **Why**: a number of documents, people or accidents is counted; a percentage of what?
    **Bad**: number of documents: ≥90%.
    **Good**: number of documents: ≥120.
    """
    target = parse(indicator.target)
    if target.unit == "%" and is_count(indicator.name):
        yield hit("target", name=quoted_name(indicator), target=shorten(target.source_text))


@rule(
    "VAL417",
    WARNING,
    source="88/reasonable",
    of="percent range",
    needs="name/duties",
    fix="unsafe",
    native=by_cell("target", DONE_IN_PART, whole=False),
)
def duty_done_in_part(indicator: Indicator) -> Iterator[Hit]:
    """Something that law or the treasury's rules demand in full is planned in part only.

    **Why**: an uninspected car may not be on the road; a target of 95% allows it.
    **Bad**: rate of yearly inspection: ≥95%.
    **Good**: rate of yearly inspection: =100%.
    """
    target = parse(indicator.target)
    in_part = target.unit == "%" and target.low is not None and target.low < 100
    at_most = target.operator in ("≤", "<")
    if in_part and not at_most and lexicon.holds(indicator.name, "duties"):
        fix = Fix(WHOLE_TARGET, safe=False)
        yield hit(
            "target", name=quoted_name(indicator), target=shorten(target.source_text), fix=fix
        )
