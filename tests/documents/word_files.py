"""Word files for tests, written part by part: exactly the XML a test is about, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.documents.printing import printed
from xlperf.documents import plain_text
from xlperf.documents.blocks.source import Paragraph, Source, Table
from xlperf.record import Raw

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_BOX = (
    '<wp:extent cx="900000" cy="300000"/><wp:docPr id="1" name="box"/><a:graphic><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WIDTH, FIRST = 420, 60  # of a table in grid columns, and of the first cell in each row

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ROOTS = {
    "document": "document",
    "numbering": "numbering",
    "styles": "styles",
    "comments": "comments",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "hdr",
    "footer": "ftr",
}


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(*inside: str, props: str = "") -> str:
    """A run; what does not begin with a sign of markup is text."""
    props = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f"<w:r>{props}{''.join(bit if bit.startswith('<') else t(bit) for bit in inside)}</w:r>"


def p(*inside: str, props: str = "") -> str:
    """A paragraph; what is no markup stands in a run."""
    props = f"<w:pPr>{props}</w:pPr>" if props else ""
    return f"<w:p>{props}{''.join(run if run.startswith('<') else r(run) for run in inside)}</w:p>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph with automatic numbering."""
    return p(text, props=f"<w:numPr>{_val('ilvl', level)}{_val('numId', number)}</w:numPr>")


def tc(*inside: str, span: int = 1, merge: str | None = None, props: str = "") -> str:
    """A cell; `merge` is restart or continue."""
    props += _val("gridSpan", span) if span > 1 else ""
    props += _val("vMerge", merge) if merge else ""
    content = "".join(piece if piece.startswith("<") else p(piece) for piece in inside) or p()
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    props = f"<w:trPr>{props}</w:trPr>" if props else ""
    return f"<w:tr>{props}{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str, columns: int = 6) -> str:
    grid = '<w:gridCol w:w="1000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(code: str, *result: str) -> str:
    """The runs of a field, its result given as runs."""
    begin, separate, end = (r(mark(kind)) for kind in ("begin", "separate", "end"))
    return f"{begin}{r(instruction(code))}{separate}{''.join(result)}{end}"


def mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def instruction(code: str) -> str:
    return f'<w:instrText xml:space="preserve">{escape(code)}</w:instrText>'


def ins(*inside: str) -> str:
    return f'<w:ins w:id="1" w:author="a">{"".join(inside)}</w:ins>'


def gone(text: str) -> str:
    """A run taken out, as tracked."""
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def box(*paragraphs: str) -> str:
    """A run with a text box, in both ways in which Word writes it."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return r(
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>{_BOX}<wps:txbx>'
        f"{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def _val(name: str, value: object) -> str:
    return f'<w:{name} w:val="{value}"/>'


def level(
    depth: int, style: str, pattern: str, *, start: int = 1, suffix: str = "", more: str = ""
) -> str:
    suffix = _val("suff", suffix) if suffix else ""
    return (
        f'<w:lvl w:ilvl="{depth}">{_val("start", start)}{_val("numFmt", style)}{more}{suffix}'
        f"{_val('lvlText', pattern)}</w:lvl>"
    )


def numbering(*definitions: Iterable[str], lists: Sequence[tuple[int, int, str]] = ()) -> str:
    """Definitions by their levels; lists as (number, definition, what it changes)."""
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{"".join(levels)}</w:abstractNum>'
        for place, levels in enumerate(definitions)
    )
    listed = lists or [(place + 1, place, "") for place in range(len(definitions))]
    return made + "".join(
        f'<w:num w:numId="{number}">{_val("abstractNumId", one)}{changed}</w:num>'
        for number, one, changed in listed
    )


def package(path: Path, body: str, **parts: str | list[str]) -> Path:
    """Write a file; parts by their kind, several where a list is given."""
    listed = [(kind, text) for kind, content in parts.items() for text in _several(content)]
    named = [(f"{kind}{place}", kind, text) for place, (kind, text) in enumerate(listed, 1)]
    whole = [("document", "document", f"<w:body>{body}</w:body>"), *named]
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_type(kind)}"/>'
        for name, kind, _ in whole
    )
    related = "".join(
        f'<Relationship Id="rId{name}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for name, kind, _ in named
    )
    main = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="'
            'application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        )
        archive.writestr("_rels/.rels", _relations(main))
        archive.writestr("word/_rels/document.xml.rels", _relations(related))
        for name, kind, text in whole:
            root = f"w:{_ROOTS[kind]}"
            archive.writestr(f"word/{name}.xml", f"<{root} {NAMES}>{text}</{root}>")
    return path


def _several(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _type(kind: str) -> str:
    return f"{_TYPE}{'document.main' if kind == 'document' else kind}+xml"


def body_of(text: str) -> str:
    """A printed document as a body: what the plain text shows as tables, as tables with merges."""
    return "".join(
        form(block) if isinstance(block, Table) else p(block.piece.text)
        for block in plain_text.blocks(Source.of(text))
        if isinstance(block, Table | Paragraph)
    )


def form(table: Table) -> str:
    """Rows of cells over one grid; an empty first or second cell is merged with the one above."""
    rows = [[cell.text for cell in row] for row in table.rows]
    return tbl(*(tr(*_cells(rows, at)) for at in range(len(rows))), columns=WIDTH)


def _cells(rows: list[list[str]], at: int) -> Iterable[str]:
    row = rows[at]
    rest = (WIDTH - FIRST) // max(1, len(row) - 1)
    for place, text in enumerate(row):
        span = WIDTH if len(row) == 1 else rest if place else FIRST
        paragraphs = [p(line) for line in text.split("\n")]
        yield tc(*paragraphs, span=span, merge=_merge(rows, at, place))


def _merge(rows: list[list[str]], at: int, place: int) -> str | None:
    below = rows[at + 1] if at + 1 < len(rows) else []
    if place > 1 or (place == 1 and len(rows[at]) < 6):
        return None
    if at and not rows[at][place]:
        return "continue"
    same = place == 0 or len(below) == len(rows[at])
    return "restart" if same and len(below) > place and not below[place] else None


def word_of(record: Raw, path: Path, cover: str = "", **parts: Any) -> Path:
    """A record's document as a Word file."""
    return package(path, body_of(printed(record, cover)), **parts)
