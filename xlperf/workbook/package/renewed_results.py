"""New results of formulas in the file of a workbook; all the rest byte for byte as it was."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from xlperf.layout import Coord
from xlperf.layout.addresses import cell_address
from xlperf.office_zips import main_part
from xlperf.workbook.package.amending import (
    FORMULA,
    START_TAG,
    Element,
    elements,
    sheets_in,
    spliced,
    without_value,
)
from xlperf.workbook.package.calculated import Kept, calculated
from xlperf.workbook.package.covered_words import covered
from xlperf.workbook.package.grafting import relations_of
from xlperf.workbook.package.xml_escapes import result

_TYPE = re.compile(rb"""\s+t\s*=\s*(?:"[^"]*"|'[^']*')""")
_END = re.compile(rb"<(?:\w+:)?f\b[^>]*?/>|</(?:\w+:)?f\s*>")


def renew_results(path: Path, book: Workbook, kept: Kept) -> None:
    """Give the formulas of ours in a file what they give now; those of people's keep theirs.

    `book` is the file opened; `kept` is what its formulas had, by title and cell.
    """
    with covered(book):
        results = calculated(book, kept).ours
    with zipfile.ZipFile(path) as archive:
        parts = [(info, archive.read(info)) for info in archive.infolist()]
        main = main_part(archive)
    by_name = {info.filename: data for info, data in parts}
    for title, part in sheets_in(by_name[main], by_name[relations_of(main)]).items():
        if results.get(title):
            by_name[part] = with_results(by_name[part], results[title])
    with zipfile.ZipFile(path, "w") as archive:
        for info, _ in parts:
            archive.writestr(info, by_name[info.filename])


def with_results(xml: bytes, results: Mapping[Coord, Any]) -> bytes:
    """A sheet's XML in which some formulas have other results."""
    return spliced(xml, _pieces(xml, {cell_address(*at): v for at, v in results.items()}))


def _pieces(xml: bytes, results: Mapping[str, Any]) -> Iterator[tuple[int, int, bytes]]:
    for cell in elements(xml, "c"):
        if (value := results.get(cell.attributes.get("r", ""))) is None:
            continue
        old = xml[cell.start : cell.end]
        if FORMULA.search(old) and (new := _cell(old, cell, value)) != old:
            yield cell.start, cell.end, new


def _cell(old: bytes, cell: Element, value: Any) -> bytes:
    """A cell with a formula and another result."""
    kind, content = result(value)
    opening = START_TAG.match(old)
    assert opening is not None
    bare = without_value(old[opening.end() :])
    end = _END.search(bare)
    assert end is not None
    tag = _TYPE.sub(b"", opening[0])
    typed = tag[:-1] + f' t="{kind}">'.encode() if kind else tag
    prefixed = content.replace("<v>", f"<{cell.prefix}v>").replace("</v>", f"</{cell.prefix}v>")
    return typed + bare[: end.end()] + prefixed.encode() + bare[end.end() :]
