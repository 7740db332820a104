"""Other texts in single cells of a workbook, in a copy; all the rest byte for byte as it was.

The parts of the file are not read and written anew, which would lose what openpyxl does not know
(pictures, what formulas last gave, settings of other programs): each cell's piece of XML is cut
out and replaced.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from xml.parsers import expat

from xlperf.errors import UserError
from xlperf.files import refuse_misnamed, write_whole
from xlperf.forms.changed_cells import Cells
from xlperf.office_zips import has_macros, main_part
from xlperf.workbook.package.xml_escapes import RISKY, encode

STYLES = "xl/styles.xml"
# A start tag to its ">": attribute values may hold that sign. Bytes: all else is copied as it is.
START_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def amend(source: Path, target: Path, cells: Cells, check: Callable[[Path], None]) -> None:
    """Write a copy with other texts in some cells, whole or not at all.

    `check` gets the copy's path before it is in place; it may refuse the copy by raising, and
    change it. Raises UserError (`damaged`) where the source cannot be read.
    """
    refuse_misnamed(target, macros=has_macros(source))
    try:
        with zipfile.ZipFile(source) as archive:
            last = {info.filename: info for info in archive.infolist()}  # of two, as readers do
            parts = [(info, archive.read(info)) for info in last.values()]
            book = main_part(archive)
        changed = _changed({info.filename: data for info, data in parts}, cells, book)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, EOFError, OSError):
        raise UserError("damaged", file=source) from None

    def write(path: Path) -> None:
        if changed:
            with zipfile.ZipFile(path, "w") as archive:
                for info, data in parts:
                    archive.writestr(info, changed.get(info.filename, data))
        else:
            path.write_bytes(source.read_bytes())
        check(path)

    write_whole(target, write)


def _changed(parts: Mapping[str, bytes], cells: Cells, book: str) -> dict[str, bytes]:
    """The parts that change: sheets, styles for texts that look like formulas, recalculation."""
    folder, _, name = book.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    names = sheets_in(parts[book], parts[relations])
    styles = _Styles(parts[STYLES])
    changed = {names[title]: _sheet(parts[names[title]], at, styles) for title, at in cells.items()}
    return {**changed, STYLES: styles.xml, book: _recalculated(parts[book])} if changed else {}


@dataclass(frozen=True, slots=True)
class Element:
    """An XML element: its name with prefix, its attributes, its bytes `xml[start:end]`."""

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int

    @property
    def prefix(self) -> str:
        """The prefix of its name with the colon, "" if there is none."""
        return self.name[: -len(_local(self.name))]


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def elements(xml: bytes, name: str, inside: str = "") -> Iterator[Element]:
    """Elements of a local name, in their order; with `inside`, only those in such a parent."""
    opened: list[tuple[str, Mapping[str, str], int]] = []
    matches: list[Element] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        opened.append((tag, attributes, parser.CurrentByteIndex))

    def end(tag: str) -> None:
        _, attributes, first = opened.pop()
        parent = _local(opened[-1][0]) if opened else ""
        if _local(tag) == name and inside in ("", parent):
            opening = START_TAG.match(xml, first)
            empty = opening is not None and opening[0].endswith(b"/>")
            last = opening.end() if opening and empty else xml.index(b">", parser.CurrentByteIndex)
            matches.append(Element(tag, attributes, first, last + (not empty)))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(xml, True)
    return iter(sorted(matches, key=lambda element: element.start))


def spliced(xml: bytes, pieces: Iterable[tuple[int, int, bytes]]) -> bytes:
    """XML with some of its bytes replaced; `pieces`: start, end, replacement; none overlap."""
    result: list[bytes] = []
    last = 0
    for start, end, piece in sorted(pieces):
        result += (xml[last:start], piece)
        last = end
    return b"".join((*result, xml[last:]))


def sheets_in(book: bytes, relations: bytes) -> dict[str, str]:
    """The part of each sheet by its title."""
    targets = {
        element.attributes["Id"]: normpath(join("/xl", element.attributes["Target"])).lstrip("/")
        for element in elements(relations, "Relationship")
    }
    result = {}
    for element in elements(book, "sheet", "sheets"):
        number = next(value for key, value in element.attributes.items() if key.endswith(":id"))
        result[element.attributes["name"]] = targets[number]
    return result


def _sheet(xml: bytes, texts: Mapping[str, str], styles: _Styles) -> bytes:
    """A sheet with other texts in some cells."""
    cells = (element for element in elements(xml, "c") if element.attributes.get("r") in texts)
    return spliced(
        xml,
        (
            (cell.start, cell.end, without_value(xml[cell.start : cell.end]))
            if FORMULA.search(xml, cell.start, cell.end)
            else (cell.start, cell.end, _cell(cell, texts[cell.attributes["r"]], styles))
            for cell in cells
        ),
    )


def without_value(cell: bytes) -> bytes:
    """A formula without what it last gave: it follows by itself, but not in every program."""
    return re.sub(rb"<((?:\w+:)?v)\b[^>]*?(?:/>|>.*?</\1\s*>)", b"", cell, flags=re.DOTALL)


def _cell(cell: Element, text: str, styles: _Styles) -> bytes:
    """A cell with a text, which stays a text whatever it begins with."""
    style = cell.attributes.get("s", "0")
    if text.startswith(RISKY):
        style = styles.quoted(int(style))
    at, p = cell.attributes["r"], cell.prefix
    inside = f'<{p}is><{p}t xml:space="preserve">{html.escape(encode(text))}</{p}t></{p}is>'
    return f'<{p}c r="{at}" s="{style}" t="inlineStr">{inside}</{p}c>'.encode()


class _Styles:
    """The part with the cell styles, which grows by those that a text like =100% needs."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml

    def quoted(self, number: int) -> str:
        """The style that is like another, but keeps a text a text when somebody edits it."""
        formats = [self.xml[e.start : e.end] for e in elements(self.xml, "xf", "cellXfs")]
        wanted = _with_attribute(formats[number], b"quotePrefix", b"1")
        if wanted not in formats:
            self._append(wanted, len(formats) + 1)
            formats.append(wanted)
        return str(formats.index(wanted))

    def _append(self, style: bytes, count: int) -> None:
        (table,) = elements(self.xml, "cellXfs")
        end = self.xml.rindex(b"</", table.start, table.end)
        counted = _with_attribute(self.xml[table.start : end], b"count", str(count).encode())
        self.xml = spliced(self.xml, [(table.start, end, counted + style)])


def _with_attribute(xml: bytes, name: bytes, value: bytes) -> bytes:
    """An element whose first tag has an attribute of this value."""
    opening = START_TAG.match(xml)
    assert opening is not None
    attribute = re.compile(rb"\s+" + name + rb"""\s*=\s*["']([^"']*)["']""")
    if (match := attribute.search(opening[0])) and match[1] == value:
        return xml
    tag = attribute.sub(b"", opening[0])
    tag = re.sub(rb"^<[^\s/>]+", lambda begun: begun[0] + b' %b="%b"' % (name, value), tag)
    return tag + xml[opening.end() :]


def _recalculated(book: bytes) -> bytes:
    """The workbook told to calculate when it is opened: its formulas may show the old texts."""
    for element in elements(book, "calcPr"):
        replacement = _with_attribute(book[element.start : element.end], b"fullCalcOnLoad", b"1")
        return spliced(book, [(element.start, element.end, replacement)])
    for element in elements(book, "definedNames"):
        replacement = f'<{element.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
        return spliced(book, [(element.end, element.end, replacement)])
    return book
