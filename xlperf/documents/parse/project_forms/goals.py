"""The goals of a project: numbered lines in one cell, or one goal a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlperf.documents.blocks.source import Piece
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.numbering import Counting, Marker, loose_marker, marker, markers
from xlperf.paths import RecordPath, get

BREAKS = "。；;"
GOES_ON = re.compile(r"[，、,（(]$")  # a line that ends so is broken in the middle of a sentence
FRAGMENT = re.compile(r"[，。；、,;）)].*|[\d.,%]+|.{1,2}[。；;]", re.DOTALL)  # so begins no goal


@dataclass(slots=True)
class Goal:
    """A goal and the number printed before it."""

    number: Piece | None
    piece: Piece


def read_goals(draft: Draft, project: RecordPath, cell: Piece) -> None:
    """Add the goals of a cell to a project."""
    for goal in split_goals(cell):
        above = (*project, "goals")
        if goal.number:
            draft.furniture(goal.number)
        draft.keep_lines((*above, len(get(draft.record, above) or ())), [goal.piece])


def split_goals(cell: Piece) -> list[Goal]:
    """The goals of a cell. A line without a number continues the goal above it."""
    lines = cell.lines()
    numbered = Counting(_all_loose(lines))
    goals: list[Goal] = []
    for line in lines:
        number = numbered.accept(line.text)
        if number:
            goals += _inline(line, number, numbered)
        elif goals and (goals[-1].number or _is_broken(goals[-1].piece.text, line.text)):
            goals[-1].piece = goals[-1].piece.to(line)
        else:
            goals.append(Goal(None, line))
    return goals


def _is_broken(above: str, line: str) -> bool:
    """Whether a line goes on in the middle of the sentence of the line above."""
    above, line = above.rstrip(), line.strip()
    return bool(GOES_ON.search(above) or FRAGMENT.fullmatch(line)) and above[-1:] not in BREAKS


def _all_loose(lines: list[Piece]) -> bool:
    """Whether the lines count 1, 2, 3: then `1.17 people` is goal 1 and not a measure."""
    result = [marker(line.text) or loose_marker(line.text) for line in lines]
    return len(lines) > 1 and [m.number for m in result if m] == list(range(1, len(lines) + 1))


def _inline(line: Piece, number: Marker, numbered: Counting) -> list[Goal]:
    """The goals of one line: `1.this；2.that` are two."""
    starts = [number]
    for candidate in markers(line.text):
        before = line.text[: candidate.start]
        counts = candidate.style == number.style and candidate.number == numbered.last + 1
        if candidate.start >= number.end and counts and re.search(rf"[{BREAKS}\s]$", before):
            starts.append(candidate)
            numbered.last = candidate.number
    ends = [*(start.start for start in starts[1:]), len(line.text)]
    return [
        Goal(line.cut(mark.start, mark.end), line.cut(mark.end, end))
        for mark, end in zip(starts, ends, strict=True)
    ]
