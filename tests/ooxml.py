"""Open XML validators: Microsoft's SDK (npm) and a second, independent one (PyPI)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "@ooxml-tools/validate"


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


def sdk_errors(path: Path) -> list[Any]:
    """What Microsoft's Open XML SDK has against a file."""
    command = Path(str(folder())) / ".bin" / "ooxml-validate"
    done = subprocess.run(
        [str(command), "--of", "json", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.strip().startswith("["), done.stdout + done.stderr
    return list(json.loads(done.stdout))


def audit_errors(path: Path) -> str:
    """What openxml-audit has against a file; "" if it expects a clean opening."""
    done = subprocess.run(
        [sys.executable, "-m", "openxml_audit", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return (
        "" if done.returncode == 0 and "no findings" in done.stdout else done.stdout + done.stderr
    )
