"""Other texts in single cells of a workbook, in a copy; all the rest byte for byte as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from xlperf.forms.sheet_reading.changed_cells import CellTexts
from xlperf.layout.addresses import to_box
from xlperf.storage.files import refuse_misnamed, write_whole
from xlperf.storage.office_zips import has_macros
from xlperf.workbook.package.archive import XmlNode, opened
from xlperf.workbook.package.sheet_xml.sheet_part import SheetPart
from xlperf.workbook.package.sheet_xml.xml_escapes import RISKY
from xlperf.workbook.package.styles_part import StylesPart, save_styles, styles_of
from xlperf.workbook.package.workbook_part import WorkbookPart


def amend(source: Path, target: Path, cells: CellTexts, check: Callable[[Path], None]) -> None:
    """Write a copy with other texts in some cells, whole or not at all.

    `check` gets the copy's path before it is in place, and may refuse it by raising. Raises
    UserError (`damaged`) where the source cannot be read.
    """
    refuse_misnamed(target, macros=has_macros(source))

    def write(path: Path) -> None:
        with opened(source) as package:
            if cells:
                book, styles = WorkbookPart(package), styles_of(package)
                parts = {entry.title: entry.part for entry in book.sheets()}
                for title, texts in cells.items():
                    with package.changing(parts[title]) as root:
                        put_texts(root, texts, styles)
                book.calculate_when_opened()
                book.save()
                save_styles(package, styles)
            package.write(path)
        check(path)

    write_whole(target, write)


def put_texts(root: XmlNode, texts: Mapping[str, str], styles: StylesPart) -> None:
    """Write texts into cells of a sheet, by address; a formula only loses what it last gave.

    A text stays a text whatever it begins with. The cells that a merged one covers hold its word,
    too (see `merged_cell_values`), and get the new one.
    """
    sheet = SheetPart(root)
    for address, text in texts.items():
        at = to_box(address).at
        first = sheet.cell_or_new(at)
        if sheet.formula(first) is not None:
            sheet.drop_result(first)
            continue
        for coord in sheet.merged_from(at).coords():
            cell = sheet.cell(coord)
            is_covered_word = cell is not None and coord != at and len(cell)
            if cell is first or (is_covered_word and sheet.formula(cell) is None):
                put_text(sheet, cell, text, styles)


def put_text(sheet: SheetPart, cell: XmlNode, text: str, styles: StylesPart) -> None:
    """Let a cell hold a text, which stays one when somebody edits the cell."""
    sheet.put_text(cell, text)
    if text.startswith(RISKY):
        cell.set("s", str(styles.quoted(int(cell.get("s", 0)))))
