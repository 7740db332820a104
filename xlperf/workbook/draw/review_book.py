"""The reviewer's worksheet: a line for each project of many departments, grades to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from xlperf.forms.books import REVIEW
from xlperf.layout import anchors, fill
from xlperf.layout.addresses import address
from xlperf.review import Draft
from xlperf.wording import say
from xlperf.workbook.draw.cell_styles import dressed_book
from xlperf.workbook.draw.form_sheet import draw, page, write_values
from xlperf.workbook.package.saving import save

GRADES = (1, 2, 3, 4)


def write_review(drafts: Sequence[Draft], path: Path, notes: Sequence[str] = ()) -> None:
    """Write the worksheet, whole or not at all."""
    save(review_book(drafts, notes), path)


def review_book(drafts: Sequence[Draft], notes: Sequence[str] = ()) -> Workbook:
    """The workbook of a review; `notes` stand below its hint."""
    book, looks = dressed_book()
    sheet = book.create_sheet(say("review.sheet"))
    filled = fill(
        REVIEW,
        {
            "title": say("review.title"),
            "hint": "\n".join([say("review.hint"), *notes]),
            "rows": [_line(number, draft) for number, draft in enumerate(drafts, 1)],
        },
    )
    draw(sheet, filled.layout, looks)
    write_values(sheet, filled)
    page(sheet, landscape=True)
    sheet.freeze_panes = "F4"
    at = anchors(filled.layout)
    choice = DataValidation(type="list", formula1=f'"{",".join(map(grade, GRADES))}"')
    choice.add(address(at["rows/decision"]).replace("$", ""))
    sheet.add_data_validation(choice)
    first = at["rows/number"].row - 1
    sheet.auto_filter.ref = f"A{first}:Q{filled.layout.rows}"
    looks.done(book)
    return book


def grade(number: int) -> str:
    """The word of a grade."""
    return say(f"review.grade_{number}")


def _line(number: int, draft: Draft) -> dict[str, Any]:
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
