"""Excel's object model, the part of it that xlwings and xlperf use, over LibreOffice. Tests only.

Typed as Excel types what it gives: a single cell bare, more as a tuple of tuples, errors as whole
numbers, money as Decimal by `Value` and as a number by `Value2`; refusals are com_error 1004.
What Excel would have typed anew is kept in `HAZARDS`.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.live import sheetxml
from tests.live.bridge import Bridge, CalcError
from tests.live.names import PendingNames, put_into
from tests.live.pywin32 import CDispatch, TimeType, refused
from tests.live.sheetxml import ALLOWED, Guard
from tests.office.charts import without_charts

ERRORS = {
    "#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273,
    "#REF!": -2146826265, "#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246,
}  # fmt: skip
NUMBER = re.compile(r"[+-]?[¥￥$]?(\d[\d,]*\.?\d*|\.\d+)([eE][+-]?\d+)?%?")
DATE = re.compile(
    r"\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?|\d{1,4}年(\d{1,2}月(\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    r"|\d{1,2}:\d{2}(:\d{2})?"
)
HAZARDS: list[str] = []  # texts that Excel would not have kept as they are
EPOCH = dt.datetime(1899, 12, 30)
LOCKED = "您要更改的单元格或图表位于受保护的工作表中。"
WRONG = "应用程序定义或对象定义错误"
NOWHERE = "下标越界"
AUTOMATIC, MANUAL = -4105, -4135
LOOKING = frozenset(  # steps of `calc.py` after which formulas give what they gave
    (
        *("active", "formulas", "get", "locked", "merge_areas", "names", "notes", "number_formats"),
        *("resolve", "save", "select", "selection", "sheets", "used", "values"),
    )
)
_CELLS = frozenset(  # steps after which sheets, names and notes are where they were
    ("set_values", "set_formulas", "put", "set_number_format", "merge", "sizes", "hide")
)
_NOTES = frozenset(("add_note", "delete_notes", "clear"))
REMEMBERED = {  # questions asked over and over, with the steps after which the answer stands
    **dict.fromkeys(("names", "resolve", "sheets"), LOOKING | _CELLS | _NOTES),
    "notes": LOOKING | _CELLS,
}

BoxList = list[list[int]]


def letters(col: int) -> str:
    text = ""
    while col:
        col, rest = divmod(col - 1, 26)
        text = chr(65 + rest) + text
    return text


def number_of(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = 26 * number + ord(letter) - 64
    return number


class Application(CDispatch):
    Application = property(lambda s: s)
    Workbooks = property(lambda s: s.app_books())
    ActiveWorkbook = property(lambda s: s.active)
    ActiveSheet = property(lambda s: s.active.ActiveSheet)
    Name = Path = Version = Hwnd = ScreenUpdating = EnableEvents = Interactive = None
    DisplayAlerts = Visible = StatusBar = CutCopyMode = None

    def __init__(self, bridge: Bridge) -> None:
        self.bridge = bridge
        self.books: list[Workbook] = []
        self.active: Workbook | None = None
        self.macros: Callable[..., Any] | None = None  # what runs those of the add-in
        self.answers: list[Any] = []  # what the user will choose in file dialogs; None: cancelled
        self.has_charts = False  # whether books are opened with theirs, which takes longer
        self.calculation = AUTOMATIC
        self.status: list[Any] = []
        self.scratch = Path_(tempfile.mkdtemp(prefix="xlperf-live-"))
        self.reset()

    def reset(self) -> None:
        state = {
            "Name": "Microsoft Excel", "Path": "C:\\Office16", "Version": "16.0", "Hwnd": 4711,
            "ScreenUpdating": True, "EnableEvents": True, "Interactive": True,
            "DisplayAlerts": True, "Visible": True, "StatusBar": False, "CutCopyMode": 0,
        }  # fmt: skip
        for name, value in state.items():
            object.__setattr__(self, name, value)
        self.has_charts = False
        self.calculation = AUTOMATIC

    def _calculation(self, value: int) -> None:
        self.calculation = value
        for book in self.books:
            self.bridge.do("automatic", doc=book.doc, on=value == AUTOMATIC)
            if value == AUTOMATIC and book.changed:
                self.bridge.do("calculate", doc=book.doc)
                book.changed = False

    Calculation = property(lambda s: s.calculation, lambda s, v: s._calculation(v))

    @property
    def Selection(self) -> Any:  # noqa: N802
        assert self.active is not None
        return self.active.selection()

    ActiveCell = property(lambda s: s.Selection)
    ActiveWindow = property(lambda s: Window(s.active))

    def app_books(self) -> Any:
        return Workbooks(self)

    def Run(self, macro: str, *arguments: Any) -> Any:  # noqa: N802
        if self.macros is None:
            raise refused(f"无法运行“{macro}”宏。可能是因为该宏在此工作簿中不可用。")
        return self.macros(self, macro, *arguments)

    def Calculate(self) -> None:  # noqa: N802
        for book in self.books:
            self.bridge.do("calculate", doc=book.doc)

    def FileDialog(self, kind: int) -> Any:  # noqa: N802
        return FileDialog(self, kind)

    def close(self) -> None:
        for book in list(self.books):
            book.Close()
        shutil.rmtree(self.scratch, ignore_errors=True)


Path_ = Path


class PageSetup(CDispatch):
    """Kept, not carried out."""

    Orientation = Zoom = FitToPagesWide = FitToPagesTall = None


class Window(CDispatch):
    """A workbook's window. Panes are kept, not carried out."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def _pane(self, name: str, value: Any) -> None:
        self.book.panes[self.book.do("active"), name] = value

    ActiveCell = property(lambda s: s.book.selection())
    SplitRow = property(lambda s: None, lambda s, v: s._pane("SplitRow", v))
    FreezePanes = property(lambda s: None, lambda s, v: s._pane("FreezePanes", v))


class FileDialog(CDispatch):
    Title = AllowMultiSelect = InitialFileName = None

    def __init__(self, app: Application, kind: int) -> None:
        self.app, self.kind = app, kind
        self.chosen: list[str] = []

    def Show(self) -> int:  # noqa: N802
        answer = self.app.answers.pop(0)
        self.chosen = [] if answer is None else [str(answer)]
        return 0 if answer is None else -1

    SelectedItems = property(lambda s: Listing(s.chosen))


class Workbooks(CDispatch):
    def __init__(self, app: Application) -> None:
        self.app = app

    Count = property(lambda s: len(s.app.books))
    Application = property(lambda s: s.app)

    def members(self) -> list[Any]:
        return self.app.books

    def item(self, key: Any) -> Any:
        for at, book in enumerate(self.app.books, 1):
            if key == at or (isinstance(key, str) and book.Name.lower() == key.lower()):
                return book
        raise refused(NOWHERE)

    def Add(self, *_: Any) -> Any:  # noqa: N802
        return self.opened(Workbook(self.app, self.app.bridge.do("new"), None, []))

    def Open(self, Filename: str, *_: Any, **__: Any) -> Any:  # noqa: N802, N803
        path = Path_(Filename)
        if not path.exists():
            raise refused(f"找不到“{Filename}”")
        copy = self.app.scratch / f"{len(list(self.app.scratch.iterdir()))}.xlsx"
        lighter = path if self.app.has_charts else without_charts(path, copy.with_suffix(".light"))
        guards = sheetxml.unlocked(lighter, copy)
        doc = self.app.bridge.do("open", path=str(copy))
        return self.opened(Workbook(self.app, doc, path, guards))

    def opened(self, book: Workbook) -> Workbook:
        self.app.books.append(book)
        self.app.active = book
        return book


class Workbook(CDispatch):
    def __init__(self, app: Application, doc: int, path: Path_ | None, guards: list[Guard]) -> None:
        self.app, self.doc, self.path = app, doc, path
        titles = [name for name, _ in app.bridge.do("sheets", doc=doc)]
        guards = guards or [Guard() for _ in titles]
        self.guards = dict(zip(titles, guards, strict=True))
        self.stem = f"工作簿{doc}"
        self.pending_names = PendingNames()
        self.panes: dict[tuple[str, str], Any] = {}  # of its window, by sheet
        self.changed = False  # since all of it was calculated
        self.answers: dict[str, dict[str, Any]] = {}  # to questions that are `REMEMBERED`

    Application = Parent = property(lambda s: s.app)
    Name = property(lambda s: s.path.name if s.path else s.stem)
    FullName = property(lambda s: str(s.path) if s.path else s.stem)
    Path = property(lambda s: str(s.path.parent) if s.path else "")
    FileFormat = property(lambda s: 51)
    Worksheets = Sheets = property(lambda s: s.pages())
    Names = property(lambda s: Names(s, None))
    Windows = property(lambda s: Listing([Window(s)]))

    def selection(self) -> Any:
        return Range(self.ActiveSheet, [self.do("selection")])

    def do(self, step: str, /, **facts: Any) -> Any:
        self.changed |= step not in LOOKING
        for question in [old_step for old_step in self.answers if step not in REMEMBERED[old_step]]:
            del self.answers[question]
        if step not in REMEMBERED:
            return self.app.bridge.do(step, doc=self.doc, **facts)
        answers, key = self.answers.setdefault(step, {}), repr(facts)
        if key not in answers:
            answers[key] = self.app.bridge.do(step, doc=self.doc, **facts)
        return deepcopy(answers[key])

    def titles(self) -> list[str]:
        return [name for name, _ in self.do("sheets")]

    def pages(self) -> Any:
        return Worksheets(self)

    @property
    def ActiveSheet(self) -> Any:  # noqa: N802
        return Worksheet(self, self.do("active"))

    def Activate(self) -> None:  # noqa: N802
        self.app.active = self

    def Save(self) -> None:  # noqa: N802
        assert self.path is not None
        self.do("save", path=str(self.path))
        titles = self.titles()
        sheetxml.locked(self.path, [self.guards[title] for title in titles])
        put_into(self.path, self.pending_names, titles)

    def move_rows(self, title: str, row: int, count: int) -> None:
        """Insert rows before a row, or delete rows from it on, as people do."""
        step = "insert_rows" if count > 0 else "delete_rows"
        self.do(step, sheet=title, row=row, count=abs(count))
        self.pending_names.moved(title, row, count)

    def SaveAs(self, Filename: str, *_: Any, **__: Any) -> None:  # noqa: N802, N803
        self.path = Path_(Filename)
        self.Save()

    def Close(self, SaveChanges: bool = False) -> None:  # noqa: N802, N803
        self.app.books.remove(self)
        self.do("close")
        self.app.active = self.app.books[-1] if self.app.books else None


class Worksheets(CDispatch):
    def __init__(self, book: Workbook) -> None:
        self.book = book

    Count = property(lambda s: len(s.book.titles()))
    Parent = property(lambda s: s.book)

    def members(self) -> list[Any]:
        return [Worksheet(self.book, title) for title in self.book.titles()]

    def item(self, key: Any) -> Any:
        titles = self.book.titles()
        for at, title in enumerate(titles, 1):
            if key == at or (isinstance(key, str) and title.lower() == key.lower()):
                return Worksheet(self.book, title)
        raise refused(NOWHERE, -2147352565)

    def Add(self, Before: Any = None, After: Any = None, *_: Any) -> Any:  # noqa: N802, N803
        titles = self.book.titles()
        title = next(f"Sheet{n}" for n in range(1, 999) if f"Sheet{n}" not in titles)
        at = (
            titles.index(After.title) + 1
            if After
            else titles.index((Before or self.members()[0]).title)
        )
        self.book.do("add_sheet", name=title, position=at)
        self.book.do("active", name=title)
        self.book.guards[title] = Guard()
        return Worksheet(self.book, title)


class Worksheet(CDispatch):
    def __init__(self, book: Workbook, title: str) -> None:
        self.book, self.title = book, title

    Application = property(lambda s: s.book.app)
    Parent = property(lambda s: s.book)
    Index = property(lambda s: s.book.titles().index(s.title) + 1)
    UsedRange = property(lambda s: Range(s, [s.do("used")]))
    Cells = property(lambda s: Range(s, [[1, 1, 1_048_576, 16_384]]))
    Names = property(lambda s: Names(s.book, s))
    Comments = property(lambda s: Listing([Comment(s, *n) for n in s.do("notes")]))
    Protection = property(lambda s: Protection(s.guard))
    PageSetup = property(lambda s: s.paper())
    ProtectContents = property(lambda s: s.guard.on)
    ProtectDrawingObjects = property(lambda s: s.guard.on and s.guard.objects)
    ProtectScenarios = property(lambda s: s.guard.on and s.guard.scenarios)
    guard = property(lambda s: s.book.guards[s.title])

    def do(self, step: str, /, **facts: Any) -> Any:
        return self.book.do(step, sheet=self.title, **facts)

    @property
    def Visible(self) -> int:  # noqa: N802
        return -1 if dict(self.book.do("sheets"))[self.title] else 0

    @Visible.setter
    def Visible(self, value: Any) -> None:  # noqa: N802
        self.book.do("show_sheet", name=self.title, on=value in (True, -1, 1))

    @property
    def Name(self) -> str:  # noqa: N802
        return self.title

    @Name.setter
    def Name(self, value: str) -> None:  # noqa: N802
        wide = len(value.encode("utf-16-le")) > 62
        forbidden = re.search(r"[\[\]:*?/\\]", value) or value[:1] == "'" or value[-1:] == "'"
        taken = value.lower() in {
            title.lower() for title in self.book.titles() if title != self.title
        }
        if not value or wide or forbidden or taken:
            raise refused("您键入的工作表或图表名称无效。")
        self.book.do("rename_sheet", name=self.title, to=value)
        self.book.guards[value] = self.book.guards.pop(self.title)
        self.book.pending_names.renamed(self.title, value)
        self.title = value

    def Range(self, first: Any, last: Any = None) -> Any:  # noqa: N802
        boxes = self._boxes(first)
        if last is not None:
            a, b = boxes[0], self._boxes(last)[0]
            top, left = min(a[0], b[0]), min(a[1], b[1])
            bottom = max(a[0] + a[2], b[0] + b[2])
            right = max(a[1] + a[3], b[1] + b[3])
            boxes = [[top, left, bottom - top, right - left]]
        return Range(self, boxes)

    def paper(self) -> Any:
        return PageSetup()

    def _boxes(self, address: Any) -> BoxList:
        if isinstance(address, Range):
            return address.boxes
        if len(address) > 255:
            raise refused("类型不匹配")
        parts = address.split(",")
        boxes = [_area(part) for part in parts]
        names = [part for part, box in zip(parts, boxes, strict=True) if box is None]
        if names:
            book_names = self.book.pending_names.of(self.title)
            areas = {name: target and _area(_cells(target)) for name, target in book_names.items()}
            other_names = [name for name in names if name not in book_names]
            areas |= (
                dict(zip(other_names, self.do("resolve", names=other_names), strict=True))
                if other_names
                else {}
            )
            boxes = [box or areas[part] for part, box in zip(parts, boxes, strict=True)]
        if None in boxes:
            raise refused(WRONG)
        return boxes  # type: ignore[return-value]

    def Activate(self) -> None:  # noqa: N802
        if self.Visible != -1:
            raise refused(WRONG)
        self.book.do("active", name=self.title)
        self.book.Activate()  # as in Excel, the workbook comes to the front with its sheet

    Select = Activate

    def Delete(self) -> None:  # noqa: N802
        self.book.do("delete_sheet", name=self.title)
        self.book.pending_names.targets.pop(self.title, None)
        del self.book.guards[self.title]

    def Copy(self, Before: Any = None, After: Any = None) -> None:  # noqa: N802, N803
        titles, number = self.book.titles(), 2
        while self._numbered(number) in titles:
            number += 1
        at = titles.index(After.title) + 1 if After else titles.index(Before.title)
        title = self._numbered(number)
        self.book.do("copy_sheet", name=self.title, to=title, position=at)
        self.book.guards[title] = self.guard.copy()
        self.book.pending_names.copied(self.title, title)
        self.book.do("active", name=title)

    def _numbered(self, number: int) -> str:
        return self.title[: 31 - len(f" ({number})")] + f" ({number})"

    def Unprotect(self, Password: str = "") -> None:  # noqa: N802, N803
        if self.guard.on and self.guard.password and Password != self.guard.password:
            raise refused("密码不正确。")
        self.guard.on = False

    def Protect(  # noqa: N802
        self,
        Password: Any = None,  # noqa: N803
        DrawingObjects: bool = True,  # noqa: N803
        Contents: bool = True,  # noqa: N803
        Scenarios: bool = True,  # noqa: N803
        UserInterfaceOnly: bool = False,  # noqa: N803
        *permissions: bool,
        **named: bool,
    ) -> None:
        allowed = dict(zip(ORDER, permissions, strict=False)) | named
        self.book.guards[self.title] = Guard(
            bool(Contents), bool(DrawingObjects), bool(Scenarios), Password or "",
            {name: bool(allowed.get(name, False)) for name in ALLOWED},
        )  # fmt: skip


ORDER = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows",
    "AllowInsertingColumns", "AllowInsertingRows", "AllowInsertingHyperlinks",
    "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting", "AllowFiltering",
    "AllowUsingPivotTables",
)  # fmt: skip


def _cells(target: str) -> str:
    return target.rpartition("!")[2]


def _area(text: str) -> list[int] | None:
    text = text.replace("$", "")
    if match := re.fullmatch(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?", text):
        top, left = int(match[2]), number_of(match[1])
        bottom, right = int(match[4] or top), number_of(match[3] or match[1])
        return [top, left, bottom - top + 1, right - left + 1]
    if match := re.fullmatch(r"([A-Z]{1,3}):([A-Z]{1,3})", text):
        left = number_of(match[1])
        return [1, left, 1_048_576, number_of(match[2]) - left + 1]
    if match := re.fullmatch(r"(\d+):(\d+)", text):
        return [int(match[1]), 1, int(match[2]) - int(match[1]) + 1, 16_384]
    return None


class Protection(CDispatch):
    def __init__(self, guard: Guard) -> None:
        self.guard = guard


for _name in ALLOWED:
    setattr(Protection, _name, property(lambda s, n=_name: s.guard.allowed[n]))


class Range(CDispatch):
    def __init__(self, sheet: Worksheet, boxes: BoxList) -> None:
        self.sheet, self.boxes = sheet, boxes

    box = property(lambda s: s.boxes[0])
    Worksheet = Parent = property(lambda s: s.sheet)
    Application = property(lambda s: s.sheet.book.app)
    Row = property(lambda s: s.box[0])
    Column = property(lambda s: s.box[1])
    Cells = Rows = Columns = property(lambda s: s)
    EntireRow = property(lambda s: Range(s.sheet, [[b[0], 1, b[2], 16_384] for b in s.boxes]))
    EntireColumn = property(lambda s: Range(s.sheet, [[1, b[1], 1_048_576, b[3]] for b in s.boxes]))
    Count = property(lambda s: sum(b[2] * b[3] for b in s.boxes))
    Areas = property(lambda s: Listing([Range(s.sheet, [b]) for b in s.boxes]))
    Interior = property(lambda s: s.part(Interior))
    Font = property(lambda s: s.part(Font))
    Hyperlinks = property(lambda s: s.part(Hyperlinks))
    HasArray = property(lambda s: False)
    ListObject = property(lambda s: None)

    def do(self, step: str, /, **facts: Any) -> Any:
        return self.sheet.do(step, **facts)

    def part(self, kind: type) -> Any:
        return kind(self)

    @property
    def Address(self) -> str:  # noqa: N802
        return ",".join(_named(box) for box in self.boxes)[:255]

    def GetAddress(self, *_: Any) -> str:  # noqa: N802
        return self.Address

    def item(self, *at: int) -> Any:
        row, col = (
            at if len(at) == 2 else (1 + (at[0] - 1) // self.box[3], 1 + (at[0] - 1) % self.box[3])
        )
        return Range(self.sheet, [[self.box[0] + row - 1, self.box[1] + col - 1, 1, 1]])

    def members(self) -> list[Any]:
        return [self.item(n) for n in range(1, self.Count + 1)]

    # ---- what cells say

    def read(self) -> list[list[Any]]:
        return [list(row) for row in self.do("values", box=self.box)]

    def shaped(self, rows: list[list[Any]]) -> Any:
        return rows[0][0] if self.box[2:] == [1, 1] else tuple(tuple(row) for row in rows)

    def _value2(self) -> Any:
        return self.shaped([[_error(value) for value in row] for row in self.read()])

    def _value(self) -> Any:
        def typed(value: Any, row: int, col: int) -> Any:
            if not isinstance(value, float):
                return _error(value)
            code = self.do("number_formats", boxes=[[self.box[0] + row, self.box[1] + col, 1, 1]])[
                0
            ]
            if re.search("[¥￥$€]", code):
                return Decimal(repr(value)).quantize(Decimal("0.0001"))
            if re.search("[ymdYMD]", re.sub(r'"[^"]*"|\[[^]]*\]', "", code)) and code != "General":
                moment = EPOCH + dt.timedelta(days=value)
                return TimeType(*moment.timetuple()[:6], tzinfo=dt.UTC)
            return value

        rows = self.read()
        return self.shaped(
            [[typed(v, r, c) for c, v in enumerate(row)] for r, row in enumerate(rows)]
        )

    def _write(self, value: Any, *, formulas: bool = False) -> None:
        self.keep_out("contents")
        height, width = self.box[2:]
        many = isinstance(value, list | tuple)
        rows = [list(row) for row in value] if many else [[value] * width for _ in range(height)]
        if [len(rows), len(rows[0])] != [height, width]:
            raise RuntimeError("a matrix of another size than its range")
        texts = {}
        is_text = cache(self.is_text)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str) and cell:
                    row[c] = self.typed(cell, (r, c), formulas, is_text)
                    if row[c][:1] == "=" and isinstance(row[c], _Typed):
                        texts[r, c] = row[c]
        self.do(
            "set_values",
            box=self.box,
            rows=[
                [None if (r, c) in texts else v for c, v in enumerate(row)]
                for r, row in enumerate(rows)
            ],
        )
        for box, lines in _blocks(texts, self.box):
            self.do("set_formulas", box=box, rows=lines)

    def typed(
        self, text: str, at: tuple[int, int], formulas: bool, is_text: Callable[[], Any]
    ) -> Any:
        """What Excel makes of a text that is put into a cell; `is_text`: see there."""
        if text[0] == "'":
            return text[1:]
        risky = NUMBER.fullmatch(text.strip()) or DATE.fullmatch(text.strip()) or text[0] in "=+-@"
        if not risky or len(text) == 1 or is_text()[at[0]][at[1]]:
            return text
        if text[0] == "=" and formulas:
            return _Typed(text)
        HAZARDS.append(text)
        return _Typed(text) if text[0] == "=" else text

    def is_text(self) -> list[list[bool]]:
        """Of each cell, row by row, whether it has the text format."""
        codes = self.do("number_formats_of_each", box=self.box)
        width = self.box[3]
        return [
            [code == "@" for code in codes[at : at + width]] for at in range(0, len(codes), width)
        ]

    def _formula(self) -> Any:
        return self.shaped(self.do("formulas", box=self.box))

    Value2 = property(lambda s: s._value2(), lambda s, v: s._write(v))
    Value = property(lambda s: s._value(), lambda s, v: s._write(v))
    Formula = property(lambda s: s._formula(), lambda s, v: s._write(v, formulas=True))

    def ClearContents(self) -> None:  # noqa: N802
        self.keep_out("contents")
        for box in self.boxes:
            self.do("clear", box=box, what="contents")

    def Clear(self) -> None:  # noqa: N802
        self.keep_out("contents")
        for box in self.boxes:
            self.do("clear", box=box, what="all")

    def keep_out(self, what: str) -> None:
        """Refuse what the sheet's protection forbids."""
        guard = self.sheet.guard
        if not guard.on:
            return
        forbidden = {
            "contents": lambda: self.do("locked", boxes=self.boxes),
            "format": lambda: not guard.allowed["AllowFormattingCells"],
            "columns": lambda: not guard.allowed["AllowFormattingColumns"],
            "objects": lambda: guard.objects,
        }[what]
        if forbidden():
            raise refused(LOCKED)

    # ---- how cells look

    def alike(self, values: list[Any]) -> Any:
        return values[0] if len(values) == 1 else None

    NumberFormat = property(
        lambda s: s.alike([_excel(code) for code in s.do("number_formats", boxes=s.boxes)]),
        lambda s, v: s._format("set_number_format", code=v),
    )
    Style = property(
        lambda s: s.alike(s.do("get", boxes=s.boxes, name="CellStyle")),
        lambda s, v: s._put("CellStyle", v),
    )
    WrapText = property(
        lambda s: s.alike(s.do("get", boxes=s.boxes, name="IsTextWrapped")),
        lambda s, v: s._put("IsTextWrapped", v),
    )

    def _format(self, step: str, **facts: Any) -> None:
        self.keep_out("format")
        self.do(step, boxes=self.boxes, **facts)

    def _put(self, name: str, value: Any) -> None:
        self._format("put", name=name, value=value)

    def _size(self, axis: str, value: float | None = None) -> Any:
        first, count = (
            (self.box[1], self.box[3]) if axis == "columns" else (self.box[0], self.box[2])
        )
        scale = 2540 / 96 * 7 if axis == "columns" else 2540 / 72
        if value is not None:
            for box in self.boxes:
                first, count = (box[1], box[3]) if axis == "columns" else (box[0], box[2])
                self.do("sizes", first=first, count=count, axis=axis, value=int(value * scale))
        return self.do("sizes", first=first, count=count, axis=axis) / scale

    ColumnWidth = property(lambda s: s._size("columns"), lambda s, v: s._size("columns", v))
    RowHeight = property(lambda s: s._size("rows"), lambda s, v: s._size("rows", v))

    def _hide(self, value: bool) -> None:
        for top, left, height, width in self.boxes:
            rows = width >= 16_384
            first, count = (top, height) if rows else (left, width)
            axis = "rows" if rows else "columns"
            self.do("hide", first=first, count=count, axis=axis, hidden=bool(value))

    Hidden = property(lambda s: None, lambda s, v: s._hide(v))

    @property
    def MergeCells(self) -> Any:  # noqa: N802
        areas = self.do("merge_areas", boxes=self.boxes)
        answers = {area[2:] != [1, 1] for area in areas}
        return answers.pop() if len(answers) == 1 else None

    @property
    def MergeArea(self) -> Any:  # noqa: N802
        return Range(self.sheet, [self.do("merge_areas", boxes=[[*self.box[:2], 1, 1]])[0]])

    def Merge(self, *_: Any) -> None:  # noqa: N802
        self.keep_out("contents")
        self.do("merge", box=self.box, on=True)

    def Select(self) -> None:  # noqa: N802
        if self.sheet.book.do("active") != self.sheet.title:
            raise refused("类 Range 的 Select 方法无效")
        self.do("select", box=self.box)

    Activate = Select

    # ---- notes

    @property
    def Comment(self) -> Any:  # noqa: N802
        for note in self.do("notes"):
            if note[:2] == self.box[:2]:
                return Comment(self.sheet, *note)
        return None

    def AddComment(self, Text: str = "") -> Any:  # noqa: N802, N803
        self.keep_out("objects")
        if not self.do("add_note", row=self.box[0], col=self.box[1], text=Text):
            raise refused(WRONG)
        return Comment(self.sheet, *self.box[:2], Text)

    def ClearComments(self) -> None:  # noqa: N802
        self.keep_out("objects")
        self.do("delete_notes", boxes=self.boxes)

    def Insert(self, *_: Any) -> None:  # noqa: N802
        """Whole rows only."""
        self.sheet.book.move_rows(self.sheet.title, self.box[0], self.box[2])

    def Delete(self, *_: Any) -> None:  # noqa: N802
        self.sheet.book.move_rows(self.sheet.title, self.box[0], -self.box[2])

    def AutoFilter(self, *_: Any) -> None:  # noqa: N802
        self.filtered = True


class _Typed(str):
    """A text that Excel takes for a formula."""


def _blocks(
    texts: dict[tuple[int, int], str], box: list[int]
) -> list[tuple[list[int], list[list[str]]]]:
    """Formulas next to one another in a column, together."""
    blocks: list[tuple[list[int], list[list[str]]]] = []
    for row, col in sorted(texts, key=lambda at: (at[1], at[0])):
        at = [box[0] + row, box[1] + col]
        last = blocks[-1] if blocks else None
        if last and last[0][1] == at[1] and last[0][0] + last[0][2] == at[0]:
            last[0][2] += 1
            last[1].append([str(texts[row, col])])
        else:
            blocks.append(([*at, 1, 1], [[str(texts[row, col])]]))
    return blocks


def _named(box: list[int]) -> str:
    top, left, height, width = box
    first = f"${letters(left)}${top}"
    last = f"${letters(left + width - 1)}${top + height - 1}"
    return first if first == last else f"{first}:{last}"


def _excel(code: str) -> str:
    return "General" if code in ("General", "Standard") else code


def _error(value: Any) -> Any:
    if isinstance(value, dict):
        return ERRORS.get(value["error"], ERRORS["#VALUE!"])
    return value


class Interior(CDispatch):
    def __init__(self, cells: Range) -> None:
        self.cells = cells

    def _colours(self) -> list[int]:
        return list(self.cells.do("get", boxes=self.cells.boxes, name="CellBackColor"))

    def _color(self) -> Any:
        fills = self._colours()
        return None if len(fills) > 1 else float(_swapped(0xFFFFFF if fills[0] < 0 else fills[0]))

    Color = property(_color, lambda s, v: s.cells._put("CellBackColor", _swapped(int(v))))
    ColorIndex = property(lambda s: s._index(), lambda s, v: s.cells._put("CellBackColor", -1))

    def _index(self) -> Any:
        fills = self._colours()
        if len(fills) > 1:
            return None
        return -4142 if fills[0] < 0 else 3


def colours(sheet: Worksheet, cells: list[tuple[int, int]]) -> list[int]:
    """The fills of cells, as Excel numbers colours, in one round trip."""
    boxes = [[row, col, 1, 1] for row, col in cells]
    fills = sheet.do("get_of_each", boxes=boxes, name="CellBackColor")
    return [_swapped(0xFFFFFF if fill < 0 else fill) for fill in fills]


def _swapped(colour: int) -> int:
    """Excel counts blue first."""
    return (colour & 255) << 16 | colour & 0xFF00 | colour >> 16


class Font(CDispatch):
    def __init__(self, cells: Range) -> None:
        self.cells = cells

    Bold = property(lambda s: None, lambda s, v: s.cells._put("CharWeight", 150.0 if v else 100.0))


class Comment(CDispatch):
    def __init__(self, sheet: Worksheet, row: int, col: int, text: str) -> None:
        self.sheet, self.row, self.col, self.text = sheet, row, col, text

    Parent = property(lambda s: Range(s.sheet, [[s.row, s.col, 1, 1]]))

    def Text(self, Text: str | None = None) -> str:  # noqa: N802, N803
        if Text is not None:
            self.Delete()
            self.sheet.do("add_note", row=self.row, col=self.col, text=Text)
            self.text = Text
        return self.text

    def Delete(self) -> None:  # noqa: N802
        self.sheet.do("delete_notes", boxes=[[self.row, self.col, 1, 1]])


class Hyperlinks(CDispatch):
    def __init__(self, cells: Range) -> None:
        self.cells = cells

    Count = property(lambda s: 0)

    def Delete(self) -> None:  # noqa: N802
        self.cells.keep_out("format")


class Names(CDispatch):
    def __init__(self, book: Workbook, sheet: Worksheet | None) -> None:
        self.book, self.sheet = book, sheet
        self.scope = sheet.title if sheet else None

    def _all(self) -> list[tuple[str, str]]:
        targets = dict(self.book.do("names", sheet=self.scope)) | self.book.pending_names.of(
            self.scope
        )
        return [(name, target) for name, target in targets.items() if target]

    Count = property(lambda s: len(s._all()))

    def members(self) -> list[Any]:
        return [Name(self, name, target) for name, target in self._all()]

    def item(self, key: str | int) -> Any:
        if isinstance(key, int):
            return Name(self, *self._all()[key - 1])
        name = key.rpartition("!")[2]
        target = self.book.pending_names.of(self.scope).get(name) or dict(self._all()).get(name)
        if target is None:
            raise refused(WRONG)
        return Name(self, name, target)

    def Add(self, Name: str, RefersTo: str, *_: Any) -> None:  # noqa: N802, N803
        self.book.pending_names.put(self.scope, Name, RefersTo)


class Name(CDispatch):
    def __init__(self, names: Names, name: str, target: str) -> None:
        self.names, self.name, self.target = names, name, target

    @property
    def Name(self) -> str:  # noqa: N802
        title = (self.names.scope or "").replace("'", "''")
        return f"'{title}'!{self.name}" if title else self.name

    RefersTo = property(lambda s: s.target, lambda s, v: s._move(v))

    def _move(self, target: str) -> None:
        self.names.Add(self.name, target)

    def Delete(self) -> None:  # noqa: N802
        self.names.book.pending_names.put(self.names.scope, self.name, None)


class Listing(CDispatch):
    def __init__(self, items: list[Any]) -> None:
        self.items = items

    Count = property(lambda s: len(s.items))

    def members(self) -> list[Any]:
        return self.items

    def item(self, at: int) -> Any:
        return self.items[at - 1]


__all__ = ["HAZARDS", "Application", "CalcError", "Range", "Workbook", "Worksheet"]
