"""Sources of money side by side, with their amounts in the row below them."""

from __future__ import annotations

from collections.abc import Sequence

from xlperf.documents.layouts.form_draft import is_empty
from xlperf.documents.layouts.funding.fund_labels import may_be_source, role_of
from xlperf.documents.layouts.funding.funds import Funds
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, seen
from xlperf.documents.layouts.titles import label_meaning

FEWEST = 2  # amounts


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
    labels = [slot for slot in seen(lines[row]) if label_meaning("group", slot.text) != "funds"]
    below = [(label, at_column(values, label.start)) for label in labels]
    pairs = [(label, cell) for label, cell in below if cell and cell.start == label.start]
    amounts = [cell for _, cell in pairs if sum_of(cell.text)]
    is_other = any(cell not in amounts and not _is_nothing(cell) for _, cell in pairs)
    are_sources = all(role_of(label.text) or may_be_source(label.text) for label in labels)
    if len(pairs) < len(labels) or len(amounts) < FEWEST or is_other or not are_sources:
        return []
    return pairs


def _is_nothing(cell: Slot) -> bool:
    return cell.blank or is_empty(cell.text)
