"""The grammar of a target: operator, number or range, unit; or a date, choice, grades, words.

One parser for everything that asks what a target says. It never raises: what is no number, date,
choice or grade is text. The written text is kept; nothing here judges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from xlperf.numerals import chinese, from_chinese
from xlperf.target_words import (
    answers,
    any_of,
    characters,
    date_pattern,
    flat,
    meaning,
    sides_of_choices,
    table,
)

Kind = Literal["number", "percent", "range", "date", "choice", "yes_no", "graded", "text", "blank"]

LONGEST = 80  # characters of what may be more than plain text
NUMBER = r"[+-]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|0|[1-9][0-9]{0,14})(?:\.[0-9]{1,8})?"
WORD = r"(?:[A-Za-z]{1,6}[²³]?|(?:[^\W\x00-\x7f]|[°℃㎡㎥]){1,8})"
UNIT = rf"{WORD}(?:/{WORD})?"


@dataclass(frozen=True, slots=True)
class Target:
    """What a written target says. A single number is both `low` and `high`."""

    written: str
    kind: Kind
    neat: str  # the same words without stray blanks, full-width digits and look-alikes
    operator: str = ""  # ≥ ≤ = > < or none
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    words: str = ""  # of a date, choice, answer, grade or text

    @property
    def tidy(self) -> str:
        """The one way of spelling it: `≥90%`, `80%～90%`."""
        if self.low is None or self.high is None:
            return self.words
        if self.kind == "range":
            between = "%～" if self.unit == "%" else "～"
            return f"{plain(self.low)}{between}{plain(self.high)}{self.unit}"
        return f"{self.operator}{plain(self.low)}{self.unit}"

    @property
    def values(self) -> tuple[object, ...]:
        """All it says, without how it was written."""
        return (self.kind, self.operator, self.low, self.high, self.unit, self.words)

    @property
    def is_percent(self) -> bool:
        """Whether its unit is a share: %, ‰ or percentage points."""
        return self.unit in table("units")["percent"]

    @property
    def is_time(self) -> bool:
        """Whether it is a date or a length of time."""
        return self.kind == "date" or self.unit in table("units")["time"]

    @property
    def yuan(self) -> Decimal | None:
        """A single sum of money in yuan; None if it is none, or one a head or a piece."""
        factor: int | None = table("units")["money"].get(self.unit)
        if factor is None or self.low is None or self.low != self.high:
            return None
        return self.low * factor


@lru_cache(maxsize=8192)
def parse(written: str) -> Target:
    """What a written target says; any text has an answer."""
    text = _neat_text(written)
    compact = "".join(text.split())
    if len(compact) > LONGEST or re.search(r"[0-9]\s+[0-9]", text):
        return Target(written, "text", text, words=text)
    compact = compact.rstrip(table("ends")["written"])
    if not compact or compact in table("blank")["written"]:
        return Target(written, "blank", text)
    for kind in (_choice, _graded, _date, _number, _range):
        found = kind(written, compact)
        if found is not None:
            twin = found.low is not None and _date(found.tidy, found.tidy)  # 1.0 of a month
            return Target(written, "text", text, words=text) if twin else found
    return Target(written, "text", text, words=text)


def plain(number: Decimal) -> str:
    """A number's digits without needless noughts, never as 1E+2."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _neat_text(written: str) -> str:
    """Signs mended, invisible ones and blank lines dropped, blanks beside Chinese closed up."""
    seen = written.translate(characters())
    lines = ["".join(map(_visible, line)).strip() for line in seen.splitlines()]
    lines = [re.sub(r"\s+", " ", line) for line in lines if line]
    return "\n".join(re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", line) for line in lines)


def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    return "" if category == "Cf" or (category == "Cc" and not sign.isspace()) else sign


def _choice(written: str, compact: str) -> Target | None:
    """Two sides, one of them perhaps ticked; one side alone is an answer."""
    known, text = table("choices"), compact
    for brackets, box in known["boxes"].items():
        text = text.replace(brackets, box)
    boxes = [sign for sign in text if sign in known["ticked"] + known["empty"]]
    bare = "".join(sign for sign in text if sign not in boxes).lower()
    if bare in answers() and all(box in known["ticked"] for box in boxes):
        return Target(written, "yes_no", compact, words=bare)
    for sides in sides_of_choices():
        if re.fullmatch(f"{sides[0]}{any_of(known['between'])}?{sides[1]}", bare):
            ticked = [box in known["ticked"] for box in boxes]
            if len(ticked) == 2 and sum(ticked) == 1:
                return Target(written, "yes_no", compact, words=sides[ticked.index(True)])
            return Target(written, "choice", compact, words="/".join(sides))
    return None


def _graded(written: str, compact: str) -> Target | None:
    grade, between = (any_of(table("grades")[name]) for name in ("words", "between"))
    above = any_of(table("suffixes")["≥"])
    found = re.fullmatch(f"(≥|)({grade}(?:{between}?{grade})*)({above}|)", compact)
    if found is None:
        return None
    operator = "≥" if found[1] or found[3] else ""
    return Target(written, "graded", compact, operator, words=operator + found[2])


def _date(written: str, compact: str) -> Target | None:
    """A moment or a span of time, with “before” and what is to be finished by then."""
    patterns = table("patterns")
    text = re.sub(patterns["dashed"], _dashed, compact)
    text = re.sub(patterns["leading_zero"], "", text)
    found = date_pattern().fullmatch(text)
    if found is None:
        return None
    operator = "≤" if found["until"] or found["by"] else ""
    return Target(written, "date", compact, operator, words=text)


def _dashed(found: re.Match[str]) -> str:
    """2021-12-31 as it is printed; 2021.12 may be a number and stays."""
    if found["d"] is None and "." in found[0]:
        return found[0]
    parts = [found["y"], found["m"].lstrip("0"), (found["d"] or "").lstrip("0")]
    named = zip(parts, table("patterns")["dashed_read"], strict=True)
    return "".join(part + name for part, name in named if part)


def _number(written: str, compact: str) -> Target | None:
    for sign, core, before, after in _operators(compact):
        amount, unit = _amount(core)
        operator = _agreed(sign, before, after)
        if amount is not None and unit is not None and operator is not None:
            kind: Kind = "percent" if unit in table("units")["percent"] else "number"
            spelled = sign + before + _zeros(core) + after
            return Target(written, kind, spelled, operator, amount, amount, unit)
    return None


def _operators(compact: str) -> Iterable[tuple[str, str, str, str]]:
    """Sign, core, word before and word after: every way to take a text apart, longest first."""
    found = re.match(any_of(flat("signs")), compact)
    rest = compact[found.end() :] if found else compact
    sign = meaning("signs", found[0]) if found else ""
    before = re.match(any_of([*flat("prefixes"), *flat("soft_prefixes")]), rest)
    starts = [before[0], ""] if before else [""]
    ends = [end for end in sorted(flat("suffixes"), key=len, reverse=True) if rest.endswith(end)]
    for start in starts:
        for end in [*ends, ""]:
            yield str(sign), rest[len(start) : len(rest) - len(end)], start, end


def _agreed(sign: str, before: str, after: str) -> str | None:
    """The one operator that sign and words say; None if they contradict each other."""
    said = [sign, meaning("prefixes", before), meaning("suffixes", after)]
    operators = {operator for operator in said if operator}
    if not operators:
        return meaning("soft_prefixes", before) or ""
    return operators.pop() if len(operators) == 1 else None


def _amount(core: str) -> tuple[Decimal | None, str | None]:
    """Number and unit, the number in digits or in words; None and None if it is no number."""
    units, patterns = table("units"), table("patterns")
    if found := re.fullmatch(patterns["per_cent_in_words"], core):
        whole = _in_words(found["number"])
        digits = "".join(str(from_chinese(sign)) for sign in found["after"] or "")
        return (None, None) if whole is None else (Decimal(f"{whole}.{digits}"), "%")
    if found := re.fullmatch(f"({NUMBER})(.*)", _zeros(core), re.DOTALL):
        return Decimal(found[1].replace(",", "")), _unit(found[2])
    known = any_of([*units["known"], *units["time"], *units["money"]])
    if found := re.fullmatch(f"({patterns['count_in_words']})({known})", core):
        count = _in_words(found[1])
        return (None, None) if count is None else (Decimal(count), found[2])
    return None, None


def _zeros(core: str) -> str:
    """A scanned O or 〇 among digits is a nought; a full-width comma may group digits."""
    core = re.sub("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))", ",", core)
    found = re.match("[0-9][0-9OoＯ〇,.]*(?![A-Za-z])", core)
    if found is None or not re.search("[OoＯ〇]", found[0]):
        return core
    return re.sub("[OoＯ〇]", "0", found[0]) + core[found.end() :]


def _in_words(numeral: str) -> int | None:
    """The number of a numeral that is written as numerals are, up to 999; a leading one is free."""
    written = numeral.replace(table("patterns")["two"], chinese(2))
    number = from_chinese(written)
    if number is None or not 0 < number < 1000:
        return None
    usual, one = chinese(number), chinese(1)
    return number if written in (usual, one + usual) or one + written == usual else None


def _unit(text: str) -> str | None:
    """A unit as it is kept, "" for none; None if the text is no unit."""
    units = table("units")
    if found := re.fullmatch("[(（](.+)[)）]", text):
        text = found[1]
    text = str(units["alike"].get(text, text))
    if text in ("", *units["percent"], *units["known"], *units["time"], *units["money"]):
        return text
    if re.fullmatch(UNIT, text) is None or any(word in text for word in units["never"]):
        return None
    return text


def _range(written: str, compact: str) -> Target | None:
    """Two numbers with a dash between, the unit at both or at the end; low before high."""
    between = table("patterns")["range"]
    found = re.fullmatch(rf"({NUMBER})(\D{{0,12}}?){between}({NUMBER})(\D{{0,12}})", compact)
    if found is None:
        return None
    low, high = Decimal(found[1].replace(",", "")), Decimal(found[3].replace(",", ""))
    first, last = _unit(found[2]), _unit(found[4])
    if last is None or first not in ("", last) or low >= high:
        return None
    return Target(written, "range", compact, "", low, high, last)
