"""Whether an explanation explains: it says something of its own, once, signed, of today's facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise

from xlperf.rules.profiles import SWITCHED_OFF, Profile
from xlperf.rules.text import lexicon
from xlperf.rules.waivers.finding_identity import squeezed
from xlperf.rules.waivers.matching import WaiverMatch

LEAST_SIGNS = 6  # Chinese characters of which an explanation has at least so many
LEAST_WORDS = 3  # of another language
OWN_SHARE = 0.25  # of an explanation's pairs of characters, at least so many are not the program's

WaiverTest = Callable[[WaiverMatch, Profile], bool]


def says_nothing(waived: WaiverMatch, _: Profile) -> bool:
    """Empty, one word, or made of stock phrases only."""
    return not says_something(waived.waiver.reason)


def says_something(reason: str) -> bool:
    """Whether anything is left of a text without its stock phrases."""
    text = squeezed(reason).lower()
    for phrase in sorted(lexicon.words("stock_explanations"), key=len, reverse=True):
        text = text.replace(phrase, "")
    signs = re.findall(r"[\u3400-\u9fff]", text)
    words = set(re.findall(r"[a-z]{2,}", reason.lower()))
    words -= set(lexicon.words("stock_words"))
    return (len(signs) >= LEAST_SIGNS and len(set(signs)) > LEAST_SIGNS / 2) or (
        len(words) >= LEAST_WORDS
    )


def repeats_the_rule(waived: WaiverMatch, _: Profile) -> bool:
    """Nearly every pair of characters is one of the program's own texts on this finding."""
    pairs = _pairs(waived.waiver.reason)
    program_pairs = {pair for text in waived.program_texts for pair in _pairs(text)}
    return bool(pairs) and len(pairs - program_pairs) < OWN_SHARE * len(pairs)


def _pairs(text: str) -> set[str]:
    """Neighbouring letters of a text, punctuation and figures aside."""
    return {a + b for a, b in pairwise(bare(text))}


def bare(reason: str) -> str:
    """The letters of a text: what is left when only numbers and punctuation are changed."""
    return re.sub(r"[\W\d_]", "", squeezed(reason).lower())


def is_copied(waived: WaiverMatch, profile: Profile) -> bool:
    """The same words explain many different findings."""
    return bool(waived.alike >= profile["same_explanation"])


def is_unsigned(waived: WaiverMatch, _: Profile) -> bool:
    """Nobody is named, or no day."""
    when = lexicon.pattern("day_of_explanation").search(waived.waiver.when)
    return not waived.waiver.who.strip() or when is None


def is_stale(waived: WaiverMatch, _: Profile) -> bool:
    """The facts have changed since."""
    return waived.stale


FAULTS: dict[str, WaiverTest] = {
    "WAI901": says_nothing,
    "WAI902": repeats_the_rule,
    "WAI903": is_copied,
    "WAI904": is_unsigned,
    "WAI905": is_stale,
}


def faults(waived: WaiverMatch, profile: Profile) -> list[str]:
    """The codes of the rules that an explanation breaks, but those that are off; [] if adequate."""
    return [
        code
        for code, fault in FAULTS.items()
        if profile.severity(code, "warning") != SWITCHED_OFF and fault(waived, profile)
    ]


def is_copy_of(waived: Iterable[tuple[WaiverMatch, Collection[str]]]) -> dict[int, int]:
    """For each explanation's position how many different matters it was given for.

    A matter is a rule in one project; the same rule in several rows of a project is one matter.
    """
    met: dict[str, set[tuple[str, ...]]] = {}
    listed = list(waived)
    for match, matter in listed:
        met.setdefault(bare(match.waiver.reason), set()).add(tuple(matter))
    return {match.position: len(met[bare(match.waiver.reason)]) for match, _ in listed}
