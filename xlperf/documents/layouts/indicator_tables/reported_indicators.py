"""What the rows of a form report of its indicators: results, points, causes, states, remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlperf.canonical import written_share
from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.closing_rows import weights_of
from xlperf.documents.layouts.form_draft import SELF_EVALUATION, FormDraft, is_empty, is_hint
from xlperf.documents.layouts.funding.derived import claim_number
from xlperf.documents.layouts.indicator_tables.headers import TableColumn
from xlperf.documents.layouts.indicator_tables.indicators import (
    IndicatorCells,
    Indicators,
    StageIndicatorRow,
)
from xlperf.documents.layouts.indicator_tables.slots import Slot
from xlperf.documents.layouts.titles import words_of
from xlperf.documents.parse.draft import Draft
from xlperf.documents.words import plain
from xlperf.paths import RecordPath, get
from xlperf.record import round_cent, share

CHANCES = ("impossible", "possible", "certain")


@dataclass(frozen=True)
class ReportedRows:
    """The rows of one form, for a stage of its project."""

    indicators: Indicators

    @property
    def form(self) -> FormDraft:
        """The form that they are of."""
        return self.indicators.form

    @property
    def draft(self) -> Draft:
        """The draft that they go into."""
        return self.form.draft

    @property
    def rows(self) -> Sequence[StageIndicatorRow]:
        """The rows in their order."""
        return self.indicators.reported

    def keep(self, project: RecordPath) -> None:
        """Put what the rows report (results, scores, causes) below a stage's project."""
        keys = {column.key for item in self.rows for column in item.cells}
        for item in self.rows:
            path = self.draft.add((*project, "indicators"), item.piece)
            self.draft.put((*path, "of"), item.of, item.piece)
            for column, slot in item.cells.items():
                if not slot.blank:
                    self._keep_reported(path, column, slot, keys)
            self._claim_single(path, item.cells)
            if list(get(self.draft.record, path)) == ["of"]:
                get(self.draft.record, path[:-1]).pop()
        for title in self._kept_aside():
            self.indicators.aside.pop(title, None)

    def _claim_single(self, path: RecordPath, cells: IndicatorCells) -> None:
        """Claim a score out of a hundred whose share by weight is the score of the indicator."""
        reported = get(self.draft.record, path)
        score, weight = (share(reported.get(key)) for key in ("score", "weight"))
        for column, slot in cells.items():
            if (column.section, column.key) != ("aside", "single") or slot.blank:
                continue
            single = share(slot.text)
            if single is None or score is None or not weight:
                continue
            if score == round_cent(single * weight / 100):
                self.draft.furniture(slot.piece)
            else:
                claim_number(self.draft, slot.piece, [score / weight * 100])

    def _kept_aside(self) -> Iterator[str]:
        """The titles of the columns aside of which nothing is left."""
        cells: dict[str, list[Slot]] = {}
        for item in self.rows:
            for column, slot in item.cells.items():
                if column.section == "aside" and not slot.blank:
                    cells.setdefault(column.title, []).append(slot)
        for title, slots in cells.items():
            if not any(self.draft.ledger.is_free(slot.piece) for slot in slots):
                yield title

    def weights(self) -> Decimal | None:
        """The sum of the weights of all indicators; None where one is not known."""
        return weights_of(
            [
                slot
                for item in self.rows
                for column, slot in item.cells.items()
                if (column.section, column.key) == ("indicator", "weight")
            ]
        )

    def _keep_reported(
        self, path: RecordPath, column: TableColumn, slot: Slot, keys: set[str]
    ) -> None:
        key, piece = column.key, slot.piece
        if column.section == "indicator":
            if key == "weight" and self.form.kind == SELF_EVALUATION:
                self._points((*path, key), slot)
        elif column.section == "aside":
            self._keep_aside(path, key, slot)
        elif column.section != "stage" or is_hint(slot.text):
            return
        elif key in ("completed", "expected", "reason"):
            self.draft.keep_lines((*path, key), [piece])
        elif key == "score":
            self._points((*path, key), slot)
        elif key == "possibility":
            self._chance(path, slot)
        elif plain(slot.text) in words_of("signs", "mark"):
            self._mark(path, key, piece)
        elif is_empty(slot.text) or plain(slot.text) in words_of("signs", "unmarked"):
            self.draft.furniture(piece)

    def _points(self, path: RecordPath, slot: Slot) -> None:
        """Keep a weight or a score; a sign for none is the form's own."""
        if is_empty(slot.text):
            self.draft.furniture(slot.piece)
        else:
            self.draft.keep(path, slot.piece, written_share(slot.text))

    def _keep_aside(self, path: RecordPath, key: str, slot: Slot) -> None:
        """Keep the state and the remark of an indicator that a stage reports of."""
        if key == "remark" and not is_hint(slot.text):
            self.draft.keep_lines((*path, key), [slot.piece])
        elif key == "state":
            self.draft.keep((*path, key), slot.piece)

    def _mark(self, path: RecordPath, key: str, piece: Piece) -> None:
        name, value = key.split("/")
        if name == "causes":
            position = len(get(self.draft.record, (*path, "causes")) or ())
            self.draft.keep((*path, "causes", position), piece, value)
        elif get(self.draft.record, (*path, name)) is None:
            self.draft.keep((*path, name), piece, value)

    def _chance(self, path: RecordPath, slot: Slot) -> None:
        text = plain(slot.text)
        for chance in CHANCES:
            if text in words_of("signs", chance):
                self.draft.keep((*path, "possibility"), slot.piece, chance)
                return
