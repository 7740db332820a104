"""Bytes of a text file as text."""

from __future__ import annotations

from xlperf.errors import UserError


def decode(data: bytes, name: object = "") -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("not_text", file=name)
