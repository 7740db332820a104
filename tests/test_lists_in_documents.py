"""A list of projects on a web page or in a Word document is a list, too: `generate` makes forms."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement

from tests.office import Office
from xlperf.__main__ import run
from xlperf.publishing import publish_word
from xlperf.record import Raw
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import write_master

CODE = "13030327000000000000"
ROWS = [
    ["序号", "项目编码", "项目名称", "预算数", "主管科室"],
    ["1", f"{CODE}1", "道路维修", "120.5", "市政科"],
    ["2", f"{CODE}2", "路灯电费", "80", "市政科"],
    ["", "", "合计", "200.5", ""],
]


def on_a_page(path: Path, rows: list[list[str]]) -> Path:
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    body = f"<h1>项目清单</h1><p>单位：万元</p><table>{''.join(lines)}</table>"
    path.write_text(f'<html><meta charset="utf-8"><body>{body}</body></html>', "utf-8")
    return path


def in_word(path: Path, rows: list[list[str]], source: Path | None = None) -> Path:
    document = docx.Document(str(source) if source else None)
    document.add_paragraph("项目清单")
    document.add_paragraph("单位：万元")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for texts, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(texts, row.cells, strict=True):
            cell.text = text
    document.save(str(path))
    return path


DOCUMENTS = pytest.mark.parametrize(
    ("name", "put"), [("list.html", on_a_page), ("list.htm", on_a_page), ("list.docx", in_word)]
)


@DOCUMENTS
def test_each_row_is_a_form_and_amounts_are_in_yuan(
    name: str,
    put: Callable[[Path, list[list[str]]], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source, target = put(tmp_path / name, ROWS), tmp_path / "out.xlsx"
    assert run(["generate", str(source), "-o", str(target), "--year", "2027"]) == 0
    record = read_workbook(target).record
    assert [(p["code"], p["name"], p["budget"]) for p in record["projects"]] == [
        (f"{CODE}1", "道路维修", Decimal(1205000)),
        (f"{CODE}2", "路灯电费", Decimal(800000)),
    ]
    assert record["fiscal_year"] == 2027
    remarks = capsys.readouterr().err
    assert "标题行以上的文字没有采用：项目清单、单位：万元" in remarks
    assert "第 4 行“合计”是合计行" in remarks  # the table's own fourth row
    assert "主管科室" in remarks


@DOCUMENTS
def test_another_table_is_no_list(
    name: str,
    put: Callable[[Path, list[list[str]]], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source = put(tmp_path / name, [["日期", "天气"], ["周一", "晴"]])
    for command, target in (("generate", "out.xlsx"), ("import", "out.json")):
        assert run([command, str(source), "-o", str(tmp_path / target)]) == 2
        assert "没有找到" in capsys.readouterr().err
        assert not (tmp_path / target).exists()


SECOND = [ROWS[0], ["1", f"{CODE}3", "桥梁检测", "33", "排水科"]]


def two_tables(path: Path, above: str) -> Path:
    """A Word document with a list in two tables, text above the second one and behind it."""
    in_word(path, ROWS)
    document = docx.Document(str(path))
    document.add_paragraph(above)
    table = document.add_table(rows=2, cols=5)
    for texts, row in zip(SECOND, table.rows, strict=True):
        for text, cell in zip(texts, row.cells, strict=True):
            cell.text = text
    document.add_paragraph("填表人须签字。")
    document.save(str(path))
    return path


@pytest.mark.parametrize("above", ["二、排水科", "单位：万元"])
def test_tables_with_the_same_headings_are_one_list_and_no_text_is_lost(
    above: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = two_tables(tmp_path / "two.docx", above), tmp_path / "out.xlsx"
    assert run(["generate", str(source), "-o", str(target)]) == 0
    projects = read_workbook(target).record["projects"]
    assert [p["name"] for p in projects] == ["道路维修", "路灯电费", "桥梁检测"]
    assert [p["budget"] for p in projects] == [1205000, 800000, 330000]  # 万元 into yuan
    remarks = capsys.readouterr().err
    assert above in remarks and "填表人须签字。" in remarks
    assert "没有读" not in remarks and "（空）" not in remarks


def test_tables_in_different_units_of_money_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = two_tables(tmp_path / "two.docx", "单位：元"), tmp_path / "out.xlsx"
    assert run(["generate", str(source), "-o", str(target)]) == 2
    assert "万元" in capsys.readouterr().err and not target.exists()


@pytest.mark.parametrize("first", ["", "附件"])
def test_tables_that_begin_with_a_blank_row_or_a_title_are_not_joined(
    first: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titled = [[first, "", "", "", ""], *ROWS]
    one = in_word(tmp_path / "one.docx", titled)
    others = [[first, "", ""], ["日期", "天气", "风"], ["周一", "晴", "无"]]
    source, target = in_word(tmp_path / "two.docx", others, one), tmp_path / "out.xlsx"
    assert run(["generate", str(source), "-o", str(target)]) == 0
    names = [project["name"] for project in read_workbook(target).record["projects"]]
    assert names == ["道路维修", "路灯电费"]
    assert "第 2 个表格" in capsys.readouterr().err  # was not read


def test_a_list_behind_another_table_has_its_own_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = in_word(tmp_path / "other.docx", [["日期", "天气"], ["周一", "晴"]])
    source, target = in_word(tmp_path / "list.docx", ROWS, other), tmp_path / "out.xlsx"
    assert run(["generate", str(source), "-o", str(target)]) == 0
    remarks = capsys.readouterr().err
    assert "E 列“主管科室”" in remarks  # the fifth of its table, not the seventh of all
    assert "第 1 个表格" in remarks  # was not read
    assert len(read_workbook(target).record["projects"]) == 2


def test_a_document_with_forms_and_a_list_behind_them_stays_a_document(
    small: Raw, tmp_path: Path
) -> None:
    published = tmp_path / "published.docx"
    publish_word(small, published)
    source = in_word(tmp_path / "both.docx", ROWS, published)
    assert run(["generate", str(source), "-o", str(tmp_path / "out.xlsx")]) == 0
    record = read_workbook(tmp_path / "out.xlsx").record
    assert [p["name"] for p in record["projects"]] == [p["name"] for p in small["projects"]]
    assert record["overall_goal"] == small["overall_goal"]


def in_a_workbook(path: Path, rows: list[list[str]]) -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    workbook.save(path)
    return path


def with_commas(path: Path, rows: list[list[str]]) -> Path:
    path.write_text("\n".join(map(",".join, rows)), "utf-8-sig")
    return path


NO_DOCUMENT = "“{file}”是项目清单，不是绩效文本。请用 xlperf generate 由它生成主工作簿。"
NO_WORKBOOK = "“{file}”是项目清单，不是主工作簿。请用 xlperf generate 由它生成主工作簿。"
NOT_REPAIRED = "“{file}”是项目清单，不是主工作簿，不用修复。请用 xlperf generate 由它生成主工作簿。"


LISTS: dict[str, Callable[[Path, list[list[str]]], Path]] = {
    "list.html": on_a_page,
    "list.htm": on_a_page,
    "list.docx": in_word,
    "list.xlsx": in_a_workbook,
    "list.csv": with_commas,
}


REFUSALS = {
    "validate {list}": NO_DOCUMENT,
    "diff {list} {list}": NO_DOCUMENT,
    "publish {list} -o out.docx": NO_DOCUMENT,
    "fix {list} -o out.xlsx": NO_DOCUMENT,
    "renew {list} --year 2028 -o out.xlsx": NO_DOCUMENT,
    "import {list} -o out.json": NO_DOCUMENT,
    "read {list} -o out.json": NO_WORKBOOK,
    "repair {list} -o out.xlsx": NOT_REPAIRED,
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("arguments", REFUSALS, ids=lambda line: line.split()[0])
def test_every_command_points_to_the_one_for_lists(
    name: str,
    arguments: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    LISTS[name](tmp_path / name, ROWS)
    assert run(arguments.format(list=name).split()) == 2
    assert REFUSALS[arguments].format(file=name) in capsys.readouterr().err.replace("\n", "")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_letter_with_names_of_projects_is_no_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.docx"
    document = docx.Document()
    document.add_paragraph("关于项目名称和预算数的说明")
    document.save(str(letter))
    assert run(["validate", str(letter)]) == 2
    refusal = capsys.readouterr().err
    assert "没有找到" in refusal
    assert "清单" not in refusal


MANY_ROWS = [
    ["序号", "项目编码", "项目名称", "预算数", "主管科室"],
    *([str(n), f"{CODE[:18]}{n:03}", f"第{n}号路改造", f"{n}.5", "市政科"] for n in range(1, 101)),
    ["", "", "合计", "5100", ""],
]


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".pdf", "writer_pdf_Export"),
        (".doc", "MS Word 97"),
        (".odt", "writer8"),
        (".rtf", "Rich Text Format"),
    ],
)
def test_a_list_over_several_pages_is_one_list(
    suffix: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], office: Office
) -> None:
    """Its headings stand on every page, a head and the number of the page beside the table."""
    word, target = in_word(tmp_path / "list.docx", MANY_ROWS), tmp_path / "out.xlsx"
    document = docx.Document(str(word))
    document.sections[0].header.paragraphs[0].text = "某某局二〇二七年项目"
    properties = document.tables[0].rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    document.tables[0].style = "Table Grid"
    document.add_paragraph("另有应急项目，随后下达。")
    document.save(str(word))
    source = tmp_path / f"list{suffix}"
    office.do([{"do": "convert", "path": str(word), "to": str(source), "kind": kind}])

    assert run(["validate", str(source)]) == 2
    assert "项目清单" in capsys.readouterr().err
    assert run(["generate", str(source), "-o", str(target), "--year", "2027"]) == 0
    projects = read_workbook(target).record["projects"]
    assert [p["code"] for p in projects] == [f"{CODE[:18]}{n:03}" for n in range(1, 101)]
    assert [p["name"] for p in projects] == [f"第{n}号路改造" for n in range(1, 101)]
    # 1.5 to 100.5 ten thousand yuan: 5050 + 50 ten thousands
    assert sum(p["budget"] for p in projects) == Decimal(51_000_000)
    remarks = capsys.readouterr().err
    assert "第 2–101 行没有写单位" in remarks
    assert "另有应急项目" in remarks
    assert "某某局二〇二七年项目" in remarks


def test_a_roll_up_sets_a_list_aside_and_says_what_it_is(
    sample: Raw, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A web page is no submission unless it is a document: as any other page it is passed over."""
    folder = tmp_path / "region"
    folder.mkdir()
    write_master(sample, folder / "bureau.xlsx")
    listed = in_a_workbook(folder / "list.xlsx", ROWS)
    on_a_page(folder / "list.html", ROWS)
    run(["rollup", str(folder), "--json", str(tmp_path / "totals.json")])
    remarks = capsys.readouterr().err.replace("\n", "")
    assert NO_DOCUMENT.format(file=listed) in remarks
    assert "list.html" not in remarks
