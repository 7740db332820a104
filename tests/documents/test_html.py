"""HTML files: what a browser shows is read, however carelessly the tags were closed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents.accounts import check_honest, closed
from tests.documents.forms import HEADING, rows
from tests.documents.printing import printed, table
from tests.documents.test_properties import records
from tests.effort import tries
from xlperf import documents
from xlperf.documents import plain_text
from xlperf.documents.blocks.composing import SourceTable, compose
from xlperf.documents.blocks.source import Paragraph, Source, Table
from xlperf.documents.html import parser
from xlperf.documents.html.frames import collapse_space
from xlperf.documents.html.parser import Reader
from xlperf.documents.html.reader import decode
from xlperf.documents.parse.parser import parse
from xlperf.documents.reader import composed
from xlperf.errors import UserError
from xlperf.reading import Place, Reading
from xlperf.record import Raw

START = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>题目</title></head><body>'
OVERALL = "<p>一、总体绩效目标</p>"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Read a page, and check that every character is accounted for."""

    def reading(body: str) -> Reading:
        path = tmp_path / "文本.html"
        path.write_text(START + body, encoding="utf-8")
        document = composed(path)
        check_honest(parse(document.source, document.blocks))
        result, coverage = documents.read_document_with_residue(path)
        assert coverage.characters == len(document.source.text)
        return result

    return reading


def goal(reading: Reading) -> str:
    """What was read below the heading of the overall goal."""
    return str(reading.record.get("overall_goal", ""))


def left(reading: Reading) -> list[tuple[str, str]]:
    return [
        (leftover["place"], leftover["text"]) for leftover in reading.record.get("leftovers", [])
    ]


# The whole document


def page_of(text: str) -> str:
    """A printed document as a page: its tables with cells merged downwards."""
    return "".join(
        _form(block) if isinstance(block, Table) else f"<p>{escape(block.piece.text)}</p>\n"
        for block in plain_text.blocks(Source.of(text))
        if isinstance(block, Table | Paragraph)
    )


def _form(block: Table) -> str:
    rows_ = [[cell.text for cell in row] for row in block.rows]
    made = "".join(f"<tr>{''.join(_cells(rows_, at))}</tr>" for at in range(len(rows_)))
    return f"<table><tbody>{made}</tbody></table>\n"


def _cells(rows_: list[list[str]], at: int) -> Iterator[str]:
    for place, text in enumerate(rows_[at]):
        if place == 0 and at and not text:
            continue
        below = 1
        while place == 0 and at + below < len(rows_) and not rows_[at + below][0]:
            below += 1
        span = f' rowspan="{below}"' if below > 1 else ""
        yield f"<td{span}>{escape(text).replace(chr(10), '<br>')}</td>"


@given(record=records())
@settings(
    max_examples=tries(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_document_in_html_is_read_as_the_same_in_plain_text(tmp_path: Path, record: Raw) -> None:
    text = printed(record, "某县水利局\n2021年\n部门预算绩效文本")
    path = tmp_path / "page.html"
    path.write_text(START + page_of(text), encoding="utf-8")
    reading = documents.read_document(path)
    assert reading.record == documents.read_text(text).record
    assert reading.remarks == ()
    assert "leftovers" not in reading.record


@pytest.mark.seed
def test_the_real_document_in_html_is_read_as_in_plain_text(
    seed_path: Path, tmp_path: Path
) -> None:
    record = documents.read_document(seed_path).record
    path = tmp_path / "seed.html"
    path.write_text(START + page_of(printed(record)), encoding="utf-8")
    assert documents.read_document(path).record == record


def test_every_value_knows_its_cell_or_its_paragraph(read: Any) -> None:
    text = f"一、总体绩效目标\n治理河道\n第二部分\n预算项目绩效目标\n{HEADING}\n{table(rows())}\n"
    where = read(page_of(text)).where
    assert where[("overall_goal",)] == Place(at="P2")
    assert where[("projects", 0, "code")] == Place(at="T1R2C2")
    assert where[("projects", 0, "purpose")] == Place(at="T1R4C2")


# Running text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>治理<b>河</b>道</p>", "治理河道"),
        ("<P>治理<BR>河道", "治理\n河道"),
        ("<p>治理<br/>河道<br></p>", "治理\n河道"),
        ("<p>治理<p>河道", "治理\n河道"),
        ("<div>治理<div>河道</div></div>", "治理\n河道"),
        ("治理<h4>河道</h4>", "治理\n河道"),
        ("<p>治理\n  河道</p>", "治理河道"),
        ("<p>  with   two\n words </p>", "with two words"),
        ("<p>甲 \n9</p>", "甲 9"),
        ("<p>&ge;90%&nbsp;&#8804;&#x35;</p>", "≥90%\u00a0≤5"),
        ("<p>5 < 6 & 7 > 6</p>", "5 < 6 & 7 > 6"),
        ("<pre>治理\n河道\n</pre>", "治理\n河道"),
        ("<p>治理<script>if (a < b) x()</script><style>p {}</style>河道</p>", "治理河道"),
        ("<p>治理<!-- 注 -->河道</p>", "治理河道"),
        ("<p>治理<![if !supportLists]><span>1.</span><![endif]>河道<o:p></o:p></p>", "治理1.河道"),
        ("<p>治理<template>甲</template><noscript>乙</noscript>河道</p>", "治理河道"),
        ("<p>治理<s>沟</s>河道<u>好</u></p>", "治理沟河道好"),
        ("<dl><dt>治理<dd>河道</dl>", "治理\n河道"),
        ("</p></div></table></td><p>治理</b></i></p>", "治理"),
        ("<td>治理<tr>河道", "治理\n河道"),
        ("<p>治理&#0;河道</p>", "治理\ufffd河道"),
    ],
)
def test_a_page_says_what_a_browser_shows(read: Any, inside: str, text: str) -> None:
    reading = read(OVERALL + inside)
    assert goal(reading) == text
    assert "leftovers" not in reading.record


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<ol><li>甲<li>乙</ol>", "1. 甲\n2. 乙"),
        ("<ol start=3><li><p>甲</p><p>续</p></li><li value=9>乙</li></ol>", "3. 甲\n续\n9. 乙"),
        ("<ol type=a><li>甲</li></ol><ol type=I><li>乙</li></ol>", "a. 甲\nI. 乙"),
        ("<ol><li>甲<ol type=A><li>乙</ol><li>丙</ol>", "1. 甲\nA. 乙\n2. 丙"),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", "一、甲\n二、乙"),
        ("<ol style='list-style: none'><li>甲</ol>", "甲"),
        ("<ol><li><b>甲</b><ul><li>乙</ul><li>丙</ol>", "1. 甲\n乙\n2. 丙"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙"),
        ("<li>甲", "甲"),
    ],
)
def test_the_items_of_a_list_have_the_numbers_that_are_shown(
    read: Any, inside: str, text: str
) -> None:
    assert goal(read(OVERALL + inside)) == text


def test_an_empty_paragraph_sets_apart(read: Any) -> None:
    activity = "<p>二、分项绩效目标<p>（一）水库<p>绩效目标：安全<p>绩效指标：①甲：乙，指标值≥90%。"
    reading = read(activity + "<p>&nbsp;</p><p>另有说明</p>")
    assert reading.record["activities"][0]["indicators"][0]["target"] == "≥90%"
    assert left(reading) == [("P5", "另有说明")]


def test_navigation_is_furniture(read: Any) -> None:
    nav = "<nav><h2>目录</h2><ul><li><a href='#a'>一、总体绩效目标</a><li>甲</ul></nav>"
    reading = read(nav + OVERALL + "<p>治理河道</p>")
    assert (goal(reading), left(reading)) == ("治理河道", [])


@pytest.mark.parametrize(
    "hidden",
    ["<span hidden>暗记</span>", "<span style='display: none'>暗记</span>", "<del>暗记</del>",
     "<span style='mso-hide:all'>暗记<br></span>", "<div hidden><p>暗记</div>"],
)  # fmt: skip
def test_what_is_not_shown_is_left_over(read: Any, hidden: str) -> None:
    reading = read(f"{OVERALL}<p>治理河道{hidden}")
    assert goal(reading) == "治理河道"
    assert [text for _, text in left(reading)] == ["暗记"]


def test_a_hidden_paragraph_that_nobody_closed_ends_with_the_next(read: Any) -> None:
    reading = read(f"{OVERALL}<p hidden>暗记<p>治理河道")
    assert (goal(reading), left(reading)) == ("治理河道", [("P2/hidden", "暗记")])


# Tables


def grid(body: str) -> list[list[tuple[str, tuple[int, int]]]]:
    """The cells of the only table, each with the columns it covers."""
    reader = Reader()
    reader.feed(body)
    reader.close()
    (made,) = reader.items()
    assert isinstance(made, SourceTable)
    return [[(cell.text, cell.columns) for cell in row] for row in made.rows]


def test_cells_cover_columns_as_a_browser_lays_them_out() -> None:
    assert grid(
        "<table><tr><td rowspan=2>a<td colspan=2>b<td rowspan=3>c"
        "<tr><td>d<td>e<tr><td>f<td>g<td>h</table>"
    ) == [
        [("a", (0, 1)), ("b", (1, 3)), ("c", (3, 4))],
        [("", (0, 1)), ("d", (1, 2)), ("e", (2, 3)), ("", (3, 4))],
        [("f", (0, 1)), ("g", (1, 2)), ("h", (2, 3)), ("", (3, 4))],
    ]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<table><tr><td>a</td><td>b</td></tr></table>", [["a", "b"]]),
        ("<table><td>a<td>b<tr><th>c</table>", [["a", "b"], ["c"]]),
        ("<table><thead><tr><th>a<tbody><tr><td>b<tfoot><tr><td>c</table>", [["a"], ["b"], ["c"]]),
        ("<table><tr><td><p>a<p>b</table>", [["a\nb"]]),
        ("<table><tr><td>a<br>b<td><ol><li>c<li>d</ol></table>", [["a\nb", "1. c\n2. d"]]),
        ("<table><tr><td></td><td> </td></tr><tr></tr></table>", [["", ""]]),
        ("<table><tr><td>a<tr><td>b", [["a"], ["b"]]),
        ("<table><tr><td rowspan=9>a<td>b</table>", [["a", "b"]]),
        ("<table><tr><td rowspan=0>a<td>b<tr><td>c</table>", [["a", "b"], ["", "c"]]),
        ("<table><tbody><tr><td rowspan=5>a<tbody><tr><td>b</table>", [["a"], ["b"]]),
        ("<table><tr><td colspan=x rowspan=-1>a</table>", [["a"]]),
        ("<table><tr><td colspan=99999999999>a</table>", [["a"]]),
    ],
)
def test_rows_and_cells_end_where_the_next_begin(body: str, texts: list[list[str]]) -> None:
    assert [[text for text, _ in row] for row in grid(body)] == texts


def test_a_caption_stands_before_its_table(read: Any) -> None:
    form = page_of(table(rows())).replace("<table>", f"<table><caption>{HEADING}</caption>")
    reading = read(f"<p>第二部分 预算项目绩效目标</p>{form}")
    assert "title" not in reading.record["projects"][0]
    assert left(reading) == []


def test_a_table_in_a_cell_is_left_over_unless_it_is_what_the_cell_is_for(read: Any) -> None:
    head = "<p>第二部分 预算项目绩效目标</p>"
    form = page_of(f"{HEADING}\n{table(rows())}")
    inner = form.replace("用于渠道清淤", "用于渠道清淤<table><tr><td>材料<td>5吨</table>")
    reading = read(head + inner)
    assert reading.record["projects"][0]["purpose"] == "用于渠道清淤"
    assert left(reading) == [("T1R4C2/T1R1C1", "材料"), ("T1R4C2/T1R1C2", "5吨")]
    assert read(f"<table><tr><td>{head}{form}</table>").record == read(head + form).record


# Files


@pytest.mark.parametrize(
    ("head", "written"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ("<meta http-equiv=Content-Type content='text/html; charset=GBK'>", "gb18030"),
        ('<?xml version="1.0" encoding="gb2312"?>', "gb18030"),
        ("<meta charset=utf-8>", "utf-8"),
        ("<meta charset=gb2312>", "utf-8-sig"),
        ("<meta charset=utf-8>", "utf-16"),
        ("<meta charset=utf-8>", "gb18030"),
        ("<meta charset=x-none>", "utf-8"),
        ("", "utf-8"),
        ("", "gb18030"),
    ],
)
def test_a_page_is_decoded_as_it_says_or_as_it_is(head: str, written: str) -> None:
    page = f"<html>{head}<p>治理河道，保障供水，镕堃喆"
    assert decode(page.encode(written)) == page


def test_a_page_that_cannot_be_decoded_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<html>\x81")
    with pytest.raises(UserError) as refused:
        documents.read_document(path)
    assert refused.value.key == "not_text"


def test_a_page_without_its_first_tag_is_known_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text(f"{OVERALL}<p>治理河道", encoding="utf-8")
    assert goal(documents.read_document(path)) == "治理河道"


def test_merged_cells_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    wide = "<td rowspan=9999>" * 2000
    path.write_text(f"<html><table><tr>{wide}{'<tr><td>' * 2000}", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        documents.read_document(path)
    assert refused.value.key == "bomb"


def test_a_large_careless_page_is_read_in_time() -> None:
    reader = Reader()
    reader.feed("<a><table><tr><td>" + "<b><div>" * 20_000 + "</a></i>" * 20_000 + "甲")
    reader.close()
    assert closed("".join(str(item) for item in reader.items())).count("甲") == 1
    assert parser.MOST_TABLE_CELLS > 10_000


TAGS = ("p", "div", "br", "table", "tr", "td", "th", "tbody", "ol", "ul", "li", "b", "nav", "pre",
        "h1", "span", "caption", "del", "span hidden", "td rowspan=2", "td colspan=3")  # fmt: skip
TOKENS = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS]),
    st.sampled_from([f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(["甲", "乙丙", "一、总体绩效目标", "项目编码", "产出指标", "数量指标",
                     "1.丁绩效目标表", "绩效目标：戊", "绩效指标：①己：庚，指标值≥90%。",
                     "一级指标", "二级指标", " "]),
)  # fmt: skip


@given(st.lists(TOKENS, max_size=60))
@settings(max_examples=tries(200), deadline=None)
def test_of_any_jumble_of_tags_every_character_is_accounted_for(tokens: list[str]) -> None:
    reader = Reader()
    reader.feed("".join(tokens))
    reader.close()
    document = compose(reader.items(), "")
    check_honest(parse(document.source, document.blocks))
    shown = closed("".join(token for token in tokens if not token.startswith("<")))
    numbered = document.source.text
    for sign in closed(numbered):
        if sign in shown:
            shown = shown.replace(sign, "", 1)
    assert shown == ""


def test_blank_space_is_collapsed_as_browsers_do() -> None:
    assert collapse_space(" 甲\n乙 \t x\ny　丙 ") == "甲乙 x y　丙"
