"""Next year's record from last year's, and what in it must be renewed by hand.

Goals, indicators and shares stay; the year moves, amounts are emptied. What a program cannot know
is listed: codes, texts that name a past year, numbers of documents, projects that have ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from xlperf.canonical import canonical
from xlperf.fields import paths
from xlperf.paths import RecordPath
from xlperf.record import PROJECT_AMOUNTS, Raw, is_blank, words, year_of

OF_LAST_YEAR = ("stages", "waivers", "inferred")  # what came of it, and what was not stated
TEXT_KINDS = ("text", "prose", "name", "heading")
# a year is followed by its word, by the end of a span, or by the month of a date
YEAR_IN_TEXT = re.compile(
    r"(?<![0-9A-Za-z.])((?:19|20)[0-9]{2})"
    "(?=\\s*(?:\u5e74|[-\u2010-\u2015~\uff5e\u81f3\u5230/](?:19|20)?[0-9]{2}(?![0-9])"
    "|[-/][1-9](?![0-9])|[.][0-9]{1,2}[.][0-9]))"
)
NUMBER_OF_DOCUMENT = re.compile(
    "[\u4e00-\u9fff]{1,12}[\u3014\\[(\uff08\uff3b]?(?:19|20)[0-9]{2}[\u3015\\])\uff09\uff3d]?"
    "(?:\u7b2c)?[0-9]{1,5}\u53f7"
)
RANGE_END = re.compile("(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class RenewalPoint:
    """A place of last year's record that somebody has to look at, and why.

    `reason`: amount, code, target, year, document or ended; `quote`: the words of the text that
    the reason is about, "" where it is about the whole value.
    """

    path: RecordPath
    reason: str
    quote: str = ""


def renewed(record: Raw, year: int, *, keep_amounts: bool = False) -> Raw:
    """Next year's record: everything but what belongs to last year alone; amounts emptied."""
    result = {key: deepcopy(value) for key, value in record.items() if key not in OF_LAST_YEAR}
    result["fiscal_year"] = year
    if not keep_amounts:
        for project in _projects(result):
            for key in PROJECT_AMOUNTS:
                project.pop(key, None)
            for line in project.get("funds") or ():
                if isinstance(line, dict):
                    line.pop("amount", None)
    return canonical(result)


def _projects(record: Raw) -> list[Raw]:
    listed = record.get("projects")
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def renewal_points(record: Raw, year: int) -> list[RenewalPoint]:
    """What of last year's record has to be renewed for a year, in the order of the document."""
    last = year_of(record.get("fiscal_year", "")) or year - 1
    result = list(_in_department(record, year))
    listed = record.get("projects")
    for position, project in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(project, dict):
            result += _in_project(project, ("projects", position), last, year)
    return result


def _in_department(record: Raw, year: int) -> Iterator[RenewalPoint]:
    for key in ("overall_goal", "activities", "safeguards"):
        yield from _in_texts(record.get(key), (key,), key, year)


def _in_project(project: Raw, path: RecordPath, last: int, year: int) -> Iterator[RenewalPoint]:
    if ended := _ended(project, last):
        yield RenewalPoint((*path, ended), "ended", words(project, ended))
    if words(project, "code"):
        yield RenewalPoint((*path, "code"), "code")
    for key in PROJECT_AMOUNTS:
        if not is_blank(project.get(key)):
            yield RenewalPoint((*path, key), "amount")
    yield from _in_texts(project, path, "projects", year)
    rows = project.get("indicators")
    for position, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and words(row, "target"):
            yield RenewalPoint((*path, "indicators", position, "target"), "target")


def _ended(project: Raw, last: int) -> str:
    """The field that says that a project ended with last year or before; "" for none.

    Its end, if the form asks for it; or a span of years in its name.
    """
    if years := RANGE_END.findall(words(project, "end")):
        return "end" if int(years[-1]) <= last else ""
    years = RANGE_END.findall(words(project, "name"))
    span = len(years) > 1 and int(years[0]) < int(years[-1]) <= last
    return "name" if span else ""


def _in_texts(node: Any, path: RecordPath, at: str, year: int) -> Iterator[RenewalPoint]:
    """The texts at a path and below that name a past year or the number of a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _in_texts(value, (*path, key), f"{at}/{key}", year)
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _in_texts(value, (*path, position), at, year)
    elif isinstance(node, str) and at in paths((*TEXT_KINDS, "target")):
        yield from _in_text(node, path, year)


def _in_text(text: str, path: RecordPath, year: int) -> Iterator[RenewalPoint]:
    rest = text
    if documents := [match[0] for match in NUMBER_OF_DOCUMENT.finditer(text)]:
        yield RenewalPoint(path, "document", documents[0])
        rest = NUMBER_OF_DOCUMENT.sub(" ", text)
    if years := [digits for digits in YEAR_IN_TEXT.findall(rest) if int(digits) < year]:
        yield RenewalPoint(path, "year", max(years))
