"""Whether a text is written in the characters that are in use, traditional ones aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from xlperf.record import Department
from xlperf.rules.core import WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.message_facts import field_label, listed
from xlperf.rules.text.text_fields import passages_of, passages_with

WORTH_A_PATTERN = 100_000  # characters that are looked through: making a pattern takes as long
PAIRS_IN_MESSAGE = 8  # pairs of characters that a message names


@rule("TXT632", WARNING, source="88/accuracy", fix="unsafe")
def traditional_characters(department: Department) -> Iterator[Hit]:
    """A text has traditional characters in it.

    **Why**: the written language of offices is in simplified characters; searches and comparisons
    miss the others. Mostly they came from another source. The list holds only characters that no
    simplified text has; names keep theirs by an explanation.
    **Bad**: the old form of the character for "capital".
    **Good**: the simplified one.
    """
    text = passages_of(department).joined
    if not _has_one(text):
        return  # as nearly every document
    suspects = "".join(_usual().keys() & text)
    for passage in passages_with(department, re.compile(f"[{suspects}]")):
        signs = _traditional(passage.text)
        if signs:
            pairs = listed(
                f"“{traditional}”→“{usual}”" for traditional, usual in signs[:PAIRS_IN_MESSAGE]
            )
            facts: Facts = {"field": field_label(passage.path), "pairs": pairs, "count": len(signs)}
            mended = passage.text.translate(_usual_by_code())
            yield hit(*passage.path, **facts, fix=Fix(mended, safe=False))


def _has_one(text: str) -> bool:
    """Whether a text has any traditional character; a pattern tells ten times sooner."""
    if len(text) < WORTH_A_PATTERN:
        return not _usual().keys().isdisjoint(text)
    return _any().search(text) is not None


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_usual())}]")


def _traditional(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a traditional character in a text and the usual one, each pair once."""
    usual = _usual()
    return tuple((sign, usual[sign]) for sign in dict.fromkeys(text) if sign in usual)


@cache
def _usual() -> dict[str, str]:
    """Traditional to usual characters, from traditional.txt."""
    text = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    signs = "".join(lines)
    return dict(zip(signs[::2], signs[1::2], strict=True))


@cache
def _usual_by_code() -> dict[int, str]:
    return {ord(sign): usual for sign, usual in _usual().items()}
