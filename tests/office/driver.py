"""An engine that carries out steps on a workbook, in LibreOffice (see `inside.py`)."""

import os
import re
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table.CellContentType import FORMULA, VALUE

EXCEL = "Calc MS Excel 2007 XML"
MACROS = "Calc MS Excel 2007 VBA XML"
ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def url(path):
    return uno.systemPathToFileUrl(str(Path(path).resolve()))


class Engine:
    def __init__(self, desktop):
        self.desktop = desktop
        self.document = None

    def answer(self, steps):
        """Carry out steps; the result of each. Nothing stays open after one that fails."""
        try:
            return [getattr(self, step.pop("do"))(**step) for step in steps]
        except Exception:
            if self.document is not None:
                self.close()
            raise

    def sheet(self, name):
        return self.document.Sheets.getByName(name)

    def open(self, path):
        self.document = self.desktop.loadComponentFromURL(
            url(path), "_blank", 0, (prop("Hidden", True),)
        )
        if self.document is None:
            raise RuntimeError(f"LibreOffice cannot open {path}")
        self.document.calculateAll()
        return [sheet.Name for sheet in self.document.Sheets]

    def open_macros(self, path):
        """Open an add-in or a workbook with macros, which may run."""
        properties = (
            prop("Hidden", True),
            prop("MacroExecutionMode", 4),  # run them, never ask
            prop("FilterName", MACROS),  # an add-in's is not found by itself
        )
        self.document = self.desktop.loadComponentFromURL(url(path), "_blank", 0, properties)
        if self.document is None:
            raise RuntimeError(f"LibreOffice cannot open {path}")

    def call(self, macro, arguments=()):
        """Run `Module.Procedure`; its value. A module that does not compile gives ""."""
        libraries = self.document.BasicLibraries.ElementNames
        project = next(name for name in libraries if name != "Standard")
        script = f"vnd.sun.star.script:{project}.{macro}?language=Basic&location=document"
        procedure = self.document.ScriptProvider.getScript(script)
        values = (
            tuple(argument) if isinstance(argument, list) else argument for argument in arguments
        )
        return procedure.invoke(tuple(values), (), ())[0]

    def surroundings(self, name, value):
        """A variable of LibreOffice's process; None takes it away."""
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value

    def close(self):
        self.document.close(True)
        self.document = None

    def save(self, path):
        self.document.storeToURL(url(path), (prop("FilterName", EXCEL),))

    def convert(self, path, to, kind):
        """Save a file of any kind, which may be no workbook, in the format of a filter."""
        properties = (prop("Hidden", True),)
        document = self.desktop.loadComponentFromURL(url(path), "_blank", 0, properties)
        try:
            document.storeToURL(url(to), (prop("FilterName", kind),))
        finally:
            document.close(True)

    def pdf(self, path):
        self.document.storeToURL(url(path), (prop("FilterName", "calc_pdf_Export"),))

    def insert_rows(self, sheet, row, count=1):
        self.sheet(sheet).Rows.insertByIndex(row - 1, count)

    def delete_rows(self, sheet, row, count=1):
        self.sheet(sheet).Rows.removeByIndex(row - 1, count)

    def insert_columns(self, sheet, col, count=1):
        self.sheet(sheet).Columns.insertByIndex(col - 1, count)

    def delete_columns(self, sheet, col, count=1):
        self.sheet(sheet).Columns.removeByIndex(col - 1, count)

    def move(self, sheet, area, to):
        """Cut an area and paste it elsewhere on the sheet."""
        page = self.sheet(sheet)
        source = page.getCellRangeByName(area).RangeAddress
        page.moveRange(page.getCellRangeByName(to).CellAddress, source)

    def paste(self, sheet, area, onto, to):
        """Copy an area of one sheet and paste it, formats and all, onto another."""
        source = self.sheet(sheet).getCellRangeByName(area).RangeAddress
        target = self.sheet(onto).getCellRangeByName(to).CellAddress
        self.sheet(onto).copyRange(target, source)

    def sort(self, sheet, area, col, down=False):
        """Sort rows by a column of the area, as the menu does, without a heading."""
        cells = self.sheet(sheet).getCellRangeByName(area)
        by = uno.createUnoStruct("com.sun.star.table.TableSortField")
        by.Field, by.IsAscending = col - 1, not down
        fields = uno.Any("[]com.sun.star.table.TableSortField", (by,))
        uno.invoke(cells, "sort", ((prop("SortFields", fields), prop("ContainsHeader", False)),))

    def unprotect(self, sheet):
        self.sheet(sheet).unprotect("")

    def protect(self, sheet, password):
        self.sheet(sheet).unprotect("")
        self.sheet(sheet).protect(password)

    def hide(self, sheet):
        self.sheet(sheet).IsVisible = False

    def insert_cells(self, sheet, area):
        address = self.sheet(sheet).getCellRangeByName(area).RangeAddress
        down = uno.Enum("com.sun.star.sheet.CellInsertMode", "DOWN")
        self.sheet(sheet).insertCells(address, down)

    def copy_sheet(self, sheet, name, position):
        self.document.Sheets.copyByName(sheet, name, position)

    def move_sheet(self, sheet, position):
        self.document.Sheets.moveByName(sheet, position)

    def rename_sheet(self, sheet, name):
        self.sheet(sheet).Name = name

    def delete_sheet(self, sheet):
        self.document.Sheets.removeByName(sheet)

    def add_sheet(self, name, position):
        self.document.Sheets.insertNewByName(name, position)

    def text(self, sheet, cell, value):
        self.sheet(sheet).getCellRangeByName(cell).String = value

    def number(self, sheet, cell, value):
        self.sheet(sheet).getCellRangeByName(cell).Value = value

    def type(self, sheet, cell, value):
        """As if typed: 25% becomes a number, =1+1 a formula."""
        self.sheet(sheet).getCellRangeByName(cell).FormulaLocal = value

    def clear(self, sheet, cell):
        self.sheet(sheet).getCellRangeByName(cell).clearContents(1 | 2 | 4 | 16)

    def unmerge(self, sheet, area):
        self.sheet(sheet).getCellRangeByName(area).merge(False)

    def value(self, sheet, cell):
        cell_object = self.sheet(sheet).getCellRangeByName(cell)
        if cell_object.Error:
            return {"error": cell_object.Error}
        kind = cell_object.FormulaResultType2 if cell_object.Type == FORMULA else None
        if cell_object.Type == VALUE or kind == 1:
            return cell_object.Value
        return cell_object.String

    def named(self, name):
        """The value of a workbook-scoped name of one cell."""
        content = self.document.NamedRanges.getByName(name).Content
        sheet, cell = re.fullmatch(r"\$?'?(.+?)'?\.\$?([A-Z]+)\$?(\d+)", content).group(1), content
        address = re.search(r"\$?([A-Z]+)\$?(\d+)$", cell)
        return self.value(sheet.replace("''", "'"), "".join(address.groups()))

    def rows(self, sheet):
        """Everything a sheet shows, as text, row by row."""
        page = self.sheet(sheet)
        cursor = page.createCursor()
        cursor.gotoEndOfUsedArea(False)
        bottom, right = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
        return [
            [page.getCellByPosition(col, row).String for col in range(right + 1)]
            for row in range(bottom + 1)
        ]

    def mutate(self, tries, areas):
        """Try changes one after the other: what the areas say after each, which is then undone."""
        ranges = [self.sheet(sheet).getCellRangeByName(area) for sheet, area in areas]
        return [self.tried(changes, ranges) for changes in tries]

    def tried(self, changes, ranges):
        cells = [
            self.sheet(change["sheet"]).getCellRangeByName(change["cell"]) for change in changes
        ]
        were = [(cell.Type.value, cell.String, cell.Value, cell.Formula) for cell in cells]
        self.document.lockControllers()
        for cell, edit in zip(cells, changes, strict=True):
            self.set(cell, edit["value"])
        texts = [
            [number, row, col, text]
            for number, area in enumerate(ranges)
            for row, line in enumerate(area.getDataArray())
            for col, text in enumerate(line)
            if text not in ("", 0.0)
        ]
        for cell, (kind, text, value, formula) in zip(cells, were, strict=True):
            if kind == "FORMULA":
                cell.Formula = formula
            else:
                self.set(cell, {"TEXT": text, "VALUE": value}.get(kind))
        self.document.unlockControllers()
        return texts

    def set(self, cell, value):
        if value is None:
            cell.clearContents(1 | 2 | 4 | 16)
        elif isinstance(value, str):
            cell.String = value
        else:
            cell.Value = value

    def errors(self):
        """Every range of formula cells that show an error."""
        addresses = []
        for page in self.document.Sheets:
            addresses += page.queryFormulaCells(ERROR).RangeAddressesAsString.split(";")
        return [address for address in addresses if address]
