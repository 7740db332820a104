"""The cells of a sheet in the form that spreadsheet programs write them in, cut out of its text.

`PLAIN_ROWS` is a grammar of that form: attributes in one order, in double quotes, no blanks, no
comments, only entities that XML has by itself and no sign that XML forbids. A text that matches it
as a whole is well-formed, and the shorter expressions below find in it what they are made for and
nothing else. A text that does not match is read by a parser (`parsed_cells`).
"""

from __future__ import annotations

import re
from collections.abc import Set

from xlperf.layout import Coord
from xlperf.workbook.fast_read.raw_cells import (
    INLINE,
    SHARED_FORMULA,
    Constant,
    Coords,
    RawCells,
    RawFormula,
)

# \r too: a parser makes another sign of it. References to signs from 160 on that XML allows.
_NOT_IN_XML = r"\x00-\x08\x0b-\x1f\ufffe\uffff"
_NUMBER = (
    r"9|10|13|3[2-9]|[4-9]\d|[1-9]\d{2,3}|[1-4]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-3]"
)
_CHARACTER_REFERENCE = rf"&(?:amp|lt|gt|quot|apos|#(?:{_NUMBER}));"
_TEXT = rf"[^<&{_NOT_IN_XML}]*+(?:{_CHARACTER_REFERENCE}[^<&{_NOT_IN_XML}]*+)*+"
_ATTRIBUTE = rf'[A-Za-z_][\w:.-]*+="[^"<&{_NOT_IN_XML}]*+"'
_ADDRESS = r"[A-Z]{1,3}[1-9]\d{0,6}"
_OF_FORMULA = (
    r' (?:t="(?:shared|array)"|ref="[A-Z0-9:]++"|si="\d++"|(?:aca|ca)="(?:true|false|0|1)")'
)
_FORMULA_XML = rf"<f(?:{_OF_FORMULA})*+(?:/>|>{_TEXT}</f>)"
_VALUE = rf"<v(?: ?/>|>{_TEXT}</v>)"
_T = r'<t(?: xml:space="preserve")?+'
_STRING = rf"<is>{_T}(?: ?/>|>{_TEXT}</t>)</is>"
_TYPE = r"n|str|s|b|e|inlineStr"
_HEAD = rf'<c r="{_ADDRESS}"(?: s="\d{{1,5}}")?+(?: t="(?:{_TYPE})")?+'
_CELL_XML = rf"{_HEAD}(?: ?/>|>(?:{_FORMULA_XML})?+(?:{_VALUE}|{_STRING})?+</c>)"
_ROW = rf'<row(?: r="[1-9]\d{{0,6}}")?+(?: (?!r=){_ATTRIBUTE})*+(?: ?/>|>(?:{_CELL_XML})*+</row>)'
PLAIN_ROWS = re.compile(rf"(?:{_ROW})*+", re.ASCII)

FEW_FORMULAS = 50  # formulas that are looked for one by one

_KEYS = r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?+(?: t="(\w+)")?+>'
_VALUE_TEXT = rf"(?:<v>([^<]*+)</v>|<is>{_T}>([^<]*+)<)"
_CONSTANT = re.compile(rf"{_KEYS}{_VALUE_TEXT}", re.ASCII)
_FORMULA_CELL = re.compile(
    rf'{_KEYS}<f(?=[^>]*?(?: t="(\w+)"|>))(?=[^>]*?(?: si="(\d+)"|>))[^>]*?(?:/>|>([^<]*+)</f>)'
    rf"{_VALUE_TEXT}?+",
    re.ASCII,
)
_WITH_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"[^>]*+><f')
_ESCAPE = re.compile(r"&(?:#(\d+)|(\w+));")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def plain_cells(text: str, ours: Set[Coord], coords: Coords) -> RawCells | None:
    """The cells in what stands between `<sheetData>` and its end tag; None where it is not plain.

    `ours`: the cells whose formulas say nothing. The text has no `]]>`. Raises UnsupportedError
    for cells outside of a sheet.
    """
    if not PLAIN_ROWS.fullmatch(text):
        return None
    constants: list[Constant] = [
        (at, style, kind, unescaped(string if kind == INLINE else value))
        for at, style, kind, value, string in _CONSTANT.findall(text)
        if (string if kind == INLINE else value)
    ]
    addresses = _WITH_FORMULA.findall(text)
    machinery, theirs = coords.split(addresses, ours)
    formulas: list[RawFormula] = []
    if theirs:
        few = [at for at in addresses if coords[at] in theirs][:FEW_FORMULAS]
        formulas = [_formula(text, at) for at in few]
        if len(few) == FEW_FORMULAS or any(
            formula.formula_kind == SHARED_FORMULA for formula in formulas
        ):
            formulas = [_formula_of(match.groups("")) for match in _FORMULA_CELL.finditer(text)]
    return RawCells(constants, formulas, machinery)


def _formula(text: str, address: str) -> RawFormula:
    """The formula of a cell."""
    match = _FORMULA_CELL.match(text, text.index(f'<c r="{address}"'))
    assert match is not None
    return _formula_of(match.groups(""))


def _formula_of(groups: tuple[str, ...]) -> RawFormula:
    at, style, kind, formula_kind, group, text, value, string = groups
    result = string if kind == INLINE else value
    return RawFormula(at, style, kind, formula_kind, group, unescaped(text), unescaped(result))


def unescaped(text: str) -> str:
    """A text with the signs that its entities stand for."""
    if "&" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1])) if match[1] else _SIGNS[match[2]], text)
