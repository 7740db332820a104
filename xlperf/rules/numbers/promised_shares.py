"""The shares in percent that the texts of a project promise, and whose indicator each is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlperf.record import Project
from xlperf.rules.memo import once
from xlperf.rules.numbers.quantities import SHARE, Quantity
from xlperf.rules.numbers.texts_with_numbers import numbers_of
from xlperf.rules.numbers.things import clause_before
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import NOT_CHINESE, ProjectText, Share
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS, Target

SHORTEST_SHARE_NAME, LONGEST_SHARE_NAME = 2, 24  # characters of the name of a share
WHOLE_SHARE = 100
# of the rest, what a target that is a little stricter leaves of it
STRICTER_RATIO = Decimal("0.75")
LONGEST_UNSURE_NAME = 2  # characters of a name beyond which its end tells it


@once
def promised_shares(project: Project) -> tuple[tuple[ProjectText, Share], ...]:
    """Every share that name, purpose and goals promise for this year, with what it is of."""
    return tuple(
        [
            (text, share)
            for text, numbers in numbers_of(project)
            for quantity in numbers
            if quantity.unit == SHARE
            and is_promise(quantity, project.year)
            and (share := share_named(quantity))
        ]
    )


def is_promise(quantity: Quantity, year: int | None) -> bool:
    """Whether it is planned for `year`, and no part of another number."""
    return quantity.is_planned and not quantity.is_part and quantity.year in (0, year)


def share_named(quantity: Quantity) -> Share | None:
    """A share with the Chinese words that lead to it; None if there are none."""
    head = quantity.head.rstrip("≥≤=<>")
    lead = NOT_CHINESE.split(head[-LONGEST_SHARE_NAME:])[-1]
    name = lexicon.pattern("before_a_share").sub("", lead)
    if not name:
        begin = quantity.clause[0]  # from 95% to 98%, or: up by 5 points, to 75%
        within = lexicon.pattern("compared_with").split(quantity.head)[0]
        lead = (within if within != quantity.head else clause_before(quantity.text, begin)) + lead
        name = lexicon.pattern("before_a_share").sub("", lead)
    if len(lead) < SHORTEST_SHARE_NAME:
        return None
    if name.endswith(lexicon.words("is_a_share")):
        name += lexicon.words("of_a_whole")[0]  # takes up 60%: is the share called so
    ends = (lexicon.pattern(f"at_{way}_after").match(quantity.tail) for way in ("least", "most"))
    after = next((end[0] for end in ends if end), "")
    passage = lead + quantity.head[len(head) :] + quantity.source_text + after
    return Share(name, quantity.low, passage, quantity.operator)


def disagree(share: Share, target: Target) -> bool:
    """Whether a share that a text promises and a target in percent cannot both be meant.

    A target may be a little stricter than the text: who reaches it reaches what the text says.
    The same number is another promise where the one is a floor and the other a ceiling.
    """
    floors, ceilings = share.operator in AT_LEAST_OPERATORS, share.operator in AT_MOST_OPERATORS
    if share.number in (target.low, target.high):
        return (floors and target.operator in AT_MOST_OPERATORS) or (
            ceilings and target.operator in AT_LEAST_OPERATORS
        )
    low, number = target.low, share.number
    if low is None or target.low != target.high:
        return True
    if target.operator in AT_LEAST_OPERATORS and not ceilings and number < low:
        return WHOLE_SHARE - low < STRICTER_RATIO * (WHOLE_SHARE - number)
    if target.operator in AT_MOST_OPERATORS and not floors and low < number:
        return low < STRICTER_RATIO * number
    return True


def is_share_of(phrase: str, name: str, names: Sequence[str]) -> bool:
    """Whether a phrase of a text names the share of an indicator's name, one of several names."""
    if phrase[-1:] == name[-1:]:  # else neither is an end of the other, nor abridged
        if len(name) > LONGEST_UNSURE_NAME and phrase.endswith(name):
            return True
        if len(phrase) > LONGEST_UNSURE_NAME and name.endswith(phrase):
            return True
        if _is_abridged(*sorted((phrase, name), key=len)):
            return True
    are_satisfactions = _is_satisfaction(phrase) and _is_satisfaction(name)
    return (
        are_satisfactions and _is_anybodys(phrase, name) and sum(map(_is_satisfaction, names)) == 1
    )


def _is_abridged(short: str, long: str) -> bool:
    """Whether a name is another one with words left out of its middle."""
    if (
        short[:LONGEST_UNSURE_NAME] != long[:LONGEST_UNSURE_NAME]
        or short[-LONGEST_UNSURE_NAME - 1 :] != long[-LONGEST_UNSURE_NAME - 1 :]
    ):
        return False
    rest = iter(long)
    return len(short) > 2 * LONGEST_UNSURE_NAME and all(sign in rest for sign in short)


def _is_satisfaction(name: str) -> bool:
    return name.endswith(lexicon.words("satisfied"))


def _is_anybodys(phrase: str, name: str) -> bool:
    """Whether of two satisfactions one is of nobody in particular."""
    ends = lexicon.words("satisfied")
    whose = [text[: -len(end)] for text in (phrase, name) for end in ends if text.endswith(end)]
    return any(item in lexicon.words("anybody") for item in whose)
