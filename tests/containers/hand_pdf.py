"""PDF files written by hand: texts and lines at places, with a font every reader knows.

Ideographs are one size wide, ASCII half of it. Tables are drawn with lines around every cell; text
in a cell is wrapped by the width of its cell, as word processors do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

HEIGHT, WIDTH = 842, 595
PADDING = 5.0
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
    "[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)"
    "/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor"
    "/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent"
    " -120/CapHeight 880/StemV 93>>>>]>>"
)


@dataclass
class Page:
    """What is drawn on a page, from the top down."""

    drawn: list[str] = field(default_factory=list)

    def text(self, x: float, top: float, text: str, size: float = 10) -> Page:
        digits = text.encode("utf-16-be").hex().upper()
        at = f"1 0 0 1 {x} {HEIGHT - top - size} Tm"
        self.drawn.append(f"BT /F1 {size} Tf {at} <{digits}> Tj ET")
        return self

    def box(self, x: float, top: float, right: float, bottom: float) -> Page:
        self.drawn.append(f"{x} {HEIGHT - bottom} {right - x} {bottom - top} re S")
        return self

    def cell(self, x: float, top: float, right: float, bottom: float, text: str) -> Page:
        """A cell with its text, wrapped where it is full."""
        self.box(x, top, right, bottom)
        for number, line in enumerate(wrapped(text, right - x - 2 * PADDING)):
            self.text(x + PADDING, top + 3 + 12 * number, line)
        return self

    def table(
        self, top: float, rows: Sequence[Sequence[str | None]], edges: Sequence[float]
    ) -> float:
        """Rows of cells; None goes on with the cell before it. Gives back where it ends."""
        for row in rows:
            cells: list[tuple[float, float, str]] = []
            for column, text in enumerate(row):
                if text is None:
                    cells[-1] = (cells[-1][0], edges[column + 1], cells[-1][2])
                else:
                    cells.append((edges[column], edges[column + 1], text))
            lines = [len(wrapped(text, right - x - 2 * PADDING)) for x, right, text in cells]
            bottom = top + 12 * max(*lines, 1) + 6
            for x, right, text in cells:
                self.cell(x, top, right, bottom, text)
            top = bottom
        return top


def wrapped(text: str, width: float, size: float = 10) -> list[str]:
    """The lines of a text in a width, broken between any two signs."""
    lines = []
    for part in text.split("\n"):
        line, used = "", 0.0
        for sign in part:
            wide = size / 2 if sign.isascii() else size
            if used + wide > width:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + sign, used + wide
        lines.append(line)
    return lines


def pdf_of(pages: Sequence[Page], packed: bytes = b"") -> bytes:
    """A PDF of pages; `packed`: the compressed content of each in place of its own."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    texts = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>", FONT]
    objects = [text.encode("ascii") for text in texts]
    for number, page in enumerate(pages):
        stream = packed or "\n".join(page.drawn).encode("ascii")
        filtered = "/Filter/FlateDecode" if packed else ""
        head = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Contents {5 + 2 * number} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        dictionary = f"<</Length {len(stream)}{filtered}>>\nstream\n".encode("ascii")
        objects += [head.encode("ascii"), dictionary + stream + b"\nendstream"]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    listed = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{listed}"
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (end + trailer).encode("ascii")
