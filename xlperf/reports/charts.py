"""Bars with their lengths worked out: what a page draws, without knowing how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LABEL_WIDTH, LENGTH, STEP, THICK = 124, 240, 30, 16  # a chart's own units: label, longest bar, rows
NUMBER_ROOM = 48  # for the number behind a bar
SMALLEST_BAR = 3.0  # one finding is seen, however many others there are


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, in the colour of its severity; measures are units of the drawing."""

    severity: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart."""

    label: str
    number: int
    y: int
    segments: tuple[Segment, ...]

    @property
    def end(self) -> float:
        """Where the bar ends and its number stands."""
        return (
            self.segments[-1].x + self.segments[-1].width if self.segments else float(LABEL_WIDTH)
        )

    @property
    def middle(self) -> float:
        """The height its words are centred on."""
        return self.y + THICK / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart's bars; the size of its drawing follows from them."""

    bars: tuple[Bar, ...]

    width = LABEL_WIDTH + LENGTH + NUMBER_ROOM
    start = LABEL_WIDTH
    thick = THICK

    @property
    def height(self) -> int:
        """As high as its rows."""
        return STEP * len(self.bars)


def chart(rows: Mapping[str, Mapping[str, int]]) -> Chart:
    """A bar for each label, its pieces in the order given; the longest as long as there is room."""
    most = max((sum(pieces.values()) for pieces in rows.values()), default=0)
    return Chart(
        tuple(
            Bar(label, sum(pieces.values()), n * STEP + (STEP - THICK) // 2, _row(pieces, most))
            for n, (label, pieces) in enumerate(rows.items())
        )
    )


def _row(pieces: Mapping[str, int], most: int) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    x = float(LABEL_WIDTH)
    for severity, number in pieces.items():
        if number:
            width = round(max(SMALLEST_BAR, LENGTH * number / most), 1)
            segments.append(Segment(severity, x, width))
            x = round(x + width, 1)
    return tuple(segments)
