"""What was spent and scored, rolled up: sums, rates, ranks, kept extracts, the workbook."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import library
from xlperf.canonical import canonical, dumps
from xlperf.jobs.many_files.rolling_up import RollupOptions, as_json, roll_up_and_survey, write
from xlperf.record import Raw
from xlperf.reviewing.survey import Survey
from xlperf.rollup import cache
from xlperf.rollup.tables import tables_in
from xlperf.totals import Rollup
from xlperf.wording import speaking


def spent(sample: Raw, code: str, stages: list[Raw], projects: int = 3) -> Raw:
    """A department with the first projects of the sample (6,400, 318,480 and 240,000 yuan)."""
    record = copy.deepcopy(sample)
    record["department"] = {"code": code, "name": f"{code}局"}
    record["projects"] = record["projects"][:projects]
    for project in record["projects"]:
        project["code"] = f"{project['code'][:-3]}{code}"
    codes = [project["code"] for project in record["projects"]]
    record["stages"] = [
        {**stage, "projects": [{**item, "code": codes[item["code"]]} for item in stage["projects"]]}
        for stage in stages
    ]
    return canonical(record)


def stage_project(project: int, executed: str | None = None, **more: Any) -> Raw:
    """What a stage says of a project, known by its number until the record is made."""
    amounts = {"executed": Decimal(executed)} if executed else {}
    return {"code": project, **amounts, **more}


@pytest.fixture
def files(sample: Raw, tmp_path: Path) -> list[Path]:
    """A department that evaluated two projects and monitored three, one that only monitored."""
    first = [
        {
            "kind": "monitoring",
            "until": "2021-07-31",
            "projects": [
                stage_project(0, "1000"),
                stage_project(1, "200000"),
                stage_project(2, "60000.00"),
            ],
        },
        {
            "kind": "self-evaluation",
            "projects": [
                stage_project(0, "4800", total=88, grade="优"),
                stage_project(1, "240000", adjusted=Decimal("300000"), total=95, grade="优"),
            ],
        },
    ]
    second = [{"kind": "monitoring", "until": "2021-07-31", "projects": [stage_project(0, "640")]}]
    result = []
    for code, stages in (("333", first), ("444", second)):
        path = tmp_path / f"{code}.json"
        path.write_text(dumps(spent(sample, code, stages)), encoding="utf-8")
        result.append(path)
    return result


def rolled(files: list[Path], way: RollupOptions | None = None) -> tuple[Rollup, Survey]:
    return roll_up_and_survey(files, way=way or RollupOptions())


def test_spending_is_added_up_of_the_projects_that_report_it(files: list[Path]) -> None:
    rollup, answers = rolled(files)
    # 4,800 of 6,400, 240,000 of 300,000 after adjustment, 60,000 of 240,000; 640 of 6,400
    first, second = rollup.departments
    assert (first.sums.executed, first.sums.of_budget) == (Decimal(304800), Decimal(546400))
    assert (second.sums.executed, second.sums.of_budget) == (Decimal(640), Decimal(6400))
    assert (first.sums.reported, second.sums.reported, rollup.totals.reported) == (3, 1, 4)
    content = as_json(rollup, answers)
    assert content["departments"][0]["execution_rate"] == "55.78"  # 304,800 of 546,400
    assert content["departments"][1]["execution_rate"] == "10.00"
    assert content["totals"]["execution_rate"] == "55.25"  # 305,440 of 552,800
    assert [
        (item["stage"], item["execution_rate"], item["score"], item["grade"])
        for item in content["outcomes"]
    ] == [
        ("self-evaluation", "75.00", "88.00", "优"),
        ("self-evaluation", "80.00", "95.00", "优"),
        ("monitoring", "25.00", None, ""),
        ("monitoring", "10.00", None, ""),
    ]


def test_the_worst_execution_comes_first_and_a_grade_that_is_not_earned_is_seen(
    files: list[Path],
) -> None:
    _, answers = rolled(files)
    assert [item.outcome.rate for item in answers.outcomes] == [10, 25, 75, 80]
    assert [item.earned for item in answers.outcomes] == ["", "", "良", "优"]
    assert [item.is_graded_otherwise for item in answers.outcomes] == [False, False, True, False]


def test_a_total_that_is_left_to_the_form_is_ranked_as_its_sheet_shows_it(
    sample: Raw, tmp_path: Path
) -> None:
    """4,800 of 6,400 spent: 7.5 points; 72 for the indicators: 79.5, the third grade."""
    record = spent(sample, "333", [])
    goals = record["projects"][0]["indicators"]
    rows = [
        {"of": [*(item[key] for key in ("level1", "level2", "name")), 0], "completed": "完成"}
        for item in goals
    ]
    for row in rows:
        row |= {"weight": Decimal(10), "score": Decimal(72) / len(rows)}
    evaluated = {"code": record["projects"][0]["code"], "executed": Decimal(4800)}
    stage = {"kind": "self-evaluation", "projects": [{**evaluated, "indicators": rows}]}
    path = tmp_path / "department.json"
    path.write_text(dumps(canonical({**record, "stages": [stage]})), encoding="utf-8")
    _, survey = rolled([path])
    (ranked,) = survey.outcomes
    assert len(rows) == 9
    assert (ranked.outcome.score, ranked.outcome.grade) == (Decimal("79.50"), "中")


def test_without_stages_nothing_is_added(sample: Raw, tmp_path: Path) -> None:
    path = tmp_path / "plain.json"
    path.write_text(dumps(spent(sample, "555", [])), encoding="utf-8")
    rollup, answers = rolled([path])
    content = as_json(rollup, answers)
    assert "executed" not in content["totals"] and "outcomes" not in content
    assert "executed" not in rollup.frame().columns
    write(rollup, answers, tmp_path / "rollup.xlsx", None)
    assert "执行和得分" not in load_workbook(tmp_path / "rollup.xlsx").sheetnames


def test_reports_without_an_original_budget_are_added_with_what_they_say(
    sample: Raw, tmp_path: Path
) -> None:
    """600 of 800 yuan and 50 of 200 yuan after adjustment; one without a report is set aside."""
    stage = {
        "kind": "self-evaluation",
        "projects": [
            stage_project(0, "600", adjusted=Decimal(800), total=90),
            stage_project(1, "50", adjusted=Decimal(200)),
        ],
    }
    record = spent(sample, "777", [stage], projects=2)
    record["edition"] = "unknown"
    for project in record["projects"]:
        for key in ("budget", "fiscal", "other", "spending_plan"):
            del project[key]
    path = tmp_path / "reports.json"
    path.write_text(dumps(record), encoding="utf-8")
    rollup, _ = rolled([path])
    assert (rollup.totals.budget, rollup.totals.executed, rollup.totals.of_budget) == (0, 650, 1000)
    assert rollup.set_aside == () and rollup.totals.projects == 2
    assert any("预算数" in remark and "reports.json" in remark for remark in rollup.remarks)

    record["stages"][0]["projects"].pop()
    path.write_text(dumps(record), encoding="utf-8")
    (aside,) = rolled([path])[0].set_aside
    assert "预算数" in aside.reason


def test_kept_extracts_and_tables_say_the_same(files: list[Path], tmp_path: Path) -> None:
    pandas = library("pandas")
    library("pyarrow")
    extract_cache = cache.opened(tmp_path / "kept")
    once, again = (as_json(*rolled(files, RollupOptions(cache=extract_cache))) for _ in range(2))
    assert once == again == as_json(*rolled(files))
    with tables_in(tmp_path / "tables") as tables:
        rolled(files, RollupOptions(tables=tables))
    table = pandas.read_parquet(tmp_path / "tables" / "projects.parquet")
    assert [None if value is None else str(value) for value in table["executed"]] == [
        "4800.00", "240000.00", "60000.00", "640.00", None, None,
    ]  # fmt: skip
    assert table["grade"][0] == "优"


def test_the_workbook_has_columns_a_chart_and_a_ranking(files: list[Path], tmp_path: Path) -> None:
    rollup, answers = rolled(files)
    with speaking("en"):
        write(rollup, answers, tmp_path / "rollup.xlsx", tmp_path / "review.xlsx")
    book = load_workbook(tmp_path / "rollup.xlsx", data_only=True)
    totals = [[c for c in row if c is not None] for row in book["Totals"].values]
    assert totals[2][-4:] == ["Spent", "Of which budget", "Execution", "Projects"]
    spent_of_all, of_budget, rate, count = totals[3][-4:]
    assert (spent_of_all, of_budget, count) == (305440, 552800, 6)
    assert rate == pytest.approx(305440 / 552800)
    assert len(book["Totals"]._charts) == 3
    ranked = list(load_workbook(tmp_path / "review.xlsx")["Execution and scores"].values)
    assert [row[9] for row in ranked[3:7]] == [0.1, 0.25, 0.75, 0.8]
    assert ranked[5][10:13] == (88, "优", "良")


def test_what_is_found_in_a_stage_belongs_to_its_project(sample: Raw, tmp_path: Path) -> None:
    stage = {"kind": "monitoring", "until": "2021-07-31", "projects": [stage_project(1, "400000")]}
    path = tmp_path / "over.json"
    path.write_text(dumps(spent(sample, "333", [stage])), encoding="utf-8")
    _, answers = rolled([path])
    (file,) = answers.files
    assert "MON901" not in {item.code for item in file.department_findings}  # 400,000 of 318,480
    assert ["MON901" in {item.code for item in project.findings} for project in file.projects] == [
        False, True, False,
    ]  # fmt: skip
