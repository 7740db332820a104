"""Cells, colours and charts of one sheet put onto another one that has more; the rest stays.

What stood in the columns before, if it was put there the same way, is taken away first.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from xlperf.layout import Box
from xlperf.layout.addresses import address, box_of
from xlperf.workbook.package.archive import Package, XmlNode, relative
from xlperf.workbook.package.excerpt import Destination, copied_part, restyled
from xlperf.workbook.package.sheet_xml.sheet_part import SheetPart
from xlperf.workbook.package.styles_part import styles_of
from xlperf.workbook.part_names import OFFICE_RELATIONSHIPS

# what stands behind them in CT_Worksheet (ECMA-376, 18.3.1.99)
BEHIND_DRAWING = (
    *("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
BEHIND_COLOURS = (
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter"),
    *("rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags"),
    *("drawing", *BEHIND_DRAWING),
)
BEHIND_MERGED = ("phoneticPr", "conditionalFormatting", *BEHIND_COLOURS)
CHART_SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}f"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"


class Graft(NamedTuple):
    """What is put where: the drawn file and part, the columns, and those taken by an older one."""

    package: Package
    made_part: str
    columns: Box
    before: Box | None


def graft(source: Graft, to: Destination, part: str) -> None:
    """Put the cells and drawings of a sheet onto a part of the destination."""
    drawn_sheet = restyled(source.package, source.made_part, to, styles_of(source.package))
    with to.package.changing(part) as root:
        if source.before:
            _take_away(root, source.before)
        _put_cells(root, drawn_sheet)
        _put_columns(root, drawn_sheet)
        _put_merged(root, drawn_sheet)
        _put_colours(root, drawn_sheet)
        _widen(root, source.columns)
        if source.before:
            _drop_charts(to.package, part, source.before)
        _put_drawings(source, to.package, part, root)


def _take_away(root: XmlNode, box: Box) -> None:
    """The cells and colours of an older block."""
    sheet = SheetPart(root)
    for at in box.coords():
        cell = sheet.cell(at)
        if cell is not None:
            sheet.clear(cell)
            cell.getparent().remove(cell)
    for item in list(root.iter(relative(root, "mergeCell"))):
        area = box_of(item.get("ref", ""))
        if area and _within(area, box):
            item.getparent().remove(item)
    for item in root.findall(relative(root, "conditionalFormatting")):
        areas = [box_of(area) for area in str(item.get("sqref", "")).split()]
        if areas and all(area and _within(area, box) for area in areas):
            root.remove(item)


def _within(area: Box, box: Box) -> bool:
    return box.col <= area.col and area.col + area.width <= box.col + box.width


def _put_cells(root: XmlNode, drawn_sheet: XmlNode) -> None:
    sheet = SheetPart(root)
    groups = [int(item.get("si")) for item in root.iter(relative(root, "f")) if item.get("si")]
    beyond = max(groups, default=-1) + 1
    for item in drawn_sheet.iter(relative(drawn_sheet, "f")):
        if item.get("si"):
            item.set("si", str(int(item.get("si")) + beyond))
    for item in drawn_sheet.iter(relative(drawn_sheet, "c")):
        box = box_of(item.get("r"))
        assert box is not None
        cell = sheet.cell_or_new(box.at)
        sheet.clear(cell)
        for key, value in item.attrib.items():
            cell.set(key, value)
        cell.extend(deepcopy(child) for child in item)


def _put_columns(root: XmlNode, drawn_sheet: XmlNode) -> None:
    """The widths of the columns: entries that span others are parted."""
    new = drawn_sheet.find(relative(drawn_sheet, "cols"))
    table = root.find(relative(root, "cols"))
    if new is None:
        return
    if table is None:
        table = etree.Element(relative(root, "cols"))
        root.find(relative(root, "sheetData")).addprevious(table)
    for item in new:
        first, last = int(item.get("min")), int(item.get("max"))
        for col in range(first, last + 1):
            column = deepcopy(item)
            column.set("min", str(col))
            column.set("max", str(col))
            _part_around(table, col)
            table.append(column)
    table[:] = sorted(table, key=lambda item: int(item.get("min")))


def _part_around(table: XmlNode, col: int) -> None:
    """Let no entry say anything of a column."""
    for item in list(table):
        first, last = int(item.get("min")), int(item.get("max"))
        if not first <= col <= last:
            continue
        for begin, end in ((first, col - 1), (col + 1, last)):
            if begin <= end:
                part = deepcopy(item)
                part.set("min", str(begin))
                part.set("max", str(end))
                table.append(part)
        table.remove(item)


def _put_merged(root: XmlNode, drawn_sheet: XmlNode) -> None:
    """Cells that are one."""
    table = root.find(relative(root, "mergeCells"))
    if table is None:
        table = etree.Element(relative(root, "mergeCells"))
        _put_before(root, table, BEHIND_MERGED)
    table.extend(deepcopy(item) for item in drawn_sheet.iter(relative(drawn_sheet, "mergeCell")))
    table.set("count", str(len(table)))
    if not len(table):
        root.remove(table)


def _put_colours(root: XmlNode, drawn_sheet: XmlNode) -> None:
    """Conditional formats, after those that are there."""
    new = drawn_sheet.findall(relative(drawn_sheet, "conditionalFormatting"))
    rules = [int(rule.get("priority", 0)) for rule in root.iter(relative(root, "cfRule"))]
    last = max(rules, default=0)
    for item in new:
        colours = deepcopy(item)
        for rule in colours.iter(relative(colours, "cfRule")):
            rule.set("priority", str(last + int(rule.get("priority"))))
        _put_before(root, colours, BEHIND_COLOURS)


def _put_before(root: XmlNode, node: XmlNode, names: Iterable[str]) -> None:
    """Put an element before the first of some others; at the end where there is none."""
    behind = set(names)
    first = next((item for item in root if etree.QName(item).localname in behind), None)
    if first is None:
        root.append(node)
    else:
        first.addprevious(node)


def _widen(root: XmlNode, columns: Box) -> None:
    """Let the sheet's extent say that it has the columns."""
    dimension = root.find(relative(root, "dimension"))
    box = box_of(dimension.get("ref", "")) if dimension is not None else None
    if box:
        right = max(box.col + box.width, columns.col + columns.width)
        bottom = max(box.bottom, columns.bottom)
        whole = Box(box.row, box.col, right - box.col, bottom - box.row + 1)
        dimension.set("ref", address(whole).replace("$", ""))


def _drop_charts(package: Package, part: str, box: Box) -> None:
    """Charts over the columns of an older block, which look at nothing else."""
    drawing = package.relation(part, "drawing")
    if drawing is None:
        return
    targets = {item.number: item.target for item in package.relations(drawing.target)}
    dropped = []
    with package.changing(drawing.target) as root:
        for anchor in list(root):
            numbers = [
                v
                for item in anchor.iter()
                for k, v in item.attrib.items()
                if k == f"{{{OFFICE_RELATIONSHIPS}}}id"
            ]
            charts = [targets[n] for n in numbers if "/charts/" in targets.get(n, "")]
            if charts and all(_looks_at(package.tree(name), box) for name in charts):
                root.remove(anchor)
                dropped += charts
    for name in dropped:
        package.unrelate(drawing.target, name)
        package.drop(name)


def _looks_at(chart: XmlNode, box: Box) -> bool:
    """Whether the amounts of a chart stand in some columns."""
    values = chart.iter(CHART_SPACE.replace("}f", "}val"))
    areas = [box_of(str(f.text)) for item in values for f in item.iter(CHART_SPACE)]
    return bool(areas) and all(area is not None and _within(area, box) for area in areas)


def _put_drawings(source: Graft, package: Package, part: str, root: XmlNode) -> None:
    """The charts, on the drawing of the sheet or on a new one."""
    new = source.package.relation(source.made_part, "drawing")
    if new is None:
        return
    there = package.relation(part, "drawing")
    if there is None:
        name = copied_part(source.package, new.target, package)
        number = package.relate(part, "drawing", name)
        element = etree.Element(
            relative(root, "drawing"),
            {f"{{{OFFICE_RELATIONSHIPS}}}id": number},
            nsmap={"r": OFFICE_RELATIONSHIPS},
        )
        _put_before(root, element, BEHIND_DRAWING)
        return
    targets = {item.number: item.target for item in source.package.relations(new.target)}
    drawing_tree = source.package.tree(new.target)
    numbers = {
        number: package.relate(there.target, "chart", copied_part(source.package, target, package))
        for number, target in targets.items()
    }
    with package.changing(there.target) as drawing:
        ids = [int(item.get("id", 0)) for item in drawing.iter() if _local_name(item) == "cNvPr"]
        for anchor in drawing_tree:
            for item in anchor.iter():
                key = f"{{{OFFICE_RELATIONSHIPS}}}id"
                if item.get(key) in numbers:
                    item.set(key, numbers[item.get(key)])
                if _local_name(item) == "cNvPr":
                    ids.append(max(ids, default=0) + 1)
                    item.set("id", str(ids[-1]))
            drawing.append(anchor)


def last_row_of_drawings(package: Package, part: str) -> int:
    """The last row that drawings of a sheet cover, 0 without any."""
    drawing = package.relation(part, "drawing")
    if drawing is None:
        return 0
    ends = [item for item in package.tree(drawing.target).iter() if _local_name(item) == "to"]
    rows = [int(item.text) + 1 for end in ends for item in end if _local_name(item) == "row"]
    return max(rows, default=0)


def _local_name(item: XmlNode) -> str:
    return str(etree.QName(item).localname)
