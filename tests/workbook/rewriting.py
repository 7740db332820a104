"""Files with some of their parts changed, for tests of what is kept of others' parts."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path


def rewritten(source: Path, target: Path, changes: dict[str, Callable[[bytes], bytes]],
              added: dict[str, bytes]) -> Path:  # fmt: skip
    """A file with some parts changed and some added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, changes[name](data) if name in changes else data)
        for name, data in added.items():
            new.writestr(name, data)
    return target


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), 1)

    return change


def packed(path: Path) -> dict[str, bytes]:
    """The parts of a file as they are packed."""
    data = path.read_bytes()
    result = {}
    for info in zipfile.ZipFile(path).infolist():
        sizes = data[info.header_offset + 26 :][:4]
        start = (
            info.header_offset
            + 30
            + sum(int.from_bytes(sizes[n : n + 2], "little") for n in (0, 2))
        )
        result[info.filename] = data[start : start + info.compress_size]
    return result


def weakly_packed(source: Path, target: Path, added: dict[str, bytes]) -> Path:
    """The same file with some parts besides, packed in a way of which we know no other user."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", compresslevel=1) as new:
        for name, data in {**{n: old.read(n) for n in old.namelist()}, **added}.items():
            new.writestr(name, data, zipfile.ZIP_DEFLATED, 1)
    return target
