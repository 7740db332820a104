"""The document of a stage as a Word file: parts on pages of their own, turned where wide."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from xlperf.publishing.characters import readable
from xlperf.publishing.stages.document import StageDocument, StagePart
from xlperf.publishing.word.tables import word_table
from xlperf.publishing.word.template import PREFIX, Template
from xlperf.publishing.word.xml import make, paragraph, runs
from xlperf.storage.deterministic_zips import repack

TITLE_STYLE, YEAR_STYLE, NOTE_STYLE, GAP_STYLE = (
    PREFIX + name for name in ("project", "center", "note", "gap")
)
HEAD_SEPARATOR = "\u3000\u3000"  # between what stands above a table
MOST_ABOUT = 200  # signs of a property of the file


def stage_word(document: StageDocument) -> bytes:
    """The document as the bytes of a Word file: the same for the same record."""
    template = Template(across=document.across)
    body = template.document.element.body
    for number, part in enumerate(document.parts):
        body.extend(_part(template, part, first=number == 0))
    body.append(template.section("projects"))
    about = template.document.core_properties
    about.title = readable(document.title)[:MOST_ABOUT]
    about.language = "zh-CN"
    stream = BytesIO()
    template.document.save(stream)
    return repack(stream.getvalue())


def _part(template: Template, part: StagePart, first: bool) -> list[Any]:
    """The paragraphs and tables of a part; the first one begins no page."""
    on_page = (make("pageBreakBefore", {"val": 0}),) if first else ()
    elements = [paragraph(template.style(TITLE_STYLE), *runs(part.title), properties=on_page)]
    keep = (make("keepNext"),)
    for style, text in ((YEAR_STYLE, part.year), (NOTE_STYLE, HEAD_SEPARATOR.join(part.above))):
        if text:
            elements.append(paragraph(template.style(style), *runs(text), properties=keep))
    for table in part.tables:
        elements.append(word_table(table, template, f"{part.title}{part.year}"))
        elements.append(paragraph(template.style(GAP_STYLE)))
    return elements
