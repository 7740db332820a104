"""Rows and links put into the XML of a sheet that was written without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from xlperf.characters.xml_signs import FORBIDDEN_IN_XML
from xlperf.workbook.part_names import OFFICE_RELATIONSHIPS

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
HYPERLINK = f"{OFFICE_RELATIONSHIPS}/hyperlink"
_ROW = re.compile(r'<row r="(\d+)"')
_DATA = re.compile(r"<sheetData ?/>|</sheetData>")
_DIMENSION = re.compile(r'(?<=<dimension ref=")[^"]*')
_BEHIND_LINKS = re.compile(
    r"<(?:printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|drawing"
    r"|legacyDrawing|tableParts|extLst)\b|</worksheet>"
)  # what may follow a sheet's links, in the order of the schema
_NOT_A_PREFIX = 'xmlns:r="'


class CellLink(NamedTuple):
    """Where a cell leads to: a place in the same workbook, or in the file at an address."""

    location: str
    target: str = ""
    tip: str = ""


def row_xml(number: int, height: float, cells: str) -> str:
    """A row of a given height in points."""
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{cells}</row>'


def with_rows(xml: str, first: int, rows: Iterable[str]) -> str:
    """A sheet with rows put in, of which the first has this number; none of them is there yet."""
    later = (match for match in _ROW.finditer(xml) if int(match[1]) > first)
    match = next(later, None) or _DATA.search(xml)
    assert match is not None
    before, after = xml[: match.start()], xml[match.start() :]
    if match[0].endswith("/>"):
        before, after = f"{before}<sheetData>", f"</sheetData>{xml[match.end() :]}"
    return "".join((before, *rows, after))


def with_dimension(xml: str, area: str) -> str:
    """A sheet that says which area its cells take, such as `A1:L186`."""
    return _DIMENSION.sub(area, xml, count=1)


def with_links(xml: str, links: Sequence[tuple[str, CellLink]]) -> str:
    """A sheet with links in cells (by address); those to other files are numbered as `relations`.

    The sheet has no links yet.
    """
    if not links:
        return xml
    items = []
    for number, (cell, link) in enumerate(links):
        to = f' r:id="{_id(number)}"' if link.target else ""
        tip = f' tooltip="{_attribute(link.tip)}"' if link.tip else ""
        place = f' location="{_attribute(link.location)}"' if link.location else ""
        items.append(f'<hyperlink ref="{cell}"{to}{place}{tip}/>')
    behind = _BEHIND_LINKS.search(xml, xml.index("sheetData"))
    assert behind is not None
    head, at = xml.index("<worksheet") + len("<worksheet"), behind.start()
    namespace = (
        "" if _NOT_A_PREFIX in xml[: xml.index(">", head)] else f' xmlns:r="{OFFICE_RELATIONSHIPS}"'
    )
    listed = f"<hyperlinks>{''.join(items)}</hyperlinks>"
    return f"{xml[:head]}{namespace}{xml[head:at]}{listed}{xml[at:]}"


def relations(xml: str, links: Sequence[tuple[str, CellLink]]) -> str:
    """The relations of a sheet ("" for none) with those of its links to other files."""
    start = xml or f'<Relationships xmlns="{RELATIONS}"></Relationships>'
    items = (
        f'<Relationship Type="{HYPERLINK}" Target="{_attribute(link.target)}"'
        f' TargetMode="External" Id="{_id(number)}"/>'
        for number, (_, link) in enumerate(links)
        if link.target
    )
    return start.replace("</Relationships>", f"{''.join(items)}</Relationships>")


def _attribute(text: str) -> str:
    """A text between quotation marks, without signs that XML cannot hold."""
    return escape(FORBIDDEN_IN_XML.sub("", text)).replace("\n", "&#10;")


def _id(number: int) -> str:
    return f"rIdLink{number + 1}"
