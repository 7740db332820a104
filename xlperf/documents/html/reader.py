"""HTML files: decoded, and read as paragraphs and tables.

The parser of the standard library is enough: of HTML's rules only those matter that tell where a
paragraph, a row or a cell ends when nobody closed it, and they are few.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from pathlib import Path

from xlperf.documents.blocks.composing import (
    ComposedSource,
    SourceCell,
    SourceItem,
    SourceTable,
    compose,
)
from xlperf.documents.blocks.decoding import decode as decode_text
from xlperf.documents.blocks.neighbours import parted
from xlperf.documents.html.parser import Reader, TooManyCellsError
from xlperf.errors import UserError
from xlperf.storage import files

SUFFIXES = (".html", ".htm", ".xhtml")
MOST_PAGE_PARTS = 2000  # of a web page in one piece: sheets and pictures
BYTES_OF_HEAD = 4096  # how far in the file it may say its encoding
ENCODING_DECLARATION = re.compile(
    rb"""(?:<meta[^>]{1,200}?charset|<\?xml[^>]{1,80}?encoding)\s*=\s*["']?([\w-]+)""", re.I
)
WIDER_CODECS = {"gb2312": "gb18030", "gbk": "gb18030", "hz-gb-2312": "hz"}
ENCODINGS = {  # of pages; Python has others, which are no encodings of text, or not in linear time
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "gb18030", "hz", "big5", "big5hkscs"),
    *("iso8859-1", "iso8859-15", "cp1252", "cp950", "euc_jp", "shift_jis", "cp932", "euc_kr"),
}


MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_html(path: Path) -> ComposedSource:
    """An HTML file as a source and its blocks."""
    return compose(parted(_items(path)), str(path))


def read_web_archive(path: Path) -> ComposedSource:
    """A web page in one piece (.mht), as Word and Excel save them: its pages one after another."""
    message = email.message_from_bytes(files.bytes_of(path), policy=email.policy.default)
    items: list[SourceItem] = []
    parts = list(message.walk())
    if len(parts) > MOST_PAGE_PARTS:
        raise UserError("bomb", file=path)
    for part in parts:
        data = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(data, bytes):
            items += _items_of(data, path, str(part.get_content_charset() or ""))
    return compose(parted(items), str(path))


def _items(path: Path) -> list[SourceItem]:
    return _items_of(files.bytes_of(path), path)


def _items_of(data: bytes, path: Path, charset: str = "") -> list[SourceItem]:
    reader = Reader()
    try:
        reader.feed(decode(data, path, charset))
        reader.close()
    except TooManyCellsError:
        raise UserError("bomb", file=path) from None
    return reader.items()


def decode(data: bytes, name: object = "", charset: str = "") -> str:
    """The text of a file in the encoding it says it has, else in the usual ones.

    `charset`: what was said of the encoding elsewhere, for a page that does not say it.
    """
    declaration = ENCODING_DECLARATION.search(data[:BYTES_OF_HEAD])
    encoding = declaration[1].decode("ascii").lower() if declaration else charset.lower()
    if encoding and not data.startswith(MARKS):
        try:
            if (codec := codecs.lookup(WIDER_CODECS.get(encoding, encoding)).name) in ENCODINGS:
                return data.decode(codec)
        except (UnicodeError, LookupError):
            pass
    return decode_text(data, name)


def tables_of(path: Path) -> list[list[list[str]]]:
    """The tables of an HTML file, those inside others too: rows of the texts of their columns."""
    return [
        [_texts(row) for row in item.rows] for item in _items(path) if isinstance(item, SourceTable)
    ]


def _texts(row: list[SourceCell]) -> list[str]:
    texts = [""] * max((cell.columns[1] for cell in row), default=0)
    for cell in row:
        texts[cell.columns[0]] = cell.text
    return texts
