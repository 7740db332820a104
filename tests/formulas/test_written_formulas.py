"""Every formula that is written passes the checker: of each kind of workbook, in both languages."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from openpyxl import Workbook, load_workbook

from tests.formulas.written import Report, reports
from tests.records import PIECES, RECORD
from xlperf import wording
from xlperf.canonical import canonical
from xlperf.jobs.many_files.rolling_up import roll_up_files
from xlperf.jobs.new_workbook import blank
from xlperf.jobs.validation.annotating import write_outputs
from xlperf.jobs.validation.validating import check
from xlperf.live.book.findings_sheet import link
from xlperf.record import PLAN_MONTHS, Raw
from xlperf.rules.profiles import DEFAULT, names, profile
from xlperf.workbook.draw.books.totals_book import rollup_file
from xlperf.workbook.write import master_book, write_master

LANGUAGES = ("zh", "en")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("XLPERF_LANG", request.param)
    with wording.speaking(request.param):
        yield request.param


def wrong(book: Workbook) -> str:
    """What is wrong in a workbook, to be read by people; once for all rows that are alike."""
    report_of: dict[str, Report] = {}
    for report in reports(book):
        report_of.setdefault(re.sub(r"[0-9]+", "0", report.reason), report)
    return "\n".join(map(str, report_of.values()))


def test_the_sample(sample: Raw) -> None:
    assert wrong(master_book(sample)) == ""


def test_the_workbook_in_each_language(small: Raw, language: str) -> None:
    assert wrong(master_book(small)) == ""


@pytest.mark.parametrize("chosen", [name for name in names() if name != DEFAULT])
def test_the_workbook_of_each_profile(small: Raw, chosen: str) -> None:
    assert wrong(master_book(small, by=profile(chosen))) == ""


def test_a_blank_workbook(language: str) -> None:
    assert wrong(master_book(blank(2, "333001 某单位", 2021))) == ""


def test_a_department_without_projects_or_units(language: str) -> None:
    assert wrong(master_book(canonical({"edition": "hebei-2021"}))) == ""


def any_text(chance: random.Random) -> str:
    return "".join(chance.choices(PIECES, k=chance.randint(1, 6))).strip() or "x"


def large(chance: random.Random) -> Raw:
    """A record with many lines, some blank, its texts full of what formulas and titles escape."""

    def money() -> object:
        return chance.choice([Decimal(chance.randint(0, 10**9)) / 100, any_text(chance), None])

    def indicators(most: int) -> list[Raw]:
        keys = ("name", "description", "target")
        return [{key: any_text(chance) for key in keys} for _ in range(chance.randint(0, most))]

    projects = [
        {
            "code": f"13030321{at:013d}",
            "name": any_text(chance) + "'s \"[x]",
            "unit": chance.choice(["333001", "333002", ""]),
            **{key: money() for key in ("budget", "fiscal", "other")},
            "spending_plan": {
                month: chance.choice([25, any_text(chance)]) for month in PLAN_MONTHS
            },
            "goals": [any_text(chance) for _ in range(chance.randint(0, 4))],
            "indicators": [
                {"level1": "产出指标", "level2": chance.choice(["数量指标", "x"]), **line}
                for line in indicators(14)
            ],
        }
        for at in range(6)
    ]
    activities = [{"name": any_text(chance), "indicators": indicators(6)} for _ in range(7)]
    units = [{"code": f"33300{n}", "name": f"{n}'\"局"} for n in (1, 2, 3)]
    many = {"projects": projects, "activities": activities, "units": units}
    return canonical({"edition": "hebei-2021", "fiscal_year": 2021, **many})


def test_a_large_record_full_of_odd_texts() -> None:
    assert wrong(master_book(large(random.Random(12)))) == ""


@given(record=RECORD)
@settings(max_examples=5, deadline=None, phases=[Phase.generate])
def test_any_record(record: Raw) -> None:
    assert wrong(master_book(record)) == ""


def test_what_a_validation_and_a_roll_up_leave(small: Raw, language: str, tmp_path: Path) -> None:
    names_of_files = ("master", "marked", "review", "none")
    master, marked, review, none = (tmp_path / f"{name}.xlsx" for name in names_of_files)
    write_master(small, master)
    write_outputs([check(master)], marked, review)
    none.write_text("no workbook", encoding="utf-8")
    rolled = roll_up_files([master, none])
    assert len(rolled.set_aside) == 1
    assert wrong(load_workbook(marked)) == ""
    assert wrong(load_workbook(review)) == ""
    assert wrong(load_workbook(BytesIO(rollup_file(rolled)))) == ""


def test_links_that_are_written_into_an_open_workbook() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row, title in enumerate(("01 a\"b's", "x" * 31, "'" * 29), 1):
        sheet.cell(row, 1).value = str(link(title, "F12", title))
    assert wrong(book) == ""
