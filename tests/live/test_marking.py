"""The validate buttons: marks, notes, the list; the user's own fills and notes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from tests.live import model
from tests.live.conftest import Excel
from xlperf.live import ribbon


def test_validating_the_workbook(excel: Excel, opened: Any, master: Path) -> None:
    excel.click(ribbon.validate_workbook, opened)
    print(excel.boxes)
    print(len(excel.trips), Counter(t[2] for t in excel.trips).most_common(40))
    assert not model.HAZARDS
    excel.click(ribbon.validate_workbook, opened)
    print(excel.boxes)
    print(len(excel.trips), Counter(t[2] for t in excel.trips).most_common(40))
    assert not model.HAZARDS
    excel.click(ribbon.validate_sheet, opened)
    print(excel.boxes, len(excel.trips))
    excel.click(ribbon.next_finding, opened)
    print(excel.boxes, len(excel.trips))
    excel.click(ribbon.next_finding, opened)
    print(excel.boxes, len(excel.trips))
    excel.click(ribbon.previous_finding, opened)
    print(excel.boxes, len(excel.trips))
    excel.click(ribbon.clear_marks, opened)
    print(excel.boxes, len(excel.trips))
    excel.click(ribbon.export_record, opened)
    print(excel.boxes, len(excel.trips))
    excel.click(ribbon.about, opened)
    print(excel.boxes, len(excel.trips))
