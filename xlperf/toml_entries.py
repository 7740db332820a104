"""TOML files of which single entries are read when they are asked for: a run needs few of many.

A file is cut where tables and entries begin, without being understood; an entry is read by
`tomllib`. That holds for files as ours are written: tables and entries begin at the start of a line
and no further line of an entry looks as if it did. A test compares every file with `tomllib`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

BEGIN = re.compile(r'^(?:\[([\w.-]+)\]|([\w-]+|"[^"\n]*") = )', re.MULTILINE)

# entries that are a plain text, or plain texts in a list, as nearly all are
KEY, PLAIN = r'(?:[\w-]+|"[^"\n]*") = ', r'"([^"\\\n]*)"'
TEXT = re.compile(rf"{KEY}{PLAIN}\s*")
LIST = re.compile(rf"{KEY}\[(?:\s*{PLAIN}\s*,)*+\s*(?:{PLAIN}\s*)?\]\s*")
EACH = re.compile(PLAIN)


def entries_of(files: Iterable[Path]) -> dict[str, str]:
    """The TOML of every entry of some files, by its dotted key such as rule.AMT202.message.

    A table may stand in several files. ValueError for an entry that stands twice.
    """
    found: dict[str, str] = {}
    for file in files:
        text = file.read_text(encoding="utf-8")
        begins = list(BEGIN.finditer(text))
        ends = [match.start() for match in begins[1:]] + [len(text)]
        table = ""
        for match, end in zip(begins, ends, strict=True):
            if match[1]:
                table = f"{match[1]}."
                continue
            key = table + match[2].strip('"')
            if key in found:
                raise ValueError(f"said twice: {key} ({file.name})")
            found[key] = text[match.start() : end]
    return found


def value_of(entry: str) -> Any:
    """What the TOML of one entry says: a text, a list or a table."""
    if text := TEXT.fullmatch(entry):
        return text[1]  # ten times as fast
    if LIST.fullmatch(entry):
        return EACH.findall(entry, entry.index(" = ["))
    (value,) = tomllib.loads(entry).values()
    return value
