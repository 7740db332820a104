"""Whether a field's own label stands beside a place on a grid, as the form prints it.

A label beside a name is the surest witness that the name is right, whatever else has moved.
"""

from __future__ import annotations

from functools import cache

from xlperf.layout.fill_pluck import anchors
from xlperf.layout.form_by_labels import blank, labels_of
from xlperf.layout.grid import Box, Grid
from xlperf.layout.labels import is_same_label, printed, words_of_forms
from xlperf.layout.vocabulary import Form

LABEL_LEFT, LABEL_ABOVE = "left", "above"


@cache
def own_labels(form: Form) -> dict[str, tuple[str, str]]:
    """By a field's key, the label that belongs to it and on which side it is printed.

    The label right above it that is as wide as it is, else the label on its left; a field that
    has neither is left out.
    """
    result: dict[str, tuple[str, str]] = {}
    for key, box in anchors(blank(form)).items():
        for slot in labels_of(form):
            label = slot.box
            over = label.row + label.height == box.row and label.col == box.col
            if over and label.width == box.width:
                result[key] = (printed(slot), LABEL_ABOVE)
            beside = label.row <= box.row < label.row + label.height
            if beside and label.col + label.width == box.col:
                result.setdefault(key, (printed(slot), LABEL_LEFT))
    return result


def is_beside(form: Form, key: str, box: Box, grid: Grid) -> bool:
    """Whether the nearest words on a field's side are its own label, blank cells aside."""
    text, side = own_labels(form).get(key, ("", LABEL_LEFT))
    if not text:
        return False
    words = _words(form) if "/" in key and side == LABEL_ABOVE else None
    return is_same_label(_nearest(grid, box, side, words), text)


@cache
def _words(form: Form) -> frozenset[str]:
    """Every label that may stand above a list of the form: of all editions, and its own."""
    form_labels = ("".join(printed(slot).split()) for slot in labels_of(form))
    return words_of_forms().union(form_labels)


def _nearest(grid: Grid, box: Box, side: str, words: frozenset[str] | None) -> str:
    """The nearest text on one side; of `words`, where these are given."""
    if side == LABEL_LEFT:
        coords = [(box.row, col) for col in range(box.col - 1, 0, -1)]
    else:
        coords = [(row, box.col) for row in range(box.row - 1, 0, -1)]
    for coord in coords:
        content = grid.at(coord)
        if content in (None, ""):
            continue
        if words is None or (isinstance(content, str) and "".join(content.split()) in words):
            return str(content)
    return ""
