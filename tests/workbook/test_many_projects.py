"""A workbook of very many projects: the totals in the file are those that its formulas give."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

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
    # number, unit, budget, fiscal, other, planned by March, June, October and December
    assert [line_of(short, row) for row in (14, 15, 16)] == [
        [1, "333001", 6400.5, 6400, 0, 1600.13, 3200.25, 4800.38, 6400.5],
        [2, "333001", None, 318480, 0.07, None, None, None, None],
        [3, None, 123456.78, 240000, 0, None, 61728.39, None, None],  # no unit of the department
    ]
    assert [line_of(full, row)[2:] for row in (14, 15, 16)] == [
        line_of(short, row)[2:] for row in (14, 15, 16)
    ]
    assert [[short[f"{col}{row}"].value for col in "BC"] for row in (14, 15, 16)] == [
        [project["code"], project["name"]] for project in odd(small)["projects"]
    ]
    assert short["M14"].value is None


def line_of(summary: Any, row: int) -> list[Any]:
    """What the line of a project shows but its code, its name and what checks say."""
    return [summary[f"{col}{row}"].value for col in "ADEFGHIJK"]


@pytest.mark.parametrize("edition", ["central-2022", "sichuan-2023"])
def test_lines_of_other_editions_are_those_of_the_formulas(
    edition: str, sample: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = ("code", "name", "unit", "budget")
    projects = [{key: project[key] for key in keys} for project in sample["projects"][:3]]
    of_all = {key: sample[key] for key in ("units", "department")}
    record = canonical({"edition": edition, **of_all, "projects": projects})
    write_master(record, tmp_path / "whole.xlsx")
    monkeypatch.setattr(book_stamp, "MOST_JUDGED", 0)
    write_master(record, tmp_path / "short.xlsx")
    full, short = (
        list(load_workbook(tmp_path / name, data_only=True)["汇总"].values)
        for name in ("whole.xlsx", "short.xlsx")
    )
    places = [(n, at) for n, row in enumerate(short) for at, value in enumerate(row) if value]
    assert [(at, short[at[0]][at[1]]) for at in places] == [
        (at, full[at[0]][at[1]]) for at in places
    ]
    (first,) = [row for row in short if row[2] == projects[0]["name"]]
    assert first[:5] == (1, projects[0]["code"], projects[0]["name"], "333001", 6400)


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
