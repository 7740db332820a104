"""A workbook read from its parts and read with openpyxl: what differs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from xlperf.errors import UserError
from xlperf.forms.sheet_reading.sheet_content import SheetContent
from xlperf.layout import Formula
from xlperf.reading import Reading
from xlperf.workbook.fast_read.contents import contents_of
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.read import FormulaValues, read_carefully, read_workbook, see

Change = Callable[[str], str]


def carefully(path: Path) -> list[SheetContent]:
    """Every sheet as openpyxl gives it."""
    computed = FormulaValues(path)
    return [see(sheet, computed) for sheet in open_book(path).worksheets]


def facts(content: SheetContent) -> dict[str, Any]:
    """All that a sheet says, numbers and texts told apart, with the results of its formulas."""
    values = {at: (type(value), repr(value)) for at, value in content.grid.values.items()}
    formulas = [at for at, value in content.grid.values.items() if isinstance(value, Formula)]
    return {
        "title": content.title,
        "names": [*content.names.items()],
        "lost": content.lost,
        "values": [*values.items()],
        "spans": {*content.grid.spans},
        "results": {at: repr(content.value(at)) for at in formulas},
        "machinery": content.machinery,
    }


def assert_same_contents(path: Path) -> list[SheetContent]:
    """The sheets of a workbook, which both ways give alike; UnsupportedError is not caught."""
    soon = contents_of(path)
    assert [*map(facts, soon)] == [*map(facts, carefully(path))]
    return soon


def assert_same_reading(path: Path) -> Reading | str:
    """What is read of a workbook, or why it is refused, which both ways give alike."""
    both = [_outcome(read, path) for read in (read_workbook, read_carefully)]
    assert both[0] == both[1]
    return both[0]


def _outcome(read: Callable[[Path], Reading], path: Path) -> Reading | str:
    try:
        return read(path)
    except UserError as refusal:
        return refusal.key


def rewritten(source: Path, target: Path, changes: Mapping[str, Change], without: str = "") -> Path:
    """A copy in which the parts whose names match an expression are changed; one is left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for pattern, change in changes.items():
                if re.fullmatch(pattern, name):
                    text = change(text.decode()).encode()
            if name != without:
                new.writestr(name, text)
    return target
