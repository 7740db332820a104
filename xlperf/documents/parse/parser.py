"""The parser: blocks in, a record out, with an account of every character."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from xlperf.canonical import canonical
from xlperf.documents.blocks.claims import Ledger, left_over
from xlperf.documents.blocks.source import Block, MarginText, Source, Table
from xlperf.documents.layouts.funding.amounts import printed_unit
from xlperf.documents.layouts.funding.money import MoneyUnits
from xlperf.documents.layouts.prose.heads import with_heads
from xlperf.documents.layouts.reader import OtherLayouts
from xlperf.documents.layouts.recognition import RecognitionDraft, other_tables
from xlperf.documents.parse.activities import read_activities
from xlperf.documents.parse.cover import read_cover, read_margin
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.headings import (
    CONTENTS_PART,
    DEPARTMENT_PART,
    ITEMISED,
    LEADERS,
    OVERALL,
    PROJECT_HEADING,
    PROJECTS_PART,
    SAFEGUARDS,
    check_entry,
    claim_codes,
)
from xlperf.documents.parse.inference import infer
from xlperf.documents.parse.outline import COVER, OutlineLine, OutlineSection, outline
from xlperf.documents.parse.project_forms.projects import Projects
from xlperf.documents.parse.safeguards import read_safeguards
from xlperf.editions import TRAITS, UNKNOWN_EDITION, Traits, first, recognised
from xlperf.forms.official.record_parts import beyond
from xlperf.paths import get
from xlperf.reading import Reading, Remark
from xlperf.record import Raw

FORM = {"level1", "level2", "name", "target"}  # columns of a form that was read
DEPARTMENT_SECTIONS = (OVERALL, ITEMISED, SAFEGUARDS)
CONTENT_KEYS = ("overall_goal", "activities", "safeguards", "projects")


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A reading, the ledger of its source, and whether anything of a document was found."""

    reading: Reading
    ledger: Ledger
    has_content: bool


def parse(source: Source, blocks: list[Block]) -> ParsedDocument:
    """Read a document's blocks.

    Tables that are not laid out as the first edition prints them are read by what their titles
    mean, and once more as a form of the other editions; the reading of the form is taken where it
    loses nothing against the other.
    """
    if not (others := other_tables(blocks)):
        return _by_form(source, blocks)
    form, titles = _by_form(source, blocks), _by_titles(source, blocks, others)
    return form if _loses_nothing(form, titles) else titles


def _loses_nothing(form: ParsedDocument, titles: ParsedDocument) -> bool:
    """Whether a form of a known edition was read, with as many indicators and as few leftovers."""
    form_record, titles_record = form.reading.record, titles.reading.record
    if form_record["edition"] not in TRAITS or "edition" in form_record.get("inferred", ()):
        return False
    fewer = _characters_left(form_record) <= _characters_left(titles_record)
    return (
        fewer
        and _indicators(form_record) >= _indicators(titles_record)
        and "stages" not in titles_record
    )


def _characters_left(record: Raw) -> int:
    return sum(len("".join(item["text"].split())) for item in record.get("leftovers", ()))


def _indicators(record: Raw) -> int:
    return sum(len(project.get("indicators", ())) for project in record.get("projects", ()))


def _by_form(source: Source, blocks: list[Block]) -> ParsedDocument:
    """All tables read as forms of the editions."""
    draft = Draft(source)
    draft.money = MoneyUnits(blocks)
    _read_forms(draft, outline(block for block in blocks if not isinstance(block, MarginText)))
    _read_beside(draft, blocks)
    chosen = decide(draft.evidence)
    if chosen[0] in TRAITS:
        _give_up(draft, TRAITS[chosen[0]])
    return _parsed(draft, chosen, RecognitionDraft())


def _by_titles(source: Source, blocks: list[Block], others: set[int]) -> ParsedDocument:
    """Tables of other layouts read by their titles, and what is left as our own forms."""
    draft = Draft(source)
    draft.money = MoneyUnits(blocks)
    tables = [block for at, block in enumerate(blocks) if at not in others]
    ours = any(isinstance(block, Table) for block in tables)
    sections = outline(block for block in tables if not isinstance(block, MarginText))
    reader = OtherLayouts(draft)
    draft.ledger.once = True
    reader.read(_with_prose(blocks, others, ours))
    draft.ledger.once = False
    if ours or any(section.kind in DEPARTMENT_SECTIONS for section in sections):
        draft.ledger.once = not ours  # headings may have been read with the tables
        _read_forms(draft, sections)
        draft.ledger.once = False
    _read_beside(draft, blocks)
    chosen = decide(draft.evidence) if ours else (UNKNOWN_EDITION, True)
    if ours and chosen[0] not in TRAITS:  # our own layout beside another's, whose titles count too
        chosen = (first().name, True)
    return _parsed(draft, chosen, reader.recognised)


def _with_prose(blocks: list[Block], others: set[int], ours: bool) -> list[Block]:
    """The tables of other layouts, with the text between them unless it belongs to our forms."""
    if ours:
        return [blocks[at] for at in sorted(others)]
    return with_heads([block for block in blocks if not isinstance(block, MarginText)])


def _read_forms(draft: Draft, sections: list[OutlineSection]) -> None:
    projects = Projects(draft)
    for section in sections:
        _claim_codes(draft, section)
        draft.evidence.add(section.kind)
        _read(draft, projects, section)
    projects.end()


def _parsed(draft: Draft, chosen: tuple[str, bool], recognised: RecognitionDraft) -> ParsedDocument:
    """The draft as a record, with what is left over, what was inferred and what was recognised."""
    edition, is_sure = chosen
    for statement in draft.money.statements:
        if draft.ledger.is_free(statement.piece):
            draft.furniture(statement.piece)
    if unit := printed_unit(draft, ours=edition in TRAITS):
        draft.record["money_unit"] = unit
    if draft.field_codes:
        draft.remark("STR013", (), draft.field_codes[0], n=len(draft.field_codes))
    has_content = any(draft.record.get(key) for key in CONTENT_KEYS)
    leftovers = [
        {"place": str(piece.place), "text": piece.text} for piece in left_over(draft.ledger)
    ]
    parts = {"edition": edition, **draft.record}
    record = canonical({**parts, "leftovers": leftovers} if leftovers else parts)
    infer(record, () if is_sure else ("edition",))
    for title in draft.unknown_titles:
        recognised.unknown["".join(title.split())] = None
    recognition = recognised.recognition(edition)
    for title in recognition.aside:
        draft.remarks.append(Remark("STR044", (), None, {"title": title}))
    contents = (canonical(record), draft.where, tuple(draft.remarks), draft.source.name)
    return ParsedDocument(Reading(*contents, recognition=recognition), draft.ledger, has_content)


def decide(evidence: Collection[str]) -> tuple[str, bool]:
    """The edition of a document by its labels, columns and sections, and whether they say so.

    The first edition where nothing tells; `unknown` where a form was read and is of none of them,
    or of several.
    """
    if traits := recognised(evidence):
        return traits.name, True
    is_form = set(evidence) >= FORM
    if is_form or not first().none_of.isdisjoint(evidence):
        return UNKNOWN_EDITION, True
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
        if isinstance(block, MarginText) and block.is_furniture:
            draft.furniture(block.piece)
        elif isinstance(block, MarginText):
            read_margin(draft, block.piece)


def _claim_codes(draft: Draft, section: OutlineSection) -> None:
    for line in (section.heading, *section.lines):
        if line:
            claim_codes(draft, line.bare)


def _read(draft: Draft, projects: Projects, section: OutlineSection) -> None:
    if section.kind == PROJECT_HEADING:
        projects.read(section)
        return
    if section.kind in (
        CONTENTS_PART,
        DEPARTMENT_PART,
        PROJECTS_PART,
        OVERALL,
        ITEMISED,
        SAFEGUARDS,
    ):
        _claim_heading(draft, section.heading)
    if section.kind == COVER:
        read_cover(draft, section.lines)
    elif section.kind == CONTENTS_PART:
        _claim_entries(draft, section.lines)
    elif section.kind == OVERALL and "overall_goal" not in draft.record:
        draft.keep_lines(("overall_goal",), [line.piece for line in section.lines])
    elif section.kind == ITEMISED:
        read_activities(draft, section.lines)
    elif section.kind == SAFEGUARDS:
        read_safeguards(draft, section.lines)


def _claim_heading(draft: Draft, line: OutlineLine | None) -> None:
    if line:
        draft.furniture(line.piece)
        check_entry(draft, (), line.piece, line.bare.entry)


def _claim_entries(draft: Draft, lines: list[OutlineLine]) -> None:
    """The entries of the contents are furniture: each is printed again as a heading."""
    for line in lines:
        if line.heading or LEADERS.search(line.piece.text):
            draft.furniture(line.piece)
