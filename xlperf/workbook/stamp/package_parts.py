"""The parts that list the sheets of a workbook, for as many sheets as are stamped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlperf.workbook.package.sheet_xml.sheet_template import attribute, holes_in, titled
from xlperf.workbook.part_names import CONTENT_TYPES, SHEETS_FOLDER

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_NAME = re.compile(r'<definedName [^>]*?localSheetId="(?P<sheet>\d+)"[^>]*>[^<]*</definedName>')
_SHEET = re.compile(r'<sheet [^>]*?name="(?P<title>[^"]*)"[^>]*/>')
_PART = re.compile(r"xl/worksheets/(?P<relations>_rels/)?sheet(?P<number>\d+)\.xml(?:\.rels)?")
_RELATION = re.compile(r"<Relationship [^>]*/>")
_ID = re.compile(r'(?<=Id="rId)\d+(?=")')
_SHEET_NUMBERS = re.compile(r'(?<=sheetId=")\d+(?=")|(?<=r:id="rId)\d+(?=")')
PRINT_TITLES = "_xlnm.Print_Titles"  # the name of the rows that are printed on every page
SHEET_POSITION_MARK = "\0"  # for a sheet's position, in a text of which there will be many
_TYPE = re.compile(r'<Override PartName="/xl/worksheets/sheet\d+\.xml"[^>]*/>')


class ShapeSheets(NamedTuple):
    """Where the drawn sheets of shapes stand, and what stands there instead.

    `first`: the position of the first shape's sheet, from 0; `shapes`: how many there are;
    `sheets`: the shape and the title of each sheet that is stamped; `is_repeating`: whether the
    first rows of their forms are printed on every page.
    """

    first: int
    shapes: int
    sheets: Sequence[tuple[int, str]]
    is_repeating: bool = True

    def position(self, drawn_number: int) -> int:
        """The position of a sheet that is no shape's among all sheets, from 0."""
        return (
            drawn_number
            if drawn_number < self.first
            else drawn_number - self.shapes + len(self.sheets)
        )

    def shape(self, drawn_number: int) -> int:
        """Which shape a drawn sheet is, from 0; -1 for another sheet."""
        number = drawn_number - self.first
        return number if 0 <= number < self.shapes else -1

    def part(self, name: str) -> str:
        """The name of a part once all sheets are there; "" for that of a shape's sheet."""
        match = _PART.fullmatch(name)
        if not match:
            return name
        drawn_number = int(match["number"]) - 1
        number = f"sheet{self.position(drawn_number) + 1}.xml"
        return "" if self.shape(drawn_number) >= 0 else re.sub(r"sheet\d+\.xml", number, name)

    def sheet_part(self, place: int) -> str:
        """The name of the part of a stamped sheet, by its place among these, from 0."""
        return f"{SHEETS_FOLDER}sheet{self.first + place + 1}.xml"


def listing_parts(parts: Mapping[str, bytes], stamped: ShapeSheets) -> dict[str, bytes]:
    """The book with its names, its relations and the types of the parts, for all sheets."""
    book = parts[BOOK].decode()
    sheets = [match["title"] for match in _SHEET.finditer(book)]
    count = len(sheets) - stamped.shapes + len(stamped.sheets)
    return {
        BOOK: _names(_sheets(book, stamped), stamped).encode(),
        RELATIONS: _relations(parts[RELATIONS].decode(), len(sheets), count).encode(),
        CONTENT_TYPES: _types(parts[CONTENT_TYPES].decode(), count).encode(),
    }


def _sheets(book: str, stamped: ShapeSheets) -> str:
    """The list of sheets, numbered in their order."""
    listed = list(_SHEET.finditer(book))
    items: list[str] = []
    for drawn_number, match in enumerate(listed):
        shape = stamped.shape(drawn_number)
        titles = [title for _, title in stamped.sheets] if shape == 0 else []
        names = [attribute(title) for title in titles]
        for name in [match["title"]] if shape < 0 else names:
            number = len(items) + 1
            element = _SHEET_NUMBERS.sub(str(number), match[0])
            items.append(element.replace(f'name="{match["title"]}"', f'name="{name}"'))
    return book[: listed[0].start()] + "".join(items) + book[listed[-1].end() :]


def _names(book: str, stamped: ShapeSheets) -> str:
    """The names of cells, those of each shape's sheet for every sheet of the shape."""
    texts: list[list[str]] = [[] for _ in range(stamped.shapes)]
    pieces: list[str] = []
    end = at = 0
    for match in _NAME.finditer(book):
        pieces.append(book[end : match.start()])
        end = match.end()
        shape = stamped.shape(int(match["sheet"]))
        if not stamped.is_repeating and PRINT_TITLES in match[0]:
            continue
        if shape < 0:
            pieces.append(_local(match, stamped.position(int(match["sheet"]))))
            continue
        if not any(texts):
            at = len(pieces)
            pieces.append("")
        texts[shape].append(_local(match, SHEET_POSITION_MARK))
    if stamped.shapes:
        templates = [holes_in("".join(names)) for names in texts]
        pieces[at] = "".join(
            templates[shape]
            .fill(titled(title))
            .replace(SHEET_POSITION_MARK, str(stamped.first + place))
            for place, (shape, title) in enumerate(stamped.sheets)
        )
    return "".join((*pieces, book[end:]))


def _local(match: re.Match[str], position: int | str) -> str:
    return match[0].replace(f'localSheetId="{match["sheet"]}"', f'localSheetId="{position}"')


def _relations(xml: str, drawn_count: int, count: int) -> str:
    """The relations of the book: of its sheets, in their order, then of everything else."""
    items = [match[0] for match in _RELATION.finditer(xml)]
    sheet, others = items[0], items[drawn_count:]
    listed = [
        _ID.sub(str(number), re.sub(r"sheet1\.xml", f"sheet{number}.xml", sheet))
        for number in range(1, count + 1)
    ]
    moved = (_ID.sub(lambda old: str(int(old[0]) - drawn_count + count), item) for item in others)
    start = xml.index(sheet)
    return xml[:start] + "".join((*listed, *moved, "</Relationships>"))


def _types(xml: str, count: int) -> str:
    """The types of the parts; of sheets there are so many."""
    items = list(_TYPE.finditer(xml))
    listed = "".join(
        re.sub(r"sheet\d+\.xml", f"sheet{number}.xml", items[0][0])
        for number in range(1, count + 1)
    )
    rest = _TYPE.sub("", xml[items[0].start() :])
    return xml[: items[0].start()] + listed + rest
