"""What is told of a target that is no number, in the words of the measures: met, in part, not met.

10\u53f7 (content as generally known): 100 to 80 percent of the points for what was met, 80 to 60
for what was met in part, 60 to none for what was not. Where the bands lie differs by place, so
that they stand in the profile. Proposed is the whole for what was met, and the middle of its band
for the others: people know better, and write their own score.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlperf.rules.text import lexicon
from xlperf.targets import parse
from xlperf.targets.words import table

# lists of words, the best first
MEASURE_WORDS = ("words_met", "words_met_in_part", "words_not_met")
MEASURE_MET, IN_PART, NOT_MET = range(len(MEASURE_WORDS))


def step_of(completed: str) -> int | None:
    """Which of the measures' words it is: `MEASURE_MET`, `IN_PART`, `NOT_MET`; None for others."""
    bare = bare_words(completed)
    return next((n for n, name in enumerate(MEASURE_WORDS) if bare in lexicon.words(name)), None)


def bare_words(text: str) -> str:
    """A text without blanks and the marks at its end, look-alikes mended."""
    return "".join(parse(text).neat.split()).rstrip(table("ends")["written"])


def band_of(step: int, bands: Sequence[int]) -> tuple[int, int]:
    """The band of a step in percent of the points, from low to high.

    `bands`: where they meet, from the profile: 0, 60, 80, 100.
    """
    above = len(bands) - 1 - step
    return bands[above - 1], bands[above]


def points_of(step: int, bands: Sequence[int]) -> Decimal:
    """The percent of the points that are proposed for a step."""
    low, high = band_of(step, bands)
    return Decimal(high) if step == MEASURE_MET else Decimal(low + high) / 2
