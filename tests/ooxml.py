"""Open XML validators: Microsoft's SDK (npm) and a second, independent one (PyPI)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from openxml_audit.cli import main as openxml_audit  # type: ignore[import-untyped]

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
def line() -> subprocess.Popen[str]:
    """The validator, running; it ends when this process does and its input with it."""
    return subprocess.Popen(
        ["node", str(LINE), str(folder())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def sdk_errors(path: Path) -> list[Any]:
    """What Microsoft's Open XML SDK has against a file."""
    running = line()
    assert running.stdin and running.stdout
    limit = threading.Timer(120, running.kill)
    limit.start()
    running.stdin.write(f"{path}\n")
    running.stdin.flush()
    said = running.stdout.readline()
    limit.cancel()
    if not said:
        line.cache_clear()
    answer = json.loads(said or '{"failed": "the validator does not answer"}')
    assert "errors" in answer, answer
    return list(answer["errors"])


def audit_errors(path: Path) -> str:
    """What openxml-audit has against a file; "" if it expects a clean opening."""
    done = CliRunner().invoke(openxml_audit, [str(path)])  # here its schemas are read once
    is_clean = done.exit_code == 0 and "no findings" in done.output
    return "" if is_clean else f"{done.output}{done.exception!r}"
