"""LibreOffice as a stand-in for people: it opens, edits, recalculates, saves and prints workbooks.

One soffice for a test session, driven over a pipe by `driver.py`, which runs under whatever
Python has `uno` (Debian's own, or LibreOffice's), so the tests' Python need not.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

DRIVER = Path(__file__).with_name("driver.py")


def missing() -> str:
    """Why LibreOffice cannot be driven here; empty if it can."""
    if not shutil.which("soffice"):
        return "LibreOffice (soffice) is not installed"
    return "" if python_with_uno() else "no Python with the module uno (Debian: python3-uno)"


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

    def __init__(self) -> None:
        self.python = python_with_uno()
        self.starts = 0
        self._start()

    def _start(self) -> None:
        self.starts += 1
        self.folder = Path(tempfile.mkdtemp(prefix="xlperf-office-"))
        self.pipe = f"xlperf{os.getpid()}n{self.starts}"
        profile = (self.folder / "profile").as_uri()
        self.process = subprocess.Popen(
            [
                *("soffice", "--headless", "--norestore", "--nologo", "--nodefault"),
                f"-env:UserInstallation={profile}",
                f"--accept=pipe,name={self.pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={key: value for key, value in os.environ.items() if key != "XLPERF_LANG"},
        )
        self.do([])

    def do(self, steps: list[dict[str, Any]], seconds: float = 120) -> list[Any]:
        """Carry out steps in one go; the result of each."""
        done = self._driven(steps, seconds)
        if done.returncode and self._has_crashed():
            self.close()
            self._start()
            done = self._driven(steps, seconds)
        if done.returncode:
            raise AssertionError(done.stderr)
        return list(json.loads(done.stdout))

    def _driven(
        self, steps: list[dict[str, Any]], seconds: float
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python, str(DRIVER), self.pipe],
            input=json.dumps(steps),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )

    def _has_crashed(self) -> bool:
        deadline = time.monotonic() + 3
        while self.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.process.poll() is not None

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
        shutil.rmtree(self.folder, ignore_errors=True)

    def edit(self, source: Path, target: Path, *steps: dict[str, Any]) -> list[Any]:
        """Open a workbook, carry out steps on it, save it as .xlsx under another name."""
        whole = [{"do": "open", "path": str(source)}, *steps]
        whole += [{"do": "save", "path": str(target)}, {"do": "close"}]
        return self.do(whole)[1:-2]

    def look(self, source: Path, *steps: dict[str, Any]) -> list[Any]:
        """Open a workbook, ask it things, close it."""
        return self.do([{"do": "open", "path": str(source)}, *steps, {"do": "close"}])[1:-1]
