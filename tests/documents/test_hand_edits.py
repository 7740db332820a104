"""Documents edited by hand in Word: what can be read is read, all else is listed with its place."""

from __future__ import annotations

import copy
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from docx.document import Document as Word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents import hand_made as hands
from tests.documents.accounts import check_honest, closed
from tests.documents.hand_made import RECORD, made, save
from tests.effort import tries
from tests.office import Office
from xlperf import documents
from xlperf.documents.blocks.claims import account
from xlperf.documents.parse.parser import parse
from xlperf.documents.reader import composed
from xlperf.paths import get
from xlperf.reading import Reading
from xlperf.record import Raw

Edit = Callable[[Word], None]
FIRST = ("projects", 0)


def looked_at(path: Path) -> Reading:
    """The reading of a file, after its every character was accounted for."""
    document = composed(path)
    parsed = parse(document.source, document.blocks)
    check_honest(parsed)
    reading, coverage = documents.read_document_with_residue(path)
    assert coverage == account(parsed.ledger)
    shown = Counter(closed(visible(path)))
    counted = Counter(closed(document.source.text))
    assert shown - counted == Counter(), "a character was lost"
    assert set(counted - shown) <= set("12."), "but for automatic numbers, nothing was added"
    return reading


def visible(path: Path) -> str:
    """All text of a file that is not taken out, by a plain look at its XML."""
    parts = re.compile(r"word/(document|header\d*|footer\d*|comments|footnotes)\.xml")
    texts: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if parts.fullmatch(name):
                texts += _texts(fromstring(archive.read(name)))
    return "".join(texts)


def _texts(element: Element) -> list[str]:
    name = element.tag.rpartition("}")[2]
    if name in ("del", "Fallback"):
        return []
    own_text = [element.text or ""] if name == "t" else []
    return own_text + [text for child in element for text in _texts(child)]


def left(reading: Reading) -> list[tuple[str, str]]:
    return [
        (leftover["place"], leftover["text"]) for leftover in reading.record.get("leftovers", [])
    ]


def codes(reading: Reading) -> list[str]:
    return [remark.code for remark in reading.remarks]


def changed(*changes: tuple[tuple[str | int, ...], Any]) -> Raw:
    """The record with some values put in, or taken out where there is none."""
    record = copy.deepcopy(RECORD)
    for path, value in changes:
        parent = get(record, path[:-1])
        if value is None:
            del parent[path[-1]]
        else:
            parent[path[-1]] = value
    return record


def row(at: int, key: str) -> tuple[str | int, ...]:
    return (*FIRST, "indicators", at, key)


ADDED = {
    "level1": "产出指标", "level2": "数量指标", "name": "清淤条数", "description": "条数",
    "target": "≥3条", "basis": "合同",
}  # fmt: skip
ROWS = RECORD["projects"][0]["indicators"]
STAFF = ("姓名", "职务", "电话", "王某", "站长", "3031", "李某", "会计", "3032")
UNREAD = {key: ROWS[1][key] for key in ("level1", "level2")}

# What is done, what the record is then, what is left over, what is remarked.
EDITS: dict[str, tuple[Edit, Raw, list[tuple[str, str]], list[str]]] = {
    "nothing": (lambda _: None, RECORD, [], []),
    "a row is added below a merged cell": (
        hands.add_rows,
        changed(((*FIRST, "indicators"), [ROWS[0], ADDED, *ROWS[1:]])),
        [],
        [],
    ),
    "a table is pasted from another file": (
        hands.paste_staff,
        RECORD,
        [
            (f"T2R{place // 3 + 1}C{place % 3 + 1}", text)
            for place, text in enumerate(
                ["姓名", "职务", "电话", "王某", "站长", "3031", "李某", "会计", "3032"]
            )
        ],
        [],
    ),
    "a list of projects is pasted before the forms": (
        hands.paste_list,
        RECORD,
        [
            *(("T1R1C1", "项目编码"), ("T1R1C2", "项目名称"), ("T1R1C3", "预算数")),
            *(("T1R1C4", "备注"), ("T1R2C1", RECORD["projects"][0]["code"])),
            *(("T1R2C2", "渠道清淤"), ("T1R2C3", "6400")),
        ],
        [],
    ),
    "headings are retyped": (hands.retype_heading, RECORD, [], []),
    "numbers are retyped": (hands.retype_numbers, RECORD, [], []),
    "goals are numbered by Word": (hands.number_by_word, RECORD, [], []),
    "a column is dropped": (
        hands.drop_column,
        changed(*((row(place, "basis"), None) for place in range(3))),
        [],
        [],
    ),
    "a cell is dropped": (
        hands.drop_cell,
        changed(((*FIRST, "indicators", 1), UNREAD)),
        [("T1R10C3", "成本控制"), ("T1R10C4", "≤6400元"), ("T1R10C5", "历史标准")],
        ["STR021"],
    ),
    "a merged cell is split": (hands.split_merged, RECORD, [], []),
    "two cells are merged": (
        hands.merge_sideways,
        changed((row(1, "description"), None)),
        [],
        ["STR021"],
    ),
    "paragraphs are added between the forms": (
        hands.add_paragraphs,
        RECORD,
        [("P19", "以下各表由业务股填报。"), ("P21", "以上项目已公示。")],
        [],
    ),
    "blank lines are put everywhere": (hands.set_blank_lines, RECORD, [], []),
    "changes are tracked": (
        hands.track_changes,
        changed((row(0, "target"), "≥6公里")),
        [],
        ["STR031"],
    ),
    "a text box is drawn": (hands.draw_box, RECORD, [("P6/box1", "送审稿")], []),
    "a comment is made": (hands.comment, RECORD, [("comment1", "目标太笼统")], []),
    "cells are emptied": (
        hands.empty_cells,
        changed(
            ((*FIRST, "name"), None),
            ((*FIRST, "title"), "渠道清淤绩效目标表"),
            ((*FIRST, "budget"), None),
            (row(0, "basis"), None),
        ),
        [],
        [],
    ),
    "a table is made two": (hands.split_table, RECORD, [("P20", "续表"), ("P22", "续表")], []),
    "a table is put into a cell": (
        hands.nest_table,
        RECORD,
        [("T1R4C2/T1R1C1", "土方"), ("T1R4C2/T1R1C2", "30方")],
        [],
    ),
    "a row of labels is lost": (
        hands.lose_row,
        changed(((*FIRST, "spending_plan"), None)),
        [("T1R5C2", "25.00%"), ("T1R5C3", "50.00%"), ("T1R5C4", "83.33%"), ("T1R5C5", "100.00%")],
        [],
    ),
    "labels are retyped": (hands.retype_labels, RECORD, [], []),
    "a cell is broken into paragraphs": (
        hands.break_cell,
        changed((row(1, "description"), "不超\n预算")),
        [],
        [],
    ),
    "heads and feet of pages are typed": (
        hands.type_page_heads,
        RECORD,
        [("header2", "送审稿")],
        [],
    ),
    "contents are generated": (hands.generate_contents, RECORD, [], []),
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_what_can_be_read_is_read_and_the_rest_is_listed(
    edit: str, tmp_path: Path
) -> None:
    change, record, residue, remarks = EDITS[edit]
    word = made()
    change(word)
    reading = looked_at(save(word, tmp_path / "文本.docx"))
    assert {key: reading.record.get(key) for key in record} == record
    assert left(reading) == residue
    assert codes(reading) == remarks
    assert (reading.record["fiscal_year"], reading.record["department"]["name"]) == (
        2021,
        "某县水利局",
    )


@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=8, unique=True))
@settings(
    max_examples=tries(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_any_edits_in_any_order_no_character_is_lost(
    tmp_path: Path, edits: list[str]
) -> None:
    word = made()
    for edit in edits:
        try:
            EDITS[edit][0](word)
        except (IndexError, ValueError, StopIteration):
            continue  # what it would edit is no longer there
    reading = looked_at(save(word, tmp_path / "文本.docx"))
    assert reading.record["projects"]
    assert sum(project.get("budget", Decimal(0)) for project in reading.record["projects"]) > 0


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Path:
    """A folder of all edited documents as LibreOffice writes them; beside it, as they were."""
    folder = tmp_path_factory.mktemp("edited")
    for place, (edit, *_) in enumerate(EDITS.values()):
        word = made()
        edit(word)
        save(word, folder / f"{place}.docx")
    (folder / "again").mkdir()
    kind = "MS Word 2007 XML"
    paths = [(str(path), str(folder / "again" / path.name)) for path in folder.glob("*.docx")]
    steps = [{"do": "convert", "path": path, "to": to, "kind": kind} for path, to in paths]
    office.do(steps, 300)
    return folder / "again"


@pytest.mark.office
@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_document_saved_by_another_program_is_read_the_same(
    edit: str, saved_again: Path
) -> None:
    name = f"{list(EDITS).index(edit)}.docx"
    before, after = looked_at(saved_again.parent / name), looked_at(saved_again / name)
    assert {**after.record, "leftovers": []} == {**before.record, "leftovers": []}
    assert sorted(text for _, text in left(after)) == sorted(text for _, text in left(before))
    assert codes(after) == codes(before)
