"""What messages say: facts whose words are chosen when they are shown, in the user's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Self

from xlperf.paths import RecordPath
from xlperf.record import Project
from xlperf.targets import format_decimal
from xlperf.wording import has, say

LONGEST_QUOTE = 40
ITEMS = {
    "projects": "project",
    "activities": "activity",
    "units": "unit",
    "indicators": "indicator",
    "stages": "stage",
}
NTH_WORDS = "rule_part.nth_"  # words for what has no name
NOUNS = f"{NTH_WORDS}nouns"  # what such a thing is called before its name, as a pattern


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the wording files, said when the message is shown."""

    key: str
    number: int = 0

    def __str__(self) -> str:
        return say(self.key, n=self.number) if has(self.key) else self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class FactList:
    """Several facts in a row, with the language's own comma or its word for “or”."""

    items: tuple[object, ...]
    between: str = "comma"

    def __str__(self) -> str:
        return say(f"rule_part.{self.between}").join(str(item) for item in self.items)

    def __repr__(self) -> str:
        return f"Listed(items={self.items!r}, between={self.between!r})"  # in SARIF fingerprints


@dataclass(frozen=True, slots=True)
class Named:
    """What a message calls a part of a list by its name: the indicator “…”."""

    key: str
    name: object

    def __str__(self) -> str:
        return str(self.name) if isinstance(self.name, Word) else say(self.key, name=self.name)


def field_label(path: RecordPath) -> Word:
    """What a part of the record is called: its keys without positions."""
    keys = [str(step) for step in path if not isinstance(step, int)]
    return Word("field." + "/".join(keys))


def place_label(path: RecordPath) -> str:
    """A place of the record in words: the field, and of which project, activity or unit it is."""
    item = ""
    for above, step in pairwise(path):
        if above in ITEMS and isinstance(step, int):
            inner = str(Word(f"{NTH_WORDS}{ITEMS[str(above)]}", step + 1))
            item = say("rule_part.item_of", item=inner, whole=item) if item else inner
    if not item:
        return say("rule_part.quoted", field=field_label(path))
    if isinstance(path[-1], int):
        return item
    return say("rule_part.of", item=item, field=field_label(path))


def label(name: str, path: RecordPath, kind: str) -> str | Word:
    """What a part of a list is called: its name, or its number where it has none."""
    position = path[-1]
    number = position + 1 if isinstance(position, int) else 0
    return shorten(name) if name else Word(f"rule_part.nth_{kind}", number)


def without_quotes(sentence: str, facts: Iterable[object]) -> str:
    """A sentence in which what has no name is called by its number, once and without quotes."""
    for fact in facts:
        if isinstance(fact, Word) and fact.key.startswith(NTH_WORDS):
            noun = rf"(?:(?<![\u4e00-\u9fff])(?:{say(NOUNS)}) ?)?"
            sentence = re.sub(f"{noun}“{re.escape(str(fact))}”", str(fact), sentence)
            sentence = sentence[:1].upper() + sentence[1:]
    return sentence


def project_label(project: Project) -> str | Word:
    """What a project is called: its name, its code, or its number in the document."""
    return label(project.name or project.code, project.path, "project")


def listed(items: Iterable[object]) -> FactList:
    """Several facts in a row."""
    return FactList(tuple(items))


def either(items: Iterable[object]) -> FactList:
    """Several facts of which one holds."""
    return FactList(tuple(items), "or")


def visible(text: str) -> str:
    """A text with its line breaks shown, cut where it is too long to quote."""
    return shorten(text.replace("\n", "↵"))


class Amount(str):
    """An amount as people read it; what explanations know it by has no commas."""

    __slots__ = ("settled",)
    settled: str

    def __new__(cls, text: str, settled: str) -> Self:
        """The amount as it is shown, with the text that explanations know it by in `settled`."""
        amount = super().__new__(cls, text)
        amount.settled = settled
        return amount

    def __reduce__(self) -> tuple[type[Amount], tuple[str, str]]:
        """For copy and pickle, which would lose `settled` of a plain str."""
        return Amount, (str(self), self.settled)

    def __repr__(self) -> str:
        return repr(self.settled)  # what fingerprints are made of does not change with the commas


def money(amount: Decimal, settled: str = "") -> Amount:
    """An amount in yuan as it is shown everywhere: grouped, with two decimals or all it has."""
    exponent = amount.as_tuple().exponent
    if (
        not isinstance(exponent, int)
        or abs(amount) >= Decimal(10) ** 20
        or exponent < -LONGEST_QUOTE
    ):
        return Amount(shorten(str(amount)), settled or shorten(str(amount)))
    if exponent < -2:
        return Amount(format(amount, ",f"), settled or shorten(str(amount)))
    return Amount(format(amount, ",.2f"), settled or format(amount, ".2f"))


def percent(share: Decimal) -> str:
    """A share in percent as people write it."""
    return f"{format_decimal(share)}%" if abs(share.adjusted()) < 30 else f"{share}%"


def shorten(value: object) -> str:
    """A text on one line, cut where it is too long to quote."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
