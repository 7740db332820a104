"""A document as people make it in Word, by python-docx, and what people then do to it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from tests.documents.forms import PROJECT
from tests.documents.printing import printed, rows_of
from tests.documents.word_files import NAMES, box, field, gone, ins, r
from xlperf.documents import plain_text
from xlperf.documents.blocks.source import Paragraph, Source
from xlperf.record import Raw

SPANS = {
    2: (2, 10),
    4: (2, 4, 2, 4),
    5: (2, 3, 2, 3, 2),
    6: (2, 2, 2, 2, 2, 2),
    7: (2, 1, 2, 2, 2, 1, 2),
}
UNIT, CODE, FUNDS, PURPOSE, MONTHS, SHARES, GOALS, TITLES, FIRST, SECOND, THIRD = range(11)
OTHER: Raw = {
    **copy.deepcopy(PROJECT),
    "code": "13030321RBHGU50SMBFR1",
    "name": "水库巡查",
    "unit": "333002",
    "budget": Decimal("9000.00"),
    "fiscal": Decimal("9000.00"),
    "other": Decimal("0.00"),
    "purpose": "用于水库巡查",
}
RECORD: Raw = {
    "overall_goal": "治理河道，保障供水。",
    "activities": [
        {"name": name, "goal": goal, "indicators": [
            {"name": "完好率", "description": "完好数量占比", "target": "≥90%"},
            {"name": "及时率", "description": "及时处理占比", "target": "≥95%"},
        ]}
        for name, goal in (("水库管理", "水库安全"), ("河道管理", "河道畅通"))
    ],
    "safeguards": [
        {"title": "完善制度", "text": "制定办法。"},
        {"title": "加强监督", "text": "定期检查。"},
    ],
    "units": [
        {"code": "333001", "name": "某县水利局本级"},
        {"code": "333002", "name": "某县水库站"},
    ],
    "projects": [PROJECT, OTHER],
}  # fmt: skip
HEADINGS = ("第一部分", "第二部分", "一、", "二、", "三、")


def made() -> Word:
    """The record's document, afresh."""
    return Document(BytesIO(_made()))


@cache
def _made() -> bytes:
    """Paragraphs, and a table with merged cells for each project."""
    word = Document()
    names = {unit["code"]: unit["name"] for unit in RECORD["units"]}
    forms = iter(RECORD["projects"])
    text = printed(RECORD, "某县水利局\n2021年部门预算绩效文本")
    for block in plain_text.blocks(Source.of(text)):
        if isinstance(block, Paragraph):
            line = block.piece.text
            word.add_paragraph(line, "Heading 1" if line.startswith(HEADINGS) else None)
        else:
            _form(word, rows_of(next(forms), names))
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _form(word: Word, rows: list[list[str]]) -> None:
    table = word.add_table(len(rows), sum(SPANS[2]), "Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        start = 0
        for text, span in zip(texts, SPANS[len(texts)], strict=True):
            cell = row.cells[start]
            if span > 1:
                cell = cell.merge(row.cells[start + span - 1])
            _write(cell, text)
            start += span
    for place in range(1, len(rows)):
        if not rows[place][0]:
            table.cell(place - 1, 0).merge(table.cell(place, 0))


def _write(cell: _Cell, text: str) -> None:
    first, *others = text.split("\n")
    cell.text = first
    for other in others:
        cell.add_paragraph(other)


# What people do


def at(word: Word, text: str) -> WordParagraph:
    """The paragraph that begins so."""
    return next(paragraph for paragraph in word.paragraphs if paragraph.text.startswith(text))


def cell(word: Word, row: int, place: int, table: int = 0) -> _Cell:
    """A cell by its place among those of its row."""
    table_row = word.tables[table].rows[row]
    return _Cell(table_row._tr.tc_lst[place], word.tables[table])


def element(text: str) -> Any:
    """What the XML of a test's own writer stands for."""
    name = text[1:].replace(">", " ", 1).partition(" ")[0]
    return parse_xml(text.replace(f"<{name}", f"<{name} {NAMES}", 1))


def paste_table(word: Word, before: WordParagraph, rows: Sequence[Sequence[str]]) -> None:
    """A table from another file, before a paragraph."""
    table = word.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for one, text in zip(row.cells, texts, strict=True):
            one.text = text
    before._p.addprevious(table._tbl)


def add_rows(word: Word) -> None:
    row = word.tables[0].rows[FIRST]
    row._tr.addnext(copy.deepcopy(row._tr))
    added = _Row(word.tables[0].rows[SECOND]._tr, word.tables[0])
    for place, text in ((0, ""), (1, ""), (2, "清淤条数"), (3, "条数"), (4, "≥3条"), (5, "合同")):
        _write(_Cell(added._tr.tc_lst[place], word.tables[0]), text)
    added._tr.tc_lst[0].vMerge = "continue"


def paste_staff(word: Word) -> None:
    staff = [["姓名", "职务", "电话"], ["王某", "站长", "3031"], ["李某", "会计", "3032"]]
    paste_table(word, at(word, "2.水库巡查"), staff)


def paste_list(word: Word) -> None:
    lists = [["项目编码", "项目名称", "预算数", "备注"], [PROJECT["code"], "渠道清淤", "6400", ""]]
    paste_table(word, at(word, "1.渠道清淤"), lists)


def retype_heading(word: Word) -> None:
    at(word, "二、分项").text = "二、 各分项的绩效目标"
    at(word, "三、工作").text = "三 、工 作 保 障 措 施 ："
    at(word, "1.渠道").text = "1、渠道清淤 绩效目标表"


def retype_numbers(word: Word) -> None:
    at(word, "（一）水库").text = "(一)水库管理"
    at(word, "（二）河道").text = "2、河道管理"
    goals = cell(word, GOALS, 1).paragraphs
    goals[0].text, goals[1].text = "１．渠道畅通", "（2）按期完工"


def number_by_word(word: Word) -> None:
    for paragraph in cell(word, GOALS, 1).paragraphs:
        paragraph.text = paragraph.text[2:]
        paragraph.style = "List Number"


def drop_column(word: Word) -> None:
    for row in word.tables[0].rows[TITLES:]:
        row._tr.remove(row._tr.tc_lst[-1])


def drop_cell(word: Word) -> None:
    tr = word.tables[0].rows[SECOND]._tr
    tr.remove(tr.tc_lst[3])


def split_merged(word: Word) -> None:
    for place, text in ((FIRST, "产出指标"), (SECOND, "产出指标")):
        tc = word.tables[0].rows[place]._tr.tc_lst[0]
        tc.vMerge = None
        _write(_Cell(tc, word.tables[0]), text)


def merge_sideways(word: Word) -> None:
    tr = word.tables[0].rows[SECOND]._tr
    tr.remove(tr.tc_lst[3])
    tr.tc_lst[2].grid_span = 4


def add_paragraphs(word: Word) -> None:
    at(word, "1.渠道").insert_paragraph_before("以下各表由业务股填报。")
    at(word, "2.水库").insert_paragraph_before("以上项目已公示。")


def set_blank_lines(word: Word) -> None:
    for paragraph in list(word.paragraphs):
        paragraph.insert_paragraph_before("")


def track_changes(word: Word) -> None:
    paragraph = cell(word, FIRST, 4).paragraphs[0]
    for run in paragraph.runs:
        paragraph._p.remove(run._r)
    for one in (r("≥"), gone("5"), ins(r("6")), r("公里")):
        paragraph._p.append(element(one))


def draw_box(word: Word) -> None:
    at(word, "治理")._p.append(element(box("<w:p><w:r><w:t>送审稿</w:t></w:r></w:p>")))


def comment(word: Word) -> None:
    paragraph = at(word, "绩效目标：水库")
    word.add_comment(paragraph.runs, "目标太笼统", "审核人", "审")


def empty_cells(word: Word) -> None:
    cell(word, CODE, 3).text = ""
    cell(word, FUNDS, 2).text = ""
    cell(word, FIRST, 5).text = ""


def split_table(word: Word) -> None:
    for table, place in ((0, TITLES), (1, SECOND)):
        old = word.tables[2 * table]
        new = copy.deepcopy(old._tbl)
        old._tbl.addnext(new)
        put = element("<w:p><w:r><w:t>续表</w:t></w:r></w:p>")
        old._tbl.addnext(put)
        for row in old._tbl.tr_lst[place:]:
            old._tbl.remove(row)
        for row in new.tr_lst[:place]:
            new.remove(row)


def nest_table(word: Word) -> None:
    inner = cell(word, PURPOSE, 1).add_table(1, 2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "土方", "30方"


def lose_row(word: Word) -> None:
    table = word.tables[0]
    table._tbl.remove(table.rows[MONTHS]._tr)


def retype_labels(word: Word) -> None:
    cell(word, CODE, 0).text = "项 目 代 码："
    cell(word, FUNDS, 3).text = "其中:财政拨款"
    cell(word, UNIT, 1).text = "金额单位：元"


def break_cell(word: Word) -> None:
    _write(cell(word, SECOND, 3), "不超\n预算")


def type_page_heads(word: Word) -> None:
    word.sections[0].header.paragraphs[0].text = "某县水利局"
    word.sections[0].footer.paragraphs[0].text = "第 1 页 共 9 页"
    last = word.add_section()
    last.header.is_linked_to_previous = False
    last.header.paragraphs[0].text = "送审稿"


def generate_contents(word: Word) -> None:
    first = at(word, "第一部分")
    first.insert_paragraph_before("目 录")
    entries = "".join(r(one, "<w:tab/>", "1", "<w:br/>") for one in ("第一部分", "旧的标题"))
    first._p.addprevious(element(f"<w:p>{field(' TOC ', entries)}</w:p>"))


def save(word: Word, path: Path) -> Path:
    word.save(str(path))
    return path
