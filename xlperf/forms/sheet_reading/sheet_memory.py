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
from xlperf.forms.sheet_reading.sheet_reader import SheetReaders, read_sheet
from xlperf.forms.stages.stage_form import StageForm, read_stage
from xlperf.layout import Form, Formula
from xlperf.paths import RecordPath

MOST_SHEETS_KEPT = 400  # sheets that are kept: some 100 KB each


class SheetMemory:
    """The sheets of the last reading, by their titles."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Any, SheetRead]] = {}
        self._stages: dict[str, tuple[Any, StageForm]] = {}

    @contextmanager
    def reading(self) -> Iterator[SheetReaders]:
        """While a workbook is read: what reads its sheets; afterwards these are kept."""
        now: dict[str, tuple[Any, SheetRead]] = {}
        stages: dict[str, tuple[Any, StageForm]] = {}

        def read(content: SheetContent, form: Form, path: RecordPath) -> SheetRead:
            key = _key(content, form)
            last, sheet = self._last.get(content.title, (None, None))
            if sheet is None or last != key:
                sheet = read_sheet(content, form, path)
            elif sheet.path != path:
                sheet = replace(sheet, path=path)
            if len(now) < MOST_SHEETS_KEPT:
                now[content.title] = key, sheet
            return sheet

        def stage(content: SheetContent, form: Form) -> StageForm:
            key = _key(content, form), form
            last, stage_form = self._stages.get(content.title, (None, None))
            if stage_form is None or last != key:
                stage_form = read_stage(content, form)
            if len(stages) < MOST_SHEETS_KEPT:
                stages[content.title] = key, stage_form
            return stage_form

        yield SheetReaders(read, stage)
        self._last, self._stages = now, stages


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
