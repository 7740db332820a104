"""Workbooks edited by a real spreadsheet program, and read back right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.office import Office
from tests.workbook.test_list_edges import forms_for
from xlperf.comparison.record_diff import differences
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.read import read_workbook

pytestmark = pytest.mark.office

FIRST = "01 专项补助（人防）"


@pytest.fixture
def edited(office: Office, small_master: Path, tmp_path: Path):
    def edit(*steps: dict) -> Reading:
        target = tmp_path / "edited.xlsx"
        office.edit(small_master, target, *steps)
        return read_workbook(target)

    return edit


def test_a_workbook_saved_by_libreoffice_gives_the_same_record(
    office: Office, master: Path, sample: Raw, tmp_path: Path
) -> None:
    office.edit(master, tmp_path / "saved.xlsx")
    assert not differences(sample, read_workbook(tmp_path / "saved.xlsx").record)


def test_libreoffice_calculates_the_same_totals_and_no_cell_shows_an_error(
    office: Office, master: Path
) -> None:
    names = ("XP_BUDGET", "XP_FISCAL", "XP_OTHER", "XP_PLAN_03", "XP_PLAN_06", "XP_PLAN_10")
    steps = [{"do": "named", "name": name} for name in (*names, "XP_PLAN_12", "XP_PROJECTS")]
    *values, errors = office.look(master, *steps, {"do": "errors"})
    assert errors == []
    assert values == [
        7804247.00, 7804247.00, 0, 1951061.75, 4110260.20, 6165390.30, 7804247.00, 11
    ]  # fmt: skip


def test_unit_totals_are_live(office: Office, master: Path) -> None:
    change = {"do": "number", "sheet": FIRST, "cell": "C4", "value": 6400.55}
    [_, rows] = office.look(master, change, {"do": "rows", "sheet": "汇总"})
    units = {row[0]: row[4] for row in rows if row[0] in ("333001", "333005")}
    assert units == {"333001": "5,722,880.55", "333005": "2,081,367.00"}


STATUSES = [
    ([], "正常"),
    ([{"do": "clear", "cell": "B5"}], "未填全"),
    ([{"do": "clear", "cell": "F10"}], "未填全"),
    ([{"do": "number", "cell": "C4", "value": 6400.01}], "金额有误"),
    ([{"do": "text", "cell": "C4", "value": "六千四"}], "金额有误"),
    ([{"do": "number", "cell": "C7", "value": 0.1}], "计划有误"),
    ([{"do": "number", "cell": "F7", "value": 0.9}], "计划有误"),
    ([{"do": "text", "cell": "B3", "value": "13030321"}], "编码有误"),
    ([{"do": "text", "cell": "F10", "value": "是/否"}], "指标待定"),
    ([{"do": "text", "cell": "F11", "value": "17人"}], "有问题"),
    ([{"do": "text", "cell": "F10", "value": "进一步提高"}], "需复核"),
]


def test_the_status_in_the_summary_says_what_is_wrong(
    office: Office, small: Raw, tmp_path: Path
) -> None:
    master = tmp_path / "forms.xlsx"
    titles = forms_for(len(STATUSES), small, master)
    pairs = list(zip(titles, STATUSES, strict=True))
    steps = [{**step, "sheet": title} for title, (steps, _) in pairs for step in steps]
    summary = {"do": "rows", "sheet": "汇总"}
    sound, *_, rows = office.look(master, summary, *steps, summary)
    names = [title.partition(" ")[2] for title in titles]
    before = {row[2]: row[12] for row in sound if row[2] in names}
    assert before == dict.fromkeys(names, "正常")
    shown = {row[2]: row[12] for row in rows if row[2] in names}
    assert shown == {name: status for name, (_, status) in zip(names, STATUSES, strict=True)}


def test_an_inserted_row_becomes_an_indicator_in_its_place(edited, small: Raw) -> None:
    reading = edited(
        {"do": "insert_rows", "sheet": FIRST, "row": 12},
        {"do": "text", "sheet": FIRST, "cell": "B12", "value": "质量指标"},
        {"do": "text", "sheet": FIRST, "cell": "C12", "value": "新增指标"},
        {"do": "text", "sheet": FIRST, "cell": "F12", "value": "≥3次"},
    )
    indicators = reading.record["projects"][0]["indicators"]
    assert indicators[2] == {
        "level1": "产出指标", "level2": "质量指标", "name": "新增指标", "target": "≥3次"
    }  # fmt: skip
    assert indicators[:2] + indicators[3:] == small["projects"][0]["indicators"]
    assert reading.where["projects", 0, "indicators", 2, "target"].cell == "F12"


def test_a_row_typed_right_below_the_table_is_taken_in(edited, small: Raw) -> None:
    texts = {"A": "满意度指标", "B": "服务对象满意度指标", "C": "来访者满意度", "F": "≥90%"}
    row = 10 + len(small["projects"][0]["indicators"])
    steps = [
        {"do": "text", "sheet": FIRST, "cell": f"{col}{row}", "value": text}
        for col, text in texts.items()
    ]
    reading = edited(*steps)
    assert reading.record["projects"][0]["indicators"][-1]["name"] == "来访者满意度"
    assert "leftovers" not in reading.record


def test_rows_inserted_above_the_form_move_everything_and_change_nothing(
    edited, small: Raw
) -> None:
    assert not differences(small, edited({"do": "insert_rows", "sheet": FIRST, "row": 1}).record)


def test_a_deleted_row_takes_its_indicator_and_nothing_else(edited, small: Raw) -> None:
    reading = edited({"do": "delete_rows", "sheet": FIRST, "row": 12})
    indicators = small["projects"][0]["indicators"]
    assert [i["name"] for i in reading.record["projects"][0]["indicators"]] == [
        i["name"] for i in indicators[:2] + indicators[3:]
    ]
    assert reading.record["projects"][1:] == small["projects"][1:]


def test_a_form_that_was_moved_on_its_sheet_reads_the_same(edited, small: Raw) -> None:
    reading = edited({"do": "move", "sheet": FIRST, "area": "A1:G18", "to": "C6"})
    assert reading.record["projects"] == small["projects"]


def test_an_indicator_row_that_was_cut_and_pasted_elsewhere_in_the_table_moves(
    edited, small: Raw
) -> None:
    reading = edited(
        {"do": "insert_rows", "sheet": FIRST, "row": 12},
        {"do": "move", "sheet": FIRST, "area": "B14:G14", "to": "B12"},
        {"do": "delete_rows", "sheet": FIRST, "row": 14},
    )
    names = [i["name"] for i in reading.record["projects"][0]["indicators"]]
    was = [i["name"] for i in small["projects"][0]["indicators"]]
    assert names == [was[0], was[1], was[3], was[2], *was[4:]]


def test_text_typed_outside_the_form_is_reported_and_kept(
    edited, small: Raw, tmp_path: Path
) -> None:
    reading = edited(
        {"do": "text", "sheet": FIRST, "cell": "J20", "value": "请核对人数"},
        {"do": "text", "sheet": FIRST, "cell": "A30", "value": "项目编码"},
        {"do": "add_sheet", "name": "草稿", "position": 3},
        {"do": "text", "sheet": "草稿", "cell": "B2", "value": "我的笔记"},
    )
    assert reading.record["leftovers"] == [
        {"place": f"{FIRST}!J20", "text": "请核对人数"},
        {"place": f"{FIRST}!A30", "text": "项目编码"},
        {"place": "草稿!B2", "text": "我的笔记"},
    ] or {leftover["text"] for leftover in reading.record["leftovers"]} == {
        "请核对人数", "项目编码", "我的笔记"
    }  # fmt: skip
    rest = {key: value for key, value in reading.record.items() if key != "leftovers"}
    assert not differences(small, rest)
    assert len([f for f in run(reading, catalogue().values()) if f.code == "STR020"]) == 3


def test_a_copied_project_sheet_reads_as_a_second_project_with_a_duplicate_code(
    edited, small: Raw
) -> None:
    reading = edited({"do": "copy_sheet", "sheet": FIRST, "name": f"{FIRST} 副本", "position": 4})
    projects = reading.record["projects"]
    assert len(projects) == len(small["projects"]) + 1
    assert projects[0] == projects[1] == small["projects"][0]
    twice = [f for f in run(reading, catalogue().values()) if f.code == "COD106"]
    assert twice and all(f.place and f.place.sheet for f in twice)


def test_renamed_and_reordered_sheets_read_in_their_new_order(edited, small: Raw) -> None:
    reading = edited(
        {"do": "rename_sheet", "sheet": FIRST, "name": "改了名"},
        {"do": "move_sheet", "sheet": "改了名", "position": 6},
    )
    names = [project["name"] for project in reading.record["projects"]]
    was = [project["name"] for project in small["projects"]]
    assert names == [*was[1:3], was[0], *was[3:]]


def test_a_deleted_summary_and_manifest_lose_nothing(edited, small: Raw) -> None:
    reading = edited(
        {"do": "delete_sheet", "sheet": "汇总"}, {"do": "delete_sheet", "sheet": "_xlperf"}
    )
    assert not differences(small, reading.record)


def test_what_people_type_is_read_as_they_mean_it(edited) -> None:
    reading = edited(
        {"do": "type", "sheet": FIRST, "cell": "C4", "value": "=6000+400.5"},
        {"do": "type", "sheet": FIRST, "cell": "B7", "value": "30%"},
        {"do": "type", "sheet": FIRST, "cell": "F10", "value": "100%"},
        {"do": "type", "sheet": FIRST, "cell": "B3", "value": "130303210000000000001"},
    )
    project = reading.record["projects"][0]
    assert project["budget"] == Decimal("6400.50")
    assert project["spending_plan"]["03"] == 30
    assert project["indicators"][0]["target"] == "100%"
    assert project["code"] == "130303210000000000001"
    assert [(r.code, r.facts["formula"]) for r in reading.remarks] == [("STR022", "=6000+400.5")]


def test_an_added_activity_and_indicator_are_read_where_they_stand(
    edited, small: Raw, small_master: Path
) -> None:
    at = read_workbook(small_master).where["activities", 1, "name"]
    row = int(at.cell[1:])
    reading = edited(
        {"do": "insert_rows", "sheet": at.sheet, "row": row},
        {"do": "text", "sheet": at.sheet, "cell": f"B{row}", "value": "新分项"},
        {"do": "text", "sheet": at.sheet, "cell": f"D{row}", "value": "新指标"},
        {"do": "text", "sheet": at.sheet, "cell": f"F{row}", "value": "≥1次"},
        {"do": "insert_rows", "sheet": at.sheet, "row": row - 1},
        {"do": "text", "sheet": at.sheet, "cell": f"D{row - 1}", "value": "插入的指标"},
    )
    names = [activity["name"] for activity in reading.record["activities"]]
    was = [activity["name"] for activity in small["activities"]]
    assert names == [was[0], "新分项", *was[1:]]
    first = [i["name"] for i in reading.record["activities"][0]["indicators"]]
    old = [i["name"] for i in small["activities"][0]["indicators"]]
    assert first == [*old[:-1], "插入的指标", old[-1]]
    assert reading.record["activities"][1]["indicators"] == [{"name": "新指标", "target": "≥1次"}]
