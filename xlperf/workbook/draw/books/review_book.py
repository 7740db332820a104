"""The reviewer's worksheet: a line for each project of many departments, grades to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from xlperf.forms.made_sheets.books import REVIEW
from xlperf.layout.addresses import address
from xlperf.reviewing.review import ReviewDraft
from xlperf.reviewing.survey import Survey
from xlperf.storage.files import refuse_misnamed, write_bytes
from xlperf.wording import say
from xlperf.workbook.draw.books.list_sheets import list_sheet, pack_lists
from xlperf.workbook.draw.books.survey_book import add_answers
from xlperf.workbook.draw.cell_styles import dressed_book
from xlperf.workbook.draw.form_sheet import A3, page

GRADES = (1, 2, 3, 4)


def write_review(
    drafts: Sequence[ReviewDraft],
    path: Path,
    notes: Sequence[str] = (),
    answers: Survey | None = None,
) -> None:
    """Write the worksheet, whole or not at all; with the sheets of a survey of the same files."""
    refuse_misnamed(path)
    write_bytes(path, review_file(drafts, notes, answers, path))


def review_file(
    drafts: Sequence[ReviewDraft],
    notes: Sequence[str] = (),
    answers: Survey | None = None,
    target: Path | None = None,
) -> bytes:
    """The workbook of a review; `notes` stand below its hint, `answers` on sheets of their own.

    `target` is where the workbook will be, from which its links lead to the files.
    """
    book, looks = dressed_book()
    sheet = book.create_sheet(say("review.sheet"))
    values = {
        "title": say("review.title"),
        "hint": "\n".join([say("review.hint"), *notes]),
        "rows": [_line(number, draft) for number, draft in enumerate(drafts, 1)],
    }
    sheets = [list_sheet(sheet, looks, REVIEW, values)]
    page(sheet, landscape=True, paper=A3)  # 17 columns
    sheet.freeze_panes = "F4"
    at = sheets[0].at
    choice = DataValidation(type="list", formula1=f'"{",".join(map(grade, GRADES))}"')
    choice.add(address(at["rows/decision"]).replace("$", ""))
    sheet.add_data_validation(choice)
    first = at["rows/number"].row - 1
    sheet.auto_filter.ref = f"A{first}:Q{sheets[0].rows}"
    if answers is not None:
        sheets += add_answers(book, looks, answers, target or Path(), book.index(sheet) + 1)
    return pack_lists(book, looks, sheets)


def grade(number: int) -> str:
    """The word of a grade, from its number 1 to 4."""
    return say(f"review.grade_{number}")


def _line(number: int, draft: ReviewDraft) -> dict[str, Any]:
    return {
        "number": number,
        "department": draft.subject.department,
        "unit": draft.subject.unit,
        "code": draft.subject.code,
        "name": draft.subject.name,
        "budget": draft.subject.budget,
        **draft.counts,
        **{opinion.heading: opinion.text for opinion in draft.opinions},
        "proposal": grade(draft.grade),
        "reason": draft.reason,
    }
