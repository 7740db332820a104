"""A workbook of very many projects: the totals in the file are those that its formulas give."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.workbook.same_books import differences
from xlperf.canonical import canonical
from xlperf.record import Raw
from xlperf.workbook.stamp import book_stamp
from xlperf.workbook.write import write_master


def odd(small: Raw) -> Raw:
    """Amounts kept as texts, one that is none, shares of a cent, a unit that is not listed."""
    record = deepcopy(small)
    first, second, third = record["projects"][:3]
    first["budget"], first["fiscal"] = "6,400.50", "６４００"
    second["budget"], second["other"] = "约三十万", Decimal("0.07")
    second["spending_plan"] = {"03": Decimal("33.33"), "06": 50, "10": 75, "12": 100}
    third["unit"], third["budget"] = "999999", Decimal("123456.78")
    third["spending_plan"] = {"03": "一成", "06": "50%", "10": 120, "12": -5}
    return canonical(record)


def test_totals_are_those_of_the_formulas(
    small: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # planned by June: half of 6,400.50 (what is no number plans nothing), and of 123,456.78
    whole, totals = tmp_path / "whole.xlsx", tmp_path / "totals.xlsx"
    write_master(odd(small), whole)
    monkeypatch.setattr(book_stamp, "MOST_JUDGED", 0)
    write_master(odd(small), totals)
    full, short = (load_workbook(path, data_only=True)["汇总"] for path in (whole, totals))
    formulas = load_workbook(totals)["汇总"]
    compared = 0
    for row in formulas.iter_rows():
        for cell in row:
            value = short[cell.coordinate].value
            if cell.data_type == "f" and value is not None and cell.hyperlink is None:
                assert value == full[cell.coordinate].value, cell.coordinate
                compared += isinstance(value, int | float)
    assert compared >= 30
    sums = {str(row[0].value): row for row in short.iter_rows()}["部门合计"]
    # 6,400.50 and 123,456.78; what is no number is in no total
    assert (sums[4].value, sums[11].value) == (129857.28, 3)
    assert sums[8].value == 64928.64
    assert load_workbook(totals, data_only=True).worksheets[2]["I2"].value is None
    assert short["M10"].value is None  # the status waits for the next calculation


@pytest.mark.parametrize("most", [2, 3])
def test_first_rows_of_very_many_forms_are_not_printed_again(
    most: int, small: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three projects and the department; nothing but these names is missing."""
    path, usual = tmp_path / "many.xlsx", tmp_path / "usual.xlsx"
    write_master(small, usual)
    monkeypatch.setattr(book_stamp, "MOST_REPEATING", most)
    write_master(small, path)
    book = load_workbook(path)
    repeated = [sheet.print_title_rows for sheet in book.worksheets[2:6]]
    assert repeated == (["$1:$1", "$1:$3", "$1:$3", "$1:$3"] if most == 3 else [None] * 4)
    missing = [text for text in differences(usual, path) if "!printed:" not in text]
    assert missing == []
    assert all("A$1" in sheet.print_area for sheet in book.worksheets[3:6])
