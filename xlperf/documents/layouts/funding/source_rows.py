"""Sources of money side by side: their amounts in the row below them, or all in one cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlperf.documents.layouts.form_draft import is_empty
from xlperf.documents.layouts.funding.amount_clauses import amounts_of
from xlperf.documents.layouts.funding.fund_labels import may_be_source, role_of
from xlperf.documents.layouts.funding.funds import Funds
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank
from xlperf.documents.layouts.other_years import year_title
from xlperf.documents.layouts.titles import label_meaning

FEWEST_AMOUNTS = 2  # amounts
AMOUNT_SEPARATORS = "，,；;。、:：()（） \t\n"  # signs that part amounts


def read_sources(funds: Funds, lines: Sequence[Slots], row: int) -> int:
    """Take a row of labels of sources with the amounts below it; 2 rows if it is that, else 0.

    At their left there may be a label for all of them.
    """
    pairs = _pairs(lines, row)
    if funds.form.whole or not pairs:
        return 0
    first = lines[row][0]
    group = first if label_meaning("group", first.text) == "funds" else None
    for label, value in pairs:
        funds.pair(label, value, group.text if group else label.text)
    if group:
        funds.form.draft.furniture(group.piece)
    return 2


def _pairs(lines: Sequence[Slots], row: int) -> list[tuple[Slot, Slot]]:
    """Each source with the cell below it; none where a label is none, or a cell has other words."""
    values = lines[row + 1] if row + 1 < len(lines) else ()
    labels = [slot for slot in nonblank(lines[row]) if label_meaning("group", slot.text) != "funds"]
    below = [(label, at_column(values, label.start)) for label in labels]
    pairs = [(label, cell) for label, cell in below if cell and cell.start == label.start]
    years = [label for label in labels if year_title(label)]
    is_under_group = labels and lines[row][0] is not labels[0] and values and values[0].blank
    fewest = 1 if years and is_under_group else FEWEST_AMOUNTS
    amounts = [cell for _, cell in pairs if sum_of(cell.text)]
    is_other = any(cell not in amounts and not _is_nothing(cell) for _, cell in pairs)
    are_sources = all(
        role_of(label.text) or may_be_source(label.text) or label in years for label in labels
    )
    if len(pairs) < len(labels) or len(amounts) < fewest or is_other or not are_sources:
        return []
    return pairs


def _is_nothing(cell: Slot) -> bool:
    return cell.blank or is_empty(cell.text)


def pair_clauses(funds: Funds, label: Slot, value: Slot, group: str) -> bool:
    """Take an amount with what it is made of, in one cell; false if that says anything else."""
    pairs = amounts_of(label.piece, value.piece) if sum_of(value.text) is None else []
    parts = [piece for pair in pairs for piece in pair if piece is not label.piece]
    rest = value.text
    for part in parts:
        rest = rest.replace(part.text, "", 1)
    has_own_label = bool(pairs) and pairs[0][0] is not label.piece
    if len(pairs) < (1 if has_own_label else FEWEST_AMOUNTS) or rest.strip(AMOUNT_SEPARATORS):
        return False
    if not funds.pair(label, replace(value, piece=pairs[0][1]), group):
        return False
    if has_own_label:
        funds.form.draft.furniture(pairs[0][0])
    for source, amount in pairs[1:]:
        funds.pair(replace(label, piece=source), replace(value, piece=amount), label.text)
    funds.form.draft.furniture_around(value.piece, parts)
    return True
