"""Zip files that say the same bytes for the same parts: no time of writing, no machine in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
DOS, UNIX = 0, 3  # the systems that a part may say it was made on
PRIVATE, PUBLIC = 0o600, 0o644  # permissions


def entry(
    name: str, *, compression: int = zipfile.ZIP_DEFLATED, mode: int = PRIVATE, system: int = UNIX
) -> zipfile.ZipInfo:
    """A part's entry: its name, how it is packed, its permissions, the system it is said to be of.

    `compression`: zipfile.ZIP_DEFLATED or ZIP_STORED.
    """
    made = zipfile.ZipInfo(name, EPOCH)
    made.compress_type, made.external_attr, made.create_system = compression, mode << 16, system
    return made


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
