"""Headings of a document, and the field codes a word processor leaves beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from xlperf.characters.numerals import NUMERAL, from_chinese
from xlperf.documents.blocks.source import Piece
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.numbering import Marker, loose_marker, marker
from xlperf.documents.words import meanings, plain, word
from xlperf.paths import RecordPath

CONTENTS_PART, DEPARTMENT_PART, PROJECTS_PART = "contents", "department", "projects"
OVERALL, ITEMISED, SAFEGUARDS = "overall", "itemised", "safeguards"
PROJECT_HEADING, UNKNOWN_HEADING = "project", "unknown"

SECTION_NAME = 30  # no heading of a section is longer
LONGEST_ENTRY = 300  # of a table of contents, with its leaders
SENTENCE_SIGNS = "。；，;,"  # nor holds one of these

# TC, TOC, HYPERLINK and PAGEREF with their switches: ` TC the entry \f A \l 1 `
FIELD_CODE = re.compile(
    r"(?<![A-Za-z])(?:TC\s+(?P<entry>[^\\]{1,200}?)|TOC|HYPERLINK|PAGEREF\s+\w{1,40})\s*"
    r"(?:\\[A-Za-z*]\s*(?:\"[^\"]*\"|[A-Z](?![A-Za-z])|[0-9]+)?\s*)+"
)
LEADERS = re.compile(r"[\s.．。·…⋯_—-]+\d{1,4}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its kind, its text without field codes, and the entry its field code gives.

    `paged`: a page's number ends it, as in a table of contents.
    """

    kind: str
    piece: Piece
    entry: str = ""
    marker: Marker | None = None
    paged: bool = False
    part: bool = False

    @property
    def name(self) -> Piece:
        """Its text without the number."""
        return self.piece.cut(self.marker.end) if self.marker else self.piece


@dataclass(frozen=True, slots=True)
class ParagraphText:
    """A paragraph without its field codes; `entry`: what they say for the table of contents."""

    piece: Piece
    codes: tuple[Piece, ...] = ()
    entry: str = ""


def bare(piece: Piece) -> ParagraphText:
    """Set field codes at either end of a paragraph apart from its text."""
    text = piece.text
    matches = list(FIELD_CODE.finditer(text)) if "\\" in text else []
    edges = [0, *(edge for item in matches for edge in item.span()), len(text)]
    stretches = [piece.cut(*edges[i : i + 2]) for i in range(0, len(edges), 2)]
    visible = [stretch for stretch in stretches if not stretch.blank]
    if not matches or len(visible) > 1:
        return ParagraphText(piece)
    entry = next((item["entry"].strip(' "') for item in matches if item["entry"]), "")
    codes = tuple(piece.cut(*item.span()) for item in matches)
    return ParagraphText(visible[0] if visible else piece.cut(0, 0), codes, entry)


def heading(paragraph: ParagraphText) -> Heading | None:
    """The heading a paragraph is, if it is one. Only a table below makes sure of a title."""
    piece = paragraph.piece
    leaders = LEADERS.search(piece.text) if len(piece.text) <= LONGEST_ENTRY else None
    if leaders and leaders.start() and (result := _heading(piece.cut(0, leaders.start()))):
        return replace(result, piece=piece, entry=paragraph.entry, paged=True)
    result = _heading(piece)
    return result and replace(result, entry=paragraph.entry)


def _heading(piece: Piece) -> Heading | None:
    text = piece.text
    if plain(text[-SECTION_NAME:]).endswith(word("headings", "table")):
        return Heading(PROJECT_HEADING, piece, marker=marker(text))
    if len(text) > SECTION_NAME * 2:
        return None
    number = marker(text)
    core = plain(text[number.end :] if number else text).rstrip(":")
    if kind := meanings("headings").get(core):
        return Heading(kind, piece, marker=number)
    part = _part().fullmatch(core)
    return Heading(_part_kind(part), piece, part=True) if part else None


def like_heading(piece: Piece) -> str:
    """The kind of section a short numbered line seems to open, going by a telling word in it."""
    text = piece.text
    number = marker(text)
    if (
        number is None
        or number.style != "numeral"
        or len(text) > SECTION_NAME
        or text[-1] in SENTENCE_SIGNS
    ):
        return ""
    core = plain(text[number.end :])
    likely = meanings("headings_like")
    return next((kind for telling, kind in likely.items() if telling in core), UNKNOWN_HEADING)


@cache
def _part() -> re.Pattern[str]:
    number = rf"(?P<number>{NUMERAL}|\d+)"
    return re.compile(re.escape(word("headings", "part")).replace(r"\{number\}", number) + "(.*)")


def _part_kind(part: re.Match[str]) -> str:
    number = from_chinese(part["number"]) or int(re.sub(r"\D", "", part["number"]) or 0)
    if title := part[2].strip(":-—"):
        kind = meanings("headings").get(title, UNKNOWN_HEADING)
        return kind if kind in (DEPARTMENT_PART, PROJECTS_PART) else UNKNOWN_HEADING
    return {1: DEPARTMENT_PART, 2: PROJECTS_PART}.get(number, UNKNOWN_HEADING)


def claim_codes(draft: Draft, paragraph: ParagraphText) -> None:
    """A paragraph's field codes are furniture, and counted."""
    for code in paragraph.codes:
        draft.furniture(code)
        draft.field_codes.append(code)


def check_entry(draft: Draft, path: RecordPath, piece: Piece, entry: str) -> None:
    """Remark an entry for the contents that says something else than the heading beside it."""
    if entry and not _agree(piece.text, entry):
        draft.remark("STR007", path, piece, title=piece.text, entry=entry)


def _agree(title: str, entry: str) -> bool:
    (number, name), (entry_number, entry_name) = _parted(title), _parted(entry)
    same_number = number == entry_number or None in (number, entry_number)
    return (same_number and name == entry_name) or plain(title) == plain(entry)


def _parted(text: str) -> tuple[int | None, str]:
    mark = marker(text) or loose_marker(text)
    return (mark.number, plain(text[mark.end :])) if mark else (None, plain(text))
