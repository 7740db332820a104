"""What a document was recognised as; and which of its tables are in a layout of our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlperf.documents.blocks.lone_rows import parted_at_lines
from xlperf.documents.blocks.source import Block, Piece, Table, TableRow
from xlperf.documents.layouts.indicator_tables.headers import Header, header_at
from xlperf.documents.layouts.indicator_tables.outcome_lists import list_at
from xlperf.documents.layouts.indicator_tables.project_columns import project_columns_at
from xlperf.documents.layouts.indicator_tables.slots import laid_out, nonblank
from xlperf.documents.layouts.indicator_tables.titles_in_rows import titled_rows_at
from xlperf.documents.layouts.indicator_tables.wide_lists import wide_list_at
from xlperf.documents.layouts.prose.line_labels import (
    FUNDS_KEY,
    GOAL_KEYS,
    LONGEST_LABEL,
    NAME_KEY,
    key_of,
)
from xlperf.documents.layouts.titles import LABEL_SECTIONS, label_meaning
from xlperf.documents.parse.numbering import marker
from xlperf.documents.words import meaning
from xlperf.reading import Recognition

if TYPE_CHECKING:
    from xlperf.documents.layouts.indicator_tables.indicators import Indicators

OWN_LAYOUT, FOREIGN_LAYOUT, EITHER_LAYOUT = "ours", "other", ""
DEPARTMENT_NAME = "department/name"
OUR_LABELS = ("money", "plan", "march", "june", "october", "december")
OUR_COLUMNS = {"level1", "level2", "name", "description", "target", "basis"}


@dataclass
class RecognitionDraft:
    """What the reader of other layouts understood, form by form; its dicts are ordered sets."""

    known_titles: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    aside: dict[str, None] = field(default_factory=dict)
    kinds: dict[str, None] = field(default_factory=dict)

    def header(self, header: Header) -> None:
        """Note the titles of a header as known or unknown, those that name a group aside."""
        for column in header.columns:
            if column.section != "group":
                (self.known_titles if column.key else self.unknown)[column.title] = None

    def form(self, kind: str, whole: bool, indicators: Indicators) -> None:
        """Note the kind of a complete form with indicators, and its columns without a place."""
        if indicators.reported:
            self.kinds["whole" if whole else kind] = None
        self.aside |= indicators.aside

    def recognition(self, edition: str) -> Recognition:
        """The summary for a reading: edition, titles known and unknown, kinds of forms."""
        aside = (*self.unknown, *(item for item in self.aside if item not in self.unknown))
        return Recognition(
            edition=edition,
            known_columns=len(self.known_titles),
            titles=len(self.known_titles) + len(self.unknown),
            aside=aside,
            unknown=tuple(self.unknown),
            kinds=tuple(self.kinds),
        )


def other_tables(blocks: Sequence[Block]) -> set[int]:
    """The positions of the tables that are in no layout of our own.

    A table that could be either is as the others of its document; beside our own forms only one
    that names its project is another's, for one that does not goes on with the form above it.
    """
    tables = {at: block for at, block in enumerate(blocks) if isinstance(block, Table)}
    sides = {at: side_of(table) for at, table in tables.items()}
    others = {at for at, side in sides.items() if side == FOREIGN_LAYOUT}
    if OWN_LAYOUT in sides.values():
        return {at for at in others if names_project(tables[at])}
    return (
        {at for at, side in sides.items() if side in (FOREIGN_LAYOUT, EITHER_LAYOUT)}
        if others
        else set()
    )


def names_project(table: Table) -> bool:
    """Whether a table has a label or a column for the name of a project or of a department."""
    cells = [cell.text for row in table.rows for cell in row]
    return any(
        label_meaning("text", text) == "name"
        or label_meaning("department", text) == DEPARTMENT_NAME
        for text in cells
    )


def parted_at_names(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; tables with indicators apart from the head of another form in lines below them.

    Such a line says a project's name; or its money or goals, where the titles of another table of
    indicators follow.
    """
    for block in blocks:
        if isinstance(block, Table) and not names_project(block):
            yield from parted_at_lines(block, _begins)
        else:
            yield block


def _begins(line: str, below: Sequence[TableRow]) -> bool:
    """Whether a line between rows of a table begins a form; `below`: the rows after the lines."""
    number = marker(line)
    core = line[number.end :] if number else line
    label, _, value = core.replace("\uff1a", ":").partition(":")
    if not value.strip():
        return False
    if label_meaning("text", label) == NAME_KEY:
        return True
    is_head = len(label) <= LONGEST_LABEL and key_of(label) in (FUNDS_KEY, *GOAL_KEYS)
    return is_head and bool(below) and header_at(laid_out(Table(tuple(below[:2]))), 0) is not None


def side_of(table: Table) -> str:
    """Whose layout a table is in: `OWN_LAYOUT`, `FOREIGN_LAYOUT`, or for both `EITHER_LAYOUT`."""
    lines = laid_out(table)
    if project_columns_at(lines):
        return FOREIGN_LAYOUT
    labels = {meaning("table", cell.text) for row in table.rows for cell in row}
    headers = [header for row in range(len(lines)) if (header := header_at(lines, row))]
    if labels & {*OUR_LABELS} and not any(map(_has_others, headers)):
        return OWN_LAYOUT
    if headers and all(map(_is_ours, headers)):
        return OWN_LAYOUT
    rows = range(len(lines))
    ways = (list_at, wide_list_at, titled_rows_at)
    if headers or any(way(lines, row) for row in rows for way in ways):
        return FOREIGN_LAYOUT
    cells = [slot.piece for line in lines for slot in nonblank(line)]
    return FOREIGN_LAYOUT if sum(map(_only_others, cells)) > 1 else EITHER_LAYOUT


def _is_ours(header: Header) -> bool:
    keys = {column.key for column in header.columns if column.section == "indicator"}
    other = [column for column in header.columns if column.section in ("stage", "project")]
    if other or len(header.periods) > 1 or not keys <= OUR_COLUMNS:
        return False
    return keys == OUR_COLUMNS or ({"description", "basis"} <= keys and not header.unknown)


def _has_others(header: Header) -> bool:
    """Whether a header has known columns that our own layout does not have."""
    keys = {column.key for column in header.columns if column.section == "indicator"}
    other = any(column.section in ("stage", "project") for column in header.columns)
    return other or len(header.periods) > 1 or not keys <= OUR_COLUMNS


def _only_others(cell: Piece) -> bool:
    """Whether a cell is a label that only other layouts have."""
    if meaning("table", cell.text) or meaning("columns", cell.text):
        return False
    return any(label_meaning(section, cell.text) for section in LABEL_SECTIONS)
