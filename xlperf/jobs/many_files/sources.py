"""What is rolled up: files of this machine, and files elsewhere, named by a URL of fsspec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xlperf.errors import UserError
from xlperf.storage.files import MOST_FILE_BYTES, bytes_of, temporary_folder

URL_MARK = "://"  # of a URL
CHAIN = "::"  # between a file and the archive that it is in: zip://a.xlsx::s3://bucket/all.zip
WEB = ("http://", "https://")
FORBIDDEN_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # in names of files, of some system
PACKAGES = {"smbclient": "smbprotocol"}  # of modules that are installed under another name
SERVER_SECONDS = 60  # until a web server that does not answer is given up
ABSENT = (404, 410)  # what it answers where there is no such file


class Url(str):
    """The URL of a file, such as s3://bucket/master.xlsx."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The name of the file; of one of the web without what is asked for besides."""
        from urllib.parse import unquote

        path = self.partition("?")[0].partition("#")[0] if self.startswith(WEB) else self
        path = path.partition(CHAIN)[0]
        return unquote(path.rpartition("/")[2]) or str(self)


FileSource = Path | Url


def source_of(text: str) -> FileSource:
    """What somebody names: a URL, or a path of this machine."""
    return Url(text) if URL_MARK in text else Path(text)


def content_of(source: FileSource) -> bytes:
    """A file's content, of bounded size; a refusal that says what is wrong with it."""
    if isinstance(source, Path):
        return bytes_of(source)
    opener = _on_the_web if source.startswith(WEB) else _library(source).open
    try:
        with opener(str(source), "rb") as file:
            data: bytes = file.read(MOST_FILE_BYTES + 1)
    except IsADirectoryError:
        raise UserError("is_folder", file=source) from None
    except Exception as error:  # whatever the other end, and its library, does
        raise _refusal(source, error) from None
    if len(data) > MOST_FILE_BYTES:
        raise UserError("too_large", file=source, most=MOST_FILE_BYTES // 2**20)
    return data


def _on_the_web(url: str, _: str) -> Any:
    """A file of the web, open to be read; fsspec would need a library of its own for it."""
    from urllib.error import HTTPError
    from urllib.request import urlopen

    try:
        return urlopen(url, timeout=SERVER_SECONDS)  # noqa: S310 - http or https
    except HTTPError as error:
        if error.code in ABSENT:
            raise FileNotFoundError(url) from None
        raise


def digest(data: bytes) -> str:
    """The SHA-256 digest of a content."""
    import hashlib  # as few commands need it

    return hashlib.sha256(data).hexdigest()


@contextmanager
def as_file(source: FileSource, data: bytes) -> Iterator[Path]:
    """A path under which a file can be read: its own, or that of a copy of what its URL gave."""
    if isinstance(source, Path):
        yield source
        return
    with temporary_folder() as folder:
        copy = folder / FORBIDDEN_IN_FILE_NAMES.sub("_", source.name)
        copy.write_bytes(data)
        try:
            yield copy
        except UserError as refusal:
            facts = refusal.facts | {"file": source}
            raise UserError(refusal.key, **facts) from None


def files_below(source: Url) -> list[Url]:
    """The files that a URL stands for: those of a folder, those of a pattern, or itself."""
    first, chain, behind = source.partition(CHAIN)
    is_pattern, is_folder = "*" in first, first.endswith("/")
    if source.startswith(WEB) or not (is_pattern or is_folder or "." not in source.name):
        return [source]
    fsspec = _library(source)
    try:
        system, path = fsspec.core.url_to_fs(str(source))
        if not (is_pattern or is_folder or system.isdir(path)):
            return [source]
        names = system.glob(path) if is_pattern else system.find(path)
        return [Url(f"{system.unstrip_protocol(name)}{chain}{behind}") for name in sorted(names)]
    except Exception as error:
        raise _refusal(source, error) from None


def _refusal(source: Url, error: Exception) -> UserError:
    """What to tell of an error of a library that reads URLs."""
    if isinstance(error, ImportError):  # it needs another one for this kind of URL
        cause = error.__cause__ if isinstance(error.__cause__, ImportError) else error
        library = (cause.name or str(error)).partition(".")[0]
        return UserError("no_url_reader", file=source, library=PACKAGES.get(library, library))
    if isinstance(error, FileNotFoundError):
        return UserError("no_file", file=source)
    kind = source.partition(URL_MARK)[0]
    if isinstance(error, ValueError) and "rotocol not known" in str(error):  # fsspec's own words
        return UserError("unknown_url", file=source, kind=kind)
    return UserError("not_read_there", file=source, why=f"{type(error).__name__}: {error}")


def _library(source: Url) -> Any:
    try:
        import fsspec
    except ImportError:
        raise UserError("no_fsspec", file=source) from None
    return fsspec
