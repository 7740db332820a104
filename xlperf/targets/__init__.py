"""The grammar of a target: operator, number or range, unit; or a date, choice, grades, words.

One parser for everything that asks what a target says. It never raises: what is no number, date,
choice or grade is text. The written text is kept; nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from xlperf.characters.numerals import chinese, from_chinese
from xlperf.targets.words import (
    all_units,
    answers,
    beginning,
    box,
    choices,
    count_in_words,
    date_pattern,
    grade_pattern,
    meaning,
    neat_text,
    pattern,
    suffixes,
    table,
    units,
    usual,
)

TargetKind = Literal[
    "number", "percent", "range", "date", "choice", "yes_no", "graded", "text", "blank"
]

LONGEST_TARGET = 80  # characters of what may be more than plain text
NUMBER_PATTERN = r"[+-]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|0|[1-9][0-9]{0,14})(?:\.[0-9]{1,8})?"
UNIT_PART = r"(?:[A-Za-z]{1,6}[²³]?|(?:[^\W\x00-\x7f]|[°℃㎡㎥]){1,8})"
UNIT_WORD = re.compile(rf"{UNIT_PART}(?:/{UNIT_PART})?")
AMOUNT = re.compile(f"({NUMBER_PATTERN})(.*)", re.DOTALL)
AT_LEAST_OPERATORS, AT_MOST_OPERATORS = ("≥", ">"), ("≤", "<")  # operators
NOUGHTS = frozenset("OoＯ〇")
SPLIT_NUMBER = re.compile(r"[0-9]\s+[0-9]")  # two numbers, which no blank may join


class Target(NamedTuple):
    """What a written target says. A single number is both `low` and `high`."""

    source_text: str
    kind: TargetKind
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
            return f"{format_decimal(self.low)}{between}{format_decimal(self.high)}{self.unit}"
        return f"{self.operator}{format_decimal(self.low)}{self.unit}"

    @property
    def values(self) -> tuple[object, ...]:
        """Kind, operator, ends, unit and words: equal for two targets that say the same."""
        return (self.kind, self.operator, self.low, self.high, self.unit, self.words)

    @property
    def is_percent(self) -> bool:
        """Whether its unit is a share: %, ‰ or percentage points."""
        return self.unit in units("percent")

    @property
    def is_time(self) -> bool:
        """Whether it is a date or a length of time."""
        return self.kind == "date" or self.unit in units("time")

    @property
    def yuan(self) -> Decimal | None:
        """A single sum of money in yuan; None if it is none, or one a head or a piece."""
        factor: int | None = table("units")["money"].get(self.unit)
        if factor is None or self.low is None or self.low != self.high:
            return None
        return self.low * factor


@lru_cache(maxsize=1 << 16)
def parse(source_text: str) -> Target:
    """What a written target says; any text has an answer."""
    return quick_target(source_text) or in_full(source_text)


def quick_target(source_text: str) -> Target | None:
    """A target of the usual shape, such as ≥90%, read by one pattern; None for any other shape."""
    match = usual().fullmatch(source_text)
    if match is None:
        return None
    sign, integer, decimals, unit = match.groups("")
    number = Decimal(integer + decimals)
    kind: TargetKind = "percent" if unit in units("percent") else "number"
    return Target(source_text, kind, source_text, sign, number, number, unit)


def in_full(source_text: str) -> Target:
    """What a written target says by the whole grammar."""
    text = neat_text(source_text)
    compact = "".join(text.split())
    if len(compact) > LONGEST_TARGET or (compact != text and SPLIT_NUMBER.search(text)):
        return Target(source_text, "text", text, words=text)
    compact = compact.rstrip(table("ends")["written"])
    if not compact or compact in table("blank")["written"]:
        return Target(source_text, "blank", text)
    for kind in (_choice, _graded, _date, _number, _range):
        target = kind(source_text, compact)
        if target is not None:
            twin = target.low is not None and _date(target.tidy, target.tidy)  # 1.0 of a month
            return Target(source_text, "text", text, words=text) if twin else target
    return Target(source_text, "text", text, words=text)


def format_decimal(number: Decimal) -> str:
    """A number's digits without needless noughts, never as 1E+2."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _choice(source_text: str, compact: str) -> Target | None:
    """Two sides, one of them perhaps ticked; one side alone is an answer."""
    bare, ticks = _boxes(compact) if box().search(compact) else (compact, [])
    bare = bare.lower()
    if bare in answers() and all(ticks):
        return Target(source_text, "yes_no", compact, words=bare)
    sides = choices().get(bare)
    if sides is None:
        return None
    if len(ticks) == 2 and sum(ticks) == 1:
        return Target(source_text, "yes_no", compact, words=sides[ticks.index(True)])
    return Target(source_text, "choice", compact, words="/".join(sides))


def _boxes(text: str) -> tuple[str, list[bool]]:
    """A text without its boxes, and of each box whether it is ticked."""
    marks = table("choices")
    for brackets, sign in marks["boxes"].items():
        text = text.replace(brackets, sign)
    signs = marks["ticked"] + marks["empty"]
    ticks = [sign in marks["ticked"] for sign in text if sign in signs]
    return "".join(sign for sign in text if sign not in signs), ticks


def _graded(source_text: str, compact: str) -> Target | None:
    match = grade_pattern().fullmatch(compact)
    if match is None:
        return None
    operator = "≥" if match[1] or match[3] else ""
    return Target(source_text, "graded", compact, operator, words=operator + match[2])


def _date(source_text: str, compact: str) -> Target | None:
    """A moment or a span of time, with “before” and what is to be finished by then."""
    text = pattern("dashed").sub(_dashed, compact)
    if not any(map(text.__contains__, table("patterns")["signs_of_a_date"])):
        return None
    text = pattern("leading_zero").sub("", text)
    span = pattern("range").search(text) is not None  # else a pattern of half the size will do
    match = date_pattern(span=span).fullmatch(text)
    if match is None:
        return None
    operator = "≤" if match["until"] or match["by"] else ""
    return Target(source_text, "date", compact, operator, words=text)


def _dashed(match: re.Match[str]) -> str:
    """2021-12-31 as it is printed; 2021.12 may be a number and stays."""
    if match["d"] is None and "." in match[0]:
        return match[0]
    parts = [match["y"], match["m"].lstrip("0"), (match["d"] or "").lstrip("0")]
    pairs = zip(parts, table("patterns")["dashed_read"], strict=True)
    return "".join(part + name for part, name in pairs if part)


def _number(source_text: str, compact: str) -> Target | None:
    for sign, core, before, after in _operators(compact):
        amount, unit = _amount(core)
        operator = _agreed(sign, before, after)
        if amount is not None and unit is not None and operator is not None:
            kind: TargetKind = "percent" if unit in units("percent") else "number"
            spelled = sign + before + _zeros(core) + after
            return Target(source_text, kind, spelled, operator, amount, amount, unit)
    return None


def _operators(compact: str) -> Iterable[tuple[str, str, str, str]]:
    """Sign, core, word before and word after: every way to take a text apart, longest first."""
    match = beginning("signs").match(compact)
    rest = compact[match.end() :] if match else compact
    sign = meaning("signs", match[0]) if match else ""
    before = beginning("prefixes", "soft_prefixes").match(rest)
    starts = [before[0], ""] if before else [""]
    ends = [end for end in suffixes() if rest.endswith(end)] if rest.endswith(suffixes()) else []
    for start in starts:
        for end in [*ends, ""]:
            yield sign, rest[len(start) : len(rest) - len(end)], start, end


def _agreed(sign: str, before: str, after: str) -> str | None:
    """The one operator that sign and words say, "" for none; None if they contradict each other."""
    meanings = [sign, meaning("prefixes", before), meaning("suffixes", after)]
    operators = {operator for operator in meanings if operator}
    if not operators:
        return meaning("soft_prefixes", before) or ""
    return operators.pop() if len(operators) == 1 else None


def _amount(core: str) -> tuple[Decimal | None, str | None]:
    """Number and unit, the number in digits or in words; None and None if it is no number."""
    if match := pattern("per_cent_in_words").fullmatch(core):
        integer = _in_words(match["number"])
        digits = "".join(str(from_chinese(sign)) for sign in match["after"] or "")
        return (None, None) if integer is None else (Decimal(f"{integer}.{digits}"), "%")
    if match := AMOUNT.fullmatch(_zeros(core)):
        return Decimal(match[1].replace(",", "")), _unit(match[2])
    if match := count_in_words().fullmatch(core):
        count = _in_words(match[1])
        return (None, None) if count is None else (Decimal(count), match[2])
    return None, None


def _zeros(core: str) -> str:
    """A scanned O or 〇 among digits is a nought; a full-width comma may group digits."""
    core = re.sub("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))", ",", core) if "，" in core else core
    if NOUGHTS.isdisjoint(core):
        return core
    match = re.match("[0-9][0-9OoＯ〇,.]*(?![A-Za-z])", core)
    if match is None or NOUGHTS.isdisjoint(match[0]):
        return core
    return re.sub("[OoＯ〇]", "0", match[0]) + core[match.end() :]


def _in_words(numeral: str) -> int | None:
    """The number of a numeral that is written as numerals are, up to 999.

    A one before tens and hundreds may be left out, or stand where it usually does not.
    """
    spelling = numeral.replace(table("patterns")["two"], chinese(2))
    number = from_chinese(spelling)
    if number is None or not 0 < number < 1000:
        return None
    usual, chinese_one, ten = chinese(number), chinese(1), chinese(10)
    is_usual = spelling == usual or chinese_one + spelling == usual
    is_free = usual.startswith(ten) and spelling == chinese_one + usual
    return number if is_usual or is_free else None


def _unit(text: str) -> str | None:
    """A unit as it is kept, "" for none; None if the text is no unit."""
    if not text or text in all_units():
        return text
    if match := re.fullmatch("[(（](.+)[)）]", text):
        text = match[1]
    text = str(table("units")["alike"].get(text, text))
    if text in all_units():
        return text
    if UNIT_WORD.fullmatch(text) is None or any(word in text for word in table("units")["never"]):
        return None
    return text


def _range(source_text: str, compact: str) -> Target | None:
    """Two numbers with a dash between, the unit at both or at the end; low before high."""
    match = _two_numbers().fullmatch(compact)
    if match is None:
        return None
    low, high = Decimal(match[1].replace(",", "")), Decimal(match[3].replace(",", ""))
    first, last = _unit(match[2]), _unit(match[4])
    if last is None or first not in ("", last) or low >= high:
        return None
    return Target(source_text, "range", compact, "", low, high, last)


@cache
def _two_numbers() -> re.Pattern[str]:
    between = table("patterns")["range"]
    return re.compile(rf"({NUMBER_PATTERN})(\D{{0,12}}?){between}({NUMBER_PATTERN})(\D{{0,12}})")
