"""The notes of a sheet (Excel's old comments): their texts in one part, their shapes in another.

A note that is somebody's own keeps its author, its fonts and its shape: ours stands above it while
the cell is marked. Threaded comments, whose notes only repeat them, are left alone.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree  # type: ignore[import-untyped]

from xlperf.layout import Coord
from xlperf.layout.addresses import cell_address
from xlperf.workbook.package.archive import Package, XmlNode, parse, relative
from xlperf.workbook.package.sheet_xml.sheet_part import SPACE, SheetPart
from xlperf.workbook.package.sheet_xml.xml_escapes import decode, encode
from xlperf.workbook.part_names import SPREADSHEETML

COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
EMPTY_NOTES = f'<comments xmlns="{SPREADSHEETML}"><authors/><commentList/></comments>'.encode()
VML = "urn:schemas-microsoft-com:vml"
OFFICE_SCHEMA = "urn:schemas-microsoft-com:office:office"
EXCEL_SCHEMA = "urn:schemas-microsoft-com:office:excel"
EMPTY_SHAPES = (
    f'<xml xmlns:v="{VML}" xmlns:o="{OFFICE_SCHEMA}" xmlns:x="{EXCEL_SCHEMA}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
).encode()
SHAPE = (
    '<v:shape xmlns:v="{v}" xmlns:o="{o}" xmlns:x="{x}" id="{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{width}px;'
    'height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>"
)
THREAD = "tc="  # how the author of a threaded comment's note begins
NOTE_LINE_HEIGHT = 15  # points, or pixels, a line of text is high
HEIGHT = re.compile(r"(\bheight:\s*)([0-9.]+)")
LAST_ROW = 6  # where a shape's anchor says in which row it ends; column and row each with an offset
NOTE_SEPARATOR = "\n\n"  # between our note and somebody's own


class NotesPart:
    """The notes of one sheet; `save` puts them back into the package."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        notes, shapes = (package.relation(part, kind) for kind in ("comments", "vmlDrawing"))
        self._names = [item.target if item else "" for item in (notes, shapes)]
        self.root: XmlNode = (
            package.tree(notes.target) if notes else parse(EMPTY_NOTES, package.path)
        )
        # programs write shapes that are no sound XML, such as <br> without an end
        self.shapes: XmlNode = _mended(package.read(shapes.target) if shapes else EMPTY_SHAPES)
        self._list: XmlNode = self.root.find(relative(self.root, "commentList"))
        self._by_cell: dict[str, XmlNode] = {item.get("ref"): item for item in self._list}
        self._shape_by_cell = {at: shape for shape in self.shapes if (at := _cell_of(shape))}

    def text(self, at: Coord) -> str:
        """What the note of a cell says; "" for none."""
        note = self._by_cell.get(cell_address(*at))
        texts = () if note is None else note.iter(relative(self.root, "t"))
        return decode("".join(item.text or "" for item in texts if not _is_guide(item)))

    def is_threaded(self, at: Coord) -> bool:
        """Whether a cell's note stands for a threaded comment."""
        note = self._by_cell.get(cell_address(*at))
        if note is None:
            return False
        authors = self.root.find(relative(self.root, "authors"))
        number = int(note.get("authorId", 0))
        return number < len(authors) and (authors[number].text or "").startswith(THREAD)

    def put(self, at: Coord, text: str, author: str, width: int, height: int) -> None:
        """Give a cell a note in place of the one that it has; the size in pixels."""
        self.remove(at)
        address = cell_address(*at)
        note = etree.SubElement(self._list, relative(self.root, "comment"), ref=address)
        note.set("authorId", str(self._author(author)))
        note.set("shapeId", "0")
        text_node = etree.SubElement(note, relative(self.root, "text"))
        self._add_text(text_node, text)
        self._by_cell[address] = note
        self._add_shape(at, width, height)

    def put_above(self, at: Coord, text: str) -> None:
        """Put a text above what the note of a cell says, which stays as it is."""
        text_node = self._by_cell[cell_address(*at)].find(relative(self.root, "text"))
        plain = text_node.find(relative(self.root, "t"))
        if plain is not None:  # a text that stands alone becomes a run like ours
            run = etree.Element(relative(self.root, "r"))
            plain.addprevious(run)
            run.append(plain)
        ours = etree.Element(relative(self.root, "r"))
        self._add_text(ours, text + NOTE_SEPARATOR)
        text_node.insert(0, ours)
        self._grow(at, _lines(text + NOTE_SEPARATOR))

    def take_above(self, at: Coord, own_text: str) -> bool:
        """Take the text above somebody's own away; False where theirs is not as it was."""
        if not self.text(at).endswith(NOTE_SEPARATOR + own_text):
            return False
        text_node = self._by_cell[cell_address(*at)].find(relative(self.root, "text"))
        first = text_node.find(relative(self.root, "r"))
        if first is None or len(text_node) < 2:
            return False
        lines = _lines("".join(first.itertext()))
        text_node.remove(first)
        if self.text(at) == own_text:
            self._grow(at, -lines)
            return True
        text_node.insert(0, first)
        return False

    def _grow(self, at: Coord, lines: int) -> None:
        """Make the shape of a note higher, or lower, by so many lines of text."""
        shape = self._shape_by_cell.get(at)
        if shape is None:
            return

        def higher(height: re.Match[str]) -> str:
            return (
                f"{height[1]}{max(float(height[2]) + lines * NOTE_LINE_HEIGHT, NOTE_LINE_HEIGHT):g}"
            )

        shape.set("style", HEIGHT.sub(higher, str(shape.get("style", "")), count=1))
        anchor = shape.find(f"{{{EXCEL_SCHEMA}}}ClientData/{{{EXCEL_SCHEMA}}}Anchor")
        corners = [] if anchor is None else str(anchor.text).split(",")
        if len(corners) > LAST_ROW:
            corners[LAST_ROW] = str(max(int(corners[LAST_ROW]) + lines, int(corners[2])))
            anchor.text = ",".join(corners)

    def remove(self, at: Coord) -> None:
        """Take a cell's note away, if it has one."""
        address = cell_address(*at)
        note, shape = self._by_cell.pop(address, None), self._shape_by_cell.pop(at, None)
        if note is not None:
            self._list.remove(note)
        if shape is not None:
            self.shapes.remove(shape)

    def save(self, sheet: SheetPart) -> None:
        """Put notes and shapes back, in parts that the sheet leads to."""
        self._list[:] = sorted(self._list, key=lambda note: _order(note.get("ref")))
        notes, shapes = self._names
        if not notes and len(self._list):
            notes = self.package.free_name("xl/comments{}.xml")
            self.package.put(notes, self.root, COMMENTS)
            self.package.relate(self.part, "comments", notes)
        elif notes:
            self.package.put(notes, self.root)
        if not shapes and len(self._list):
            shapes = self.package.free_name("xl/drawings/vmlDrawing{}.vml")
            self.package.put(shapes, _plain(self.shapes), DRAWING)
            sheet.lead_to_notes(self.package.relate(self.part, "vmlDrawing", shapes))
        elif shapes:
            self.package.put(shapes, _plain(self.shapes))

    def _author(self, name: str) -> int:
        authors = self.root.find(relative(self.root, "authors"))
        names = [item.text or "" for item in authors]
        if name not in names:
            etree.SubElement(authors, relative(self.root, "author")).text = name
            names.append(name)
        return names.index(name)

    def _add_text(self, inside: XmlNode, text: str) -> None:
        text_node = etree.SubElement(inside, relative(self.root, "t"))
        text_node.set(SPACE, "preserve")
        text_node.text = encode(text)

    def _add_shape(self, at: Coord, width: int, height: int) -> None:
        used_ids = {str(item.get("id")) for item in self.shapes.iter()}
        number = next(
            n for n in range(1025, 1026 + len(used_ids)) if f"_x0000_s{n}" not in used_ids
        )
        facts = {"row": at[0] - 1, "col": at[1] - 1, "width": width, "height": height}
        shape = SHAPE.format(
            v=VML, o=OFFICE_SCHEMA, x=EXCEL_SCHEMA, id=f"_x0000_s{number}", **facts
        )
        shape_node = etree.fromstring(shape)
        self.shapes.append(shape_node)
        self._shape_by_cell[at] = shape_node


def _lines(text: str) -> int:
    """How many lines a text needs in a note as narrow as spreadsheet programs make one."""
    return min(sum(1 + len(line) // 12 for line in text.rstrip().split("\n")), 30)


def _mended(data: bytes) -> XmlNode:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return etree.fromstring(data, parser)


def _plain(shapes: XmlNode) -> bytes:
    return bytes(etree.tostring(deepcopy(shapes)))


def _cell_of(shape: XmlNode) -> Coord | None:
    """The cell whose note a shape is; None for other shapes."""
    data = shape.find(f"{{{EXCEL_SCHEMA}}}ClientData")
    if data is None or data.get("ObjectType") != "Note":
        return None
    row, col = (data.findtext(f"{{{EXCEL_SCHEMA}}}{name}") for name in ("Row", "Column"))
    return None if row is None or col is None else (int(row) + 1, int(col) + 1)


def _is_guide(item: XmlNode) -> bool:
    """Whether a text is a phonetic guide's."""
    return str(item.getparent().tag).endswith("}rPh")


def _order(ref: str) -> tuple[int, str]:
    digits = "".join(sign for sign in ref if sign.isdigit())
    return int(digits or 0), ref
