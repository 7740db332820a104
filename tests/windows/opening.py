"""The workbook as Excel shows it, before anybody has changed anything."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.windows.bench import Bench, expect, same
from xlperf.live.book.reading import read_book
from xlperf.live.buttons import preconditions
from xlperf.live.com.objects import ERROR_BY_NUMBER, VISIBLE, LiveSheet, allowed, errors, rows
from xlperf.live.com.writing import unlocked
from xlperf.reading import Reading
from xlperf.record import PLAN_MONTHS, view
from xlperf.rules import catalogue
from xlperf.rules.core import INFO, run
from xlperf.wording import say
from xlperf.workbook.read import read_workbook

MONEY = {"XP_BUDGET": "budget", "XP_FISCAL": "fiscal", "XP_OTHER": "other"}
LISTS = {"level1", "level2", "target", "basis"}
PERMITTED = ("AllowFormattingCells", "AllowSorting", "AllowFiltering", "AllowInsertingRows")
LIST_OF_VALUES = 3  # xlValidateList
PDF = 0  # xlTypePDF


def excel_answers_and_is_no_other_program(bench: Bench) -> str:
    preconditions.excel_answers(bench.shared)
    api = bench.app.api
    version = float(str(api.Version))
    expect(version >= 16, f"Excel {version}; xlperf is for Excel 2016 (16.0) and later")
    return f"{api.Name} {api.Version}"


def the_file_opens_without_repair(bench: Bench) -> None:
    bench.needs("Windows")
    caption = str(bench.shared.api.Windows(1).Caption)
    expect(not re.search("repair|修复", caption, re.IGNORECASE), f"the window says {caption!r}")


def the_file_opens_outside_protected_view(bench: Bench) -> None:
    bench.needs("ProtectedViewWindows")
    expect(bench.shared.api.Path, "the book has no folder")
    same(bench.app.api.ProtectedViewWindows.Count, 0, "windows in protected view")
    expect(not bench.shared.api.ReadOnly, "the book is open for reading only")


def the_sheets_stand_in_order(bench: Bench) -> str:
    expected = load_workbook(bench.master, read_only=True).sheetnames
    same([sheet.name for sheet in bench.shared.sheets], expected, "sheets")
    return f"{len(expected)} sheets"


def hidden_sheets_are_hidden(bench: Bench) -> str:
    hidden = [str(sheet.Name) for sheet in bench.shared.api.Worksheets if sheet.Visible != VISIBLE]
    file = load_workbook(bench.master)
    same(hidden, [sheet.title for sheet in file if sheet.sheet_state != "visible"], "hidden sheets")
    return ", ".join(hidden)


def the_names_give_the_totals_of_the_record(bench: Bench) -> str:
    projects = view(bench.record).projects
    totals = {
        name: sum((getattr(project, key) or Decimal(0) for project in projects), Decimal(0))
        for name, key in MONEY.items()
    }
    totals |= {
        f"XP_PLAN_{month}": sum(
            (project.planned(month) or Decimal(0) for project in projects), Decimal(0)
        )
        for month in PLAN_MONTHS
    }
    totals["XP_PROJECTS"] = Decimal(len(projects))
    summary = bench.sheet(bench.shared, "summary")
    for name, number in totals.items():
        total = Decimal(repr(summary.Range(name).Value2)).quantize(Decimal("0.01"))
        same(total, number.quantize(Decimal("0.01")), name)
    return f"{len(totals)} names"


def no_cell_shows_an_error(bench: Bench) -> str:
    count = 0
    for sheet in bench.shared.api.Worksheets:
        for row in rows(sheet.UsedRange.Value2):
            count += len(row)
            wrong = [
                ERROR_BY_NUMBER[value]
                for value in row
                if isinstance(value, int) and value in ERROR_BY_NUMBER
            ]
            expect(not wrong, f"{sheet.Name} shows {wrong}")
    return f"{count} cells"


def the_statuses_say_what_the_rules_say(bench: Bench) -> str:
    chosen = [rule for rule in catalogue().values() if rule.native]
    findings = [
        finding for finding in run(Reading(bench.record), chosen) if finding.severity != INFO
    ]
    points = Counter(finding.path[1] for finding in findings if finding.path[:1] == ("projects",))
    summary = bench.sheet(bench.shared, "summary")
    lines = rows(summary.Range("XPG_projects__points").Value2)  # the spare ones say nothing
    counts = [row[0] for row in lines if isinstance(row[0], float)]
    expected = [float(points[n]) for n in range(len(bench.record["projects"]))]
    same(counts, expected, "open points of the projects on the summary")
    good = say("status.good")
    for n, form in enumerate(bench.forms(bench.shared)):
        status = rows(form.Range("XPL_status").Value2)[0][0]
        same(status == good, points[n] == 0, f"whether {form.Name} is as it should be")
    same(summary.Range("XP_STATUS").Value2 == good, not findings, "whether XP_STATUS is good")
    return f"{sum(points.values())} open points, {summary.Range('XP_STATUS').Value2}"


def a_wrong_amount_is_said_at_once_and_taken_back(bench: Bench) -> str:
    form, summary = bench.forms(bench.shared)[0], bench.sheet(bench.shared, "summary")
    amount = form.Range("XPF_fiscal")
    was, before = amount.Value2, _status_and_checks(form)
    same(before[0], say("status.good"), "the status before")
    total = summary.Range("XP_FISCAL").Value2
    try:
        amount.Value2 = was + 1
        after = _status_and_checks(form)
        same(summary.Range("XP_FISCAL").Value2, total + 1, "the total")
    finally:
        amount.Value2 = was
    expect(after[0] != before[0], f"the status stays {before[0]!r}")
    expect(after[1] != before[1], "the check column says nothing")
    same(_status_and_checks(form), before, "status and checks, the amount as it was")
    return str(after[0])


def _status_and_checks(form: Any) -> tuple[Any, Any]:
    """The status of a form, and its column of checks."""
    return rows(form.Range("XPL_status").Value2)[0][0], form.Range("XPL_check").Value2


def dropdowns_and_messages_are_there(bench: Bench) -> str:
    bench.needs("Validation")
    form = bench.forms(bench.shared)[0]
    for key in sorted(LISTS):
        rule = form.Range(f"XPF_indicators__{key}").Cells(1, 1).Validation
        same((rule.Type, bool(rule.InCellDropdown)), (LIST_OF_VALUES, True), f"the list of {key}")
        same(str(rule.Formula1), f"=XPW_offer_{key}", f"the words offered for {key}")
    for key in ("code", "name", "budget", "purpose", "goals"):
        rule = form.Range(f"XPF_{key}").Cells(1, 1).Validation
        expect(rule.ShowInput and rule.InputMessage, f"no message at {key}")
    return f"{len(LISTS)} dropdowns, 5 messages"


def sheets_are_protected_without_a_password(bench: Bench) -> str:
    count = 0
    for com in bench.shared.api.Worksheets:
        if com.Visible != VISIBLE:
            continue
        before = allowed(com.Protection)
        expect(com.ProtectContents, f"{com.Name} is not protected")
        with unlocked(LiveSheet(com)):
            expect(not com.ProtectContents, f"{com.Name} keeps its protection")
        expect(com.ProtectContents, f"{com.Name} has lost its protection")
        same(allowed(com.Protection), before, f"what is allowed on {com.Name}")
        count += 1
    return f"{count} sheets"


def people_may_filter_sort_format_and_insert_rows(bench: Bench) -> None:
    for com in (*bench.forms(bench.shared), bench.sheet(bench.shared, "summary")):
        for name in PERMITTED:
            expect(getattr(com.Protection, name), f"{name} is not allowed on {com.Name}")


def a_label_cannot_be_overwritten_and_a_field_can(bench: Bench) -> None:
    form = bench.forms(bench.shared)[0]
    label, purpose = form.Range("A3"), form.Range("XPF_purpose").Cells(1, 1)
    was = purpose.Value2
    try:
        label.Value2 = "x"
    except errors():
        purpose.Value2 = was
    else:
        raise AssertionError("a label was overwritten on a protected sheet")


def the_charts_are_there(bench: Bench) -> str:
    bench.needs("ChartObjects")
    charts = bench.sheet(bench.shared, "summary").ChartObjects()
    same(int(charts.Count), 3, "charts on the summary")
    for n in range(1, 4):
        series = charts.Item(n).Chart.SeriesCollection()
        expect(series.Count, f"chart {n} shows nothing")
    return "3 charts"


def links_lead_to_cells(bench: Bench) -> str:
    bench.needs("Hyperlinks")
    count = 0
    bench.shared.api.Activate()
    for com in bench.shared.api.Worksheets:
        for link in com.Hyperlinks:
            if target := str(link.SubAddress or ""):
                expect(bench.app.api.Range(target).Count, f"{com.Name}: no {target}")
                count += 1
    expect(count >= len(bench.record["projects"]), f"only {count} links")
    return f"{count} links"


def the_book_prints_to_pdf(bench: Bench) -> str:
    bench.needs("ExportAsFixedFormat")
    path = bench.folder / "print.pdf"
    bench.shared.api.ExportAsFixedFormat(PDF, str(path))
    pages = len(PdfReader(path).pages)
    expect(pages >= 3 + len(bench.record["projects"]), f"only {pages} pages")
    return f"{pages} pages"


def the_open_book_reads_as_the_record(bench: Bench) -> None:
    read = read_book(bench.shared)
    file_reading = read_workbook(bench.master)
    same(read.record == file_reading.record, True, "whether the open book says what the file says")
    same(file_reading.record == bench.record, True, "whether the file says what the record says")


def what_excel_saves_reads_as_the_record(bench: Bench) -> None:
    book = bench.copy()
    path = Path(book.fullname)
    book.save()
    book.close()
    bench.copies.remove(book)
    same(read_workbook(path).record == bench.record, True, "whether the saved file says the same")


CHECKS = (
    excel_answers_and_is_no_other_program,
    the_file_opens_without_repair,
    the_file_opens_outside_protected_view,
    the_sheets_stand_in_order,
    hidden_sheets_are_hidden,
    the_names_give_the_totals_of_the_record,
    no_cell_shows_an_error,
    the_statuses_say_what_the_rules_say,
    a_wrong_amount_is_said_at_once_and_taken_back,
    dropdowns_and_messages_are_there,
    sheets_are_protected_without_a_password,
    people_may_filter_sort_format_and_insert_rows,
    a_label_cannot_be_overwritten_and_a_field_can,
    the_charts_are_there,
    links_lead_to_cells,
    the_book_prints_to_pdf,
    the_open_book_reads_as_the_record,
    what_excel_saves_reads_as_the_record,
)
