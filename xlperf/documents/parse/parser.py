"""The parser: blocks in, a record out, with an account of every character."""

from __future__ import annotations

from collections.abc import Collection
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
from xlperf.editions import EVERYTHING, TRAITS, UNKNOWN, Traits, first, recognised
from xlperf.forms.parts import beyond
from xlperf.paths import get
from xlperf.reading import Reading

FORM = {"level1", "level2", "name", "target"}  # columns of a form that was read
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
    projects = Projects(draft)
    for section in outline(block for block in blocks if not isinstance(block, Beside)):
        _claim_codes(draft, section)
        draft.evidence.add(section.kind)
        _read(draft, projects, section)
    projects.end()
    _read_beside(draft, blocks)
    if draft.field_codes:
        draft.remark("STR013", (), draft.field_codes[0], n=len(draft.field_codes))
    found = any(draft.record.get(key) for key in CONTENT)
    edition, is_sure = decide(draft.evidence)
    _give_up(draft, TRAITS.get(edition, EVERYTHING))
    left = [{"place": str(one.place), "text": one.text} for one in left_over(draft.ledger)]
    parts = {"edition": edition, **draft.record}
    record = canonical({**parts, "leftovers": left} if left else parts)
    infer(record, () if is_sure else ("edition",))
    reading = Reading(canonical(record), draft.where, tuple(draft.remarks), source.name)
    return ParsedDocument(reading, draft.ledger, found)


def decide(evidence: Collection[str]) -> tuple[str, bool]:
    """The edition of a document by its labels, columns and sections, and whether they say so.

    The first edition where nothing tells; `unknown` where a form was read and is of none of them,
    or of several.
    """
    if one := recognised(evidence):
        return one.name, True
    is_form = set(evidence) >= FORM
    if is_form or not first().none_of.isdisjoint(evidence):
        return UNKNOWN, True
    return first().name, False


def _give_up(draft: Draft, traits: Traits) -> None:
    """Take out what the edition's forms have no place for: so it is left over, with its label."""
    for path in reversed(beyond(draft.record, traits)):
        label = draft.labels.get(path)
        draft.ledger.give_up(path, label and label.strip())
        del get(draft.record, path[:-1])[path[-1]]
        draft.where = {key: at for key, at in draft.where.items() if key[: len(path)] != path}


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
