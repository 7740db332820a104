"""LibreOffice Calc as the engine under the stand-in for Excel (see `tests/office/inside.py`).

Rows and columns are counted from 1; a box is [row, column, height, width].
"""

import re
from functools import lru_cache
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

EXCEL = "Calc MS Excel 2007 XML"
CONTENT, FORMATS, NOTES = 1 | 2 | 4 | 16, 32 | 64 | 256, 8
ERRORS = 4
LITERAL = re.compile(r'("(?:[^"]|"")*")')
TO_EXCEL = re.compile(r"\$?('(?:[^']|'')+'|[\w\u4e00-\u9fff]+)\.(?=\$?[A-Z]{1,3}\$?\d)")
SHEET, CELL = r"('(?:[^']|'')+'|[\w\u4e00-\u9fff]+)", r"(\$?[A-Z]{1,3}\$?\d+)"
SPAN_TO_EXCEL = re.compile(rf"\$?{SHEET}\.{CELL}:\$?{SHEET}\.{CELL}")
SPAN_TO_CALC = re.compile(rf"{SHEET}:{SHEET}!{CELL}:{CELL}")
TO_CALC = re.compile(r"('(?:[^']|'')+'|[\w\u4e00-\u9fff]+)!(?=\$?[A-Z]{1,3}\$?\d)")


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def url(path):
    return uno.systemPathToFileUrl(str(Path(path).resolve()))


@lru_cache(100_000)  # the same workbook is opened again and again
def grammar(formula, to_calc):
    """Excel's way of writing a formula to Calc's or back, texts left alone."""
    parts = LITERAL.split(formula)
    for at in range(0, len(parts), 2):
        if to_calc:
            parts[at] = SPAN_TO_CALC.sub(r"$\1.\3:$\2.\4", parts[at].replace(",", ";"))
            parts[at] = TO_CALC.sub(r"$\1.", parts[at])
        else:
            parts[at] = SPAN_TO_EXCEL.sub(r"\1:\3!\2:\4", parts[at].replace(";", ","))
            parts[at] = TO_EXCEL.sub(r"\1!", parts[at])
    return "".join(parts)


def content(target):
    """A name's cells as Excel writes them."""
    match = re.fullmatch(r"\$?('(?:[^']|'')+'|[^.']+)\.(.+)", target)
    return f"={match[1]}!{match[2]}" if match else f"={target}"


class Engine:
    def __init__(self, desktop):
        self.desktop = desktop
        self.docs = {}

    def answer(self, step):
        return getattr(self, step.pop("do"))(**step)

    # ---- documents

    def open(self, path):
        doc = self.desktop.loadComponentFromURL(url(path), "_blank", 0, (prop("Hidden", True),))
        if doc is None:
            raise RuntimeError(f"LibreOffice cannot open {path}")
        doc.calculateAll()
        return self._number_of(doc)

    def new(self):
        hidden = (prop("Hidden", True),)
        return self._number_of(
            self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden)
        )

    def _number_of(self, doc):
        number = max(self.docs, default=0) + 1
        self.docs[number] = doc
        return number

    def save(self, doc, path):
        self.docs[doc].storeToURL(url(path), (prop("FilterName", EXCEL),))

    def pdf(self, doc, path):
        self.docs[doc].storeToURL(url(path), (prop("FilterName", "calc_pdf_Export"),))

    def close(self, doc):
        self.docs.pop(doc).close(True)

    def calculate(self, doc):
        self.docs[doc].calculateAll()

    def automatic(self, doc, on=None):
        if on is not None:
            self.docs[doc].enableAutomaticCalculation(on)
        return self.docs[doc].isAutomaticCalculationEnabled()

    # ---- sheets

    def sheets(self, doc):
        return [[sheet.Name, sheet.IsVisible] for sheet in self.docs[doc].Sheets]

    def sheet(self, doc, name):
        return self.docs[doc].Sheets.getByName(name)

    def add_sheet(self, doc, name, position):
        self.docs[doc].Sheets.insertNewByName(name, position)

    def copy_sheet(self, doc, name, to, position):
        self.docs[doc].Sheets.copyByName(name, to, position)

    def delete_sheet(self, doc, name):
        self.docs[doc].Sheets.removeByName(name)

    def rename_sheet(self, doc, name, to):
        self.sheet(doc, name).Name = to

    def show_sheet(self, doc, name, on):
        self.sheet(doc, name).IsVisible = on

    def active(self, doc, name=None):
        controller = self.docs[doc].getCurrentController()
        if name is not None:
            controller.setActiveSheet(self.sheet(doc, name))
        return controller.getActiveSheet().Name

    def select(self, doc, sheet, box):
        self.docs[doc].getCurrentController().select(self.area(doc, sheet, box))

    def selection(self, doc):
        return self._box(self.docs[doc].getCurrentController().getSelection().RangeAddress)

    def area(self, doc, sheet, box):
        row, col, height, width = box
        return self.sheet(doc, sheet).getCellRangeByPosition(
            col - 1, row - 1, col + width - 2, row + height - 2
        )

    def _box(self, at):
        height, width = at.EndRow - at.StartRow + 1, at.EndColumn - at.StartColumn + 1
        return [at.StartRow + 1, at.StartColumn + 1, height, width]

    def used(self, doc, sheet):
        cursor = self.sheet(doc, sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        cursor.gotoStartOfUsedArea(False)
        start = cursor.RangeAddress
        height, width = end.EndRow - start.StartRow + 1, end.EndColumn - start.StartColumn + 1
        return [start.StartRow + 1, start.StartColumn + 1, height, width]

    # ---- cells

    def values(self, doc, sheet, box):
        """Numbers, texts, {"error": text}; a blank is null."""
        area = self.area(doc, sheet, box)
        rows = [list(line) for line in area.getDataArray()]
        for at in area.queryFormulaCells(ERRORS).RangeAddresses:
            for row in range(at.StartRow, at.EndRow + 1):
                for col in range(at.StartColumn, at.EndColumn + 1):
                    cell = self.sheet(doc, sheet).getCellByPosition(col, row)
                    rows[row - box[0] + 1][col - box[1] + 1] = {"error": cell.String}
        return [[None if value == "" else value for value in line] for line in rows]

    def formulas(self, doc, sheet, box):
        """Formulas and constants, as Excel writes them."""
        return [
            [grammar(text, False) if text[:1] == "=" else text for text in line]
            for line in self.area(doc, sheet, box).getFormulaArray()
        ]

    def set_values(self, doc, sheet, box, rows):
        """Texts stay texts whatever they begin with."""
        data = [["" if value is None else value for value in line] for line in rows]
        whole = tuple(tuple(float(v) if isinstance(v, int) else v for v in line) for line in data)
        self.area(doc, sheet, box).setDataArray(whole)

    def set_formulas(self, doc, sheet, box, rows):
        def typed(value):
            if isinstance(value, str) and value[:1] == "=":
                return grammar(value, True)
            return "" if value is None else repr(value) if not isinstance(value, str) else value

        made = tuple(tuple(typed(value) for value in line) for line in rows)
        self.area(doc, sheet, box).setFormulaArray(made)

    def clear(self, doc, sheet, box, what):
        flags = {"contents": CONTENT, "all": CONTENT | FORMATS | NOTES, "formats": FORMATS}[what]
        self.area(doc, sheet, box).clearContents(flags)

    def _cells(self, doc, sheet, boxes):
        page = self.sheet(doc, sheet)
        for row, col, height, width in boxes:
            for r in range(row, row + height):
                for c in range(col, col + width):
                    yield page.getCellByPosition(c - 1, r - 1)

    def get(self, doc, sheet, boxes, name):
        """The different values that cells have for a property."""
        values = []
        for cell in self._cells(doc, sheet, boxes):
            value = getattr(cell, name)
            if value not in values:
                values.append(value)
        return values

    def get_of_each(self, doc, sheet, boxes, name):
        """The value that each cell has for a property."""
        return [getattr(cell, name) for cell in self._cells(doc, sheet, boxes)]

    def put(self, doc, sheet, boxes, name, value):
        for box in boxes:
            setattr(self.area(doc, sheet, box), name, value)

    def number_formats(self, doc, sheet, boxes):
        codes = self.docs[doc].NumberFormats
        keys = self.get(doc, sheet, boxes, "NumberFormat")
        return [codes.getByKey(key).FormatString for key in keys]

    def number_formats_of_each(self, doc, sheet, box):
        """The format of each cell, row by row."""
        codes = self.docs[doc].NumberFormats
        keys = self.get_of_each(doc, sheet, [box], "NumberFormat")
        format_codes = {key: codes.getByKey(key).FormatString for key in set(keys)}
        return [format_codes[key] for key in keys]

    def set_number_format(self, doc, sheet, boxes, code):
        formats, locale = self.docs[doc].NumberFormats, self.docs[doc].CharLocale
        key = formats.queryKey(code, locale, False)
        self.put(
            doc, sheet, boxes, "NumberFormat", formats.addNew(code, locale) if key < 0 else key
        )

    def locked(self, doc, sheet, boxes):
        for box in boxes:
            area = self.area(doc, sheet, box)
            single = area.CellProtection
            if single.IsLocked:
                return True
            if any(cell.CellProtection.IsLocked for cell in self._cells(doc, sheet, [box][:1])):
                return True
        return False

    def merge_areas(self, doc, sheet, boxes):
        """For each cell the box of the merged area it belongs to, itself if none."""
        areas = []
        for cell in self._cells(doc, sheet, boxes):
            cursor = self.sheet(doc, sheet).createCursorByRange(cell)
            cursor.collapseToMergedArea()
            areas.append(self._box(cursor.RangeAddress))
        return areas

    def merge(self, doc, sheet, box, on):
        self.area(doc, sheet, box).merge(on)

    def insert_rows(self, doc, sheet, row, count):
        self.sheet(doc, sheet).Rows.insertByIndex(row - 1, count)

    def delete_rows(self, doc, sheet, row, count):
        self.sheet(doc, sheet).Rows.removeByIndex(row - 1, count)

    def sizes(self, doc, sheet, *, first, count, axis, value=None):
        """Widths or heights in hundredths of a millimetre."""
        page = self.sheet(doc, sheet)
        lines = page.Columns if axis == "columns" else page.Rows
        name = "Width" if axis == "columns" else "Height"
        if value is not None:
            for at in range(first - 1, first - 1 + count):
                setattr(lines.getByIndex(at), name, value)
        return getattr(lines.getByIndex(first - 1), name)

    def hide(self, doc, sheet, *, first, count, axis, hidden):
        page = self.sheet(doc, sheet)
        lines = page.Columns if axis == "columns" else page.Rows
        for at in range(first - 1, first - 1 + count):
            lines.getByIndex(at).IsVisible = not hidden

    # ---- notes and names

    def notes(self, doc, sheet):
        annotations = self.sheet(doc, sheet).Annotations
        listed = [annotations.getByIndex(at) for at in range(annotations.Count)]
        return [[note.Position.Row + 1, note.Position.Column + 1, note.String] for note in listed]

    def add_note(self, doc, sheet, row, col, text):
        """Write a note into a cell; False, and nothing is done, where it has one."""
        if any(note[:2] == [row, col] for note in self.notes(doc, sheet)):
            return False
        at = self.area(doc, sheet, [row, col, 1, 1]).getCellByPosition(0, 0).CellAddress
        self.sheet(doc, sheet).Annotations.insertNew(at, text)
        return True

    def delete_notes(self, doc, sheet, boxes):
        annotations = self.sheet(doc, sheet).Annotations
        for at in range(annotations.Count - 1, -1, -1):
            place = annotations.getByIndex(at).Position
            row, col = place.Row + 1, place.Column + 1
            if any(r <= row < r + h and c <= col < c + w for r, c, h, w in boxes):
                annotations.removeByIndex(at)

    def _names(self, doc, sheet):
        return (self.sheet(doc, sheet) if sheet else self.docs[doc]).NamedRanges

    def names(self, doc, sheet):
        return [
            [named_range.Name, content(named_range.Content)]
            for named_range in self._names(doc, sheet)
        ]

    def resolve(self, doc, sheet, names):
        """The boxes of names on a sheet; null for one that is not there or has no cells."""
        sheet_names, book_names = self._names(doc, sheet), self._names(doc, None)
        boxes = []
        for name in names:
            scope = (
                sheet_names
                if sheet_names.hasByName(name)
                else book_names
                if book_names.hasByName(name)
                else None
            )
            cells = scope.getByName(name).getReferredCells() if scope else None
            boxes.append(self._box(cells.RangeAddress) if cells else None)
        return boxes
