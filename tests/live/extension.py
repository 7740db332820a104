"""Steps in LibreOffice with xlperf's extension in it (see `tests/office/inside.py`)."""

import json
import os
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

EXCEL = "Calc MS Excel 2007 XML"


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def url(path):
    return uno.systemPathToFileUrl(str(Path(path).resolve()))


class Engine:
    def __init__(self, desktop):
        self.desktop = desktop
        self.context = uno.getComponentContext()
        self.document = None

    def answer(self, steps):
        """Carry out steps; the result of each. Nothing stays open after one that fails."""
        try:
            return [getattr(self, step.pop("do"))(**step) for step in steps]
        except Exception:
            self.close()
            raise

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def surroundings(self, **values):
        """Variables of this process, which clicks see."""
        os.environ.update(values)

    def open(self, path, *, read_only=False, hidden=True):
        properties = (prop("Hidden", hidden), prop("ReadOnly", read_only))
        self.document = self.desktop.loadComponentFromURL(url(path), "_blank", 0, properties)
        self.document.calculateAll()

    def close(self):
        if self.document is not None:
            self.document.close(True)
            self.document = None

    def frame(self):
        return self.document.getCurrentController().getFrame()

    def click(self, action):
        """Dispatch a button's command, as a click does; False where nobody takes it."""
        command = uno.createUnoStruct("com.sun.star.util.URL")
        command.Complete = f"xlperf:{action}"
        _, command = self.service("com.sun.star.util.URLTransformer").parseStrict(command)
        dispatch = self.frame().queryDispatch(command, "_self", 0)
        if dispatch is None:
            return False
        dispatch.dispatch(command, ())
        return True

    def undo(self):
        """How many steps can be undone."""
        return len(self.document.getUndoManager().getAllUndoActionTitles())

    def sheets(self):
        return [[sheet.Name, sheet.IsVisible] for sheet in self.document.Sheets]

    def active(self):
        controller = self.document.getCurrentController()
        selection = controller.getSelection()
        return [controller.getActiveSheet().Name, selection.AbsoluteName]

    def sheet(self, name):
        return self.document.Sheets.getByName(name)

    def notes(self):
        """Every note: sheet, cell, text."""
        result = []
        for sheet in self.document.Sheets:
            notes = sheet.Annotations
            for at in range(notes.Count):
                note = notes.getByIndex(at)
                cell = sheet.getCellByPosition(note.Position.Column, note.Position.Row)
                result.append([sheet.Name, cell.AbsoluteName.rpartition(".")[2], note.String])
        return sorted(result)

    def fill(self, sheet, cell, colour=None):
        """The fill of a cell, RRGGBB as a number, -1 for none."""
        area = self.sheet(sheet).getCellRangeByName(cell)
        if colour is not None:
            area.CellBackColor = colour
        return area.getCellByPosition(0, 0).CellBackColor

    def note(self, sheet, cell, text):
        area = self.sheet(sheet).getCellRangeByName(cell).getCellByPosition(0, 0)
        self.sheet(sheet).Annotations.insertNew(area.CellAddress, text)

    def text(self, sheet, cell, value=None):
        area = self.sheet(sheet).getCellRangeByName(cell).getCellByPosition(0, 0)
        if value is not None:
            area.String = value
        return area.String

    def number(self, sheet, cell, value):
        self.sheet(sheet).getCellRangeByName(cell).getCellByPosition(0, 0).Value = value

    def protected(self):
        return [sheet.Name for sheet in self.document.Sheets if sheet.isProtected()]

    def protect(self, sheet, password):
        self.sheet(sheet).unprotect("")
        self.sheet(sheet).protect(password)

    def select(self, sheet, cell):
        controller = self.document.getCurrentController()
        controller.setActiveSheet(self.sheet(sheet))
        controller.select(self.sheet(sheet).getCellRangeByName(cell))

    def rename(self, sheet, to):
        self.sheet(sheet).Name = to

    def rows(self, sheet):
        """What a sheet shows, row by row."""
        page = self.sheet(sheet)
        cursor = page.createCursor()
        cursor.gotoEndOfUsedArea(False)
        bottom, right = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
        return [
            [page.getCellByPosition(col, row).String for col in range(right + 1)]
            for row in range(bottom + 1)
        ]

    def store(self, path):
        self.document.storeToURL(url(path), (prop("FilterName", EXCEL),))

    def written(self, path):
        """What the buttons would have said in dialogs."""
        return json.loads(Path(path).read_text(encoding="utf-8")).get("said", [])

    def answers(self, asks):
        """What the extension's interpreter answers to asks; a click has loaded it before."""
        import xlperf_calc  # noqa: PLC0415 - of the extension, not of the tests

        return xlperf_calc.Calc(self.document, ("LibreOffice", "7")).answers(asks)
