"""What a number with its unit looks like in a text."""

from __future__ import annotations

import re
from functools import cache

from xlperf.rules.text import lexicon
from xlperf.targets.words import any_of, table

PERCENT_SIGN = "%"


@cache
def _units() -> tuple[str, ...]:
    """Every unit that a number in a text may have."""
    kinds = table("units")
    durations = [unit for unit in kinds["time"] if unit not in lexicon.words("dates_only")]
    count_units = (*kinds["known"], *lexicon.words("more_units"), *durations)
    return (*count_units, *lexicon.table("money_units"), PERCENT_SIGN)


def _first_signs_of_units() -> str:
    return re.escape("".join(sorted({unit[0] for unit in _units()})))


@cache
def counting() -> re.Pattern[str]:
    """What every quantity has: the end of a number before the first sign of a unit."""
    roughly = lexicon.source("roughly_in_text")
    numerals = lexicon.words("signs_of_numerals")[0]
    return re.compile(f"[{numerals}](?:{roughly})?[{_first_signs_of_units()}]")


@cache
def quantity_pattern() -> re.Pattern[str]:
    """A number or a range with its unit. Groups: low, first_by, high, by, unit."""
    digits, numeral = lexicon.source("number_in_text"), lexicon.source("numeral_in_text")
    by, between = lexicon.source("multiple_in_text"), lexicon.source("range_in_text")
    number = f"{digits}|{numeral}"
    # a sign of range stands before the second number: these look-behinds would always hold
    second = number.replace("(?<![0-9.A-Za-z])", "").replace("(?<![0-9.,A-Za-z])", "")
    unit = f"(?=[{_first_signs_of_units()}]){any_of(_units())}"
    roughly = lexicon.source("roughly_in_text")
    return re.compile(
        f"(?P<low>{number})(?:(?P<first_by>{by})(?:{unit})?(?:{between})"
        f"(?P<high>{second}))?(?P<by>{by})(?:{roughly})?(?P<unit>{unit})"
    )
