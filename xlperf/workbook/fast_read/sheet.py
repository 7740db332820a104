"""One sheet's XML: its cells, its merged cells, the cells that have links.

Nearly all of it are cells. Where these are in the plain form they are cut out, and the parser is
given the rest; where not, it is given everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring

from xlperf.layout import Box, Coord
from xlperf.layout.addresses import area_of
from xlperf.workbook.fast_read.parsed_cells import CELL_TAG, ROW_TAG, parsed_cells
from xlperf.workbook.fast_read.plain_cells import plain_cells
from xlperf.workbook.fast_read.raw_cells import Coords, RawCells
from xlperf.workbook.fast_read.xml import UnsupportedError, local
from xlperf.workbook.part_names import SPREADSHEETML

CELLS_OPENING_TAG, CELLS_CLOSING_TAG = b"<sheetData>", b"</sheetData>"
MERGED_CELLS_TAG, LINKS = f"{{{SPREADSHEETML}}}mergeCells", f"{{{SPREADSHEETML}}}hyperlinks"
MOST_BYTES_AROUND_CELLS = 200_000  # bytes around the cells of a sheet: a project has 25,000
MOST_TAGS = 4_000_000  # of a sheet that is parsed as a whole: each becomes an object
# cells in merged areas, or with links, of a sheet: more are counted elsewhere
MOST_CELLS_OF_AREAS = 20_000


@dataclass(frozen=True, slots=True)
class MergedAreas:
    """The merged areas of a sheet, and their cells below and beside the first."""

    spans: tuple[Box, ...] = ()
    covered: frozenset[Coord] = frozenset()


@dataclass(frozen=True, slots=True)
class RawSheet:
    """What a sheet's XML says; `links`: the areas of links."""

    cells: RawCells
    merged: MergedAreas
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sheet says around its cells: references of merged areas and of links.

    `is_bare`: whether it has no cells itself, but one place for them.
    """

    merged: tuple[str, ...]
    links: tuple[str, ...]
    is_bare: bool


def raw_sheet(xml: bytes, ours: Set[Coord], coords: Coords) -> RawSheet:
    """A sheet, from XML that was `checked`; `ours`: the cells whose formulas say nothing.

    Raises UnsupportedError for what only the careful way knows, ParseError for damage.
    """
    start, end = xml.find(CELLS_OPENING_TAG) + len(CELLS_OPENING_TAG), xml.rfind(CELLS_CLOSING_TAG)
    if len(CELLS_OPENING_TAG) <= start <= end and b"]]>" not in xml:
        cells = plain_cells(xml[start:end].decode("utf-8"), ours, coords)
        rest = xml[:start] + xml[end:]
        if cells is not None:
            around = (_around if len(rest) < MOST_BYTES_AROUND_CELLS else _around.__wrapped__)(rest)
            if around.is_bare:
                return RawSheet(cells, merged_cells(around.merged), around.links)
    if xml.count(b"<") > MOST_TAGS:
        raise UnsupportedError
    root = fromstring(xml)  # noqa: S314 - checked
    around = _surroundings(root)
    return RawSheet(parsed_cells(root, ours, coords), merged_cells(around.merged), around.links)


@lru_cache(32)  # sheets of one form often have the same
def _around(xml: bytes) -> Surroundings:
    return _surroundings(fromstring(xml))  # noqa: S314 - checked


def _surroundings(root: Element) -> Surroundings:
    data = root.find(f"{{{SPREADSHEETML}}}sheetData")
    bare = data is not None and not len(data)
    is_bare = bare and not any(element.tag in (ROW_TAG, CELL_TAG) for element in root.iter())
    merged, links = _refs(root, MERGED_CELLS_TAG, "mergeCell"), _refs(root, LINKS, "hyperlink")
    return Surroundings(tuple(merged), tuple(links), is_bare)


def _refs(root: Element, parent: str, name: str) -> Iterator[str]:
    """The areas of elements that stand in the only element of a name."""
    parents = [*root.iter(parent)]
    if len(parents) > 1:
        raise UnsupportedError
    return (e.attrib["ref"] for above in parents for e in above if local(e) == name)


def box_of_ref(ref: str) -> Box:
    """The area of a reference; raises UnsupportedError for one in a form that no program writes."""
    box = area_of(ref)
    if box is None or "$" in ref or "!" in ref:
        raise UnsupportedError
    return box


@lru_cache(16)  # sheets of one form have the same areas, and keep them once
def merged_cells(refs: tuple[str, ...]) -> MergedAreas:
    """Merged areas; raises UnsupportedError where they overlap or are too large for any form."""
    spans = tuple(map(box_of_ref, refs))
    count = sum(box.width * box.height for box in spans)
    if count > MOST_CELLS_OF_AREAS:
        raise UnsupportedError
    cells = {at for box in spans for at in box.coords()}
    if len(cells) < count:
        raise UnsupportedError
    return MergedAreas(spans, frozenset(cells - {box.at for box in spans}))
