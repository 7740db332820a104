"""Indicators from rows whose columns are known by title, and what a stage says of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlperf.canonical import written_share
from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.form_draft import (
    GOALS_KIND,
    MONITORING_KIND,
    SELF_EVALUATION,
    FormDraft,
    is_empty,
)
from xlperf.documents.layouts.indicator_tables.cell_lines import by_line
from xlperf.documents.layouts.indicator_tables.headers import Header, TableColumn, period_of
from xlperf.documents.layouts.indicator_tables.level_words import between_levels
from xlperf.documents.layouts.indicator_tables.slots import Slot
from xlperf.documents.layouts.titles import (
    INDICATOR_WORD,
    entry,
    is_label,
    is_level,
    known_levels,
    label_meaning,
    level_depth,
)
from xlperf.documents.parse.draft import Draft
from xlperf.documents.words import plain
from xlperf.paths import RecordPath
from xlperf.record import LEVEL_KEYS

NOTHING_YET = re.compile(entry("patterns", "nothing_yet"))
NAME_BY_NUMBER = re.compile(entry("patterns", "named_by_number"))
DEPARTMENT_INDICATOR_KEYS = (
    "description",
    "target",
    "basis",
    "operator",
    "unit",
    "direction",
    "scoring",
)
PROJECT_INDICATOR_KEYS = (*DEPARTMENT_INDICATOR_KEYS, "required")
IndicatorCells = dict[TableColumn, Slot]


@dataclass(frozen=True)
class StageIndicatorRow:
    """The cells of a row, for a stage of the project, and the indicator that they report of.

    `of`: its level1, level2 and name, and how many with the same three came before it.
    """

    of: list[object]
    cells: IndicatorCells
    piece: Piece


@dataclass
class Indicators:
    """Adds the indicators of one form to its draft; `above`: the levels that blank cells repeat."""

    form: FormDraft
    reported: list[StageIndicatorRow] = field(default_factory=list)
    above: dict[str, Piece] = field(default_factory=dict)
    group: Piece | None = None  # what names the table, for a department's own indicators
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    aside: dict[str, None] = field(default_factory=dict)
    is_mid_term: bool = False  # a section of longer periods was begun

    def section_period(self, title: Slot | None) -> str:
        """The period of the tables below a section's title, in a form with more than one of them.

        "" where the title says none, or only that they are of the year, as most are.
        """
        is_section = title is not None and label_meaning("group", title.text) == "indicators"
        period = period_of(title.text) if title and is_section else ""
        self.is_mid_term |= period == "mid-term"
        return period if self.is_mid_term else ""

    @property
    def draft(self) -> Draft:
        """The draft that they go into."""
        return self.form.draft

    def row(self, header: Header, cells: IndicatorCells) -> bool:
        """Read a row, an indicator for each period of the header; false if it belongs to none."""
        levels = self._levels(header, cells)
        if levels is None:
            return False
        if sign := between_levels(cells):
            self.draft.furniture(sign)
        added = False
        for period in header.periods:
            fits = {c: s for c, s in cells.items() if c.period in ("", period)}
            for part in by_line(fits):
                added |= self._add_indicator(header, part, period, levels)
        if added:
            self._note_aside(cells)
        else:
            self._claim_words(cells)
        return added or bool(levels)

    def level_alone(self, header: Header, line: Sequence[Slot]) -> bool:
        """Take a level that stands alone in its row, over indicators without columns of levels."""
        depths = known_levels(line[0].text) if len(line) == 1 else frozenset()
        if not depths or header.keys("indicator") & {*LEVEL_KEYS}:
            return False
        is_first = 1 in depths and not (2 in depths and "level1" in self.above)
        if is_first:
            self.above = {}
        self.above[LEVEL_KEYS[0 if is_first else 1]] = line[0].piece
        self.draft.furniture(line[0].piece)
        return True

    def _claim_words(self, cells: IndicatorCells) -> None:
        """Claim the form's own words of a row that nobody filled in: levels, names that are one."""
        for column, slot in cells.items():
            is_own = column.section == "indicator" and column.key in (*LEVEL_KEYS, "name")
            is_word = not slot.blank and level_depth(slot.text) > 0
            if is_own and is_word and self.draft.ledger.is_free(slot.piece):
                self.draft.furniture(slot.piece)

    def _levels(self, header: Header, cells: IndicatorCells) -> dict[str, Piece] | None:
        """The first level of a row, from above where it is blank; None if it can have none."""
        column = header.of("indicator", "level1")
        if column is None:
            return {}
        slot = cells.get(column)
        if slot and not slot.blank:
            if "level1" in self.above and self.above["level1"].text != slot.text:
                self.above = {}
            self.above["level1"] = slot.piece
        return self.above if "level1" in self.above else None

    def _add_indicator(
        self, header: Header, cells: IndicatorCells, period: str, levels: dict[str, Piece]
    ) -> bool:
        """Add the indicator of one period."""
        by_key = {(c.section, c.key): s for c, s in cells.items() if not s.blank}
        second = by_key.get(("indicator", "level2"))
        if second and is_level(second.text, 2):
            self.above[f"level2{period}"] = second.piece
        name = by_key.get(("indicator", "name"))
        if name is None or not self._is_name(name, by_key):
            if second and name is None and level_depth(second.text):
                self.draft.furniture(second.piece)  # the form's own word for a row left blank
            return False
        piece = self._unnumbered(name.piece)
        path = self._begin(piece)
        level_words = [
            self._level(path, key, by_key.get(("indicator", key)), period) for key in LEVEL_KEYS
        ]
        self.draft.keep((*path, "name"), piece)
        self._values(path, by_key, period)
        key = (*level_words, piece.text, period)
        of = [*level_words, piece.text, self.counts[key]]
        self.counts[key] += 1
        self.form.indicators += 1
        self.reported.append(StageIndicatorRow(of, cells, piece))
        return True

    def _unnumbered(self, name: Piece) -> Piece:
        """A name without the number that the form prints before it, as in "indicator 1:"."""
        number = NAME_BY_NUMBER.match(name.text)
        if number is None:
            return name
        self.draft.furniture(name.cut(0, number.end()))
        return name.cut(number.end())

    def _is_name(self, name: Slot, by_key: dict[tuple[str, str], Slot]) -> bool:
        """Whether a cell is an indicator's name: not a title, nor a form's own word left alone."""
        others = {key for section, key in by_key if key not in (*LEVEL_KEYS, "name")}
        fields = others & {*PROJECT_INDICATOR_KEYS, "weight", "completed", "score", "expected"}
        graded = any(key.startswith("grades/") for key in others)
        has_level = any(k in LEVEL_KEYS for section, k in by_key if section == "indicator")
        is_execution = label_meaning("points", name.text) == "execution" and "target" in others
        if label_meaning("ends", name.text) and not (has_level and is_execution):
            return False
        placeholder = bool(NOTHING_YET.fullmatch(plain(name.text)))
        own_word = placeholder or is_level(name.text, 2) or is_level(name.text, 1)
        return bool(fields - {"weight"} or graded) or not (own_word or is_label(name.text))

    def _begin(self, piece: Piece) -> RecordPath:
        if not self.form.whole:
            return self.draft.add((*self.form.project(piece), "indicators"), piece)
        if not self.form.path:
            self.form.path = self.draft.add(("activities",), piece)
            if self.group:
                self.draft.keep((*self.form.path, "name"), self.group)
        return self.draft.add((*self.form.path, "indicators"), piece)

    def _level(self, path: RecordPath, key: str, slot: Slot | None, period: str) -> str:
        """Keep a level: its cell's word, or the one above where it is blank."""
        held = key if key == "level1" else f"{key}{period}"
        is_filled = slot is not None and not slot.blank
        piece = slot.piece if slot and is_filled else self.above.get(held)
        if piece is None:
            return ""
        core = _word_of(piece)
        text = "".join(core.text.split())
        self.draft.put((*path, key), text, core)
        if is_filled:
            self.draft.ledger.field((*path, key), core)
        return text

    def _values(self, path: RecordPath, by_key: dict[tuple[str, str], Slot], period: str) -> None:
        keys = DEPARTMENT_INDICATOR_KEYS if self.form.whole else PROJECT_INDICATOR_KEYS
        for key in keys:
            slot = by_key.get(("indicator", key))
            if slot and not (key == "unit" and is_empty(slot.text)):
                self.draft.keep((*path, key), slot.piece)
        weight = by_key.get(("indicator", "weight"))
        if weight and not is_empty(weight.text) and not self._evaluates():
            self.draft.keep((*path, "weight"), weight.piece, written_share(weight.text))
        if self.form.whole:
            return
        if period:
            self.draft.put((*path, "period"), period, by_key["indicator", "name"].piece)
        for (_, key), slot in by_key.items():
            if key.startswith("grades/"):
                self.draft.keep((*path, *key.split("/")), slot.piece)

    def _evaluates(self) -> bool:
        return self.form.kind == SELF_EVALUATION and not self.form.whole

    def _note_aside(self, cells: IndicatorCells) -> None:
        """Note the titles of columns that have something to say and no place in the record."""
        without_place = ("", "aside", *(("stage",) if self.form.whole else ()))
        for column, slot in cells.items():
            if column.key == "number":
                self.draft.furniture(slot.piece)
            elif not slot.blank and column.section in without_place:
                self.aside[column.title] = None

    def stage_kind(self) -> str:
        """Which stage the columns are of, going by what stands in them; `goals` for none."""
        keys = {
            column.key
            for item in self.reported
            for column, slot in item.cells.items()
            if column.section == "stage" and not slot.blank
        }
        if keys & {"expected"} or any(item.startswith(("possib", "causes")) for item in keys):
            return MONITORING_KIND
        return SELF_EVALUATION if keys & {"completed", "score"} else GOALS_KIND


def _word_of(piece: Piece) -> Piece:
    """A level without the points in brackets after it."""
    match = re.match(r"[^(（\[【\d]+", piece.text)
    word = piece.cut(0, match.end()) if match else piece
    is_word = len(plain(word.text)) > 1 and INDICATOR_WORD[0] != plain(word.text)
    return word if is_word else piece
