"""A mended workbook written by parts: the sheets that were damaged are put in, all else is copied.

What openpyxl does not take along (pictures, text boxes, macros, the look of single words) stays
where it is, and a sheet that was sound stays byte for byte. Where damage is not of single sheets of
forms, or the sheets drawn anew stand otherwise, the whole workbook is written (`saving.pack_book`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from xlperf.forms.defined_names import MARK_PREFIX
from xlperf.layout import Box
from xlperf.storage.office_zips import has_macros
from xlperf.workbook.fast_read.changed_results import renew_changed
from xlperf.workbook.grids import sheet_of
from xlperf.workbook.names import named_boxes
from xlperf.workbook.package.archive import Package, XmlNode, opened, relative
from xlperf.workbook.package.calculated import calculated
from xlperf.workbook.package.excerpt import Destination, transplant
from xlperf.workbook.package.renewed_results import put_results
from xlperf.workbook.package.sheet_xml.merged_cell_values import covered
from xlperf.workbook.package.styles_part import save_styles, styles_of
from xlperf.workbook.package.workbook_part import WorkbookPart
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.diagnosis import Diagnosis
from xlperf.workbook.repair.rebuild import RepairedBook

OF_THE_BOOK = frozenset(
    {"retitled", "unlisted", "uncounted", "guide_behind", "outdated"}
)  # of several sheets at once


def damaged_sheets(examined: Diagnosis) -> list[str]:
    """The sheets to be put in, in their order; none where the whole workbook has to be written."""
    damages = examined.damages
    of_book = any(damage.kind in OF_THE_BOOK for damage in damages)
    damaged_titles = {damage.sheet for damage in damages if not damage.is_note} - {*examined.stages}
    if of_book or has_macros(examined.path) or not damaged_titles <= examined.located.forms.keys():
        return []
    with opened(examined.path) as package:
        parts = {entry.title: entry.part for entry in WorkbookPart(package).sheets()}
        if not damaged_titles <= parts.keys() or any(
            _is_drawn_on(package, parts[t]) for t in damaged_titles
        ):
            return []
        return [title for title in parts if title in damaged_titles]


def stands_as_before(examined: Diagnosis, mended: RepairedBook) -> bool:
    """Whether all sheets drawn anew have the places of the old ones, so that some can be put in."""
    with opened(examined.path) as package:
        titles = [entry.title for entry in WorkbookPart(package).sheets()]
    return (
        mended.book.sheetnames == titles
        and not mended.replaced
        and all(
            _places(named_boxes(pair.old)) == _places(named_boxes(pair.new))
            for pair in mended.carried
        )
    )


def _places(boxes: dict[str, Box]) -> dict[str, Box]:
    """Where formulas of other sheets find things: all names of ours but those of marks."""
    return {name: box for name, box in boxes.items() if not name.startswith(MARK_PREFIX)}


def _is_drawn_on(package: Package, part: str) -> bool:
    """Whether a sheet has pictures, charts or text boxes."""
    return any(item.kind == "drawing" for item in package.relations(part))


def write_parts(mended: RepairedBook, source: Path, target: Path, titles: Sequence[str]) -> None:
    """Write a copy of the source with some sheets as they were drawn anew."""
    with covered(mended.book):
        results = calculated(mended.book, mended.earlier_result, titles)
    with opened(source) as package:
        book, styles = WorkbookPart(package), styles_of(package)
        positions = {title: book.position(title) for title in titles}
        active = [book.remove(title) for title in reversed(titles)]
        with _only(mended.book, titles) as drawn_book:
            transplant(drawn_book, Destination(package, book, styles), positions)
        for entry in book.sheets():
            if entry.title in titles:
                with package.changing(entry.part) as root:
                    put_results(root, results.of(entry.title))
        if any(active):
            active_titles = [
                title for title, was in zip(reversed(titles), active, strict=True) if was
            ]
            _open_on(package, book, active_titles[0])
        book.calculate_when_opened()
        book.save()
        save_styles(package, styles)
        package.write(target)
    renew_changed(target, titles)


def rich_texts(source: Path, titles: Sequence[str]) -> Iterator[Damage]:
    """How many texts of some sheets have words with a look of their own, which is not kept."""
    with opened(source) as package:
        book = WorkbookPart(package)
        table = package.relation(package.main, "sharedStrings")
        strings = list(package.tree(table.target)) if table else []
        rich = {
            str(number)
            for number, item in enumerate(strings)
            if item.find(relative(item, "r")) is not None
        }
        parts = [entry.part for entry in book.sheets() if entry.title in titles]
        count = sum(_rich(package.tree(part), rich) for part in parts)
    if count:
        yield Damage("rich_text", "", "", str(count))


def _rich(root: XmlNode, rich: set[str]) -> int:
    shared = (
        cell.findtext(relative(root, "v")) in rich
        for cell in root.iter(relative(root, "c"))
        if cell.get("t") == "s"
    )
    inline = root.iter(relative(root, "is"))
    return sum(shared) + sum(item.find(relative(item, "r")) is not None for item in inline)


def _open_on(package: Package, book: WorkbookPart, title: str) -> None:
    """Let a sheet that was put in be the one in front, as it was."""
    book.show(title)
    part = next(entry.part for entry in book.sheets() if entry.title == title)
    with package.changing(part) as root:
        for view in root.iter(relative(root, "sheetView")):
            view.set("tabSelected", "1")


@contextmanager
def _only(book: Workbook, titles: Sequence[str]) -> Iterator[Workbook]:
    """The book with nothing but some of its sheets, for as long as they are written."""
    inside: Any = book
    sheets, active = inside._sheets, inside._active_sheet_index
    inside._sheets, inside._active_sheet_index = [sheet_of(book, t) for t in titles], 0
    try:
        yield book
    finally:
        inside._sheets, inside._active_sheet_index = sheets, active
