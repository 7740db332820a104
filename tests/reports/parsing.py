"""A page as a tree, read strictly: a tag closed in the wrong place is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}
NO_PARAGRAPH_IN = {"p", "a", "span", "strong", "h1", "h2", "h3", "summary", "caption"}
BLOCKS = {"p", "div", "ol", "dl", "table", "section", "figure", "form", "h1", "h2", "h3", "details"}


@dataclass
class Element:
    """A tag, its attributes, what is in it."""

    tag: str
    attributes: dict[str, str]
    above: Element | None = None
    inside: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.inside:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str = "", look: str = "") -> list[Element]:
        """Elements below by tag and class."""
        return [
            element
            for element in self.walk()
            if tag in ("", element.tag)
            and (not look or look in element.attributes.get("class", "").split())
        ]

    def one(self, tag: str = "", look: str = "") -> Element:
        (element,) = self.all(tag, look)
        return element

    def by_id(self, name: str) -> Element:
        (element,) = [
            candidate for candidate in self.walk() if candidate.attributes.get("id") == name
        ]
        return element

    @property
    def text(self) -> str:
        """All the text in it, its blanks made one."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        """All the text in it as it stands."""
        return "".join(child if isinstance(child, str) else child.raw for child in self.inside)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribute twice in <{tag}>"
        assert not (tag in BLOCKS and self._here.tag in NO_PARAGRAPH_IN), (
            f"<{tag}> in <{self._here.tag}>"
        )
        element = Element(tag, {name: value or "" for name, value in attrs}, self._here)
        self._here.inside.append(element)
        if tag not in VOID:
            self._here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._here.inside.append(Element(tag, {k: v or "" for k, v in attrs}, self._here))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._here.tag, f"</{tag}> closes <{self._here.tag}>"
        assert self._here.above is not None
        self._here = self._here.above

    def handle_data(self, data: str) -> None:
        self._here.inside.append(data)


def parse(page: str) -> Element:
    """The tree of a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader._here is reader.root, f"<{reader._here.tag}> is not closed"
    return reader.root
