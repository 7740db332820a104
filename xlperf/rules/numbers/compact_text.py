"""A text as it is read for quantities and dates, and as it is quoted afterwards."""

from __future__ import annotations

import re
from decimal import Decimal

from xlperf.characters.numerals import number_in_words
from xlperf.rules.text import lexicon
from xlperf.rules.text.width_folding import compact

REMARK_OPENING, REMARK_CLOSING = "\u2768", "\u2769"  # brackets around a remark without a number
WIDENED_SIGNS = re.compile("[(),:;](?![0-9])|[,:;(](?<=[^0-9].)")  # but those of 1,200 and 9:30
TO_WIDE = 0xFEE0
PER_THOUSAND = "‰"
REMARK = re.compile(r"\(([^()0-9]{1,12})\)")


def to_be_read(text: str) -> str:
    """A compact text in which shares are in digits, and remarks in brackets end no clause."""
    text = compact(text)
    if lexicon.words("per_cent")[0] in text:
        text = lexicon.pattern("per_cent_in_words").sub(_in_digits, text)
    if PER_THOUSAND in text:
        text = lexicon.pattern("per_thousand").sub(_in_per_cent, text)
    return REMARK.sub(_without_end, text) if "(" in text else text


def as_printed(text: str) -> str:
    """A part of a text that was read as it is quoted: with the marks of Chinese print."""
    text = text.replace(REMARK_OPENING, "(").replace(REMARK_CLOSING, ")")
    return WIDENED_SIGNS.sub(lambda match: chr(ord(match[0]) + TO_WIDE), text)


def _without_end(match: re.Match[str]) -> str:
    """A remark in brackets that end no clause."""
    return f"{REMARK_OPENING}{match[1]}{REMARK_CLOSING}"


def _in_digits(match: re.Match[str]) -> str:
    number = number_in_words(match[0][match.start("whole") - match.start() :])
    if number is None:
        return match[0]
    share = number.scaleb(-lexicon.words("per_cents").index(match["of"]))
    return f"{share.normalize():f}%"


def _in_per_cent(match: re.Match[str]) -> str:
    return f"{Decimal(match[0][:-1]).scaleb(-1).normalize():f}%"
