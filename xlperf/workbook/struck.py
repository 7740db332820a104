"""Texts of a workbook that are struck out in part, which openpyxl gives as if they were not."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from defusedxml.ElementTree import fromstring

from xlperf.layout import Struck

SHARED = "xl/sharedStrings.xml"
LINE = re.compile(rb"<(?:\w+:)?strike\b")


def struck_texts(path: Path) -> dict[str, Struck]:
    """By the whole text of a string of the file, what is left of it, and what is struck out."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(SHARED) if SHARED in archive.namelist() else b""
    if not LINE.search(xml):
        return {}
    found = {}
    for item in fromstring(xml):
        runs = [(run, _text(run)) for run in item if _name(run) == "r"]
        gone = "".join(text for run, text in runs if _is_struck(run))
        if gone:
            kept = "".join(text for run, text in runs if not _is_struck(run))
            found["".join(text for _, text in runs)] = Struck(kept, gone)
    return found


def _name(element: object) -> str:
    return str(getattr(element, "tag", "")).rpartition("}")[2]


def _text(run: object) -> str:
    parts = (each for each in run if _name(each) == "t")  # type: ignore[attr-defined]
    return "".join(each.text or "" for each in parts)


def _is_struck(run: object) -> bool:
    marks = (each for each in run.iter() if _name(each) == "strike")  # type: ignore[attr-defined]
    return any(each.get("val", "1") not in ("0", "false") for each in marks)
