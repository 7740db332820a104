"""LibreOffice as a stand-in for people: it opens, edits, recalculates, saves and prints workbooks.

One soffice for a test session, asked over `line.py`, which runs under whatever Python has `uno`
(Debian's own, or LibreOffice's), so the tests' Python need not.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.office.charts import without_charts

LINE, DRIVER = (Path(__file__).with_name(name) for name in ("line.py", "driver.py"))
UNLOCKED = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse">
<value>false</value></prop></item>
</oor:items>
"""  # a file that was open in a crash can be opened again


class Crashed(AssertionError):  # noqa: N818 - it has
    """LibreOffice has ended, or does not answer."""


def missing() -> str:
    """Why LibreOffice cannot be driven here; empty if it can."""
    if not shutil.which("soffice"):
        return "LibreOffice (soffice) is not installed"
    return "" if python_with_uno() else "no Python with the module uno (Debian: python3-uno)"


@cache
def python_with_uno() -> str:
    for candidate in (sys.executable, "/usr/bin/python3", *beside_soffice()):
        if not Path(candidate).exists():
            continue
        probe = subprocess.run([candidate, "-c", "import uno"], capture_output=True, check=False)
        if probe.returncode == 0:
            return candidate
    return ""


def beside_soffice() -> list[str]:
    program = Path(shutil.which("soffice") or "/").resolve().parent
    return [str(program / name) for name in ("python", "python.exe")]


class Office:
    """A running LibreOffice; `do` sends steps to it, `close` ends it by its process group.

    One that crashes, as LibreOffice does after some hundred documents, is started anew, once for
    each time it is asked for something.
    """

    def __init__(self, prepare: Callable[[Path], None] | None = None) -> None:
        self.python = python_with_uno()
        self.prepare = prepare  # its profile, before it starts
        self.starts = 0
        self.back: Callable[[Any], Any] | None = None  # answers what an engine asks back
        self._start()

    def _start(self) -> None:
        self.starts += 1
        self.folder = Path(tempfile.mkdtemp(prefix="xlperf-office-"))
        pipe, profile = self.folder.name, self.folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(UNLOCKED, "utf-8")
        if self.prepare is not None:
            self.prepare(profile)
        self.process = subprocess.Popen(
            [
                *("soffice", "--headless", "--norestore", "--nologo", "--nodefault"),
                f"-env:UserInstallation={profile.as_uri()}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=self._surroundings(),
        )
        self.line = subprocess.Popen(
            [self.python, str(LINE), pipe, str(self.process.pid), str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,  # what ends all of a run lets it end LibreOffice first
        )
        try:
            self._heard(90)
        except Crashed:
            self.close()
            raise

    def _surroundings(self) -> dict[str, str]:
        """Of LibreOffice: no language of the tests', and on the path the Python that it embeds."""
        environment = {key: value for key, value in os.environ.items() if key != "XLPERF_LANG"}
        return {
            **environment,
            "PATH": os.pathsep.join((str(Path(self.python).parent), environment["PATH"])),
        }

    def do(self, steps: list[dict[str, Any]], seconds: float = 120) -> list[Any]:
        """Carry out steps in one go; the result of each."""
        try:
            return list(self.ask(DRIVER, steps, seconds))
        except Crashed:
            return list(self.ask(DRIVER, steps, seconds))

    def ask(self, engine: Path, question: Any, seconds: float = 120) -> Any:
        """What an engine answers; after a crash, there is a new LibreOffice for the next one."""
        try:
            self._say([str(engine), question])
            answer = self._heard(seconds)
            while "back" in answer:
                assert self.back is not None
                self._say({"reply": self.back(answer["back"])})
                answer = self._heard(seconds)
        except (Crashed, BrokenPipeError) as error:
            self.close()
            self._start()
            raise Crashed(str(error)) from None
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["ok"]

    def _say(self, line: Any) -> None:
        assert self.line.stdin is not None
        self.line.stdin.write(json.dumps(line) + "\n")
        self.line.stdin.flush()

    def _heard(self, seconds: float) -> dict[str, Any]:
        assert self.line.stdout is not None
        limit = threading.Timer(seconds, self.line.kill)
        limit.start()
        line = self.line.stdout.readline()
        limit.cancel()
        if not line:
            raise Crashed("LibreOffice does not answer")
        return dict(json.loads(line))

    def close(self) -> None:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
            except ProcessLookupError:
                break
            deadline = time.monotonic() + 5
            while self.process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
        self.process.wait(timeout=5)
        self.line.kill()
        self.line.communicate()
        shutil.rmtree(self.folder, ignore_errors=True)

    def edit(
        self, source: Path, target: Path, *steps: dict[str, Any], charts: bool = False
    ) -> list[Any]:
        """Open a workbook, carry out steps on it, save it as .xlsx under another name.

        `charts`: whether they are saved, too.
        """
        with self._lighter(source, charts) as path:
            whole = [{"do": "open", "path": str(path)}, *steps]
            whole += [{"do": "save", "path": str(target)}, {"do": "close"}]
            return self.do(whole)[1:-2]

    def look(self, source: Path, *steps: dict[str, Any], charts: bool = False) -> list[Any]:
        """Open a workbook, ask it things, close it; with its charts, if it is printed."""
        with self._lighter(source, charts) as path:
            return self.do([{"do": "open", "path": str(path)}, *steps, {"do": "close"}])[1:-1]

    @contextmanager
    def _lighter(self, source: Path, charts: bool) -> Iterator[Path]:
        """A workbook as it is, or meanwhile a copy without its charts."""
        if charts or source.suffix != ".xlsx":
            yield source
            return
        with tempfile.TemporaryDirectory() as folder:
            yield without_charts(source, Path(folder) / source.name)


@cache
def running() -> Office:
    """The LibreOffice of this process, started where one is asked for first."""
    return Office()
