"""The smoke script's checks over the stand-in for Excel: all that it can answer, they pass.

So the script is known to run; that Excel itself passes, only a run in Excel can tell.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.live.conftest import Excel, excel, macros, other_master, standing_in, with_addin
from tests.live.macros import Macros
from tests.windows import smoke
from tests.windows.bench import FAILED, OK, SKIPPED, Outcome, run, unnamed
from xlperf.canonical import canonical
from xlperf.record import Raw

__all__ = ["excel", "macros", "other_master", "standing_in", "with_addin"]  # fixtures

LACKS = {
    "Windows": "the stand-in has no windows",
    "ProtectedViewWindows": "the stand-in knows no protected view",
    "Validation": "the stand-in does not tell validations",
    "ChartObjects": "the stand-in does not tell charts",
    "Hyperlinks": "the stand-in does not tell hyperlinks",
    "ExportAsFixedFormat": "the stand-in does not print",
    "macros": "the stand-in runs no macros",
}
SKIPS = {
    "the_file_opens_without_repair": "Windows",
    "the_file_opens_outside_protected_view": "ProtectedViewWindows",
    "dropdowns_and_messages_are_there": "Validation",
    "an_inserted_row_has_its_dropdowns": "Validation",
    "the_charts_are_there": "ChartObjects",
    "links_lead_to_cells": "Hyperlinks",
    "the_book_prints_to_pdf": "ExportAsFixedFormat",
    **{check.__name__: "macros" for check in smoke.adding_in.CHECKS},
}

pytestmark = pytest.mark.office


@pytest.fixture
def bench(excel: Excel, tmp_path: Path, small: Raw) -> Any:
    """The script's bench, with two projects and one activity."""
    record = {**small, "projects": small["projects"][:2], "activities": small["activities"][:1]}
    return smoke.laid_out(excel.xw.apps.active, tmp_path / "烟", LACKS, canonical(record))


def test_nothing_fails_and_what_is_skipped_is_known(bench: Any) -> None:
    outcomes = run(smoke.CHECKS, bench)
    smoke.report(outcomes, smoke.facts(bench.app), bench.folder)
    assert [str(outcome) for outcome in outcomes if outcome.state == FAILED] == []
    skipped = {outcome.name: outcome.line for outcome in outcomes if outcome.state == SKIPPED}
    assert skipped == {name: LACKS[why] for name, why in SKIPS.items()}
    assert [outcome.number for outcome in outcomes] == list(range(1, len(smoke.CHECKS) + 1))
    content = json.loads((bench.folder / "smoke.json").read_text("utf-8"))
    assert (
        content["facts"]["excel"] == "Microsoft Excel 16.0" and content["facts"]["language"] == ""
    )
    assert len(content["checks"]) == len(smoke.CHECKS) >= 40
    text = (bench.folder / "smoke.txt").read_text("utf-8")
    assert str(bench.folder) not in text and str(Path.home()) not in text
    names = {path.stem for path in (bench.folder / "transcripts").iterdir()}
    assert names == {check.__name__ for check in smoke.CHECKS}
    transcript = (bench.folder / "transcripts" / "marking_twice_is_marking_once.jsonl").read_text()
    calls = [json.loads(line) for line in transcript.splitlines()]
    assert {call["kind"] for call in calls} == {"get", "put", "call"}
    assert {"kind": "get", "member": "UsedRange", "answer": "object"} in calls
    assert not [call for call in calls if set(call) != {"kind", "member", "answer"}]
    assert transcript.isascii()  # what stands in this workbook's cells is not


def test_what_is_asked_inside_excel_is_checked(bench: Any, with_addin: Macros) -> None:
    """The macro is there, though the stand-in could not open the add-in as Excel does."""
    bench.lacks = {}
    bench.__dict__["addin"] = "xlperf.xlam"
    checks = (
        smoke.adding_in.a_book_reads_the_same_inside_excel,
        smoke.adding_in.a_click_takes_few_calls_inside_excel,
    )
    assert [outcome.state for outcome in run(checks, bench)] == [OK, OK]
    bench.app.api.macros = None
    assert {outcome.state for outcome in run(checks, bench)} == {FAILED}
    assert with_addin.objects


def test_a_check_that_fails_or_breaks_stops_nothing(bench: Any) -> None:
    def it_breaks(_: Any) -> None:
        raise KeyError(f"{bench.folder} C:\\Users\\somebody\\x.xlsx")

    def it_is_wrong(any_bench: Any) -> None:
        smoke.opening.same(any_bench.app.api.Version, "17.0", "the version")

    def it_holds(_: Any) -> str:
        return "well"

    made = run([it_breaks, it_is_wrong, it_holds], bench)
    assert [outcome.state for outcome in made] == ["failed", "failed", "ok"]
    assert "somebody" not in made[0].line and str(bench.folder) not in made[0].line
    assert made[1].line == "AssertionError: the version: '16.0' instead of '17.0'"
    assert str(made[2]) == "  3 ok      it holds: well"


def test_a_wrong_workbook_is_found_wrong(bench: Any) -> None:
    """The checks can fail: with another record than the workbook's, several do."""
    bench.record = {**bench.record, "projects": bench.record["projects"][1:]}
    wrong = (
        smoke.opening.the_names_give_the_totals_of_the_record,
        smoke.opening.the_statuses_say_what_the_rules_say,
        smoke.opening.the_open_book_reads_as_the_record,
    )
    assert {outcome.state for outcome in run(wrong, bench)} == {FAILED}


def test_nobody_is_named() -> None:
    home, here = Path.home(), Path("/work place")
    line = unnamed(f"'{home}/a.xlsx' C:\\Users\\x\\y.xlsx {here}/b kept 12/31", here)
    assert str(home) not in line and "Users" not in line and line.endswith("kept 12/31")


@pytest.mark.skipif(sys.platform == "win32", reason="here the script would start Excel")
def test_where_there_is_no_excel_the_script_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke.main([]) == 2
    assert "Windows" in capsys.readouterr().err


def test_an_outcome_is_one_line() -> None:
    assert str(Outcome(7, "it_is_so", "skipped", "why", 0.1)) == "  7 skipped it is so: why"
