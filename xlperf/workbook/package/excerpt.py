"""Some sheets of a file as a workbook of their own, and sheets of such a workbook put into a file.

What draws sheets works on openpyxl's workbooks; a large file need not be one for that.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]
from openpyxl import Workbook

from xlperf.layout.addresses import quoted
from xlperf.storage import deterministic_zips
from xlperf.workbook.package.archive import (
    Package,
    XmlNode,
    opened_bytes,
    relations_part,
    relative,
)
from xlperf.workbook.package.open_safely import open_parts
from xlperf.workbook.package.saving import unshared_book
from xlperf.workbook.package.styles_part import StylesPart, styles_of
from xlperf.workbook.package.workbook_part import SHEET_TYPE, SheetEntry, WorkbookPart

LEFT_OUT = ("definedNames", "externalReferences", "pivotCaches", "customWorkbookViews", "extLst")
OF_ALL = ("styles", "theme")  # what sheets need of the workbook
# a cell whose text is in the table of all sheets
SHARED_TEXT_CELL = re.compile(rb"""\bt\s*=\s*["']s["']""")
SHEET_NAME = "xl/worksheets/sheet{}.xml"
NO_STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


def excerpt(package: Package, book: WorkbookPart, titles: Collection[str]) -> bytes:
    """A file with some of the sheets, in their order, with their names, styles and notes."""
    parts = ["[Content_Types].xml", relations_part(""), relations_part(package.main)]
    entries = [entry for entry in book.sheets() if entry.title in titles]
    for entry in entries:
        parts += sorted(_belonging(package, entry.part))
    data = {name: package.read(name) for name in dict.fromkeys(parts)}
    shares = any(SHARED_TEXT_CELL.search(data[entry.part]) for entry in entries)
    for item in package.relations(package.main):
        if item.kind in OF_ALL:
            data[item.target] = package.read(item.target)
        elif item.kind == "sharedStrings":
            data[item.target] = package.read(item.target) if shares else NO_STRINGS
    root = _book_of(book, titles)
    return deterministic_zips.pack(
        {**data, package.main: etree.tostring(root)}, compression=zipfile.ZIP_STORED
    )


def _belonging(package: Package, part: str) -> set[str]:
    """A part with everything that it leads to, and their relations."""
    parts, open_ones = set[str](), [part]
    while open_ones:
        if (name := open_ones.pop()) not in parts and name in package:
            parts.add(name)
            open_ones += [item.target for item in package.relations(name) if not item.is_external]
    return parts | {name for part in parts if (name := relations_part(part)) in package}


def _book_of(book: WorkbookPart, titles: Collection[str]) -> XmlNode:
    """The workbook's part with only some sheets and the names that belong to them."""
    root = etree.Element(book.root.tag, nsmap=book.root.nsmap)
    became: dict[str, str] = {}
    names = []
    for child in book.root:
        kind = etree.QName(child).localname
        if kind == "sheets":
            sheets = etree.SubElement(root, child.tag)
            for position, item in enumerate(child):
                if item.get("name") in titles:
                    became[str(position)] = str(len(sheets))
                    sheets.append(deepcopy(item))
            names = etree.SubElement(root, relative(root, "definedNames"))
        elif kind == "definedNames":
            for item in child:
                if item.get("localSheetId") in became:
                    names.append(deepcopy(item))
                    names[-1].set("localSheetId", became[item.get("localSheetId")])
        elif kind not in LEFT_OUT and kind != "bookViews":
            root.append(deepcopy(child))
    return root


def opened_excerpt(package: Package, book: WorkbookPart, titles: Collection[str]) -> Workbook:
    """Some sheets of a file as openpyxl's workbook, with the styles of the file."""
    return open_parts(io.BytesIO(excerpt(package, book, titles)), package.path)


class Destination(NamedTuple):
    """A file into which sheets are put."""

    package: Package
    book: WorkbookPart
    styles: StylesPart


class Likeness(NamedTuple):
    """A sheet that is not drawn: the title of the one that it is made of, and how of its XML."""

    of: str
    make_xml: Callable[[str], str]


NONE_ALIKE: Mapping[str, Likeness] = MappingProxyType({})


def transplant(
    drawn_book: Workbook,
    to: Destination,
    positions: Mapping[str, int],
    further: Callable[[Package, Mapping[str, str]], None] = lambda source, parts: None,
    alike: Mapping[str, Likeness] = NONE_ALIKE,
) -> None:
    """Put sheets of openpyxl's workbook into a file: by title the position before which they go.

    `alike`: by title those that are made of drawn ones, which stand before them. `further` is given
    the workbook as a file, with its sheets' parts by title.
    """
    with opened_bytes(unshared_book(drawn_book), to.package.path) as source:
        listed = WorkbookPart(source)
        names = listed.names_by_sheet()
        entries = {entry.title: (n, entry) for n, entry in enumerate(listed.sheets())}
        theirs = styles_of(source)
        parts: dict[str, str] = {}
        for title in positions:
            if title in alike:
                parts[title] = _alike(alike[title], parts[alike[title].of], to.package)
            else:
                parts[title] = _carried(source, entries[title][1].part, to, theirs)
        models = {title: alike[title].of if title in alike else title for title in positions}
        is_visible = {title: entries[model][1].is_visible for title, model in models.items()}
        to.book.insert({at: SheetEntry(t, parts[t], is_visible[t]) for t, at in positions.items()})
        for title, model in models.items():
            before, now = f"{quoted(model)}!", f"{quoted(title)}!"
            for name, text in names.get(entries[model][0], {}).items():
                hidden = {"hidden": "1"} if name == "_xlnm._FilterDatabase" else {}
                moved = text.replace(before, now)
                to.book.set_name(name, moved, positions[title], **hidden)
        further(source, {title: entry.part for title, (_, entry) in entries.items()})


def _carried(source: Package, part: str, to: Destination, theirs: StylesPart) -> str:
    """A sheet's part with what belongs to it, in the other file; its name there."""
    name = to.package.free_name(SHEET_NAME)
    root = restyled(source, part, to, theirs)
    for view in root.iter(relative(root, "sheetView")):
        view.set("tabSelected", "0")
    to.package.put(name, root, SHEET_TYPE)
    _carry_relations(source, part, to.package, name)
    return name


def _alike(likeness: Likeness, model: str, package: Package) -> str:
    """A sheet's part made of another one's, which leads to nothing; its name."""
    name = package.free_name(SHEET_NAME)
    package.put(
        name, likeness.make_xml(package.read(model).decode("utf-8")).encode("utf-8"), SHEET_TYPE
    )
    return name


def restyled(source: Package, part: str, to: Destination, theirs: StylesPart) -> XmlNode:
    """A sheet's XML with the numbers that its styles have in the other file."""
    root = source.tree(part)
    for item in root.iter(*(relative(root, tag) for tag in ("c", "col", "row"))):
        key = "style" if item.tag == relative(root, "col") else "s"
        if item.get(key) is not None:
            item.set(key, str(to.styles.adopt(theirs, int(item.get(key)))))
        if key == "s" and not len(item) and item.get("t") == "n":  # openpyxl's, of a blank cell
            del item.attrib["t"]
    looks = theirs.table("dxfs")
    for rule in root.iter(relative(root, "cfRule")):
        if rule.get("dxfId") is not None:
            look = deepcopy(looks[int(rule.get("dxfId"))])
            rule.set("dxfId", str(to.styles.number("dxfs", look)))
    return root


def _carry_relations(source: Package, part: str, package: Package, name: str) -> None:
    """What a part leads to, under names that are free, with the numbers that the part says."""
    if relations_part(part) not in source:
        return
    relations = source.tree(relations_part(part))
    targets = {item.number: item for item in source.relations(part)}
    for item in relations:
        target = targets[item.get("Id")]
        if target.is_external:
            continue
        item.set("Target", f"/{copied_part(source, target.target, package)}")
    package.put(relations_part(name), relations)


def copied_part(source: Package, part: str, package: Package) -> str:
    """A part with what it leads to (a drawing to its charts), in another file; its name there."""
    folder, _, last = part.rpartition("/")
    stem, _, ending = last.rpartition(".")
    name = package.free_name(f"{folder}/{stem.rstrip('0123456789')}{{}}.{ending}")
    package.put(name, source.read(part), source.type_of(part))
    _carry_relations(source, part, package, name)
    return name
