"""What the ribbon's buttons call: `click`, with the action's name.

A click asks Excel for the book, keeps Excel still while the action works, and says one sentence at
the end. An error is a sentence too, with its trace in a log.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import xlwings as xw

from xlperf import wording
from xlperf.errors import UserError
from xlperf.live import actions
from xlperf.live.buttons import about, preconditions
from xlperf.live.com import dialogs, objects
from xlperf.live.host.requests import HostGoneError
from xlperf.plan import Plan
from xlperf.wording import say

ACTIONS = (
    *("validate_sheet", "validate_workbook", "next_finding", "previous_finding", "clear_marks"),
    *("fix_safe", "refresh_summary", "add_project", "rollup_folder", "publish_word"),
    *("export_record", "import_document", "compare_file", "begin_monitoring", "begin_evaluation"),
    "about",
)


def click(name: str) -> None:
    """One click on the button of an action, from asking Excel for the book to the last sentence."""
    wording.use(wording.users_language())
    objects.limit_attempts()
    perform(name, _calling_book)


def perform(name: str, book_of: Callable[[], Any]) -> None:
    """Do the action of a button with the book that `book_of` gives, and say how it went.

    The book is xlwings', or one in another host (`host.objects`). Nothing is raised
    but HostGoneError.
    """
    book: Any = None
    try:
        book = book_of()
        action = _action(name)
        plan = _still(action, book)
    except HostGoneError:  # there is nobody to tell
        raise
    except UserError as refusal:
        _say(book, say(f"error.{refusal.key}", **refusal.facts), mode="critical")
    except Exception as error:
        log = about.note(name)
        why = type(error).__name__
        _say(book, say("live.failed", why=why, log=log or about.place()), mode="critical")
    else:
        if plan.message:
            _say(book, plan.message, mode="info")


def _calling_book() -> xw.Book:
    """The book whose button was clicked in Excel."""
    book = preconditions.caller()
    preconditions.excel_answers(book)
    return book


def _action(name: str) -> Callable[[xw.Book], Plan]:
    """The action of a button. Nothing else can be called by a name."""
    if name not in ACTIONS:
        raise UserError("live_no_action", name=name)
    action: Callable[[xw.Book], Plan] = getattr(actions, name)
    return action


def _still(action: Callable[[xw.Book], Plan], book: xw.Book) -> Plan:
    """Do an action while Excel neither draws nor calculates; all is as before afterwards."""
    app = book.app
    with app.properties(screen_updating=False, enable_events=False, calculation="manual"):
        return action(book)


def _say(book: xw.Book | None, sentence: str, mode: str) -> None:
    """A message box, Excel's own where a book has answered."""
    if book is None:
        dialogs.message(sentence)
    else:
        book.app.alert(sentence, dialogs.DIALOG_TITLE, mode=mode)
