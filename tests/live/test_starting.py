"""What a click imports: neither pandas nor openpyxl on the way of the validate buttons."""

from __future__ import annotations

import json
import subprocess
import sys

from xlperf.live.lightly import HEAVY, hidden

CODE = """
import json, sys
import xlperf.live.ribbon
from xlperf.live import actions, applying, validating
from xlperf.jobs import settings
from xlperf.rules import catalogue
catalogue()
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""


def loaded(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return set(json.loads(done.stdout))


def test_validating_loads_no_heavy_library() -> None:
    heavy = {"pandas", "numpy", "openpyxl", "docx", "jinja2", "rich", "click", "PIL"}
    assert loaded(CODE) & heavy == set()


def test_heavy_libraries_can_still_be_imported_afterwards() -> None:
    code = CODE.replace("catalogue()\n", "catalogue()\nimport pandas, openpyxl\n", 1)
    assert {"pandas", "openpyxl"} <= loaded(code)


def test_libraries_in_use_are_not_hidden() -> None:
    with hidden("json", "no_such_library"):
        assert sys.modules["json"] is json
        assert sys.modules["no_such_library"] is None
    assert "no_such_library" not in sys.modules
    assert "pandas" in HEAVY
