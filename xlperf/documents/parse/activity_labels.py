"""The labels inside an activity: the words for its goal and its indicators, and a colon."""

from __future__ import annotations

import re
from functools import cache

from xlperf.documents.parse.numbering import NUMBER_STYLES
from xlperf.documents.words import words

GOAL, INDICATORS_PART = "goal", "indicators"


def label_of(text: str) -> tuple[str, int] | None:
    """Whether a line is labelled as a goal or as indicators, and where the label ends."""
    for part in (GOAL, INDICATORS_PART):
        if match := _label(part).match(text):
            return part, match.end()
    return None


def is_goal(text: str) -> bool:
    """Whether a line is labelled as a goal."""
    label = label_of(text)
    return label is not None and label[0] == GOAL


@cache
def _label(part: str) -> re.Pattern[str]:
    ways = "|".join(re.escape(way) for way in words("activity", part))
    number = "|".join(re.sub(r"\?P<\w+>", "?:", style) for style in NUMBER_STYLES.values())
    return re.compile(rf"(?:{number})?\s*(?:{ways})\s*(?:[:：]|$)")
