"""What of the constants in cells of ours is ours, and what people wrote there.

Cells of ours hold formulas, and words of the wording files. A constant that is neither such a word
nor what a formula of ours shows (somebody pasted results over their formulas) is somebody's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from typing import Any

from xlperf.editions import TRAITS, every_word
from xlperf.forms.defined_names import AID, CONTRIBUTIONS, MADE_FIELD, NONE_EXPLAINED, UNIT_LINES
from xlperf.forms.official.dropdowns import offered
from xlperf.layout import Box, Coord
from xlperf.layout.cell_values import parse_text
from xlperf.rules import catalogue
from xlperf.rules.formulas.stage_steps import lists_of_stages
from xlperf.rules.formulas.steps import lists
from xlperf.wording import officials, sentences

WORDS_OF_SHEETS = (
    "guide.",
    "summary.",
    "check.",
    "status.",
    "section.",
    "stages.",
)  # keys of what our cells say
EARLIER_WORDS_FILE = "earlier_words.txt"
# a text this much like one of ours may be what another version of ours said
LIKENESS_TO_OWN_TEXT = 0.6
LARGEST_ROW_NUMBER = 10_000  # no number of a row or a line is greater
# with numbers of rows
NAMES_WITH_ROWS = AID + "parts", AID + "listed", MADE_FIELD + "projects__number"
# hidden: what formulas find on their way
RESULT_NAMES = AID + "checks", AID + "listed", CONTRIBUTIONS, *UNIT_LINES
SUMMARY_NAMES = AID + "area", AID + "listed"
FORMULA_NAMES = (AID + "area", MADE_FIELD, *RESULT_NAMES)  # where formulas show fields
PASTED_CONSTANTS = 2  # constants in a column without any formula: pasted results
CONSTANTS_PER_FORMULA = 20  # one formula among so many constants is hardly any
# tokens, keys of explained findings, links, errors, formulas that a program did not understand
TOKENS = re.compile(
    r"(?:[_!?.][A-Z]{3}\d{3} ?)+|[A-Z]{3}\d{3}\|.*|#'.*'!A\d*|#[A-Z/0!?]+|=.*\(.*", re.DOTALL
)
FACT_PLACEHOLDER = re.compile(r"\{\w*\}")


def compact(content: object) -> str:
    """A text without blank space, which programs change."""
    return "".join(str(content).split())


@cache
def wording_of() -> frozenset[str]:
    """The words that cells of ours hold as they are, in every language."""
    return frozenset(map(compact, sentences(*WORDS_OF_SHEETS)))


@cache
def listed() -> frozenset[str]:
    """The words of the hidden lists, in every language."""
    columns = [*lists().values(), *lists_of_stages().values()]
    for traits in TRAITS.values():
        columns += offered(traits).values()
    words = {word for column in columns for word in column}
    for section in ("words", "levels", "lists"):
        words |= every_word(section)
    return frozenset(map(compact, (*words, *officials(), *NONE_EXPLAINED, *catalogue())))


@cache
def earlier_wordings() -> frozenset[str]:
    """The fingerprints of words that earlier versions wrote, from `earlier_words.txt`."""
    lines = (
        resources.files(__package__).joinpath(EARLIER_WORDS_FILE).read_text("utf-8").splitlines()
    )
    return frozenset(line for line in lines if not line.startswith("#"))


def fingerprint(plain: str) -> str:
    """16 hexadecimal digits of the SHA-256 of a word without blank space (see `compact`)."""
    return sha256(plain.encode()).hexdigest()[:16]


@cache
def edition_of_words() -> str:
    """A fingerprint of all our words; a manifest has that of the words it was made with."""
    return sha256("\n".join(sorted(wording_of() | listed())).encode()).hexdigest()[:12]


@cache
def _pieces() -> frozenset[str]:
    """The parts that our formulas make their texts of."""
    return frozenset(
        compact(part)
        for text in sentences(*WORDS_OF_SHEETS)
        for part in FACT_PLACEHOLDER.split(text)
    )


@dataclass(frozen=True)
class OwnText:
    """What a workbook's cells of ours may say: our words, and what its fields say."""

    fields: Iterable[Any] = ()  # the values of its forms
    titles: Iterable[str] = ()  # of its sheets
    is_current: bool = True  # made with the words that there are now

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every text of the forms' fields."""
        return frozenset(map(compact, (*_texts(self.fields), *self.titles)))

    def says(self, text: str, *, fields: bool = True) -> bool:
        """Whether a text is one of ours, or what a formula of ours shows (of `fields`, too)."""
        plain = compact(text)
        if plain in wording_of() or TOKENS.fullmatch(text.strip()):
            return True
        if fields and (plain in self.texts or _rest(plain, self.texts) == ""):
            return True
        if _rest(plain, ()) == "":
            return True
        return not self.is_current and (
            fingerprint(plain) in earlier_wordings() or _resembles(plain)
        )

    def lists(self, text: str) -> bool:
        """Whether the hidden lists say a text; of those of another version nobody knows."""
        plain = compact(text)
        return not self.is_current or plain in listed() or self.says(text)


def _rest(plain: str, fields: Iterable[str]) -> str:
    """What is neither of fields, of words of ours, nor a number beside one of these."""
    parts = {part for part in (*fields, *_pieces()) if part and part in plain}
    pattern = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    marked = re.sub(pattern, "\n", plain) if parts else plain
    return re.sub(r"(?<=\n)\d+|\d+(?=\n)|\n", "", marked)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        yield from _texts(list(node.values()))
    elif isinstance(node, Iterable):
        for part in node:
            yield from _texts(part)
    elif node is not None:
        yield parse_text(node)


@cache
def _resembles(text: str) -> bool:
    """Whether a text is much like one of ours."""
    match = SequenceMatcher(b=text)
    for word in map(compact, sentences(*WORDS_OF_SHEETS)):
        match.set_seq1(word)
        if match.real_quick_ratio() >= LIKENESS_TO_OWN_TEXT <= match.ratio():
            return True
    return False


@dataclass(frozen=True)
class OwnCells:
    """The cells of ours on a sheet; `formulas` are those of them that hold a formula."""

    boxes: Mapping[str, Box]
    values: Mapping[Coord, Any]
    formulas: frozenset[Coord]
    own_text: OwnText
    _empty: dict[str, bool] = field(default_factory=dict)

    def holds(self, at: Coord) -> bool:
        """Whether a constant stands in a cell of ours and is ours."""
        names = [name for name, box in self.boxes.items() if _within(at, box)]
        content = self.values[at]
        if not names or any(name in RESULT_NAMES and self.is_pasted(name) for name in names):
            return bool(names)
        if isinstance(content, str):
            shows_fields = any(
                name.startswith(FORMULA_NAMES) or name in NAMES_WITH_ROWS for name in names
            )
            return self.own_text.says(content, fields=shows_fields)
        if isinstance(content, bool):
            return True
        return self._counts(names, content) or any(map(self.is_pasted, names))

    def _counts(self, names: list[str], content: Any) -> bool:
        """Whether a number tells a row's or a line's place, or marks a project's sheet."""
        is_place = isinstance(content, int | float) and (
            0 < content < 1 / LARGEST_ROW_NUMBER
            or (content == int(content) and 0 <= content <= LARGEST_ROW_NUMBER)
        )
        return is_place and any(name in NAMES_WITH_ROWS for name in names)

    def is_pasted(self, name: str) -> bool:
        """Whether several constants and hardly a formula are left in a rectangle of ours."""
        if name not in self._empty:
            cells = self.boxes[name].coords()
            filled_count = sum(at in self.values for at in cells)
            bare = (
                filled_count >= PASTED_CONSTANTS
                and CONSTANTS_PER_FORMULA * sum(at in self.formulas for at in cells) <= filled_count
            )
            results = (
                (*RESULT_NAMES, MADE_FIELD, *SUMMARY_NAMES)
                if SUMMARY_NAMES[1] in self.boxes
                else RESULT_NAMES
            )
            self._empty[name] = bare and name.startswith(results)
        return self._empty[name]


def _within(at: Coord, box: Box) -> bool:
    return 0 <= at[0] - box.row < box.height and 0 <= at[1] - box.col < box.width
