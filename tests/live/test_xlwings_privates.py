"""Private names of xlwings 0.37.8 that the live layer or the stand-in touches: one test each."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
import xlwings as xw

from tests.live.conftest import Excel


def test_the_version_is_the_one_that_was_studied() -> None:
    assert xw.__version__ == "0.37.8"


@pytest.mark.parametrize(
    "name",
    ["N_COM_ATTEMPTS", "BOOK_CALLER", "cleanup", "get_excel_hwnds", "get_xl_app_from_hwnd",
     "COMRetryObjectWrapper", "Apps", "App", "Book", "Range", "Engine", "engine", "win32api",
     "win32con", "pywintypes", "is_range_instance"],
)  # fmt: skip
def test_the_windows_engine_still_has(excel: Excel, name: str) -> None:
    assert hasattr(excel.engine, name)


def test_no_attempts_means_for_ever(excel: Excel) -> None:
    assert "0 means try indefinitely" in inspect.getsource(excel.engine)


def test_the_wrapper_keeps_its_object_in_inner(excel: Excel) -> None:
    thing: Any = object()
    assert excel.engine.COMRetryObjectWrapper(thing).__dict__["_inner"] is thing


def test_the_books_implementation_is_reached_by_impl(excel: Excel, little: Any) -> None:
    assert isinstance(little.impl, excel.engine.Book)


def test_cleanup_ends_processes_at_exit_and_is_a_plain_function(excel: Excel) -> None:
    assert "Apps.cleanup" in inspect.getsource(excel.engine.cleanup)
    assert "taskkill" in inspect.getsource(excel.engine)


def test_the_caller_is_found_by_the_command_line_or_by_the_server(excel: Excel) -> None:
    source = inspect.getsource(xw.Book.caller)
    assert '"--wb="' in source and "BOOK_CALLER" in source
