"""How workbooks and Word files are spoilt: as zips, part by part, and in their XML."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from random import Random

from tests.fuzz.texts import ODD_TEXTS, spoilt_bytes

ODD_ATTRIBUTES = (
    *(
        "",
        "0",
        "-1",
        "1",
        "99999999999",
        "A0",
        "A1",
        "XFD1048576",
        "A1:XFD1048576",
        "ZZZ9",
        "#REF!",
    ),
    *(
        "$A$1:$F$90000",
        "1:1",
        "A:A",
        "true",
        "x" * 300,
        "s",
        "str",
        "b",
        "e",
        "d",
        "rId999",
        "..\\x",
    ),
)
ODD_PIECES = (
    *(
        b"<x/>",
        b"<c/>",
        b"&e;",
        b"<!DOCTYPE a [<!ENTITY e 'x'>]>",
        b"<!--",
        b"]]>",
        b"\xff",
        b"\x00",
    ),
    *(b"<a>" * 3000, b"<row r='9'/>", b"<v>1e999</v>", b"<f>A1</f>", b"<t>_x0007_</t>"),
)


def spoilt_package(data: bytes, random: Random) -> bytes:
    """A zip with one or two things wrong, deep inside or in the zip itself."""
    kind = random.randrange(10)
    if kind == 0:
        return spoilt_bytes(data, random)
    parts = dict(_parts(data))
    for _ in range(random.choice((1, 1, 2, 4))):
        _spoil_a_part(parts, random)
    return _packed(parts, random, twice=kind == 1)


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _packed(parts: dict[str, bytes], random: Random, *, twice: bool) -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name twice is meant
        for name, part in parts.items():
            archive.writestr(name, part)
        if twice:
            archive.writestr(random.choice(list(parts)), b"<twice/>")
    return made.getvalue()


def _spoil_a_part(parts: dict[str, bytes], random: Random) -> None:
    name = random.choice(list(parts))
    kind = random.randrange(12)
    if kind == 0:
        del parts[name]
        parts.setdefault("x", b"x")
    elif kind == 1:
        parts[name] = parts[name][: random.randrange(len(parts[name]) + 1)]
    elif kind == 2:
        parts[name] = parts[random.choice(list(parts))]
    elif kind == 3:
        parts[name] = spoilt_bytes(parts[name] or b"x", random)
    elif kind == 4:
        parts[random.choice(("/abs.xml", "../up.xml", "xl\\worksheets\\sheet1.xml"))] = parts[name]
    else:
        parts[name] = spoilt_xml(parts[name], random)


def spoilt_xml(xml: bytes, random: Random) -> bytes:
    """XML with an element lost, doubled or put in, or an attribute that says something else."""
    kind = random.randrange(6)
    if kind < 3:
        attributes = list(re.finditer(rb'\s[\w:]+="([^"]*)"', xml))
        if attributes:
            one = random.choice(attributes)
            value = random.choice(ODD_ATTRIBUTES).encode()
            return xml[: one.start(1)] + value + xml[one.end(1) :]
    elements = list(re.finditer(rb"<([\w:]+)(?:\s[^<>]*)?(?:/>|>[^<]*</\1>)", xml))
    if not elements:
        return xml
    one = random.choice(elements)
    if kind == 3:
        return xml[: one.start()] + xml[one.end() :]
    if kind == 4:
        return xml[: one.end()] + one[0] * random.choice((1, 3, 400)) + xml[one.end() :]
    odd = [*ODD_PIECES, *(text.encode("utf-8", "replace") for text in ODD_TEXTS)]
    return xml[: one.start()] + random.choice(odd) + xml[one.start() :]
