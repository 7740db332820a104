"""Explanations in a live book: typed into the list, kept by every click, known to the checks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.live import model, pywin32
from tests.live.conftest import Excel
from xlperf.live.book.reading import read_book

LIST = "问题清单"
REASON = "该项目按合同约定一次性结算，10月底前不具备付款条件，已附合同第三条"


def rows_of(book: Any) -> list[tuple[Any, ...]]:
    with pywin32.at_home():
        sheet = model.Worksheet(pywin32.bare(book.api), LIST)
        return [tuple(row) for row in sheet.UsedRange.Value2]


@pytest.mark.office
def test_an_explanation_outlives_the_next_click_and_settles_its_finding(
    excel: Excel, little: Any
) -> None:
    excel.click("validate_workbook", little)
    before = excel.boxes[0][0]
    rows = rows_of(little)
    head = next(n for n, row in enumerate(rows) if row[2] == "规则")
    line = next(n for n, row in enumerate(rows) if row[2] == "PLN306")
    at = {name: rows[head].index(name) for name in ("说明状态", "说明（理由）", "说明人", "日期")}
    typed = {"说明（理由）": REASON, "说明人": "张三", "日期": "2026年3月1日"}
    with pywin32.at_home():
        sheet = model.Worksheet(pywin32.bare(little.api), LIST)
        for name, text in typed.items():
            cell = sheet.Range(f"{model.letters(at[name] + 1)}{line + 1}")
            cell.do("set_values", box=cell.box, rows=[[text]])
    excel.click("validate_workbook", little)
    assert excel.boxes[0][0] != before
    after = rows_of(little)[line]
    assert after[2] == "PLN306" and after[at["说明状态"]] == "已说明"
    assert [after[at[name]] for name in typed] == list(typed.values())
    (waiver,) = read_book(little).record["waivers"]
    assert (waiver["code"], waiver["reason"]) == ("PLN306", REASON)
    with pywin32.at_home():
        book = pywin32.bare(little.api)
        cells = str(book.Names("XPW_explained").RefersTo).rpartition("!")[2]
        keys = model.Worksheet(book, "_lists").Range(cells).Value2
    assert "PLN306" in str(keys)
    excel.click("clear_marks", little)
    assert LIST in [sheet.name for sheet in little.sheets]


BESIDE, BELOW, MENDED = "已请财务股核对", "2021-03 前改完", "十月的计划要改"
HEADING = "以下是写在清单上、已没有对应问题的话"


def put(book: Any, title: str, cell: str, value: Any) -> None:
    with pywin32.at_home():
        at = model.Worksheet(pywin32.bare(book.api), title).Range(cell)
        at.do("set_values", box=at.box, rows=[[value]])


def row_of(rows: list[tuple[Any, ...]], sheet: str) -> int:
    (row,) = [n for n, row in enumerate(rows, 1) if row[2:4] == ("PLN306", sheet)]
    return row


def loose(book: Any) -> list[str]:
    return sorted(leftover["text"] for leftover in read_book(book).record.get("leftovers", []))


@pytest.mark.office
def test_notes_on_the_list_stay_with_their_findings(excel: Excel, little: Any) -> None:
    first, second = "01 专项补助（人防）", "02 人防业务费"
    excel.click("validate_workbook", little)
    rows = rows_of(little)
    put(little, LIST, f"R{row_of(rows, first)}", BESIDE)
    put(little, LIST, f"S{row_of(rows, first)}", 12.5)
    put(little, LIST, f"R{row_of(rows, second)}", MENDED)
    put(little, LIST, f"F{len(rows) + 2}", BELOW)
    there = sorted([BESIDE, BELOW, "12.5", MENDED])
    assert loose(little) == there
    for _ in range(2):
        excel.click("validate_workbook", little)
        rows = rows_of(little)
        assert rows[row_of(rows, first) - 1][17:19] == (BESIDE, 12.5)
        assert rows[row_of(rows, second) - 1][17] == MENDED
        assert rows[-1][5] == BELOW and rows[-3][2] and not any(rows[-2])
        assert loose(little) == there
    put(little, second, "D7", 0.9)  # mended
    for _ in range(2):
        excel.click("validate_workbook", little)
        rows = rows_of(little)
        assert rows[-4][5] == BELOW and rows[-2][0] == HEADING
        assert rows[-1][2:4] == ("PLN306", second) and rows[-1][17] == MENDED
        assert loose(little) == there
    put(little, second, "D7", 0.7)
    excel.click("validate_workbook", little)
    rows = rows_of(little)
    assert rows[row_of(rows, second) - 1][17] == MENDED and rows[-1][5] == BELOW
    excel.click("clear_marks", little)
    assert LIST in [sheet.name for sheet in little.sheets]
