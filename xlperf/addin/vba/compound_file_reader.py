"""Compound files (MS-CFB version 3), read: streams, and the order of the directory."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from xlperf.addin.source_faults import AddinFault, DamagedFileError, fault
from xlperf.addin.vba.compound_file import (
    CUTOFF,
    END_OF_CHAIN,
    ENTRY,
    FREE,
    MAGIC,
    RED,
    ROOT,
    SECTOR,
    SMALL_SECTOR,
    STORAGE_ENTRY,
    STREAM,
    order,
)


@dataclass(frozen=True)
class DirectoryNode:
    """An entry of the directory as the file has it, its links as entry numbers."""

    name: str
    kind: int
    colour: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Container:
    """A compound file's streams by path (`VBA/dir`) and its directory.

    Raises DamagedFileError for another version or layout, and for chains that lead nowhere.
    """

    def __init__(self, data: bytes) -> None:
        if data[:8] != MAGIC or len(data) < SECTOR or len(data) % SECTOR:
            raise DamagedFileError("not a compound file")
        self.data = data
        version, shift, small_shift = struct.unpack_from("<26xHxxHH", data)
        if (version, shift, small_shift) != (3, 9, 6):
            raise DamagedFileError("a compound file of another version")
        fats, directory, cutoff, small, _ = struct.unpack_from("<44xII4xIII", data)
        if cutoff != CUTOFF or fats > 109:
            raise DamagedFileError("a compound file of another layout")
        self.table: list[int] = []
        for number in struct.unpack_from(f"<{fats}I", data, 76):
            self.table += struct.unpack(f"<{SECTOR // 4}I", self._sector(number))
        self.nodes = [*_nodes(self._chain(directory))]
        if not self.nodes or self.nodes[0].kind != ROOT:
            raise DamagedFileError("no root entry")
        packed = self._chain(small)
        self.small_table = list(struct.unpack(f"<{len(packed) // 4}I", packed))
        self.small = self._chain(self.nodes[0].start)
        self.streams = dict(self._streams(self.nodes[0].child, "", set()))

    def _sector(self, number: int) -> bytes:
        at = SECTOR * (number + 1)
        if at + SECTOR > len(self.data):
            raise DamagedFileError("a sector outside the file")
        return self.data[at : at + SECTOR]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, follow(start, self.table)))

    def _content(self, node: DirectoryNode) -> bytes:
        if node.size >= CUTOFF:
            return self._chain(node.start)[: node.size]
        places = follow(node.start, self.small_table) if node.size else []
        parts = (self.small[at * SMALL_SECTOR :][:SMALL_SECTOR] for at in places)
        return b"".join(parts)[: node.size]

    def _streams(self, number: int, path: str, visited: set[int]) -> Iterator[tuple[str, bytes]]:
        if number == FREE:
            return
        if number in visited or number >= len(self.nodes):
            raise DamagedFileError("a directory that goes in circles")
        visited.add(number)
        node = self.nodes[number]
        yield from self._streams(node.left, path, visited)
        if node.kind == STREAM:
            content = self._content(node)
            if len(content) != node.size:
                raise DamagedFileError("a stream shorter than it says")
            yield path + node.name, content
        elif node.kind == STORAGE_ENTRY:
            yield from self._streams(node.child, f"{path}{node.name}/", visited)
        yield from self._streams(node.right, path, visited)


def follow(start: int, table: list[int]) -> list[int]:
    """The sector numbers of the chain from a first one on; DamagedFileError if it never ends."""
    result: list[int] = []
    while start != END_OF_CHAIN:
        if start >= len(table) or len(result) > len(table):
            raise DamagedFileError("a chain without an end")
        result.append(start)
        start = table[start]
    return result


def _nodes(directory: bytes) -> Iterator[DirectoryNode]:
    for at in range(0, len(directory), ENTRY):
        entry = directory[at : at + ENTRY]
        length, kind, colour, left, right, child = struct.unpack_from("<HBBIII", entry, 64)
        start, size = struct.unpack_from("<IQ", entry, 116)
        if length > 64 or length % 2:
            raise DamagedFileError("a name longer than its place")
        name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
        yield DirectoryNode(name, kind, colour, left, right, child, start, size)


def directory_faults(container: Container) -> Iterator[AddinFault]:
    """Faults of folders that are no ordered red-black tree: Office looks names up in it."""
    for node in container.nodes:
        if node.kind in (ROOT, STORAGE_ENTRY):
            yield from _tree_faults(container.nodes, node)


def _tree_faults(nodes: list[DirectoryNode], folder: DirectoryNode) -> Iterator[AddinFault]:
    names = list(_in_order(nodes, folder.child))
    if [order(name) for name in names] != sorted({order(name) for name in names}):
        yield fault("directory_order", folder.name)
    try:
        _black_height(nodes, folder.child, parent_red=False)
    except DamagedFileError:
        yield fault("directory_colour", folder.name)


def _in_order(nodes: list[DirectoryNode], number: int) -> Iterator[str]:
    if number != FREE:
        yield from _in_order(nodes, nodes[number].left)
        yield nodes[number].name
        yield from _in_order(nodes, nodes[number].right)


def _black_height(nodes: list[DirectoryNode], number: int, *, parent_red: bool) -> int:
    if number == FREE:
        return 1
    node = nodes[number]
    red = node.colour == RED
    heights = [_black_height(nodes, item, parent_red=red) for item in (node.left, node.right)]
    if heights[0] != heights[1] or (red and parent_red):
        raise DamagedFileError("not a red-black tree")
    return heights[0] + (not red)
