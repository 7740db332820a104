"""The `.xlam` file as a value: `write` makes the file of an `Addin`, `read` the `Addin` of a file.

Settings, words and moved literals are texts in cells; the installer changes a setting by reading,
replacing and writing, and never touches code. XlsxWriter makes the workbook; the zip is stored,
with one date for every part, so that the bytes depend on nothing but the content.
"""

from __future__ import annotations

import datetime
import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from xlperf.addin.source_faults import DamagedFileError
from xlperf.addin.xlam.xml_lines import Element, parse
from xlperf.storage import deterministic_zips

ADDIN_TITLE = "xlperf"
SETTINGS, WORDS_SHEET, LITERALS = "xlperf.conf", "xlperf.words", "xlperf.text"
CODE_NAMES = {SETTINGS: "SheetConf", WORDS_SHEET: "SheetWords", LITERALS: "SheetText"}
WORKBOOK_MODULE = "ThisWorkbook"
RIBBON_PART, VBA, BOOK, TYPES_PART, ROOT_RELATIONSHIPS = (
    "customUI/customUI14.xml", "xl/vbaProject.bin", "xl/workbook.xml",
    "[Content_Types].xml", "_rels/.rels",
)  # fmt: skip
ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
CREATION_DATE = datetime.datetime(2000, 1, 1)
MOST_ADDIN_BYTES, MOST_SETTINGS_CELLS = 50 * 2**20, 100_000

SheetRow = tuple[str, ...]


@dataclass(frozen=True)
class Addin:
    """Everything the file holds that is ours."""

    vba: bytes
    ribbon: bytes
    settings: Mapping[str, str]
    words: Sequence[SheetRow]  # key, Chinese, English
    literals: Sequence[str]


def write(addin: Addin) -> bytes:
    """The bytes of the `.xlam`: XlsxWriter's workbook with the add-in's type and the ribbon."""
    parts = _workbook(addin)
    types = parts[TYPES_PART].decode()
    if types.count(MACRO_TYPE) != 1:
        raise AssertionError("XlsxWriter names the workbook's type in another way")
    parts[TYPES_PART] = types.replace(MACRO_TYPE, ADDIN_TYPE).encode()
    relation = f'<Relationship Id="rIdRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/>'
    end = "</Relationships>"
    parts[ROOT_RELATIONSHIPS] = (
        parts[ROOT_RELATIONSHIPS].decode().replace(end, relation + end).encode()
    )
    parts[RIBBON_PART] = addin.ribbon
    return pack(parts)


def _workbook(addin: Addin) -> dict[str, bytes]:
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"title": ADDIN_TITLE, "created": CREATION_DATE})
    book.add_vba_project(io.BytesIO(addin.vba), is_stream=True)
    book.set_vba_name(WORKBOOK_MODULE)
    sheets: dict[str, Sequence[SheetRow]] = {
        SETTINGS: list(addin.settings.items()),
        WORDS_SHEET: addin.words,
        LITERALS: [(text,) for text in addin.literals],
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.set_vba_name(CODE_NAMES[name])
        if name != SETTINGS:  # one sheet has to be visible; an add-in shows none
            sheet.very_hidden()
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)
    book.close()
    with zipfile.ZipFile(memory) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts, the same bytes for the same parts."""
    names = sorted(parts, key=lambda name: (name not in (TYPES_PART, ROOT_RELATIONSHIPS), name))
    ordered = {name: parts[name] for name in names}
    return deterministic_zips.pack(
        ordered, compression=zipfile.ZIP_STORED, system=deterministic_zips.DOS
    )


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name; DamagedFileError for no zip, a password, too much content."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_ADDIN_BYTES:
                raise DamagedFileError("a package too large to be an add-in")
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise DamagedFileError(f"not a package: {error}") from None
    except RuntimeError:
        raise DamagedFileError("a package with a password") from None


def read(data: bytes) -> Addin:
    """The add-in in a file's bytes; DamagedFileError where a part or a sheet of ours is missing."""
    parts = unpack(data)
    sheets = sheet_parts(parts)
    missing = [name for name in (VBA, RIBBON_PART) if name not in parts]
    missing += [name for name in CODE_NAMES if name not in sheets]
    if missing:
        raise DamagedFileError(f"no {missing[0]}")
    rows = {name: list(cells(parts, sheets[name])) for name in CODE_NAMES}
    settings = {row[0]: row[1] if len(row) > 1 else "" for row in rows[SETTINGS] if row}
    literals = [row[0] if row else "" for row in rows[LITERALS]]
    return Addin(parts[VBA], parts[RIBBON_PART], settings, rows[WORDS_SHEET], literals)


def related(parts: Mapping[str, bytes], source: str) -> dict[str, tuple[str, str]]:
    """The relations of a part ("" for the package) inside the package: id -> (type, part)."""
    folder, base = posixpath.split(source)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    result = {}
    for item in parse(parts[name]).children if name in parts else ():
        attributes = item.attributes
        if attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            inside = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            result[attributes.get("Id", "")] = (
                attributes.get("Type", ""),
                posixpath.normpath(inside),
            )
    return result


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    if BOOK not in parts:
        raise DamagedFileError("no workbook in the package")
    relations = related(parts, BOOK)
    result = {}
    for sheet in parse(parts[BOOK]).elements_named("sheet"):
        number = next((value for key, value in sheet.attributes.items() if key.endswith("}id")), "")
        if number in relations:
            result[sheet.attributes.get("name", "")] = relations[number][1]
    return result


def cells(parts: Mapping[str, bytes], sheet: str) -> Iterator[SheetRow]:
    """The texts of a sheet's cells, row by row; `sheet` is its part."""
    if sheet not in parts:
        raise DamagedFileError(f"no {sheet}")
    shared = _shared(parts)
    count = 0
    for row in parse(parts[sheet]).elements_named("row"):
        texts = [_text(cell, shared) for cell in row.elements_named("c")]
        count += len(texts)
        if count > MOST_SETTINGS_CELLS:
            raise DamagedFileError("a sheet too large to be an add-in's")
        yield tuple(texts)


def _shared(parts: Mapping[str, bytes]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    items = parse(parts["xl/sharedStrings.xml"]).elements_named("si")
    return ["".join(text.text for text in item.elements_named("t")) for item in items]


def _text(cell: Element, shared: Sequence[str]) -> str:
    value = "".join(item.text for item in cell.elements_named("v"))
    if cell.attributes.get("t") != "s":
        return value or "".join(item.text for item in cell.elements_named("t"))
    if not value.isdecimal() or int(value) >= len(shared):
        raise DamagedFileError("a cell with a text that is not there")
    return shared[int(value)]
