"""The XML of a part: UTF-8 without a document type, so that it can have no entities of its own."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring
from xml.parsers import expat

from xlperf.errors import XlperfError

_ENCODING = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_MARK = b"\xef\xbb\xbf"


class UnsupportedError(XlperfError):
    """A file has something that only the careful way of reading knows."""


def checked(data: bytes) -> bytes:
    """A part's XML without a byte order mark; UnsupportedError for another encoding or a DTD."""
    data = data.removeprefix(_MARK)
    encoding = _ENCODING.search(data[:200])
    if not data.startswith(b"<") or b"\0" in data[:200] or b"<!DOCTYPE" in data:
        raise UnsupportedError
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
        raise UnsupportedError
    return data


def check_sound(data: bytes) -> None:
    """Raise UnsupportedError for an XML part that is damaged or has a document type."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnsupportedError from error


def _refuse(*_: object) -> None:
    raise UnsupportedError


def tree(data: bytes) -> Element:
    """The root of a part; raises UnsupportedError as `checked` does, ParseError for damage."""
    return fromstring(checked(data))  # noqa: S314 - without a document type there are no entities


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
