"""Every kind of field in every way of storing it reads the same in a live book as by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.conftest import Excel
from tests.masters import put_master
from tests.workbook.ways import FIELDS, YEARS, put
from xlperf.canonical import canonical
from xlperf.live.book.reading import read_book
from xlperf.paths import get
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run

pytestmark = pytest.mark.office
# the rules on storage alone: others look at what several fields say
STORED = ("STR006", "STR011", "STR026", "COD111", "AMT211", "VAL416")


def test_a_live_book_reads_each_way_of_storing_a_field_as_by_hand(
    excel: Excel, sample: Raw, tmp_path: Path
) -> None:
    master, made = tmp_path / "master.xlsx", tmp_path / "made.xlsx"
    short = {"projects": sample["projects"][:8], "activities": sample["activities"][:2]}
    put_master(canonical({**sample, **short}), master)
    put(master, made, [*FIELDS[1:], YEARS[3][0]])  # the year once, as a day
    reading = read_book(excel.open(made))
    findings = run(reading, catalogue().values())
    wrong = {}
    for way in [field for field in FIELDS[1:] if field.path != ("fiscal_year",)] + YEARS[3]:
        read = get(reading.record, way.path)
        codes = {f.code for f in findings if f.path == way.path and f.code in STORED}
        if read != way.reads or codes != {code for code in way.codes if code in STORED}:
            wrong[way.name] = (read, sorted(codes))
    assert wrong == {}
