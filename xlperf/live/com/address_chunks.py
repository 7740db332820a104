"""Addresses of many cells, short enough for Excel, which refuses more than 255 characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlperf.layout import Box, Coord
from xlperf.layout.addresses import area_address

LONGEST_ADDRESS = 240  # characters of an address
AREAS = 15  # areas of an address that Excel gives back, for the same reason


def name_chunks(names: Iterable[str], most: int = LONGEST_ADDRESS) -> Iterator[list[str]]:
    """Names or addresses in groups of at most `most`, each short enough to be joined by commas."""
    chunk: list[str] = []
    for name in names:
        if len(chunk) == most or len(",".join([*chunk, name])) > LONGEST_ADDRESS:
            yield chunk
            chunk = []
        chunk.append(name)
    if chunk:
        yield chunk


def split_address(coords: Sequence[Coord]) -> Iterator[list[Coord]]:
    """Cells in groups whose address is short enough."""
    chunk: list[Coord] = []
    for coord in coords:
        if chunk and len(union([*chunk, coord])) > LONGEST_ADDRESS:
            yield chunk
            chunk = []
        chunk.append(coord)
    if chunk:
        yield chunk


def unions(coords: Iterable[Coord]) -> Iterator[str]:
    """Addresses that together name all these cells."""
    return (union(part) for part in split_address(sorted(coords, key=lambda at: (at[1], at[0]))))


def union(coords: Sequence[Coord]) -> str:
    """One address of cells; cells below one another are named together."""
    runs: list[Box] = []
    for row, col in coords:
        last = runs[-1] if runs else None
        if last and col == last.col and row == last.row + last.height:
            runs[-1] = Box(last.row, last.col, 1, last.height + 1)
        else:
            runs.append(Box(row, col))
    return ",".join(map(area_address, runs))


def areas(boxes: Iterable[Box]) -> Iterator[str]:
    """Addresses that together name boxes; boxes below one another are named as one."""
    columns: dict[tuple[int, int], list[Box]] = {}
    for box in sorted(boxes, key=lambda box: (box.col, box.row)):
        column = columns.setdefault((box.col, box.width), [])
        if column and column[-1].row + column[-1].height == box.row:
            last = column.pop()
            column.append(Box(last.row, last.col, last.width, last.height + box.height))
        else:
            column.append(box)
    return packed(area_address(box) for column in columns.values() for box in column)


def packed(texts: Iterable[str]) -> Iterator[str]:
    """Addresses joined by commas, as many in one text as Excel takes."""
    return (",".join(chunk) for chunk in name_chunks(texts))
