"""The lines above a form: its title, the year, who filled it in; in prose or across a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.form_draft import GOALS_KIND, FormDraft, state_year, stated_goal
from xlperf.documents.layouts.funding.money import without_statement
from xlperf.documents.layouts.reported_months import (
    ReportedMonths,
    line_of_months,
    reported_months,
)
from xlperf.documents.layouts.stated_above import StatedAbove
from xlperf.documents.layouts.titles import entry, label_meaning, words_of
from xlperf.documents.parse.cover import like_department
from xlperf.documents.words import plain, word, words
from xlperf.paths import get

LONGEST_FORM_TITLE, LONGEST_PRINTED = 80, 400  # signs, without blanks and with them
PROJECT_LABEL_SECTIONS = ("text", "unit", "code", "year", "span", "later")
NOTE_MARKS = "0123456789\u2460\u2461\u2462\u2463\u2464\u2465"  # also in circles
NAME_OF_DEPARTMENT = "department/name"
YEAR_ALONE = re.compile(entry("patterns", "year_alone"))
YEAR_WITHIN = re.compile(entry("patterns", "year_within"))
PLACE_LINE = re.compile(entry("patterns", "place"))
REPORT = re.compile(entry("patterns", "report"))
LABEL_AND_VALUE = re.compile(
    r"(?P<label>[^\s:：]{2,16}(?:[（(][^()（）]{1,8}[)）])?)\s*[:：][ \t\u3000\xa0]*"
    r"(?P<value>[^\s:：][^:：\n]*?)?(?=\s{2,}|\s+[^\s:：]{2,16}[:：]|\s*$)"
)


def kind_of_title(text: str) -> str:
    """The kind of form whose title a line is; nothing if it is no title of a form."""
    if len(text) > LONGEST_PRINTED:
        return ""
    core = re.sub(r"\([^()]*\)", "", plain(text)).strip("|")
    core = plain(YEAR_WITHIN.sub("", core)).rstrip(NOTE_MARKS)
    if len(core) > LONGEST_FORM_TITLE or label_meaning("group", core) == "indicators":
        return ""
    for kind in ("monitoring", "self-evaluation", "goals"):
        if core.endswith(words_of("title", kind)):
            return kind
    return ""


def read_title(form: FormDraft, piece: Piece, above: StatedAbove) -> bool:
    """Read a line that is a form's title; false if it is none. `above`: what stands above it."""
    kind = kind_of_title(piece.text)
    if not kind:
        return False
    form.kind = kind
    form.whole = form.whole or any(word in piece.text for word in words_of("title", "whole"))
    form.titles.append(piece)
    stretches = [
        months for months in reported_months(piece.text) if _report_of(form, piece, months)
    ]
    years = [match for match in YEAR_WITHIN.finditer(piece.text) if not stretches]
    for match in years:
        if state_year(form.draft, piece.cut(*match.span()), year_of(match["year"])):
            break
    for part in _around(piece, [item.span for item in stretches] or [m.span() for m in years]):
        _claim_words(form, part)
    _read_lines_above(form, above.lines)
    return True


def _report_of(form: FormDraft, piece: Piece, months: ReportedMonths) -> bool:
    """Keep the months that a title or a line says its form reports of; false for another year's."""
    month = piece.cut(*months.span)
    if months.year is not None and not state_year(form.draft, month, months.year):
        return False
    if months.year is None:
        form.draft.furniture(month)
    form.month = form.month or months.month
    form.last_day = form.last_day or months.day
    return True


def year_of(text: str) -> int:
    """A year in digits, or in the signs that stand for them one by one."""
    signs = word("cover", "digits")  # three ways of writing nought come first
    return int("".join(str(max(0, signs.index(s) - 2)) if s in signs else s for s in plain(text)))


def _around(piece: Piece, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    """The parts of a piece before, between and after some stretches of it."""
    start = 0
    for first, end in spans:
        yield piece.cut(start, first)
        start = end
    yield piece.cut(start)


def _claim_words(form: FormDraft, part: Piece) -> None:
    """Claim the words for the form and what it is for; a department's name is kept."""
    if part.blank:
        return
    match = _generic().search(part.text)
    start = match.start() if match else len(part.text)
    form.draft.furniture(part.cut(start))
    name = part.cut(0, start)
    if not name.blank and name.text.endswith(words("cover", "department_end")):
        form.keep("department", "department/name", name)
    else:
        keep_region(form, name)


def _read_lines_above(form: FormDraft, lines: list[Piece]) -> None:
    """Read what stands above a title and is no label: a region, a department right above it.

    The lines are read once, whatever they say.
    """
    last = lines[-1] if lines else None
    if last and like_department(last.text) and not get(form.draft.record, ("department", "name")):
        form.keep("department", NAME_OF_DEPARTMENT, last)
    for line in lines:
        if form.draft.ledger.is_free(line):
            keep_region(form, line)
    lines.clear()


def keep_region(form: FormDraft, piece: Piece) -> bool:
    """Keep the name of an administrative division as the region's; false if a text is none."""
    region = ("region", "name")
    if PLACE_LINE.fullmatch(piece.text.strip()) is None or get(form.draft.record, region):
        return False
    form.draft.keep(region, piece)
    return True


@cache
def _generic() -> re.Pattern[str]:
    """Words at the end of a title that any title of its kind has."""
    kinds = ("monitoring", "self-evaluation", GOALS_KIND)
    ways = [way for kind in kinds for way in words_of("title", kind)]
    titles = "|".join(_spaced(way) for way in sorted(ways, key=len, reverse=True))
    generic = "|".join(_spaced(way) for way in words_of("signs", "generic"))
    bracket = r"[（(][^()（）]{0,8}[)）]"
    end = rf"(?:(?:{titles})\s*[{NOTE_MARKS}]*\s*(?:{bracket})?)?\s*$"
    return re.compile(rf"(?:(?:{generic}|{bracket})\s*)*{end}")


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word))


def read_line(form: FormDraft, piece: Piece, above: StatedAbove | None = None) -> bool:
    """Read a line that states the year, or labels with their values; false if it is neither.

    `above`: takes what a line outside of tables says of all forms below it.
    """
    spaced = " ".join(piece.text.split())
    if months := line_of_months(spaced):
        return _report_of(form, piece, replace(months, span=(0, len(piece.text))))
    match = YEAR_ALONE.fullmatch(spaced)
    if match and len(plain(spaced)) > 4:
        state_year(form.draft, piece, year_of(match["year"]))
        return True
    if report := REPORT.fullmatch(piece.text.strip()):
        start = piece.text.index(report["year"])
        _claim_words(form, piece.cut(0, start))
        form.draft.furniture(piece.cut(start + 4))
        return state_year(form.draft, piece.cut(start, start + 4), int(report["year"]))
    first = YEAR_WITHIN.match(piece.text)
    rest = piece.cut(first.end()) if first else piece
    if first and without_statement(rest).blank:
        state_year(form.draft, piece.cut(0, first.end()), int(first["year"]))
        return True
    are_kept = [
        (above is not None and not form.whole and above.take(*pair)) or read_pair(form, pair)
        for pair in pairs(without_statement(piece))
    ]
    if above is not None and not any(are_kept) and "projects" not in form.draft.record:
        above.lines.append(piece)
    return any(are_kept)


def pairs(piece: Piece) -> Iterator[tuple[Piece, Piece]]:
    """The labels with their values that stand in one text, each after a colon."""
    for match in LABEL_AND_VALUE.finditer(piece.text):
        if match["value"]:
            yield piece.cut(*match.span("label")), piece.cut(*match.span("value"))


def read_cell(form: FormDraft, piece: Piece) -> None:
    """Read a cell that stands alone in its row: a goal with its label, or a line as above."""
    if stated_goal(piece):
        form.keep_goals("goals", [piece])
    else:
        read_line(form, piece)


def read_pairs(form: FormDraft, piece: Piece) -> None:
    """Keep the values of the labels in a cell; one may be a goal."""
    if stated_goal(piece):
        form.keep_goals("goals", [piece])
        return
    for pair in pairs(piece):
        read_pair(form, pair)


def read_pair(form: FormDraft, pair: tuple[Piece, Piece]) -> bool:
    """Keep the value of a label in running text; false if the label is not known."""
    label, value = pair
    sections = ("department",) if form.whole else (*PROJECT_LABEL_SECTIONS, "department")
    for section in sections:
        key = label_meaning(section, label.text)
        if section == "department" and not form.whole and key != NAME_OF_DEPARTMENT:
            continue
        if key and form.keep(section, key, value):
            form.draft.furniture(label)
            form.draft.furniture(_colon(label, value))
            return True
    return False


def _colon(label: Piece, value: Piece) -> Piece:
    return Piece(label.source, label.end, value.start)
