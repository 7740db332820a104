"""XML with the line each element begins on, and with no entities: what the checks need to point.

lxml's `sourceline` is the line on which a start tag ends; our ribbon's tags are three lines long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from xlperf.addin.source_faults import DamagedFileError


@dataclass
class Element:
    """An element: its tag (`namespace}name`), attributes, line of its start, text and children."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The tag without its namespace."""
        return self.tag.rpartition("}")[2]

    def all(self) -> Iterator[Element]:
        """This element and everything in it, in document order."""
        yield self
        for child in self.children:
            yield from child.all()

    def elements_named(self, name: str) -> Iterator[Element]:
        """Every element in it of this name, whatever the namespace."""
        return (item for item in self.all() if item.name == name)


def _no_doctype(*_: object) -> None:
    raise DamagedFileError("XML with a document type")


def parse(data: bytes) -> Element:
    """The root element; DamagedFileError for XML that is malformed, too deep or has a DOCTYPE."""
    parser = expat.ParserCreate(namespace_separator="}")
    top = Element("", {}, 0)
    stack = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)
        if len(stack) > 200:
            raise DamagedFileError("XML nested too deep")

    def text(content: str) -> None:
        stack[-1].text += content

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DamagedFileError(f"XML that is not well-formed: {error}") from None
    return top.children[0]
