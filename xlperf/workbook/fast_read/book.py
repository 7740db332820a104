"""The book's own parts: which sheets there are, where they stand, which names they have."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath, split
from xml.etree.ElementTree import Element

from xlperf.forms.defined_names import boxes_of
from xlperf.layout import Box
from xlperf.workbook.fast_read.xml import UnsupportedError, local, tree
from xlperf.workbook.part_names import CONTENT_TYPES, SPREADSHEETML

_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_MACROS = "application/vnd.ms-excel."
BOOKS = (  # content types of the book's part, in the order in which openpyxl looks for them
    f"{_MACROS}template.macroEnabled.main+xml",
    f"{_OFFICE}template.main+xml",
    f"{_MACROS}sheet.macroEnabled.main+xml",
    f"{_OFFICE}sheet.main+xml",
)
SHARED_STRINGS_TYPE = f"{_OFFICE}sharedStrings+xml"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TRUE_WORDS, FALSE_WORDS = ("1", "true"), ("0", "false")
FORBIDDEN_IN_TITLES = re.compile(r"[\\*?:/\[\]]")  # in titles
# Names that spreadsheet programs keep for themselves (ECMA-376, 18.2.5).
_RESERVED = re.compile(
    r"_xlnm\.(?:Print_Area|Print_Titles|Criteria|_FilterDatabase|Extract|Consolidate_Area"
    r"|Sheet_Title)"
)


@dataclass
class BookSheet:
    """A sheet with cells: its title, its part, its names of ours, and those without cells."""

    title: str
    part: str
    names: dict[str, Box] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BookParts:
    """The sheets that may have cells, in their order; the part of the shared strings, if any."""

    sheets: Sequence[BookSheet]
    strings: str
    is_1904: bool


def book_parts(archive: zipfile.ZipFile) -> BookParts:
    """What the content types, the book and its relations say.

    Raises UnsupportedError where they are not as spreadsheet programs write them, KeyError for a
    part that is not there, ParseError for damage.
    """
    types: dict[str, str] = {}
    for element in tree(archive.read(CONTENT_TYPES)):
        if local(element) == "Override":
            types.setdefault(element.attrib["ContentType"], element.attrib["PartName"][1:])
    part = next((types[kind] for kind in BOOKS if kind in types), None)
    if part is None:
        raise UnsupportedError
    root = tree(archive.read(part))
    if root.tag != f"{{{SPREADSHEETML}}}workbook":
        raise UnsupportedError  # the strict variant, which is refused
    listed = _sheets(root, _relations(archive, part), {*archive.namelist()})
    _put_names(root, listed)
    sheets = [sheet for sheet in listed if sheet is not None]
    return BookParts(sheets, types.get(SHARED_STRINGS_TYPE, ""), _is_1904(root))


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The type and the part of each relation by its id."""
    folder, name = split(part)
    result = {}
    for element in tree(archive.read(join(folder, "_rels", f"{name}.rels"))):
        target = element.attrib["Target"]
        path = target[1:] if target.startswith("/") else normpath(join(dirname(part), target))
        result[element.attrib["Id"]] = (element.attrib["Type"], path)
    return result


def _sheets(
    root: Element, relations: Mapping[str, tuple[str, str]], parts: set[str]
) -> list[BookSheet | None]:
    """The sheets as names number them; None for a sheet that has no cells, such as a chart's."""
    result: list[BookSheet | None] = []
    titles: set[str] = set()
    for element in _children(root, "sheets"):
        number, title = element.get(RELATION), element.attrib["name"]
        if number is None:
            continue  # openpyxl leaves it out, too
        kind, part = relations[number]
        if (
            not title
            or FORBIDDEN_IN_TITLES.search(title)
            or title.lower() in titles
            or part not in parts
        ):
            raise UnsupportedError
        titles.add(title.lower())
        result.append(None if "chartsheet" in kind else BookSheet(title, part))
    return result


def _children(root: Element, name: str) -> Iterator[Element]:
    """What stands in the only element of a name; nothing where there is none."""
    parents = [element for element in root if local(element) == name]
    if len(parents) > 1:
        raise UnsupportedError
    return iter(parents[0] if parents else ())


def _put_names(root: Element, sheets: Sequence[BookSheet | None]) -> None:
    """Give each sheet the names that are its own."""
    texts: list[dict[str, str]] = [{} for _ in sheets]
    for element in _children(root, "definedNames"):
        number, name = element.get("localSheetId"), element.attrib["name"]
        if number is not None and int(number) < len(sheets) and not _RESERVED.match(name):
            texts[int(number)][name] = element.text or ""
    for sheet, name_texts in zip(sheets, texts, strict=True):
        if sheet is not None:
            sheet.names = boxes_of(name_texts)
            sheet.lost = frozenset(name_texts.keys() - sheet.names.keys())


def _is_1904(root: Element) -> bool:
    """Whether days are counted from 1904."""
    value = "0"
    for element in root:
        if local(element) == "workbookPr":
            value = element.get("date1904", "0")
    if value not in TRUE_WORDS + FALSE_WORDS:
        raise UnsupportedError
    return value in TRUE_WORDS
