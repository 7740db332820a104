"""Text in spreadsheet XML: what XML cannot hold is written as _xHHHH_ (ECMA-376, ST_Xstring)."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xlperf.calculation.values import CellError
from xlperf.characters.xml_signs import FORBIDDEN_IN_XML
from xlperf.forms.defined_names import plain

__all__ = ["LONGEST_CELL_TEXT", "RISKY", "decode", "encode", "plain"]

LONGEST_CELL_TEXT = 32_767  # characters a cell can hold
RISKY = ("=", "+", "-", "@")  # a person who edits the cell would turn the text into a formula
_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE_SEQUENCE = re.compile(
    r"_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)|_x(00[01][0-9A-Fa-f]|[Ff]{3}[EeFf])_"
)


def encode(text: str) -> str:
    """Text as a cell's XML holds it: signs that XML cannot hold, and lookalikes, escaped."""
    text = _LOOKALIKE.sub("_x005F_", text)
    return FORBIDDEN_IN_XML.sub(lambda sign: f"_x{ord(sign.group()):04X}_", text)


def decode(text: str) -> str:
    """Text as people see it.

    Only codes of signs that XML cannot hold are decoded: openpyxl has already taken the escape
    off a literal _x0041_ of the string table, which must stay what it is.
    """
    return _ESCAPE_SEQUENCE.sub(lambda code: chr(int(code[1], 16)) if code[1] else "_", text)


def digits(value: float) -> str:
    """A number as XML holds it: the fewest digits that give it back, and no exponent."""
    if isinstance(value, int):
        return str(int(value))
    text = repr(value)
    return text.removesuffix(".0") if "e" not in text else f"{Decimal(text):f}"


@lru_cache(10_000, typed=True)  # most are 0, FALSE, or "" on every sheet
def result(value: Any) -> tuple[str, str]:
    """What a formula gave, or its error: the type of its cell (ST_CellType), and its `<v>`."""
    if isinstance(value, bool):
        return "b", f"<v>{int(value)}</v>"
    if isinstance(value, str):
        return "str", f"<v>{html.escape(encode(value), quote=False)}</v>"
    if isinstance(value, CellError):
        return "e", f"<v>{value.args[0]}</v>"
    return "", f"<v>{digits(value)}</v>"
