"""Whether a target can be read, and does not contradict itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlperf.record import Indicator
from xlperf.rules.core import ERROR, Hit, hit, rule
from xlperf.rules.message_facts import shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.similarity import quoted_name
from xlperf.targets import AT_LEAST_OPERATORS, parse


@rule("VAL411", ERROR, source="88/sound-indicators", of="text")
def target_contradicts_itself(indicator: Indicator) -> Iterator[Hit]:
    """A target cannot be read: signs that contradict each other or stand twice, a sign without a
    number, a span from more to less, two numbers or two dates for one thing.

    **Why**: nobody can score it; only what contradicts itself is reported, other words are not.
    **Bad**: "≥90% or less"; "≥"; "95%-90%"; "≥32 km, ≥30 km".
    **Good**: "≥90%"; "90%-95%".
    """
    target = parse(indicator.target)
    if _contradicts(target.neat):
        yield hit("target", name=quoted_name(indicator), target=shorten(target.source_text))


def _contradicts(text: str) -> bool:
    """Whether a target has a sign without number, a falling range, or "≥" with "at most"."""
    compact = "".join(text.split())
    number = r"[0-9]+(?:\.[0-9]+)?"
    unit = r"[^0-9，,；;。]{0,6}"
    if re.fullmatch(rf"[≥≤=<>]+{unit}?", compact) and not re.search("[\u4e00-\u9fff]", compact):
        return True
    if match := re.fullmatch(rf"({number})({unit})[-~～—]({number})({unit})", compact):
        return (
            bool(match[4]) and match[2] in ("", match[4]) and Decimal(match[1]) > Decimal(match[3])
        )
    if lexicon.pattern("sign_twice").search(compact) or _two_for_one(compact):
        return True
    bounded = re.fullmatch(rf"([≥≤<>]){number}{unit}", compact)
    at_least = compact.endswith(lexicon.words("at_least_at_the_end"))
    at_most = compact.endswith(lexicon.words("at_most_at_the_end"))
    return bool(bounded) and (at_most if compact[0] in AT_LEAST_OPERATORS else at_least)


def _two_for_one(compact: str) -> bool:
    """Whether a target is two numbers of one unit with one sign, or two dates, and nothing else."""
    two = lexicon.pattern("two_numbers").fullmatch(compact)
    same = two is not None and two["first"] == two["second"]
    return same or lexicon.pattern("two_dates").fullmatch(compact) is not None
