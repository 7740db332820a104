"""The itemised goals of the department: a name, a goal and indicators for each activity."""

from __future__ import annotations

from xlperf.documents.blocks.source import Piece
from xlperf.documents.parse.activity_labels import GOAL, INDICATORS_PART, is_goal, label_of
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.headings import ParagraphText, check_entry
from xlperf.documents.parse.indicator_text import read_indicators
from xlperf.documents.parse.numbering import Marker, check_order, marker
from xlperf.documents.parse.outline import OutlineLine
from xlperf.paths import RecordPath

ACTIVITY_NAME = "name"


def read_activities(draft: Draft, lines: list[OutlineLine]) -> None:
    """Read the section of itemised goals."""
    reader = _Activities(draft)
    for position, line in enumerate(lines):
        reader.read(line, lines[position + 1] if position + 1 < len(lines) else None)
    reader.end()
    check_order(draft, reader.numbers)


class _Activities:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.path: RecordPath | None = None
        self.has: set[str] = set()
        self.part = ""  # the part being read; empty once something unknown stands between
        self.piece: Piece | None = None
        self.styles: set[str] = set()
        self.numbers: list[tuple[int | None, Piece]] = []

    def read(self, line: OutlineLine, following: OutlineLine | None) -> None:
        label = label_of(line.piece.text)
        if label:
            self.labelled(line.piece, *label)
        elif self.begins(line, following):
            self.begin(line.bare, marker(line.piece.text))
        elif self.continues(line, following):
            self.piece = self.piece.to(line.piece) if self.piece else line.piece
        else:
            self.flush()

    def labelled(self, piece: Piece, part: str, end: int) -> None:
        """A line that begins with the word for the goal or the indicators."""
        self.flush()
        if self.path is None or (part == GOAL and self.has & {GOAL, INDICATORS_PART}):
            self.begin(ParagraphText(piece.cut(0, 0)), None)
        self.draft.furniture(piece.cut(0, end))
        self.has.add(part)
        self.part, self.piece = part, piece.cut(end)

    def begins(self, line: OutlineLine, following: OutlineLine | None) -> bool:
        """Whether a line is the name of an activity."""
        number = marker(line.piece.text)
        goal_follows = following is not None and is_goal(following.piece.text)
        if number is None:
            return goal_follows and (self.path is None or bool(self.has))
        return goal_follows or not self.styles or number.style in self.styles

    def begin(self, title: ParagraphText, number: Marker | None) -> None:
        """A new activity, with the name and number a line gives."""
        self.end()
        piece = title.piece
        self.path = self.draft.add(("activities",), piece)
        self.numbers.append((number.number if number else None, piece))
        self.part, self.piece = ACTIVITY_NAME, piece
        if number:
            self.styles.add(number.style)
            self.draft.furniture(piece.cut(0, number.end))
            self.piece = piece.cut(number.end)
        check_entry(self.draft, self.path, piece, title.entry)

    def continues(self, line: OutlineLine, following: OutlineLine | None) -> bool:
        """Whether a line without a label goes on with the part being read."""
        if self.piece is None or not self.part or not self.piece.touches(line.piece):
            return False
        if self.piece.blank:
            return True
        if self.part == GOAL:
            ends = label_of(following.piece.text) if following else None
            return not line.apart or (ends is not None and ends[0] == INDICATORS_PART)
        return self.part == INDICATORS_PART and (
            not (line.apart or line.whole) or self.continues_indicators(line)
        )

    def continues_indicators(self, line: OutlineLine) -> bool:
        """Whether a line is one more numbered indicator."""
        number = marker(line.piece.text)
        return (
            self.part == INDICATORS_PART and number is not None and number.style not in self.styles
        )

    def flush(self) -> None:
        """Keep the part that was being read."""
        if self.path and self.piece and not self.piece.blank:
            if self.part == INDICATORS_PART:
                read_indicators(self.draft, self.path, self.piece)
            elif self.part:
                self.draft.keep_lines((*self.path, self.part), [self.piece])
        self.part, self.piece = "", None

    def end(self) -> None:
        """The activity is complete."""
        self.flush()
        if self.path:
            self.draft.drop_empty(self.path)
        self.path, self.has = None, set()
