"""What people and buttons do to an open workbook, and what stands in it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlwings as xw

from tests.windows.bench import Bench, expect, same
from xlperf.jobs.inputs.open_any import open_any, read_record
from xlperf.jobs.validation.validating import check
from xlperf.layout.addresses import to_box
from xlperf.live import actions, ribbon
from xlperf.live.book.reading import read_book
from xlperf.live.com.objects import LiveSheet, allowed, go, rows
from xlperf.plan import Plan
from xlperf.wording import official, say

AUTOMATIC = -4105
MOST_CALLS = 1000  # of COM, for validating the sample's workbook; typically about half of it
GREEN = 0x00FF00
WRITTEN, MENDED = "≧ ９０ ％", "≥90%"

SheetMarks = set[tuple[str, str, str, int]]


def sheet_marks(book: Any) -> SheetMarks:
    """Every note of a book: its sheet, its cell, its words, the cell's colour."""
    return {
        (
            str(com.Name),
            str(note.Parent.Address).replace("$", ""),
            str(note.Text()),
            int(note.Parent.Interior.Color),
        )
        for com in book.api.Worksheets
        for note in com.Comments
    }


def titles(book: Any) -> list[str]:
    return [sheet.name for sheet in book.sheets]


def a_row_inserted_among_the_indicators_is_checked(bench: Bench) -> str:
    book = bench.copy()
    form = bench.forms(book)[0]
    before = form.Range("XPF_indicators__name")
    first, count = int(before.Row), int(before.Count)
    form.Range(f"{first + 2}:{first + 2}").Insert()
    form.Range(f"C{first + 2}").Value2 = "x"
    same(int(form.Range("XPF_indicators__name").Count), count + 1, "rows under the name")
    status_rows = rows(form.Range("XPL_status").Value2)
    expect(status_rows[0][0] != say("status.good"), "the unfinished row is not noticed")
    read = read_book(book).record["projects"][0]["indicators"]
    same(len(read), len(bench.record["projects"][0]["indicators"]) + 1, "indicators read back")
    return str(status_rows[1][0])


def an_inserted_row_has_its_dropdowns(bench: Bench) -> None:
    bench.needs("Validation")
    form = bench.forms(bench.copy())[0]
    row = int(form.Range("XPF_indicators__name").Row) + 2
    form.Range(f"{row}:{row}").Insert()
    same(str(form.Range(f"F{row}").Validation.Formula1), "=XPW_offer_target", "the words offered")


def a_copied_sheet_says_that_the_summary_lacks_it(bench: Bench) -> str:
    book = bench.copy()
    form = bench.forms(book)[0]
    form.Copy(None, form)
    note = rows(bench.forms(book)[1].Range("XPL_status").Value2)[2][0]
    same(note, say("status.unlisted"), "the note of the copy")
    summary, count = bench.sheet(book, "summary"), len(bench.record["projects"]) + 1
    same(summary.Range("XP_PROJECTS").Value2, float(count), "the projects counted at once")
    return str(note)


def validating_a_sheet_marks_that_sheet(bench: Bench) -> str:
    book = bench.copy()
    title = official("sheet.department")
    book.sheets[title].activate()
    plan = actions.validate_sheet(book)
    marks = sheet_marks(book)
    same({mark[0] for mark in marks}, {title}, "sheets with marks")
    same(len(marks), len(plan.marks), "marks")
    expect(official("sheet.findings") not in titles(book), "a list was made")
    return f"{len(marks)} marks"


def validating_the_book_marks_and_lists_what_the_file_says(bench: Bench) -> str:
    book, plan, _ = bench.marked
    numbered = [entry for entry in plan.entries if entry.number]  # others are further places of one
    same(len(numbered), len(check(bench.master).findings), "findings")
    marked = sheet_marks(book)
    places = {(mark[0], mark[1]) for mark in marked}
    same(places, {(mark.sheet, mark.cell) for mark in plan.marks}, "marked cells")
    white = [mark[:2] for mark in marked if mark[3] == 0xFFFFFF]
    same(white, [], "marked cells without a colour")
    listed = rows(bench.sheet(book, "findings").Range("XPG_findings__cell").Value2)
    same(len(listed), len(plan.entries), "lines of the list")
    same(str(book.api.ActiveSheet.Name), official("sheet.findings"), "the sheet in front")
    return f"{len(plan.entries)} findings, {len(places)} marks"


def validating_takes_a_bounded_number_of_calls(bench: Bench) -> str:
    count = bench.marked[2]
    expect(0 < count <= MOST_CALLS, f"{count} calls of COM")
    return f"{count} calls of COM"


def marking_twice_is_marking_once(bench: Bench) -> None:
    book, _, _ = bench.marked
    once, names = sheet_marks(book), titles(book)
    actions.validate_workbook(book)
    same(sheet_marks(book) == once, True, "whether marks are the same")
    same(titles(book), names, "sheets")


def next_and_previous_walk_through_the_marks(bench: Bench) -> str:
    book, plan, _ = bench.marked
    bench.sheet(book, "findings").Activate()
    places = _in_order(book, plan)
    first = actions.next_finding(book)
    same(_selected(book), places[0], "the first finding")
    expect(first.message, "nothing is said")
    actions.next_finding(book)
    same(_selected(book), places[1], "the second finding")
    actions.previous_finding(book)
    same(_selected(book), places[0], "the finding before")
    return "!".join(places[0])


def _in_order(book: Any, plan: Plan) -> list[tuple[str, str]]:
    """Where the marks are, as one walks through them: by sheets, downwards, to the right."""
    sheets = titles(book)
    marks = sorted(plan.marks, key=lambda mark: (sheets.index(mark.sheet), to_box(mark.cell).at))
    return [(mark.sheet, mark.cell) for mark in marks]


def _selected(book: Any) -> tuple[str, str]:
    com = book.app.api.ActiveCell
    return str(book.api.ActiveSheet.Name), str(com.MergeArea.Cells(1, 1).Address).replace("$", "")


def clearing_takes_all_marks_away_and_gives_back_the_users_own(bench: Bench) -> None:
    book, plan, _ = bench.marked
    actions.clear_marks(book)
    same(sheet_marks(book), set(), "marks")
    same(titles(book), titles(bench.shared), "sheets")
    mark = plan.marks[0]
    cell = book.api.Worksheets(mark.sheet).Range(mark.cell)
    cell.Interior.Color = GREEN
    book.sheets[mark.sheet].activate()
    actions.validate_sheet(book)
    expect(int(cell.Interior.Color) != GREEN, "the cell is not marked")
    actions.clear_marks(book)
    same(int(cell.Interior.Color), GREEN, "the user's own colour")


def safe_fixes_mend_a_target_as_text(bench: Bench) -> None:
    book = bench.copy()
    cell = bench.forms(book)[1].Range("XPF_indicators__target").Cells(2, 1)
    cell.Value2 = WRITTEN
    with _boxes() as messages:  # it asks before, and is answered with OK
        plan = actions.fix_safe(book)
    expect(
        WRITTEN in messages[0] and MENDED in messages[0],
        "the change is not shown before it is made",
    )
    same(cell.Value2, MENDED, "the target")
    same(cell.Formula, MENDED, "the target as it is stored")
    same(sum(map(len, plan.texts.values())), 1, "cells written")


def the_summary_made_anew_lists_a_copied_sheet(bench: Bench) -> str:
    book = bench.copy()
    form = bench.forms(book)[0]
    form.Copy(None, form)
    actions.refresh_summary(book)
    summary = bench.sheet(book, "summary")
    count = len(bench.record["projects"]) + 1
    same(summary.Range("XP_PROJECTS").Value2, float(count), "XP_PROJECTS")
    numbers = [row[0] for row in rows(summary.Range("XPG_projects__number").Value2)]
    same([n for n in numbers if n], [float(n) for n in range(1, count + 1)], "lines")
    return f"{count} projects"


def a_project_is_added_blank_and_summed(bench: Bench) -> str:
    book = bench.copy()
    plan = actions.add_project(book)
    expect(plan.show, "no sheet to show")
    form = bench.forms(book)[-1]
    same(str(form.Name), book.api.ActiveSheet.Name, "the sheet in front")
    same(form.Range("XPF_budget").Value2, None, "the new form's amount")
    same(bool(form.ProtectContents), True, "the new form's protection")
    summary = bench.sheet(book, "summary")
    total = summary.Range("XP_BUDGET").Value2
    form.Range("XPF_budget").Value2 = 1000
    same(summary.Range("XP_BUDGET").Value2, total + 1000, "the total with the new amount")
    return str(form.Name)


def the_record_is_written_beside_the_book(bench: Bench) -> None:
    book = bench.copy()
    target = Path(book.fullname).with_name("department.json")
    target.unlink(missing_ok=True)  # of an earlier run
    actions.export_record(book)
    made = read_record(target)
    same(made.record == bench.record, True, "whether the record is the sample's")


def the_official_document_is_written_beside_the_book(bench: Bench) -> None:
    book = bench.copy()
    target = Path(book.fullname).with_suffix(".docx")
    target.unlink(missing_ok=True)  # of an earlier run
    actions.publish_word(book)
    made = open_any(target).record
    same(len(made["projects"]), len(bench.record["projects"]), "projects in the document")


def about_names_the_versions(bench: Bench) -> None:
    message = actions.about(bench.shared).message
    for version in (xw.__version__, str(bench.app.api.Version)):
        expect(version in message, f"no {version} in {message!r}")


def a_click_leaves_excel_as_it_was_and_says_a_sentence(bench: Bench) -> str:
    book = bench.copy()
    sentence = _clicked("validate_workbook", book)
    _still(bench)
    expect(sentence, "nothing was said")
    book.api.Worksheets(official("sheet.summary")).Activate()
    refused = _clicked("validate_sheet", book)
    _still(bench)
    expected = say("error.live_not_a_form", sheet=official("sheet.summary"))
    same(refused, expected, "the sentence of a click that is refused")
    return sentence


def _clicked(button: str, book: Any) -> str:
    """Click a button as RunPython does; what the message box would have said."""
    book.set_mock_caller()
    try:
        with _boxes() as messages:
            ribbon.click(button)
    finally:
        del xw.Book._mock_caller
    return "".join(messages)


@contextmanager
def _boxes() -> Iterator[list[str]]:
    """What message boxes would say; each is answered with OK."""
    messages: list[str] = []
    alert_of_xlwings = xw.App.alert

    def alert(_: Any, prompt: Any, *__: Any, **___: Any) -> str:
        messages.append(str(prompt))
        return "ok"

    xw.App.alert = alert
    try:
        yield messages
    finally:
        xw.App.alert = alert_of_xlwings


def _still(bench: Bench) -> None:
    api = bench.app.api
    state = (bool(api.ScreenUpdating), bool(api.EnableEvents), int(api.Calculation))
    same(state, (True, True, AUTOMATIC), "drawing, events, calculation")


def protected_sheets_stay_as_protected_as_they_were(bench: Bench) -> None:
    book = bench.copy()
    before = _protection(book)
    actions.validate_workbook(book)
    actions.refresh_summary(book)
    after = {
        title: protection for title, protection in _protection(book).items() if title in before
    }
    same(after, before, "protection")


def _protection(book: Any) -> dict[str, tuple[bool, ...]]:
    return {
        str(com.Name): (bool(com.ProtectContents), *allowed(com.Protection))
        for com in book.api.Worksheets
    }


def a_sheet_name_of_31_characters_does_no_harm(bench: Bench) -> None:
    book = bench.copy()
    mark = check(bench.master).findings
    title = next(
        finding.place.sheet
        for finding in mark
        if finding.place and finding.place.sheet[:1].isdigit()
    )
    com = book.api.Worksheets(title)
    com.Name = long = (title + "'（名称）" * 31)[:31]
    com.Activate()
    plan = actions.validate_sheet(book)
    expect(plan.marks, "no marks")
    same({place[0] for place in sheet_marks(book)}, {long}, "sheets with marks")
    go(LiveSheet(com), (1, 1))
    actions.next_finding(book)
    same(_selected(book), (long, plan.marks[0].cell), "the finding that is shown")


CHECKS = (
    a_row_inserted_among_the_indicators_is_checked,
    an_inserted_row_has_its_dropdowns,
    a_copied_sheet_says_that_the_summary_lacks_it,
    validating_a_sheet_marks_that_sheet,
    validating_the_book_marks_and_lists_what_the_file_says,
    validating_takes_a_bounded_number_of_calls,
    marking_twice_is_marking_once,
    next_and_previous_walk_through_the_marks,
    clearing_takes_all_marks_away_and_gives_back_the_users_own,
    safe_fixes_mend_a_target_as_text,
    the_summary_made_anew_lists_a_copied_sheet,
    a_project_is_added_blank_and_summed,
    the_record_is_written_beside_the_book,
    the_official_document_is_written_beside_the_book,
    about_names_the_versions,
    a_click_leaves_excel_as_it_was_and_says_a_sentence,
    protected_sheets_stay_as_protected_as_they_were,
    a_sheet_name_of_31_characters_does_no_harm,
)
