"""What is ours on sheets that are made, where the names that tell it are lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.generated import GUIDE, summary_of
from xlperf.forms.naming import AID, MADE_FIELD, field_name
from xlperf.formulas.summary_lines import ASIDE, LISTED
from xlperf.layout import Box
from xlperf.layout.addresses import box_of, cell_address
from xlperf.workbook.names import define_name
from xlperf.workbook.repair.damage import Damage


def put_back_areas(book: Workbook, made: Mapping[str, str], edition: str) -> Iterator[Damage]:
    """Name what is ours on guide and summary again: nobody is to take it for people's words."""
    for key, title in made.items():
        sheet = book[title]
        assert isinstance(sheet, Worksheet)
        for name, box in areas_of(key, sheet, edition).items():
            defined = sheet.defined_names.get(name)
            if defined is None or box_of(str(defined.attr_text or "")) is None:
                define_name(sheet, name, box)
                yield Damage("own_name", title, cell_address(*box.at), name)


def areas_of(key: str, sheet: Worksheet, edition: str) -> dict[str, Box]:
    """The areas of a made sheet, where they stand if nobody has moved them, by their names."""
    rows = sheet.max_row
    if key == "guide":
        return {AID + "area": Box(1, 1, len(GUIDE.widths), rows)}
    if key != "summary":
        return {}
    width = len(summary_of(edition).widths)
    left = width + ASIDE
    listed = [row for row, col in sheet._cells if col == left and sheet.cell(row, col).value]
    top, bottom = min(listed, default=1), max(listed, default=1)
    return {
        AID + "area": Box(1, 1, width, rows),
        AID + "listed": Box(top, left, len(LISTED), bottom - top + 1),
        field_name("projects/number", MADE_FIELD): Box(top, 1, 1, bottom - top + 1),
    }
