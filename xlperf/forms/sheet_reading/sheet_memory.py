"""What was read of sheets at the last reading, for those that still say exactly the same.

A sheet is known by all that reading it looks at: its title, its form, its names, each cell with
the type of its value, its merged cells and the results of its formulas. So nothing is taken for
unchanged that is not, in whatever workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from xlperf.forms.sheet_reading.sheet_content import SheetContent, SheetRead
from xlperf.forms.sheet_reading.sheet_reader import ReadSheet, read_sheet
from xlperf.layout import Form, Formula
from xlperf.paths import Path as RecordPath

MOST = 400  # sheets that are kept: some 100 KB each


class SheetMemory:
    """The sheets of the last reading, by their titles."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Any, SheetRead]] = {}

    @contextmanager
    def reading(self) -> Iterator[ReadSheet]:
        """While a workbook is read: what `read_sheet` does; afterwards its sheets are kept."""
        now: dict[str, tuple[Any, SheetRead]] = {}

        def read(content: SheetContent, form: Form, path: RecordPath) -> SheetRead:
            key = _key(content, form)
            last, sheet = self._last.get(content.title, (None, None))
            if sheet is None or last != key:
                sheet = read_sheet(content, form, path)
            elif sheet.path != path:
                sheet = replace(sheet, path=path)
            if len(now) < MOST:
                now[content.title] = key, sheet
            return sheet

        yield read
        self._last = now


def _key(content: SheetContent, form: Form) -> Any:
    """All that reading a sheet looks at; equal for what is exactly equal."""
    values = content.grid.values
    results = [content.value(at) for at, value in values.items() if isinstance(value, Formula)]
    return (
        (form.edition, form.name),
        [*content.names.items()],
        content.lost,
        content.grid.spans,
        [*values],
        [value if type(value) is str else (type(value), repr(value)) for value in values.values()],
        [(type(result), repr(result)) for result in results],
    )
