"""What is rolled up: files of this machine, and files elsewhere, named by a URL of fsspec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xlperf.errors import UserError
from xlperf.files import MOST_BYTES, bytes_of, temporary_folder

MARK = "://"  # of a URL
WEB = ("http://", "https://")
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # in names of files, of some system
SECONDS = 60  # until a web server that does not answer is given up
ABSENT = (404, 410)  # what it answers where there is no such file


class Url(str):
    """The URL of a file, such as s3://bucket/master.xlsx."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The name of the file; of one of the web without what is asked for besides."""
        from urllib.parse import unquote

        path = self.partition("?")[0].partition("#")[0] if self.startswith(WEB) else str(self)
        return unquote(path.rpartition("/")[2]) or str(self)


Source = Path | Url


def source_of(text: str) -> Source:
    """What somebody names: a URL, or a path of this machine."""
    return Url(text) if MARK in text else Path(text)


def content_of(source: Source) -> bytes:
    """A file's content, of bounded size; a refusal that says what is wrong with it."""
    if isinstance(source, Path):
        return bytes_of(source)
    opener = _on_the_web if source.startswith(WEB) else _library(source).open
    try:
        with opener(str(source), "rb") as file:
            data: bytes = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UserError("no_file", file=source) from None
    except ImportError as error:  # of what reads this kind of URL
        raise UserError("no_url_reader", file=source, why=str(error)) from None
    except Exception as error:  # whatever the other end, and its library, does
        raise UserError("not_read", file=source, why=f"{type(error).__name__}: {error}") from None
    if len(data) > MOST_BYTES:
        raise UserError("too_large", file=source, most=MOST_BYTES // 2**20)
    return data


def _on_the_web(url: str, _: str) -> Any:
    """A file of the web, open to be read; fsspec would need a library of its own for it."""
    from urllib.error import HTTPError
    from urllib.request import urlopen

    try:
        return urlopen(url, timeout=SECONDS)  # noqa: S310 - http or https
    except HTTPError as error:
        if error.code in ABSENT:
            raise FileNotFoundError(url) from None
        raise


def digest(data: bytes) -> str:
    """The SHA-256 digest of a content."""
    import hashlib  # as few commands need it

    return hashlib.sha256(data).hexdigest()


@contextmanager
def as_file(source: Source, data: bytes) -> Iterator[Path]:
    """A path under which a file can be read: its own, or that of a copy of what its URL gave."""
    if isinstance(source, Path):
        yield source
        return
    with temporary_folder() as folder:
        copy = folder / UNFIT.sub("_", source.name)
        copy.write_bytes(data)
        try:
            yield copy
        except UserError as refusal:
            facts = refusal.facts | {"file": source}
            raise UserError(refusal.key, **facts) from None


def files_below(source: Url) -> list[Url]:
    """The files that a URL stands for: those of a folder, those of a pattern, or itself."""
    fsspec = _library(source)
    if not source.endswith("/") and "*" not in source:
        return [source]
    try:
        system, path = fsspec.core.url_to_fs(str(source))
        names = system.glob(path) if "*" in path else system.find(path)
        return [Url(system.unstrip_protocol(name)) for name in sorted(names)]
    except ImportError as error:
        raise UserError("no_url_reader", file=source, why=str(error)) from None
    except Exception as error:
        raise UserError("not_read", file=source, why=f"{type(error).__name__}: {error}") from None


def _library(source: Url) -> Any:
    try:
        import fsspec
    except ImportError:
        raise UserError("no_fsspec", file=source) from None
    return fsspec
