"""How a number in one place of a project is related to one in another place of it."""

from __future__ import annotations

from xlperf.record import Project
from xlperf.rules.numbers.agreement import (
    Measure,
    Mention,
    add_up,
    agree,
    contradict,
    explained_by_parts,
    measures,
    mentions,
    same_in_texts,
    same_thing,
)
from xlperf.rules.numbers.quantities import around
from xlperf.rules.numbers.things import HAS_KIND, KIND_OF, SAME, is_kin, says_it_all
from xlperf.rules.text import lexicon
from xlperf.targets import AT_LEAST, AT_MOST


def in_conflict(known: Mention, mention: Mention, project: Project) -> bool:
    """Whether two texts contradict each other, and none of them has the other's number too."""
    how = same_in_texts(known, mention, project.name)
    if not contradict(how, known.number, mention.number):
        return False
    for one, other in ((known, mention), (mention, known)):
        beside = (mention for mention in mentions(project) if mention.text is one.text)
        same = (item for item in beside if same_in_texts(item, other, project.name) == SAME)
        if any(agree(item.number, other.number) for item in same):
            return False
    return not (
        explained_by_parts(known, project, mention.quantity.low, mention.thing)
        or explained_by_parts(mention, project, known.quantity.low, known.thing)
    )


def both_measured(one: Mention, other: Mention, project: Project) -> bool:
    """Whether an indicator counts the thing of two mentions: then each is compared with it."""
    return any(
        same_thing(one, measure, project.name) and same_thing(other, measure, project.name)
        for measure in measures(project)
    )


def quoted(mention: Mention) -> str:
    """The clause around a quantity, as a message quotes it."""
    return around(mention.quantity)


def how_related(mention: Mention, one: Measure, project: Project) -> str:
    """How a mention's thing is related to an indicator's, if no other one fits as well."""
    how = same_thing(mention, one, project.name)
    if how in ("", SAME):
        return how  # as nearly always
    single = sum(measure.unit == one.unit for measure in measures(project)) == 1
    if how == KIND_OF and single and says_it_all(one.thing, mention.quantity):
        beside = [each for each in mentions(project) if each.text is mention.text]
        if sum(item.quantity.unit == one.unit for item in beside) == 1:
            return SAME
    promised = how == HAS_KIND and mention.quantity.operator in (*AT_LEAST, *AT_MOST)
    if not (how == KIND_OF or promised) or one.unit in lexicon.words("people"):
        return how
    nouns = {
        mention.thing.noun for mention in mentions(project) if mention.quantity.unit == one.unit
    }
    alone = len(nouns) == 1
    return SAME if alone and single else how


def settled_elsewhere(mention: Mention, one: Measure, project: Project) -> bool:
    """Whether another indicator of the same thing has the number, or parts explain it."""
    others = (measure for measure in measures(project) if measure is not one)
    same = (other for other in others if same_thing(mention, other, project.name) == SAME)
    if any(agree(mention.number, item.number) for item in same):
        return True
    kin = [
        measure.number.low
        for measure in measures(project)
        if measure is not one and measure.unit == one.unit and is_kin(measure.thing, one.thing)
    ]
    own, target = mention.quantity.low, one.number.low
    return add_up(own, target, kin) or explained_by_parts(mention, project, target, one.thing)
