"""The add-in in Excel: it opens, its macros compile, its functions calculate, Python answers."""

from __future__ import annotations

import sys
from typing import Any

from tests.windows.bench import Bench, same
from xlperf import wording
from xlperf.addin.xlam import build, settings_sheet
from xlperf.live import actions
from xlperf.live.book.reading import read_book
from xlperf.live.com.objects import sheets

CHINESE, ENGLISH = 2052, 1033
STATUS_TEXT = "xlperf"
FEW = 200  # calls of a click when the macro answers, however many notes it makes
COMMAND = f"import xlwings; xlwings.Book.caller().app.status_bar = '{STATUS_TEXT}'"


def _run(bench: Bench, macro: str, *arguments: Any) -> Any:
    """What a macro of the add-in answers; its module is compiled for that."""
    bench.needs("macros")
    return bench.app.api.Run(f"'{bench.addin}'!{macro}", *arguments)


def the_add_in_opens_as_an_add_in(bench: Bench) -> None:
    bench.needs("macros")
    same(bool(bench.app.api.Workbooks(bench.addin).IsAddin), True, "whether it is an add-in")


def its_macros_know_where_python_is(bench: Bench) -> None:
    same(_run(bench, "XlperfBook.XlperfHasPython", sys.executable), True, "Python is there")
    interpreter = _run(bench, "XlperfBook.XlperfSetting", settings_sheet.WINDOWS_INTERPRETER)
    same(interpreter == sys.executable, True, "whether the add-in names this Python")


def its_words_stand_in_both_languages(bench: Bench) -> None:
    for number, language in ((CHINESE, "zh"), (ENGLISH, "en")):
        column = _run(bench, "XlperfWords.XlperfLanguageColumn", number)
        word = _run(bench, "XlperfBook.XlperfLookUp", "xlperf.words", "about.label", column)
        same(word, wording.text(language, "ribbon.about.label"), f"the word in {language}")


def the_callbacks_of_the_ribbon_compile(bench: Bench) -> None:
    _run(bench, "XlperfRibbon.XlperfRefresh")


def python_answers_from_the_add_in(bench: Bench) -> None:
    bench.needs("macros")
    bench.copy().api.Activate()
    try:
        _run(bench, "RunPython", COMMAND)
        same(bench.app.api.StatusBar, STATUS_TEXT, "what Python wrote into the status bar")
    finally:
        bench.app.api.StatusBar = False


def a_book_reads_the_same_inside_excel(bench: Bench) -> None:
    bench.needs("macros")
    same(bench.addin, build.XLAM_FILE, "the add-in that is open")
    book = bench.copy()
    inside_sheets = sheets(book, inside=True)
    inside = read_book(book, inside_sheets)
    same(inside_sheets[0].line.works, True, "whether the macro answered every time")
    outside = read_book(book)
    same(inside.record == outside.record, True, "whether the record is the same")
    same(inside.where == outside.where, True, "whether all stands at the same places")


def a_click_takes_few_calls_inside_excel(bench: Bench) -> str:
    bench.needs("macros")
    same(bench.addin, build.XLAM_FILE, "the add-in that is open")
    book = bench.copy()
    start = len(bench.calls)
    plan = actions.validate_workbook(book)
    calls = len(bench.calls) - start
    notes = sum(int(sheet.api.Comments.Count) for sheet in book.sheets)
    same(notes, len(plan.marks), "the notes in the book")
    same(calls <= FEW, True, f"whether {calls} calls are few")
    return f"{calls} calls for {notes} notes"


def functions_count_and_total_in_a_cell(bench: Bench) -> str:
    formulas = {  # 6400.10 + 0.20, of which the first is half planned; whole columns will do
        '=XP_COUNT({"333001";"333005"},"333001")': 1,
        '=XP_TOTAL({6400.1;0.2},{"333001";"333005"},"333001")': 6400.1,
        "=XP_TOTAL({6400.1;0.2})": 6400.3,
        "=XP_PLANNED({6400.1;0.2},{0.5;0})": 3200.05,
        "=XP_TOTAL(Z:Z)": 0,
    }
    return _calculated(bench, formulas)


def a_function_shows_no_other_workbooks_money(bench: Bench) -> None:
    bench.needs("macros")
    one, other = bench.copy(), bench.copy()
    sheets = [book.api.Worksheets.Add() for book in (one, other)]
    for amount, sheet in zip((1.0, 2.0), sheets, strict=True):
        sheet.Range("A1").Value2 = amount
        sheet.Range("B1").Formula = "=XP_TOTAL(A1)"
    other.api.Activate()
    sheets[0].Range("A1").Value2 = 3.0  # of the book that is not in front
    bench.app.api.Calculate()
    same([worksheet.Range("B1").Value2 for worksheet in sheets], [3.0, 2.0], "the totals")


def a_form_in_a_range_is_validated(bench: Bench) -> str:
    bench.needs("macros")
    book = bench.copy()
    book.api.Activate()
    title = bench.forms(book)[0].Name.replace("'", "''")
    sheet = book.api.Worksheets.Add()
    sheet.Range("A1").Formula = f"=XP_FINDINGS('{title}'!A1:G60,\"error\")"
    bench.app.api.Calculate()
    number = sheet.Range("A1").Value2
    same(isinstance(number, float), True, f"whether {number} is a number")
    return f"{number} errors"


def functions_take_targets_apart_in_a_cell(bench: Bench) -> str:
    formulas = {'=XP_TARGET("≥90%","number")': 90, '=XP_TARGET("≥90%","operator")': "≥"}
    return _calculated(bench, formulas)


def _calculated(bench: Bench, formulas: dict[str, Any]) -> str:
    bench.needs("macros")
    name = bench.addin
    book = bench.copy()
    book.api.Activate()
    sheet = book.api.Worksheets.Add()
    for row, (formula, answer) in enumerate(formulas.items(), 1):
        cell = sheet.Range(f"A{row}")
        cell.Formula = formula
        bench.app.api.Calculate()
        same(cell.Value2, answer, f"{formula} of {name}")
    return f"{len(formulas)} formulas"


CHECKS = (
    the_add_in_opens_as_an_add_in,
    its_macros_know_where_python_is,
    its_words_stand_in_both_languages,
    the_callbacks_of_the_ribbon_compile,
    python_answers_from_the_add_in,
    a_book_reads_the_same_inside_excel,
    a_click_takes_few_calls_inside_excel,
    functions_count_and_total_in_a_cell,
    a_function_shows_no_other_workbooks_money,
    a_form_in_a_range_is_validated,
    functions_take_targets_apart_in_a_cell,
)
