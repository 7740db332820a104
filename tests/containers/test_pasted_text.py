"""Tables pasted into plain text."""

from __future__ import annotations

import io
from collections.abc import Callable
from csv import writer
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from tests.containers.hand_forms import BRIDGE, Rows, expected, form, projects
from xlperf.documents import read_text
from xlperf.documents.blocks.composing import Prose, SourceTable
from xlperf.documents.text_tables import table_items

WIDTH = 7


def texts(rows: Rows, breaks: str = "\n") -> list[list[str]]:
    """The cells of a form as texts, every row of the same length."""
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    whole = [[*row, *[""] * (WIDTH - len(row))] for row in lines]
    return [[cell.replace("\n", breaks) for cell in row] for row in whole]


def by_tabs(rows: Rows) -> str:
    """As Excel pastes: tabs between the cells, quotation marks around a cell of several lines."""
    out = io.StringIO()
    writer(out, delimiter="\t", lineterminator="\n").writerows(texts(rows))
    return out.getvalue()


def by_tabs_unquoted(rows: Rows) -> str:
    return "".join("\t".join(row).rstrip("\t") + "\n" for row in texts(rows))


def by_pipes(rows: Rows) -> str:
    return "".join(" | ".join(row) + " |\n" for row in texts(rows, " "))


def as_markdown(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in texts(rows, "<br>")]
    return "\n".join([lines[0], "|" + "---|" * WIDTH, *lines[1:], ""])


def drawn(rows: Rows) -> str:
    lines = ["│" + "│".join(row) + "│" for row in texts(rows, " ")]
    return "\n".join(["┌──┬──┐", *(f"{line}\n├──┼──┤" for line in lines), "└──┴──┘", ""])


def by_commas(rows: Rows) -> str:
    out = io.StringIO()
    writer(out, lineterminator="\n").writerows(texts(rows))
    return out.getvalue()


def lined_up(rows: Rows) -> str:
    """Columns set below each other with blanks, a wide sign counted as two."""
    cells = texts(rows, " ")
    spread = [max(map(width, column)) + 3 for column in zip(*cells[1:], strict=True)]
    lines = [cells[0][0]]
    for row in cells[1:]:
        parts = zip(row, spread, strict=True)
        lines.append("".join(cell + " " * (wide - width(cell)) for cell, wide in parts).rstrip())
    return "\n".join(lines) + "\n"


def width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


@pytest.mark.parametrize(
    "write", [by_tabs, by_tabs_unquoted, by_pipes, as_markdown, drawn, lined_up, by_commas]
)
def test_forms_pasted_as_text_are_read_like_the_workbook(
    write: Callable[[Rows], str], tmp_path: Path
) -> None:
    path = tmp_path / ("forms.csv" if write is by_commas else "forms.txt")
    second = form("修桥", BRIDGE, 120.5)
    text = f"第二部分\n预算项目绩效目标\n\n{write(form())}\n{write(second)}\n以上\n"
    path.write_text(text, encoding="utf-8")
    forms, coverage = projects(path)
    assert forms == [expected(), expected("修桥", BRIDGE, "120.5")]
    assert [text for _, text in coverage.residue] == ["以上"]


def test_prose_and_tables_take_turns() -> None:
    items = table_items('说明\n甲\t乙\n1\t2\n3\t"四\n五"\n\n又一段\n丙\t丁\n5\t6\n')
    assert items is not None
    shown = [
        item.text if isinstance(item, Prose) else [[cell.text for cell in row] for row in item.rows]
        for item in items
        if isinstance(item, Prose | SourceTable)
    ]
    assert shown == [
        "说明", [["甲", "乙"], ["1", "2"], ["3", "四\n五"]], "又一段", [["丙", "丁"], ["5", "6"]],
    ]  # fmt: skip


def test_places_are_lines_also_below_a_cell_of_several_lines() -> None:
    items = table_items('甲\t乙\n"1\n2"\t3\n4\t5\n')
    assert items is not None
    (grid,) = items
    assert isinstance(grid, SourceTable)
    assert [row[0].at for row in grid.rows] == ["L1", "L2", "L4"]


def test_quotation_marks_that_nobody_closes_are_text() -> None:
    items = table_items('甲\t"乙\n1\t2\n3\t4\n')
    assert items is not None
    (grid,) = items
    assert isinstance(grid, SourceTable)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["甲", '"乙'],
        ["1", "2"],
        ["3", "4"],
    ]


def test_running_text_has_no_table() -> None:
    assert table_items("第一部分\n一、总体绩效目标\n围绕  治水，完成任务。\n") is None
    assert table_items("\t甲\n\t乙\n\n\t丙\n\t丁\n") is None


def test_a_number_does_not_run_over_a_blank_amount() -> None:
    rows = form()
    rows[6] = [None, "25%", "", "75%", None, "100%"]
    record = read_text(by_tabs(rows)).record
    assert record["projects"][0]["spending_plan"] == {"03": 25, "10": 75, "12": 100}
