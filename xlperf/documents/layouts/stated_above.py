"""What lines above forms say of whose they are: it holds for every form below them.

A line below a form's title holds up to the next title; one on a cover, before any form, for all
that follow. What a form says itself comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.form_draft import FormDraft, is_empty, is_hint
from xlperf.documents.layouts.titles import is_label, label_meaning
from xlperf.documents.parse.cover import like_department

UNIT_LABEL = ("unit", "unit")
UNIT_LABELS = (UNIT_LABEL, ("text", "managing_department"))
DEPARTMENT_NAME = ("department", "department/name")


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value that a line states, with its label and what stands between them."""

    label: Piece
    value: Piece

    def keep(self, form: FormDraft, section: str, key: str) -> bool:
        """Keep it as what a form's label says; false if the form has said so itself."""
        if not form.keep(section, key, self.value):
            return False
        form.draft.furniture(Piece(self.label.source, self.label.start, self.value.start))
        return True


Statements = dict[tuple[str, str], StatedValue]


@dataclass
class StatedAbove:
    """What was stated so far: by a cover, and below the last title; by section and key of a label.

    `has_table`: a table was read since the last line. `lines`: those above the next title that
    state nothing.
    """

    cover: Statements = field(default_factory=dict)
    head: Statements = field(default_factory=dict)
    statements: list[tuple[tuple[str, str], StatedValue]] = field(default_factory=list)
    has_table: bool = False
    lines: list[Piece] = field(default_factory=list)

    def take(self, label: Piece, value: Piece) -> bool:
        """Take a label of a line with its value; false if it says something else."""
        meaning = next((key for key in UNIT_LABELS if _means(label, key)), None)
        if meaning is None or is_empty(value.text) or is_hint(value.text) or is_label(value.text):
            return False
        self.head[meaning] = StatedValue(label, value)
        self.statements.append((meaning, self.head[meaning]))
        self.has_table = False
        return True

    def speaks(self, pairs: Iterable[tuple[Piece, Piece]]) -> bool:
        """Whether labels with values say whose a form is."""
        return any(_means(label, key) for label, _ in pairs for key in UNIT_LABELS)

    def is_below(
        self, form: FormDraft, above: Statements, pairs: Iterable[tuple[Piece, Piece]]
    ) -> bool:
        """Whether a line below a complete form says whose that form is: it has not said so yet.

        `above`: what was stated above the form; `pairs`: the labels of the line with their values.
        """
        meanings = [key for label, _ in pairs for key in UNIT_LABELS if _means(label, key)]
        missing = [key for key in meanings if key not in above and not form.says(key[1])]
        return bool(missing) and not form.whole

    def title(self) -> None:
        """A form's title: lines without a table before it were those of a cover."""
        if not self.has_table:
            self.cover |= self.head
        self.head = {}

    def current(self) -> Statements:
        """What holds for a form that begins here."""
        return {**self.cover, **self.head}

    def cell(self, form: FormDraft) -> None:
        """A table of labels alone that says a unit is a cover, too."""
        if form.unit and UNIT_LABEL not in self.head:
            self.cover[UNIT_LABEL] = StatedValue(form.unit.cut(0, 0), form.unit)

    def end(self, form: FormDraft) -> None:
        """Keep what was stated of the department, at the end of a document.

        That is who is in charge of the projects; else the unit of a cover, or one that no form
        was of.
        """
        for statement in (*self._managing(), *self._units(form)):
            if like_department(statement.value.text):
                statement.keep(form, *DEPARTMENT_NAME)
                return

    def _managing(self) -> Iterator[StatedValue]:
        yield from (statement for meaning, statement in self.cover.items() if meaning != UNIT_LABEL)

    def _units(self, form: FormDraft) -> Iterator[StatedValue]:
        is_free = form.draft.ledger.is_free
        yield from (
            item for key, item in self.statements if key == UNIT_LABEL and is_free(item.value)
        )
        yield from (item for key, item in self.cover.items() if key == UNIT_LABEL)


def _means(label: Piece, key: tuple[str, str]) -> bool:
    return label_meaning(key[0], label.text) == key[1]


def keep_stated(form: FormDraft, statements: Statements) -> None:
    """Put what is stated above a form into its project, where it does not say so itself."""
    for meaning, statement in statements.items() if form.path and not form.whole else ():
        statement.keep(form, *meaning)
