"""Text boxes and pictures, which openpyxl does not take along: what they say, and how many."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl import Workbook

from xlperf.storage.office_zips import has_macros
from xlperf.workbook.grids import sheets_of
from xlperf.workbook.package.open_safely import refusing
from xlperf.workbook.repair.damage import Damage

SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
SHARED_STRINGS_PART = "xl/sharedStrings.xml"
RUNS = b"</rPr>"  # closes the look of a part of a text
DRAWINGML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def left_behind(path: Path, book: Workbook) -> Iterator[Damage]:
    """What is in the file and not in the book: text boxes with their texts, pictures, macros.

    And of how many texts single words have a look of their own, which the book has not.
    """
    pictures = rich = 0
    if has_macros(path):
        yield Damage("macros")
    with refusing(path), zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("xl/drawings/drawing") and name.endswith(".xml"):
                root = fromstring(archive.read(name))
                pictures += sum(1 for _ in root.iter(f"{SHEET_DRAWING}pic"))
                for shape in root.iter(f"{SHEET_DRAWING}sp"):
                    if text := text_of(shape):
                        yield Damage("drawn_text", "", "", text)
            elif name == SHARED_STRINGS_PART or name.startswith("xl/worksheets/sheet"):
                rich += archive.read(name).count(RUNS)
    if rich:
        yield Damage("rich_text", "", "", str(rich))
    loaded = sum(len(getattr(sheet, "_images", ())) for sheet in sheets_of(book))
    if pictures > loaded:
        yield Damage("picture", "", "", str(pictures - loaded))


def text_of(shape: Element) -> str:
    """The words of a text box, a line a paragraph."""
    lines = (
        "".join(t.text or "" for t in p.iter(f"{DRAWINGML}t")) for p in shape.iter(f"{DRAWINGML}p")
    )
    return "\n".join(lines).strip()
