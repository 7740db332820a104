"""The part with the cell styles: it only grows, so that every number in a sheet stays true."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree  # type: ignore[import-untyped]

from xlperf.workbook.package.archive import Package, XmlNode, relative
from xlperf.workbook.part_names import FIRST_CUSTOM_FORMAT, STYLES_PART

FONT_ORDER = (  # of the parts of a font, in the schema
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
STYLE_TABLES = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
# the order of the tables in CT_Stylesheet (ECMA-376, 18.8.39)
ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


class StylesPart:
    """The tables of a styles part: cell formats by their numbers, and what these consist of."""

    def __init__(self, root: XmlNode) -> None:
        self.root = root
        self.is_changed = False
        self._numbers: dict[str, dict[bytes, int]] = {}
        self._adopted: dict[int, int] = {}
        self._number_by_fill: dict[tuple[int, bytes], int] = {}

    def table(self, name: str) -> XmlNode:
        """A table of the part, made where it is missing."""
        table = self.root.find(relative(self.root, name))
        if table is None:
            table = etree.Element(relative(self.root, name))
            before = [relative(self.root, other) for other in ORDER[: ORDER.index(name)]]
            last = [item for item in self.root if item.tag in before]
            self.root.insert(self.root.index(last[-1]) + 1 if last else 0, table)
        return table

    def number(self, name: str, element: XmlNode) -> int:
        """The number of an element in a table, in which it is put where no equal one is there."""
        table = self.table(name)
        if name not in self._numbers:
            self._numbers[name] = {}
            for number, item in enumerate(table):
                self._numbers[name].setdefault(_key(item), number)
        numbers, key = self._numbers[name], _key(element)
        if key not in numbers:
            numbers[key] = len(table)
            table.append(element)
            table.set("count", str(len(table)))
            self.is_changed = True
        return numbers[key]

    def format(self, number: int) -> XmlNode:
        """A cell format; the first one for a number that the part does not have."""
        formats = self.table("cellXfs")
        if not len(formats):
            self.number("cellXfs", etree.Element(relative(self.root, "xf")))
        return formats[number if 0 <= number < len(formats) else 0]

    def quoted(self, number: int) -> int:
        """The format like another that keeps a text a text when somebody edits it."""
        return self._changed(number, lambda cell_format: cell_format.set("quotePrefix", "1"))

    def fill(self, number: int) -> XmlNode:
        """The fill of a cell format, as the part has it; None where it has none."""
        fills = self.table("fills")
        at = int(self.format(number).get("fillId", 0))
        return fills[at] if at < len(fills) else None

    def colour(self, number: int) -> str:
        """The solid colour of a cell format, "FFRRGGBB"; "" for none, or one of the theme."""
        fill = self.fill(number)
        pattern = None if fill is None else fill.find(relative(self.root, "patternFill"))
        if pattern is None or pattern.get("patternType") != "solid":
            return ""
        colour = pattern.find(relative(self.root, "fgColor"))
        return "" if colour is None else str(colour.get("rgb", ""))

    def pattern(self, number: int) -> str:
        """The XML of a fill that is no single colour: of the theme, shaded, hatched; else ""."""
        fill = self.fill(number)
        if self.colour(number) or fill is None or not len(fill):
            return ""
        is_none = fill[0].get("patternType", "none") == "none" and not len(fill[0])
        return "" if is_none else _key(fill).decode()

    def with_solid_fill(self, number: int, colour: str) -> int:
        """The format like another with a solid colour ("FFRRGGBB"), or for "" without a fill."""
        fill = etree.Element(relative(self.root, "fill"))
        pattern = etree.SubElement(fill, relative(self.root, "patternFill"))
        if colour:
            pattern.set("patternType", "solid")
            etree.SubElement(pattern, relative(self.root, "fgColor"), rgb=colour)
        return self.with_fill(number, fill if colour else None)

    def with_fill(self, number: int, fill: XmlNode) -> int:
        """The format like another with a fill, an element of the part or like one; None: none."""
        key = (number, b"" if fill is None else _key(fill))
        if key not in self._number_by_fill:
            at = 0 if fill is None else self.number("fills", deepcopy(fill))

            def change(cell_format: XmlNode) -> None:
                cell_format.set("fillId", str(at))
                cell_format.set("applyFill", "1")

            self._number_by_fill[key] = self._changed(number, change)
        return self._number_by_fill[key]

    def _changed(self, number: int, change: Callable[[XmlNode], None]) -> int:
        cell_format = deepcopy(self.format(number))
        change(cell_format)
        return self.number("cellXfs", cell_format)

    def adopt(self, other: StylesPart, number: int) -> int:
        """The number here of a cell format of another part, with all that it consists of."""
        if number not in self._adopted:
            cell_format = self._copied_format(other, other.format(number))
            cell_format.set("xfId", str(self._style(other, int(cell_format.get("xfId", 0)))))
            self._adopted[number] = self.number("cellXfs", cell_format)
        return self._adopted[number]

    def _copied_format(self, other: StylesPart, cell_format: XmlNode) -> XmlNode:
        """A format of another part with the numbers of this one."""
        new_format = deepcopy(cell_format)
        for key, name in STYLE_TABLES.items():
            listed, at = other.table(name), int(new_format.get(key, 0))
            if at < len(listed):
                new_format.set(key, str(self.number(name, deepcopy(listed[at]))))
        new_format.set(
            "numFmtId", str(self._number_format(other, int(new_format.get("numFmtId", 0))))
        )
        return new_format

    def _number_format(self, other: StylesPart, number: int) -> int:
        codes = {int(item.get("numFmtId")): item.get("formatCode") for item in other.formats()}
        if number < FIRST_CUSTOM_FORMAT or number not in codes:
            return number
        here = {item.get("formatCode"): int(item.get("numFmtId")) for item in self.formats()}
        if codes[number] in here:
            return here[codes[number]]
        number_format = etree.Element(relative(self.root, "numFmt"))
        number_format.set("numFmtId", str(max([*here.values(), FIRST_CUSTOM_FORMAT - 1]) + 1))
        number_format.set("formatCode", codes[number])
        self.number("numFmts", number_format)
        return int(number_format.get("numFmtId"))

    def formats(self) -> list[XmlNode]:
        """The number formats of the part's own."""
        table = self.root.find(relative(self.root, "numFmts"))
        return [] if table is None else list(table)

    def _style(self, other: StylesPart, number: int) -> int:
        """The named style like that of another part: of its name, else as it is there."""
        theirs = (item for item in other.table("cellStyles") if item.get("xfId") == str(number))
        style = next(theirs, None)
        if style is None:
            return 0
        for item in self.table("cellStyles"):
            if item.get("name") == style.get("name"):
                return int(item.get("xfId"))
        formats = self.table("cellStyleXfs")
        formats.append(self._copied_format(other, other.table("cellStyleXfs")[number]))
        formats.set("count", str(len(formats)))
        new_style = deepcopy(style)
        new_style.set("xfId", str(len(formats) - 1))
        self.number("cellStyles", new_style)
        return len(formats) - 1


def _key(element: XmlNode) -> bytes:
    """What an element says, whatever prefix and order of attributes it is written with."""
    canonical_xml = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
    return bytes(canonical_xml)


def _place_in_font(item: XmlNode) -> int:
    name = etree.QName(item).localname
    return FONT_ORDER.index(name) if name in FONT_ORDER else len(FONT_ORDER)


def styles_of(package: Package) -> StylesPart:
    """The styles of a workbook's file."""
    related = package.relation(package.main, "styles")
    return StylesPart(package.tree(related.target if related else STYLES_PART))


def save_styles(package: Package, styles: StylesPart) -> None:
    """Put the styles back into the package where something was added.

    Parts of fonts that a program wrote in an order of its own get the schema's.
    """
    if styles.is_changed:
        for font in styles.root.iter(relative(styles.root, "font")):
            font[:] = sorted(font, key=_place_in_font)
        related = package.relation(package.main, "styles")
        package.put(related.target if related else STYLES_PART, styles.root)
