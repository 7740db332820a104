"""Word files: what is printed is read as in print; what is not stands beside it, with its place."""

from __future__ import annotations

import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from rich.console import Console

from tests.documents.forms import HEADING, PROJECT, rows
from tests.documents.printing import printed, table
from tests.documents.test_properties import records
from tests.documents.word_files import (
    body_of,
    box,
    field,
    gone,
    ins,
    instruction,
    item,
    level,
    mark,
    numbering,
    p,
    package,
    r,
    t,
    tbl,
    tc,
    tr,
    word_of,
)  # fmt: skip
from tests.documents.word_reading import OVERALL, goal, left, paragraph_text, reader
from tests.effort import tries
from xlperf import documents, wording
from xlperf.errors import UserError
from xlperf.reading import Place, Reading, Spot
from xlperf.record import Raw
from xlperf.reports.machine import as_json
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.terminal.findings import print_findings


@pytest.fixture
def read(tmp_path: Path) -> Any:
    return reader(tmp_path)


# The whole document


def alike(word: Reading, text: Reading) -> None:
    assert word.record == text.record
    assert word.where.keys() == text.where.keys()
    assert [(remark.code, remark.path) for remark in word.remarks] == [
        (remark.code, remark.path) for remark in text.remarks
    ]


@given(record=records())
@settings(
    max_examples=tries(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_document_in_word_is_read_as_the_same_in_plain_text(tmp_path: Path, record: Raw) -> None:
    cover = "某县水利局\n2021年\n部门预算绩效文本"
    word = documents.read_document(word_of(record, tmp_path / "word.docx", cover))
    alike(word, documents.read_text(printed(record, cover)))
    assert "leftovers" not in word.record


def test_the_sample_in_word_is_read_as_in_plain_text(tmp_path: Path, sample: Raw) -> None:
    path = word_of(sample, tmp_path / "sample.docx")
    alike(documents.read_document(path), documents.read_text(printed(sample)))


@pytest.mark.seed
def test_the_real_document_in_word_is_read_as_in_plain_text(
    seed_path: Path, tmp_path: Path
) -> None:
    record = documents.read_document(seed_path).record
    word = documents.read_document(word_of(record, tmp_path / "word.docx"))
    alike(word, documents.read_text(printed(record)))
    assert "leftovers" not in word.record
    assert word.record["projects"] == record["projects"]


def test_every_value_knows_its_cell_or_its_paragraph(read: Any) -> None:
    text = f"{OVERALL}\n治理河道\n第二部分\n预算项目绩效目标\n{HEADING}\n{table(rows())}\n"
    where = read(body_of(text)).where
    assert where[("overall_goal",)] == Place(at="P2")
    assert where[("projects", 0, "code")] == Place(at="T1R2C2")
    assert where[("projects", 0, "purpose")] == Place(at="T1R4C2")
    assert where[("projects", 0, "indicators", 1, "target")] == Place(at="T1R10C5")


# Running text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ([r("治理"), r("河道")], "治理河道"),
        ([r(t("甲"), "<w:tab/>", t("乙"))], "甲\t乙"),
        ([r(t("甲"), "<w:br/>", t("乙"))], "甲\n乙"),
        ([r(t("甲"), "<w:cr/>", t("乙"))], "甲\n乙"),
        ([r(t("甲"), '<w:br w:type="page"/>', t("乙"))], "甲\n乙"),
        ([r(t("GB"), "<w:noBreakHyphen/>", t("2021"))], "GB-2021"),
        ([r(t("治"), "<w:softHyphen/>", t("理"))], "治理"),
        ([r(t("≥\u00a090%"))], "≥\u00a090%"),
        ([r("<w:lastRenderedPageBreak/>", t("甲"))], "甲"),
        ([r('<w:sym w:font="Symbol" w:char="F0B3"/>', t("90%"))], "≥90%"),
        ([r('<w:sym w:font="Wingdings" w:char="F0FE"/>', t("是"))], "☑是"),
        ([r('<w:sym w:font="Arial" w:char="00B1"/>', t("5"))], "±5"),
        ([r("\uf0b3", props='<w:rFonts w:ascii="Symbol"/>'), r("90%")], "≥90%"),
        (['<w:hyperlink r:id="x">' + r("治理") + "</w:hyperlink>", r("河道")], "治理河道"),
        (["<w:smartTag><w:smartTagPr/>" + r("治理") + "</w:smartTag>", r("河道")], "治理河道"),
        (["<w:customXml>" + r("治理") + "</w:customXml>"], "治理"),
        (["<w:sdt><w:sdtPr/><w:sdtContent>" + r("治理") + "</w:sdtContent></w:sdt>"], "治理"),
        (["<w:bdo>" + r("治理") + "</w:bdo>", '<w:bookmarkStart w:name="x"/>'], "治理"),
        (["<m:oMath><m:r><m:t>x≥9</m:t></m:r></m:oMath>"], "x≥9"),
        ([r("<w:t>甲\n乙</w:t>")], "甲 乙"),
        (
            ["<mc:AlternateContent><mc:Choice>" + r("甲") + "</mc:Choice><mc:Fallback>" + r("乙")
             + "</mc:Fallback></mc:AlternateContent>"],
            "甲",
        ),
        (
            ["<mc:AlternateContent><mc:Choice/><mc:Fallback>" + r("乙")
             + "</mc:Fallback></mc:AlternateContent>"],
            "乙",
        ),
    ],
)  # fmt: skip
def test_a_paragraph_says_what_is_printed(read: Any, inside: list[str], text: str) -> None:
    reading = read(p(OVERALL) + p(*inside))
    assert goal(reading) == text
    assert "leftovers" not in reading.record


def test_a_control_around_paragraphs_rows_and_cells_is_looked_through(read: Any) -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    grid = tbl(control(tr(control(tc("乙")), tc("丙"))), columns=2)
    assert goal(read(control(p(OVERALL)) + control(p("甲") + grid))) == "甲\n乙\n丙"


def test_a_paragraph_broken_into_lines_may_hold_two_headings(read: Any) -> None:
    lines = r(t("第一部分"), "<w:br/>", t("部门整体绩效目标"), "<w:br/>", t(OVERALL))
    assert goal(read(p(lines) + p("治理河道"))) == "治理河道"


@pytest.mark.parametrize("empty", ["", p(), p(r(" "))])
def test_an_indicator_goes_on_within_its_paragraph_only(read: Any, empty: str) -> None:
    reading = read(
        p("二、分项绩效目标") + p("（一）水库") + p("绩效目标：安全")
        + p(r(t("绩效指标：①完好率：完好"), "<w:br/>", t("数量占比，指标值≥90%。")))
        + p("②及时率：及时，指标值≥95%。") + empty + p("以上由办公室填报")
    )  # fmt: skip
    indicators = reading.record["activities"][0]["indicators"]
    assert [indicator["target"] for indicator in indicators] == ["≥90%", "≥95%"]
    assert indicators[0]["description"] == "完好\n数量占比"
    assert left(reading) == [("P6", "以上由办公室填报")]


# Fields


def test_of_a_field_the_result_is_read(read: Any) -> None:
    assert (
        paragraph_text(read, r("共"), *[field(" PAGEREF _Toc1 \\h ", r("12"))], r("页")) == "共12页"
    )
    assert (
        paragraph_text(read, '<w:fldSimple w:instr="DATE">' + r("2021年") + "</w:fldSimple>")
        == "2021年"
    )
    assert (
        paragraph_text(
            read, r("甲"), r(mark("begin")), r(instruction(' TC "甲" \\f A ')), r(mark("end"))
        )
        == "甲"
    )


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (" eq \\o\\ac(○,21) ", "㉑"),
        ("EQ \\o\\ac(○,1)", "①"),
        ("EQ \\o\\ac(□,1)", ""),
        ("EQ \\f(1,2)", ""),
    ],
)
def test_a_number_that_a_field_draws_a_circle_around_is_read(
    read: Any, code: str, shown: str
) -> None:
    assert (
        paragraph_text(read, r(mark("begin")), r(instruction(code)), r(mark("end")), r("甲"))
        == f"{shown}甲"
    )


def test_a_field_within_an_instruction_is_no_text(read: Any) -> None:
    inner = field(" MERGEFIELD x ", r("不印"))
    start = r(mark("begin")) + r(instruction(" IF ")) + inner + r(instruction(' = "1" '))
    assert (
        paragraph_text(read, start, r(mark("separate")), r("印"), r(mark("end")), r("完")) == "印完"
    )


@pytest.mark.parametrize(
    "marks",
    [[mark("begin")], [mark("end")], [mark("separate")], [mark("begin"), mark("separate")],
     [mark("end"), mark("begin")]],
)  # fmt: skip
def test_a_mark_without_its_fellow_hides_nothing(read: Any, marks: list[str]) -> None:
    reading = read(p(OVERALL) + p(*map(r, marks), r("治理")) + p("河道"))
    assert goal(reading) == "治理\n河道"


TOC = (
    p(r(mark("begin")), r(instruction(' TOC \\o "1-3" \\h ')), r(mark("separate")), r("总体目标"),
      r("<w:tab/>", t("1")))
    + p(r("旧的一条"), field(" PAGEREF _Toc2 \\h ", r("2")))
    + p(r(mark("end")))
)  # fmt: skip


def test_generated_contents_are_furniture_whatever_they_say(read: Any) -> None:
    reading = read(p("目录") + TOC + p(OVERALL) + p("治理河道"))
    assert goal(reading) == "治理河道"
    assert left(reading) == []


def test_contents_whose_field_never_ends_are_read_as_text(read: Any) -> None:
    broken = TOC.replace(mark("end"), "", 2).replace(mark("end"), "")
    reading = read(broken + p(OVERALL) + p("治理河道"))
    assert goal(reading) == "治理河道"
    assert [text for _, text in left(reading)] == ["总体目标\t1", "旧的一条2"]


# Tracked changes


def test_changes_are_read_as_accepted_and_remarked(read: Any) -> None:
    reading = read(p(OVERALL) + p(r("治理"), gone("沟渠"), ins(r("河道")), r("。")))
    assert goal(reading) == "治理河道。"
    (remark,) = reading.remarks
    assert (remark.code, remark.place, dict(remark.facts)) == (
        "STR031", Place(at="P2"), {"added": 1, "gone": 1},
    )  # fmt: skip


def test_text_that_was_moved_is_read_where_it_is_now(read: Any) -> None:
    source = "<w:moveFrom>" + r("河道") + "</w:moveFrom>"
    reading = read(p(OVERALL) + p(source, r("治理"), "<w:moveTo>" + r("河道") + "</w:moveTo>"))
    assert goal(reading) == "治理河道"
    assert dict(reading.remarks[0].facts) == {"added": 1, "gone": 1}


def test_a_paragraph_whose_end_is_taken_out_goes_on_with_the_next(read: Any) -> None:
    ended = '<w:rPr><w:del w:id="3"/></w:rPr>'
    lists = numbering([level(0, "decimal", "%1.")])
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        p(OVERALL) + p("治理", props=ended) + p("河道") + item("甲")
        + p(gone("乙"), props=numbered + ended) + item("丙") + p("末", props=ended)
    )  # fmt: skip
    assert goal(read(body, numbering=lists)) == "治理河道\n1. 甲\n2. 丙\n末"


def test_rows_and_cells_taken_out_are_not_read(read: Any) -> None:
    grid = tbl(
        tr("甲", "乙"),
        tr("丙", "丁", props='<w:del w:id="4"/>'),
        tr("戊", tc("己", props='<w:cellDel w:id="5"/>'), "庚", props='<w:ins w:id="6"/>'),
        columns=2,
    )
    reading = read(p(OVERALL) + grid)
    assert goal(reading) == "甲\n乙\n戊\n庚"
    assert dict(reading.remarks[0].facts) == {"added": 1, "gone": 2}


# Beside the body


def test_a_text_box_is_left_over_once_with_its_place(read: Any) -> None:
    reading = read(p(OVERALL) + p(r("治理河道"), box(p("框中"), tbl(tr("表中"), columns=1))))
    assert goal(reading) == "治理河道"
    assert left(reading) == [("P2/box1", "框中"), ("P2/box1", "表中")]


def test_hidden_text_and_prompts_are_left_over(read: Any) -> None:
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("请输入")
    reading = read(
        p(OVERALL)
        + p(r("治理"), r("暗记", props="<w:vanish/>"), r("河道", props='<w:vanish w:val="0"/>'))
        + p(prompt + "</w:sdtContent></w:sdt>")
    )
    assert goal(reading) == "治理河道"
    assert left(reading) == [("P2/hidden", "暗记"), ("P3/hidden", "请输入")]


def test_how_a_character_is_pronounced_is_no_part_of_the_text(read: Any) -> None:
    ruby = f"<w:ruby><w:rt>{r('qú')}</w:rt><w:rubyBase>{r('渠')}</w:rubyBase></w:ruby>"
    reading = read(p(OVERALL) + p(r(ruby), r("道")))
    assert (goal(reading), left(reading)) == ("渠道", [("P2/hidden", "qú")])


def test_notes_and_comments_are_left_over_with_their_numbers(read: Any) -> None:
    def note(tag: str, text: str, kind: str = "") -> str:
        return f"<w:{tag}{kind}>{p(text)}</w:{tag}>"

    reading = read(
        p(OVERALL) + p(r("治理河道", '<w:footnoteReference w:id="2"/>')),
        footnotes=note("footnote", "－", ' w:type="separator"') + note("footnote", "见附件"),
        endnotes=note("endnote", "完"),
        comments=note("comment", "再核") + note("comment", "同意"),
    )
    assert goal(reading) == "治理河道"
    assert left(reading) == [
        ("footnote1", "见附件"), ("endnote1", "完"), ("comment1", "再核"), ("comment2", "同意"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["1", "- 3 -", "— 3 —", "－３－", "第1页", "第 1 页 共 9 页", "第1页，共9页", "1/9",
     "Page 1 of 9", "绿水县水利局", "绿水县水利局2021年部门预算绩效文本", "2021年",
     "部门预算绩效文本"],
)  # fmt: skip
def test_a_page_number_or_the_title_at_the_head_of_pages_is_no_residue(
    read: Any, text: str
) -> None:
    body = p("绿水县水利局") + p("2021年部门预算绩效文本") + p(OVERALL) + p("治理河道")
    reading = read(body, header=[p(text), p(text)], footer=p(text))
    assert left(reading) == []
    assert reading.record["department"]["name"] == "绿水县水利局"


def test_what_else_stands_at_the_head_of_pages_is_left_over(read: Any) -> None:
    reading = read(p(OVERALL) + p("治理河道"), header=p("内部资料"), footer=p("某软件公司"))
    assert left(reading) == [("header1", "内部资料"), ("footer1", "某软件公司")]


def test_the_same_head_on_other_pages_is_left_over_once(read: Any) -> None:
    reading = read(p(OVERALL) + p("治理河道"), header=[p("内部资料"), p("内部资料")])
    assert left(reading) == [("header1", "内部资料")]


def test_the_head_of_pages_may_say_what_no_cover_says(read: Any) -> None:
    record = read(p(OVERALL) + p("治理河道"), header=p("绿水县水利局2022年绩效文本")).record
    assert (record["department"]["name"], record["fiscal_year"]) == ("绿水县水利局", 2022)


# Tables


def project(reading: Reading) -> Raw:
    (fields,) = reading.record["projects"]
    return dict(fields)


def titled(*more: str, columns: int = 6) -> str:
    """A form's head and the titles of its indicators, with rows of one's own below."""
    head = [
        tr(tc("项目编码"), tc(PROJECT["code"], span=2), tc("项目名称"), tc("渠道清淤", span=2)),
        tr(*("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")),
    ]
    return p("第二部分 预算项目绩效目标") + p(HEADING) + tbl(*head, *more, columns=columns)


def test_a_cell_merged_downwards_says_its_level_for_every_row(read: Any) -> None:
    reading = read(titled(
        tr(tc("产出指标", merge="restart"), tc("数量指标", merge="restart"), "甲", "乙", "1", "丙"),
        tr(tc(merge="continue"), tc(merge="continue"), "丁", "戊", "≥2", "己"),
        tr(tc(merge="continue"), tc("质量指标"), "庚", "辛", "≥3", "壬"),
    ))  # fmt: skip
    indicators = project(reading)["indicators"]
    assert [(row["level1"], row["level2"], row["name"]) for row in indicators] == [
        ("产出指标", "数量指标", "甲"), ("产出指标", "数量指标", "丁"),
        ("产出指标", "质量指标", "庚"),
    ]  # fmt: skip
    assert (left(reading), reading.remarks) == ([], ())


def test_a_level_set_sign_below_sign_is_that_level(read: Any) -> None:
    below = tc(*(p(sign) for sign in "产出指标"))
    reading = read(titled(tr(below, tc(r("质量<w:br/>指标")), "甲", "乙", "≥1", "丙")))
    indicator = project(reading)["indicators"][0]
    assert (indicator["level1"], indicator["name"]) == ("产出指标", "甲")
    assert (left(reading), reading.remarks) == ([], ())


def test_what_a_merged_cell_hides_is_left_over(read: Any) -> None:
    reading = read(titled(
        tr(tc("产出指标", merge="restart"), "数量指标", "甲", "乙", "≥1", "丙"),
        tr(tc("藏着", merge="continue"), "质量指标", "丁", "戊", "≥2", "己"),
    ))  # fmt: skip
    assert [indicator["level1"] for indicator in project(reading)["indicators"]] == [
        "产出指标",
        "产出指标",
    ]
    assert left(reading) == [("T1R4C1/hidden", "藏着")]


def test_a_cell_that_continues_nothing_is_a_cell(read: Any) -> None:
    reading = read(titled(tr(tc("产出指标", merge="continue"), "数量指标", "甲", "乙", "≥1", "丙")))
    assert project(reading)["indicators"][0]["level1"] == "产出指标"


def test_a_row_that_begins_one_column_later_lacks_its_first_level_only(read: Any) -> None:
    later = tr("质量指标", "丁", "戊", "≥2", "己", props='<w:gridBefore w:val="1"/>')
    reading = read(titled(tr("产出指标", "数量指标", "甲", "乙", "≥1", "丙"), later))
    assert [indicator["target"] for indicator in project(reading)["indicators"]] == ["≥1", "≥2"]
    assert (left(reading), reading.remarks) == ([], ())


def test_cells_merged_sideways_stand_under_their_first_title_and_are_remarked(read: Any) -> None:
    reading = read(titled(
        tr("产出指标", "数量指标", tc("甲", span=2), "≥1", "丙"),
        tr(tc("满意度指标", span=2), "丁", "戊", "≥2", "己"),
    ))  # fmt: skip
    assert project(reading)["indicators"] == [
        {"level1": "产出指标", "level2": "数量指标", "name": "甲", "target": "≥1", "basis": "丙"},
        {"level1": "满意度指标", "name": "丁", "description": "戊", "target": "≥2", "basis": "己"},
    ]
    assert [(remark.code, remark.place) for remark in reading.remarks] == [
        ("STR021", Place(at="T1R3C1")), ("STR021", Place(at="T1R4C1")),
    ]  # fmt: skip
    assert left(reading) == []


def test_a_cell_merged_sideways_the_old_way_is_one_cell(read: Any) -> None:
    reading = read(titled(
        tr("产出指标", "数量指标", tc("甲", props='<w:hMerge w:val="restart"/>'),
           tc("藏", props="<w:hMerge/>"), "≥1", "丙"),
    ))  # fmt: skip
    assert project(reading)["indicators"][0]["name"] == "甲"
    assert left(reading) == [("T1R3/hidden", "藏")]


def test_a_row_that_lost_a_cell_is_not_guessed_at(read: Any) -> None:
    reading = read(titled(
        tr("产出指标", "数量指标", "甲", "≥1", "丙"),
        tr("产出指标", "质量指标", "丁", "戊", "≥2", "己"),
    ))  # fmt: skip
    assert project(reading)["indicators"] == [
        {"level1": "产出指标", "level2": "数量指标"},
        {"level1": "产出指标", "level2": "质量指标", "name": "丁", "description": "戊",
         "target": "≥2", "basis": "己"},
    ]  # fmt: skip
    assert left(reading) == [("T1R3C3", "甲"), ("T1R3C4", "≥1"), ("T1R3C5", "丙")]


def test_a_table_that_only_arranges_a_form_is_looked_through(read: Any) -> None:
    body = body_of(f"第二部分\n预算项目绩效目标\n{HEADING}\n{table(rows())}\n")
    wrapped = tbl(tr(tc(body + p())), columns=1)
    plain = read(body)
    reading = read(wrapped)
    assert reading.record == plain.record
    assert reading.where[("projects", 0, "code")] == Place(at="T1R1C1/T1R2C2")


def test_a_table_in_a_cell_is_left_over_and_a_form_in_a_cell_is_read(read: Any) -> None:
    form = body_of(table(rows(name="乙", goals=["丙"])))
    body = body_of(f"第二部分\n预算项目绩效目标\n{HEADING}\n{table(rows())}\n")
    small = tbl(tr("材料", "5吨"), columns=2)
    spoilt = body.replace(p("用于渠道清淤"), p("用于渠道清淤") + small + p(), 1)
    reading = read(spoilt)
    assert project(reading)["purpose"] == "用于渠道清淤"
    assert left(reading) == [("T1R4C2/T1R1C1", "材料"), ("T1R4C2/T1R1C2", "5吨")]
    spoilt = body.replace(p("用于渠道清淤"), p("用于渠道清淤") + form + p(), 1)
    reading = read(spoilt)
    assert [entry["name"] for entry in reading.record["projects"]] == ["渠道清淤", "乙"]
    assert left(reading) == []


# Files


def test_the_strict_kind_of_word_file_is_read(tmp_path: Path) -> None:
    plain = package(tmp_path / "plain.docx", p(OVERALL) + p("治理河道"))
    strict = tmp_path / "strict.docx"
    changes = (
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
         b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for before, after in changes:
                data = data.replace(before, after)
            target.writestr(name, data)
    assert goal(documents.read_document(strict)) == "治理河道"


def spoilt(path: Path, name: str, data: bytes | None) -> Path:
    """The file with one part changed or taken out."""
    one = numbering([level(0, "decimal", "%1.")])
    whole = package(path.with_name("whole.docx"), p(OVERALL) + p("治理"), numbering=one)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for part_name in source.namelist():
            if part_name != name:
                target.writestr(part_name, source.read(part_name))
            elif data is not None:
                target.writestr(part_name, data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("word/document.xml", b"<w:document", "damaged"),
        ("word/document.xml", b"", "damaged"),
        ("word/document.xml", b"<document/>", "damaged"),
        ("word/document.xml", b'<?xml version="1.0" encoding="x-none"?><a/>', "damaged"),
        ("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "unsafe_xml"),
        ("word/numbering1.xml", b"<w:numbering", "damaged"),
        ("word/_rels/document.xml.rels", b"\x00", "damaged"),
    ],
)
def test_a_damaged_part_is_refused(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    with pytest.raises(UserError) as refused:
        documents.read_document(spoilt(tmp_path / "文本.docx", name, data))
    assert refused.value.key == key
    assert str(refused.value.facts["file"]).endswith("文本.docx")


@pytest.mark.parametrize("name", ["_rels/.rels", "word/_rels/document.xml.rels"])
def test_a_file_that_lost_its_relations_is_still_read(tmp_path: Path, name: str) -> None:
    assert goal(documents.read_document(spoilt(tmp_path / "a.docx", name, None))) == "治理"


def test_nesting_beyond_all_reason_is_refused(tmp_path: Path) -> None:
    deep = "<w:smartTag>" * 5000 + r("甲") + "</w:smartTag>" * 5000
    with pytest.raises(UserError) as refused:
        documents.read_document(package(tmp_path / "a.docx", p(deep)))
    assert refused.value.key == "damaged"


def test_a_word_file_with_a_password_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    path.write_bytes(ole + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UserError) as refused:
        documents.read_document(path)
    assert refused.value.key == "locked"


def test_a_word_file_that_is_no_such_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        documents.read_document(package(tmp_path / "a.docx", p("今天天气很好。")))
    assert refused.value.key == "not_document"


# What users are told


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("P12", "第12段", "paragraph 12"),
        ("T3R4C2", "第3个表第4行第2格", "table 3, row 4, cell 2"),
        ("T1R4C2/T1R1C1", "第1个表第4行第2格第1个表第1行第1格",
         "table 1, row 4, cell 2, table 1, row 1, cell 1"),
        ("P6/box2", "第6段第2个文本框", "paragraph 6, text box 2"),
        ("P6/hidden", "第6段（隐藏文字）", "paragraph 6, hidden text"),
        ("comment3", "第3条批注", "comment 3"),
        ("L88", "第88行", "line 88"),
        ("01 项目!C5", "01 项目!C5", "01 项目!C5"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_place_is_said_in_the_users_words(name: str, zh: str, en: str) -> None:
    assert str(Spot(name)) == zh
    with wording.speaking("en"):
        assert str(Spot(name)) == en


def test_a_finding_is_reported_at_its_place_in_the_document(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", p(OVERALL) + p(r("治理"), ins(r("河道"))))
    findings = run(documents.read_document(path), catalogue().values())
    (tracked,) = (finding for finding in findings if finding.code == "STR031")
    output = StringIO()
    print_findings([tracked], Console(file=output, width=200))
    assert "第2段" in output.getvalue()
    assert as_json([tracked], 1)["findings"][0]["at"] == "P2"
