"""The Word file: its headings, contents, tables and styles; clean, and the same every time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests import ooxml
from tests.conftest import lacks
from tests.publishing.records import ODD, odd, very_long, whole_set
from xlperf.errors import UserError
from xlperf.publishing import publish_word, word_of
from xlperf.publishing.word import template
from xlperf.publishing.word.document import PARAGRAPH_STYLES
from xlperf.publishing.word.tables import column_widths
from xlperf.publishing.word.template import PREFIX, Template
from xlperf.record import Raw
from xlperf.storage.files import shipped

KINDS = ("sample", "nothing", "empty form", "forty", "very long", "odd")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, sample: Raw) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("word")
    paths = {}
    for kind, record in whole_set(sample).items():
        paths[kind] = folder / f"{kind}.docx"
        publish_word(record, paths[kind])
    return paths


@pytest.fixture(scope="module")
def opened(written: dict[str, Path]) -> Any:
    return docx.Document(str(written["sample"]))


@pytest.mark.parametrize("kind", KINDS)
def test_microsofts_validator_has_nothing_against_it(kind: str, written: dict[str, Path]) -> None:
    if reason := ooxml.missing():
        lacks(reason)
    assert ooxml.sdk_errors(written[kind]) == []


@pytest.mark.seed
def test_nor_against_the_real_document(seed: Path, tmp_path: Path) -> None:
    from xlperf.documents import read_document  # noqa: PLC0415 - only where it is at hand

    if reason := ooxml.missing():
        lacks(reason)
    publish_word(read_document(seed).record, tmp_path / "seed.docx")
    assert ooxml.sdk_errors(tmp_path / "seed.docx") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_validator_expects_a_clean_opening(kind: str, written: dict[str, Path]) -> None:
    assert ooxml.audit_errors(written[kind]) == ""


def test_the_same_record_gives_the_same_bytes(sample: Raw) -> None:
    assert word_of(sample) == word_of(sample)
    with zipfile.ZipFile(BytesIO(word_of(sample))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def headings(opened: Any) -> list[tuple[str, str]]:
    styles = set(PARAGRAPH_STYLES.values())
    return [
        (p.style.element.find(qn("w:name")).get(qn("w:val")), p.text)
        for p in opened.paragraphs
        if p.style.element.find(qn("w:name")).get(qn("w:val")) in styles
    ]


def test_headings_are_real_ones_in_their_order(opened: Any, sample: Raw) -> None:
    pairs = headings(opened)
    assert [text for style, text in pairs if style != "heading 3"] == [
        "第一部分　部门整体绩效目标",
        *("一、总体绩效目标", "二、分项绩效目标", "三、工作保障措施"),
        "第二部分　预算项目绩效目标",
        *(f"{n}.{p['name']}绩效目标表" for n, p in enumerate(sample["projects"], 1)),
    ]
    assert [text for style, text in pairs if style == "heading 3"][:2] == [
        f"（一）{sample['activities'][0]['name']}",
        f"（二）{sample['activities'][1]['name']}",
    ]


def test_the_contents_are_a_field_that_lists_every_heading_with_link_and_page(opened: Any) -> None:
    contents = opened.element.body.find(qn("w:sdt"))
    codes = [code.text for code in contents.iter(qn("w:instrText"))]
    assert codes[0].split()[0] == "TOC"
    lines = [
        "".join(node.text or "\t" for node in p.iter(qn("w:t"), qn("w:tab")) if node.text or
                node.get(qn("w:val")) is None)
        for p in contents.iter(qn("w:p"))
    ]  # fmt: skip
    listed = [text for style, text in headings(opened) if style != "heading 3"]
    assert [line.split("\t")[0] for line in lines] == ["目　录", *listed]
    assert all(line.split("\t")[1].isdecimal() for line in lines[1:])
    anchors = [link.get(qn("w:anchor")) for link in contents.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in opened.element.iter(qn("w:bookmarkStart"))]
    assert anchors == marks
    assert len(set(marks)) == len(listed)
    assert [code.split()[1] for code in codes[1:]] == anchors


def test_a_heading_with_nothing_below_it_has_its_page_in_the_contents(
    written: dict[str, Path],
) -> None:
    contents = docx.Document(str(written["nothing"])).element.body.find(qn("w:sdt"))
    pages = [list(link.iter(qn("w:t")))[-1].text for link in contents.iter(qn("w:hyperlink"))]
    assert pages == ["1", "1", "1", "1", "2"]


def test_fields_are_opened_and_closed_in_turn(opened: Any) -> None:
    depth = 0
    for mark in opened.element.iter(qn("w:fldChar")):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(qn("w:fldCharType"))]
        assert depth >= 0
    assert depth == 0


def texts(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_project_is_two_tables_as_in_print(opened: Any, sample: Raw) -> None:
    assert len(opened.tables) == 2 * len(sample["projects"])
    facts, indicators = (texts(table) for table in opened.tables[:2])
    project = sample["projects"][0]
    assert [row[0] for row in facts[1:]] == [
        *("项目编码", "预算规模及资金用途", "预算规模及资金用途"),
        *("资金支出计划（%）", "资金支出计划（%）", "绩效目标"),
    ]
    assert facts[0][0] == f"{project['unit']}{sample['units'][0]['name']}"
    assert facts[0][-1] == "单位：元"
    assert facts[2][1:] == ["预算数", "6400.00", "其中：财政资金", "6400.00", "其他资金", "0"]
    assert facts[6][1] == "\n".join(f"{n}.{goal}" for n, goal in enumerate(project["goals"], 1))
    assert indicators[0] == [
        *("一级指标", "二级指标", "三级指标", "绩效指标描述", "绩效指标描述"),
        *("指标值", "指标值确定依据"),
    ]
    assert [row[0] for row in indicators[1:]] == [i["level1"] for i in project["indicators"]]


def elements(table: Any, tag: str) -> Iterator[Any]:
    yield from table._tbl.iter(qn(tag))


def test_cells_are_merged_both_ways_and_fill_every_row(opened: Any) -> None:
    for table in opened.tables:
        columns = [int(column.get(qn("w:w"))) for column in elements(table, "w:gridCol")]
        for row in elements(table, "w:tr"):
            widths, spans = [], []
            for cell in row.iter(qn("w:tc")):
                widths.append(int(cell.find(".//" + qn("w:tcW")).get(qn("w:w"))))
                span = cell.find(".//" + qn("w:gridSpan"))
                spans.append(1 if span is None else int(span.get(qn("w:val"))))
            assert sum(spans) == len(columns)
            assert sum(widths) == sum(columns)
    merged = [element.get(qn("w:val")) for element in elements(opened.tables[1], "w:vMerge")]
    assert merged.count("restart") == 2
    assert None in merged


def test_the_header_of_the_indicators_is_repeated_and_no_usual_row_is_broken(
    opened: Any, sample: Raw
) -> None:
    facts, indicators = opened.tables[:2]
    assert len(list(elements(facts, "w:tblHeader"))) == 0
    header = next(iter(elements(indicators, "w:tblHeader")))
    assert header.getparent().getparent() is next(elements(indicators, "w:tr"))
    for table in opened.tables:
        rows = list(elements(table, "w:tr"))
        assert len(list(elements(table, "w:cantSplit"))) == len(rows)
    tall = docx.Document(BytesIO(word_of(very_long(sample))))
    broken = [row for row in elements(tall.tables[0], "w:tr") if not row.findall(".//" + qn("w:cantSplit"))]  # fmt: skip  # noqa: E501
    assert [row.find(qn("w:tc")) is not None for row in broken] == [True, True]


def test_no_text_breaks_the_file_and_what_can_be_seen_of_it_is_there(sample: Raw) -> None:
    opened = docx.Document(BytesIO(word_of(odd(sample))))
    body_text = "".join(opened.element.itertext())
    for part in ("]]><b>&amp;{{x}}{% raw %}_x0041_",):
        assert body_text.count(part) >= ODD.count("]]>") * 7
    assert not set(body_text) & {"\x00", "\x01", "\x0b", "\x1f", "\ufffe"}


def test_each_part_has_paper_and_page_numbers_of_its_own(opened: Any) -> None:
    assert [section.page_width.mm for section in opened.sections] == [
        pytest.approx(210, abs=0.1)
    ] * 4
    feet = ["".join(s.footer._element.itertext()) for s in opened.sections]
    assert [("PAGE" in foot) for foot in feet] == [False, False, True, True]
    starts = [s._sectPr.find(qn("w:pgNumType")) is not None for s in opened.sections]
    assert starts == [False, False, True, False]


def test_chinese_fonts_are_named_for_chinese_text() -> None:
    opened = docx.Document(str(shipped(*template.WORD_TEMPLATE)))
    fonts = {
        style.find(qn("w:name")).get(qn("w:val")): style.find(".//" + qn("w:rFonts"))
        for style in opened.styles.element.iter(qn("w:style"))
    }
    east = {n: f.get(qn("w:eastAsia")) for n, f in fonts.items() if f is not None}
    assert east["heading 1"] == east["xp_cover_title"] == "方正小标宋简体"
    assert east["heading 2"] == east["xp_label"] == "黑体"
    assert east["xp_cell"] == "宋体"
    default = opened.styles.element.find(".//" + qn("w:rPrDefault") + "//" + qn("w:rFonts"))
    assert default.get(qn("w:eastAsia")) == "仿宋"


def test_the_template_has_every_style_and_a_missing_one_is_named() -> None:
    template = Template()
    for name in (*PARAGRAPH_STYLES.values(), "toc 1", "toc 2", "TOC Heading", "xp_body", "xp_gap"):
        assert template.style(name)
    with pytest.raises(UserError) as refused:
        template.style(f"{PREFIX}lost")
    assert (refused.value.key, refused.value.facts["style"]) == ("no_word_style", "xp_lost")


def test_a_template_that_lost_a_section_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = docx.Document(str(shipped(*template.WORD_TEMPLATE)))
    section = next(spoilt.element.body.iter(qn("w:sectPr")))
    section.getparent().remove(section)
    spoilt.save(str(tmp_path / "document.docx"))
    monkeypatch.setattr(template, "shipped", lambda *_: tmp_path / "document.docx")
    with pytest.raises(UserError) as refused:
        Template()
    assert refused.value.key == "template_sections"


def test_a_style_changed_in_word_changes_the_document(
    sample: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = docx.Document(str(shipped(*template.WORD_TEMPLATE)))
    edited.styles["xp_body"].font.size = docx.shared.Pt(12)
    edited.sections[3].left_margin = docx.shared.Mm(40)
    edited.save(str(tmp_path / "document.docx"))
    monkeypatch.setattr(template, "shipped", lambda *_: tmp_path / "document.docx")
    made = docx.Document(BytesIO(word_of(sample)))
    assert made.styles["xp_body"].font.size == docx.shared.Pt(12)
    width = sum(int(column.get(qn("w:w"))) for column in elements(made.tables[0], "w:gridCol"))
    assert width == pytest.approx((210 - 40 - 18) * 56.69, abs=3)


def test_columns_share_out_the_room_to_the_last_twip() -> None:
    assert column_widths((1, 1, 1), 100) == [33, 34, 33]
    assert sum(column_widths((11, 13, 18, 15, 14, 11, 13), 9865)) == 9865
