"""The part of LibreOffice's extension that talks to xlperf, without LibreOffice."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from xlperf.addin.xlam import build

# asks something, and is gone before it is answered
DYING = """#!/bin/sh
echo '{"asks": []}'
echo 'the reason' >&2
"""


class Window:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def quiet(self, on: bool) -> None:
        self.calls.append(on)

    def status(self, text: str) -> None:
        self.calls.append(text)


class Calc:
    """Answers late."""

    def answers(self, _: object) -> list[object]:
        time.sleep(0.3)
        return []


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module, which LibreOffice's own Python runs."""
    monkeypatch.setitem(sys.modules, "xlperf_calc", ModuleType("xlperf_calc"))
    path = build.macros() / "libreoffice" / "pythonpath" / "xlperf_session.py"
    spec = importlib.util.spec_from_file_location("xlperf_session", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell's script")
def test_a_program_that_dies_leaves_the_sheet_drawn_and_its_last_words(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text(DYING, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("XLPERF_PYTHON", str(program))
    window = Window()
    with pytest.raises(session.UnavailableError, match=r"^the reason$"):
        session.run("validate_sheet", "en", Calc(), window)
    assert window.calls == [False, ""]
