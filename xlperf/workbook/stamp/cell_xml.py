"""Cells as a file's XML: what `draw.form_sheet.put` and openpyxl make of a content."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from xlperf.layout import Formula, Percent
from xlperf.workbook.package.saving import StringTable
from xlperf.workbook.package.xml_escapes import RISKY, encode


class CellLook(NamedTuple):
    """Where a cell stands and the numbers of its style: blank, filled, with a risky text."""

    ref: str
    blank: int
    filled: int
    quoted: int


def cell_xml(look: CellLook, content: Any, strings: StringTable) -> str:
    """A cell with a content of a grid; text stays text, whatever it begins with."""
    if content is None or content == "":
        return f'<c r="{look.ref}" s="{look.blank}" t="n"></c>'
    if isinstance(content, Formula):
        return f'<c r="{look.ref}" s="{look.filled}"><f>{escape(content[1:])}</f></c>'
    if isinstance(content, str):
        style = look.quoted if content.startswith(RISKY) else look.filled
        return text_xml(look.ref, style, content, strings)
    if isinstance(content, bool):
        return f'<c r="{look.ref}" s="{look.filled}" t="b"><v>{content:d}</v></c>'
    return f'<c r="{look.ref}" s="{look.filled}" t="n"><v>{number(content)}</v></c>'


def text_xml(ref: str, style: int, text: str, strings: StringTable) -> str:
    """A cell with a text."""
    encoded = encode(text)
    space = "" if encoded == encoded.strip() else ' xml:space="preserve"'
    words = escape(encoded, {"\r": "&#13;"})
    return f'<c r="{ref}" s="{style}" t="s"><v>{strings.number(f"<t{space}>{words}</t>")}</v></c>'


def number(content: Any) -> str:
    """A number in as many digits as it has."""
    if isinstance(content, Percent):
        content = content.fraction
    if isinstance(content, Decimal):
        return f"{content.normalize() + 0:f}"
    return f"{content:.16g}" if isinstance(content, float) else str(content)
