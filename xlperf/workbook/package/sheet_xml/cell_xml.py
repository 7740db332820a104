"""Cells as a file's XML: what `draw.form_sheet.put` and openpyxl make of a content."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import Any, NamedTuple

from xlperf.layout import Formula, Percent
from xlperf.workbook.package.saving import StringTable
from xlperf.workbook.package.sheet_xml.xml_escapes import RISKY, digits, encode, result


class CellLook(NamedTuple):
    """Where a cell stands and the numbers of its style: blank, filled, with a risky text."""

    ref: str
    blank: int
    filled_style: int
    quoted: int


class MergedWord(str):
    """A word of a cell below the first one of a merged cell."""

    __slots__ = ()


def cell_xml(look: CellLook, content: Any, strings: StringTable, value: Any = None) -> str:
    """A cell with a content of a grid; text stays text, whatever it begins with.

    `value` is what a formula gives, None where that is not known.
    """
    return f'<c r="{look.ref}"{behind_ref(look, content, strings, value)}'


def behind_ref(look: CellLook, content: Any, strings: StringTable, value: Any = None) -> str:
    """What follows the address of such a cell: the same wherever the cell stands."""
    if content is None or content == "":
        return f' s="{look.blank}"/>'
    if isinstance(content, Formula):
        kind, value_xml = ("", "") if value is None else result(value)
        typed = f' t="{kind}"' if kind else ""
        formula = escape(content[1:], quote=False)
        return f' s="{look.filled_style}"{typed}><f>{formula}</f>{value_xml}</c>'
    if isinstance(content, str):
        number = strings.number(text_xml(content))
        return f' s="{_style(look, content)}" t="s"><v>{number}</v></c>'
    if isinstance(content, bool):
        return f' s="{look.filled_style}" t="b"><v>{content:d}</v></c>'
    return f' s="{look.filled_style}"><v>{digits(plain_number(content))}</v></c>'


def _style(look: CellLook, text: str) -> int:
    if isinstance(text, MergedWord):
        return look.blank
    return look.quoted if text.startswith(RISKY) else look.filled_style


def text_xml(text: str) -> str:
    """A text as the table of texts has it."""
    encoded = encode(text)
    space = "" if encoded == encoded.strip() else ' xml:space="preserve"'
    words = escape(encoded, quote=False).replace("\r", "&#13;")
    return f"<t{space}>{words}</t>"


def plain_number(content: Any) -> Any:
    """A content as formulas see it: its numbers are Python's own."""
    if isinstance(content, Percent):
        content = content.fraction
    return float(content) if isinstance(content, Decimal) else content
