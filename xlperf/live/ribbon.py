"""What the ribbon's buttons call: one function without arguments for each action."""

from __future__ import annotations

ACTIONS = (
    *("validate_sheet", "validate_workbook", "next_finding", "previous_finding", "clear_marks"),
    *("fix_safe", "refresh_summary", "add_project", "rollup_folder", "publish_word"),
    *("export_record", "import_document", "about"),
)
