"""What the buttons are called, as promised."""

from __future__ import annotations

PROMISED = (
    *("validate_sheet", "validate_workbook", "next_finding", "previous_finding", "clear_marks"),
    *("fix_safe", "refresh_summary", "add_project", "rollup_folder", "publish_word"),
    *("export_record", "import_document", "compare_file", "begin_monitoring", "begin_evaluation"),
    "about",
)
ALWAYS = {"rollup_folder", "import_document", "about"}


DOOR = "XlperfOnAction"


def command(action: str) -> str:
    return f"import xlperf.live.ribbon as r; r.click('{action}')"
