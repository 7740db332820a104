"""Odd values, and how texts, bytes, records and settings are spoilt."""

from __future__ import annotations

import json
from random import Random
from typing import Any

ODD_TEXTS = (
    *("", " ", "\n", "\t", "=1+1", "@SUM(A1)", "-2", "+A1", "'", '"', "\x07", "\x1b[31mred\x1b[0m"),
    *("\x9b2J", "\u202eabc", "\ufffe", "\x00", "_x0007_", "_x0041_", "#REF!", "#N/A", "TRUE"),
    *("１２３．４５", "1,234.50", "1e308", "1e9999", "NaN", "Infinity", "-0", "0x10", "2021-13-40"),
    *("{0}", "{name}", "%s", "<b>&amp;</b>", "]]>", "🙂" * 3, "𠮷", "a\u0301", "１万元", "≥90%"),
    *(
        "（" * 50,
        "一" * 2000,
        "1," * 2000,
        "1" * 5000,
        "？" * 300,
        "中" * 33_000,
        "\r\n",
        "../../x",
    ),
)
ODD_VALUES: tuple[Any, ...] = (
    *ODD_TEXTS,
    *(None, True, False, 0, -1, 1, 10**30, 1.5, 0.005, 1e15, 12345678901234567890),
    *([], {}, [[]], [{}], {"a": {"b": []}}, ["x"], [1, 2, 3], {"code": None}),
)
SETTINGS = (
    'profile = "hebei"',
    'profile = "mars"',
    "profile = 1",
    'ignore = ["TXT6", "VAL"]',
    'select = ["AMT"]',
    'ignore = ["ZZZ"]',
    "select = []",
    "[thresholds]\noctober_share = 80",
    "[thresholds]\noctober_share = -inf",
    '[severity]\nPLN306 = "off"',
    "severity = 3",
    "a" + ".a" * 3000 + " = 1",
    "x = " + "[" * 3000,
    "x = " + "1" * 6000,
    "\x00",
    "ignore = [1979-05-27]",
)


def spoilt_record(record: Any, random: Random) -> Any:
    """A record with some of its values replaced, lost, doubled or moved."""
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        parent, key = random.choice(list(places(record)))
        kind = random.randrange(6)
        if kind < 3:
            parent[key] = random.choice(ODD_VALUES)
        elif kind == 3:
            del parent[key]
        elif kind == 4 and isinstance(parent, list):
            parent.insert(random.randrange(len(parent) + 1), parent[key])
        elif isinstance(parent, dict):
            parent[random.choice(ODD_TEXTS)[:40]] = random.choice(ODD_VALUES)
    return record


def places(node: Any) -> Any:
    """Every place of a record below its root, with what holds it."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from places(node[key])


def written(record: Any, random: Random) -> bytes:  # noqa: PLR0911 - one odd way each
    """A record as a file, sometimes in an odd way."""
    data = json.dumps(record, ensure_ascii=random.random() < 0.3).encode("utf-8", "replace")
    kind = random.randrange(14)
    if kind == 0:
        return b"\xef\xbb\xbf" + data
    if kind == 1:
        return data.decode().encode("utf-16")
    if kind == 2:
        return data.replace(b"2021", b"NaN", 1)
    if kind == 3:
        return data.replace(b"6400", b"1e" + b"9" * random.choice((3, 9)), 1)
    if kind == 4:
        return data.replace(b'"', b'"\\ud800', 3)
    if kind == 5:
        return b'{"projects":' + b'[{"a":' * 900 + b"1" + b"}]" * 900 + b"}"
    return spoilt_bytes(data, random) if kind == 6 else data


def spoilt_bytes(data: bytes, random: Random) -> bytes:
    """Bytes with some of them cut off, turned, doubled, or put in."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 20))):
        at = random.randrange(len(changed) + 1)
        kind = random.randrange(5)
        if kind == 0:
            changed = changed[:at]
        elif kind == 1:
            changed[at : at + 1] = bytes([random.randrange(256)])
        elif kind == 2:
            changed[at:at] = random.choice(ODD_TEXTS).encode("utf-8", "replace")
        elif kind == 3:
            changed[at:at] = changed[at : at + random.randrange(200)]
        else:
            del changed[at : at + random.randrange(200)]
        changed = changed or bytearray(b"x")
    return bytes(changed)


def spoilt_lines(text: str, random: Random) -> str:
    """A text with some of its lines lost, doubled, moved, split, or with odd signs in them."""
    lines = text.split("\n")
    for _ in range(random.choice((1, 2, 5, 30))):
        at = random.randrange(len(lines))
        kind = random.randrange(6)
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines.insert(random.randrange(len(lines)), lines[at])
        elif kind == 2:
            lines[at] = "\t" + lines[at]
        elif kind == 3:
            cut = random.randrange(len(lines[at]) + 1)
            lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
        else:
            cut = random.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:cut] + random.choice(ODD_TEXTS) + lines[at][cut:]
    return "\n".join(lines)
