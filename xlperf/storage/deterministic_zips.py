"""Zip files that say the same bytes for the same parts: no time of writing, no machine in them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
DOS, UNIX = 0, 3  # the systems that a part may say it was made on
PRIVATE, PUBLIC_MODE = 0o600, 0o644  # permissions
LOCAL_HEADER = 30  # bytes before a part's name; the last four say how long name and extra are
SIZES_BEHIND = 0x8  # flag: sizes stand behind the data, as where a zip was written to a pipe


def entry(
    name: str, *, compression: int = zipfile.ZIP_DEFLATED, mode: int = PRIVATE, system: int = UNIX
) -> zipfile.ZipInfo:
    """A part's entry: its name, how it is packed, its permissions, the system it is said to be of.

    `compression`: zipfile.ZIP_DEFLATED or ZIP_STORED.
    """
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type, info.external_attr, info.create_system = compression, mode << 16, system
    return info


def pack(
    parts: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED, system: int = UNIX
) -> bytes:
    """A zip of the parts, in their order."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, data in parts.items():
            archive.writestr(entry(name, compression=compression, system=system), data)
    return memory.getvalue()


def repack(data: bytes) -> bytes:
    """The same parts in the same order, packed as `pack` does."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})


LEVEL = 6  # of zlib, what zipfile has when nothing is said
MOST_ZIP_PARTS, MOST_PART_BYTES = (
    0xFFFF - 1,
    0xFFFFFFFF - 1,
)  # of a zip without the extensions for large ones
LAST_BLOCK = b"\x03\x00"  # the last block of a deflated part, with nothing in it
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _DATE = 20, 0x21  # 2.0: deflated; 1 January 1980


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes with what they are deflated, so that runs can stand one after another in a part.

    What many parts have in common is deflated once.
    """

    data: bytes
    packed: bytes


def run(data: bytes, level: int = LEVEL) -> Run:
    """Bytes deflated for themselves; `level`: of zlib, from 1 (fast) to 9 (small)."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Run(data, deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH))


class ZipStream:
    """A zip like those of `pack`, written part by part: none of them is kept.

    ValueError for more or larger parts than a zip can have without the extensions for these.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self._entries: list[bytes] = []

    def add(self, name: str, runs: Iterable[Run]) -> None:
        """Write a part of so many runs."""
        crc = size = 0
        packed = []
        for piece in runs:
            crc, size = zlib.crc32(piece.data, crc), size + len(piece.data)
            packed.append(piece.packed)
        content = b"".join((*packed, LAST_BLOCK))
        if self._at + len(content) > MOST_PART_BYTES or len(self._entries) >= MOST_ZIP_PARTS:
            raise ValueError(name)
        title = name.encode("ascii")
        facts = (0, zipfile.ZIP_DEFLATED, 0, _DATE, crc, len(content), size, len(title))
        head = _LOCAL.pack(b"PK\x03\x04", _VERSION, *facts, 0) + title
        version_made_by, mode = UNIX << 8 | _VERSION, PRIVATE << 16
        entry_head = _CENTRAL.pack(
            b"PK\x01\x02", version_made_by, _VERSION, *facts, 0, 0, 0, 0, mode, self._at
        )
        self._entries.append(entry_head + title)
        self._file.write(head + content)
        self._at += len(head) + len(content)

    def close(self) -> None:
        """Write the list of the parts, with which a zip ends."""
        listed = b"".join(self._entries)
        count = len(self._entries)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), self._at, 0)
        self._file.write(listed + end)


def rewrite(
    source: zipfile.ZipFile,
    target: Path,
    changed: Mapping[str, bytes],
    dropped: Collection[str] = (),
) -> None:
    """Write a copy of a zip with some parts changed, new or dropped.

    All other parts are copied as they are packed, without being unpacked. Of two parts of one name
    the last counts, as for readers. Raises BadZipFile where a part is cut off.
    """
    last = {info.filename: info for info in source.infolist()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, info in last.items():
            if name in changed:
                archive.writestr(copy(info), changed[name])
            elif name not in dropped:
                _copy_packed(source, archive, info)
        for name in [name for name in changed if name not in last]:
            archive.writestr(entry(name), changed[name])


def _copy_packed(source: zipfile.ZipFile, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    read: Any = source.fp
    read.seek(info.header_offset)
    header = read.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\3\4"):
        raise zipfile.BadZipFile(info.filename)
    read.seek(sum(struct.unpack("<HH", header[-4:])), io.SEEK_CUR)
    data = read.read(info.compress_size)
    if len(data) < info.compress_size:
        raise zipfile.BadZipFile(info.filename)
    to: Any = archive
    copied_info = copy(info)
    copied_info.flag_bits &= ~SIZES_BEHIND
    copied_info.extra, copied_info.header_offset = b"", to.start_dir
    to.fp.seek(to.start_dir)
    to.fp.write(copied_info.FileHeader() + data)
    to.filelist.append(copied_info)
    to.NameToInfo[copied_info.filename] = copied_info
    to.start_dir, to._didModify = to.fp.tell(), True
