"""The live function that judges a form, on forms of other editions than the first."""

from __future__ import annotations

from typing import Any

import pytest

from tests.editions.records import CENTRAL, SICHUAN
from xlperf.forms import edition
from xlperf.forms.official.record_parts import parts
from xlperf.layout import fill
from xlperf.live.worksheet_functions.single_form import validate_form
from xlperf.record import Raw


def cells(record: Raw) -> list[list[Any]]:
    """The first project's form as a range."""
    chosen = edition(record["edition"])
    part = next(
        candidate for candidate in parts(record, chosen) if candidate.form is chosen.project
    )
    grid = fill(part.form, part.values).grid
    rows, cols = (max(at) for at in zip(*grid.values, strict=True))
    return [
        [plain(grid.values.get((row, col))) for col in range(1, cols + 1)]
        for row in range(1, rows + 1)
    ]


def plain(content: Any) -> Any:
    """A cell's content as a spreadsheet gives it to a function."""
    return content if content is None or isinstance(content, str) else float(content)


@pytest.mark.parametrize("record", [CENTRAL, SICHUAN], ids=lambda raw: raw["edition"])
def test_a_form_of_any_edition_is_judged_by_the_function(record: Raw) -> None:
    form = cells(record)
    assert "STR011" not in {finding.code for finding, _ in validate_form(form)}
    row = next(at for at, line in enumerate(form) if "≥98%" in line or "100" in line)
    column = next(at for at, text in enumerate(form[row]) if text in ("≥98%", "100"))
    form[row][column] = None
    codes = [(finding.code, cell) for finding, cell in validate_form(form)]
    assert ("STR011", f"{'ABCDEFGH'[column]}{row + 1}") in codes
