"""`begin`: the sheets of a stage added to a workbook, once, and what is missing later."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.books import opened
from tests.masters import put_master
from tests.workbook.stage_books import (
    GOALS,
    LEVELS,
    MONITORED,
    NAMES,
    TARGETS,
    completed_values,
    of,
    record,
)
from xlperf.__main__ import run
from xlperf.canonical import canonical, dumps
from xlperf.errors import UserError
from xlperf.jobs.beginning import begin
from xlperf.jobs.fix_repair.fix_rounds import with_changes
from xlperf.jobs.fix_repair.repair_file import repair
from xlperf.jobs.inputs.unit_records import read_by_unit
from xlperf.jobs.inputs.unit_workbooks import write_by_unit
from xlperf.record import Raw
from xlperf.rules.formulas.stage_steps import lists_of_stages
from xlperf.rules.stages.following import followed
from xlperf.workbook.draw.stages import stage_lists
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import write_master


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("begin") / "master.xlsx"
    put_master(record(with_stages=False), path)
    return path


@pytest.fixture(scope="module")
def begun(master: Path) -> Path:
    path = master.with_name("begun.xlsx")
    begin(master, path, "monitoring", "2021-07-31")
    return path


def test_every_project_and_the_department_get_a_sheet_behind_the_goals(begun: Path) -> None:
    titles = openpyxl.load_workbook(begun, read_only=True).sheetnames
    assert titles[3:8] == [*GOALS, "监控汇总", *MONITORED]
    assert titles[8:10] == ["_xlperf", "_lists"]  # hidden ones follow


def test_the_record_says_which_indicators_are_to_be_reported_of(begun: Path) -> None:
    raw = read_workbook(begun).record
    rows = [{"of": of(n)} for n in range(4)]
    assert raw["stages"] == [
        {
            "kind": "monitoring",
            "until": "2021-07-31",
            "projects": [
                {"code": project["code"], "indicators": rows} for project in raw["projects"]
            ],
        }
    ]
    assert "leftovers" not in raw


def test_nothing_else_of_the_file_but_the_summary_is_touched(master: Path, begun: Path) -> None:
    with zipfile.ZipFile(master) as before, zipfile.ZipFile(begun) as after:
        changed = {n for n in before.namelist() if before.read(n) != after.read(n)}
    listing = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    summary = {"xl/worksheets/sheet2.xml", "xl/drawings/drawing1.xml"}
    charts = {"xl/drawings/_rels/drawing1.xml.rels"}
    assert changed == {*listing, *summary, *charts, "xl/styles.xml"}


def test_of_the_summary_every_cell_and_link_stays_as_it_was(master: Path, begun: Path) -> None:
    def cells_and_links(path: Path) -> list[bytes]:
        with zipfile.ZipFile(path) as file:
            root = etree.fromstring(file.read("xl/worksheets/sheet2.xml"))
        items = root.iter("{*}c", "{*}hyperlink", "{*}dataValidation", "{*}autoFilter")
        old_items = (item for item in items if not re.match("Y|Z|A[A-Z]", item.get("r", "")))
        return [etree.tostring(item, method="c14n") for item in old_items]

    assert cells_and_links(begun) == cells_and_links(master)
    assert len(cells_and_links(master)) > 200


def test_goals_are_shown_and_not_copied(begun: Path) -> None:
    formulas = opened(begun)[MONITORED[0]]
    values = openpyxl.load_workbook(begun, data_only=True)[MONITORED[0]]
    shown = [[cell.value for cell in row] for row in values["A12:D15"]]
    expected = zip(LEVELS, NAMES, TARGETS, strict=True)
    assert shown == [[*levels, name, target] for levels, name, target in expected]
    assert all(cell.data_type == "f" for row in formulas["A12:D15"] for cell in row)
    assert values["D6"].value == 6400
    assert str(formulas["D6"].value).startswith("=IFERROR(IF(LEN('01 农机培训'!")


def test_the_budget_of_the_year_is_that_of_the_goals_until_another_is_typed(tmp_path: Path) -> None:
    """6,400 yuan by the goals, all of them fiscal; the second project's were raised to 7,000."""
    raw = record()
    raw["stages"][1]["projects"][1]["adjusted"] = Decimal(7000)
    path = tmp_path / "year.xlsx"
    put_master(canonical(raw), path)
    values = openpyxl.load_workbook(path, data_only=True)
    assert [values["自评 01 农机培训"][f"C{row}"].value for row in (5, 6, 7)] == [6400, 6400, 0]
    assert [values["自评 02 渠道维护"][f"C{row}"].value for row in (5, 6, 7)] == [7000, 6400, 0]
    first, second = read_workbook(path).record["stages"][1]["projects"]
    assert "adjusted" not in first
    assert not {key for key in second if key.startswith("adjusted_")}
    assert second["adjusted"] == Decimal(7000)


def test_a_summary_that_was_saved_without_results_has_all_of_them(
    master: Path, tmp_path: Path
) -> None:
    openpyxl.load_workbook(master).save(tmp_path / "saved.xlsx")
    begin(tmp_path / "saved.xlsx", tmp_path / "begun.xlsx", "monitoring", "2021-07-31")
    now, before = (
        openpyxl.load_workbook(path, data_only=True)["汇总"]
        for path in (tmp_path / "begun.xlsx", master)
    )
    cells = {cell.coordinate: cell.value for row in before.iter_rows() for cell in row}
    assert cells["A1"]
    assert {at: now[at].value for at in cells} == cells


def test_another_day_is_another_monitoring(begun: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.xlsx"
    assert len(begin(begun, later, "monitoring", "2021-10-31").titles) == 2
    days = [stage["until"] for stage in read_workbook(later).record["stages"]]
    assert days == ["2021-07-31", "2021-10-31"]
    assert "监控10月 01 农机培训" in openpyxl.load_workbook(later, read_only=True).sheetnames


def test_only_what_is_missing_is_added(begun: Path, tmp_path: Path) -> None:
    """A deleted sheet comes back, a new indicator gets a row; what was filled in stays."""
    book = opened(begun)
    book[MONITORED[0]]["E12"] = "60人次"
    goals = book[GOALS[0]]
    for column, text in zip(
        "ABCF", ("满意度指标", "服务对象满意度指标", "单位满意度", "≥80%"), strict=True
    ):
        goals[f"{column}14"] = text
    del book[MONITORED[1]]
    edited, target = tmp_path / "edited.xlsx", tmp_path / "again.xlsx"
    book.save(edited)
    again = begin(edited, target, "monitoring", "2021-07-31")
    assert (again.titles, again.indicators, again.full) == ((MONITORED[1],), 1, ())
    raw = read_workbook(target).record
    assert completed_values(raw) == {"60人次": of(0)}
    rows = {project["code"]: project["indicators"] for project in raw["stages"][0]["projects"]}
    added = {"of": ["满意度指标", "服务对象满意度指标", "单位满意度", 0]}
    first, second = (project["code"] for project in raw["projects"])
    assert rows[first] == [
        {"of": of(0), "completed": "60人次"}, *({"of": of(n)} for n in (1, 2, 3)), added
    ]  # fmt: skip
    assert rows[second] == [{"of": of(n)} for n in range(4)]


def test_a_department_s_sheet_that_is_gone_comes_back(begun: Path, tmp_path: Path) -> None:
    lacking, again = tmp_path / "lacking.xlsx", tmp_path / "again.xlsx"
    written = opened(begun)
    del written["监控汇总"]
    written.save(lacking)
    added = begin(lacking, again, "monitoring", "2021-07-31")
    assert added.titles == () and added.indicators == 0
    sheet = openpyxl.load_workbook(again, data_only=True)["监控汇总"]
    assert [sheet[f"B{row}"].value for row in (4, 5)] == [p["code"] for p in record()["projects"]]
    assert read_workbook(again).record == read_workbook(begun).record
    with pytest.raises(UserError):
        begin(again, tmp_path / "third.xlsx", "monitoring", "2021-07-31")


def test_a_copied_sheet_of_a_stage_is_not_counted_twice(begun: Path, tmp_path: Path) -> None:
    """Its project has one sheet of goals: with a third project the list has three lines."""
    copied, again = tmp_path / "copied.xlsx", tmp_path / "again.xlsx"
    raw = read_workbook(begun).record
    first = dict(raw["projects"][0]) | {"code": "130397210AB1C2D3E4F5Z", "name": "新项目"}
    stage = dict(raw["stages"][0])
    stage["projects"] = [*stage["projects"], stage["projects"][0]]
    put_master(canonical({**raw, "projects": [*raw["projects"], first], "stages": [stage]}), copied)
    begin(copied, again, "monitoring", "2021-07-31")
    sheet = openpyxl.load_workbook(again, data_only=True)["监控汇总"]
    codes = [project["code"] for project in raw["projects"]]
    assert [sheet[f"B{row}"].value for row in (4, 5, 6)] == [*codes, first["code"]]
    assert sheet["A2"].value == "1—7月执行数；有1张表没有列入，是复制的请删除"


def test_rows_of_one_name_show_each_its_own_target(tmp_path: Path) -> None:
    raw = record(with_stages=False)
    first, *others = raw["projects"][0]["indicators"]
    raw["projects"][0]["indicators"] = [first, {**first, "target": "≥300人次"}, *others]
    source, target = tmp_path / "goals.xlsx", tmp_path / "begun.xlsx"
    write_master(canonical(raw), source)
    begin(source, target, "self-evaluation")
    sheet = openpyxl.load_workbook(target, data_only=True)["自评 01 农机培训"]
    assert [sheet[f"E{row}"].value for row in range(12, 17)] == [
        "≥120人次", "≥300人次", *TARGETS[1:]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "until", "key"),
    [
        ("monitoring", "7月底", "stage_day"),
        ("monitoring", "2022-07-31", "stage_year"),
        ("monitoring", "2021-07-31", "stage_there_until"),
    ],
)
def test_what_cannot_be_begun_is_refused(
    kind: str, until: str, key: str, begun: Path, tmp_path: Path
) -> None:
    target = tmp_path / "target.xlsx"
    with pytest.raises(UserError) as refused:
        begin(begun, target, kind, until)
    assert refused.value.key == key
    assert not target.exists()


def test_the_command_begins_from_a_record_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "record.json", tmp_path / "evaluated.xlsx"
    source.write_text(dumps(record(with_stages=False)), encoding="utf-8")
    assert run(["begin", "self-evaluation", str(source), "-o", str(target)]) == 0
    assert "2张项目表" in capsys.readouterr().out
    assert run(["begin", "self-evaluation", str(target), "-o", str(tmp_path / "x.xlsx")]) == 2
    assert "没有什么可加" in capsys.readouterr().err
    empty = tmp_path / "empty.json"
    empty.write_text(dumps(canonical({**record(), "projects": [], "stages": []})), "utf-8")
    assert run(["begin", "self-evaluation", str(empty), "-o", str(target)]) == 2


def test_stages_follow_a_name_that_is_mended() -> None:
    before = record()
    projects = [dict(project) for project in before["projects"]]
    rows = [dict(row) for row in projects[0]["indicators"]]
    rows[1]["name"] = "培训通过率"
    projects[0]["indicators"] = rows
    after = followed(before, {**before, "projects": projects})
    now = completed_values(after)
    assert now["监0-1"] == [*of(1)[:2], "培训通过率", 0]
    assert now["评0-1"] == now["监0-1"]
    others = {key: value for key, value in completed_values(before).items() if key[1:] != "0-1"}
    assert {key: now[key] for key in others} == others
    assert with_changes(before, ()) == before


def test_a_copy_of_the_workbook_reads_the_same_without_results(begun: Path, tmp_path: Path) -> None:
    """openpyxl keeps no results: what a row is about is known from the formulas themselves."""
    plain = tmp_path / "plain.xlsx"
    opened(begun).save(plain)
    assert read_workbook(plain).record == read_workbook(begun).record


def stages(*projects: Raw, kind: str = "self-evaluation") -> Raw:
    return canonical({**record(), "stages": [{"kind": kind, "projects": list(projects)}]})


@pytest.mark.parametrize(
    "raw",
    [
        stages(),
        stages({"name": "别的项目", "executed": "约三千"}),
        stages({"code": "1", "name": "两样都有", "total": 90, "grade": "良"}),
        stages({"code": "1", "funds": [{"source": "债券", "executed": 5}], "problems": "无"}),
        stages(
            {"code": "1", "indicators": [{"of": of(0), "causes": ["other", "天气"], "score": 3}]}
        ),
        stages({"code": "1", "indicators": [{"of": ["", "", "名", 3], "possibility": "差不多"}]}),
        stages({"code": "1", "indicators": [{"of": of(1), "weight": 5}]}, kind="monitoring"),
        stages({"code": "1", "indicators": [{"of": ["", "", "长" * 300, 0], "reason": "=1+1"}]}),
    ],
)
def test_whatever_a_stage_says_comes_back_from_its_sheets(raw: Raw, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_master(raw, path)
    assert read_workbook(path).record == raw


def test_workbooks_of_units_share_the_stages_out(tmp_path: Path) -> None:
    raw = record()
    projects = [dict(project) for project in raw["projects"]]
    projects[1]["unit"] = "333002"
    units = [*raw["units"], {"code": "333002", "name": "某某站"}]
    raw = canonical({**raw, "projects": projects, "units": units})
    write_by_unit(raw, tmp_path / "units")
    assert read_by_unit(tmp_path / "units").record == raw


def test_marks_that_stand_on_sheets_of_stages_alone_are_written(
    begun: Path, tmp_path: Path
) -> None:
    """Nothing is reported yet: every finding of monitoring stands on its sheets."""
    target = tmp_path / "marked.xlsx"
    assert run(["validate", str(begun), "--select", "MON", "--annotate", str(target)]) in (0, 1)
    listed = openpyxl.load_workbook(target, read_only=True)["问题清单"]
    rows = [row for row in listed.iter_rows(min_row=4, values_only=True) if row[2]]
    assert rows
    assert {row[3] for row in rows} <= {"监控汇总", *MONITORED}
    assert read_workbook(target).record["stages"] == read_workbook(begun).record["stages"]


@pytest.mark.parametrize("with_stages", [False, True])
def test_a_stage_is_not_begun_in_a_workbook_of_another_version(
    with_stages: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its checks, which the sheets of a stage look at, may stand elsewhere."""
    old, mended, begun = (tmp_path / f"{name}.xlsx" for name in ("old", "mended", "begun"))
    monkeypatch.setattr("xlperf.workbook.write.__version__", "0.5.0")
    write_master(record(with_stages=with_stages), old)
    monkeypatch.undo()
    with pytest.raises(UserError, match=r"stage_other_version.*0\.5\.0"):
        begin(old, begun, "monitoring", "2021-09-30")
    assert not begun.exists()
    repair(old, mended)
    begin(mended, begun, "monitoring", "2021-09-30")
    before, after = (read_workbook(path).record.get("stages", []) for path in (old, begun))
    assert after[:-1] == before
    assert after[-1]["until"] == "2021-09-30"


def test_lists_of_words_from_before_are_drawn_anew(
    master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stage that is added later looks at lists that the first one did not have."""
    fewer = {key: words for key, words in lists_of_stages().items() if key != "units_measured"}
    monkeypatch.setattr(stage_lists, "lists_of_stages", lambda: fewer)
    begin(master, tmp_path / "old.xlsx", "monitoring", "2021-07-31")
    monkeypatch.undo()
    begin(tmp_path / "old.xlsx", tmp_path / "both.xlsx", "self-evaluation")
    old, both = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx") for name in ("old", "both"))
    assert "XPW_units_measured" not in old.defined_names
    assert "XPW_units_measured" in both.defined_names
    assert both.sheetnames.count("_stages") == 1
    assert read_workbook(tmp_path / "both.xlsx").record["stages"][0]["until"] == "2021-07-31"
