"""XML without entities is parsed in C, whatever it begins with; entities are refused."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse

import pytest
from defusedxml import EntitiesForbidden
from openpyxl.worksheet import _reader

from xlperf.workbook.package import xml_events
from xlperf.workbook.package.xml_events import elements, parsed_in_c

ENTITY = '<!DOCTYPE a [<!ENTITY e "text">]>'
BODY = "<a><b x='1'>text</b><c/></a>"
PLAIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def part(data: bytes) -> Any:
    """Some XML as a part of a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("part.xml", data)
    return zipfile.ZipFile(file).open("part.xml")


def tags_and_texts(source: Any) -> list[tuple[str, str | None]]:
    return [(element.tag, element.text) for _, element in elements(source)]


@pytest.fixture
def parsers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which parser is asked: `C` or `defusedxml`."""
    parser_names: list[str] = []

    def noting(name: str, parse: Any) -> Any:
        return lambda source: parser_names.append(name) or parse(source)

    monkeypatch.setattr(xml_events, "parse_in_c", noting("C", iterparse))
    monkeypatch.setattr(xml_events, "iterparse", noting("defusedxml", xml_events.iterparse))
    return parser_names


@pytest.mark.parametrize(
    ("head", "parser"),
    [
        ("", "C"),
        (PLAIN, "C"),
        (PLAIN + "\r\n", "C"),
        ("\ufeff" + PLAIN, "C"),
        ("<?xml version='1.0' encoding='utf-8'?>\n", "C"),
        ('<?xml version="1.0"?>', "C"),
        (PLAIN + "<!-- note -->", "defusedxml"),
        (PLAIN + "\n\n\n\n", "defusedxml"),
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "defusedxml"),
        (PLAIN + "<!DOCTYPE a>", "defusedxml"),
    ],
)
def test_the_parser_in_c_reads_what_declares_nothing(
    head: str, parser: str, parsers: list[str]
) -> None:
    assert tags_and_texts(part((head + BODY).encode())) == [("b", "text"), ("c", None), ("a", None)]
    assert parsers == [parser]


@pytest.mark.parametrize(
    "head",
    [
        ENTITY,
        PLAIN + ENTITY,
        PLAIN + "\n" * 5000 + ENTITY,
        PLAIN + "<!--" + "x" * 20_000 + "-->" + ENTITY,
        PLAIN + "<?a b?>" + ENTITY,
        '<?xml version="1.0"?>'
        + ENTITY.lower().replace("doctype", "DOCTYPE").replace("entity", "ENTITY"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_are_declared(head: str, encoding: str) -> None:
    declared = head.replace("UTF-8", encoding)
    with pytest.raises(EntitiesForbidden):
        tags_and_texts(part((declared + "<a>&e;</a>").encode(encoding)))


def test_entities_within_the_root_element_are_no_xml() -> None:
    with pytest.raises(ParseError):
        tags_and_texts(part(f"{PLAIN}<a>{ENTITY}&e;</a>".encode()))


def test_openpyxl_gets_its_own_parser_back() -> None:
    original = _reader.iterparse
    with parsed_in_c():
        assert _reader.iterparse is elements
    assert _reader.iterparse is original
