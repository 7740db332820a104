"""Labels of monitoring and self-evaluation: a share of the goals, a last day, points, a grade.

What they say is gathered while a form is read, and kept once it is known to be of a stage. Labels
that nothing is written beside say nothing: they are the form's own.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.closing_rows import ClosingRows
from xlperf.documents.layouts.form_draft import (
    GOALS_KIND,
    MONITORING_KIND,
    SELF_EVALUATION,
    FormDraft,
    is_hint,
)
from xlperf.documents.layouts.funding.derived import keep_number
from xlperf.documents.layouts.indicator_tables.outcome_lists import OutcomeList, OutcomeRows
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column
from xlperf.documents.layouts.titles import entry, is_label, label_meaning, words_of
from xlperf.documents.words import plain
from xlperf.paths import RecordPath
from xlperf.record import share

DAY = re.compile(r"(20\d\d)\D{1,2}(\d{1,2})\D(\d{1,2})\D?")
FORMS_HINT = re.compile(rf"\([^()]*(?:{entry('signs', 'hint')})[^()]*\)$")
LONGEST_BLANK = 16
TEXT_LABELS = frozenset(
    {"overview", "conclusion", "problems", "measures", "execution_reason", "leader"}
)
COLONS = (":", "\uff1a")


@dataclass
class StageLabels:
    """What the labels of one form say of a stage."""

    form: FormDraft
    closing: ClosingRows
    rate: tuple[Slot, Slot] | None = None  # the share of the goals: label and value
    texts: dict[str, tuple[Slot, Slot]] = field(default_factory=dict)  # by key

    def take(
        self, slot: Slot, following: Slot | None, lines: Sequence[Slots], row: int
    ) -> list[Slot]:
        """Take a label with its value; the cells that were taken, none if it is none of these."""
        if label_meaning("later", slot.text) == "completion_rate":
            return self._rate(slot, following, lines, row)
        value = following if following is not None and not following.blank else None
        if value and (taken_cells := self._text(slot, value)):
            return taken_cells
        if label_meaning("later", slot.text) == "until" and value:
            if not self.form.keep("later", "until", value.piece):
                return []
            self.form.draft.furniture(slot.piece)
            return [slot, value]
        if value and self.closing.pair(slot, value):
            return [slot, value]
        return self._unused(slot, value)

    def _rate(
        self, slot: Slot, following: Slot | None, lines: Sequence[Slots], row: int
    ) -> list[Slot]:
        under = at_column(lines[row + 1], slot.start) if row + 1 < len(lines) else None
        for value in (following, under):
            if self.rate is None and value is not None and share(value.text) is not None:
                self.rate = (slot, value)
                return [slot, value]
        return []

    def is_leader(self, slot: Slot, value: Slot) -> bool:
        """Take who is in charge, below a form of a stage; above it, that is the project's."""
        is_stage = self.form.kind in (MONITORING_KIND, SELF_EVALUATION)
        is_label_of_leader = label_meaning("later", slot.text) == "leader"
        return is_stage and is_label_of_leader and bool(self._text(slot, value))

    def _text(self, slot: Slot, value: Slot) -> list[Slot]:
        """A label whose value is a text; where that is the word for a grade, it is one."""
        key = label_meaning("later", slot.text)
        if (
            key not in TEXT_LABELS
            or key in self.texts
            or is_hint(value.text)
            or is_label(value.text)
        ):
            return []
        if plain(value.text) in words_of("signs", "grades"):
            self.closing.take("grade", slot, value)
        else:
            self.texts[key] = (slot, value)
        return [slot, value]

    def _unused(self, slot: Slot, value: Slot | None) -> list[Slot]:
        """A label that nothing is written beside, or a form's own hint: both are the form's."""
        if FORMS_HINT.search(plain(slot.text)):
            self.form.draft.furniture(slot.piece)
            return [slot]
        is_end = (
            bool(label_meaning("ends", slot.text))
            or label_meaning("later", slot.text) in TEXT_LABELS
        )
        is_open = slot.text.rstrip().endswith(COLONS) and len(plain(slot.text)) <= LONGEST_BLANK
        hint = value is not None and FORMS_HINT.search(plain(value.text))
        alone = value is None or hint or (is_open and _is_open(value))
        if not (is_end or is_open) or not alone:
            return []
        self.form.draft.furniture(slot.piece)
        return [slot]

    def keep(self, project: RecordPath) -> None:
        """Keep the share of the goals and the texts below a stage's project."""
        for key, (label, value) in self.texts.items():
            self.form.draft.furniture(label.piece)
            self.form.draft.keep_lines((*project, key), [value.piece])
        if self.rate is not None:
            label, value = self.rate
            if keep_number(self.form.draft, (*project, "completion_rate"), value.piece):
                self.form.draft.furniture(label.piece)


def _is_open(slot: Slot) -> bool:
    """Whether a cell is a label itself, with nothing behind its colon."""
    return slot.text.rstrip().endswith(COLONS) or is_label(slot.text)


def iso_day(text: str) -> str:
    """A day as YYYY-MM-DD where it is written in figures; any other text as it is."""
    match = DAY.fullmatch(text.strip())
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else text.strip()


def stage_of(form: FormDraft, kind: str, piece: Piece) -> RecordPath:
    """The path of the stage of a kind (and of a last day, for monitoring); added if new."""
    draft = form.draft
    stages: list[dict[str, Any]] = draft.record.get("stages", [])
    until = last_day(form) if kind == MONITORING_KIND else ""
    for position, stage in enumerate(stages):
        if stage["kind"] == kind and stage.get("until", until) == until:
            if form.until and "until" in stage:
                draft.ledger.field(("stages", position, "until"), form.until)
            return ("stages", position)
    path = draft.add(("stages",), piece)
    draft.put((*path, "kind"), kind, piece)
    if until and form.until:
        draft.keep((*path, "until"), form.until, until)
    elif until:
        draft.put((*path, "until"), until, piece)
    return path


def last_day(form: FormDraft) -> str:
    """The last day that monitoring covers, as it is stated; otherwise that of the month.

    "" where month or year is missing.
    """
    if form.until is not None:
        return iso_day(form.until.text)
    year = form.draft.record.get("fiscal_year")
    if form.last_day or not isinstance(year, int) or not form.month:
        return form.last_day
    return f"{year}-{form.month:02d}-{monthrange(year, form.month)[1]:02d}"


def read_outcomes(form: FormDraft, outcomes: OutcomeList) -> None:
    """Read a list of projects with what came of them, found in a form, into its stage."""
    kind = form.kind
    if kind in ("", GOALS_KIND):
        kind = MONITORING_KIND if outcomes.is_monitoring else SELF_EVALUATION
    form.month = form.month or outcomes.month
    piece = next(iter(outcomes.columns.values())).piece
    OutcomeRows(form.draft, outcomes, stage_of(form, kind, piece)).read()
