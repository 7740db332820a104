"""Labels of a form in a sheet: what they print, and which cells they claim after edits.

A label is claimed by its slot, not by equal text alone: the cell that stands to the nearest field
as the form has it. Only where that cell says something else is an equal text looked for elsewhere,
once for each label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from xlperf import wording
from xlperf.characters.numerals import chinese
from xlperf.editions import every_word
from xlperf.layout.grid import Box, Coord, Grid
from xlperf.layout.placement import Layout, PlacedCell
from xlperf.layout.vocabulary import GENERATED_EDITION, Form

OF_STAGES = ("monitoring", "evaluation")  # names of the forms of stages
Moves = Mapping[str, tuple[Box, Box]]


def printed(slot: PlacedCell) -> str:
    """What a label or an ordinal prints."""
    if slot.cell.role == "ordinal":
        return f"\uff08{chinese(int(slot.paths[0][1]) + 1)}\uff09"
    ref = slot.cell.ref  # with a dot: a label of ours, in the user's language
    if slot.cell.text:
        return slot.cell.text
    return wording.say(ref) if "." in ref else wording.official(f"form.{ref}")


@cache
def words_of_forms() -> frozenset[str]:
    """Every label there is, of all editions."""
    shared = (key for key in wording.keys("official") if key.startswith("form."))
    return every_word("words") | {wording.text("official", key) for key in shared}


def own_words(form: Form) -> frozenset[str]:
    """The words that a form prints above its lists and that no other form has."""
    if form.edition == GENERATED_EDITION or form.name not in OF_STAGES:
        return frozenset()
    return frozenset(cell.text for part in form.lines() for cell in part.cells if cell.text)


def claim_labels(layout: Layout, grid: Grid, moves: Moves) -> set[Coord]:
    """The cells that hold the labels of a form: where they should be, else the first that say them.

    `moves`: for each anchor its box on the form as made, and its box on the sheet.
    """
    claimed: set[Coord] = set()
    astray: list[str] = []
    slots = [slot for slot in layout.slots if slot.cell.role == "label"]
    for slot, at in zip(slots, _expected([slot.box for slot in slots], moves), strict=True):
        text, coord = printed(slot), grid.owner(at)
        if coord not in claimed and is_same_label(grid.values.get(coord), text):
            claimed.add(coord)
        else:
            astray.append(text)
    for text in astray:
        matches = (
            c for c, v in sorted(grid.values.items()) if c not in claimed and is_same_label(v, text)
        )
        claimed.update(list(matches)[:1])
    return claimed


def is_same_label(content: Any, text: str) -> bool:
    """Whether a cell says a label, blank space aside."""
    return isinstance(content, str) and "".join(content.split()) == "".join(text.split())


def _expected(labels: Sequence[Box], moves: Moves) -> list[Coord]:
    """Where labels should be now: as far from the nearest anchor as the form has them."""
    pairs = [*moves.values()]
    if not pairs:
        return [box.at for box in labels]
    nearest = _nearest(tuple(labels), tuple(fresh for fresh, _ in pairs))
    moved = ((box, *pairs[number]) for box, number in zip(labels, nearest, strict=True))
    return [
        (box.row + actual.row - fresh.row, box.col + actual.col - fresh.col)
        for box, fresh, actual in moved
    ]


@lru_cache(256)  # forms with lists of one length have the same
def _nearest(labels: tuple[Box, ...], anchors: tuple[Box, ...]) -> tuple[int, ...]:
    """For each label the position of the anchor that is nearest to it."""
    numbers = range(len(anchors))
    return tuple(
        min(numbers, key=lambda number, box=box: _distance(box, anchors[number]))  # type: ignore[misc]
        for box in labels
    )


def _distance(box: Box, other: Box) -> tuple[int, int]:
    """Rows apart first, then columns apart; an area that spans the row is in it."""
    above, below = other.row - box.row, box.row - (other.row + other.height - 1)
    return (max(above, below, 0), abs(other.col - box.col))
