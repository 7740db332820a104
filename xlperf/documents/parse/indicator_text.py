"""Indicators of an activity, written as running text:

①name：description，target-word≥90%。②name：description，target-word≥95%。

Which sign before the word for the target is the form's, which the writer's: `target_separator`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from xlperf.documents.blocks.source import Piece
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.numbering import Marker, markers
from xlperf.documents.words import word
from xlperf.paths import RecordPath
from xlperf.targets.separator import COMMAS, STARTS_TARGET, STOPS_BEFORE_TARGET, TARGET_COMMA

END_SIGNS = "。；;，,.、"


def read_indicators(draft: Draft, activity: RecordPath, piece: Piece) -> None:
    """Add the indicators of a text to an activity."""
    for number, body in split_indicators(piece):
        draft.furniture(number)
        path = draft.add((*activity, "indicators"), body)
        _read_one(draft, path, body)
        draft.drop_empty(path)


def split_indicators(piece: Piece) -> Iterator[tuple[Piece, Piece]]:
    """Each indicator with its number; without any numbers, each line is one."""
    starts = list(_starts(piece.text))
    leading = piece.cut(0, starts[0].start if starts else None)
    yield from ((line.cut(0, 0), line) for line in leading.lines())
    ends = [*(start.start for start in starts[1:]), len(piece.text)]
    for mark, end in zip(starts, ends, strict=False):
        yield piece.cut(mark.start, mark.end), piece.cut(mark.end, end)


def _starts(text: str) -> Iterator[Marker]:
    """The numbers that begin an indicator, not those within one."""
    last: Marker | None = None
    for marker in markers(text):
        before = text[last.end if last else 0 : marker.start]
        if _begins(marker, last, before):
            yield marker
            last = marker


def _begins(mark: Marker, last: Marker | None, before: str) -> bool:
    if last is None:
        return not before.strip() or (mark.number == 1 and before.endswith("\n"))
    follows = mark.number == last.number + 1
    names_target = word("activity", "target") in before
    after_end = not before.strip() or before.rstrip()[-1] in "。；;" or before.endswith("\n")
    if not names_target and any(marker.number == 1 for marker in markers(before)):
        return False  # a list within the description has begun
    if mark.style == last.style == "circled":
        return names_target or (after_end and follows)
    bracketed = mark.style == last.style and mark.style.startswith("bracketed")
    return follows and (after_end or (names_target and bracketed))


def _read_one(draft: Draft, path: RecordPath, piece: Piece) -> None:
    if piece.text[-1:] in END_SIGNS:
        piece = _furnish(draft, piece, len(piece.text) - 1, len(piece.text))[0]
    head, target = _halves(draft, piece)
    name, description = head, head.cut(len(head.text))
    if colon := _colon(head.text):
        name, description = _furnish(draft, head, *colon.span())
    draft.keep_lines((*path, "name"), [name])
    draft.keep_lines((*path, "description"), [description])
    draft.keep_lines((*path, "target"), [target])


def _halves(draft: Draft, piece: Piece) -> tuple[Piece, Piece]:
    """What comes before the word for the target, and the target."""
    match = _last(_target(), piece.text) or _last(_target_unset(), piece.text)
    if not match:
        return piece, piece.cut(len(piece.text))
    start, end = match.span()
    if _is_the_writers(match, piece.text[:start]):
        start += 1
    return _furnish(draft, piece, start, end)


def _is_the_writers(match: re.Match[str], before: str) -> bool:
    """Whether the sign before the word for the target belongs to a description."""
    sign, colon = match.groupdict().get("sign"), _colon(before)
    return bool(sign and sign != TARGET_COMMA and colon and before[colon.end() :].strip())


def _colon(text: str) -> re.Match[str] | None:
    """The colon between name and description: the first full-width one, else the first."""
    return re.search("：", text) or re.search(":", text)


def _furnish(draft: Draft, piece: Piece, start: int, end: int) -> tuple[Piece, Piece]:
    """Claim a part as furniture; what stands before it and after it."""
    draft.furniture(piece.cut(start, end))
    return piece.cut(0, start), piece.cut(end)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(reversed(list(pattern.finditer(text)))), None)


@cache
def _target() -> re.Pattern[str]:
    """The word for the target set off by a sign, with the colon or verb after it."""
    text = rf"\s*{word('activity', 'target')}{_lead()}"
    sign = rf"[{TARGET_COMMA}{COMMAS}](?={text})|[{STOPS_BEFORE_TARGET}](?={text}{STARTS_TARGET})"
    return re.compile(f"(?P<sign>{sign}){text}")


@cache
def _target_unset() -> re.Pattern[str]:
    """The word without a sign before it, but followed by what can only be a target."""
    return re.compile(rf"{word('activity', 'target')}{_lead()}(?={STARTS_TARGET})")


def _lead() -> str:
    verb = word("activity", "is")
    return rf"\s*(?:[:：]\s*)?(?:{verb}\s*(?={STARTS_TARGET}))?"
