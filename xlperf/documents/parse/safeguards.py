"""The safeguards: a title, a full stop and a text for each."""

from __future__ import annotations

import re

from xlperf.documents.blocks.source import Piece
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.numbering import Counting, check_order, marker
from xlperf.documents.parse.outline import OutlineLine

LONGEST_SAFEGUARD_TITLE = 30


def read_safeguards(draft: Draft, lines: list[OutlineLine]) -> None:
    """Read the section of safeguards."""
    numbers: list[tuple[int | None, Piece]] = []
    for number, body, head in _items(lines):
        draft.furniture(number)
        mark = marker(number.text)
        numbers.append((mark.number if mark else None, head))
        path = draft.add(("safeguards",), head)
        title, stop, text = title_and_text(body)
        draft.keep_lines((*path, "title"), [title])
        draft.furniture(stop)
        draft.keep_lines((*path, "text"), [text])
        draft.drop_empty(path)
    check_order(draft, numbers)


def _items(lines: list[OutlineLine]) -> list[tuple[Piece, Piece, Piece]]:
    """Number, body and first line of each item; what belongs to none is left over."""
    items: list[tuple[Piece, Piece, Piece]] = []
    counting = Counting()
    for line in lines:
        piece = line.piece
        if number := counting.accept(piece.text):
            items.append((piece.cut(0, number.end), piece.cut(number.end), piece))
        elif not counting.style:
            items.append((piece.cut(0, 0), piece, piece))
        elif items[-1][1].touches(piece) and (not line.apart or _lacks_text(items[-1][1])):
            mark, body, head = items[-1]
            items[-1] = (mark, body.to(piece).strip(), head)
    return items


def _lacks_text(body: Piece) -> bool:
    return title_and_text(body)[2].blank


def title_and_text(body: Piece) -> tuple[Piece, Piece, Piece]:
    """Title, the sign that ends it, and text; a sentence too long for a title is text."""
    text = body.text
    nothing = body.cut(len(text))
    for stop in (re.search("[。\n]", text), re.search("[：:]", text)):
        if stop and stop.start() <= LONGEST_SAFEGUARD_TITLE:
            return body.cut(0, stop.start()), body.cut(*stop.span()), body.cut(stop.end())
    short = len(text) <= LONGEST_SAFEGUARD_TITLE
    return (body, nothing, nothing) if short else (nothing, nothing, body)
