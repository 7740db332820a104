"""Points and grade of a whole project: rows across the table of indicators, or labels beside it.

They are gathered while a form is read, and kept once it is known to be of a stage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlperf.documents.layouts.form_draft import FormDraft, is_empty, is_hint
from xlperf.documents.layouts.funding.derived import (
    PERCENT_BASE,
    claim_number,
    claim_rate,
    keep_number,
)
from xlperf.documents.layouts.funding.reported_funds import execution_weights
from xlperf.documents.layouts.indicator_tables.headers import Header
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, nonblank, same
from xlperf.documents.layouts.titles import is_label, label_meaning
from xlperf.paths import RecordPath
from xlperf.record import share

TOTAL_KEYS = {"total": "total", "execution": "execution_score"}
LONGEST_GRADE = 8
FULL_EXECUTION = (PERCENT_BASE, Decimal(1))  # what a form wants of execution: all of it


@dataclass(frozen=True, slots=True)
class ClosingCell:
    """A cell of such a row: what the row is about, the key of its column ("" if unknown)."""

    about: str
    key: str
    cell: Slot


@dataclass
class ClosingRows:
    """The cells of such rows, and the labels of the rows."""

    form: FormDraft
    cells: list[ClosingCell] = field(default_factory=list)
    labels: list[Slot] = field(default_factory=list)

    def read(self, header: Header, line: Slots) -> bool:
        """Take a row across the table below its header; false if it is about no points."""
        first, *rest = nonblank(line)
        about = label_meaning("points", first.text)
        if about not in TOTAL_KEYS or any(
            label_meaning("points", cell.text) == "grade" for cell in rest
        ):
            return False
        self.labels.append(first)
        columns = len(header.columns) <= len(line) or any(c.end - c.start > 1 for c in line)
        for cell in rest:
            key = _key_over(header, cell) if columns else ""
            if same(cell.text, first.text) or is_label(cell.text):
                self.labels.append(cell)
            else:
                self.cells.append(ClosingCell(about, key, cell))
        return True

    def pair(self, label: Slot, value: Slot | None) -> bool:
        """Take a label and its value beside it; false if they are about no points and no grade."""
        about = label_meaning("points", label.text)
        if not about or value is None or value.blank:
            return False
        is_grade = about == "grade" and len(value.text) <= LONGEST_GRADE
        if not (is_grade and not is_label(value.text)) and share(value.text) is None:
            return False
        self.take(about, label, value)
        return True

    def take(self, about: str, label: Slot, value: Slot) -> None:
        """Take a label and its value, known to be about points or the grade."""
        self.labels.append(label)
        self.cells.append(ClosingCell(about, "", value))

    def claim_labels(self) -> None:
        """Claim the labels of the rows: they are the form's own, whatever stands beside them."""
        for label in self.labels:
            if self.form.draft.ledger.is_free(label.piece):
                self.form.draft.furniture(label.piece)

    def settle(self, project: RecordPath, weights: Decimal | None, rate: Decimal | None) -> None:
        """Keep what the rows say below a stage's project; claim what follows from the record.

        `weights`: the sum of those of the indicators, where all are known; `rate`: of execution.
        """
        draft = self.form.draft
        self.claim_labels()
        for item in self.cells:
            piece = item.cell.piece
            if not draft.ledger.is_free(piece):
                continue
            if is_empty(item.cell.text) or is_hint(item.cell.text):
                draft.furniture(piece)
            elif item.about == "grade":
                if share(piece.text) is None:
                    draft.keep((*project, "grade"), piece)
            elif not self._is_given(item, weights, rate):
                is_score = item.key == "score"
                keep_number(draft, (*project, TOTAL_KEYS[item.about]), piece, words=is_score)

    def _is_given(self, item: ClosingCell, weights: Decimal | None, rate: Decimal | None) -> bool:
        """Whether a cell is no points, but what a form prints beside them; claimed if it is right.

        A number whose column is not known is the sum of the weights where another one follows.
        """
        draft, piece = self.form.draft, item.cell.piece
        if item.key == "completed":
            return claim_rate(draft, piece, rate) or True
        if item.key in ("target", "name", "reason", "description", "single"):
            return claim_number(draft, piece, FULL_EXECUTION) or True
        alike = [other for other in self.cells if other.about == item.about and not other.key]
        is_weight = item.key == "weight" or (len(alike) > 1 and item is alike[0])
        if not is_weight:
            return False
        due: Sequence[Decimal | None] = (*FULL_EXECUTION[:1], weights)
        if item.about == "execution":
            due = tuple(execution_weights(weights))
        elif weights is not None:
            due = (*due, *(weights + more for more in execution_weights(weights) if more))
        return claim_number(draft, piece, due) or True


def _key_over(header: Header, cell: Slot) -> str:
    """The key of the column that a cell stands in; "" where it stands in none, or in several."""
    columns = [column for column in header.columns if cell.covers(column.slot.start)]
    return columns[0].key if len(columns) == 1 else ""


def weights_of(cells: Sequence[Slot]) -> Decimal | None:
    """The sum of the weights in cells; blank ones aside; None where one cannot be read."""
    numbers = [share(cell.text) for cell in cells if not cell.blank]
    weights = [number for number in numbers if number is not None]
    return sum(weights, Decimal(0)) if weights and len(weights) == len(numbers) else None
