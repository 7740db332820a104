"""From one marked cell to the next or the one before, in the order of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import xlwings as xw

from xlperf.errors import UserError
from xlperf.layout import Coord
from xlperf.layout.addresses import cell_address
from xlperf.live.book.marks import COMMENT, OriginalLook, find_marked, original_looks
from xlperf.live.com.batch import ExcelRefusalError, cells
from xlperf.live.com.objects import LiveSheet, active_cell, sheet_of
from xlperf.plan import Plan
from xlperf.reading import Place
from xlperf.wording import official, say


def step(book: xw.Book, forward: bool) -> tuple[Plan, list[LiveSheet]]:
    """The next (or previous) marked cell as a plan, and its sheet; after the last comes the first.

    Raises UserError where nothing is marked.
    """
    memory = sheet_of(book, official("sheet.marks"))
    looks = original_looks([memory]) if memory else []
    if not looks:
        raise UserError("live_no_marks")
    title, coord = active_cell(book)
    for sheet, start in _order(book, looks, title, coord, forward):
        places = sorted(at for _, at in find_marked([sheet], looks))
        later = [at for at in places if start is None or _beyond(at, start, forward)]
        if later:
            at = later[0] if forward else later[-1]
            place = Place(sheet.title, cell_address(*at))
            return Plan(show=place, message=_note_at(sheet, at)), [sheet]
    raise UserError("live_no_marks")


def _beyond(at: Coord, start: Coord, forward: bool) -> bool:
    return at > start if forward else at < start


def _order(
    book: xw.Book, looks: Sequence[OriginalLook], title: str, coord: Coord, forward: bool
) -> Iterator[tuple[LiveSheet, Coord | None]]:
    """The sheet in front from where the user is, the others after it, the first one once more."""
    titles = list(dict.fromkeys(look.sheet for look in looks))
    titles = titles if forward else titles[::-1]
    if title in titles:
        at = titles.index(title)
        after = [*titles[at + 1 :], *titles[: at + 1]]
        first: Mapping[str, Coord] = {title: coord}
    else:
        after, first = titles, {}
    for sheet_title, start in (*first.items(), *((item, None) for item in after)):
        if sheet := sheet_of(book, sheet_title):
            yield sheet, start


def _note_at(sheet: LiveSheet, at: Coord) -> str:
    """What a marked cell's note says, below its address."""
    ask = sheet.call("Text", cells(cell_address(*at)), COMMENT)
    (answer,) = sheet.line.answer([ask])
    text = "" if isinstance(answer, ExcelRefusalError) else str(answer)
    return say("live.mark_here", place=f"{sheet.title}!{cell_address(*at)}", note=text)
