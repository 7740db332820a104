"""What a stage's row points to: found in its formula, and readable once the goals' row is gone."""

from __future__ import annotations

import re

from xlperf.forms.stages.links import GoalLink, GoalSheet, RowLink, line_of, read_link
from xlperf.layout import Box

LINES = {key: Box(55, col, 1, 25) for key, col in (("line", 30), ("level2", 31), ("name", 32))}
GOAL = GoalSheet("01 农机培训", {"indicators/name": Box(10, 3, 1, 10)}, LINES, Box(9, 3, 1, 12))
ROW = RowLink(GOAL, 11, "质量指标", "培训合格率", "$V$11:$V$18")


def test_a_formula_tells_the_row_that_it_points_to() -> None:
    assert read_link(ROW.shown_name()) == GoalLink("培训合格率", "01 农机培训", 11)
    assert read_link(ROW.shown_level()) == GoalLink("质量指标", "01 农机培训", 11)


def test_a_formula_of_earlier_versions_tells_it_too() -> None:
    old = """=IFERROR(IF(LEN('01 农机培训'!$C$11)=0,"率",'01 农机培训'!$C$11&""),"率")"""
    assert read_link(old) == GoalLink("率", "01 农机培训", 11)
    assert read_link(old.replace("$C$11", "#REF!")) == GoalLink("率", "", 0)


def test_no_reference_of_a_row_is_to_the_goals_row_alone() -> None:
    """Excel makes `'01 农机培训'!#REF!` of it with the row, which LibreOffice cannot read."""
    line = line_of(GOAL, "$C12", "$B12", 11)
    for formula in (ROW.shown_name(), ROW.shown_level(), line):
        assert re.findall(r"(?<!:)\$C\$11(?![0-9:])", formula) == []
        assert "$C$9:$C$11" in formula


def test_a_row_is_gone_once_the_rows_to_it_and_from_it_do_not_overlap() -> None:
    after = ROW.shown_name().replace("$C$9:$C$11", "$C$9:$C$10").replace("$C$20", "$C$19")
    assert read_link(after) == GoalLink("培训合格率", "01 农机培训", 0)
    assert GOAL.is_gone(11) == (
        "ROWS('01 农机培训'!$C$9:$C$11)+ROWS('01 农机培训'!$C$11:$C$20)"
        "<=ROWS('01 农机培训'!$C$9:$C$20)"
    )
