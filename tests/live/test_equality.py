"""Equality: a live book and its file give the same record, the same places, the same findings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.books import opened as from_memory
from tests.effort import THOROUGH
from tests.live import model, pywin32
from tests.live.conftest import Excel
from tests.masters import put_master
from tests.workbook.mutations import mutations
from xlperf.documents import read_document
from xlperf.layout.addresses import to_box
from xlperf.live.book.reading import read_book
from xlperf.paths import RecordPath
from xlperf.reading import Place, Reading
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.read import read_workbook

LEAST = 200 if THOROUGH else 150  # mutations that are tried
Cells = dict[Place, Any]


def findings_of(reading: Reading) -> list[tuple[str, RecordPath, Place | None, str]]:
    findings = run(reading, catalogue().values())
    return [(finding.code, finding.path, finding.place, finding.message) for finding in findings]


def alike(book: Any, file: Path) -> list[tuple[str, RecordPath, Place | None, str]]:
    live, there = read_book(book), read_workbook(file)
    assert live.record == there.record
    assert live.where == there.where
    assert live.remarks == there.remarks
    findings = findings_of(live)
    assert findings == findings_of(there)
    return findings


def content(path: RecordPath, value: Any) -> Any:
    """What is put into the cell for a value: shares as fractions, amounts as numbers."""
    if isinstance(value, Decimal | int | float):
        return float(value) / 100 if "spending_plan" in path else float(value)
    return value


def batches(record: Raw, where: Any) -> Iterator[Cells]:
    """The mutations, many at a time, each cell changed once."""
    waiting: list[tuple[Place, Any]] = []
    for path, value in mutations(record):
        place = where.get(path)
        if place and place.cell and not isinstance(value, dict | list):
            waiting.append((place, content(path, value)))
    while waiting:
        batch: Cells = {}
        left = []
        for place, value in waiting:
            if place in batch:
                left.append((place, value))
            else:
                batch[place] = value
        yield batch
        waiting = left


def put(book: Any, cells: Cells) -> Cells:
    """Type into cells; what they said before."""
    opened, were = pywin32.bare(book.api), {}
    with pywin32.at_home():
        for place, value in cells.items():
            box = [*to_box(place.cell).at, 1, 1]
            (were[place],) = opened.do("values", sheet=place.sheet, box=box)[0]
            opened.do("set_values", sheet=place.sheet, box=box, rows=[[value]])
    return were


@pytest.mark.long
def test_mutated_cells_give_the_same_findings_live_and_from_the_file(
    excel: Excel, opened: Any, tmp_path: Path, sample: Raw, master: Path
) -> None:
    where = read_workbook(master).where
    tried, codes = 0, set()
    for batch in batches(sample, where):
        were = put(opened, batch)
        opened.save()
        codes |= {code for code, *_ in alike(opened, tmp_path / "绩效文本.xlsx")}
        put(opened, were)
        tried += len(batch)
        if tried >= LEAST:
            break
    assert tried >= LEAST and len(codes) > LEAST / 5


def test_the_real_document_gives_the_same_findings(
    excel: Excel, seed: Path, tmp_path: Path
) -> None:
    path = tmp_path / "seed.xlsx"
    put_master(read_document(seed).record, path)
    book = excel.open(path)
    assert alike(book, path)


def as_people_do(book: Any) -> None:
    """Rows, merged cells, formulas, errors, lost names, copies, own sheets."""
    title = "01 专项补助（人防）"
    with pywin32.at_home():
        sheet = model.Worksheet(book, title)
        book.move_rows(title, 12, 2)  # two rows in the middle of a merged level
        sheet.do("set_values", box=[12, 3, 1, 1], rows=[["新增的指标"]])
        sheet.do("merge", box=[16, 1, 5, 1], on=False)
        sheet.do("merge", box=[12, 3, 2, 1], on=True)
        sheet.do("set_formulas", box=[4, 3, 1, 1], rows=[["=6000+400"]])
        sheet.do("set_formulas", box=[4, 5, 1, 1], rows=[["=1/0"]])
        sheet.do("set_values", box=[7, 2, 1, 3], rows=[[1.2, 0.5, True]])
        sheet.do("set_values", box=[25, 2, 1, 2], rows=[["表外的𠮷字", 12.5]])
        book.pending_names.put(title, "XPF_purpose", None)
        sheet.Copy(None, sheet)
        model.Worksheet(book, "03 城乡建设业务费").Name = "改了名'的表"
        foreign = model.Worksheets(book).Add(None, sheet)
        foreign.do("set_values", box=[3, 3, 1, 1], rows=[["自己加的表"]])
        foreign.do("set_number_format", boxes=[[4, 4, 1, 2]], code="0%")
        foreign.do("set_values", box=[4, 4, 1, 2], rows=[[0.25, 0.5]])


def test_what_people_do_to_a_form_reads_the_same(excel: Excel, little: Any, tmp_path: Path) -> None:
    as_people_do(pywin32.bare(little.api))
    little.save()
    findings = alike(little, tmp_path / "绩效文本.xlsx")
    assert {"STR022", "STR023"} <= {code for code, *_ in findings}


@pytest.mark.parametrize(("format_", "number", "says"), [
    ("YYYY-MM-DD", 44386.0, "2021-07-09"),
    ("0%", 0.9, "90%"),
    ("General", 15.0, "15"),
])  # fmt: skip
def test_a_number_in_a_text_field_says_what_its_cell_shows(
    little: Any, format_: str, number: float, says: str
) -> None:
    book = pywin32.bare(little.api)
    with pywin32.at_home():
        sheet = model.Worksheet(book, "02 人防业务费")
        sheet.do("set_number_format", boxes=[[11, 6, 1, 1], [4, 5, 1, 1]], code=format_)
        sheet.do("set_values", box=[11, 6, 1, 1], rows=[[number]])
        sheet.do("set_values", box=[4, 5, 1, 1], rows=[[44386.0]])
    record = read_book(little).record
    assert record["projects"][1]["indicators"][1]["target"] == says
    fiscal = record["projects"][1]["fiscal"]
    assert fiscal == ("2021-07-09" if format_.startswith("Y") else Decimal("44386.00"))


def test_words_typed_over_what_is_ours_are_the_same_live_and_in_the_file(
    excel: Excel, small_master: Path, tmp_path: Path
) -> None:
    file = tmp_path / "typed.xlsx"
    book = from_memory(small_master)
    for sheet, cell, content in (
        ("01 专项补助（人防）", "I4", "此处与批复不符"),
        ("01 专项补助（人防）", "J2", "正常，看过"),
        ("使用说明", "A3", "本县规定"),
        ("汇总", "E7", 999),
        ("_lists", "C1", "自定义标准"),
        ("_xlperf", "D2", "程序表上的话"),
    ):
        book[sheet][cell] = content
    book.save(file)
    findings = alike(excel.open(file), file)
    assert len([code for code, *_ in findings if code == "STR020"]) == 6
