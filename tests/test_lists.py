"""Plain lists of projects as people keep them: every row and column is used, or told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from xlperf.__main__ import run
from xlperf.jobs.lists.files import sheets_in
from xlperf.jobs.lists.first_forms import from_list, is_list
from xlperf.publishing import publish_text
from xlperf.record import Raw
from xlperf.rollup import ReadFile, roll_up
from xlperf.wording import official_table
from xlperf.workbook.draw.books.totals_book import write_rollup
from xlperf.workbook.read import read_workbook

CODE = "13030327000000000000"


def a_list(folder: Path, *rows: list[Any], merged: str = "", other: str = "") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.create_sheet("别的").append([other or None])
    path = folder / "list.xlsx"
    book.save(path)
    return path


def made(source: Path, unit: str = "") -> tuple[list[Raw], str]:
    """The projects of a list, and what is told of it."""
    sheets = sheets_in(source)
    assert is_list(source, sheets)
    started = from_list(source, sheets, unit)
    return started.reading.record["projects"], "\n".join(started.remarks)


def refused(source: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    target = source.with_name("out.xlsx")
    assert (
        run(["generate", *([str(source)] if source.suffix else []), "-o", str(target), *more]) == 2
    )
    output = capsys.readouterr()
    assert output.out == "" and not target.exists()
    assert len(output.err.strip().splitlines()) == 1 and output.err.rstrip().endswith("。")
    return output.err


@pytest.mark.parametrize(
    ("heading", "content", "yuan"),
    [
        ("金额（万元）", 0.64, "6400.00"), ("预算数(万元)", 31.848, "318480.00"),
        ("预算金额（单位：万元）", "1,234.56", "12345600.00"),
        ("预算数/万元", 0.1 + 0.2, "3000.00"),
        ("预算数：元", 6400, "6400.00"), ("预算数【千元】", 6.4, "6400.00"),
        ("资金总额（亿元）", "0.00006400", "6400.00"), ("预算数", "0.64万元", "6400.00"),
        ("预算数（万元）", "6400元", "6400.00"),
    ],
)  # fmt: skip
def test_amounts_are_converted_exactly_from_the_unit_of_the_heading_or_the_cell(
    heading: str, content: Any, yuan: str, tmp_path: Path
) -> None:
    source = a_list(tmp_path, ["项目名称", heading, "单位"], ["绿化", content, "333001某局"])
    (project,), remarks = made(source)
    assert project["budget"] == Decimal(yuan)
    assert ("已换算成元" in remarks) == ("元" in heading and "：元" not in heading)


def test_what_is_told_of_a_list_stands_beside_what_was_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = a_list(tmp_path, ["项目名称", "金额（万元）", "单位"], ["绿化", 8, "333001某局"])
    assert run(["generate", str(source), "-o", str(tmp_path / "out.xlsx")]) == 0
    output = capsys.readouterr()
    assert "80,000.00 元" in output.out and "“金额（万元）”以万元为单位" in output.err


def test_a_list_longer_than_a_workbook_may_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "long.csv"
    source.write_text("项目名称,预算数\n" + "绿化,1\n" * 501, "utf-8")
    assert "1 至 500" in refused(source, capsys)


def test_a_unit_above_the_table_counts_for_the_columns_that_name_none(tmp_path: Path) -> None:
    source = a_list(
        tmp_path,
        ["2027年项目清单"], [None, None, "金额单位：万元"],
        ["项目名称", "预算数", "财政资金（元）", "单位"],
        ["绿化", 8, 80000, "333001某局"],
    )  # fmt: skip
    (project,), remarks = made(source)
    assert (project["budget"], project["fiscal"]) == (Decimal("80000.00"), Decimal("80000.00"))
    assert "2027年项目清单" in remarks and "“预算数”以万元为单位" in remarks


def test_two_units_of_money_above_one_table_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["单位：元"], ["单位：万元"], ["项目名称", "预算数"], ["绿化", 8]]
    assert "万元" in refused(a_list(tmp_path, *rows), capsys)


def test_every_column_row_and_sheet_that_is_not_used_is_told(tmp_path: Path) -> None:
    source = a_list(
        tmp_path,
        ["序号", "项目名称", "预算数", "备注", "单位", None],
        [1, "绿化", 80, "急", "333001某局", "甲"],
        ["序号", "项目名称", "预算数", "备注", "单位"],
        [2, "道路", 20, None, "333001某局"],
        [None, None, None, "填表人：某某"],
        other="甲",
    )
    projects, remarks = made(source)
    assert [project["name"] for project in projects] == ["绿化", "道路"]
    for part in (
        "D 列“备注”",
        "F 列“（空）”",
        "第 3 行重复了列标题",
        "填表人：某某",
        "工作表“别的”",
    ):
        assert part in remarks
    assert "A 列" not in remarks


def test_rows_of_totals_are_told_and_checked_and_never_become_projects(tmp_path: Path) -> None:
    source = a_list(
        tmp_path,
        ["项目编码", "项目名称", "单位", "预算数"],
        ["总 计", None, None, 150],
        [f"{CODE}1", "绿化", "333001某局", 80],
        [f"{CODE}2", "道路", "333001某局", 20],
        [None, None, "某局小计", 100],
        [f"{CODE}3", "桥梁", "333002某所", 50],
        [None, None, "某所小计：", 49],
        [None, "SubTotal", None, 50],
        ["合计", None, None, 150],
    )
    projects, remarks = made(source)
    assert [project["budget"] for project in projects] == [80, 20, 50]
    assert remarks.count("是合计行") == 5
    assert remarks.count("对不上") == 1 and "第 7 行“某所小计：”" in remarks and "49.00" in remarks


def test_a_line_of_a_unit_with_the_sum_of_its_projects_is_a_total_without_the_word(
    tmp_path: Path,
) -> None:
    source = a_list(
        tmp_path,
        ["单位", "项目名称", "预算数"],
        ["333001某局", None, 100],
        ["333001某局", "绿化", 80], ["333001某局", "道路", 20],
        ["333002某所", None, 50],
        ["333002某所", "桥梁", 50],
        ["333003某站", None, 7],
    )  # fmt: skip
    projects, remarks = made(source)
    assert [project["budget"] for project in projects] == [80, 20, 50, 7]
    assert "第 7 行没有项目名称" in remarks and remarks.count("是合计行") == 2


def test_a_merged_unit_belongs_to_every_row_and_the_option_to_those_without_one(
    tmp_path: Path,
) -> None:
    rows = [["项目名称", "单位", "预算数"], ["绿化", "333001某局", 1], ["道路", None, 2],
            ["桥梁", None, 3]]  # fmt: skip
    projects, remarks = made(a_list(tmp_path, *rows, merged="B2:B3"))
    assert [project.get("unit") for project in projects] == ["333001", "333001", None]
    assert "第 4 行没有写单位" in remarks
    projects, remarks = made(a_list(tmp_path, *rows, merged="B2:B3"), "333002某所")
    assert [project.get("unit") for project in projects] == ["333001", "333001", "333002"]
    assert remarks == ""
    *_, remarks = made(a_list(tmp_path, *rows[:2]), "333002某所")
    assert "没有用到" in remarks


def test_code_and_name_of_the_unit_may_have_a_column_each(tmp_path: Path) -> None:
    source = a_list(tmp_path, ["单位编码", "单位名称", "项目名称"], [333001, "某局", "绿化"])
    (project,), remarks = made(source)
    units = from_list(source, sheets_in(source)).reading.record["units"]
    assert (project["unit"], units, remarks) == ("333001", [{"code": "333001", "name": "某局"}], "")


def test_headings_of_two_rows_are_one(tmp_path: Path) -> None:
    source = a_list(
        tmp_path,
        ["项目名称", "单位", "预算数", "其中", None],
        [None, None, None, "财政资金", "其他资金"],
        ["绿化", "333001某局", 80, 50, 30],
    )
    (project,), _ = made(source)
    assert [project[key] for key in ("budget", "fiscal", "other")] == [80, 50, 30]


def test_the_plainer_of_two_headings_is_used_and_the_other_told(tmp_path: Path) -> None:
    source = a_list(tmp_path, ["项目", "项目名称", "金额", "预算数", "单位"],
                    ["类", "绿化", 9, 80, "333001某局"])  # fmt: skip
    (project,), remarks = made(source)
    assert (project["name"], project["budget"]) == ("绿化", 80)
    assert "A 列“项目”" in remarks and "C 列“金额”" in remarks


@pytest.mark.parametrize("twice", ["预算数", "预算数（万元）"])
def test_a_heading_that_stands_twice_is_refused(
    twice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = a_list(tmp_path, ["项目名称", "预算数", twice], ["绿化", 6400, 9999])
    assert "B, C 列" in refused(source, capsys)


def test_what_a_cell_cannot_give_is_told_with_the_cell(tmp_path: Path) -> None:
    source = a_list(
        tmp_path,
        ["项目编码", "项目名称", "预算数（万元）", "财政资金", "其他资金", "单位"],
        [1.30303213000012e20, "绿化", "约12", 0.005, "=1+1", "333001某局"],
    )
    (project,), remarks = made(source)
    assert (project["budget"], project["fiscal"]) == ("约12万元", Decimal("0.01"))
    assert "other" not in project
    for part in ("A2 的项目编码", "C2 的“约12”", "D2 的 0.005", "E2 的公式"):
        assert part in remarks


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--blank", "0"], "1 至 500"), (["--blank", "-3"], "1 至 500"), (["--blank", "x"], "整数"),
        (["--blank", "1", "--year", "26"], "四位数"),
        (["--blank", "1", "--year", "20266"], "四位数"),
        (["--blank", "1", "--year", "今年"], "整数"),
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_meant_are_refused_for_what_they_are(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused(tmp_path / "none", capsys, *arguments)


def forms(folder: Path, above: list[Any]) -> Path:
    return a_list(
        folder,
        above,
        ["项目编码", f"{CODE}1", None, "项目名称", "绿化"],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"],
        ["产出指标", "数量指标", "数量", "数量", "1个"],
    )


@pytest.mark.parametrize("above", [["绿化绩效目标表"], ["项目名称", "预算数"]])
def test_a_workbook_of_official_forms_is_no_list(above: list[Any], tmp_path: Path) -> None:
    source = forms(tmp_path, above)
    assert not is_list(source, sheets_in(source))


def test_a_workbook_of_official_forms_is_read_as_forms(tmp_path: Path) -> None:
    source = forms(tmp_path, ["绿化绩效目标表"])
    assert run(["generate", str(source), "-o", str(tmp_path / "out.xlsx")]) == 0
    (project,) = read_workbook(tmp_path / "out.xlsx").record["projects"]
    assert (project["name"], project["code"]) == ("绿化", f"{CODE}1")
    (indicator,) = project["indicators"]
    assert (indicator["name"], indicator["target"]) == ("数量", "1个")


def test_a_published_text_is_no_list(small: Raw, tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    publish_text(small, path)
    assert not is_list(path, sheets_in(path))


def test_a_roll_up_is_no_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sum.xlsx"
    write_rollup(roll_up([ReadFile("f", "2027", [])]), path)
    refused(path, capsys)


def test_options_for_lists_are_refused_with_anything_else(
    small_master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "master.xlsx"
    copy.write_bytes(small_master.read_bytes())
    assert "--unit" in refused(copy, capsys, "--year", "2027")


HTML = """<html><head><meta charset="gb2312"></head><body><table>
<tr><td>项目名称</td><td>单位</td><td>预算数（万元）</td></tr>
<tr><td>绿化</td><td>333001某局</td><td>8</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("html.xls", HTML.encode("gb18030")),
        ("tabs.xls", "项目名称\t单位\t预算数（万元）\n绿化\t333001某局\t8\n".encode("gb18030")),
        ("semicolons.csv", "项目名称;单位;预算数（万元）\n绿化;333001某局;8\n".encode()),
        ("unicode.txt", "项目名称\t单位\t预算数（万元）\n绿化\t333001某局\t8\n".encode("utf-16")),
        ("unicode.csv", "项目名称\t单位\t预算数（万元）\n绿化\t333001某局\t8\n".encode("utf-16")),
    ],
)
def test_a_list_under_another_name_is_read_as_what_it_is(
    name: str, data: bytes, tmp_path: Path
) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    (project,), _ = made(source)
    assert (project["name"], project["unit"], project["budget"]) == ("绿化", "333001", 80000)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
                  b'spreadsheet"><Worksheet/></Workbook>', "没有找到"),
        ("e.xlsx", b"", "空文件"), ("e.csv", b"", "空文件"), ("b.csv", b"\n\n", "没有找到项目清单"),
        ("f.csv", b"x" * 200_000, "没有找到项目清单"),
        ("t.xls", "今天天气\t不错\n".encode(), "没有找到项目清单"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_the_remedy(
    name: str, data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    assert words in refused(source, capsys)


def test_the_headings_that_are_known_stand_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generate", "--help"]) == 0
    output = capsys.readouterr().out
    for key, names in official_table("list_headings").items():
        assert all(name in output for name in names) or key == "number"
    assert "万元" in output
