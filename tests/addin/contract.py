"""What the buttons are called, as promised."""

from __future__ import annotations

import importlib
import importlib.util

PROMISED = (
    *("validate_sheet", "validate_workbook", "next_finding", "previous_finding", "clear_marks"),
    *("fix_safe", "refresh_summary", "add_project", "rollup_folder", "publish_word"),
    *("export_record", "import_document", "about"),
)
ALWAYS = {"rollup_folder", "import_document", "about"}


def live(module: str) -> bool:
    """Whether a module of the live layer is there."""
    if importlib.util.find_spec("xlperf.live") is None:
        return False
    return importlib.util.find_spec(f"xlperf.live.{module}") is not None


def actions() -> tuple[str, ...]:
    """What the live layer offers; where it is not there, what was promised."""
    if not live("ribbon"):
        return PROMISED
    return tuple(importlib.import_module("xlperf.live.ribbon").ACTIONS)


DOOR = "XlperfOnAction"


def command(action: str) -> str:
    return f"import xlperf.live.ribbon as r; r.click('{action}')"
