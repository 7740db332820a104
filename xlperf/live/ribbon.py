"""What the ribbon's buttons call: one function without arguments for each action.

Each asks Excel for the book, keeps Excel still while the action works, and says one sentence at
the end. An error is a sentence too, with its trace in a log.
"""

from __future__ import annotations

from collections.abc import Callable

import xlwings as xw

from xlperf import wording
from xlperf.errors import Refusal
from xlperf.live import actions, excel, guards, journal
from xlperf.plan import Plan
from xlperf.wording import say

TITLE = "xlperf"
ACTIONS = (
    *("validate_sheet", "validate_workbook", "next_finding", "previous_finding", "clear_marks"),
    *("fix_safe", "refresh_summary", "add_project", "rollup_folder", "publish_word"),
    *("export_record", "import_document", "about"),
)


def validate_sheet() -> None:
    """Validate the sheet in front."""
    _click(actions.validate_sheet)


def validate_workbook() -> None:
    """Validate the whole workbook."""
    _click(actions.validate_workbook)


def next_finding() -> None:
    """Go to the next finding."""
    _click(actions.next_finding)


def previous_finding() -> None:
    """Go to the finding before."""
    _click(actions.previous_finding)


def clear_marks() -> None:
    """Take all marks away."""
    _click(actions.clear_marks)


def fix_safe() -> None:
    """Apply the safe fixes."""
    _click(actions.fix_safe)


def refresh_summary() -> None:
    """Make the summary anew."""
    _click(actions.refresh_summary)


def add_project() -> None:
    """Add an empty project form."""
    _click(actions.add_project)


def rollup_folder() -> None:
    """Roll up the workbooks of a folder."""
    _click(actions.rollup_folder)


def publish_word() -> None:
    """Write the official document."""
    _click(actions.publish_word)


def export_record() -> None:
    """Write the record."""
    _click(actions.export_record)


def import_document() -> None:
    """Make a workbook of a published document."""
    _click(actions.import_document)


def about() -> None:
    """Say which versions are at work."""
    _click(actions.about)


def _click(action: Callable[[xw.Book], Plan]) -> None:
    """One click, from asking Excel for the book to the sentence at the end."""
    wording.use(wording.users_language())
    excel.tame()
    book: xw.Book | None = None
    try:
        book = guards.caller()
        guards.excel_answers(book)
        plan = _still(action, book)
    except Refusal as refusal:
        _say(book, say(f"error.{refusal.key}", **refusal.facts), mode="critical")
    except Exception as error:
        log = journal.note(action.__name__)
        why = type(error).__name__
        _say(book, say("live.failed", why=why, log=log), mode="critical")
    else:
        if plan.message:
            _say(book, plan.message, mode="info")


def _still(action: Callable[[xw.Book], Plan], book: xw.Book) -> Plan:
    """Do an action while Excel neither draws nor calculates; all is as before afterwards."""
    app = book.app
    with app.properties(screen_updating=False, enable_events=False, calculation="manual"):
        return action(book)


def _say(book: xw.Book | None, sentence: str, mode: str) -> None:
    """A message box, Excel's own where a book has answered."""
    if book is None:
        excel.message(sentence, TITLE)
    else:
        book.app.alert(sentence, TITLE, mode=mode)
