"""The rows of a form, on which its layout depends, but for levels that are merged when equal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlperf.layout.placement import Layout, deep_rows, place, single
from xlperf.layout.text_height import text_of_rows
from xlperf.layout.vocabulary import Form
from xlperf.paths import get, put

Outline = tuple[tuple[int, ...], ...]  # rows of the deep fields; for each list the rows of items


class Outlines:
    """The outlines of one form's values, and empty layouts of such outlines."""

    def __init__(self, form: Form) -> None:
        self.form = form
        slots = (slot for slot in place(form, {}).slots if slot.cell.deep)
        self._deep = [
            (slot.cell, sum(form.widths[slot.box.col - 1 :][: slot.box.width])) for slot in slots
        ]
        self._lists = list(form.lists())

    def of(self, values: Mapping[str, Any]) -> Outline:
        """The outline of values, nested as `fill` takes them."""
        deep = tuple(deep_rows(cell, values, width) for cell, width in self._deep)
        rows = [deep]
        for part in self._lists:
            items = values.get(part.list_ref) or [{}] * (not part.optional)
            inner = part.nested.list_ref if part.nested else ""
            rows.append(tuple(max(1, len(get(item, (inner,)) or ())) for item in items))
        return tuple(rows)

    def layout(self, outline: Outline) -> Layout:
        """The layout of blank values with an outline: none of its cells are merged by equality."""
        deep, *lists = outline
        values: dict[str, Any] = {}
        for (cell, _), rows in zip(self._deep, deep, strict=True):
            text = text_of_rows(rows)
            put(values, single(cell.ref), [text] if cell.kind == "numbered" else text)
        for part, rows_of_items in zip(self._lists, lists, strict=True):
            inner = part.nested.list_ref if part.nested else ""
            values[part.list_ref] = [
                {inner: [{}] * rows} if inner else {} for rows in rows_of_items
            ]
        return place(self.form, values)
