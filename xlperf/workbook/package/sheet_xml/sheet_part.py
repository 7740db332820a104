"""One sheet's XML: single cells looked at and changed, all else left as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]
from openpyxl.formula.translate import Translator

from xlperf.layout import Box, Coord
from xlperf.layout.addresses import box_of, cell_address
from xlperf.workbook.package.archive import XmlNode, relative
from xlperf.workbook.package.sheet_xml.xml_escapes import encode
from xlperf.workbook.part_names import OFFICE_RELATIONSHIPS

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
KEPT_ATTRIBUTES = ("r", "s")  # attributes of a cell that a new content does not change
# what stands behind the notes' shapes in CT_Worksheet (ECMA-376, 18.3.1.99)
BEHIND_NOTES = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)


class SheetPart:
    """The cells of a sheet by row and column, counted from 1."""

    def __init__(self, root: XmlNode) -> None:
        self.root = root
        self._data: XmlNode = root.find(relative(root, "sheetData"))
        self._rows: dict[int, XmlNode] = {}
        last = 0
        for row in self._data:
            last = int(row.get("r", last + 1))
            self._rows[last] = row

    def cell(self, at: Coord) -> XmlNode:
        """The element of a cell; None where the file has none."""
        row = self._rows.get(at[0])
        if row is None:
            return None
        reference, has_all = cell_address(*at), True
        for cell in row:
            address = cell.get("r")
            if address == reference:
                return cell
            has_all = has_all and address is not None
        if has_all:
            return None
        return next((cell for col, cell in _cells(row) if col == at[1]), None)

    def cells_of(self, number: int) -> Iterator[tuple[int, XmlNode]]:
        """The cells of a row by their columns; none of a row that the file has not."""
        row = self._rows.get(number)
        return iter(()) if row is None else _cells(row)

    def cell_or_new(self, at: Coord) -> XmlNode:
        """The element of a cell, made where the file has none."""
        cell = self.cell(at)
        return self._make(at) if cell is None else cell

    def _make(self, at: Coord) -> XmlNode:
        row = self._row(at[0])
        cell_node = etree.Element(relative(self.root, "c"), r=cell_address(*at))
        row.attrib.pop("spans", None)  # only a hint, which would leave the new cell out
        behind = next((cell for col, cell in _cells(row) if col > at[1]), None)
        if behind is None:
            row.append(cell_node)
        else:
            behind.addprevious(cell_node)
        return cell_node

    def _row(self, number: int) -> XmlNode:
        if number not in self._rows:
            row = etree.Element(relative(self.root, "row"), r=str(number))
            behind = min((n for n in self._rows if n > number), default=0)
            if behind:
                self._rows[behind].addprevious(row)
            else:
                self._data.append(row)
            self._rows[number] = row
        return self._rows[number]

    def merged_from(self, at: Coord) -> Box:
        """The merged area that begins at a cell; the cell itself where none does."""
        table = self.root.find(relative(self.root, "mergeCells"))
        for item in () if table is None else table:
            box = box_of(str(item.get("ref")))
            if box and box.at == at:
                return box
        return Box(*at)

    def put_text(self, cell: XmlNode, text: str) -> None:
        """Let a cell hold a text, which is written into it."""
        self.clear(cell)
        cell.set("t", "inlineStr")
        inside = etree.SubElement(cell, relative(self.root, "is"))
        text_node = etree.SubElement(inside, relative(self.root, "t"))
        text_node.set(SPACE, "preserve")
        text_node.text = encode(text)

    def clear(self, cell: XmlNode) -> None:
        """Leave nothing of a cell but its place and its style."""
        self._leave_group(cell)
        for child in list(cell):
            cell.remove(child)
        for key in list(cell.attrib):
            if key not in KEPT_ATTRIBUTES:
                del cell.attrib[key]

    def _leave_group(self, cell: XmlNode) -> None:
        """Let the others of a shared formula have their own, where its first cell loses it."""
        first = self.formula(cell)
        if first is None or first.get("t") != "shared" or not first.get("ref"):
            return
        shared = Translator(f"={first.text}", origin=cell.get("r"))
        tag, number = relative(self.root, "f"), first.get("si")
        for row in self._data:
            for other in row:
                formula = other.find(tag)
                if formula is None or formula is first or formula.get("si") != number:
                    continue
                if not formula.text:
                    formula.text = shared.translate_formula(other.get("r")).removeprefix("=")
                    formula.attrib.clear()

    def formula(self, cell: XmlNode) -> XmlNode:
        """The formula of a cell; None where it has none."""
        return cell.find(relative(self.root, "f"))

    def put_formula(self, cell: XmlNode, formula: str) -> None:
        """Let a cell hold a formula, which begins with an equals sign."""
        self.clear(cell)
        formula_node = etree.SubElement(cell, relative(self.root, "f"))
        formula_node.text = formula.removeprefix("=")

    def drop_result(self, cell: XmlNode) -> None:
        """Leave out what a formula last gave: it follows by itself, but not in every program."""
        for child in cell.findall(relative(self.root, "v")):
            cell.remove(child)

    def put_result(self, cell: XmlNode, kind: str, value: str) -> None:
        """Let a formula have given a value: its type ("" for a number), and its `<v>` as text."""
        self.drop_result(cell)
        cell.attrib.pop("t", None)
        if kind:
            cell.set("t", kind)
        value_node = etree.SubElement(cell, relative(self.root, "v"))
        value_node.text = etree.fromstring(value).text or ""

    def lead_to_notes(self, number: str) -> None:
        """Let the sheet show the shapes of its notes, by the number of their relation."""
        drawing = etree.Element(
            relative(self.root, "legacyDrawing"),
            {f"{{{OFFICE_RELATIONSHIPS}}}id": number},
            nsmap={"r": OFFICE_RELATIONSHIPS},
        )
        behind = (item for item in self.root if etree.QName(item).localname in BEHIND_NOTES)
        first = next(behind, None)
        if first is None:
            self.root.append(drawing)
        else:
            first.addprevious(drawing)


def _cells(row: XmlNode) -> Iterator[tuple[int, XmlNode]]:
    """The cells of a row by their columns; one without an address stands beside the last one."""
    last = 0
    for cell in row:
        box = box_of(cell.get("r", ""))
        last = box.col if box else last + 1
        yield last, cell
