"""The part that lists a workbook's sheets and names: sheets taken out and put in, names set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from xlperf.workbook.package.archive import Package, XmlNode, relative, serialize
from xlperf.workbook.part_names import OFFICE_RELATIONSHIPS

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# what stands behind the names and the calculation in CT_Workbook (ECMA-376, 18.2.27)
BEHIND_NAMES = (
    *("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
    *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: its title, its part, whether people see its tab."""

    title: str
    part: str
    is_visible: bool


class WorkbookPart:
    """The list of sheets, the names and the settings of calculation; `save` puts them back."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.root: XmlNode = package.tree(package.main)
        self._before = serialize(self.root)
        self._listed: XmlNode = self.root.find(relative(self.root, "sheets"))

    def sheets(self) -> list[SheetEntry]:
        """The sheets, in the order of their tabs."""
        related = {item.number: item for item in self.package.relations(self.package.main)}
        return [
            SheetEntry(
                str(item.get("name")),
                related[_number(item)].target,
                item.get("state", "visible") == "visible",
            )
            for item in self._listed
        ]

    def position(self, title: str) -> int:
        """The position of a sheet, from 0."""
        return [item.get("name") for item in self._listed].index(title)

    def names(self) -> Iterator[tuple[str, str, int | None]]:
        """Every defined name, what it stands for, and the position of the sheet it belongs to."""
        for item in self._names():
            scope = item.get("localSheetId")
            yield str(item.get("name")), item.text or "", None if scope is None else int(scope)

    def names_by_sheet(self) -> dict[int, dict[str, str]]:
        """The names that belong to sheets, by their positions."""
        result: dict[int, dict[str, str]] = {}
        for name, text, scope in self.names():
            if scope is not None:
                result.setdefault(scope, {})[name] = text
        return result

    def _names(self) -> list[XmlNode]:
        table = self.root.find(relative(self.root, "definedNames"))
        return [] if table is None else list(table.iterchildren(relative(self.root, "definedName")))

    def set_name(self, name: str, text: str, position: int | None = None, **facts: str) -> None:
        """Define a name, for one sheet or for all; what it stood for is replaced."""
        scope = {} if position is None else {"localSheetId": str(position)}
        for item in self._names() if position is None else ():
            if item.get("name") == name and item.get("localSheetId") is None:
                item.text = text
                return
        table = self.root.find(relative(self.root, "definedNames"))
        if table is None:
            table = etree.Element(relative(self.root, "definedNames"))
            _put_before(self.root, table, BEHIND_NAMES)
        defined_name = etree.SubElement(
            table, relative(self.root, "definedName"), name=name, **scope, **facts
        )
        defined_name.text = text

    def drop_name(self, name: str, position: int) -> None:
        """Take away a name of one sheet."""
        for item in self._names():
            if item.get("name") == name and item.get("localSheetId") == str(position):
                item.getparent().remove(item)

    def remove_names(self, beginning: str) -> None:
        """Take away the names of sheets that begin like this."""
        for item in self._names():
            if item.get("localSheetId") is not None and str(item.get("name")).startswith(beginning):
                item.getparent().remove(item)

    def remove(self, title: str) -> bool:
        """Take a sheet away, with its names and its notes; whether it was in front."""
        position = self.position(title)
        part = self.sheets()[position].part
        before = len(self._listed)
        self._listed.remove(self._listed[position])
        for item in self._names():
            if item.get("localSheetId") == str(position):
                item.getparent().remove(item)
        tag = relative(self.root, "workbookView")
        was_active = any(int(view.get("activeTab", 0)) == position for view in self.root.iter(tag))
        self._count([at - 1 if at > position else at for at in range(before)])
        _drop(self.package, part)
        self.package.unrelate(self.package.main, part)
        self._drop_chain()
        return was_active

    def insert(self, sheets: Mapping[int, SheetEntry]) -> None:
        """List sheets whose parts are in the package, each before the one at a position."""
        parts = [entry.part for entry in sheets.values()]
        numbers = self.package.relate_all(self.package.main, "worksheet", parts)
        first = max((int(item.get("sheetId")) for item in self._listed), default=0) + 1
        became = list(range(len(self._listed)))
        for position in sheets:
            became = [at + 1 if at >= position else at for at in became]
        self._count(became)
        for at, (position, entry) in enumerate(sheets.items()):
            facts = {"name": entry.title, "sheetId": str(first + at)}
            if not entry.is_visible:
                facts["state"] = "hidden"
            facts[f"{{{OFFICE_RELATIONSHIPS}}}id"] = numbers[at]
            tag = relative(self.root, "sheet")
            self._listed.insert(
                position, etree.Element(tag, facts, nsmap={"r": OFFICE_RELATIONSHIPS})
            )

    def _count(self, became: Sequence[int]) -> None:
        """Let what counts sheets go with them, by the positions that they have now."""
        for item in self._names():
            scope = item.get("localSheetId")
            if scope is not None and int(scope) < len(became):
                item.set("localSheetId", str(became[int(scope)]))
        for view in self.root.iter(relative(self.root, "workbookView")):
            for key in ("activeTab", "firstSheet"):
                at = int(view.get(key, 0))
                if at < len(became) and became[at] != at:
                    view.set(key, str(became[at]))

    def show(self, title: str) -> None:
        """Let a sheet be the one in front."""
        for view in self.root.iter(relative(self.root, "workbookView")):
            view.set("activeTab", str(self.position(title)))

    def calculate_when_opened(self) -> None:
        """Tell spreadsheet programs to calculate anew: formulas may show earlier results."""
        tag = relative(self.root, "calcPr")
        settings = self.root.find(tag)
        if settings is None:
            settings = etree.Element(tag)
            _put_before(self.root, settings, BEHIND_NAMES)
        settings.set("fullCalcOnLoad", "1")

    def _drop_chain(self) -> None:
        """Leave out the chain of calculation, which names formulas of a sheet that is gone.

        Every spreadsheet program makes it anew.
        """
        chain = self.package.relation(self.package.main, "calcChain")
        if chain is not None:
            self.package.drop(chain.target)
            self.package.unrelate(self.package.main, chain.target)

    def save(self) -> None:
        """Put the part back into the package, where it is another."""
        data = serialize(self.root)
        if data != self._before:
            self.package.put(self.package.main, data)


def _number(item: XmlNode) -> str:
    """The number of a sheet's relation, in the namespace of relations of either variant."""
    return next(str(value) for key, value in item.attrib.items() if key.endswith("}id"))


def _put_before(root: XmlNode, node: XmlNode, names: tuple[str, ...]) -> None:
    """Put an element into another, before the first of these, else at its end."""
    behind = (item for item in root if etree.QName(item).localname in names)
    first = next(behind, None)
    if first is None:
        root.append(node)
    else:
        first.addprevious(node)


def _drop(package: Package, part: str) -> None:
    """Leave out a sheet's part with its notes and what else belongs to one sheet alone."""
    for item in package.relations(part):
        if item.kind in ("comments", "vmlDrawing", "printerSettings") and item.target in package:
            package.drop(item.target)
    package.drop(part)
