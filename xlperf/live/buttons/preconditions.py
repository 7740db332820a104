"""What must hold before an action begins, said in one sentence where it does not."""

from __future__ import annotations

import sys

import xlwings as xw

from xlperf.errors import UserError

OTHER_PROGRAMS = ("wps", "kingsoft", "et.exe")  # programs that answer in Excel's place


def excel_answers(book: xw.Book) -> None:
    """Refuse a program that only pretends to be Excel: xlwings does not work with it."""
    app = book.app.api
    answering = f"{app.Name} {app.Path}".lower()
    if any(other in answering for other in OTHER_PROGRAMS):
        raise UserError("live_wps")


def saved(book: xw.Book) -> None:
    """Refuse a book that has never been saved: it has no folder, and no settings apply."""
    if not book.api.Path:
        raise UserError("live_unsaved")


def caller() -> xw.Book:
    """The book whose button was clicked, as xlwings passes it on Python's command line.

    Raises UserError for a file name with "=", on which xlwings would split its argument.
    """
    for argument in sys.argv:
        if argument.startswith("--wb=") and argument.count("=") > 1:
            raise UserError("live_equals", file=argument.partition("=")[2])
    return xw.Book.caller()
