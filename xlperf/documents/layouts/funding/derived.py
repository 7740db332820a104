"""What a form prints and the record works out: rates and sums are claimed where they agree.

One that does not agree says something else than the record does, and is left over.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from xlperf.canonical import written_share
from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.form_draft import is_empty
from xlperf.documents.parse.draft import Draft
from xlperf.documents.words import plain
from xlperf.paths import RecordPath, get
from xlperf.record import EXACT_CONTEXT, share

PERCENT_BASE, NO_RATE = Decimal(100), Decimal(0)


def claim_number(draft: Draft, piece: Piece, due: Iterable[Decimal | None]) -> bool:
    """Claim a number as the form's own where it is one of those that follow from the record.

    It is compared as it is printed: with its own decimals, the last of them rounded or cut off.
    """
    number = share(piece.text)
    if number is None or not draft.ledger.is_free(piece):
        return False
    last = Decimal(1).scaleb(min(0, int(number.as_tuple().exponent)))
    for value in due:
        ways = (ROUND_HALF_UP, ROUND_DOWN) if value is not None else ()
        if value is not None and any(
            value.quantize(last, way, EXACT_CONTEXT) == number for way in ways
        ):
            draft.furniture(piece)
            return True
    return False


def claim_rate(draft: Draft, piece: Piece, rate: Decimal | None) -> bool:
    """Claim a rate in percent, or as a part of one where it has no sign, if it is the right one."""
    is_part = rate is not None and not plain(piece.text).endswith("%")
    return claim_number(draft, piece, (rate, rate / PERCENT_BASE if rate and is_part else None))


def keep_number(draft: Draft, path: RecordPath, piece: Piece, *, words: bool = False) -> bool:
    """Keep points or a share once; the same again is claimed too, another is left over: false.

    `words`: keep words in their place, too.
    """
    number = share(piece.text)
    is_words = words and number is None and not is_empty(piece.text)
    if (number is None and not is_words) or not draft.ledger.is_free(piece):
        return False
    earlier = get(draft.record, path)
    if earlier is None:
        draft.keep(path, piece, None if is_words else written_share(piece.text))
    elif earlier == piece.strip().text if is_words else share(earlier) == number:
        draft.ledger.field(path, piece.strip())
    else:
        return False
    return True


def rate_of(spent: Decimal | None, budget: Decimal | None) -> Decimal | None:
    """Budget execution in percent; 0 where there was nothing to spend, None where unknown."""
    if spent is None or budget is None:
        return None
    return spent / budget * PERCENT_BASE if budget else NO_RATE
