"""Extracts kept in a folder, each under the digest of the file that it was made of.

An entry says what it was made of and by what: the SHA-256 digest of the file's content and of its
settings file, and that of xlperf itself (its version and all its modules, rules, profiles, editions
and words). What says something else, is damaged or half written is as good as absent and made
anew; entries are put in place whole, so that several runs may share a folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import xlperf
from xlperf.errors import UserError
from xlperf.rollup.extract import Extract
from xlperf.rollup.packed import PackedFile
from xlperf.rollup.parquet import as_bytes, from_bytes, library, packed_from_bytes
from xlperf.storage.files import bytes_of, make_folder, write_bytes

T = TypeVar("T")
FORMAT = "3"  # of the rows; another one makes all entries anew
MADE_OF = (".py", ".toml", ".txt")


@dataclass(frozen=True)
class ExtractCache:
    """The extracts in a folder that this xlperf made."""

    folder: Path

    def entry(self, content: str, settings: str) -> tuple[Path, str]:
        """Where the extract of a file is, and what it says it was made of, from two digests."""
        key = "/".join((FORMAT, own_digest(), content, settings))
        name = hashlib.sha256(key.encode("utf-8")).hexdigest()
        return self.folder / name[:2] / f"{name}.parquet", key

    def has(self, content: str, settings: str) -> bool:
        """Whether there is an entry of this content and settings, sound or not."""
        return self.entry(content, settings)[0].is_file()

    def get(self, content: str, settings: str) -> Extract | None:
        """What was kept of a file with this content, by these settings; None where nothing was."""
        return self._read(content, settings, from_bytes)

    def packed(self, content: str, settings: str) -> PackedFile | None:
        """Of what was kept, what totals and the survey need."""
        return self._read(content, settings, packed_from_bytes)

    def _read(
        self, content: str, settings: str, read: Callable[[bytes, str], T | None]
    ) -> T | None:
        """What `read` makes of an entry's content and of what it is to be made of."""
        path, key = self.entry(content, settings)
        if not path.is_file():
            return None
        with suppress(UserError):
            return read(bytes_of(path), key)
        return None

    def put(self, content: str, settings: str, extract: Extract) -> None:
        """Keep an extract; what cannot be kept is extracted again by the next run."""
        path, key = self.entry(content, settings)
        with suppress(UserError, OSError, ValueError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, as_bytes(extract, key))


def opened(folder: Path) -> ExtractCache:
    """The cache in a folder, which is made if need be; a refusal where it cannot be used."""
    library()
    make_folder(folder)
    own_digest()
    return ExtractCache(folder)


@cache
def own_digest() -> str:
    """The digest of this xlperf: its version, and every file that decides what it extracts."""
    package = Path(xlperf.__file__).parent
    digest = hashlib.sha256(xlperf.__version__.encode("utf-8"))
    for file in sorted(package.rglob("*")):
        if file.suffix in MADE_OF:
            digest.update(file.relative_to(package).as_posix().encode("utf-8"))
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
