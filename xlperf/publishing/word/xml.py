"""Pieces of WordprocessingML: elements, runs, paragraphs, fields, links and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from xlperf.publishing.characters import readable


def make(tag: str, attributes: Mapping[str, object] | None = None, *children: Any) -> Any:
    """An element of the main namespace: make("p"), make("jc", {"val": "center"})."""
    qualified = {
        qn(f"w:{name}"): readable(str(value)) for name, value in (attributes or {}).items()
    }
    element = OxmlElement(f"w:{tag}", qualified)
    element.extend(children)
    return element


def run(text: str, style: str = "") -> Any:
    """Text, its line breaks and tabs; signs that both scripts have are set as Chinese ones."""
    properties = make("rPr", None, *([make("rStyle", {"val": style})] if style else []))
    properties.append(make("rFonts", {"hint": "eastAsia"}))
    return make("r", None, properties, *_texts(readable(text)))


def runs(text: str, style: str = "") -> list[Any]:
    """A run of a text, none of a blank one."""
    return [run(text, style)] if text else []


def _texts(text: str) -> Iterator[Any]:
    for part in re.split("([\t\n])", text):
        if part in ("\t", "\n"):
            yield make("tab" if part == "\t" else "br")
        elif part:
            element = make("t")
            element.text = part
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield element


def paragraph(style: str, *content: Any, properties: tuple[Any, ...] = ()) -> Any:
    """A paragraph of a style; properties in the order that the format asks for."""
    paragraph_properties = make("pPr", None, make("pStyle", {"val": style}), *properties)
    return make("p", None, paragraph_properties, *content)


def end_section(last: Any, section: Any) -> None:
    """Make a paragraph the last one of a section."""
    last.find(qn("w:pPr")).append(section)


def field(code: str, text: str) -> list[Any]:
    """A field that Word can update, and what it shows until then."""
    return [*field_start(code), run(text), field_end()]


def field_start(code: str) -> list[Any]:
    """The beginning of a field, up to what it shows."""
    instruction = make("instrText")
    instruction.text = f" {code} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [_mark("begin"), make("r", None, instruction), _mark("separate")]


def field_end() -> Any:
    """The end of a field."""
    return _mark("end")


def _mark(kind: str) -> Any:
    return make("r", None, make("fldChar", {"fldCharType": kind}))


def bookmarked(number: int, name: str, *content: Any) -> list[Any]:
    """Content that a link can lead to."""
    start = make("bookmarkStart", {"id": number, "name": name})
    return [start, *content, make("bookmarkEnd", {"id": number})]


def link(name: str, *content: Any) -> Any:
    """A link to a bookmark."""
    return make("hyperlink", {"anchor": name, "history": 1}, *content)
