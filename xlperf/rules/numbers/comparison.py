"""How a number in one place of a project is related to one in another place of it."""

from __future__ import annotations

from xlperf.record import Project
from xlperf.rules.numbers.agreement import (
    CountIndicator,
    add_up,
    agree,
    contradict,
    explained_by_parts,
    measures,
    same_in_texts,
    same_thing,
)
from xlperf.rules.numbers.mentions import Mention, mentions
from xlperf.rules.numbers.quantities import around
from xlperf.rules.numbers.things import HAS_KIND, KIND_OF, SAME_KIND, is_kin, says_it_all
from xlperf.rules.text import lexicon
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS


def in_conflict(earlier: Mention, mention: Mention, project: Project) -> bool:
    """Whether two texts contradict each other, and neither gives the other's number elsewhere."""
    if earlier.overlaps(mention.quantity.low, mention.quantity.high):
        return False
    how = same_in_texts(earlier, mention, project.name)
    if not contradict(how, earlier.number, mention.number):
        return False
    for text_mention, other in ((earlier, mention), (mention, earlier)):
        beside = (
            item
            for item in mentions(project, text_mention.quantity.unit)
            if item.text is text_mention.text
        )
        same = (item for item in beside if same_in_texts(item, other, project.name) == SAME_KIND)
        if any(agree(item.number, other.number) for item in same):
            return False
    return not (
        explained_by_parts(earlier, project, mention.quantity.low, mention.thing)
        or explained_by_parts(mention, project, earlier.quantity.low, earlier.thing)
    )


def left_to_an_indicator(mention: Mention, other: Mention, project: Project) -> bool:
    """Whether an indicator counts the thing of two mentions and contradicts one of them.

    Each is compared with it then; where it is "at least", both may be fine by it.
    """
    return any(
        same_thing(mention, measure, project.name)
        and same_thing(other, measure, project.name)
        and not (agree(mention.number, measure.number) and agree(other.number, measure.number))
        for measure in measures(project)
    )


def quoted(mention: Mention) -> str:
    """The clause around a quantity, as a message quotes it."""
    return around(mention.quantity)


def how_related(mention: Mention, measure: CountIndicator, project: Project) -> str:
    """How a mention's thing is related to an indicator's, if no other one fits as well."""
    how = same_thing(mention, measure, project.name)
    if how in ("", SAME_KIND):
        return how  # as nearly always
    single = sum(other.unit == measure.unit for other in measures(project)) == 1
    alike = mentions(project, measure.unit)
    beside = [item for item in alike if item.text is mention.text]
    whole = how == KIND_OF and single and says_it_all(measure.thing, mention.quantity)
    if whole and len(beside) == 1:
        return SAME_KIND
    promised = how == HAS_KIND and mention.quantity.operator in (
        *AT_LEAST_OPERATORS,
        *AT_MOST_OPERATORS,
    )
    if not (how == KIND_OF or promised) or measure.unit in lexicon.words("people"):
        return how
    return SAME_KIND if single and len({item.thing.noun for item in alike}) == 1 else how


def settled_elsewhere(mention: Mention, measure: CountIndicator, project: Project) -> bool:
    """Whether another indicator of the same thing has the number, or parts explain it."""
    rest = (other for other in measures(project) if other is not measure)
    same = (other for other in rest if same_thing(mention, other, project.name) == SAME_KIND)
    if any(agree(mention.number, item.number) for item in same):
        return True
    kin = [
        other.number.low
        for other in measures(project)
        if other is not measure
        and other.unit == measure.unit
        and is_kin(other.thing, measure.thing)
    ]
    number, target = mention.quantity.low, measure.number.low
    return add_up(number, target, kin) or explained_by_parts(
        mention, project, target, measure.thing
    )
