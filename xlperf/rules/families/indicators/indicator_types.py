"""Whether output indicators stand under their kind: quantity, quality, timeliness or cost."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Word, money, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.indicator_traits import is_count, is_ratio
from xlperf.rules.text.levels import first_level, second_level
from xlperf.rules.text.similarity import quoted_name
from xlperf.targets import parse


@rule("TYP501", WARNING, source="88/indicator-kinds; 101/indicator-kinds", of="quantity")
def quantity_given_as_a_rate(indicator: Indicator) -> Iterator[Hit]:
    """A quantity indicator has a rate for its name or a percentage for its target.

    **Why**: quantity says how much is made or served; 95 percent of nothing is nothing. Rates of
    completion, of coverage and of people reached, which official lists have there, are TYP511;
    counts in percent are VAL415.
    **Bad**: quantity: rate of maintenance ≥95%.
    **Good**: quantity: shelters maintained ≥30; the rate stands under quality.
    """
    if _rate_as_quantity(indicator) and not _of_people_reached(indicator):
        facts: Facts = {"target": shorten(indicator.target)}
        yield hit("target", name=quoted_name(indicator), **facts)


@rule("TYP511", INFO, source="88/indicator-kinds; 101/indicator-kinds", of="quantity")
def share_reached_given_for_a_quantity(indicator: Indicator) -> Iterator[Hit]:
    """A quantity indicator is a rate of completion, of coverage or of people reached.

    **Why**: official lists have such rates there, but they do not say how much is planned; the
    number that they are a share of says it at once.
    **Bad**: quantity: completion of training =100%.
    **Good**: quantity: people trained ≥360.
    """
    if _rate_as_quantity(indicator) and _of_people_reached(indicator):
        facts: Facts = {"target": shorten(indicator.target)}
        yield hit("target", name=quoted_name(indicator), **facts)


def _rate_as_quantity(indicator: Indicator) -> bool:
    if second_level(indicator) != "quantity" or is_count(indicator.name):
        return False
    target = parse(indicator.target)
    without_unit = target.kind in ("text", "graded", "yes_no") or (
        target.kind in ("number", "range") and not target.unit
    )
    return target.is_percent or (without_unit and _ratio(indicator.name, target.neat))


def _ratio(name: str, target: str) -> bool:
    """Whether the name is that of a ratio, or the target is one ("1:20") and the name allows it."""
    if is_ratio(name):
        return True
    to_one = lexicon.pattern("one_to_many").match(target)
    return to_one is not None and lexicon.pattern("name_of_a_ratio").search(name) is not None


def _of_people_reached(indicator: Indicator) -> bool:
    return lexicon.ends(indicator.name, "reaching_rates")


@rule("TYP502", WARNING, source="88/indicator-kinds; 101/indicator-kinds", of="quality")
def quality_given_as_a_count(indicator: Indicator) -> Iterator[Hit]:
    """A quality indicator counts people, pieces or occasions.

    **Why**: how many were trained does not say how well. Counts of faults, prizes and standards do
    say it and are left alone; so are upper limits.
    **Bad**: quality: people trained 300 persons.
    **Good**: quality: people who passed the test ≥95%.
    """
    target = parse(indicator.target)
    if target.kind not in ("number", "range"):
        return
    has_count_unit = target.unit in lexicon.words("units_of_count")
    limit = target.operator in ("≤", "<") or not target.high
    if has_count_unit and not limit and not _of_faults(indicator):
        yield hit("target", name=quoted_name(indicator), target=shorten(target.source_text))


def _of_faults(indicator: Indicator) -> bool:
    texts = (indicator.name, indicator.description)
    fault = any(lexicon.holds(text, "counts_of_quality") for text in texts)
    return fault or is_ratio(indicator.name)


@rule("TYP520", WARNING, source="88/timeliness; 101/timeliness", of="quantity quality cost")
def date_under_another_kind(indicator: Indicator) -> Iterator[Hit]:
    """A quantity, quality or cost indicator has a date for its target.

    **Why**: by when something is done is timeliness; under another kind it is not found, and the
    kind's own question stays open.
    **Bad**: quantity: renewal of roads, before the end of November.
    **Good**: timeliness: completion of the renewal, before the end of November.
    """
    target = parse(indicator.target)
    if target.kind == "date" and any(map(str.isdigit, target.words)):
        kind = Word(f"level.{second_level(indicator)}")
        facts: Facts = {"target": shorten(target.source_text), "kind": kind}
        yield hit("target", name=quoted_name(indicator), **facts)


@rule(
    "TYP523",
    INFO,
    source="88/indicator-kinds; 101/indicator-kinds",
    of="quantity quality timeliness cost",
)
def output_under_another_kind(indicator: Indicator) -> Iterator[Hit]:
    """An output indicator belongs to another kind of output by its name.

    **Why**: punctuality is timeliness, a pass rate is quality; where they are mixed up, one of the
    four questions is answered twice and another one not at all.
    **Bad**: timeliness: pass rate of acceptance.
    **Good**: quality: pass rate of acceptance.
    """
    kind = second_level(indicator)
    named_kind = _kind_of_name(indicator.name)
    silent = parse(indicator.target).kind == "date" or _rate_as_quantity(indicator)
    if named_kind and named_kind != kind and not silent:
        words: Facts = {"kind": Word(f"level.{kind}"), "right": Word(f"level.{named_kind}")}
        yield hit("name", name=quoted_name(indicator), **words)


def _kind_of_name(name: str) -> str:
    if lexicon.ends(name, "about_time"):
        return "timeliness"
    return "quality" if lexicon.ends(name, "about_quality") else ""


@rule("TYP522", WARNING, source="88/cost; 101/cost", of="cost")
def cost_about_something_else(indicator: Indicator) -> Iterator[Hit]:
    """A cost indicator speaks neither of money nor of anything that is used up.

    **Why**: the cost question stays open, and an indicator stands where nobody looks for it.
    **Bad**: cost: attendance at the training ≥95%.
    **Good**: cost: cost of training a head ≤800 yuan.
    """
    target = parse(indicator.target)
    if not indicator.name or target.yuan is not None:
        return
    texts = (indicator.name, indicator.description, indicator.target)
    if not any(lexicon.holds(text, "of_cost") for text in texts):
        yield hit("name", name=quoted_name(indicator))


@rule("TYP521", INFO, source="88/indicator-kinds")
def budget_given_as_quantity(project: Project) -> Iterator[Hit]:
    """A quantity indicator is the project's budget.

    **Why**: money spent is what goes in, not what comes out; how much is bought or served for it
    should be said. For repayments and transfers the amount may be right.
    **Bad**: budget 300000.00, quantity: funds arranged 30 (in 10000 yuan).
    **Good**: quantity: households subsidised ≥150.
    """
    budget = sound(project.budget)
    for indicator in project.indicators if budget else ():
        of_quantity = second_level(indicator) == "quantity"
        if budget and of_quantity and parse(indicator.target).yuan == budget:
            path = (*indicator.path[len(project.path) :], "target")
            facts: Facts = {"target": shorten(indicator.target), "budget": money(budget)}
            yield hit(*path, name=quoted_name(indicator), **facts)


@rule("TYP508", INFO, source="101/cost")
def cost_not_a_first_level(department: Department, profile: Profile) -> Iterator[Hit]:
    """Cost indicators stand under output, though cost is a first level of its own by now.

    **Why**: since August 2021 central guidance has cost as a first level, with economic, social and
    ecological cost below it. Only where the profile says from which year; told once a document.
    **Bad**: output, cost: total cost ≤120000 yuan, in the budget of 2023.
    **Good**: cost, economic cost: total cost ≤120000 yuan.
    """
    since = profile["cost_is_a_first_level_since"]
    if not since or department.year is None or department.year < since:
        return
    result = [
        indicator
        for project in department.projects
        for indicator in project.indicators
        if first_level(indicator) == "output" and second_level(indicator) == "cost"
    ]
    if result:
        yield hit(*result[0].path, "level1", count=len(result), since=since)
