"""The look of the Word document: styles, paper and footers of `workbook_templates/document.docx`.

Anyone edits it in Word. It has four sections (cover, contents, department's part, projects' part);
what is written in it is a specimen and is not printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from xlperf.errors import UserError
from xlperf.storage.files import bytes_of, shipped

WORD_TEMPLATE = ("workbook_templates", "document.docx")
PREFIX = "xp_"
TEMPLATE_SECTIONS = ("cover", "contents", "department", "projects")
SIZE, LINE_SPACING, AUTO = 10.0, 1.3, 240  # points; lines of type; what Word calls a single line


@dataclass(frozen=True, slots=True)
class Look:
    """The measures of a paragraph style, in points.

    `before`, `after`: space above and below; `first`: indent of the first line; `left`: of all;
    `keeps`: stays with the next paragraph; `breaks`: begins a page.
    """

    size: float = SIZE
    line: float = SIZE * LINE_SPACING
    before: float = 0.0
    after: float = 0.0
    first: float = 0.0
    left: float = 0.0
    keeps: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """The room for text on a page, in points."""

    width: float
    height: float


class Template:
    """An open template: its styles, and its sections taken out of it.

    `across`: the pages of the projects are turned, wider than high.
    """

    def __init__(self, *, across: bool = False) -> None:
        self.document: WordDocument = docx.Document(BytesIO(bytes_of(shipped(*WORD_TEMPLATE))))
        body = self.document.element.body
        result = list(body.iter(qn("w:sectPr")))
        if len(result) != len(TEMPLATE_SECTIONS):
            raise UserError(
                "template_sections", file="/".join(WORD_TEMPLATE), number=len(TEMPLATE_SECTIONS)
            )
        self._sections = dict(zip(TEMPLATE_SECTIONS, map(deepcopy, result), strict=True))
        if across:
            _turn(self._sections["projects"])
        for element in list(body):
            body.remove(element)
        self._looks: dict[str, Look] = {}

    @cached_property
    def _styles(self) -> dict[str, Any]:
        listed = self.document.styles.element.iterchildren(qn("w:style"))
        return {style.find(qn("w:name")).get(qn("w:val")): style for style in listed}

    def style(self, name: str) -> str:
        """The id of a style by the name that people see."""
        return str(self._style(name).get(qn("w:styleId")))

    def _style(self, name: str) -> Any:
        if name not in self._styles:
            raise UserError("no_word_style", style=name, file="/".join(WORD_TEMPLATE))
        return self._styles[name]

    def section(self, name: str) -> Any:
        """The properties of a section: paper, margins, footer, numbering."""
        return deepcopy(self._sections[name])

    def paper(self, name: str) -> Paper:
        """The room for text on a section's pages: the paper without its margins."""
        section = self._sections[name]
        size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
        across = sum(points(margin, side) for side in ("left", "right"))
        down = sum(points(margin, side) for side in ("top", "bottom"))
        return Paper(points(size, "w") - across, points(size, "h") - down)

    def look(self, name: str) -> Look:
        """What a paragraph style makes of a text, with what it takes from the styles below it."""
        if name not in self._looks:
            self._looks[name] = _look(list(self._chain(name)))
        return self._looks[name]

    def _chain(self, name: str) -> Iterator[Any]:
        """The style and those it is based on, and the defaults of the document."""
        by_id = {style.get(qn("w:styleId")): style for style in self._styles.values()}
        style, seen_ids = self._style(name), set[str]()
        while style is not None and style.get(qn("w:styleId")) not in seen_ids:
            yield style
            seen_ids.add(style.get(qn("w:styleId")))
            based = style.find(qn("w:basedOn"))
            style = None if based is None else by_id.get(based.get(qn("w:val")))
        yield from self.document.styles.element.iterchildren(qn("w:docDefaults"))


def _turn(section: Any) -> None:
    """Turn the paper of a section by a quarter, its margins with it."""
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    _exchange(size, "w", "h")
    size.set(qn("w:orient"), "landscape")
    for side, other in (("top", "left"), ("bottom", "right")):
        _exchange(margin, side, other)


def _exchange(element: Any, side: str, other: str) -> None:
    values = element.get(qn(f"w:{side}")), element.get(qn(f"w:{other}"))
    for name, value in zip((other, side), values, strict=True):
        element.set(qn(f"w:{name}"), value)


def points(element: Any, name: str) -> float:
    """A measure in twentieths of a point as points; 0 where there is none."""
    value = None if element is None else element.get(qn(f"w:{name}"))
    return float(value) / 20 if value else 0.0


def _look(chain: list[Any]) -> Look:
    def first(tag: str, name: str) -> str | None:
        values = (item.get(qn(f"w:{name}")) for style in chain for item in style.iter(qn(tag)))
        return next((value for value in values if value is not None), None)

    def on(tag: str) -> bool:
        elements = [item for style in chain for item in style.iter(qn(tag))]
        return bool(elements) and elements[0].get(qn("w:val")) not in ("0", "false")

    def measure(tag: str, name: str) -> float:
        return float(first(tag, name) or 0) / 20

    size = float(first("w:sz", "val") or 2 * SIZE) / 2
    line = measure("w:spacing", "line") or size * LINE_SPACING
    if first("w:spacing", "lineRule") in (None, "auto"):
        line = size * LINE_SPACING * float(first("w:spacing", "line") or AUTO) / AUTO
    return Look(
        size=size,
        line=line,
        before=measure("w:spacing", "before"),
        after=measure("w:spacing", "after"),
        first=measure("w:ind", "firstLine"),
        left=measure("w:ind", "left"),
        keeps=on("w:keepNext"),
        breaks=on("w:pageBreakBefore"),
    )
