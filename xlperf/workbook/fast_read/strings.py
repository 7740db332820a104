"""The strings that a workbook's cells share: plain texts, rich ones without their phonetics."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from xlperf.workbook.fast_read.xml import local, tree
from xlperf.workbook.part_names import SPREADSHEETML


def strings_of(xml: bytes) -> list[str]:
    """The shared strings in their order, from the XML of their part.

    Raises UnsupportedError as `checked` does, ParseError for damage.
    """
    items = tree(xml).iter(f"{{{SPREADSHEETML}}}si")
    return [text_of(item).replace("x005F_", "") for item in items]  # as openpyxl takes them


def text_of(item: Element) -> str:
    """The text of a string: its own, then that of its runs; readings (`rPh`) are left out."""
    plain, runs = "", []
    for part in item:
        if local(part) == "t":
            plain = part.text or ""
        elif local(part) == "r":
            texts = [inner.text or "" for inner in part if local(inner) == "t"]
            runs += texts[-1:]
    return plain + "".join(runs)
