"""Where a project's sheet has to stand to be counted, and the order that puts it there."""

from __future__ import annotations

import pytest

from xlperf.forms.made_sheets.sheet_order import counted_order, uncounted

GUIDE, SUMMARY, OWN, MANIFEST, LISTS = "使用说明", "汇总", "部门整体", "_xlperf", "_lists"
HEAD, END = [GUIDE, SUMMARY, OWN], [MANIFEST, LISTS]
PROJECTS = ["01 一", "02 二", "03 三"]
ONE, TWO, THREE = PROJECTS


@pytest.mark.parametrize(
    ("titles", "outside", "expected"),
    [
        ([*HEAD, *PROJECTS, *END], [], [*HEAD, *PROJECTS, *END]),
        ([TWO, *HEAD, ONE, THREE, *END], [TWO], [*HEAD, TWO, ONE, THREE, *END]),
        ([*HEAD, ONE, THREE, *END, TWO], [TWO], [*HEAD, ONE, THREE, TWO, *END]),
        (
            [THREE, "草稿", *HEAD, ONE, *END, TWO, "底稿"],
            [THREE, TWO],
            ["草稿", *HEAD, THREE, ONE, TWO, *END, "底稿"],
        ),
        ([ONE, *HEAD, *END], [ONE], [*HEAD, ONE, *END]),
        ([*HEAD, *END, TWO, ONE], [TWO, ONE], [*HEAD, TWO, ONE, *END]),
        # a sheet of people's own between the projects', the department's sheet behind them
        ([TWO, GUIDE, ONE, "草稿", OWN, *END], [TWO], [GUIDE, TWO, ONE, "草稿", OWN, *END]),
        # without the guide or the lists there are no totals
        ([TWO, SUMMARY, ONE, *END], [], [TWO, SUMMARY, ONE, *END]),
        ([TWO, GUIDE, ONE, MANIFEST], [], [TWO, GUIDE, ONE, MANIFEST]),
        # the guide moved among the projects' sheets: the sum begins with it wherever it is
        ([SUMMARY, OWN, ONE, GUIDE, TWO, *END], [ONE], [SUMMARY, OWN, GUIDE, ONE, TWO, *END]),
        # moved behind the lists it is no end of Excel's sum any more, which still counts all of
        # them; LibreOffice adds up nothing, so that a repair puts it in front
        ([SUMMARY, OWN, ONE, *END, TWO, GUIDE], [], [GUIDE, SUMMARY, OWN, ONE, TWO, *END]),
    ],
)
def test_sheets_that_no_total_counts_go_between_the_others(
    titles: list[str], outside: list[str], expected: list[str]
) -> None:
    assert uncounted(titles, PROJECTS) == outside
    assert counted_order(titles, PROJECTS) == expected
