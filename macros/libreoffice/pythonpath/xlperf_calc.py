"""LibreOffice Calc as a host of xlperf's buttons: answers what is asked of a spreadsheet.

What may be asked is the table `members.json` beside this file, Excel's object model as far as the
buttons use it; every entry of it has a function here. Rows and columns are counted from 1 as in
Excel; a box is (row, column, height, width). Runs in LibreOffice's own Python; no other library.
"""

import json
import os
import re
from itertools import groupby

import uno

VALUES, NOTES, ALL = 1 | 2 | 4 | 16, 8, 1023  # com.sun.star.sheet.CellFlags
FAULTY = 4  # com.sun.star.sheet.FormulaResult.ERROR
EXCEL_A1 = 1  # com.sun.star.sheet.AddressConvention.XL_A1
ROWS, COLUMNS = 1_048_576, 16_384
NO_FILL, SOME_FILL, WHITE = -4142, 3, 0xFFFFFF
SHOWN, HIDDEN = -1, 0
LANDSCAPE = 2
WIDTH_OF_A_SIGN = 2540 / 96 * 7  # hundredths of a millimetre
ERRORS = {  # LibreOffice's numbers of errors, and Excel's
    521: -2146826288, 532: -2146826281, 519: -2146826273, 524: -2146826265, 525: -2146826259,
    502: -2146826252, 503: -2146826252, 32767: -2146826246,
}  # fmt: skip
VALUE_ERROR = -2146826273
LITERAL = re.compile(r'("(?:[^"]|"")*")')
SHEET, CELL = r"('(?:[^']|'')+'|[\w\u4e00-\u9fff]+)", r"(\$?[A-Z]{1,3}\$?\d+)"
SPAN = re.compile(rf"\$?{SHEET}\.{CELL}:\$?{SHEET}\.{CELL}")
PLACE = re.compile(rf"\$?{SHEET}\.(?=\$?[A-Z]{{1,3}}\$?\d)")
AREA = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")
WHOLE_COLUMNS = re.compile(r"([A-Z]{1,3}):([A-Z]{1,3})")
WHOLE_ROWS = re.compile(r"(\d+):(\d+)")
TARGET = re.compile(r"=(?P<sheet>'(?:[^']|'')+'|[^!]+)!(?P<cells>.+)")


class RefusalError(Exception):
    """What LibreOffice cannot do, or is not allowed to be asked."""


class Thing:
    """An object that a path leads to: its type by the table, and what stands behind it."""

    def __init__(self, kind, what=None, sheet=None):
        self.kind, self.what, self.sheet = kind, what, sheet


class Calc:
    """One open spreadsheet, and the answers to asks about it."""

    def __init__(self, document, program):
        self.document, self.program = document, program
        self.parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self.parser.CompileEnglish = True
        self.parser.FormulaConvention = EXCEL_A1
        self.split_row = 0

    def answers(self, asks):
        """For each ask [0, value], or [-1, why it was refused].

        While names come and go one after the other, formulas are compiled once and not at each.
        """
        result = []
        for are_names, group in groupby(asks, key=changes_names):
            if not are_names:
                result += map(self.answer_or_why, group)
                continue
            names = self.document.NamedRanges
            names.addActionLock()
            try:
                result += map(self.answer_or_why, group)
            finally:
                names.removeActionLock()
        return result

    def answer_or_why(self, ask):
        """[0, value], or [-1, why it was refused]."""
        try:
            return [0, self.answer(*ask)]
        except Exception as error:
            return [-1, str(error) or getattr(error, "Message", "") or type(error).__name__]

    def answer(self, root, path, kind, member, given):
        """One answer. Raises RefusalError for what the table does not have."""
        thing = self.follow(root, path)
        allowed = MEMBERS[thing.kind]["call" if kind == "call" else kind]
        if kind not in DOES or member not in allowed:
            raise RefusalError(f"{thing.kind}.{member}")
        return DOES[kind][thing.kind, member](self, thing, *map(self.argument, given))

    def argument(self, value):
        """An argument; a path is followed to the title of its sheet."""
        if isinstance(value, dict):
            return self.follow("book", value["path"]).sheet.Name
        return value

    def follow(self, root, path):
        """What a path leads to."""
        thing = Thing("Application") if root == "app" else Thing("Workbook")
        for member, which in path:
            entry = MEMBERS[thing.kind]
            kind = entry["items"] if member == "Item" else entry["links"].get(member)
            if not kind:
                raise RefusalError(f"{thing.kind}.{member}")
            thing = LINKS[thing.kind, member](self, thing, kind, which)
        return thing

    # ---- sheets

    def sheets(self):
        return self.document.Sheets

    def titles(self):
        return list(self.document.Sheets.ElementNames)

    def controller(self):
        return self.document.getCurrentController()

    def page(self, title):
        if not self.document.Sheets.hasByName(title):
            raise RefusalError(title)
        return self.document.Sheets.getByName(title)

    # ---- cells

    def area(self, sheet, box):
        row, col, height, width = box
        return sheet.getCellRangeByPosition(col - 1, row - 1, col + width - 2, row + height - 2)

    def cells(self, sheet, boxes):
        for row, col, height, width in boxes:
            for r in range(row, row + height):
                for c in range(col, col + width):
                    yield sheet.getCellByPosition(c - 1, r - 1)

    def boxes(self, sheet, text):
        """The boxes of addresses and names, joined by commas."""
        return [box_of(part) or self.named_box(sheet, part) for part in text.split(",")]

    def named_box(self, sheet, name):
        for names in (sheet.NamedRanges, self.document.NamedRanges):
            if names.hasByName(name):
                cells = names.getByName(name).getReferredCells()
                if cells is not None:
                    return box_at(cells.RangeAddress)
        raise RefusalError(name)

    def alike(self, thing, value_of):
        """What all cells have, None where they differ."""
        first, found = None, False
        for cell in self.cells(thing.sheet, thing.what):
            value = value_of(cell)
            if found and value != first:
                return None
            first, found = value, True
        return first

    def keep_protected(self, thing):
        """Refuse to change locked cells of a protected sheet, as LibreOffice would say nothing."""
        if thing.sheet.isProtected():
            for cell in self.cells(thing.sheet, thing.what):
                if cell.CellProtection.IsLocked:
                    raise RefusalError("protected")


def changes_names(ask):
    """Whether an ask defines a name or deletes one."""
    return ask[2] == "call" and "Names" in [step for step, _ in ask[1]]


def load_members():
    """The table of what may be asked."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "members.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def letters(col):
    text = ""
    while col:
        col, rest = divmod(col - 1, 26)
        text = chr(65 + rest) + text
    return text


def column(text):
    number = 0
    for letter in text:
        number = 26 * number + ord(letter) - 64
    return number


def box_of(text):
    """The box of an address such as $A$1:B2, C:D or 5:7; None for what is none."""
    text = text.replace("$", "")
    match = AREA.fullmatch(text)
    if match:
        top, left = int(match[2]), column(match[1])
        bottom, right = int(match[4] or top), column(match[3] or match[1])
        return top, left, bottom - top + 1, right - left + 1
    match = WHOLE_COLUMNS.fullmatch(text)
    if match:
        left = column(match[1])
        return 1, left, ROWS, column(match[2]) - left + 1
    match = WHOLE_ROWS.fullmatch(text)
    if match:
        return int(match[1]), 1, int(match[2]) - int(match[1]) + 1, COLUMNS
    return None


def box_at(address):
    """The box of LibreOffice's address of a range."""
    height = address.EndRow - address.StartRow + 1
    width = address.EndColumn - address.StartColumn + 1
    return address.StartRow + 1, address.StartColumn + 1, height, width


def named(box):
    """A box as Excel writes it: $A$1:$B$2."""
    top, left, height, width = box
    first = f"${letters(left)}${top}"
    last = f"${letters(left + width - 1)}${top + height - 1}"
    return first if first == last else first + ":" + last


def in_excel(formula):
    """A formula as Excel writes it, texts in it left alone."""
    parts = LITERAL.split(formula)
    for at in range(0, len(parts), 2):
        parts[at] = SPAN.sub(r"\1:\3!\2:\4", parts[at].replace(";", ","))
        parts[at] = PLACE.sub(r"\1!", parts[at])
    return "".join(parts)


def swapped(colour):
    """A colour with red and blue exchanged: Excel counts blue first."""
    return (colour & 255) << 16 | colour & 0xFF00 | colour >> 16


# ---- where links lead


def _sheet_link(calc, thing, kind, which):
    return Thing(kind, None, thing.sheet)


def _item_of_sheets(calc, thing, kind, which):
    title = calc.titles()[int(which) - 1] if not isinstance(which, str) else which
    return Thing(kind, None, calc.page(title))


def _active_sheet(calc, thing, kind, which):
    return Thing(kind, None, calc.controller().getActiveSheet())


def _range(calc, thing, kind, which):
    return Thing(kind, calc.boxes(thing.sheet, which), thing.sheet)


def _used(calc, thing, kind, which):
    cursor = thing.sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    cursor.gotoStartOfUsedArea(False)
    start = cursor.RangeAddress
    box = (
        start.StartRow + 1,
        start.StartColumn + 1,
        end.EndRow - start.StartRow + 1,
        end.EndColumn - start.StartColumn + 1,
    )
    return Thing(kind, [box], thing.sheet)


def _same_cells(calc, thing, kind, which):
    return Thing(kind, thing.what, thing.sheet)


def _merge_area(calc, thing, kind, which):
    return Thing(kind, [_merged_box(calc, thing.sheet, thing.what[0])], thing.sheet)


def _merged_box(calc, sheet, box):
    cursor = sheet.createCursorByRange(calc.area(sheet, (box[0], box[1], 1, 1)))
    cursor.collapseToMergedArea()
    return box_at(cursor.RangeAddress)


def _names_of_book(calc, thing, kind, which):
    return Thing(kind, calc.document.NamedRanges)


def _names_of_sheet(calc, thing, kind, which):
    return Thing(kind, thing.sheet.NamedRanges, thing.sheet)


def _name(calc, thing, kind, which):
    names = thing.what
    if not isinstance(which, str):
        return Thing(kind, (names, names.ElementNames[int(which) - 1]), thing.sheet)
    name = which.rpartition("!")[2]
    if not names.hasByName(name):
        raise RefusalError(name)
    return Thing(kind, (names, name), thing.sheet)


def _active_cell(calc, thing, kind, which):
    selection = calc.controller().getSelection()
    if hasattr(selection, "RangeAddresses"):
        address = selection.RangeAddresses[0]
    elif hasattr(selection, "RangeAddress"):
        address = selection.RangeAddress
    else:  # a chart or a picture
        return Thing(kind, [(1, 1, 1, 1)], calc.controller().getActiveSheet())
    row, col, _, _ = box_at(address)
    return Thing(kind, [(row, col, 1, 1)], calc.controller().getActiveSheet())


LINKS = {
    ("Workbook", "Worksheets"): _sheet_link,
    ("Workbook", "Names"): _names_of_book,
    ("Workbook", "ActiveSheet"): _active_sheet,
    ("Workbook", "Windows"): _sheet_link,
    ("Worksheets", "Item"): _item_of_sheets,
    ("Worksheet", "Range"): _range,
    ("Worksheet", "UsedRange"): _used,
    ("Worksheet", "Names"): _names_of_sheet,
    ("Worksheet", "Comments"): _sheet_link,
    ("Worksheet", "Protection"): _sheet_link,
    ("Worksheet", "PageSetup"): _sheet_link,
    ("Range", "Interior"): _same_cells,
    ("Range", "MergeArea"): _merge_area,
    ("Range", "Comment"): _same_cells,
    ("Range", "Hyperlinks"): _same_cells,
    ("Names", "Item"): _name,
    ("Windows", "Item"): _sheet_link,
    ("Window", "ActiveCell"): _active_cell,
}


# ---- what is got


def _program_name(calc, thing):
    return calc.program[0]


def _program_version(calc, thing):
    return calc.program[1]


def _nowhere(calc, thing):
    return ""


def _path_of(calc):
    return uno.fileUrlToSystemPath(calc.document.URL) if calc.document.URL else ""


def _full_name(calc, thing):
    return _path_of(calc)


def _book_name(calc, thing):
    return os.path.basename(_path_of(calc)) or calc.document.Title


def _folder(calc, thing):
    return os.path.dirname(_path_of(calc))


def _sheet_count(calc, thing):
    return len(calc.titles())


def _title(calc, thing):
    return thing.sheet.Name


def _is_protected(calc, thing):
    return thing.sheet.isProtected()


def _no(calc, thing):
    return False


def _visibility(calc, thing):
    return SHOWN if thing.sheet.IsVisible else HIDDEN


def _address(calc, thing):
    return ",".join(map(named, thing.what))


def _values(calc, thing):
    """Numbers and texts, Excel's numbers of errors, None for a blank."""
    sheet, box = thing.sheet, thing.what[0]
    area = calc.area(sheet, box)
    rows = [[None if value == "" else value for value in line] for line in area.getDataArray()]
    for at in area.queryFormulaCells(FAULTY).RangeAddresses:
        for row in range(at.StartRow, at.EndRow + 1):
            for col in range(at.StartColumn, at.EndColumn + 1):
                error = sheet.getCellByPosition(col, row).getError()
                rows[row - box[0] + 1][col - box[1] + 1] = ERRORS.get(error, VALUE_ERROR)
    return rows[0][0] if box[2:] == (1, 1) else rows


def _formulas(calc, thing):
    """Formulas as Excel writes them; of a constant, what it says."""
    box = thing.what[0]
    rows = [
        [in_excel(text) if text[:1] == "=" else text for text in line]
        for line in calc.area(thing.sheet, box).getFormulaArray()
    ]
    return rows[0][0] if box[2:] == (1, 1) else rows


def _number_format(calc, thing):
    key = calc.alike(thing, lambda cell: cell.NumberFormat)
    if key is None:
        return None
    code = calc.document.NumberFormats.getByKey(key).FormatString
    return "General" if code in ("General", "Standard") else code


def _is_merged(calc, thing):
    found = {
        _merged_box(calc, thing.sheet, box_at(cell.RangeAddress))[2:] != (1, 1)
        for cell in calc.cells(thing.sheet, thing.what)
    }
    return found.pop() if len(found) == 1 else None


def _fill(calc, thing):
    colour = calc.alike(thing, lambda cell: cell.CellBackColor)
    return None if colour is None else swapped(WHITE if colour < 0 else colour)


def _fill_index(calc, thing):
    filled = calc.alike(thing, lambda cell: cell.CellBackColor >= 0)
    return None if filled is None else (SOME_FILL if filled else NO_FILL)


def _note_count(calc, thing):
    return thing.sheet.Annotations.Count


def _name_count(calc, thing):
    return thing.what.Count


def _name_of_name(calc, thing):
    name = thing.what[1]
    title = thing.sheet.Name.replace("'", "''") if thing.sheet is not None else ""
    return f"'{title}'!{name}" if title else name


def _refers_to(calc, thing):
    names, name = thing.what
    cells = names.getByName(name).getReferredCells()
    if cells is None:
        return "=#REF!"
    title = cells.Spreadsheet.Name.replace("'", "''")
    return f"='{title}'!{named(box_at(cells.RangeAddress))}"


GET = {
    ("Application", "DisplayAlerts"): _no,  # an interface asks nothing
    ("Application", "Name"): _program_name,
    ("Application", "Path"): _nowhere,
    ("Application", "Version"): _program_version,
    ("Workbook", "FullName"): _full_name,
    ("Workbook", "Name"): _book_name,
    ("Workbook", "Path"): _folder,
    ("Worksheets", "Count"): _sheet_count,
    ("Worksheet", "Name"): _title,
    ("Worksheet", "ProtectContents"): _is_protected,
    ("Worksheet", "ProtectDrawingObjects"): _no,
    ("Worksheet", "ProtectScenarios"): _no,
    ("Worksheet", "Visible"): _visibility,
    ("Range", "Address"): _address,
    ("Range", "Formula"): _formulas,
    ("Range", "MergeCells"): _is_merged,
    ("Range", "NumberFormat"): _number_format,
    ("Range", "Value2"): _values,
    ("Interior", "Color"): _fill,
    ("Interior", "ColorIndex"): _fill_index,
    ("Comments", "Count"): _note_count,
    ("Names", "Count"): _name_count,
    ("Name", "Name"): _name_of_name,
    ("Name", "RefersTo"): _refers_to,
}


# ---- what is put


def _rename(calc, thing, title):
    thing.sheet.Name = title


def _show(calc, thing, visibility):
    thing.sheet.IsVisible = visibility in (True, 1, SHOWN)


def _put_values(calc, thing, value):
    _write(calc, thing, value, formulas=False)


def _put_formulas(calc, thing, value):
    _write(calc, thing, value, formulas=True)


def _write(calc, thing, value, formulas):
    """Constants in one go, formulas one by one; a text stays a text, whatever it begins with."""
    calc.keep_protected(thing)
    box = thing.what[0]
    rows = value if isinstance(value, list) else [[value] * box[3] for _ in range(box[2])]
    if len(rows) != box[2] or any(len(row) != box[3] for row in rows):
        raise RefusalError(f"{len(rows)} rows for {box[2]}")
    made = []
    constants = []
    for r, row in enumerate(rows):
        line = []
        for c, cell in enumerate(row):
            if formulas and isinstance(cell, str) and cell[:1] == "=" and len(cell) > 1:
                made.append((r, c, cell))
                line.append("")
            else:
                line.append(_constant(cell))
        constants.append(tuple(line))
    area = calc.area(thing.sheet, box)
    area.setDataArray(tuple(constants))
    for r, c, formula in made:
        cell = area.getCellByPosition(c, r)
        cell.setTokens(calc.parser.parseFormula(formula[1:], cell.CellAddress))


def _constant(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value[1:] if value[:1] == "'" else value
    return float(value)


def _width(calc, thing, signs):
    for _, left, _, width in thing.what:
        for col in range(left - 1, left - 1 + width):
            wide = thing.sheet.Columns.getByIndex(col)
            wide.IsVisible = signs > 0
            if signs > 0:
                wide.Width = int(signs * WIDTH_OF_A_SIGN)


def _style(calc, thing, name):
    calc.keep_protected(thing)
    if not calc.document.StyleFamilies.getByName("CellStyles").hasByName(name):
        raise RefusalError(name)
    for box in thing.what:
        calc.area(thing.sheet, box).CellStyle = name


def _colour(calc, thing, colour):
    _fill_with(calc, thing, swapped(int(colour)))


def _colour_index(calc, thing, index):
    if index != NO_FILL:
        raise RefusalError("ColorIndex")
    _fill_with(calc, thing, -1)


def _fill_with(calc, thing, colour):
    calc.keep_protected(thing)
    for box in thing.what:
        calc.area(thing.sheet, box).CellBackColor = colour


def _split_row(calc, thing, row):
    calc.split_row = int(row)


def _freeze(calc, thing, on):
    if on:
        calc.controller().freezeAtPosition(0, calc.split_row)


def _own_page(calc, sheet):
    """A style of pages of the sheet's own: others may share the one it has."""
    styles = calc.document.StyleFamilies.getByName("PageStyles")
    name = "xlperf " + sheet.Name
    if not styles.hasByName(name):
        styles.insertByName(name, calc.document.createInstance("com.sun.star.style.PageStyle"))
    sheet.PageStyle = name
    return styles.getByName(name)


def _orientation(calc, thing, value):
    page = _own_page(calc, thing.sheet)
    if (value == LANDSCAPE) != page.IsLandscape:
        page.Width, page.Height = page.Height, page.Width
        page.IsLandscape = value == LANDSCAPE


def _pages_wide(calc, thing, pages):
    _own_page(calc, thing.sheet).ScaleToPagesX = int(pages)


def _pages_tall(calc, thing, pages):
    _own_page(calc, thing.sheet).ScaleToPagesY = int(pages)


def _nothing(calc, thing, *_):
    """What LibreOffice has no need of."""


PUT = {
    ("Application", "DisplayAlerts"): _nothing,
    ("Worksheet", "Name"): _rename,
    ("Worksheet", "Visible"): _show,
    ("Range", "ColumnWidth"): _width,
    ("Range", "Formula"): _put_formulas,
    ("Range", "Style"): _style,
    ("Range", "Value2"): _put_values,
    ("Interior", "Color"): _colour,
    ("Interior", "ColorIndex"): _colour_index,
    ("Window", "FreezePanes"): _freeze,
    ("Window", "SplitRow"): _split_row,
    ("PageSetup", "FitToPagesTall"): _pages_tall,
    ("PageSetup", "FitToPagesWide"): _pages_wide,
    ("PageSetup", "Orientation"): _orientation,
    ("PageSetup", "Zoom"): _nothing,
}


# ---- what is called


def _free_title(calc, stem):
    number = 1
    while f"{stem}{number}" in calc.titles():
        number += 1
    return f"{stem}{number}"


def _sheet_at(calc, title):
    calc.controller().setActiveSheet(calc.page(title))
    return {"path": [["Worksheets", None], ["Item", title]]}


def _add_sheet(calc, thing, before=None):
    title = _free_title(calc, "Sheet")
    titles = calc.titles()
    calc.sheets().insertNewByName(title, titles.index(before) if before else len(titles))
    return _sheet_at(calc, title)


def _copy_sheet(calc, thing, before=None, after=None):
    titles = calc.titles()
    at = titles.index(after) + 1 if after else titles.index(before)
    title = _free_title(calc, thing.sheet.Name[:25] + " ")
    calc.sheets().copyByName(thing.sheet.Name, title, at)
    _sheet_at(calc, title)


def _delete_sheet(calc, thing):
    calc.sheets().removeByName(thing.sheet.Name)


def _activate(calc, thing):
    if not thing.sheet.IsVisible:
        raise RefusalError(thing.sheet.Name)
    calc.controller().setActiveSheet(thing.sheet)


def _unprotect(calc, thing, password=""):
    thing.sheet.unprotect(password or "")
    if thing.sheet.isProtected():
        raise RefusalError("password")


def _protect(calc, thing, password="", *_):
    thing.sheet.protect(password or "")  # with what it allowed before


def _add_note(calc, thing, text):
    calc.keep_protected(thing)
    cell = calc.area(thing.sheet, thing.what[0]).getCellByPosition(0, 0)
    if cell.getAnnotation().getString():
        raise RefusalError("AddComment")
    thing.sheet.Annotations.insertNew(cell.CellAddress, text)


def _clear_notes(calc, thing):
    calc.keep_protected(thing)
    for box in thing.what:
        calc.area(thing.sheet, box).clearContents(NOTES)


def _note_text(calc, thing):
    text = calc.area(thing.sheet, thing.what[0]).getCellByPosition(0, 0).getAnnotation().getString()
    if not text:
        raise RefusalError("Comment")
    return text


def _filter(calc, thing):
    ranges = calc.document.DatabaseRanges
    number = 1
    while ranges.hasByName(f"xlperf_{number}"):
        number += 1
    name = f"xlperf_{number}"
    ranges.addNewByName(name, calc.area(thing.sheet, thing.what[0]).RangeAddress)
    ranges.getByName(name).AutoFilter = True


def _clear(calc, thing):
    calc.keep_protected(thing)
    for box in thing.what:
        area = calc.area(thing.sheet, box)
        area.merge(False)
        area.clearContents(ALL)


def _clear_contents(calc, thing):
    calc.keep_protected(thing)
    for box in thing.what:
        calc.area(thing.sheet, box).clearContents(VALUES)


def _insert_rows(calc, thing):
    row, _, height, _ = thing.what[0]
    thing.sheet.Rows.insertByIndex(row - 1, height)


def _delete_rows(calc, thing):
    row, _, height, _ = thing.what[0]
    thing.sheet.Rows.removeByIndex(row - 1, height)


def _merge(calc, thing):
    calc.keep_protected(thing)
    calc.area(thing.sheet, thing.what[0]).merge(True)


def _select(calc, thing):
    if calc.controller().getActiveSheet().Name != thing.sheet.Name:
        raise RefusalError("Select")
    calc.controller().select(calc.area(thing.sheet, thing.what[0]))


def _add_name(calc, thing, name, target):
    match = TARGET.fullmatch(target)
    if not match:
        raise RefusalError(target)
    title = match["sheet"]
    title = title[1:-1].replace("''", "'") if title[:1] == "'" else title
    sheet = calc.page(title)
    cells = calc.area(sheet, box_of(match["cells"]))
    content = cells.AbsoluteName
    names = thing.what
    if names.hasByName(name):
        names.getByName(name).setContent(content)
    else:
        origin = sheet.getCellByPosition(0, 0).CellAddress
        names.addNewByName(name, content, origin, 0)


def _delete_name(calc, thing):
    names, name = thing.what
    names.removeByName(name)


CALL = {
    ("Worksheets", "Add"): _add_sheet,
    ("Worksheet", "Activate"): _activate,
    ("Worksheet", "Copy"): _copy_sheet,
    ("Worksheet", "Delete"): _delete_sheet,
    ("Worksheet", "Unprotect"): _unprotect,
    ("Worksheet", "Protect"): _protect,
    ("Range", "AddComment"): _add_note,
    ("Range", "AutoFilter"): _filter,
    ("Range", "Clear"): _clear,
    ("Range", "ClearComments"): _clear_notes,
    ("Range", "ClearContents"): _clear_contents,
    ("Range", "Delete"): _delete_rows,
    ("Range", "Insert"): _insert_rows,
    ("Range", "Merge"): _merge,
    ("Range", "Select"): _select,
    ("Comment", "Text"): _note_text,
    ("Names", "Add"): _add_name,
    ("Name", "Delete"): _delete_name,
    ("Hyperlinks", "Delete"): _nothing,
}

MEMBERS = load_members()
GET.update({("Protection", member): _no for member in MEMBERS["Protection"]["get"]})
DOES = {"get": GET, "put": PUT, "call": CALL}
