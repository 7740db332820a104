"""Forms whose head stands in prose above their table of indicators, as labels with their values.

A label stands before a colon, or in a heading over its text: then all up to the next heading is
its value. Sentences that only speak of a name or an amount are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xlperf.documents.blocks.source import Block, Paragraph, Piece, Table
from xlperf.documents.blocks.stretches import Stretches
from xlperf.documents.layouts.form_draft import FormDraft
from xlperf.documents.layouts.form_titles import kind_of_title, pairs
from xlperf.documents.layouts.funding.amount_clauses import amounts_of
from xlperf.documents.layouts.funding.fund_labels import YEAR_ALONE, role_of
from xlperf.documents.layouts.indicator_tables.headers import header_at
from xlperf.documents.layouts.indicator_tables.slots import laid_out
from xlperf.documents.layouts.prose.line_labels import (
    COLONS,
    FUNDS_KEY,
    GOAL_KEYS,
    LONGEST_LABEL,
    NAME_KEY,
    key_of,
    label_of,
)
from xlperf.documents.layouts.recognition import names_project, parted_at_names
from xlperf.documents.layouts.titles import FIRST_OF, label_meaning
from xlperf.documents.parse.numbering import Marker, marker
from xlperf.documents.words import plain

SHARED_FIELDS = ("unit", "managing_department")  # that may be stated above all projects
WHOLE_ROLE = "whole"
LONG_FIELDS = ("overview", "purpose", *GOAL_KEYS)  # whose value may be running text
HEADS = {NAME_KEY, FUNDS_KEY, *GOAL_KEYS}  # one of them makes a head
LONGEST_VALUE = 80  # signs
STOP_SIGNS, BRACKET_SIGNS = "。；;，,、", "()（）"


@dataclass(frozen=True, slots=True)
class Head(Table):
    """The head of a form as rows of labels and values; `signs`: headings and marks around them.

    `keys`: what it says, of `HEADS`.
    """

    signs: tuple[Piece, ...] = ()
    keys: frozenset[str] = frozenset()

    def begins(self, form: FormDraft) -> bool:
        """Whether it is the head of another form than one that has its indicators already."""
        repeated = any(form.value(key) for key in GOAL_KEYS if key in self.keys)
        return form.indicators > 0 and (bool(self.keys & {NAME_KEY, FUNDS_KEY}) or repeated)


def with_heads(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, in which what stands in prose above a table of indicators is a table, too."""
    result: list[Block] = []
    paragraphs: list[Paragraph] = []
    for block in parted_at_names(blocks):
        if isinstance(block, Paragraph):
            paragraphs.append(block)
            continue
        if isinstance(block, Table) and paragraphs and _may_lack_head(block):
            result += _Reader().read(paragraphs)
        else:
            result += paragraphs
        paragraphs = []
        result.append(block)
    return [*result, *paragraphs]


def _may_lack_head(table: Table) -> bool:
    """Whether a table holds indicators, and no name of a project."""
    lines = laid_out(table)
    header = next(filter(None, (header_at(lines, row) for row in range(len(lines)))), None)
    return header is not None and not header.keys("project") and not names_project(table)


@dataclass
class _Part:
    """A label whose value goes on in the lines below: its key, its number, what was read of it."""

    key: str
    label: Piece
    number: Marker | None
    lines: list[Piece] = field(default_factory=list)

    def goes_on(self, line: Piece, number: Marker | None) -> bool:
        """Whether a line below still belongs to it: no other label, no heading beside its own."""
        label = label_of(line)
        if label and key_of(label.text):
            return False
        if self.key == FUNDS_KEY and label and YEAR_ALONE.fullmatch(plain(label.text)):
            return True
        if self.key not in GOAL_KEYS:
            return number is None and label is None
        heading_number = self.number.style if self.number else "numeral"
        return number is None or number.style != heading_number


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label with its value: its key, and the signs around them, which are the form's."""

    key: str
    label: Piece
    value: Piece
    signs: tuple[Piece, ...] = ()


class _Reader:
    """Reads the paragraphs above one table, line by line."""

    def __init__(self) -> None:
        self.heads: list[list[_Entry]] = [[]]  # the last one is that of the table
        self.before_names: list[_Entry] = []  # said before the first name
        self.headings: list[Piece] = []  # over labels, or over the table
        self.signs: list[Piece] = []  # numbers before labels
        self.part: _Part | None = None
        self.is_money_left = False  # a label for money whose value is no plain amount

    def read(self, paragraphs: Sequence[Paragraph]) -> list[Block]:
        """The paragraphs that are left as they are, and the heads; all of them if there is none."""
        for paragraph in paragraphs:
            self.line(paragraph.piece.strip())
        self.close()
        heads = [self.head(head) for head in self.heads if HEADS & {item.key for item in head}]
        if not heads:
            return [*paragraphs]
        entries = [*self.before_names, *(item for head in self.heads for item in head)]
        parts = [*self.headings, *(piece for item in entries for piece in (item.label, item.value))]
        read = Stretches(parts)
        signs = (sign for sign in self.signs if read.follows(sign))
        heads[0] = replace(heads[0], signs=(*heads[0].signs, *self.headings, *signs))
        return [*(p for p in paragraphs if not read.overlaps(p.piece)), *heads]

    def head(self, entries: Sequence[_Entry]) -> Head:
        """What was said of one project, its name first.

        What it takes in all is not what it takes this year, if that is said in other words.
        """
        remaining_entries = [
            s for s in entries if not (self.is_money_left and role_of(s.label.text) == WHOLE_ROLE)
        ]
        rows = sorted(
            ((s.label, s.value) for s in remaining_entries),
            key=lambda row: key_of(row[0].text) != NAME_KEY,
        )
        signs = tuple(sign for item in remaining_entries for sign in item.signs)
        return Head(
            tuple(rows), signs=signs, keys=frozenset(item.key for item in remaining_entries)
        )

    @property
    def entries(self) -> list[_Entry]:
        """What was said of the project that is spoken of last."""
        return self.heads[-1]

    def begin_project(self, name: str) -> None:
        """A project's name: what was said before it is of another one, or of none."""
        names = [item.value.text for item in self.entries if item.key == NAME_KEY]
        if names and name not in names:
            self.heads.append([])
        elif not names:
            self.before_names += [
                item for item in self.entries if item.key in (*LONG_FIELDS, FUNDS_KEY)
            ]
            self.heads[-1] = [
                item for item in self.entries if item.key not in (*LONG_FIELDS, FUNDS_KEY)
            ]

    def line(self, piece: Piece) -> None:
        """A paragraph: a heading, labels with values, or a line of what stands below a heading."""
        number = marker(piece.text)
        core = piece.cut(number.end) if number else piece
        if self.heading(piece, core, number):
            return
        if self.part and self.part.goes_on(core, number):
            self.part.lines.append(piece)
            return
        self.close()
        if not kind_of_title(piece.text) and self.labelled(core, number) and number:
            self.signs.append(piece.cut(0, number.end))

    def heading(self, piece: Piece, core: Piece, number: Marker | None) -> bool:
        """Take a line that is nothing but a label; false if it is none."""
        text = core.text.rstrip(COLONS)
        is_marked = number is not None or text != core.text
        if len(text) > LONGEST_LABEL or (kind_of_title(text) and not is_marked):
            return False
        key, group = key_of(text), label_meaning("group", text)
        if not (key or group) or not (is_marked or key in (*LONG_FIELDS, FUNDS_KEY) or group):
            return False
        self.close()
        if group == "indicators" or not key:
            self.headings.append(piece)
        else:
            self.part = _Part(key, core, number)
            self.signs.append(piece.cut(0, number.end if number else 0))
        return True

    def labelled(self, core: Piece, number: Marker | None) -> bool:
        """Take the labels with values of a line; false if it has none that are known."""
        label = label_of(core)
        key = key_of(label.text) if label else ""
        if label is None or not key:
            return self.paired(core)
        value = core.cut(len(label.text)).cut(1)
        if key in LONG_FIELDS:
            self.part = _Part(key, label, number, [value])
            if number is None:
                self.close()
            return True
        if key == FUNDS_KEY and len([*pairs(core)]) < 2:
            return self.amounts(label, value)
        return self.paired(core)

    def paired(self, core: Piece) -> bool:
        """Take the labels of a line with their short values; false if none is known."""
        are_taken = [self.pair(*pair) for pair in pairs(core)]
        return any(are_taken)

    def pair(self, label: Piece, value: Piece) -> bool:
        """Take a label and its short value; who it is of is said below the project's name."""
        key = key_of(label.text)
        if key == FUNDS_KEY:
            return self.amounts(label, value)
        is_named = any(item.key == NAME_KEY for item in self.entries)
        if not key or key in GOAL_KEYS or (key in SHARED_FIELDS and not is_named):
            return False
        without_stop = value.cut(0, len(value.text.rstrip(STOP_SIGNS)))
        self.add(key, label, without_stop, Piece(value.source, without_stop.end, value.end))
        return True

    def amounts(self, label: Piece, value: Piece) -> bool:
        """Take amounts behind a label for money; false if they are not plain ones."""
        amounts = amounts_of(label, value)
        self.is_money_left |= not amounts
        if amounts and amounts[0][0] is not label:
            self.headings.append(label.to(value.cut(0, 0)))
        ends = [*(part[0].start for part in amounts[1:]), value.end]
        for part, end in zip(amounts, ends, strict=bool(amounts)):
            between = Piece(value.source, part[1].end, end)
            only_signs = not between.text.strip(f"{STOP_SIGNS}{BRACKET_SIGNS} ")
            self.add(FUNDS_KEY, *part, *([between] if only_signs else []))
        return bool(amounts)

    def add(self, key: str, label: Piece, value: Piece, *signs: Piece) -> None:
        """Take a label with its value; what stands between them is the form's."""
        if key == NAME_KEY:
            self.begin_project(value.text)
        between = Piece(label.source, label.end, value.start)
        colon = [between] if between.text.strip() in COLONS else []
        first_of = Piece(label.source, max(0, label.start - len(FIRST_OF)), label.start)
        if plain(first_of.text) == FIRST_OF:
            colon.append(first_of)
        self.entries.append(_Entry(key, label, value, (*colon, *signs)))

    def close(self) -> None:
        """The end of what stands below a heading: it is the heading's value where it can be."""
        part, self.part = self.part, None
        if part is None:
            return
        if part.key in LONG_FIELDS and part.lines:
            self.add(part.key, part.label, part.lines[0].to(part.lines[-1]))
        elif part.key in LONG_FIELDS:
            self.headings.append(part.label)
        else:
            self.single(part)

    def single(self, part: _Part) -> None:
        """Take a heading for a short value where it has one line below it, or money by years."""
        if part.key == FUNDS_KEY and len(part.lines) > 1 and all(map(label_of, part.lines)):
            self.years(part)
        if len(part.lines) != 1 or len(part.lines[0].text) > LONGEST_VALUE:
            return
        (line,) = part.lines
        if part.key == FUNDS_KEY:
            self.amounts(part.label, line)
        elif line.text[-1] not in STOP_SIGNS:
            self.pair(part.label, line)

    def years(self, part: _Part) -> None:
        """Take a heading for money with an amount for each of several years below it."""
        self.add(FUNDS_KEY, part.label, part.label.cut(len(part.label.text)))
        for line in part.lines:
            if label := label_of(line):
                self.amounts(label, line.cut(len(label.text)).cut(1))
