"""The indicator rows of a form: merged, broken, dropped, added; one trap a test."""

from __future__ import annotations

import pytest

from tests.documents.forms import (
    FIRST,
    PROJECT,
    PURPOSE,
    SECOND,
    SHARES,
    THIRD,
    TITLES,
    document,
    leftovers,
    project,
    read,
    remarks,
    rows,
)
from tests.documents.printing import HEADER


def test_several_indicators_under_one_second_level_take_it_from_above() -> None:
    more = [
        {**indicator, "name": f"{indicator['name']}{n}"}
        for indicator in PROJECT["indicators"]
        for n in range(5)
    ]
    fields = project(document(rows(indicators=more)))
    assert fields["indicators"] == more
    assert len(fields["indicators"]) == 15


def test_a_second_level_left_blank_is_not_taken_from_another_first_level() -> None:
    form = rows()
    form[THIRD][1] = ""
    assert "level2" not in project(document(form))["indicators"][2]


def test_a_first_level_printed_again_keeps_the_second_level_merged() -> None:
    form = rows(indicators=[PROJECT["indicators"][0]] * 2)
    form[SECOND][0] = "产出指标"
    assert [indicator["level2"] for indicator in project(document(form))["indicators"]] == [
        "数量指标"
    ] * 2


def test_a_source_that_leaves_out_merged_cells_is_read_the_same() -> None:
    form = rows()
    form[PURPOSE], form[SHARES] = form[PURPOSE][1:], form[SHARES][1:]
    form[SECOND] = form[SECOND][1:]
    assert project(document(form)) == PROJECT


@pytest.mark.parametrize("column", range(2, 6))
def test_columns_are_taken_from_the_header_when_one_is_dropped(column: int) -> None:
    form = [
        row[:column] + row[column + 1 :] if at >= TITLES else row for at, row in enumerate(rows())
    ]
    keys = list(PROJECT["indicators"][0])
    expected = [
        {k: v for k, v in indicator.items() if k != keys[column]}
        for indicator in PROJECT["indicators"]
    ]
    assert project(document(form))["indicators"] == expected


@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("dropped", [True, False])
def test_a_header_that_lost_one_label_is_completed(column: int, dropped: bool) -> None:
    form = rows()
    form[TITLES][column : column + 1] = [] if dropped else [""]
    assert project(document(form)) == PROJECT


def test_columns_in_another_order_are_read_by_their_labels() -> None:
    order = [0, 1, 5, 4, 3, 2]
    form = [[row[i] for i in order] if at >= TITLES else row for at, row in enumerate(rows())]
    assert project(document(form))["indicators"] == PROJECT["indicators"]


def test_a_column_that_is_not_known_is_left_over() -> None:
    form = [
        [*row, "备注" if at == TITLES else "无"] if at >= TITLES else row
        for at, row in enumerate(rows())
    ]
    reading = read(document(form))
    assert reading.record["projects"] == [PROJECT]
    assert [text for _, text in leftovers(reading)] == ["备注", "无", "无", "无"]


def test_a_header_printed_again_is_furniture() -> None:
    form = rows()
    form.insert(SECOND, list(HEADER))
    assert project(document(form)) == PROJECT


def test_an_added_row_is_left_over_and_remarked_and_the_others_are_read() -> None:
    form = rows()
    form.insert(SECOND, ["备注", "由乡镇实施"])
    reading = read(document(form))
    assert reading.record["projects"] == [PROJECT]
    assert [text for _, text in leftovers(reading)] == ["备注", "由乡镇实施"]
    line = int(leftovers(reading)[0][0].removeprefix("L"))
    assert remarks(reading) == [("STR021", ("projects", 0), line, {"text": "备注 | 由乡镇实施"})]


def test_an_added_row_above_the_purpose_is_not_taken_for_it() -> None:
    form = rows()
    form.insert(PURPOSE, ["项目负责人", "某某"])
    reading = read(document(form))
    assert reading.record["projects"] == [PROJECT]
    assert [text for _, text in leftovers(reading)] == ["项目负责人", "某某"]


@pytest.mark.parametrize("lost", [2, 3, 4, 5])
def test_a_row_short_of_a_cell_gives_its_levels_and_leaves_the_rest(lost: int) -> None:
    form = rows()
    rest = [cell for at, cell in enumerate(form[SECOND]) if at > 1 and at != lost]
    del form[SECOND][lost]
    reading = read(document(form))
    assert reading.record["projects"][0]["indicators"] == [
        PROJECT["indicators"][0],
        {"level1": "产出指标", "level2": "成本指标"},
        PROJECT["indicators"][2],
    ]
    assert [text for _, text in leftovers(reading)] == rest
    assert [remark[:2] for remark in remarks(reading)] == [("STR021", ("projects", 0))]


def test_a_lost_first_level_is_not_taken_from_above_where_it_cannot_be() -> None:
    form = rows()
    del form[THIRD][0]
    reading = read(document(form))
    last = {"level2": "服务对象满意度指标"}
    assert reading.record["projects"][0]["indicators"] == [*PROJECT["indicators"][:2], last]
    assert [text for _, text in leftovers(reading)] == [
        "农户满意度",
        "满意户数占比",
        "≥95%",
        "年度工作计划",
    ]
    assert [remark[0] for remark in remarks(reading)] == ["STR021"]


def test_a_row_with_a_cell_too_many_gives_its_levels_and_leaves_the_rest() -> None:
    form = rows()
    form[FIRST].append("多出的格")
    reading = read(document(form))
    assert reading.record["projects"][0]["indicators"][0] == {
        "level1": "产出指标",
        "level2": "数量指标",
    }
    assert leftovers(reading)[-1][1] == "多出的格"
    assert reading.record["projects"][0]["indicators"][1:] == PROJECT["indicators"][1:]


def test_a_form_without_its_header_is_read_in_the_standard_columns() -> None:
    form = rows()
    del form[TITLES]
    assert project(document(form)) == PROJECT
