"""TOML files of which single entries are read when they are asked for: a run needs few of many.

A file is cut where tables and entries begin, without being understood; an entry is read by
`tomllib`, or by what gives the same in a tenth of the time, as nearly all can be. That holds for
files as ours are written: tables and entries begin at the start of a line and no further line of
an entry looks as if it did. A test compares every file with `tomllib`.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

KEY_TEXT = r'(?:[\w-]+|"[^"\n]*")'
BEGIN = re.compile(rf"\n(?:\[({KEY_TEXT}(?:\.{KEY_TEXT})*)\]|({KEY_TEXT}) = )")

QUOTED_TEXT, REMARKS = r'"([^"\\\n]*)"', r"\s*(?:#[^\n]*\s*)*+"
TEXT_ENTRY = re.compile(rf"{QUOTED_TEXT}{REMARKS}")
RAW_ENTRY = re.compile(rf"'([^'\n]*)'{REMARKS}")
LIST_ENTRY = re.compile(rf"(\[(?:\s*{QUOTED_TEXT}\s*,)*+\s*(?:{QUOTED_TEXT}\s*)?\]){REMARKS}")
LIST_ITEM = re.compile(QUOTED_TEXT)
ESCAPED_TEXT = r'"(?:[^"\\\n]|\\["\\ntu])*+"'  # a text as Python reads it too
VALUE_TEXT = rf"(?:{ESCAPED_TEXT}|'[^'\n]*'|true|[0-9]+)"
PART = rf"{KEY_TEXT} = {VALUE_TEXT}\s*"
ROW_ENTRY = re.compile(rf"(\{{\s*{PART}(?:,\s*{PART})*+\}}){REMARKS}")
KEY_AND_VALUE = re.compile(rf"({KEY_TEXT}) = ({VALUE_TEXT})")
AS_IN_PYTHON = re.compile(rf"((?:[\s,\[\]]|[0-9]+(?:\.[0-9]+)?|{ESCAPED_TEXT}|#[^\n]*)*+)")
LINES = re.compile(rf'("""(?:[^"\\]|\\["\\ntu])*+"""){REMARKS}')
TRUTH = re.compile(rf"(true|false){REMARKS}")


def entries_of(files: Iterable[Path]) -> dict[str, str]:
    """The TOML of the value of every entry of some files, by its dotted key: rule.AMT202.message.

    A table may stand in several files. ValueError for an entry that stands twice.
    """
    entries: dict[str, str] = {}
    for file in files:
        begin = ""
        for table, name, value in _parts(file.read_text(encoding="utf-8")):
            if table:
                begin = f"{table}."
                continue
            key = begin + name.strip('"')
            if key in entries:
                raise ValueError(f"said twice: {key} ({file.name})")
            entries[key] = value
    return entries


def tables_of(text: str) -> dict[str, Any]:
    """What the TOML of a whole file says, as `tomllib.loads` gives it."""
    result: dict[str, Any] = {}
    node = result
    for table, name, value in _parts(text):
        if table:
            node = result
            for step in table.split("."):
                node = node.setdefault(step.strip('"'), {})
        else:
            node[name.strip('"')] = value_of(value)
    return result


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Of every beginning of a table its name; of every entry "", its name and its value's TOML."""
    pieces = iter(BEGIN.split(f"\n{text}")[1:])
    return zip(pieces, pieces, pieces, strict=True)


def value_of(entry: str) -> Any:
    """What the TOML of the value of one entry says: a text, a list or a table."""
    for form, read in FORMS:
        if match := form.fullmatch(entry):
            return read(match[1])

    import tomllib  # noqa: PLC0415 - is hardly ever needed, and takes long to load

    return tomllib.loads(f"value = {entry}")["value"]


def _row(text: str) -> dict[str, Any]:
    return {name.strip('"'): _part(part) for name, part in KEY_AND_VALUE.findall(text)}


def _part(text: str) -> Any:
    """What a part of a table in one line says: a text, a number or `true`."""
    if text == "true":
        return True
    plain = text[0] == "'" or (text[0] == '"' and "\\" not in text)
    return text[1:-1] if plain else literal_eval(text)


def _as_in_python(text: str) -> Any:
    return literal_eval(text.strip())


def _lines(source_text: str) -> str:
    text: str = literal_eval(source_text)
    return text.removeprefix("\n")


FORMS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (  # the usual ones come first
    (TEXT_ENTRY, str),
    (LIST_ENTRY, LIST_ITEM.findall),
    (RAW_ENTRY, str),
    (ROW_ENTRY, _row),
    (AS_IN_PYTHON, _as_in_python),
    (LINES, _lines),
    (TRUTH, "true".__eq__),
)
