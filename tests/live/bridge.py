"""A line to LibreOffice: a helper process that lives as long as the tests do."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.office import Office

HELPER = Path(__file__).with_name("calc.py")


class CalcError(Exception):
    """What LibreOffice would not do."""


class Bridge:
    """`bridge.do("values", doc=1, ...)`; ends with `close`."""

    def __init__(self, office: Office) -> None:
        self.process = subprocess.Popen(
            [office.python, str(HELPER), office.pipe],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        self.answer()

    def do(self, step: str, /, **facts: Any) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": step, **facts}) + "\n")
        self.process.stdin.flush()
        return self.answer().get("ok")

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise CalcError("the helper has ended")
        said = json.loads(line)
        if "error" in said:
            raise CalcError(said["error"])
        return dict(said)

    def close(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=5)
        self.process.stdout.close()
