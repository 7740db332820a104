"""The outline: a document's blocks divided by its headings into sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xlperf.documents.blocks.source import Block, Paragraph, Piece, Table, TableRow
from xlperf.documents.parse.activity_labels import is_goal
from xlperf.documents.parse.headings import (
    CONTENTS_PART,
    DEPARTMENT_PART,
    ITEMISED,
    OVERALL,
    PROJECT_HEADING,
    PROJECTS_PART,
    SAFEGUARDS,
    SENTENCE_SIGNS,
    UNKNOWN_HEADING,
    Heading,
    ParagraphText,
    bare,
    heading,
    like_heading,
)
from xlperf.documents.parse.numbering import marker
from xlperf.documents.parse.project_forms.table_recognition import is_form, may_be_part, starts_form
from xlperf.documents.words import meaning, plain

COVER = "cover"


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A paragraph, its text apart from its field codes, and the heading it is, if it is one."""

    bare: ParagraphText
    heading: Heading | None
    apart: bool = True
    whole: bool = False

    @property
    def piece(self) -> Piece:
        """Its text."""
        return self.bare.piece


@dataclass(slots=True)
class OutlineSection:
    """A heading and everything up to the next one."""

    kind: str
    heading: OutlineLine | None = None
    body: list[OutlineLine | TableRow] = field(default_factory=list)
    complete: bool = False  # a project's form down to its indicators

    @property
    def lines(self) -> list[OutlineLine]:
        """The paragraphs of it; what stands in a table is no running text."""
        return [item for item in self.body if isinstance(item, OutlineLine)]


def outline(blocks: Iterable[Block]) -> list[OutlineSection]:
    """The sections of a document; the first is the cover, maybe empty."""
    parts = list(_parts(blocks))
    sections = [OutlineSection(COVER)]
    body_starts = _end_of_contents(parts)
    for position, part in enumerate(parts):
        current = sections[-1]
        following = parts[position + 1] if position + 1 < len(parts) else None
        if isinstance(part, OutlineLine):
            in_contents = current.kind == CONTENTS_PART and position < body_starts
            kind = "" if in_contents else _opens(part, following, sections)
            if kind:
                sections.append(OutlineSection(kind, part))
            else:
                current.body.append(part)
        else:
            for row in part.rows:
                _add_row(sections, row)
    return sections


def _parts(blocks: Iterable[Block]) -> Iterator[OutlineLine | Table]:
    """Paragraphs as lines; a table that is no form, only text set in with tabs, as paragraphs.

    What is none of these, as a table of something else between the forms, is left over.
    """
    in_form = False
    for block in blocks:
        if isinstance(block, Table):
            in_form = in_form or is_form(block)
            if in_form and belongs(block):
                yield block
            elif not in_form and not block.inner:
                yield from _set_in(block)
        elif isinstance(block, Paragraph):
            line = _line(block.piece, block.apart, block.whole)
            in_form = line.heading.kind == PROJECT_HEADING if line.heading else in_form
            yield line


def _set_in(table: Table) -> Iterator[OutlineLine]:
    for row in table.rows:
        for cell in row:
            for position, line in enumerate(cell.lines()):
                yield _line(line, apart=position == 0)


def _line(piece: Piece, apart: bool = True, whole: bool = False) -> OutlineLine:
    parted = bare(piece)
    return OutlineLine(parted, heading(parted), apart, whole)


def _opens(
    line: OutlineLine, following: OutlineLine | Table | None, sections: list[OutlineSection]
) -> str:
    """The kind of section a line opens, or nothing."""
    title = line.heading
    if title is None:
        return _next_section(line, following, sections)
    if title.paged or title.kind != PROJECT_HEADING:
        return "" if title.paged else title.kind
    sure = isinstance(following, Table)
    listed = any(section.kind == PROJECTS_PART for section in sections)
    return (
        PROJECT_HEADING
        if sure or (listed and not any(s in title.piece.text for s in SENTENCE_SIGNS))
        else ""
    )


def _next_section(
    line: OutlineLine, following: OutlineLine | Table | None, sections: list[OutlineSection]
) -> str:
    """The kind of section a line opens that only its number and a telling word show."""
    current = sections[-1]
    kind, number = like_heading(line.piece), marker(line.piece.text)
    is_before_goal = isinstance(following, OutlineLine) and is_goal(following.piece.text)
    if not kind or number is None or is_before_goal:
        return ""
    if current.kind in (COVER, DEPARTMENT_PART):
        return kind if number.number == 1 and kind != UNKNOWN_HEADING else ""
    above = current.heading.heading if current.heading else None
    if current.kind not in (OVERALL, ITEMISED, SAFEGUARDS) or above is None or not above.marker:
        return ""
    counts_on = (above.marker.style, above.marker.number + 1) == (number.style, number.number)
    within = (marker(line.piece.text) for line in current.lines)
    return kind if counts_on and not any(m and m.style == number.style for m in within) else ""


def _add_row(sections: list[OutlineSection], row: TableRow) -> None:
    """Put a row of a form into the project it belongs to; a second unit or code begins another."""
    current = sections[-1]
    title = _title(row)
    again = current.complete and (title is not None or starts_form(row))
    if current.kind != PROJECT_HEADING or again:
        current = OutlineSection(PROJECT_HEADING)
        sections.append(current)
    if title and current.heading is None and not current.body:
        current.heading = title
    else:
        current.body.append(row)
        current.complete |= any(meaning("columns", cell.text) for cell in row)


def belongs(table: Table) -> bool:
    """Whether a table between the forms is part of one; a table in a cell must be a form itself."""
    if table.inner:
        return is_form(table) and any(map(starts_form, table.rows))
    return may_be_part(table) or any(map(_title, table.rows))


def _title(row: TableRow) -> OutlineLine | None:
    """A row that is a project's title, set in the table."""
    cells = [cell for cell in row if not cell.blank]
    line = _line(cells[0]) if len(cells) == 1 else None
    return line if line and line.heading and line.heading.kind == PROJECT_HEADING else None


def _end_of_contents(parts: list[OutlineLine | Table]) -> int:
    """Where the body begins after a table of contents: where its headings come a second time.

    Contents list no forms: whatever comes again after the first form is no second time.
    """
    start = next((i for i, part in enumerate(parts) if _kind(part) == CONTENTS_PART), len(parts))
    entries: set[tuple[object, ...]] = set()
    last_paged = start
    for position in range(start + 1, len(parts)):
        part = parts[position]
        if isinstance(part, Table):
            break
        line_heading = part.heading
        if line_heading is None:
            continue
        if line_heading.paged:
            last_paged = position
        elif _entry(line_heading) in entries:
            return position
        entries.add(_entry(line_heading))
    return last_paged + 1


def _entry(title: Heading) -> tuple[object, ...]:
    """What an entry of the contents and the heading it stands for have in common."""
    if title.kind != PROJECT_HEADING:
        return (title.kind, title.part)
    return (title.kind, title.marker and title.marker.number, plain(title.name.text))


def _kind(part: OutlineLine | Table) -> str:
    return part.heading.kind if isinstance(part, OutlineLine) and part.heading else ""
