"""Compound files (MS-CFB version 3), written: the same folders and streams give the same bytes.

A tree is a dictionary of names: bytes are a stream, a dictionary is a folder.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
SECTOR, SMALL_SECTOR, ENTRY = 512, 64, 128  # bytes
CUTOFF = 4096  # streams shorter than this live in the small stream
IN_HEADER = 109  # allocation sectors the header has room for
FAT_SECTOR, END_OF_CHAIN, FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
STORAGE_ENTRY, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
LONGEST_ENTRY_NAME = 31

StorageTree: TypeAlias = "Mapping[str, bytes | StorageTree]"


@dataclass
class CompoundFileEntry:
    """An entry of the directory: a folder, a stream or the root (MS-CFB 2.6.1)."""

    name: str
    kind: int
    data: bytes = b""
    child: int = FREE
    left: int = FREE
    right: int = FREE
    colour: int = BLACK
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        """The 128 bytes on disk."""
        name = (self.name + "\0").encode("utf-16-le")
        links = (self.kind, self.colour, self.left, self.right, self.child)
        return name.ljust(SMALL_SECTOR, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(name), *links, b"", 0, 0, 0, self.start, self.size
        )


UNUSED_ENTRY = b"\0" * 68 + struct.pack("<III", FREE, FREE, FREE) + b"\0" * 48


@dataclass
class Sectors:
    """Sectors of one size in a row, and the allocation table that chains them."""

    size: int
    content: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Append data as a chain of sectors; the number of the first, END_OF_CHAIN for no data."""
        if not data:
            return END_OF_CHAIN
        first, count = len(self.table), -(-len(data) // self.size)
        self.table += [*range(first + 1, first + count), END_OF_CHAIN]
        self.content += data.ljust(count * self.size, b"\0")
        return first


def order(name: str) -> tuple[int, str]:
    """The sort key of names in the directory: shorter first, then in capitals (MS-CFB 2.6.4)."""
    return len(name.encode("utf-16-le")), name.upper()


def write(tree: StorageTree) -> bytes:
    """The bytes of a compound file; ValueError for a name or a content that is too long for it."""
    entries = _directory(tree)
    big, small = Sectors(SECTOR), Sectors(SMALL_SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.size = len(entry.data)
            entry.start = (big if entry.size >= CUTOFF else small).add(entry.data)
    entries[0].start, entries[0].size = big.add(bytes(small.content)), len(small.content)
    small_table = _words(small.table)
    small_start = big.add(small_table)
    directory = b"".join(entry.packed() for entry in entries)
    directory += UNUSED_ENTRY * (-len(entries) % (SECTOR // ENTRY))
    start = big.add(directory)
    return _assemble(big, start, small_start, len(small_table) // SECTOR)


def _words(table: Sequence[int]) -> bytes:
    """A table of sectors as sectors."""
    padded = [*table, *[FREE] * (-len(table) % (SECTOR // 4))]
    return struct.pack(f"<{len(padded)}I", *padded)


def _assemble(big: Sectors, directory: int, small_table: int, small_count: int) -> bytes:
    count = 1
    while count * (SECTOR // 4) < len(big.table) + count:
        count += 1
    if count > IN_HEADER:
        raise ValueError("more than seven megabytes of macros")
    table_sectors = range(len(big.table), len(big.table) + count)
    table = _words([*big.table, *[FAT_SECTOR] * count])
    versions = (0x3E, 3, 0xFFFE, 9, 6)  # minor, major, byte order, sector and small sector sizes
    counts = (0, count, directory, 0, CUTOFF, small_table, small_count, END_OF_CHAIN, 0)
    header = MAGIC + b"\0" * 16 + struct.pack("<5H6x9I", *versions, *counts)
    header += struct.pack(f"<{IN_HEADER}I", *table_sectors, *[FREE] * (IN_HEADER - count))
    return header + bytes(big.content) + table


def _directory(tree: StorageTree) -> list[CompoundFileEntry]:
    entries = [CompoundFileEntry("Root Entry", ROOT)]
    _fill(entries, 0, tree)
    return entries


def _fill(entries: list[CompoundFileEntry], parent: int, tree: StorageTree) -> None:
    numbers = []
    for name in sorted(tree, key=order):
        if len(name) > LONGEST_ENTRY_NAME:
            raise ValueError(f"name too long: {name}")
        content = tree[name]
        numbers.append(len(entries))
        entries.append(
            CompoundFileEntry(name, STREAM, content)
            if isinstance(content, bytes)
            else CompoundFileEntry(name, STORAGE_ENTRY)
        )
    full = (len(numbers) + 1).bit_length() - 1  # levels that are full; the rest is red
    entries[parent].child = _balance(entries, numbers, full)
    for number in numbers:
        content = tree[entries[number].name]
        if not isinstance(content, bytes):
            _fill(entries, number, content)


def _balance(entries: list[CompoundFileEntry], numbers: Sequence[int], levels: int) -> int:
    """The middle one over the balanced halves: a red-black tree with all red at the bottom."""
    if not numbers:
        return FREE
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.colour = BLACK if levels > 0 else RED
    entry.left = _balance(entries, numbers[:middle], levels - 1)
    entry.right = _balance(entries, numbers[middle + 1 :], levels - 1)
    return numbers[middle]
