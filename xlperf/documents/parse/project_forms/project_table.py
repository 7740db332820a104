"""A project's form: labels are known by their text, and a value stands after its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from xlperf.canonical import written_share
from xlperf.documents.blocks.source import Piece, TableRow, is_whole
from xlperf.documents.layouts.funding.amounts import keep_amount
from xlperf.documents.layouts.funding.money import unit_in_label, without_unit
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.outline import OutlineLine
from xlperf.documents.parse.project_forms.goals import read_goals
from xlperf.documents.parse.project_forms.indicator_rows import IndicatorRows, columns_of, parts_of
from xlperf.documents.parse.project_forms.units import read_unit
from xlperf.documents.words import meaning
from xlperf.fields import keys, keys_of, table
from xlperf.paths import RecordPath, get
from xlperf.record import PROJECT_AMOUNTS, amount

HEAD_SECTION, MONEY_SECTION, PLAN_SECTION, GOALS_SECTION = "head", "money", "plan", "goals"
MONTH_KEYS = {
    table()[f"projects/spending_plan/{key}"].word.removeprefix("by_"): key
    for key in keys_of("projects/spending_plan")
}
LABELLED_FIELDS = tuple(  # fields that a label announces and nothing else is known of
    key
    for key in keys(("heading", "prose"), "projects")
    if table()[f"projects/{key}"].word and key not in ("purpose", "goals", "goals_mid_term")
)
SECTION_BY_LABEL = {
    **dict.fromkeys(
        ("unit", "yuan", "ten_thousand", "code", "name", *LABELLED_FIELDS), HEAD_SECTION
    ),
    **dict.fromkeys(("money", "funds", *PROJECT_AMOUNTS, "purpose"), MONEY_SECTION),
    **dict.fromkeys(("plan", *MONTH_KEYS), PLAN_SECTION),
    "goals": GOALS_SECTION,
}
LABELS_WITH_VALUE = ("unit", "code", "name", *LABELLED_FIELDS, *PROJECT_AMOUNTS, "purpose", "goals")
LABELS_IN_CELL = ("unit", "code", "name")  # labels that may stand in one cell with their values
LABEL_AT_FRONT = re.compile(r"\s{0,9}(?P<label>[^\s:：]{2,8})\s{0,9}[:：]\s{0,9}(?=\S)")
MONEY_UNITS = {"yuan", "ten_thousand"}
PROJECT_CODE = re.compile(r"[0-9]{8}[0-9A-Za-z]{10,16}")


def read_table(draft: Draft, project: RecordPath, body: list[OutlineLine | TableRow]) -> None:
    """Read the rows of a project's form, and the paragraphs that belong into its cells."""
    table = _Table(draft, project)
    items = list(body)
    while items:
        item = items.pop(0)
        if isinstance(item, OutlineLine):
            table.stray(item)
            continue
        if (inner := _paragraphs_before_row(items)) and table.may_go_on(item):
            for line in inner:
                if item[-1].touches(line.piece):
                    item = (*item[:-1], item[-1].to(line.piece))
                    items.remove(line)
        table.row(item)
    table.end()


def _paragraphs_before_row(items: list[OutlineLine | TableRow]) -> list[OutlineLine]:
    """The paragraphs up to the next row; none if no row follows, as after the table, or where it
    is known that they are no part of a cell.
    """
    inner: list[OutlineLine] = []
    for item in items:
        if not isinstance(item, OutlineLine):
            return inner
        if item.whole:
            break
        inner.append(item)
    return []


def _parts(row: TableRow) -> Iterator[TableRow]:
    """A row set apart where a lost blank line made it run together with the next."""
    cuts = [
        at
        for at, cell in enumerate(row)
        if at and label_of(cell) in (MONEY_SECTION, "funds", PLAN_SECTION, GOALS_SECTION)
    ]
    for start, end in pairwise((0, *cuts, len(row))):
        yield from parts_of(row[start:end])


def label_of(cell: Piece) -> str:
    """The key of the label that a cell is, its unit of money aside; "" if it is none."""
    return meaning("table", cell.text) or meaning("table", without_unit(cell.text))


class _Table:
    def __init__(self, draft: Draft, project: RecordPath) -> None:
        self.draft = draft
        self.path = project
        self.section = ""
        self.pending = ""  # the label whose value comes next
        self.pending_label = ""  # as it is printed
        self.months: list[str] = []
        self.shares: list[Piece] = []
        self.indicators: IndicatorRows | None = None
        self.money_labels: list[str] = []  # that may say the unit of money
        self.amounts: dict[RecordPath, tuple[Piece, str]] = {}  # each with its own label
        self.last_amount: RecordPath | None = None  # the one that the cell before was

    def row(self, row: TableRow) -> None:
        for part in _parts(row):
            if self.indicators is None and (columns := columns_of(part)):
                self.indicators = IndicatorRows(self.draft, self.path, columns)
                self.draft.evidence.update(columns)
            if self.indicators:
                self.indicators.row(part)
            else:
                self.fields(part)

    def fields(self, row: TableRow) -> None:
        """A row above the indicators: labels with their values, and cells without a label."""
        if self.pending and (is_whole(row) or not self.may_be_value(row[0])):
            self.pending = ""
        are_taken = [self.take(cell) for cell in row]
        after = len(are_taken) - are_taken[::-1].index(True) if any(are_taken) else 0
        if self.section in ("", HEAD_SECTION):
            loose = zip(row, are_taken, strict=True)
            labels = {label for cell in row if (label := label_of(cell))}
            self.head(
                [cell for cell, is_taken in loose if not is_taken and not cell.blank],
                beside_money_unit=any(are_taken) and labels <= MONEY_UNITS,
            )
        else:
            self.body(row[after:], any(are_taken))

    def stray(self, line: OutlineLine) -> None:
        """A paragraph outside the cells: before the table it may name the unit."""
        if not self.section and not read_unit(self.draft, self.path, line.piece):
            self.take(line.piece)

    def may_go_on(self, row: TableRow) -> bool:
        """Whether paragraphs after a row can belong to its last cell."""
        if self.indicators:
            return self.indicators.unfinished(row)
        if columns_of(row) or row[-1].blank:
            return False
        labels = [label_of(cell) for cell in row]
        return "goals" in labels[-2:-1] or (
            not any(labels) and self.section in (MONEY_SECTION, GOALS_SECTION)
        )

    def may_be_value(self, cell: Piece) -> bool:
        """Whether the first cell of a row can be the value of the label that ended the last row."""
        return not cell.blank and (
            self.pending not in PROJECT_AMOUNTS or amount(cell.text) is not None
        )

    def take(self, cell: Piece) -> bool:
        """Take a cell that is a label or the value of one; false if it is neither."""
        before, self.last_amount = self.last_amount, None
        label = label_of(cell)
        is_beside = SECTION_BY_LABEL.get(label) == SECTION_BY_LABEL.get(self.pending)
        # of amounts in some unit
        is_title = label in PROJECT_AMOUNTS and bool(unit_in_label(cell.text))
        if self.pending and not (label not in ("", self.pending) and (is_beside or is_title)):
            self.value(self.pending, cell)
            self.pending = ""
        elif label:
            self.label(label, cell)
        elif before and unit_in_label(of_money := f"({cell.text.strip()})"):
            amount_cell, own_label = self.amounts[before]
            self.amounts[before] = amount_cell, f"{own_label}{of_money}"
            self.draft.furniture(cell)
        else:
            return self.take_pair(cell)
        return True

    def take_pair(self, cell: Piece) -> bool:
        """Take a cell at the head of the form with a label and its value; false if it is none."""
        match = LABEL_AT_FRONT.match(cell.text) if self.section in ("", HEAD_SECTION) else None
        piece = cell.cut(*match.span("label")) if match else None
        label = label_of(piece) if piece else ""
        if match is None or piece is None or label not in LABELS_IN_CELL:
            return False
        self.label(label, piece)
        self.draft.furniture(cell.cut(piece.end - cell.start, match.end()))
        self.value(label, cell.cut(match.end()))
        self.pending = ""
        return True

    def label(self, label: str, cell: Piece) -> None:
        self.draft.furniture(cell)
        self.draft.evidence.add(label)
        if label not in LABELLED_FIELDS or not self.section:
            self.section = SECTION_BY_LABEL[label]
        self.pending = label if label in LABELS_WITH_VALUE else ""
        if label in LABELLED_FIELDS:
            self.draft.labels[*self.path, label] = cell
        self.pending_label = cell.text
        if SECTION_BY_LABEL[label] == MONEY_SECTION:
            self.money_labels.append(cell.text)
        if label in MONTH_KEYS:
            self.months.append(MONTH_KEYS[label])

    def value(self, label: str, cell: Piece) -> None:
        """The cell after a label. A second value for the same field stays unclaimed."""
        path = (*self.path, label)
        if label == "unit":
            read_unit(self.draft, self.path, cell, coded=False)
        elif label == "goals":
            read_goals(self.draft, self.path, cell)
        elif label in PROJECT_AMOUNTS:
            if not cell.blank:
                self.amounts.setdefault(path, (cell, self.pending_label))
                self.last_amount = path
        elif get(self.draft.record, path) is None:
            self.draft.keep(path, cell, cell.text)

    def head(self, cells: list[Piece], *, beside_money_unit: bool) -> None:
        """Cells at the head of the form that no label announces: the unit, or a code.

        A unit without its code stands beside the unit of money; beside other labels another
        project may stand.
        """
        for cell in cells:
            if PROJECT_CODE.fullmatch(cell.text):
                self.value("code", cell)
            else:
                has_code = get(self.draft.record, (*self.path, "code")) is not None
                coded = has_code or not beside_money_unit
                read_unit(self.draft, self.path, cell, coded=coded)

    def body(self, cells: TableRow, labelled: bool) -> None:
        """Cells below or after a label's row, known by the section they stand in."""
        filled_cells = [cell for cell in cells if not cell.blank]
        alone = len(filled_cells) == 1 and (not labelled or cells[0].blank)
        if self.section == MONEY_SECTION and not labelled and self.source(filled_cells):
            return
        if self.section == MONEY_SECTION and alone and amount(filled_cells[0].text) is None:
            self.value("purpose", filled_cells[0])
        elif self.section == GOALS_SECTION and alone:
            read_goals(self.draft, self.path, filled_cells[0])
        elif self.section == PLAN_SECTION and (filled_cells or self.shares):
            merged = bool(self.shares) and self.shares[0].blank
            if len(self.shares) - merged < len(self.months):
                self.shares += cells

    def source(self, cells: Sequence[Piece]) -> bool:
        """Take a further source of funds with its amount; false where the cells are none."""
        if len(cells) != 2 or amount(cells[0].text) is not None or amount(cells[1].text) is None:
            return False
        line = self.draft.add((*self.path, "funds"), cells[0])
        self.draft.keep((*line, "source"), cells[0])
        self.amounts[*line, "amount"] = cells[1], cells[0].text
        return True

    def keep_amounts(self) -> None:
        """Keep the amounts in yuan, words in their place as they are.

        Where neither its own label nor the document says a unit, the form's other labels do, if
        they all say the same one.
        """
        units = {unit for label in self.money_labels if (unit := unit_in_label(label))}
        others = self.money_labels if len(units) == 1 else []
        for path, (cell, label) in self.amounts.items():
            labels = (label,) if self.draft.money.at(cell) else (label, *others)
            if not keep_amount(self.draft, path, cell, labels, ours=True):
                self.draft.keep(path, cell, cell.text)

    def end(self) -> None:
        """The table is complete."""
        self.keep_amounts()
        if self.indicators:
            self.indicators.end()
        self.plan()

    def plan(self) -> None:
        """Shares stand in the order of the months; the cell merged from above may come first."""
        shares, months = list(self.shares), self.months
        if shares and shares[0].blank:
            shares.pop(0)
        while len(shares) > len(months) and shares[-1].blank:
            shares.pop()
        if len(shares) != len(months):
            self.not_read([share for share in shares if not share.blank])
            return
        for month, cell in zip(months, shares, strict=True):
            path = (*self.path, "spending_plan", month)
            if get(self.draft.record, path) is None:
                self.draft.keep(path, cell, written_share(cell.text))

    def not_read(self, cells: list[Piece]) -> None:
        if cells:
            text = " | ".join(cell.text for cell in cells)
            self.draft.remark("STR021", self.path, cells[0], text=text)
