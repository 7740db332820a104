"""How high the rows of a sheet are, by their texts and the widths of their columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import MutableMapping, Sequence
from typing import Any

from xlperf.layout import Box, Formula, Grid, Layout, PlacedCell
from xlperf.layout.text_height import LOWEST_ROW, height_of, lines_of

INDENTED_LOOKS = ("text", "numbered", "shown", "link", "heading")
INSET = 2.0  # digits
TALLEST_ROW = 409.0  # points
# points of a line of a tall merged cell, and around its lines
TALL_LINE_HEIGHT, LINE_MARGIN = 15.0, 6.0
UNMEASURED_LOOKS = ("hidden",)  # looks whose texts nobody sees


def heights(layout: Layout, grid: Grid) -> dict[int, float]:
    """The height of each row in points: its tallest text, and its share of a tall merged one."""
    result: dict[int, float] = defaultdict(lambda: LOWEST_ROW)
    for slot in sorted(layout.slots, key=lambda slot: slot.box.height):
        text = grid.values.get(slot.box.at)
        raise_rows(result, slot.box, needed(text, room_of(slot, layout.form.widths), slot.box))
    return {row: min(height, TALLEST_ROW) for row, height in result.items()}


def raise_rows(result: MutableMapping[int, float], box: Box, points: float) -> None:
    """Make the rows of a box so high together; each takes an equal share of what lacks."""
    rows = range(box.row, box.row + box.height)
    short = points - sum(result[row] for row in rows)
    for row in rows:
        result[row] += max(0.0, short) / box.height


def needed(text: Any, room: float, box: Box) -> float:
    """Points that a cell's content needs in a column so many digits wide; `room` 0: none."""
    if not room or not isinstance(text, str) or isinstance(text, Formula):
        return LOWEST_ROW
    lines = lines_of(text, room)
    return height_of(lines) if box.height == 1 else lines * TALL_LINE_HEIGHT + LINE_MARGIN


def room_of(slot: PlacedCell, widths: Sequence[int]) -> float:
    """The digits of standard type that a line of a cell has; 0 where its texts are not seen."""
    if slot.cell.look in UNMEASURED_LOOKS:
        return 0.0
    width = sum(widths[slot.box.col - 1 :][: slot.box.width])
    return (width - inset(slot.cell.look)) / scale(slot.cell.look)


def scale(look: str) -> float:
    """How many times larger than the standard type a look is set: 1.6 for a title."""
    return {"title": 1.6, "guide_title": 1.8, "heading": 1.2, "guide_text": 1.15}.get(look, 1.0)


def inset(look: str) -> float:
    """How much of a column's width, in digits, a look's indentation takes."""
    return INSET if look in INDENTED_LOOKS else 0.0
