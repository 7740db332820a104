"""The document of a stage as one HTML file."""

from __future__ import annotations

from xlperf.publishing.html import rendered
from xlperf.publishing.stages.document import StageDocument

STAGE_TEMPLATE = "stages.html.jinja"


def stage_html(document: StageDocument) -> str:
    """The document as one HTML file: a section for each part, tables with their header cells."""
    return rendered(
        STAGE_TEMPLATE, title=document.title, parts=document.parts, across=document.across
    )
