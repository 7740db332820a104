"""The real document, from its text to a workbook and back, where the shared folder is at hand."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.masters import put_master
from tests.office import Office
from xlperf.documents import read_document_with_residue
from xlperf.jobs.fix_repair.repair_file import detect, repair
from xlperf.record import view
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.read import read_workbook

pytestmark = pytest.mark.seed


@pytest.fixture(scope="module")
def book(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seed") / "seed.xlsx"
    put_master(read_document_with_residue(seed)[0].record, path)
    return path


def test_the_real_document_is_read_whole(seed: Path) -> None:
    reading, coverage = read_document_with_residue(seed)
    record = view(reading.record)
    assert coverage.leftover == 0
    assert len(record.activities) == 29
    assert sum(len(activity.indicators) for activity in record.activities) == 87
    assert len(record.safeguards) == 9
    assert len(record.projects) == 11
    assert sum(len(item.indicators) for item in record.projects) == 99
    assert [unit.code for unit in record.units] == ["333001", "333005"]
    by_unit: Counter[str] = Counter()
    for project in record.projects:
        by_unit[project.unit] += int((project.budget or 0) * 100)
    assert by_unit == {"333001": 572288000, "333005": 208136700}


def test_the_real_document_comes_back_from_its_workbook(seed: Path, book: Path) -> None:
    assert read_workbook(book).record == read_document_with_residue(seed)[0].record


def test_the_real_documents_planned_spending_is_right(book: Path, office: Office) -> None:
    steps = [{"do": "named", "name": f"XP_PLAN_{month}"} for month in ("03", "06", "10", "12")]
    assert office.look(book, *steps) == [1951061.75, 4110260.20, 6165390.30, 7804247.00]
    planned = [
        sum((p.planned(m) or Decimal(0)) for p in view(read_workbook(book).record).projects)
        for m in ("03", "06", "10", "12")
    ]
    assert planned == [Decimal(x) for x in ("1951061.75", "4110260.20", "6165390.30", "7804247.00")]


def test_the_real_documents_faults_are_found_where_they_stand(seed: Path, book: Path) -> None:
    rules = list(catalogue().values())
    of_text = run(read_document_with_residue(seed)[0], rules)
    of_book = run(read_workbook(book), rules)
    serious = [
        f for f in of_book if f.severity != "info" and f.code[:3] in ("STR", "COD", "AMT", "PLN")
    ]
    assert serious == []
    record = view(read_workbook(book).record)
    undecided = {i.path for p in record.projects for i in p.indicators if i.target == "是/否"}
    assert {f.path[:4] for f in of_book if f.code == "VAL401"} == undecided
    assert {f.path[:4] for f in of_book if f.code == "VAL403"} >= {
        i.path for p in record.projects for i in p.indicators
        if i.name.endswith("准确率") and i.target == "17人"
    }  # fmt: skip
    counted = {i.path for a in record.activities for i in a.indicators if i.name == "系统发文数"}
    assert {f.path[:4] for f in of_book if f.code == "VAL415"} >= counted
    lines = seed.read_text(encoding="utf-8").splitlines()
    for finding in of_text:
        if finding.code == "VAL401":
            assert finding.place and "是/否" in lines[finding.place.line - 1]
    for finding in of_book:
        if finding.code == "VAL401":
            assert finding.place and finding.place.sheet and finding.place.cell


def test_the_real_documents_workbook_is_repaired(book: Path, tmp_path: Path) -> None:
    damaged, mended = tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx"
    opened = load_workbook(book)
    del opened["汇总"]
    opened.worksheets[3].defined_names.clear()
    opened.save(damaged)
    repaired = repair(damaged, mended)
    assert {"sheet_gone", "name_lost"} <= {damage.kind for damage in repaired.damages}
    assert repaired.unmended == [] and detect(mended) == []
    assert read_workbook(mended).record == read_workbook(book).record
