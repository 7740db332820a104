"""Whether a target asks for anything: a word that no scale stands behind, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Indicator
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.directions import should_be_fast, unwanted, wanted_rate
from xlperf.rules.text.indicator_traits import is_bounded_ratio, is_count, is_satisfaction
from xlperf.rules.text.levels import second_level
from xlperf.rules.text.similarity import quoted_name
from xlperf.targets import Target, parse

SHORTEST_SENTENCE = 10  # characters of a sentence with a number in it
NONE_OF_IT = ("", "=", "≤", "≥")


@rule("VAL422", WARNING, source="88/quantified", of="graded text")
def grade_without_a_scale(indicator: Indicator) -> Iterator[Hit]:
    """A target is a single word such as "high" or "large", and nothing says what counts as that.

    **Why**: one reviewer's "high" is the other's "fair"; a grade can be used where its levels are
    described. Grades with a usual scale (excellent, qualified, satisfied) are left alone.
    **Bad**: health literacy of residents: high.
    **Good**: health literacy of residents ≥28%; or "high (above 28%), fair (20–28%), low".
    """
    target = parse(indicator.target)
    word = target.words.strip("。")
    graded = target.kind == "graded" and word in lexicon.words("grades_without_a_scale")
    vague = target.kind == "text" and word in lexicon.words("words_without_a_scale")
    if graded or vague:
        texts = (indicator.name, indicator.description)
        if not any(lexicon.holds(text, "scales") for text in texts):
            yield hit("target", name=quoted_name(indicator), target=shorten(target.source_text))


@rule("VAL423", WARNING, source="88/reasonable", of="number percent")
def nothing_planned(indicator: Indicator) -> Iterator[Hit]:
    """A target is nothing at all of something that is wanted.

    **Why**: nobody pays for training no one; mostly the number was never filled in. Faults,
    accidents, debts and the like, of which none is right, are left alone.
    **Bad**: persons trained: 0; satisfaction: 0.
    **Good**: persons trained ≥200; accidents =0.
    """
    target, name = parse(indicator.target), indicator.name
    if target.low != 0 or target.high != 0 or target.operator not in NONE_OF_IT:
        return
    if not _asked_elsewhere(name, target) and _cannot_be_zero(indicator):
        facts: Facts = {"target": shorten(target.source_text)}
        yield hit("target", name=quoted_name(indicator), **facts)


@rule("VAL424", WARNING, source="88/quantified", of="text")
def target_not_meant_exactly(indicator: Indicator) -> Iterator[Hit]:
    """A target gives no number that holds: about, some, several, or as the case may be.

    **Why**: 195 of "about 200" may be reached or not; a reviewer cannot score it.
    **Bad**: about 200 persons; some events.
    **Good**: ≥200 persons.
    """
    target = parse(indicator.target)
    match = lexicon.pattern("roughly").search(target.neat) if target.kind == "text" else None
    if match is not None:
        facts: Facts = {"target": shorten(target.source_text), "word": match[0]}
        yield hit("target", name=quoted_name(indicator), **facts)


def _cannot_be_zero(indicator: Indicator) -> bool:
    """Whether zero of it cannot be the aim: a satisfaction, a wanted rate, a quantity."""
    name = indicator.name
    if unwanted(name) or should_be_fast(name) or lexicon.holds(name, "of_what_may_be_none"):
        return False
    of_quantity = second_level(indicator) == "quantity"
    return is_satisfaction(name) or wanted_rate(name) or of_quantity


def _asked_elsewhere(name: str, target: Target) -> bool:
    """Whether VAL419 reports the target already."""
    is_measure = is_count(name) or is_satisfaction(name) or is_bounded_ratio(name)
    return target.operator == "≥" and is_measure


@rule("VAL426", INFO, source="88/sound-indicators")
def sentence_for_a_target(indicator: Indicator) -> Iterator[Hit]:
    """A target is a sentence with a number in it, not a value.

    **Why**: what is compared at the end of the year is the number; the sentence says how the work
    is done, and belongs to the description.
    **Bad**: "paid strictly by the standard of 1,000 yuan a head to those who are entitled".
    **Good**: "=1,000 yuan a head".
    """
    if len(indicator.target) < SHORTEST_SENTENCE:
        return  # as nearly all
    if lexicon.pattern("sentence_with_a_number").match("".join(indicator.target.split())):
        facts: Facts = {"target": shorten(indicator.target)}
        yield hit("target", name=quoted_name(indicator), **facts)
