"""Two texts of a document compared sign by sign, blank space and field codes aside.

Every difference is told with its line, and whether it is in what the document says or only in
its furniture: headings, labels, numbering, the signs between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from xlperf.comparison.sequence_diff import steps
from xlperf.documents import plain_text
from xlperf.documents.blocks.claims import FURNITURE_CLAIM
from xlperf.documents.blocks.source import Source, is_blank
from xlperf.documents.parse.headings import FIELD_CODE
from xlperf.documents.parse.parser import parse


@dataclass(frozen=True, slots=True)
class Difference:
    """What stood in a line of the source, and what stands there now."""

    line: int
    was: str
    now: str
    content: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that shows, what became of it, and the line it stands in."""

    text: str
    mark: str
    line: int


def compare(source: str, printed: str) -> list[Difference]:
    """Every difference, in the order of the source."""
    before, after = signs_by_line(source), signs_by_line(printed)
    result: list[Difference] = []
    for kind, i, j, k, m in steps(_texts(before), _texts(after)):
        if kind != "equal":
            result += _between(list(chain(*before[i:j])), list(chain(*after[k:m])))
    return result


def _texts(lines: list[list[Sign]]) -> list[str]:
    return ["".join(sign.text for sign in line) for line in lines]


def _between(before: list[Sign], after: list[Sign]) -> Iterator[Difference]:
    was, now = (("".join(sign.text for sign in signs)) for signs in (before, after))
    for kind, i, j, k, m in steps(was, now):
        if kind != "equal":
            touched = before[i:j] + after[k:m]
            line = (before[i:j] or before[max(0, i - 1) :] or after[k:m])[0].line
            content = any(sign.mark != FURNITURE_CLAIM for sign in touched)
            yield Difference(line, was[i:j], now[k:m], content)


def signs_by_line(text: str) -> list[list[Sign]]:
    """The signs of a text that show, line by line, without field codes."""
    source = Source.of(text)
    marks = list(parse(source, plain_text.blocks(source)).ledger.marks())
    for code in FIELD_CODE.finditer(source.text):
        marks[code.start() : code.end()] = " " * (code.end() - code.start())
    result = []
    for line in source.lines():
        signs = zip(line.text, marks[line.start : line.end], strict=True)
        visible = [Sign(s, mark, line.line) for s, mark in signs if mark != " " and not is_blank(s)]
        if visible:
            result.append(visible)
    return result
