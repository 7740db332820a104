"""Open XML validators: Microsoft's SDK (npm) and a second, independent one (PyPI)."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from click.testing import CliRunner
from openxml_audit.cli import main as openxml_audit  # type: ignore[import-untyped]

from tests.masters import FOLDER, run_of

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "@ooxml-tools/validate"
LINE = Path(__file__).with_name("ooxml_line.mjs")


def folder() -> Path | None:
    """Where npm put the SDK's validator: XLPERF_NODE_MODULES, or node_modules of the checkout."""
    for place in (os.environ.get("XLPERF_NODE_MODULES"), ROOT / "node_modules"):
        if place and (Path(place) / PACKAGE).is_dir():
            return Path(place)
    return None


def missing() -> str:
    if not shutil.which("node"):
        return "node is not installed"
    return "" if folder() else f"the npm package {PACKAGE} is not installed"


@cache
def line() -> TextIO:
    """A connection to the validator that all processes of a run of the tests share."""
    at = Path(os.environ[FOLDER], "validator")
    if _is_first(at.with_suffix(".starting")):
        _started.append(_start(at))
    deadline = time.monotonic() + 120
    while not at.exists():
        assert time.monotonic() < deadline, "the validator does not start"
        time.sleep(0.05)
    connection = socket.create_connection(("127.0.0.1", int(at.read_text())), timeout=120)
    return connection.makefile("rw", encoding="utf-8")


_started: list[subprocess.Popen[str]] = []  # kept, as it may outlive this process


def _is_first(lock: Path) -> bool:
    """Whether no process of the run has come here before."""
    try:
        lock.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _start(at: Path) -> subprocess.Popen[str]:
    """Start the validator, which ends with the run; where it listens is written into a file."""
    running = subprocess.Popen(
        ["node", str(LINE), str(folder()), str(at.parent), run_of(at.parent)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout
    with running.stdout as output:
        port = output.readline().strip()
    made = at.with_suffix(".port")
    made.write_text(port)
    made.replace(at)
    return running


def sdk_errors(path: Path) -> list[Any]:
    """What Microsoft's Open XML SDK has against a file."""
    running = line()
    running.write(f"{path}\n")
    running.flush()
    answer = json.loads(running.readline() or '{"failed": "the validator does not answer"}')
    assert "errors" in answer, answer
    return list(answer["errors"])


def audit_errors(path: Path) -> str:
    """What openxml-audit has against a file; "" if it expects a clean opening."""
    done = CliRunner().invoke(openxml_audit, [str(path)])  # here its schemas are read once
    is_clean = done.exit_code == 0 and "no findings" in done.output
    return "" if is_clean else f"{done.output}{done.exception!r}"
