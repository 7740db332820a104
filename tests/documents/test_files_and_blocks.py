"""Files: what can be read and what cannot; and the blocks that plain text gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.accounts import parsed
from xlperf import documents
from xlperf.documents import plain_text
from xlperf.documents.blocks.claims import account
from xlperf.documents.blocks.source import Paragraph, Source, Table
from xlperf.errors import UserError

TEXT = "一、总体绩效目标\n治理河道，保障供水。\n另起一段。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_text_file_is_read_in_the_usual_encodings(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    path = tmp_path / "文本.txt"
    path.write_bytes(TEXT.replace("\n", line_end).encode(encoding))
    reading, coverage = documents.read_document_with_residue(path)
    assert reading.record["overall_goal"] == "治理河道，保障供水。\n另起一段。"
    assert reading.source == str(path)
    assert reading.where[("overall_goal",)].line == 2
    assert coverage.residue == ()
    assert documents.read_document(path) == reading


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\xff\xfe\x00\xd8\x00", "not_text"),
        (b"abc \x81", "not_text"),
        (b"\x00\x01\x02", "not_yet"),
        (b"<!DOCTYPE html><html></html>", "not_document"),
        (b'{"edition": ""}', "not_yet"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), "old_doc"),
        ("你好\n".encode(), "not_document"),
        (b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        documents.read_document(path)
    assert refused.value.key == key
    assert str(refused.value.facts["file"]) == str(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        documents.read_document(tmp_path / "none.txt")
    assert refused.value.key == "no_file"


def shape(text: str) -> list[object]:
    blocks: list[object] = []
    for block in plain_text.blocks(Source.of(text)):
        if isinstance(block, Table):
            blocks.append([[cell.text for cell in row] for row in block.rows])
        else:
            assert isinstance(block, Paragraph)
            blocks.append((block.piece.text, block.apart))
    return blocks


def test_a_cell_starts_with_a_tab_and_a_row_ends_with_a_blank_line() -> None:
    text = "题目 \n\t甲\n\t\n\t乙\n续乙\n\n\n\t丙\n  \n正文\n又一段\n\n末段"
    assert shape(text) == [
        ("题目", True),
        [["甲", "", "乙\n续乙"], ["丙"]],
        ("正文", True),
        ("又一段", False),
        ("末段", True),
    ]


def test_every_piece_knows_its_line() -> None:
    blocks = plain_text.blocks(Source.of("甲\r\n\r\n\t乙\r\n\t\r\n\t丙\r续丙"))
    paragraph, grid = blocks
    assert isinstance(paragraph, Paragraph) and isinstance(grid, Table)
    assert paragraph.piece.line == 1
    assert [cell.line for row in grid.rows for cell in row] == [3, 4, 5]


def test_every_character_is_counted_as_field_furniture_blank_or_leftover() -> None:
    counts = documents.coverage("一、总体绩效目标\n  治理河道\n二、分项绩效目标\n散文 一段\n")
    assert (counts.field, counts.furniture, counts.leftover) == (4, 16, 4)
    assert counts.blank == 2 + 4 + 1
    assert counts.residue == ((4, "散文 一段"),)
    assert counts.characters == 4 + 16 + 4 + 7


def test_the_residue_of_one_line_is_listed_stretch_by_stretch() -> None:
    result = parsed("绿水县水务局编制\n绿水县水利局2021年部门预算绩效文本\n")
    assert account(result.ledger).residue == ((2, "绿水县水利局"),)
    assert account(result.ledger).field == len("绿水县水务局2021")


def test_a_text_that_is_no_document_is_left_over_whole() -> None:
    counts = documents.coverage("今天 天气\n很好")
    assert counts.residue == ((1, "今天 天气"), (2, "很好"))
    assert (counts.field, counts.furniture, counts.leftover, counts.blank) == (0, 0, 6, 2)
