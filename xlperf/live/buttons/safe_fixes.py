"""Safe fixes for a live book: what would change, asked before anything does, and kept on a sheet.

Excel cannot undo what a program writes, so nothing is written unasked and the list stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlwings as xw

from xlperf.forms.sheet_reading.changed_cells import changed_cells
from xlperf.jobs.fix_repair import fix_rounds
from xlperf.layout import Box
from xlperf.layout.addresses import box_of, letters, to_box
from xlperf.live.book.findings_sheet import last_visible
from xlperf.live.buttons.validation import ValidatedBook
from xlperf.live.com.batch import USED_RANGE, Batched, cells, checked, run_one
from xlperf.live.com.objects import LiveSheet, add_sheet
from xlperf.live.com.writing import raise_refusals, write_block
from xlperf.plan import Plan
from xlperf.reading import Place
from xlperf.wording import official, say

HEADS = ("when", "sheet", "cell", "before", "after")  # under live.change
FIXES_WIDTHS = (20, 26, 8, 50, 50)
MOST_SHOWN = 12  # changes in the question; all are on the sheet
LONGEST_EXCERPT = 40  # characters of a text in the question
LINE_BREAK_SIGN = "\u23ce"


@dataclass(frozen=True)
class CellEdit:
    """A cell whose text changes."""

    place: Place
    before: str
    after: str


@dataclass(frozen=True)
class SafeFixes:
    """What the safe fixes change, and how many other changes are not made."""

    plan: Plan
    changes: tuple[CellEdit, ...]
    held: int


def safe_fixes(judged: ValidatedBook) -> SafeFixes:
    """The texts that safe fixes would write, as a plan not yet applied, with each change listed."""
    reading, chosen = judged.reading, judged.chosen
    fixed = fix_rounds.fix(reading, chosen.rules(), chosen=chosen.profile)
    texts = changed_cells(reading.where, reading.record, fixed.record)
    then = changed_cells(reading.where, fixed.record, reading.record)
    changes = tuple(
        CellEdit(Place(title, cell), then[title][cell], after)
        for title, here in texts.items()
        for cell, after in sorted(here.items(), key=lambda pair: to_box(pair[0]).at)
    )
    facts = {"count": len(changes), "held": len(fixed.held), "sheet": official("sheet.changes")}
    plan = Plan(
        texts=texts, show=Place(official("sheet.changes")), message=say("live.mended", **facts)
    )
    return SafeFixes(plan, changes, len(fixed.held))


def question(fixes: SafeFixes) -> str:
    """The question put to the user: the first `MOST_SHOWN` changes, and how many more there are."""
    lines = [_line(change) for change in fixes.changes[:MOST_SHOWN]]
    if more := len(fixes.changes) - len(lines):
        lines.append(say("live.more_changes", count=more))
    facts = {"count": len(fixes.changes), "sheet": official("sheet.changes")}
    return say("live.may_mend", lines="\n".join(lines), **facts)


def _line(change: CellEdit) -> str:
    before, after = map(_short, (change.before, change.after))
    return say("live.change.line", place=change.place, before=before, after=after)


def _short(text: str) -> str:
    line = text.replace("\n", LINE_BREAK_SIGN)
    return line if len(line) <= LONGEST_EXCERPT else line[: LONGEST_EXCERPT - 1] + "\u2026"


def keep_list(book: xw.Book, sheets: Sequence[LiveSheet], changes: Sequence[CellEdit]) -> LiveSheet:
    """Add changes to the list on its sheet, which is made where there is none."""
    title = official("sheet.changes")
    sheet = next((sheet for sheet in sheets if sheet.title == title), None)
    now = datetime.now().isoformat(" ", timespec="seconds")
    lines = list(_rows(now, changes))
    if sheet is None:
        sheet = add_sheet(book, last_visible(sheets), title)
        widths = enumerate(FIXES_WIDTHS, 1)
        columns = [(wide, f"{letters(at)}:{letters(at)}") for at, wide in widths]
        run_one(
            raise_refusals([sheet.put("ColumnWidth", wide, cells(text)) for wide, text in columns])
        )
        lines.insert(0, tuple(say(f"live.change.{head}") for head in HEADS))
        top = 1
    else:
        top = run_one(_below(sheet))
    write_block(sheet, Box(top, 1, len(HEADS), len(lines)), lines)
    return sheet


def _rows(now: str, changes: Sequence[CellEdit]) -> Iterator[tuple[str, ...]]:
    for change in changes:
        yield now, change.place.sheet, change.place.cell, change.before, change.after


def _below(sheet: LiveSheet) -> Batched[int]:
    """The first row below everything on a sheet."""
    (address,) = yield [sheet.get("Address", USED_RANGE)]
    box = box_of(str(checked(address))) or Box(1, 1)
    return box.row + box.height
