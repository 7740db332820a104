"""The words of the target grammar, read once and made ready; they are in targets.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from xlperf.toml_entries import tables_of


@cache
def _words() -> dict[str, Any]:
    text = Path(__file__).with_name("targets.toml").read_text(encoding="utf-8")
    return tables_of(text)


def table(name: str) -> Mapping[str, Any]:
    """A table of targets.toml by its name; KeyError if the file has none of that name."""
    words: Mapping[str, Any] = _words()[name]
    return words


@cache
def characters() -> dict[int, int]:
    """Code points of look-alike characters to those that are meant, for `str.translate`."""
    pairs = table("characters")
    return {ord(a): ord(b) for a, b in zip(pairs["written"], pairs["read"], strict=True)}


@cache
def flat(name: str) -> tuple[str, ...]:
    """All words of a table of lists, as one list in the order of the file."""
    return tuple(word for words in table(name).values() for word in words)


def meaning(name: str, word: str) -> str:
    """The operator a word stands for, "" if it stands for none."""
    return _meanings(name).get(word, "") if word else ""


@cache
def _meanings(name: str) -> dict[str, str]:
    """Every word of a table of lists to the first operator that it stands for."""
    pairs = [(word, operator) for operator, words in table(name).items() for word in words]
    return dict(reversed(pairs))


@cache
def units(name: str) -> frozenset[str]:
    """The units of a kind, for asking whether a text is one of them."""
    return frozenset(table("units")[name])


@cache
def all_units() -> frozenset[str]:
    """Every unit that is known."""
    return units("known") | units("time") | units("money") | units("percent")


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A regular expression of the table `patterns` in targets.toml, compiled once."""
    return re.compile(table("patterns")[name])


@cache
def beginning(*names: str) -> re.Pattern[str]:
    """A pattern of any word of these tables of lists; for `match`, at a text's beginning."""
    return re.compile(any_of(word for name in names for word in flat(name)))


@cache
def suffixes() -> tuple[str, ...]:
    """The operators after a number, the longest first."""
    return tuple(sorted(flat("suffixes"), key=len, reverse=True))


@cache
def look_alike() -> re.Pattern[str]:
    """A pattern of any one look-alike character, which `characters` can mend."""
    return re.compile("[" + re.escape(table("characters")["written"]) + "]")


def neat_text(text: str) -> str:
    """Signs mended, invisible ones and blank lines dropped, blanks beside Chinese closed up."""
    mended = text.translate(characters()) if look_alike().search(text) else text
    if mended.isprintable() and " " not in mended:
        return mended  # nothing invisible and no blank, as in most targets
    lines = ["".join(map(_visible, line)).strip() for line in mended.splitlines()]
    lines = [re.sub(r"\s+", " ", line) for line in lines if line]
    return "\n".join(re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", line) for line in lines)


def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    return "" if category == "Cf" or (category == "Cc" and not sign.isspace()) else sign


@cache
def sides_of_choices() -> tuple[tuple[str, str], ...]:
    """The two sides of every known choice, in both orders."""
    pairs = [tuple(pair) for pair in table("choices")["pairs"]]
    return tuple(sides for first, second in pairs for sides in ((first, second), (second, first)))


@cache
def answers() -> frozenset[str]:
    """Every side of a known choice: alone, it is an answer."""
    return frozenset(side for sides in sides_of_choices() for side in sides)


@cache
def choices() -> dict[str, tuple[str, str]]:
    """Every spelling of a choice, such as "yes/no" in two ways, to its two sides in that order."""
    ways: dict[str, tuple[str, str]] = {}
    for first, second in sides_of_choices():
        for between in ("", *table("choices")["between"]):
            ways.setdefault(first + between + second, (first, second))
    return ways


@cache
def box() -> re.Pattern[str]:
    """A pattern of one box, ticked or empty, as a sign or as a pair of brackets."""
    signs = table("choices")
    return re.compile(any_of((*signs["ticked"], *signs["empty"], *signs["boxes"])))


@cache
def grade_pattern() -> re.Pattern[str]:
    """A pattern of grades: ≥ or none (group 1), the grades (2), “and above” or nothing (3)."""
    grade, between = (any_of(table("grades")[name]) for name in ("words", "between"))
    above = any_of(table("suffixes")["≥"])
    return re.compile(f"(≥|)({grade}(?:{between}?{grade})*)({above}|)")


@cache
def count_in_words() -> re.Pattern[str]:
    """A pattern of a count in Chinese numerals (group 1) and a known unit (group 2)."""
    unit = any_of([word for kind in ("known", "time", "money") for word in table("units")[kind]])
    return re.compile(f"({table('patterns')['count_in_words']})({unit})")


@cache
def usual() -> re.Pattern[str]:
    """A pattern of most targets. Groups: sign or "", whole number, decimals or "", known unit."""
    kinds = ("percent", "known", "money")  # with a unit of time it may be a date
    unit = any_of(unit for kind in kinds for unit in table("units")[kind])
    signs = "".join(table("signs"))
    return re.compile(f"([{signs}]?)(0|[1-9][0-9]{{0,14}})(\\.[0-9]{{1,8}})?({unit})")


@cache
def date_pattern(*, span: bool) -> re.Pattern[str]:
    """A moment or, with `span`, also a span of time; groups `until` and `by`: “at the latest”."""
    parts = table("patterns")
    year, month, day, within = (parts[name] for name in ("year", "month", "day", "within"))
    in_year = f"(?:{month}(?:{day}|{within})?|{parts['quarter']})"
    moment = f"(?:{year}(?:{in_year}|{within})?|{in_year}|{day}(?={parts['by']}))"
    short = f"(?:(?:19|20)[0-9]{{2}}|1[0-2]|0?[1-9])(?={parts['range']})"
    since = f"(?:(?:{moment}|{short}){parts['range']})?" if span else ""
    return re.compile(
        f"(?P<until>{parts['until']})?{since}{moment}(?P<by>{parts['by']})?{parts['finish']}"
    )
