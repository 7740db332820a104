"""Worksheet functions: pure answers, and the same through xlwings' own call path."""

from __future__ import annotations

import importlib
import io
import sys
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests.live import pywin32
from tests.live.conftest import Excel
from xlperf.live import answers, functions, lately
from xlperf.reading import Reading
from xlperf.record import Raw, view
from xlperf.rules import catalogue
from xlperf.rules.core import run

NAMES = ("XP_TOTAL", "XP_PLANNED", "XP_COUNT", "XP_FINDINGS", "XP_TARGET")


def test_totals_of_all_and_of_a_unit(sample: Raw) -> None:
    record = view(sample)
    assert answers.total(record, "budget") == 7804247.0
    assert answers.total(record, "预算数", "333005") == 2081367.0
    assert answers.total(record, "其他资金") == 0.0
    assert answers.total(record, "Fiscal", "333001") == 5722880.0
    assert answers.total(record, "别的") == answers.total(record, "budget", "999") == ""


def test_what_cannot_be_read_counts_as_nothing(sample: Raw) -> None:
    projects = [{**sample["projects"][0], "budget": "约五千"}, *sample["projects"][1:]]
    assert answers.total(view({**sample, "projects": projects}), "budget") == 7797847.0


@pytest.mark.parametrize("month", [3, 3.0, "03", "3", Decimal(3)])
def test_planned_spending_by_month(sample: Raw, month: object) -> None:
    assert answers.planned(view(sample), month) == 1951061.75


def test_no_answer_for_another_month_or_unit(sample: Raw) -> None:
    assert answers.planned(view(sample), 4) == answers.planned(view(sample), "x") == ""
    assert answers.planned(view(sample), 12, "333005") == 2081367.0


def test_counts(sample: Raw) -> None:
    assert (answers.count(view(sample)), answers.count(view(sample), "333001")) == (11, 10)
    found = run(Reading(sample), catalogue().values())
    counts = [answers.findings(found, each) for each in ("错误", "warning", "提示", "", "x")]
    assert counts[3] == sum(counts[:3]) == len(found) and counts[4] == ""


@pytest.mark.parametrize(("written", "part", "answer"), [
    ("≥90%", "运算符", "≥"), ("≥90%", "number", 90.0), ("≥90%", "单位", "%"),
    ("80%-90%", "low", 80.0), ("80%-90%", "上限", 90.0), ("80%-90%", "数值", ""),
    ("＞＝９０％", "tidy", "≥90%"), ("＞＝９０％", "", "≥90%"), ("", "number", ""),
    ("15人", "类型", "number"), ("≥90%", "别的", ""),
])  # fmt: skip
def test_parts_of_a_target(written: str, part: str, answer: object) -> None:
    assert answers.target(written, part) == answer


def test_a_block_of_cells_has_a_block_of_answers() -> None:
    assert functions.XP_TARGET([["≥90%", "15人"], [None, 5.0]], "number") == [
        [90.0, 15.0],
        ["", 5.0],
    ]


def test_a_function_never_raises() -> None:
    assert functions.XP_TOTAL("budget") == "" or sys.modules.get("xlwings._xlwindows")


@pytest.fixture
def through_excel(excel: Excel, little: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The functions as xlwings decorates and calls them on Windows."""
    udfs = importlib.import_module("xlwings.udfs")
    for name, real in {"func": "xlfunc", "arg": "xlarg", "ret": "xlret"}.items():
        monkeypatch.setattr(excel.xw, name, getattr(udfs, real))
    module = importlib.reload(functions)
    monkeypatch.setattr(udfs, "get_udf_module", lambda *_: module)
    monkeypatch.setattr(lately._last, "judged", None)

    def call(name: str, *given: object) -> Any:
        book = pywin32.bare(little.api)
        caller = book.ActiveSheet.Range("A1")
        return udfs.call_udf(functions.__name__, name, given, book, caller)

    yield SimpleNamespace(call=call, module=module, udfs=udfs)
    monkeypatch.undo()
    importlib.reload(functions)


def test_functions_answer_through_xlwings_from_the_calling_book(
    through_excel: Any,
) -> None:
    assert through_excel.call("XP_TOTAL", "预算数", "333001") == [[564880.0]]
    with pywin32.round_trips() as trips:
        assert through_excel.call("XP_COUNT", 333001.0) == [[3]]
    assert len(trips) < 10  # one reading serves a recalculation
    assert through_excel.call("XP_PLANNED", 6.0, -2147352572) == [[282440.0]]
    assert through_excel.call("XP_FINDINGS", "错误") == [[4]]
    assert through_excel.call("XP_TARGET", (("≥90%",), ("15人",)), "unit") == [["%"], ["人"]]


def test_the_macros_for_the_functions_are_plain_ascii(through_excel: Any) -> None:
    made = io.StringIO()
    add_in = SimpleNamespace(Name="xlperf.xlam")
    through_excel.udfs.generate_vba_wrapper(functions.__name__, through_excel.module, made, add_in)
    text = made.getvalue()
    assert text.isascii()
    for name in NAMES:
        assert f"Function {name}(" in text and "ActiveWorkbook, Application.Caller" in text
        info = getattr(through_excel.module, name).__xlfunc__
        assert info["ret"]["options"]["doc"]
        assert not any(arg["doc"].startswith("Positional") for arg in info["args"])
