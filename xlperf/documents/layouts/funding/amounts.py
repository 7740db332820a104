"""Amounts into a draft: made yuan by the unit stated nearest, kept as text in other money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from xlperf.canonical import written_amount
from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.form_draft import is_empty
from xlperf.documents.layouts.funding.money import MoneyUnit, unit_in_label
from xlperf.documents.layouts.funding.sums import FundSum, sum_in_brackets, sum_of
from xlperf.documents.layouts.titles import entry
from xlperf.documents.parse.draft import Draft
from xlperf.paths import RecordPath, get
from xlperf.record import PROJECT_AMOUNTS, amount

YUAN_UNIT = MoneyUnit(entry("money", "yuan"), Decimal(1))


def keep_amount(
    draft: Draft, path: RecordPath, piece: Piece, labels: Sequence[str] = (), *, ours: bool = False
) -> bool:
    """Keep a sum at a path, in yuan; false if the piece is none, or in brackets.

    `labels`: the label and titles of its cell, the nearest first. `ours`: a form of our own
    edition, which is in yuan where it does not say otherwise.
    """
    printed_sum = sum_of(piece.text) or _nothing_in_brackets(draft, path, piece)
    if printed_sum is None:
        return False
    unit = _unit(draft, piece, labels) or _unit_by_words(printed_sum)
    if unit is None:
        unit = YUAN_UNIT
        if not ours and printed_sum.number:
            _remark(draft, "AMT212", path, piece, written=piece.text)
    elif unit.yuan is None:
        _remark(draft, "AMT213", path, piece, written=piece.text, unit=unit.word)
        draft.keep(path, piece, piece.text if printed_sum.unit else f"{piece.text}{unit.word}")
        return True
    else:
        draft.money_words.append(unit.word)
    yuan = printed_sum.number * (unit.yuan or 1)
    if printed_sum.in_words not in (None, yuan):
        facts = {"kept": str(written_amount(yuan)), "words": str(printed_sum.in_words)}
        _remark_here(draft, "AMT214", path, piece, written=piece.text, **facts)
    draft.keep(path, piece, written_amount(yuan))
    return True


def _nothing_in_brackets(draft: Draft, path: RecordPath, piece: Piece) -> FundSum | None:
    """A sum of nothing in brackets; None for any other, with a remark if it stands in brackets."""
    bracketed = sum_in_brackets(piece.text)
    if bracketed and bracketed.number:
        _remark_here(draft, "AMT215", path, piece, written=piece.text)
        return None
    return bracketed


def _unit_by_words(printed_sum: FundSum) -> MoneyUnit | None:
    """The unit of a number that is written out in yuan beside it; None where none makes it that."""
    scales: dict[str, int] = entry("money", "scales")
    for word, yuan in ("", 1), *scales.items():
        if printed_sum.in_words is not None and printed_sum.number * yuan == printed_sum.in_words:
            return MoneyUnit(word + YUAN_UNIT.word, Decimal(yuan))
    return None


def keep_sum_or_words(
    draft: Draft, path: RecordPath, piece: Piece, labels: Sequence[str] = ()
) -> None:
    """Keep a sum as `keep_amount` does; what stands in its place is kept as it is written."""
    if not keep_amount(draft, path, piece, labels):
        draft.keep(path, piece)


def _unit(draft: Draft, piece: Piece, labels: Sequence[str]) -> MoneyUnit | None:
    """The unit that an amount is in: its own, that of its labels, or what the document states."""
    printed_sum = sum_of(piece.text)
    near = [printed_sum and printed_sum.unit, *map(unit_in_label, labels)]
    return next((item for item in near if item), None) or draft.money.at(piece)


def keep_or_agree(draft: Draft, path: RecordPath, piece: Piece, labels: Sequence[str] = ()) -> bool:
    """Keep a sum, or words; where something was kept before, claim the same again.

    False where the piece says that there is none, or something else: it is left over.
    """
    earlier, text = get(draft.record, path), piece.strip()
    if is_empty(text.text):
        return False
    if earlier is None:
        keep_sum_or_words(draft, path, piece, labels)
        return True
    number = in_yuan(draft, piece, labels)
    if text.text != earlier and (number is None or number != amount(earlier)):
        return False
    draft.ledger.field(path, text)
    return True


def in_yuan(draft: Draft, piece: Piece, labels: Sequence[str] = ()) -> Decimal | None:
    """A sum as printed, in yuan; None where the piece is none, or of other money."""
    printed_sum, unit = sum_of(piece.text), _unit(draft, piece, labels)
    if printed_sum is None or (unit and unit.yuan is None):
        return None
    return printed_sum.number * ((unit and unit.yuan) or 1)


def _remark(draft: Draft, code: str, path: RecordPath, piece: Piece, **facts: object) -> None:
    """Note something of a project's amounts, once for each project."""
    of_project = path[0] == "projects"
    where = path if of_project and path[2] in PROJECT_AMOUNTS else path[: 2 * of_project]
    if not any((remark.code, remark.path[:2]) == (code, where[:2]) for remark in draft.remarks):
        draft.remark(code, where, piece, **facts)


def _remark_here(draft: Draft, code: str, path: RecordPath, piece: Piece, **facts: object) -> None:
    """Note something of one amount, once for each place that it is printed at."""
    if not any((remark.code, remark.place) == (code, piece.place) for remark in draft.remarks):
        draft.remark(code, path, piece, **facts)


def printed_unit(draft: Draft, *, ours: bool) -> str:
    """The unit that most amounts are printed in, to be kept; none where it goes without saying."""
    unit_counts = Counter(draft.money_words).most_common(1)
    most = unit_counts[0][0] if unit_counts else ""
    return "" if ours and most == YUAN_UNIT.word else most
