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

NAME = r'(?:[\w-]+|"[^"\n]*")'
BEGIN = re.compile(rf"\n(?:\[({NAME}(?:\.{NAME})*)\]|({NAME}) = )")

KEY, PLAIN = rf"{NAME} = ", r'"([^"\\\n]*)"'
REMARKS = r"\s*(?:#[^\n]*\s*)*+"
TEXT = re.compile(rf"{KEY}{PLAIN}{REMARKS}")
RAW = re.compile(rf"{KEY}'([^'\n]*)'{REMARKS}")
LIST = re.compile(rf"{KEY}(\[(?:\s*{PLAIN}\s*,)*+\s*(?:{PLAIN}\s*)?\]){REMARKS}")
EACH = re.compile(PLAIN)
ESCAPED = r'"(?:[^"\\\n]|\\["\\ntu])*+"'  # a text as Python reads it too
SAID = rf"(?:{ESCAPED}|'[^'\n]*'|true|[0-9]+)"
PART = rf"{NAME} = {SAID}\s*"
ROW = re.compile(rf"{KEY}(\{{\s*{PART}(?:,\s*{PART})*+\}}){REMARKS}")
PAIR = re.compile(rf"({NAME}) = ({SAID})")
AS_IN_PYTHON = re.compile(rf"{KEY}((?:[\s,\[\]]|[0-9]+(?:\.[0-9]+)?|{ESCAPED}|#[^\n]*)*+)")
LINES = re.compile(rf'{KEY}("""(?:[^"\\]|\\["\\ntu])*+"""){REMARKS}')
TRUTH = re.compile(rf"{KEY}(true|false){REMARKS}")


def entries_of(files: Iterable[Path]) -> dict[str, str]:
    """The TOML of every entry of some files, by its dotted key such as rule.AMT202.message.

    A table may stand in several files. ValueError for an entry that stands twice.
    """
    found: dict[str, str] = {}
    for file in files:
        for table, name, entry in _parts(file.read_text(encoding="utf-8")):
            key = f"{table}.{name}" if table else name
            if entry and key in found:
                raise ValueError(f"said twice: {key} ({file.name})")
            if entry:
                found[key] = entry
    return found


def tables_of(text: str) -> dict[str, Any]:
    """What the TOML of a whole file says, as `tomllib.loads` gives it."""
    result: dict[str, Any] = {}
    for table, name, entry in _parts(text):
        node = result
        for step in table.split(".") if table else ():
            node = node.setdefault(step.strip('"'), {})
        if entry:
            node[name] = value_of(entry)
    return result


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Of every entry the table, its name and its TOML; of the beginning of a table that alone."""
    text = f"\n{text}"
    begins = list(BEGIN.finditer(text))
    ends = [match.start() for match in begins[1:]] + [len(text)]
    table = ""
    for match, end in zip(begins, ends, strict=True):
        above, name = match.groups()
        if above:
            table = above
            yield table, "", ""
        else:
            yield table, name.strip('"'), text[match.start() + 1 : end]


def value_of(entry: str) -> Any:
    """What the TOML of one entry says: a text, a list or a table."""
    for form, read in FORMS:
        if written := form.fullmatch(entry):
            return read(written[1])

    import tomllib  # noqa: PLC0415 - is hardly ever needed, and takes long to load

    (value,) = tomllib.loads(entry).values()
    return value


def _row(written: str) -> dict[str, Any]:
    return {name.strip('"'): _part(part) for name, part in PAIR.findall(written)}


def _part(written: str) -> Any:
    """What a part of a table in one line says: a text, a number or `true`."""
    if written == "true":
        return True
    plain = written[0] == "'" or (written[0] == '"' and "\\" not in written)
    return written[1:-1] if plain else literal_eval(written)


def _as_in_python(written: str) -> Any:
    return literal_eval(written.strip())


def _lines(written: str) -> str:
    text: str = literal_eval(written)
    return text.removeprefix("\n")


FORMS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (  # the usual ones come first
    (TEXT, str),
    (LIST, EACH.findall),
    (RAW, str),
    (ROW, _row),
    (AS_IN_PYTHON, _as_in_python),
    (LINES, _lines),
    (TRUTH, "true".__eq__),
)
