"""What openpyxl leaves out of a copy, put back from the source: parts of the file as they were.

Pictures, shapes and charts come back as the source has them, with everything that belongs to
them; so do the results of formulas, texts of several fonts, and macros in a file that may hold
them. They stand in a folder of their own, where no other part has their names.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple

from xlperf import zip_files
from xlperf.office_zips import MACROS, main_part
from xlperf.workbook.package.amending import FORMULA, Element, elements, sheets_in, spliced

KEPT = "xl/kept/"
TYPES = "[Content_Types].xml"
MACRO_TYPE = "application/vnd.ms-office.vbaProject"
MACRO_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
PLAIN_BOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_BOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = f"{OFFICE}/drawing"
BEHIND = ("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
          "webPublishItems", "tableParts", "extLst")  # fmt: skip
EMPTY_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)
# A formula's value as any program may have written it, and none as openpyxl writes it (`<v />`).
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>(.*?)</", re.DOTALL)
_NO_VALUE = re.compile(rb"<v\s*/>|<v></v>")

Parts = dict[str, bytes]


class _Book(NamedTuple):
    """The parts of a workbook's file, and the part of each sheet by its title."""

    parts: Parts
    sheets: Mapping[str, str]


def graft(source: Path, copy: bytes, without: Collection[str], *, macros: bool) -> bytes:
    """The bytes of a copy with what the source has besides; macros where they are asked for.

    `without` are the titles of sheets that were made anew for the copy.
    """
    with zipfile.ZipFile(source) as archive:
        old = _opened(archive)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        new = _opened(archive)
    strings = _rich_strings(old.parts.get("xl/sharedStrings.xml", b""))
    for title, part in old.sheets.items():
        if title in new.sheets and title not in without:
            at = new.sheets[title]
            cells = dict(_kept_cells(old.parts[part], strings))
            new.parts[at] = spliced(new.parts[at], _put_back(new.parts[at], cells))
            _draw(old, part, new, at)
    if macros:
        _add_macros(old, new)
    return zip_files.pack(new.parts)


def _opened(archive: zipfile.ZipFile) -> _Book:
    parts = {name: archive.read(name) for name in archive.namelist()}
    main = main_part(archive)
    return _Book(parts, sheets_in(parts[main], parts[relations_of(main)]))


def relations_of(part: str) -> str:
    """The part with the relations of a part."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _rich_strings(shared: bytes) -> dict[str, bytes]:
    """The strings of several fonts, or with a phonetic guide, by their numbers."""
    result = {}
    for number, element in enumerate(elements(shared, "si") if shared else ()):
        inside = shared[element.start : element.end]
        if not element.prefix and b"<r>" in inside:
            result[str(number)] = inside[inside.index(b">") + 1 : inside.rindex(b"</")]
    return result


def _kept_cells(xml: bytes, strings: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """By address what the cells of a sheet have: `<v>` with its type, or `<is>` of fonts."""
    for element in elements(xml, "c"):
        cell, kind = xml[element.start : element.end], element.attributes.get("t", "")
        value = _VALUE.search(cell)
        if FORMULA.search(cell):
            if value and value[1]:
                yield (
                    element.attributes.get("r", ""),
                    b't="%b"|<v>%b</v>' % (kind.encode(), value[1]),
                )
        elif kind == "s" and value and value[1].decode() in strings:
            yield element.attributes.get("r", ""), b"<is>%b</is>" % strings[value[1].decode()]
        elif kind == "inlineStr" and not element.prefix and b"<r>" in cell:
            yield element.attributes.get("r", ""), cell[cell.index(b"<is>") : cell.rindex(b"</c>")]


def _put_back(xml: bytes, cells: Mapping[str, bytes]) -> Iterator[tuple[int, int, bytes]]:
    """The pieces of a copy's sheet that change."""
    for element in elements(xml, "c"):
        piece = cells.get(element.attributes.get("r", ""))
        cell = xml[element.start : element.end]
        if piece is None:
            continue
        if piece.startswith(b"<is>"):
            if element.attributes.get("t") in ("s", "inlineStr"):
                yield element.start, element.end, _open_tag(element, "inlineStr") + piece + b"</c>"
        elif FORMULA.search(cell) and not _VALUE.search(_NO_VALUE.sub(b"", cell)):
            kind, _, value = piece.partition(b"|")
            inside = _NO_VALUE.sub(b"", cell).replace(b"</c>", value + b"</c>")
            tag = _open_tag(element, kind[3:-1].decode())
            yield element.start, element.end, tag + inside[inside.index(b">") + 1 :]


def _open_tag(cell: Element, kind: str) -> bytes:
    attributes = {**cell.attributes, "t": kind} if kind else dict(cell.attributes)
    if not kind:
        attributes.pop("t", None)
    return (
        "<c " + " ".join(f'{key}="{html.escape(v)}"' for key, v in attributes.items()) + ">"
    ).encode()


def _targets(book: _Book, part: str) -> Iterator[tuple[Element, str]]:
    """The relations of a part within the file, and the parts that they lead to."""
    relations = book.parts.get(relations_of(part), b"")
    for item in elements(relations, "Relationship") if relations else ():
        if item.attributes.get("TargetMode") != "External":
            at = normpath(join("/" + dirname(part), item.attributes["Target"])).lstrip("/")
            if at in book.parts:
                yield item, at


def _drawing_of(book: _Book, sheet: str) -> tuple[str, str]:
    """The relation and the part of a sheet's drawing; "" for none."""
    pairs = _targets(book, sheet)
    drawings = ((e.attributes["Id"], at) for e, at in pairs if e.attributes["Type"] == DRAWING)
    return next(drawings, ("", ""))


def _belonging(book: _Book, part: str) -> set[str]:
    """A part with everything that it leads to, and their relations."""
    parts, open_ones = set[str](), [part]
    while open_ones:
        at = open_ones.pop()
        if at not in parts:
            parts.add(at)
            open_ones += [target for _, target in _targets(book, at)]
    return parts | {rels for at in parts if (rels := relations_of(at)) in book.parts}


def _draw(old: _Book, sheet: str, new: _Book, at: str) -> None:
    """A sheet's drawing as the source has it, in place of what openpyxl made of it."""
    _, drawing = _drawing_of(old, sheet)
    if not drawing:
        return
    number, new_drawing = _drawing_of(new, at)
    for name in _belonging(new, new_drawing) if new_drawing else ():
        new.parts.pop(name, None)
    moved = {name: KEPT + name.removeprefix("xl/") for name in sorted(_belonging(old, drawing))}
    for name, to in moved.items():
        data = old.parts[name]
        new.parts[to] = data.replace(b'"/xl/', b'"/xl/kept/') if name.endswith(".rels") else data
    _type(old, new, moved)
    _relate(new, relations_of(at), DRAWING, "/" + moved[drawing], number or "rIdKept")
    if not number:
        new.parts[at] = _with_drawing(new.parts[at])


def _with_drawing(xml: bytes) -> bytes:
    behind = [element.start for name in BEHIND for element in elements(xml, name, "worksheet")]
    at = min(behind, default=xml.rindex(b"</"))
    piece = f'<drawing xmlns:r="{OFFICE}" r:id="rIdKept"/>'.encode()
    return spliced(xml, [(at, at, piece)])


def _relate(book: _Book, part: str, kind: str, target: str, number: str) -> None:
    """Let a part lead to another; a relation of this number is replaced."""
    xml = book.parts.get(part, EMPTY_RELATIONS)
    for element in elements(xml, "Relationship"):
        if element.attributes["Id"] == number:
            xml = spliced(xml, [(element.start, element.end, b"")])
            break
    end = xml.rindex(b"</")
    piece = f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>'.encode()
    book.parts[part] = spliced(xml, [(end, end, piece)])


def _type(old: _Book, new: _Book, moved: Mapping[str, str]) -> None:
    """The content types of parts that came from the source, and no others' that are gone."""
    types = old.parts[TYPES]
    overrides = {e.attributes["PartName"].lstrip("/"): e for e in elements(types, "Override")}
    defaults = {
        e.attributes["Extension"].lower(): e.attributes["ContentType"]
        for e in elements(types, "Default")
    }
    for name, to in moved.items():
        ending = name.rpartition(".")[2].lower()
        kind = (
            overrides[name].attributes["ContentType"] if name in overrides else defaults.get(ending)
        )
        if kind and ending != "rels":
            add_type(new.parts, to, kind)
    removals = [
        (e.start, e.end, b"")
        for e in elements(new.parts[TYPES], "Override")
        if e.attributes["PartName"].lstrip("/") not in new.parts
    ]
    new.parts[TYPES] = spliced(new.parts[TYPES], removals)


def add_type(parts: Parts, name: str, kind: str) -> None:
    """State the content type of a part in `[Content_Types].xml`, changing `parts`."""
    end = parts[TYPES].rindex(b"</")
    piece = f'<Override PartName="/{name}" ContentType="{kind}"/>'.encode()
    parts[TYPES] = spliced(parts[TYPES], [(end, end, piece)])


def _add_macros(old: _Book, new: _Book) -> None:
    new.parts[MACROS] = old.parts[MACROS]
    add_type(new.parts, MACROS, MACRO_TYPE)
    new.parts[TYPES] = new.parts[TYPES].replace(PLAIN_BOOK, MACRO_BOOK)
    _relate(new, "xl/_rels/workbook.xml.rels", MACRO_RELATION, "/" + MACROS, "rIdMacros")
