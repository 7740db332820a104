"""Quoting a part of a text: cut where a clause or a word ends, and marked where it is cut."""

from __future__ import annotations

from xlperf.rules.message_facts import Amount, shorten
from xlperf.rules.text import lexicon

# characters beside what is quoted: so many at least, so many at most
QUOTE_CONTEXT, WIDEST_QUOTE_CONTEXT = 8, 14
CUT_AFTER = frozenset(
    "，。；、：！？）》”,;:!?)\n \t"
)  # a quotation may be cut after one of these …
CUT_BEFORE = frozenset("（《“(")  # … or before one of these
ELLIPSIS = "…"


def around(text: str, start: int, end: int) -> str:
    """What stands from `start` to `end`, with some whole words on both sides, on one line."""
    first, last = _back(text, start), _forth(text, end)
    inner = " ".join(text[first:last].split())
    before = ELLIPSIS if first > 0 else ""
    return f"{before}{inner}{ELLIPSIS if last < len(text) else ''}"


def known_as(quoted: str, settled: str) -> Amount:
    """A quotation that keeps, for explanations given earlier, the text once quoted (`settled`)."""
    return Amount(quoted, settled)


def end_of(text: str) -> str:
    """The last words of a text, with a mark before them where something was left out."""
    return around(text, len(text), len(text))


def cut_before_and_behind(text: str, start: int, end: int) -> Amount:
    """What stands around a place; explanations know it by so many characters on both sides."""
    before = shorten(text[max(0, start - QUOTE_CONTEXT) : end + QUOTE_CONTEXT])
    return known_as(around(text, start, end), before)


def start_of(text: str) -> str:
    """The first words of a text, with a mark behind them where something was left out."""
    return around(text, 0, 0)


def _back(text: str, start: int) -> int:
    """Where a quotation that goes back from here may begin."""
    if start <= WIDEST_QUOTE_CONTEXT:
        return 0
    places = range(start - QUOTE_CONTEXT, start - WIDEST_QUOTE_CONTEXT, -1)
    return next((at for at in places if _clean(text, at)), start - QUOTE_CONTEXT)


def _forth(text: str, end: int) -> int:
    """Where a quotation that goes on from here may end."""
    if len(text) - end <= WIDEST_QUOTE_CONTEXT:
        return len(text)
    places = range(end + QUOTE_CONTEXT, end + WIDEST_QUOTE_CONTEXT)
    return next((at for at in places if _clean(text, at)), end + QUOTE_CONTEXT)


def _clean(text: str, at: int) -> bool:
    """Whether a text may be cut here: a clause or a known word ends before, or one begins."""
    before, after = text[at - 1], text[at]
    if before in CUT_AFTER or after in CUT_BEFORE:
        return True
    if before.isascii() != after.isascii():
        return True
    return before in lexicon.words("cut_after") or after in lexicon.words("cut_before")
