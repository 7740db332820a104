"""A form as people make it, in rows of cells, and what its record is, worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.documents import Coverage
from xlperf.jobs.inputs.containers import read_container
from xlperf.record import Raw

ROAD, BRIDGE = "130303213GA2H9SH8UW5A", "130303213GA2H9SH8UW5B"
Rows = list[list[Any]]
# where the form's cells are merged: first cell and last cell, counted from its own first one
MERGED = (
    *(((0, 0), (0, 6)), ((1, 0), (1, 4)), ((1, 5), (1, 6)), ((2, 1), (2, 2)), ((2, 4), (2, 6))),
    *(((3, 0), (4, 0)), ((4, 1), (4, 6)), ((5, 0), (6, 0)), ((5, 3), (5, 4)), ((6, 3), (6, 4))),
    *(((5, 5), (5, 6)), ((6, 5), (6, 6)), ((7, 1), (7, 6)), ((9, 0), (10, 0))),
    *(((row, 3), (row, 4)) for row in range(8, 12)),
)


def form(name: str = "修路", code: str = ROAD, budget: Any = 6400) -> Rows:
    """A form of seven columns: title, head, money, plan, goals, three indicators."""
    return [
        [f"{name}绩效目标表"],
        ["333001某局本级", None, None, None, None, "单位：元"],
        ["项目编码", code, None, "项目名称", name],
        ["预算规模及资金用途", "预算数", budget, "其中：财政资金", budget, "其他资金", 0],
        [None, f"用于{name}"],
        ["资金支出计划（%）", "3月底", "6月底", "10月底", None, "12月底"],
        [None, "25%", "50%", "75%", None, "100%"],
        ["绩效目标", "1.按时完工\n2.质量合格"],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", None, "指标值", "指标值确定依据"],
        ["产出指标", "数量指标", "完工里程", "完工的里程", None, "15公里", "年度计划"],
        [None, "质量指标", "验收合格率", "合格的比例", None, "≥95%", "年度计划"],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "满意的比例", None, "≥90%", "问卷"],
    ]


def expected(name: str = "修路", code: str = ROAD, budget: str = "6400") -> Raw:
    """The project that `form` holds, as the record has it."""
    rows = (
        ("产出指标", "数量指标", "完工里程", "完工的里程", "15公里", "年度计划"),
        ("产出指标", "质量指标", "验收合格率", "合格的比例", "≥95%", "年度计划"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "满意的比例", "≥90%", "问卷"),
    )
    keys = ("level1", "level2", "name", "description", "target", "basis")
    return {
        "code": code,
        "name": name,
        "unit": "333001",
        "budget": Decimal(budget),
        "fiscal": Decimal(budget),
        "other": Decimal(0),
        "purpose": f"用于{name}",
        "spending_plan": {"03": 25, "06": 50, "10": 75, "12": 100},
        "goals": ["按时完工", "质量合格"],
        "indicators": [dict(zip(keys, row, strict=True)) for row in rows],
    }


def put(sheet: Worksheet, rows: Sequence[Sequence[Any]], row: int = 1, col: int = 1) -> None:
    """Write rows of cells from a cell on; None leaves one blank."""
    for down, line in enumerate(rows):
        for across, content in enumerate(line):
            if content is not None:
                sheet.cell(row + down, col + across).value = content


def merge(sheet: Worksheet, row: int = 1, col: int = 1) -> None:
    """Merge the cells of a form as in print."""
    for (top, left), (bottom, right) in MERGED:
        sheet.merge_cells(
            start_row=row + top, start_column=col + left,
            end_row=row + bottom, end_column=col + right,
        )  # fmt: skip


def saved(book: Workbook, folder: Path, name: str = "forms.xlsx") -> Path:
    path = folder / name
    book.save(path)
    return path


def one_sheet(folder: Path, rows: Sequence[Sequence[Any]], row: int = 1, col: int = 1) -> Path:
    """A workbook of one sheet with rows of cells from a cell on."""
    book = Workbook()
    put(book.worksheets[0], rows, row, col)
    return saved(book, folder)


def left(coverage: Coverage) -> list[tuple[str, str]]:
    """What is left over, with its places."""
    texts = (text for _, text in coverage.residue)
    return [(str(place), text) for place, text in zip(coverage.places, texts, strict=True)]


def projects(path: Path) -> tuple[list[Raw], Coverage]:
    """The projects of a file as `xlperf import` reads it, without titles, and the account."""
    reading, coverage = read_container(path)
    untitled = [
        {k: v for k, v in project.items() if k != "title"} for project in reading.record["projects"]
    ]
    return untitled, coverage
