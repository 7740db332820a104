"""Numbers of cells as their number formats show them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from xlperf.layout.shown_numbers import display_text


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        (6400, "General", "6400"),
        (6400, "#,##0.00", "6,400.00"),
        (1234567.891, "#,##0.00", "1,234,567.891"),  # no digit is rounded away
        (0.1 + 0.2, "General", "0.3"),
        (0.25, "0%", "25%"),
        (0.255, "0%", "25.5%"),
        (3.0, "0.00", "3.00"),
        (12.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12.50"),
        (-5, "#,##0.00;[Red]-#,##0.00", "-5.00"),
        (15, '0"人"', "15人"),
        (64000, "0\\.0,", "6.4"),  # ten thousands, as Excel stores the format 0!.0,
        (64500, "0!.0,", "6.45"),
        (7804300, '0!.0000"万元"', "780.43万元"),
        (6.4, "[$¥-804]#,##0.00", "6.40"),
        (44550, 'yyyy"年"m"月"d"日"', "2021年12月20日"),
        (datetime.datetime(2021, 12, 20), "[$-804]yyyy/m/d", "2021/12/20"),
        (datetime.date(2021, 12, 1), 'yyyy"年"m"月"', "2021年12月"),
        (datetime.date(2021, 12, 20), "General", "2021-12-20"),
        (datetime.datetime(2021, 3, 5, 8, 5), "yyyy-mm-dd hh:mm", "2021-03-05 08:05"),
        (datetime.time(8, 30), "h:mm", "8:30"),
        (datetime.time(15, 30), "h:mm AM/PM", "3:30 PM"),
        (True, "General", "TRUE"),
        ("≥95%", "@", "≥95%"),
    ],
)
def test_a_cell_shows_what_its_format_says(content: Any, code: str, text: str) -> None:
    assert display_text(content, code) == text
