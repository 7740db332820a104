"""Typing explanations into a list of findings, as people do, and looking at what became of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import opened
from xlperf.__main__ import run

LIST = "问题清单"
REASONS = (
    "上半年集中发放考核奖补，四季度只剩尾款结算",
    "演练安排在十一月，装备租赁费验收以后才能支付",
    "警报器由厂家统一检修，发票要到冬季才开具",
    "保险合同年底到期续保，款项按合同约定分两次付清",
    "施工许可尚在办理，监理单位进场后才有首笔进度款",
    "视频会议设备随市级平台改造，由市里统一招标采购",
)


def annotate(source: Path, target: Path, *options: str) -> int:
    """Validate and mark; the exit status."""
    report = target.with_suffix(".txt")
    return run(["validate", str(source), "--annotate", str(target), "-o", str(report), *options])


def explain(
    source: Path, target: Path, *explanations: tuple[str, str, str], who: str = "张三"
) -> None:
    """Type reasons beside findings: (code, part of the sheet's title or the message, reason)."""
    book = opened(source)
    sheet = book[LIST]
    for code, about, reason in explanations:
        (row,) = [n for n, line in lines(sheet).items() if fits(line, code, about)]
        for key, text in (("reason", reason), ("who", who), ("when", "2021-03-15")):
            sheet.cell(row, COLUMNS[key]).value = text
    book.save(target)


KEYS = (
    *("number", "severity", "code", "sheet", "cell", "message", "advice", "standing"),
    *("reason", "who", "when", "source", "at", "name", "facts", "then"),
)
COLUMNS = {key: number for number, key in enumerate(KEYS, 1)}


def lines(sheet: Worksheet) -> dict[int, dict[str, Any]]:
    """The lines of a list by their rows."""
    return {
        row: {key: sheet.cell(row, col).value for key, col in COLUMNS.items()}
        for row in range(4, sheet.max_row + 1)
        if sheet.cell(row, COLUMNS["code"]).value
    }


def fits(line: dict[str, Any], code: str, about: str) -> bool:
    return line["code"] == code and about in f"{line['sheet']} {line['message']}"


def listed(path: Path) -> list[dict[str, Any]]:
    """Every row below the head of a workbook's list; nothing else of the workbook is read."""
    book = load_workbook(path, read_only=True)
    rows = book[LIST].iter_rows(min_row=4, max_col=len(KEYS), values_only=True)
    entries = [dict(zip(KEYS, row, strict=True)) for row in rows]
    book.close()
    return entries


def titles(path: Path) -> list[str]:
    """The titles of a workbook's sheets, in their order."""
    book = load_workbook(path, read_only=True)
    book.close()
    return list(book.sheetnames)


def explained(path: Path) -> list[dict[str, Any]]:
    """The lines of a workbook's list on which something was written."""
    return [line for line in listed(path) if line["code"] and line["reason"]]


def findings(path: Path, *options: str) -> dict[str, Any]:
    """What `validate` says of a file, as JSON."""
    target = path.with_suffix(".findings.json")
    run(["validate", str(path), "--format", "json", "-o", str(target), *options])
    report: dict[str, Any] = json.loads(target.read_text("utf-8"))
    return report


def standing(path: Path, code: str, *options: str) -> dict[str, str]:
    """Reason → standing, of a rule's explained findings."""
    return standing_in(findings(path, *options), code)


def standing_in(report: dict[str, Any], code: str) -> dict[str, str]:
    """The same of findings that are known already."""
    entries = report["findings"]
    return {f["reason"]: f["standing"] for f in entries if f["code"] == code and "standing" in f}
