"""`xlperf renew`: next year's workbook from last year's, and what in it has to be renewed."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

import xlperf
from tests.comparison.test_changes import document
from tests.comparison.test_diff import run
from tests.masters import put_master
from xlperf.canonical import canonical, dumps
from xlperf.record import Raw
from xlperf.renewal import renewal_points, renewed

Output = pytest.CaptureFixture[str]


def last_year() -> Raw:
    record = deepcopy(document())
    record["overall_goal"] = "2021年道路完好，路灯常亮。"
    record["projects"][0]["purpose"] = "按照冀财建〔2020〕15号文件安排维修"
    record["projects"][1]["name"] = "桥梁检测（2019-2021年）"
    record["projects"][2]["goals"][0] = "2030年前完成电缆更新"
    record["waivers"] = [{"code": "TXT603", "at": "x", "reason": "已核", "who": "甲", "when": "今"}]
    return canonical(record)


def test_the_year_moves_goals_stay_amounts_go() -> None:
    before = last_year()
    after = renewed(before, 2022)
    assert after["fiscal_year"] == 2022 and "waivers" not in after
    for old, new in zip(before["projects"], after["projects"], strict=True):
        assert not {"budget", "fiscal", "other"} & new.keys()
        same_keys = ("code", "name", "goals", "indicators", "spending_plan", "purpose")
        assert {key: old[key] for key in same_keys} == {key: new[key] for key in same_keys}
    assert before["projects"][0]["budget"] == 1000  # the old record is left alone
    assert renewed(before, 2022, keep_amounts=True)["projects"] == before["projects"]


def test_what_must_be_renewed() -> None:
    points = renewal_points(last_year(), 2022)
    words = [
        (p.path, p.reason, p.quote) for p in points if p.reason in ("year", "document", "ended")
    ]
    assert words == [
        (("overall_goal",), "year", "2021"),
        (("projects", 0, "purpose"), "document", "按照冀财建〔2020〕15号"),
        (("projects", 1, "name"), "ended", "桥梁检测（2019-2021年）"),
        (("projects", 1, "name"), "year", "2021"),
    ]
    of_first = [(p.path[2:], p.reason) for p in points if p.path[:2] == ("projects", 0)]
    assert (("code",), "code") in of_first
    assert [path for path, reason in of_first if reason == "amount"] == [
        ("budget",),
        ("fiscal",),
        ("other",),
    ]
    targets = [path for path, reason in of_first if reason == "target"]
    assert targets == [("indicators", n, "target") for n in range(3)]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年投入20万元", ["2021"]),
        ("到2022年底完成", []),
        ("新增2021平方米，投入2021.5万元", []),
        ("编号A2021和120210件", []),
        ("1998年建成，2020年大修", ["2020"]),
        ("增长20.21%", []),
        ("2019-2021年建设", ["2021"]),
        ("2021-03-15前、2020.5.1后", ["2021"]),
        ("2021/3/15前", ["2021"]),
        ("2020至2021年度", ["2021"]),
    ],
)
def test_years_in_texts(text: str, years: list[str]) -> None:
    points = renewal_points({"fiscal_year": 2021, "overall_goal": text}, 2022)
    assert [point.quote for point in points] == years


def test_a_term_that_has_ended_is_the_forms_own_field_first() -> None:
    record = {"fiscal_year": 2021, "projects": [{"name": "甲", "end": "2021-12-31"}]}
    assert [p.reason for p in renewal_points(record, 2022)] == ["ended", "year"]
    later = {"fiscal_year": 2021, "projects": [{"name": "甲", "end": "2023年12月"}]}
    assert renewal_points(later, 2022) == []


@pytest.fixture
def renewed_book(tmp_path: Path) -> Path:
    source, target = tmp_path / "last.xlsx", tmp_path / "next.xlsx"
    put_master(last_year(), source)
    assert run("renew", source, "-o", target, "--year", "2022") == 0
    return target


def test_last_years_values_stand_beside_this_years(renewed_book: Path) -> None:
    sheet = load_workbook(renewed_book)["上年对照"]
    rows = {(str(row[1].value), str(row[2].value)): row for row in sheet.iter_rows(min_row=4)}
    budget = rows["01 道路维修", "预算数"]
    assert (budget[3].value, budget[4].value) == ("填今年的金额", 1000)
    assert str(budget[5].value).count("'01 道路维修'!C4") == 2
    assert budget[1].hyperlink is not None and budget[1].hyperlink.location == "'01 道路维修'!C4"
    target = rows["01 道路维修", "“维修里程”的指标值"]
    assert target[4].value == "12公里" and "指标值沿用上年" in str(target[3].value)
    name = rows["02 桥梁检测（2019-2021年）", "项目名称"]
    assert "项目期限" in str(name[3].value) and "写有2021年" in str(name[3].value)
    assert rows["部门整体", "总体绩效目标"][4].value == "2021年道路完好，路灯常亮。"


def test_other_programs_see_what_is_as_last_year(renewed_book: Path) -> None:
    sheet = load_workbook(renewed_book, data_only=True)["上年对照"]
    rows = {(str(r[1].value), str(r[2].value)): [c.value for c in r] for r in sheet.iter_rows()}
    assert rows["01 道路维修", "“维修里程”的指标值"][4:] == ["12公里", "12公里", "与上年相同"]
    assert rows["01 道路维修", "预算数"][4:] == [1000, None, "待填"]
    assert rows["03 路灯电费", "“路灯盏数”的指标值"][6] == "与上年相同"
    # codes 3, amounts 9, targets 5, the overall goal, a purpose and a name: none is renewed yet
    assert sheet["F2"].value == "待核对：20"


def test_it_reads_back_as_next_years_record(renewed_book: Path, tmp_path: Path) -> None:
    reading = xlperf.read(renewed_book)
    assert reading.record == renewed(last_year(), 2022)
    assert not [finding for finding in xlperf.validate(reading) if finding.code == "STR020"]
    mended = tmp_path / "mended.xlsx"
    xlperf.repair(renewed_book, mended)
    assert "上年对照" in load_workbook(mended).sheetnames
    assert run("renew", renewed_book, "-o", tmp_path / "third.xlsx", "--year", "2023") == 0


def test_the_command_says_what_it_did(tmp_path: Path, capsys: Output) -> None:
    source, target = tmp_path / "last.json", tmp_path / "next.xlsx"
    source.write_text(dumps(last_year()), encoding="utf-8")
    assert run("renew", source, "-o", target, "--year", "2022", "--keep-amounts") == 0
    output = capsys.readouterr()
    assert "2022 年的工作簿：3 个项目" in output.out and "金额 9 处" in output.out
    assert "说明（1 条）" in output.err
    assert xlperf.read(target).record["projects"][0]["budget"] == Decimal("1000.00")


def test_a_document_is_renewed_too(tmp_path: Path, sample: Raw) -> None:
    source, published, target = (tmp_path / name for name in ("s.json", "p.docx", "n.xlsx"))
    source.write_text(dumps(sample), encoding="utf-8")
    xlperf.publish(source, published)
    year = sample["fiscal_year"] + 1
    assert run("renew", published, "-o", target, "--year", str(year)) == 0
    assert xlperf.read(target).record["fiscal_year"] == year


def test_what_cannot_be_renewed_is_refused(tmp_path: Path, capsys: Output) -> None:
    source, target = tmp_path / "last.json", tmp_path / "next.xlsx"
    source.write_text(dumps(last_year()), encoding="utf-8")
    assert run("renew", source, "-o", target, "--year", "2021") == 2
    assert "2021 年的" in capsys.readouterr().err and not target.exists()
    assert run("renew", source, "-o", target, "--year", "9999") == 2
    assert run("renew", source, "-o", tmp_path / "next.docx", "--year", "2022") == 2
    assert run("renew", source, "-o", target) == 2
