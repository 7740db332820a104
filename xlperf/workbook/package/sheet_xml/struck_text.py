"""Texts of a workbook that are struck out in part, which openpyxl gives as if they were not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from xlperf.layout import Grid, StruckText
from xlperf.workbook.part_names import SHEETS_FOLDER

PARTS_WITH_TEXT = "xl/sharedStrings.xml"
STRING_TAGS = ("si", "is")
STRIKE_TAG = re.compile(rb"<(?:\w+:)?strike\b")


def struck_texts(path: Path) -> dict[str, StruckText]:
    """Strings that are struck out in part: whole text → what is left and what is struck out."""
    result = {}
    for item in _strings(path):
        runs = [(run, _text(run)) for run in item if _name(run) == "r"]
        struck = "".join(text for run, text in runs if _is_struck(run))
        if struck:
            remaining = "".join(text for run, text in runs if not _is_struck(run))
            result["".join(text for _, text in runs)] = StruckText(remaining, struck)
    return result


def with_struck(grid: Grid, struck: Mapping[str, StruckText]) -> Grid:
    """A grid with a `StruckText` for each text that `struck_texts` has."""
    if not struck:
        return grid
    values = {
        at: struck.get(value, value) if type(value) is str else value
        for at, value in grid.values.items()
    }
    return Grid(values, grid.spans)


def has_line(xml: bytes) -> bool:
    """Whether a part has a line through texts, or says of some that they have none."""
    return b"strike" in xml and STRIKE_TAG.search(xml) is not None


def _strings(path: Path) -> Iterator[Element]:
    """The strings of the file, shared ones and those in cells, of parts with a line through."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name == PARTS_WITH_TEXT or name.startswith(SHEETS_FOLDER):
                xml = archive.read(name)
                if has_line(xml):
                    yield from (
                        item for item in fromstring(xml).iter() if _name(item) in STRING_TAGS
                    )


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(run: Element) -> str:
    parts = (item for item in run if _name(item) == "t")
    return "".join(part.text or "" for part in parts)


def _is_struck(run: Element) -> bool:
    marks = (item for item in run.iter() if _name(item) == "strike")
    return any(mark.get("val", "1") not in ("0", "false") for mark in marks)
