"""Text in spreadsheet XML: what XML cannot hold is written as _xHHHH_ (ECMA-376, ST_Xstring)."""

from __future__ import annotations

import re

MOST = 32_767  # characters a cell can hold
_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def encode(text: str) -> str:
    """Text as a cell's XML holds it."""
    text = _LOOKALIKE.sub("_x005F_", text)
    return _UNFIT.sub(lambda sign: f"_x{ord(sign.group()):04X}_", text)


def plain(text: str, most: int) -> str:
    """Text for a place that knows no escapes, such as a page header: one line, cut to fit."""
    return " ".join(_UNFIT.sub("", text).split())[:most]


def decode(text: str) -> str:
    """Text as people see it."""
    return _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), text)
