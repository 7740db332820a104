"""The parser: blocks in, a record out, with an account of every character."""

from __future__ import annotations

from dataclasses import dataclass

from xlperf.canonical import canonical
from xlperf.documents.blocks.claims import Ledger, left_over
from xlperf.documents.blocks.source import Beside, Block, Source
from xlperf.documents.parse.activities import read_activities
from xlperf.documents.parse.cover import read_cover, read_margin
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.headings import (
    CONTENTS,
    DEPARTMENT,
    ITEMISED,
    LEADERS,
    OVERALL,
    PROJECT,
    PROJECTS,
    SAFEGUARDS,
    check_entry,
    claim_codes,
)
from xlperf.documents.parse.inference import infer
from xlperf.documents.parse.outline import COVER, Line, Section, outline
from xlperf.documents.parse.projects import Projects
from xlperf.documents.parse.safeguards import read_safeguards
from xlperf.reading import Reading

EDITION = "hebei-2021"
CONTENT = ("overall_goal", "activities", "safeguards", "projects")


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A reading, the ledger of its source, and whether anything of a document was found."""

    reading: Reading
    ledger: Ledger
    found: bool


def parse(source: Source, blocks: list[Block]) -> ParsedDocument:
    """Read a document's blocks."""
    draft = Draft(source)
    draft.record["edition"] = EDITION
    projects = Projects(draft)
    for section in outline(block for block in blocks if not isinstance(block, Beside)):
        _claim_codes(draft, section)
        _read(draft, projects, section)
    projects.end()
    _read_beside(draft, blocks)
    if draft.field_codes:
        draft.remark("STR013", (), draft.field_codes[0], n=len(draft.field_codes))
    found = any(draft.record.get(key) for key in CONTENT)
    left = [{"place": str(one.place), "text": one.text} for one in left_over(draft.ledger)]
    record = canonical({**draft.record, "leftovers": left} if left else draft.record)
    infer(record)
    reading = Reading(canonical(record), draft.where, tuple(draft.remarks), source.name)
    return ParsedDocument(reading, draft.ledger, found)


def _read_beside(draft: Draft, blocks: list[Block]) -> None:
    """Generated contents are furniture; a page's head or foot may say what a cover says."""
    for block in blocks:
        if isinstance(block, Beside) and block.known:
            draft.furniture(block.piece)
        elif isinstance(block, Beside):
            read_margin(draft, block.piece)


def _claim_codes(draft: Draft, section: Section) -> None:
    for line in (section.heading, *section.lines):
        if line:
            claim_codes(draft, line.bare)


def _read(draft: Draft, projects: Projects, section: Section) -> None:
    if section.kind == PROJECT:
        projects.read(section)
        return
    if section.kind in (CONTENTS, DEPARTMENT, PROJECTS, OVERALL, ITEMISED, SAFEGUARDS):
        _claim_heading(draft, section.heading)
    if section.kind == COVER:
        read_cover(draft, section.lines)
    elif section.kind == CONTENTS:
        _claim_entries(draft, section.lines)
    elif section.kind == OVERALL and "overall_goal" not in draft.record:
        draft.keep_lines(("overall_goal",), [line.piece for line in section.lines])
    elif section.kind == ITEMISED:
        read_activities(draft, section.lines)
    elif section.kind == SAFEGUARDS:
        read_safeguards(draft, section.lines)


def _claim_heading(draft: Draft, line: Line | None) -> None:
    if line:
        draft.furniture(line.piece)
        check_entry(draft, (), line.piece, line.bare.entry)


def _claim_entries(draft: Draft, lines: list[Line]) -> None:
    """The entries of the contents are furniture: each is printed again as a heading."""
    for line in lines:
        if line.heading or LEADERS.search(line.piece.text):
            draft.furniture(line.piece)
