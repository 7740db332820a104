"""Rows of a stage's forms: words for amounts, projects without goals, rows nobody filled in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.publishing.test_stages import READ_BACK, lines, small
from xlperf.canonical import canonical
from xlperf.documents import read_document_with_residue
from xlperf.jobs.publications.stage_publishing import verify_stage
from xlperf.publishing.stages.document import stage_document
from xlperf.publishing.stages.files import STAGE_WRITERS
from xlperf.record import Raw

KINDS = ("monitoring", "self-evaluation")


def printed_and_read(record: Raw, kind: str, path: Path) -> bool:
    """Whether published forms say the same when they are read again, with nothing left over."""
    STAGE_WRITERS[path.suffix](stage_document(record, kind), path)
    return verify_stage(record, path, kind).same


@pytest.mark.parametrize("edition", ["hebei-2021", "central-2022", "sichuan-2023"])
@pytest.mark.parametrize(
    "amounts", [("约六千元", "已基本支付"), ("不详", "不详"), ("约六千元", None)]
)
def test_words_for_both_amounts_of_a_project_are_read_back(
    edition: str, amounts: tuple[str, str | None], tmp_path: Path
) -> None:
    record: dict[str, Any] = small(edition)
    project = record["stages"][1]["projects"][0]
    for key, value in zip(("adjusted", "executed"), amounts, strict=True):
        project.pop(key, None)
        project |= {key: value} if value else {}
    for suffix in READ_BACK:
        assert printed_and_read(canonical(record), "self-evaluation", tmp_path / f"a{suffix}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_project_without_goals_stands_below_the_sums(kind: str, tmp_path: Path) -> None:
    """5,760 and 1,800 of 10,000 yuan were spent by the two projects with goals."""
    record = small()
    stage = next(item for item in record["stages"] if item["kind"] == kind)
    before = lines(stage_document(record, kind).parts[0].tables[0])
    stage["projects"].insert(0, {"name": "无目标的项目", "executed": Decimal("500.00")})
    record = canonical(record)
    overview = lines(stage_document(record, kind).parts[0].tables[0])
    assert overview[:-1] == before
    assert [text for text in overview[-1] if text] == ["另列", "无目标的项目", "500.00"]
    for suffix in READ_BACK:
        assert printed_and_read(record, kind, tmp_path / f"a{suffix}")


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_goals_that_nobody_filled_in_are_not_printed(kind: str, tmp_path: Path) -> None:
    record = small()
    rows = record["projects"][0]["indicators"]
    rows.append({"level1": "效益指标", "level2": "生态效益指标"})
    record = canonical(record)
    texts = [
        cell.text
        for t in stage_document(record, kind).parts[1].tables
        for r in t.rows
        for cell in r
    ]
    assert "生态效益指标" not in texts
    path = tmp_path / "a.docx"
    assert printed_and_read(record, kind, path)
    assert read_document_with_residue(path)[1].leftover == 0


def test_nothing_is_written_as_the_amounts_beside_it() -> None:
    record = small()
    record["projects"][0]["other"] = Decimal("0.00")
    texts = [
        cell.text
        for table in stage_document(canonical(record), "self-evaluation").parts[1].tables
        for row in table.rows
        for cell in row
    ]
    assert "0.00" in texts and "0" not in texts
