"""The department's part: overall goal, activities with indicators, safeguards; one trap a test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.accounts import check_honest, parsed
from xlperf import documents
from xlperf.paths import get
from xlperf.reading import Reading
from xlperf.record import Raw


def read(text: str) -> Reading:
    check_honest(parsed(text))
    return documents.read_text(text)


def itemised(text: str) -> Reading:
    return read(f"二、分项绩效目标\n{text}\n")


def activities(text: str) -> list[Raw]:
    return list(itemised(text).record["activities"])


def indicators(text: str) -> list[Raw]:
    return list(
        activities(f"（一）水库管理\n\n绩效目标：安全\n\n绩效指标：{text}\n")[0]["indicators"]
    )


def safeguards(text: str) -> list[Raw]:
    return list(read(f"三、工作保障措施\n{text}\n").record["safeguards"])


def leftovers(reading: Reading) -> list[tuple[str, str]]:
    return [
        (leftover["place"], leftover["text"]) for leftover in reading.record.get("leftovers", [])
    ]


def remarks(reading: Reading) -> list[tuple[Any, ...]]:
    return [
        (remark.code, remark.path, remark.place.line if remark.place else 0, dict(remark.facts))
        for remark in reading.remarks
    ]


def test_the_overall_goal_is_kept_without_its_indent_and_its_paragraphs_stay_apart() -> None:
    reading = read("一、总体绩效目标\n    治理河道。\n　　保障供水。 \n\n二、分项绩效目标\n")
    assert reading.record["overall_goal"] == "治理河道。\n保障供水。"
    place = reading.where[("overall_goal",)]
    assert place.line == 2


def test_a_field_code_beside_a_heading_is_furniture_and_counted() -> None:
    reading = read(
        "一、总体绩效目标 TC 总体绩效目标 \\f A \\l 1 \n治理河道\n\n"
        '二、分项绩效目标 TC "分项绩效目标" \\f A \\l 1\n（一）水库\n\n绩效目标：安全\n'
    )
    assert reading.record["overall_goal"] == "治理河道"
    assert reading.record["activities"][0]["name"] == "水库"
    assert remarks(reading) == [("STR013", (), 1, {"n": 2})]
    assert leftovers(reading) == []


def test_a_field_code_that_says_something_else_than_its_heading_is_remarked() -> None:
    reading = read("一、总体绩效目标 TC 部门总目标 \\f A \\l 1\n治理河道\n")
    facts = {"title": "一、总体绩效目标", "entry": "部门总目标"}
    assert ("STR007", (), 1, facts) in remarks(reading)


def test_the_parts_of_an_activity_are_read_with_their_lines() -> None:
    reading = itemised(
        "（一）水库管理\n\n绩效目标：大坝安全，蓄水达标\n\n"
        "绩效指标：①巡查率：巡查次数占计划的比率，指标值≥95%。②蓄水量：年末蓄水量，指标值=300万立方米。"
    )
    assert reading.record["activities"] == [
        {
            "name": "水库管理",
            "goal": "大坝安全，蓄水达标",
            "indicators": [
                {"name": "巡查率", "description": "巡查次数占计划的比率", "target": "≥95%"},
                {"name": "蓄水量", "description": "年末蓄水量", "target": "=300万立方米"},
            ],
        }
    ]
    lines = {path: place.line for path, place in reading.where.items()}
    above = ("activities", 0)
    assert lines[above] == lines[(*above, "name")] == 2
    assert lines[(*above, "goal")] == 4
    assert lines[(*above, "indicators", 1)] == lines[(*above, "indicators", 1, "target")] == 6
    assert leftovers(reading) == []


@pytest.mark.parametrize(
    ("printed", "name", "description", "target"),
    [
        ("办结率： 已办数,指标值≥90%。", "办结率", "已办数,", "≥90%"),
        ("办结率:已办数; 指标值 ≥90%", "办结率", "已办数;", "≥90%"),
        ("办结率：已办数。指标值≥90%。", "办结率", "已办数。", "≥90%"),
        ("办结率：已办数、指标值90%。", "办结率", "已办数、", "90%"),
        ("办结率：已办数。，指标值优。", "办结率", "已办数。", "优"),
        ("办结率：已办数，,指标值≥90%。", "办结率", "已办数，,", "≥90%"),
        ("办结率：,指标值≥90%。", "办结率", None, "≥90%"),
        ("办结率,指标值≥90%。", "办结率", None, "≥90%"),
        ("办结率：已办数，占应办，指标值≥90%；", "办结率", "已办数，占应办", "≥90%"),
        ("对区委，区政府：其中：急件，指标值100%。", "对区委，区政府", "其中：急件", "100%"),
        ("比例1:2达标：按1:2计，指标值≥90%。", "比例1:2达标", "按1:2计", "≥90%"),
        (
            "核对率：核对上年，指标值未填的，指标值≥90%。",
            "核对率",
            "核对上年，指标值未填的",
            "≥90%",
        ),
        ("办结率：已办数，指标值：≥90%。", "办结率", "已办数", "≥90%"),
        ("办结率：已办数，指标值为90%。", "办结率", "已办数", "90%"),
        ("办结率：已办数，指标值为民服务", "办结率", "已办数", "为民服务"),
        ("办结率：已办数指标值≥90%。", "办结率", "已办数", "≥90%"),
        ("办结率：已办数。", "办结率", "已办数", None),
        ("办结率，指标值≥90%。", "办结率", None, "≥90%"),
        ("办结率：，指标值≥90%。", "办结率", None, "≥90%"),
        ("办结率：反映指标值完成情况，指标值优。", "办结率", "反映指标值完成情况", "优"),
    ],
)
def test_an_indicator_in_running_text_is_split_at_its_signs(
    printed: str, name: str, description: str | None, target: str | None
) -> None:
    parts = {"name": name, "description": description, "target": target}
    assert indicators(f"①{printed}") == [{k: v for k, v in parts.items() if v}]


@pytest.mark.parametrize(
    "text",
    [
        "①甲：乙，指标值1。②丙：丁，指标值2。③戊：己，指标值3。",
        "①甲：乙，指标值1②丙：丁，指标值2③戊：己，指标值3",
        "①甲：乙，指标值1；②丙：丁，指标值2；③戊：己，指标值3。",
        "\n①甲：乙，指标值1。\n②丙：丁，指标值2。\n③戊：己，指标值3。",
        "\n\n①甲：乙，指标值1。\n\n②丙：丁，指标值2。\n\n③戊：己，指标值3。",
        "1.甲：乙，指标值1。2.丙：丁，指标值2。3.戊：己，指标值3。",
        "（1）甲：乙，指标值1。（2）丙：丁，指标值2。（3）戊：己，指标值3。",
        "①甲：乙，指标值1。（2）丙：丁，指标值2。③戊：己，指标值3。",
        "甲：乙，指标值1。\n丙：丁，指标值2。\n戊：己，指标值3。",
    ],
)
def test_indicators_are_told_apart_by_whatever_numbers_them(text: str) -> None:
    assert indicators(text) == [
        {"name": "甲", "description": "乙", "target": "1"},
        {"name": "丙", "description": "丁", "target": "2"},
        {"name": "戊", "description": "己", "target": "3"},
    ]


def test_numbers_within_an_indicator_do_not_split_it() -> None:
    assert indicators("①达标：包括①水质；②水量，指标值3、4季度各2次。②率：见2.5节，指标值1") == [
        {"name": "达标", "description": "包括①水质；②水量", "target": "3、4季度各2次"},
        {"name": "率", "description": "见2.5节", "target": "1"},
    ]


def test_an_activity_may_have_any_number_of_indicators() -> None:
    signs = [*map(chr, range(0x2460, 0x2474)), *map(chr, range(0x3251, 0x3260))]
    signs += [*map(chr, range(0x32B1, 0x32C0)), "（51）", "（52）"]
    text = "".join(f"{sign}率{i}：述{i}，指标值≥{i}%。" for i, sign in enumerate(signs))
    names = [indicator["name"] for indicator in indicators(text)]
    assert names == [f"率{i}" for i in range(52)]
    assert activities("（一）水库\n\n绩效目标：安全\n") == [
        {"name": "水库", "goal": "安全", "indicators": []}
    ]


def test_a_goal_goes_on_over_several_lines() -> None:
    goal = "1.大坝安全\n2.水质达标\n\n三是供水稳定\n\n"
    text = f"（一）水库\n\n绩效目标：{goal}绩效指标：①率：述，指标值1。\n"
    assert activities(text)[0]["goal"] == "1.大坝安全\n2.水质达标\n三是供水稳定"


@pytest.mark.parametrize(
    "numbers",
    [
        ("（一）", "（二）", "（三）"),
        ("(一)", "(二)", "(三)"),
        ("一、", "二、", "三、"),
        ("1.", "2.", "3."),
        ("1、", "2．", "3)"),
        ("（一）", "(2)", "三、"),
        ("", "", ""),
    ],
)
def test_activities_are_known_however_they_are_numbered(numbers: tuple[str, ...]) -> None:
    text = "".join(
        f"{number}{name}\n\n绩效目标：做好{name}\n\n绩效指标：①率：述，指标值1。\n\n"
        for number, name in zip(numbers, ("水库", "河道", "三创四建"), strict=True)
    )
    reading = itemised(text)
    pairs = [(activity["name"], activity["goal"]) for activity in reading.record["activities"]]
    assert pairs == [("水库", "做好水库"), ("河道", "做好河道"), ("三创四建", "做好三创四建")]
    assert reading.remarks == ()
    assert leftovers(reading) == []


def test_a_number_out_of_order_is_remarked_where_it_stands() -> None:
    text = "".join(f"（{n}）项{n}\n\n绩效目标：好\n\n" for n in "一二四五五")
    assert remarks(itemised(text)) == [
        ("STR003", (), 10, {"expected": 3, "found": 4}),
        ("STR003", (), 18, {"expected": 6, "found": 5}),
    ]


def test_missing_parts_of_an_activity_leave_their_keys_absent() -> None:
    result = activities(
        "（一）水库\n\n绩效指标：①率：述，指标值1。\n\n（二）河道\n\n（三）\n\n绩效目标：好\n"
    )
    assert result == [
        {"name": "水库", "indicators": [{"name": "率", "description": "述", "target": "1"}]},
        {"name": "河道", "indicators": []},
        {"goal": "好", "indicators": []},
    ]


def test_an_extra_paragraph_among_the_activities_is_left_over_with_its_line() -> None:
    reading = itemised(
        "以下为分项目标。\n\n（一）水库\n\n绩效目标：安全\n\n绩效指标：①率：述，指标值1。\n\n另附说明。\n"
    )
    assert leftovers(reading) == [("L2", "以下为分项目标。"), ("L10", "另附说明。")]
    assert reading.record["activities"][0]["indicators"] == [
        {"name": "率", "description": "述", "target": "1"}
    ]


def test_an_extra_paragraph_below_an_activitys_name_is_no_activity() -> None:
    reading = itemised("（一）水库\n\n说明一句。\n\n绩效目标：安全\n\n（二）河道\n\n绩效目标：好\n")
    pairs = [(activity["name"], activity["goal"]) for activity in reading.record["activities"]]
    assert pairs == [("水库", "安全"), ("河道", "好")]
    assert leftovers(reading) == [("L4", "说明一句。")]


def test_a_safeguard_is_a_title_and_a_text() -> None:
    text = "（一）完善制度，压实责任。制定办法。抓好落实。\n\n（二）加强监督\n按月通报。\n\n"
    assert safeguards(f"{text}（三）强化培训\n") == [
        {"title": "完善制度，压实责任", "text": "制定办法。抓好落实。"},
        {"title": "加强监督", "text": "按月通报。"},
        {"title": "强化培训"},
    ]


def test_a_sentence_too_long_for_a_title_is_a_safeguards_text() -> None:
    sentence = "制定" + "和完善各项管理制度" * 4 + "，确保目标实现。"
    assert safeguards(f"1.{sentence}\n\n2.加强领导：成立专班\n") == [
        {"text": sentence},
        {"title": "加强领导", "text": "成立专班"},
    ]


def test_lists_inside_a_safeguard_stay_in_its_text() -> None:
    text = "（一）完善制度。包括：\n1.管理办法\n2.内控制度\n\n（二）加强监督。按月通报。\n"
    assert safeguards(text) == [
        {"title": "完善制度", "text": "包括：\n1.管理办法\n2.内控制度"},
        {"title": "加强监督", "text": "按月通报。"},
    ]


def test_safeguards_without_numbers_are_one_a_paragraph() -> None:
    assert safeguards("完善制度。制定办法。\n\n加强监督。按月通报。\n") == [
        {"title": "完善制度", "text": "制定办法。"},
        {"title": "加强监督", "text": "按月通报。"},
    ]


def test_an_extra_paragraph_after_the_safeguards_is_left_over() -> None:
    reading = read(
        "三、工作保障措施\n（一）完善制度。制定办法。\n\n此页无正文\n\n第二部分\n预算项目绩效目标\n"
    )
    assert reading.record["safeguards"] == [{"title": "完善制度", "text": "制定办法。"}]
    assert leftovers(reading) == [("L4", "此页无正文")]


def test_a_section_of_a_kind_not_known_is_left_over_whole() -> None:
    reading = read(
        "三、工作保障措施\n（一）完善制度。制定办法。\n\n"
        "四、其他需要说明的事项\n无。\n第三部分 附录\n表样\n"
    )
    assert len(reading.record["safeguards"]) == 1
    assert leftovers(reading) == [
        ("L4", "四、其他需要说明的事项"),
        ("L5", "无。"),
        ("L6", "第三部分 附录"),
        ("L7", "表样"),
    ]


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("总体绩效目标", ("overall_goal",)),
        ("一 、 总 体 绩 效 目 标", ("overall_goal",)),
        ("（一）总体绩效目标：", ("overall_goal",)),
        ("一、部门总体目标", ("overall_goal",)),
    ],
)
def test_a_heading_is_known_however_it_is_set(heading: str, path: tuple[str, ...]) -> None:
    reading = read(f"第一部分  部门整体绩效目标\n{heading}\n治理河道\n")
    assert get(reading.record, path) == "治理河道"
    assert leftovers(reading) == []


def test_a_heading_that_counts_on_is_known_by_its_telling_word() -> None:
    reading = read(
        "二、分项绩效目标\n（一）水库\n\n绩效目标：安全\n\n三、实现年度任务的保障措施\n（一）组织。抓好。\n"
    )
    assert reading.record["safeguards"] == [{"title": "组织", "text": "抓好。"}]


def test_text_set_in_with_tabs_is_read_as_paragraphs() -> None:
    reading = read(
        "\t一、总体绩效目标\n\t治理河道\n\n\t二、分项绩效目标\n\t（一）水库\n绩效目标：安全\n"
    )
    assert reading.record["overall_goal"] == "治理河道"
    assert reading.record["activities"] == [{"name": "水库", "goal": "安全", "indicators": []}]
