"""A stand-in for Excel: xlwings' own Windows engine over LibreOffice, one for the session."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.addin.test_callbacks import with_recorder
from tests.live import model, pywin32
from tests.live.bridge import Bridge
from tests.live.macros import Macros
from tests.masters import put_master
from tests.office import Office
from xlperf import wording
from xlperf.addin.xlam import build, package
from xlperf.record import Raw


@dataclass
class Excel:
    """The stand-in: its application, xlwings on it, what happened at the last click."""

    app: model.Application
    engine: Any
    xw: Any
    other: Any = None  # another book of ours, with other money, that stays open and in front
    trips: list[tuple[str, str, str]] = field(default_factory=list)
    boxes: list[tuple[str, str, int]] = field(default_factory=list)

    def open(self, path: Path) -> Any:
        """Open a workbook; xlwings' book of it."""
        books = model.Workbooks(self.app)
        with pywin32.at_home():
            opened = books.Open(str(path))
        return self.book(opened)

    def book(self, opened: model.Workbook) -> Any:
        return self.xw.Book(impl=self.engine.Book(self.engine.COMRetryObjectWrapper(opened)))

    def front(self) -> None:
        """Bring the other book to the front."""
        with pywin32.at_home():
            self.other.Activate()

    def click(self, action: str | Callable[[], Any], book: Any = None) -> Any:
        """Click a button by its name, or call something, from a book, as xlwings' COM server does;
        meanwhile the user has gone to another book.
        """
        opened = pywin32.bare(book.api) if book is not None else self.app.active
        self.engine.BOOK_CALLER = self.engine.COMRetryObjectWrapper(opened)
        pywin32.BOXES.clear()
        if book is not None:
            self.front()
        with pywin32.round_trips() as trips:
            answer = click(action) if isinstance(action, str) else action()
        self.trips, self.boxes = list(trips), list(pywin32.BOXES)
        return answer


def click(name: str) -> None:
    importlib.import_module("xlperf.live.ribbon").click(name)


@pytest.fixture(scope="session")
def standing_in(office: Office) -> Iterator[Excel]:
    engine = pywin32.install()
    xw = importlib.import_module("xlwings")
    app = model.Application(Bridge(office))
    wrapped = engine.COMRetryObjectWrapper(app)
    engine.get_excel_hwnds = lambda: [app.Hwnd]
    engine.get_xl_app_from_hwnd = lambda _: wrapped
    engine.Apps.cleanup = staticmethod(lambda: None)
    engine.App.activate = lambda *_, **__: None
    had = getattr(xw, "_xlwindows", None)
    xw._xlwindows = engine
    xw.engines.add(xw.Engine(impl=engine.engine))
    xw.engines["excel"].activate()
    yield Excel(app, engine, xw)
    app.close()
    engine.BOOK_CALLER = None
    if had is None:
        del xw._xlwindows
    assert "win32api" in sys.modules


@pytest.fixture(scope="session")
def other_master(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master workbook with other money: twice as much."""
    projects = [{**project, "budget": 2 * project["budget"]} for project in small["projects"]]
    path = tmp_path_factory.mktemp("other") / "另一本.xlsx"
    with wording.speaking("zh"):
        put_master({**small, "projects": projects}, path)
    return path


@pytest.fixture
def excel(standing_in: Excel, other_master: Path) -> Iterator[Excel]:
    """The stand-in with nothing remembered and one book open, which no test may change."""
    model.HAZARDS.clear()
    standing_in.app.reset()
    standing_in.app.answers.clear()
    pywin32.BUTTONS.clear()
    with pywin32.at_home():
        if standing_in.other not in standing_in.app.books:
            standing_in.other = pywin32.bare(standing_in.open(other_master).api)
        before = as_it_is(standing_in.other)
    yield standing_in
    with pywin32.at_home():
        for book in list(standing_in.app.books):
            if book is not standing_in.other:
                book.Close()
        assert as_it_is(standing_in.other) == before, "another workbook was changed"


def as_it_is(book: model.Workbook) -> Any:
    """What an action may have done to a book that is not its own."""
    sheets = [
        (sheet.title, sheet.Visible, sheet.do("notes")) for sheet in book.Worksheets.members()
    ]
    here = book.selection()
    return (
        sheets,
        (here.sheet.title, here.Address),
        dict(book.panes),
        dict(book.pending_names.targets),
    )


@pytest.fixture
def untouched(excel: Excel) -> Any:
    """The other book, for what is refused or only looked at: it must stay as it is."""
    return excel.book(excel.other)


@pytest.fixture(scope="session")
def macros(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Macros:
    """The add-in's, as it is built, but for xlwings' module, which LibreOffice does not compile."""
    path = tmp_path_factory.mktemp("宏") / "xlperf.xlam"
    path.write_bytes(package.write(with_recorder(build.build(build.macros()))))
    return Macros(office, path)


@pytest.fixture
def with_addin(excel: Excel, macros: Macros) -> Iterator[Macros]:
    """The add-in is there, and its macros answer."""
    excel.app.macros = macros.run
    yield macros
    excel.app.macros = None


@pytest.fixture(params=["from outside", "inside Excel"])
def both_ways(request: pytest.FixtureRequest) -> str:
    """A test that is run without the add-in's macros and with them."""
    way = str(request.param)
    if way == "inside Excel":
        request.getfixturevalue("with_addin")
    return way


@pytest.fixture
def opened(excel: Excel, master: Path, tmp_path: Path) -> Any:
    """The sample's master workbook, open."""
    return excel.open(Path(shutil.copy(master, tmp_path / "绩效文本.xlsx")))


@pytest.fixture
def little(excel: Excel, small_master: Path, tmp_path: Path) -> Any:
    """The small record's master workbook, open."""
    return excel.open(Path(shutil.copy(small_master, tmp_path / "绩效文本.xlsx")))
