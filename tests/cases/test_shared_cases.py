"""The files of ../shared/cases: what is read from each is what its README says."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED, lacks
from xlperf.comparison.record_diff import differences
from xlperf.documents import read_document
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import WORKBOOKS, open_any, read_record
from xlperf.paths import get
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.storage.files import kind_of

EXPECTED: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("expected.toml").read_text(encoding="utf-8")
)
OF_DOCUMENTS = ("inferred", "units")  # a document says them in other words than a workbook


def opened(folder: str, name: str) -> Reading:
    """A case as it is read; a document as `xlperf import` reads it."""
    path = SHARED / "cases" / folder / name
    if not path.is_file():
        lacks("the cases (../shared/cases) are not at hand")
    return open_any(path) if kind_of(path) in WORKBOOKS else read_document(path)


@cache
def base() -> Raw:
    return read_record(SHARED / "cases" / "files" / "base.json").record


def differing(reading: Reading) -> list[str]:
    """The paths at which a reading is not the base."""
    away = OF_DOCUMENTS if "inferred" in reading.record else ()
    then, now = (
        {key: value for key, value in record.items() if key not in away}
        for record in (base(), reading.record)
    )
    return differences(then, now)


def cases(kind: str) -> list[tuple[str, str]]:
    return [
        (folder, name)
        for folder in ("right", "files")
        for name in EXPECTED.get(f"{folder}_{kind}", ())
    ]


@pytest.mark.parametrize(("folder", "name"), cases("same"))
def test_a_file_written_in_another_way_reads_the_same(folder: str, name: str) -> None:
    assert differing(opened(folder, name)) == []


@pytest.mark.parametrize(("folder", "name"), cases("refused"))
def test_a_file_that_cannot_be_read_is_refused_with_its_sentence(folder: str, name: str) -> None:
    with pytest.raises(UserError) as refused:
        opened(folder, name)
    assert refused.value.key == EXPECTED[f"{folder}_refused"][name]


@pytest.mark.parametrize(("folder", "name"), cases("values"))
def test_one_cell_reads_as_it_says_and_all_others_the_same(folder: str, name: str) -> None:
    reading = opened(folder, name)
    values = EXPECTED[f"{folder}_values"][name]
    for path, value in values.items():
        steps = path.split("/")
        node = get(reading.record, tuple(int(s) if s in "012345" else s for s in steps))
        assert str("" if node is None else node) == value
    assert set(differing(reading)) == set(values)


@pytest.mark.parametrize(("folder", "name"), cases("remarks"))
def test_what_is_kept_in_an_odd_way_is_told_at_its_cell(folder: str, name: str) -> None:
    reading = opened(folder, name)
    remarks = [f"{remark.code} {remark.place.cell}" for remark in reading.remarks if remark.place]
    assert remarks == EXPECTED[f"{folder}_remarks"][name]
