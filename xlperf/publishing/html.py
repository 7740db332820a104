"""The document as one accessible HTML file: headings in order, linked contents, header cells.

The page's structure is `document.html.jinja`, its look `workbook_templates/document.css`; both are
put into the one file, which needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from xlperf.layout import FilledForm
from xlperf.publishing.characters import readable
from xlperf.publishing.document import Document, PrintedBlock, PrintedHeading, document_of
from xlperf.publishing.tables import PrintedCell, PrintedRow, PrintedTable, is_above_frame, tables
from xlperf.record import Raw
from xlperf.storage.files import shipped, write_text
from xlperf.wording import official

PAGE_TEMPLATE = "document.html.jinja"
STYLE_SHEET = ("workbook_templates", "document.css")
HEADING_LEVELS = {"part": 2, "section": 3, "project": 3, "activity": 4}


@dataclass(frozen=True, slots=True)
class NumberedHeading:
    """A heading with its level and the name that links lead to; no name outside the contents."""

    heading: PrintedHeading
    level: int
    name: str = ""


def publish_html(record: Raw, path: Path) -> None:
    """Write the document as one HTML file, whole or not at all."""
    write_text(path, html_of(record))


def html_of(record: Raw) -> str:
    """The document as one HTML file."""
    document = document_of(record)
    parts = list(_numbered(document))
    return rendered(
        PAGE_TEMPLATE,
        cover=document.cover,
        title=document.cover.whole,
        parts=parts,
        entries=[part for part in parts if isinstance(part, NumberedHeading) and part.name],
        words={"contents": official("document.contents")},
    )


def rendered(template: str, **facts: Any) -> str:
    """A page from a template of this package, with the look of published documents."""
    styles = Markup(shipped(*STYLE_SHEET).read_text(encoding="utf-8"))  # noqa: S704 - ours
    return readable(_environment().get_template(template).render(styles=styles, **facts))


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"scope": scope, "tables": tables, "above_frame": is_above_frame}
    environment.tests["form"] = lambda part: isinstance(part, FilledForm)
    environment.tests["titled"] = lambda part: isinstance(part, NumberedHeading)
    return environment


def _numbered(document: Document) -> Iterator[NumberedHeading | PrintedBlock]:
    """The blocks, headings with level and name."""
    count = 0
    for block in (*document.department, *document.projects):
        if isinstance(block, PrintedHeading):
            listed = block.kind != "activity"
            count += listed
            yield NumberedHeading(block, HEADING_LEVELS[block.kind], f"h{count}" if listed else "")
        else:
            yield block


def scope(cell: PrintedCell, row: PrintedRow, table: PrintedTable) -> str:
    """What a header cell heads: a column, a row, a group of rows; nothing if it is none."""
    if cell.names_row and cell.text:
        return "rowgroup" if cell.height > 1 else "row"
    if cell.role != "label" or is_above_frame(row):
        return ""
    if cell.height > 1:
        return "rowgroup"
    if row in table.rows[: table.headers]:
        return "col"
    beside = [item for item in row if item.height == 1]
    return "col" if all(item.role == "label" for item in beside) else "row"
