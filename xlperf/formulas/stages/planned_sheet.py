"""A sheet of a stage as it is to be drawn: what stands in its cells, and its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlperf.forms.defined_names import field_name
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.layout import Box, Coord, FilledForm, Form, anchors


@dataclass(frozen=True)
class StageSheet:
    """A sheet that holds one project of a stage.

    `filled_form`: what its cells hold, `measured`: the texts that they show. `names` are those that
    mark it, with their rectangles; `beside` the cells of ours beside the form.
    """

    title: str
    kind: str
    form: Form
    filled_form: FilledForm
    measured: FilledForm
    names: Mapping[str, Box]
    beside: Mapping[Coord, Any]
    tokens: Mapping[str, tuple[Box, str]]

    @property
    def width(self) -> int:
        """How many columns the form has."""
        return len(self.form.widths)

    @property
    def rows(self) -> Box:
        """The first column of the list, over all its rows."""
        return anchors(self.filled_form.layout)[f"{RESULTS_LIST}/level1"]

    @property
    def fields(self) -> dict[str, Box]:
        """Where its fields stand, by their defined names."""
        return {field_name(key): box for key, box in anchors(self.filled_form.layout).items()}
