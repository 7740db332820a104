"""Explanations in a live book: typed into the list, kept by every click, known to the checks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.live import model, pywin32
from tests.live.conftest import Excel
from xlperf.live.reading import read_book

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
