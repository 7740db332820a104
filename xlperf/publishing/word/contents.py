"""The table of contents: a field that Word updates, filled in with titles, links and pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xlperf.publishing.word.template import Template
from xlperf.publishing.word.xml import field as word_field
from xlperf.publishing.word.xml import field_end, field_start, link, make, paragraph, run
from xlperf.wording import official

# headings of two levels, as links, also by outline level
CONTENTS_FIELD = 'TOC \\o "1-2" \\h \\z \\u'
TWIPS = 20


@dataclass
class ContentsEntry:
    """A heading in the contents, and the pages it was found to stand on."""

    level: int
    title: str
    bookmark: str
    stands: list[int] = field(default_factory=list)

    @property
    def page(self) -> str:
        """The page, blank as long as it is not known."""
        return str(self.stands[0]) if self.stands else ""


def contents(template: Template, entries: list[ContentsEntry]) -> list[Any]:
    """The heading and the entries, in the frame that gives Word its button to update them."""
    heading = paragraph(template.style("TOC Heading"), run(official("document.contents")))
    lines = [_line(template, entry) for entry in entries]
    lines[0][1:1] = field_start(CONTENTS_FIELD)
    lines[-1].append(field_end())
    gallery = make("docPartGallery", {"val": "Table of Contents"})
    part = make("docPartObj", None, gallery, make("docPartUnique"))
    content = make("sdtContent", None, heading, *lines)
    return [make("sdt", None, make("sdtPr", None, part), content)]


def _line(template: Template, entry: ContentsEntry) -> Any:
    room = round(template.paper("contents").width * TWIPS)
    tab = make("tab", {"val": "right", "leader": "dot", "pos": room})
    page = word_field(f"PAGEREF {entry.bookmark} \\h", entry.page)
    linked = link(entry.bookmark, run(entry.title), run("\t"), *page)
    style = template.style(f"toc {entry.level}")
    return paragraph(style, linked, properties=(make("tabs", None, tab),))
