"""Worksheet functions: pure answers, and the same through xlwings' own call path."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.live import pywin32
from tests.live.conftest import Excel
from xlperf.jobs.validation.validating import check
from xlperf.live import functions
from xlperf.live.worksheet_functions import arguments, results, single_form
from xlperf.rules import catalogue
from xlperf.wording import text

NOT_AVAILABLE = -2146826246  # #N/A, as Value2 gives it
MISSING = -2147352572  # an argument that was left out, as VBA hands it over
CODES = (("333001",), (333001.0,), ("333005某局",), (None,), ("333001某局本级",))
AMOUNTS = ((6400.0,), ("318,480.00",), (0.1,), (5.0,), (0.2,))


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XLPERF_LANG", "zh")
    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(tmp_path))


def test_totals_of_all_and_of_a_unit_to_the_cent() -> None:
    # 6400 + 318480 + 0.1 + 5 + 0.2; of 333001: 6400 + 318480 + 0.2
    assert functions.XP_TOTAL(AMOUNTS) == 324885.3
    assert functions.XP_TOTAL(AMOUNTS, CODES) == 324885.3
    for unit in ("333001", 333001.0, "333001另一名称", "３３３００１", (("333001",),)):
        assert functions.XP_TOTAL(AMOUNTS, CODES, unit) == 324880.2
    assert functions.XP_TOTAL(AMOUNTS, CODES, "333005") == 0.1
    assert functions.XP_TOTAL(AMOUNTS, CODES, "333009") == 0


def test_binary_floats_do_not_add_up_to_a_wrong_cent() -> None:
    assert sum([0.1] * 10) != 1.0
    assert functions.XP_TOTAL(tuple((0.1,) for _ in range(10))) == 1.0
    assert functions.XP_TOTAL(((1.005,), (2.675,))) == 3.69  # 1.01 + 2.68, halves away from nought
    assert functions.XP_TOTAL(((-12.34,), ("-0.66",))) == -13.0


@pytest.mark.parametrize(("values", "answer"), [
    (6400.0, 6400.0), ("6,400.00", 6400.0), (None, 0), ("", 0), ("  ", 0),
    (((None, 1.0), (2.0, "３")), 6.0), ((1.0, 2.0), 3.0), ([[7.0]], 7.0),
])  # fmt: skip
def test_any_shape_of_range_can_be_added_up(values: Any, answer: float) -> None:
    assert functions.XP_TOTAL(values) == answer


@pytest.mark.parametrize(("inputs", "words"), [
    ((((1.0,), ("约五千",)),), ("第 2 行第 1 列", "约五千")),
    ((((1.0, NOT_AVAILABLE),),), ("第 1 行第 2 列", "#N/A")),
    ((((True,),),), ("第 1 行第 1 列", "True")),
    ((AMOUNTS, CODES[:4], "333001"), ("4×1, 5×1",)),
    ((((1.0, 2.0),), (("333001",), ("333001",)), "333001"), ("1×2, 2×1",)),
    ((AMOUNTS, arguments.OMITTED, "333001"), ("codes",)),
    ((AMOUNTS, CODES, None), ("unit", "空")),
    ((AMOUNTS, CODES, CODES), ("unit",)),
    ((AMOUNTS, CODES, NOT_AVAILABLE), ("#N/A",)),
    ((AMOUNTS, ((NOT_AVAILABLE,), *CODES[1:]), "333001"), ("#N/A",)),
])  # fmt: skip
def test_what_cannot_be_added_up_is_named_instead_of_passed_over(
    inputs: tuple[Any, ...], words: tuple[str, ...]
) -> None:
    sentence = functions.XP_TOTAL(*inputs)
    assert (
        isinstance(sentence, str) and sentence.startswith("XP_TOTAL: ") and sentence.endswith("。")
    )
    assert all(word in sentence for word in words)


def test_an_error_in_a_row_of_another_unit_is_not_in_the_way() -> None:
    amounts = ((1.0,), (NOT_AVAILABLE,))
    assert functions.XP_TOTAL(amounts, (("1",), ("2",)), "1") == 1.0


def test_a_wrong_argument_is_explained_in_the_users_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XLPERF_LANG", "en")
    assert functions.XP_TOTAL((("x",),)) == (
        "XP_TOTAL: row 1, column 1 of the range, x, is no amount. Write a number (yuan)."
    )


def test_planned_spending_is_each_budget_times_its_share() -> None:
    budgets = ((6400.0,), (100.01,), (None,), (50.0,))
    shares = ((0.25,), ("50%",), (0.5,), (None,))
    # 1600.00 + 50.005 rounded to 50.01; a blank on either side is nothing
    assert functions.XP_PLANNED(budgets, shares) == 1650.01
    assert functions.XP_PLANNED(6400.0, 25.0) == 1600.0  # a number above 1 is percent
    assert functions.XP_PLANNED(6400.0, 1.0) == 6400.0
    codes = (("1",), ("2",), ("1",), ("2",))
    assert functions.XP_PLANNED(budgets, shares, codes, "2") == 50.01


@pytest.mark.parametrize("share", [-0.1, 100.5, "很多", True])
def test_what_is_no_share_is_named(share: Any) -> None:
    sentence = functions.XP_PLANNED(((1.0,), (2.0,)), ((0.5,), (share,)))
    assert "第 2 行第 1 列" in sentence and str(share) in sentence


def test_projects_are_counted_by_the_unit_they_name() -> None:
    assert functions.XP_COUNT(CODES) == 4
    assert functions.XP_COUNT(CODES, 333001.0) == 3
    assert functions.XP_COUNT(CODES, "333009") == 0
    assert functions.XP_COUNT(None) == 0
    assert "#N/A" in functions.XP_COUNT(((NOT_AVAILABLE,),))


@pytest.mark.parametrize(("written", "part", "answer"), [
    ("≥90%", "运算符", "≥"), ("≥90%", "number", 90.0), ("≥90%", "单位", "%"),
    ("80%-90%", "low", 80.0), ("80%-90%", "上限", 90.0), ("80%-90%", "数值", ""),
    ("＞＝９０％", "tidy", "≥90%"), ("", "number", ""), (None, "number", ""),
    ("15人", "类型", "number"), (5.0, "number", 5.0),
])  # fmt: skip
def test_parts_of_a_target(written: Any, part: str, answer: object) -> None:
    assert functions.XP_TARGET(written, part) == [[answer]]


def test_a_block_of_cells_has_a_block_of_answers() -> None:
    block = (("≥90%", "15人"), (None, 5.0))
    assert functions.XP_TARGET(block, "number") == [[90.0, 15.0], ["", 5.0]]
    assert functions.XP_TARGET(("＞＝９０％",)) == [["≥90%"]]


def test_a_word_that_is_none_is_answered_with_those_that_are() -> None:
    for answer in (functions.XP_TARGET("≥90%", "别的"), functions.XP_FINDINGS(((1.0,),), "严重")):
        assert isinstance(answer, str) and answer.startswith("XP_")
    sentence = functions.XP_TARGET("≥90%", "别的")
    assert "“别的”" in sentence and "运算符" in sentence and "整理" in sentence


def test_what_goes_wrong_inside_is_a_sentence_and_a_trace_in_the_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("出错了")

    monkeypatch.setattr(results, "total", broken)
    log = tmp_path / "xlperf" / "xlperf.log"
    sentence = functions.XP_TOTAL(1.0)
    assert "ZeroDivisionError" in sentence and str(log) in sentence and "Traceback" not in sentence
    assert "XP_TOTAL" in log.read_text("utf-8") and "出错了" in log.read_text("utf-8")


HEAD = (
    ("1.道路养护绩效目标表", None, None, None, None, None, None),
    ("333001某局本级", None, None, None, None, "单位：元", None),
    ("项目编码", "130303213GA2H9SH8UW5I", None, "项目名称", "道路养护", None, None),
)
MONEY = ("预算规模及资金用途", "预算数", 6400.0, "其中：财政资金", 6400.0, "其他资金", 0.0)
PURPOSE = (None, "用于道路养护。", None, None, None, None, None)
PLAN = (
    ("资金支出计划（%）", "3月底", "6月底", "10月底", None, "12月底", None),
    (None, 0.25, 0.5, 0.75, None, 1.0, None),
)
GOALS = ("绩效目标", "1.养护道路。", None, None, None, None, None)
TITLES = ("一级指标", "二级指标", "三级指标", "绩效指标描述", None, "指标值", "指标值确定依据")
ROWS = (
    ("产出指标", "数量指标", "养护道路长度", "养护道路的长度", None, "≥12公里", "年度工作计划"),
    (None, None, "养护道路条数", "养护道路的条数", None, "3条", "年度工作计划"),
    (None, "质量指标", "养护合格率", "养护合格的比例", None, "≥95%", "行业标准"),
)


def form(*rows: tuple[Any, ...], money: tuple[Any, ...] = MONEY) -> tuple[tuple[Any, ...], ...]:
    return (*HEAD, money, PURPOSE, *PLAN, GOALS, TITLES, *(rows or ROWS))


def test_a_form_given_as_a_range_is_read_with_its_merged_cells() -> None:
    values = single_form._values(form())
    edition, kind, match = single_form._likeliest_form(single_form.Grid(values))
    spans = list(single_form._merged(kind, values, match.at))
    assert (edition.name, kind.name, match.share) == ("hebei-2021", "project", 1.0)
    # the first level stands for all three rows (10 to 12), the second for two and one
    assert [(span.row, span.col, span.height) for span in spans] == [(10, 1, 3), (10, 2, 2)]


def test_findings_of_a_form_are_counted_and_listed() -> None:
    before = {(row[1], row[2]) for row in functions.XP_FINDINGS(form())}
    money = (*MONEY[:4], 6000.0, *MONEY[5:])  # 6000 + 0 is not 6400
    listed = functions.XP_FINDINGS(form(money=money))
    added = [row for row in listed if (row[1], row[2]) not in before]
    assert [row[:3] for row in added] == [["错误", "AMT202", "C4"]]
    assert "6000" in added[0][3].replace(",", "") and added[0][4]
    errors = functions.XP_FINDINGS(form(), "错误")
    assert functions.XP_FINDINGS(form(money=money), "error") == errors + 1
    assert len(listed) == sum(functions.XP_FINDINGS(form(money=money), severity)
                              for severity in ("error", "warning", "info"))  # fmt: skip


def test_a_form_is_judged_wherever_the_range_begins() -> None:
    moved = ((None,) * 9, *((None, *row, None) for row in form()))
    here, there = functions.XP_FINDINGS(form()), functions.XP_FINDINGS(moved)
    assert [row[:2] for row in here] == [row[:2] for row in there]


def test_an_error_value_in_a_form_is_a_finding() -> None:
    money = (*MONEY[:2], NOT_AVAILABLE, *MONEY[3:])
    cells = {row[2] for row in functions.XP_FINDINGS(form(money=money)) if row[0] == "错误"}
    assert "C4" in cells


def test_a_range_without_a_form_is_refused() -> None:
    no_form = text("zh", "error.function_no_form")
    for values in (None, ((1.0, 2.0),), form()[4:7], (("",),)):
        assert functions.XP_FINDINGS(values) == f"XP_FINDINGS: {no_form}"
    large = tuple((1.0,) * 21 for _ in range(1000))
    assert "20000" in functions.XP_FINDINGS(large)


def test_functions_know_nothing_but_their_arguments() -> None:
    for module in (functions, results, arguments, single_form):
        source = inspect.getsource(module)
        assert "xw.Book" not in source and "caller" not in source and ".api" not in source


@pytest.fixture
def through_excel(excel: Excel, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The functions as xlwings decorates and calls them on Windows."""
    udfs = importlib.import_module("xlwings.udfs")
    for name, real in {"func": "xlfunc", "arg": "xlarg", "ret": "xlret"}.items():
        monkeypatch.setattr(excel.xw, name, getattr(udfs, real))
    module = importlib.reload(functions)
    monkeypatch.setattr(udfs, "get_udf_module", lambda *_: module)

    def call(name: str, *inputs: object) -> Any:
        return udfs.call_udf(functions.__name__, name, inputs)

    yield SimpleNamespace(call=call, module=module)
    monkeypatch.undo()
    importlib.reload(functions)


def test_functions_answer_through_xlwings_without_a_round_trip(
    through_excel: Any, little: Any, excel: Excel
) -> None:
    with pywin32.at_home():
        forms = [pywin32.bare(little.sheets[n].api) for n in (3, 4, 5)]
        budgets = tuple((form.Range("C4").Value2,) for form in forms)
        units = tuple((form.Range("A2").Value2,) for form in forms)
        shares = tuple((form.Range("C7").Value2,) for form in forms)
        whole = forms[0].UsedRange.Value2
    excel.front()  # another book with other money is in front, and makes no difference
    with pywin32.round_trips() as trips:
        # 6400.00 + 318480.00 + 240000.00, half of it by the end of June
        assert through_excel.call("XP_TOTAL", budgets, MISSING, MISSING) == [[564880.0]]
        assert through_excel.call("XP_TOTAL", budgets, units, "333001") == [[564880.0]]
        assert through_excel.call("XP_COUNT", units, 333001.0) == [[3]]
        assert through_excel.call("XP_PLANNED", budgets, shares, units, "333001") == [[282440.0]]
        assert isinstance(through_excel.call("XP_FINDINGS", whole, "错误")[0][0], int)
        listed = through_excel.call("XP_FINDINGS", whole, MISSING)
        assert all(len(row) == 5 for row in listed)
        assert through_excel.call("XP_TARGET", (("≥90%",), ("15人",)), "unit") == [["%"], ["人"]]
        errors = through_excel.call("XP_TOTAL", ((NOT_AVAILABLE,),), MISSING, MISSING)
        assert "#N/A" in errors[0][0]
    assert trips == []


def test_every_function_and_argument_has_words(through_excel: Any) -> None:
    for name in ("XP_TOTAL", "XP_PLANNED", "XP_COUNT", "XP_FINDINGS", "XP_TARGET"):
        info = getattr(through_excel.module, name).__xlfunc__
        assert info["ret"]["options"]["doc"] and not info["volatile"]
        assert not any(arg["doc"].startswith("Positional") for arg in info["args"])


def test_a_form_alone_has_the_findings_that_it_has_in_its_workbook(master: Path) -> None:
    """Of the rules that look at one form; for each of the sample's eleven projects and its
    department.
    """
    inside: dict[str, set[tuple[str, str]]] = {}
    for hit in check(master).findings:
        if hit.place and catalogue()[hit.code].subject in single_form.SUBJECTS_OF_ONE_FORM:
            inside.setdefault(hit.place.sheet, set()).add((hit.code, hit.place.cell))
    book = load_workbook(master, data_only=True)
    forms = [sheet for sheet in book if sheet.title == "部门整体" or sheet.title[:1].isdigit()]
    assert len(forms) == 12 and inside
    for sheet in forms:
        cells = [[number(cell.value) for cell in row[:7]] for row in sheet.iter_rows()]
        alone = {(finding.code, cell) for finding, cell in single_form.validate_form(cells)}
        assert alone == inside.get(sheet.title, set()), sheet.title


def number(content: Any) -> Any:
    """A cell's content as Value2 has it."""
    return float(content) if type(content) is int else content
