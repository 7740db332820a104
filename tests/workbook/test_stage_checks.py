"""Checks and points on the sheets of stages: the same as the rules say, in one recalculation.

Every project of the record has another fault or two, so that hundreds of values are compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.formulas.written import reports
from tests.office import Office
from tests.stored_cells import StoredCell, stored_cells
from xlperf.canonical import canonical
from xlperf.forms.stages.choice import form_for, unmerged
from xlperf.forms.stages.links import GoalSheet
from xlperf.formulas.stages.scores import StageScores
from xlperf.layout import Box, place
from xlperf.layout.addresses import box_of
from xlperf.reading import Reading
from xlperf.record import PLAN_MONTHS, Raw, view
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.rules.formulas.stage_natives import is_of_a_stage
from xlperf.rules.profiles import profile
from xlperf.rules.stages.results import result_of
from xlperf.rules.stages.views import EVALUATION, MONITORING, projects_in
from xlperf.workbook.write import write_master

NATIVE = {code: rule for code, rule in catalogue().items() if is_of_a_stage(rule.native)}
PROJECTS, SEED = 9, 5
UNKNOWN = "130303210UNKNOWN00000"  # the code of one more project that has no goals
COMPLETED = (
    *("48场", "24场", "0", "60%", "95%", "200%", "15人", "5元", "百分之九十", "1/2", "12月1日"),
    *("达成预期指标", "部分达成", "已完成", ""),
)
POSSIBLE = ("certain", "possible", "impossible", "certain", "大概能", "")
MONEY = ("0.75", "0.2", "1.2", "1", "0", "0.5")


def whole_year(sample: Raw, projects: int = PROJECTS) -> Raw:
    """Many projects, monitored in July and evaluated, each reported in another way."""
    choose = random.Random(SEED)
    record = deepcopy(sample)
    record["projects"] = [
        deepcopy(sample["projects"][n % len(sample["projects"])]) for n in range(projects)
    ]
    for number, project in enumerate(record["projects"]):
        project["code"] = f"{project['code'][:-2]}{number:02d}"
        project["indicators"] = project["indicators"][: 9 - number % 4]
        for item in project["indicators"][: 4 if number == 1 else 0]:
            item["target"] = "≥48场"  # amounts of work, whose progress is told
    reported = [_monitored(project, n, choose) for n, project in enumerate(record["projects"])]
    evaluated = [_evaluated(project, n, choose) for n, project in enumerate(record["projects"])]
    unknown = {"code": UNKNOWN, "executed": Decimal(100)}
    for projects_of in (reported, evaluated):
        projects_of.append({**unknown, "indicators": [dict(projects_of[0]["indicators"][0])]})
    record["stages"] = [
        {"kind": MONITORING, "until": "2021-07-31", "projects": reported},
        {"kind": EVALUATION, "projects": evaluated},
    ]
    return canonical(record)


def _of(project: Raw) -> list[list[Any]]:
    return [[item["level1"], item["level2"], item["name"], 0] for item in project["indicators"]]


def _completed(item: Raw, choose: random.Random) -> str:
    target = item["target"].lstrip("≥≤=")
    return choose.choice((target, target, *COMPLETED))


def _monitored(project: Raw, number: int, choose: random.Random) -> Raw:
    rows = []
    for of, item in zip(_of(project), project["indicators"], strict=True):
        row: Raw = {"of": of, "completed": _completed(item, choose)}
        row["expected"] = _completed(item, choose)
        if number != 3:
            row["possibility"] = choose.choice(POSSIBLE)
        if choose.random() < 0.3:
            row["causes"] = ["funding"]
        if choose.random() < 0.4:
            row["reason"] = f"招标推迟，第{number}批款项八月到账"
        rows.append({key: value for key, value in row.items() if value != ""})
    if number == 5:
        rows = [{"of": row["of"]} for row in rows]
    if number == 1:
        rows += [{"of": ["产出指标", "数量指标", "另加的指标", 0], "completed": "3个"}]
        rows[:4] = [{**row, "completed": "48场"} for row in rows[:4]]
        rows[0] |= {"expected": "24场", "possibility": "certain"}
    spent = Decimal(MONEY[number % len(MONEY)]) * project["budget"]
    expected: Any = Decimal(choose.choice(MONEY)) * project["budget"]
    expected = "约一半" if number == 8 else expected
    return {"code": project["code"], "executed": spent, "expected": expected, "indicators": rows}


def _evaluated_rows(project: Raw, number: int, choose: random.Random) -> list[Raw]:
    rows = []
    for at, (of, item) in enumerate(zip(_of(project), project["indicators"], strict=True)):
        row: Raw = {"of": of, "completed": _completed(item, choose)}
        if number % 3:
            row["weight"] = Decimal(choose.choice(("10", "8.5", "12")))
        if number % 4 and (at or number % 2):
            row["score"] = Decimal(choose.choice(("10", "8", "0", "5.5", "13", "-1")))
        if (number, at) == (1, 1):
            row["completed"] = "24场"
            row["weight"] = row["score"] = Decimal(10)
        if number == 7:
            row["weight"] = row["score"] = Decimal(90) / len(_of(project))
        if choose.random() < 0.4:
            row["reason"] = f"活动并入第{number}期，二零二二年补做"
        rows.append({key: value for key, value in row.items() if value != ""})
    if number in (6, 7):
        rows.append({"of": ["产出指标", "数量指标", "另加的指标", 0], "completed": "3个"})
    return rows


def _evaluated(project: Raw, number: int, choose: random.Random) -> Raw:
    rows = _evaluated_rows(project, number, choose)
    result: Raw = {"code": project["code"], "indicators": rows}
    result["executed"] = Decimal(MONEY[number % len(MONEY)]) * project["budget"]
    if number == 8:
        result["adjusted"], rows[0]["score"] = "略增", "满分"
    if number % 2:
        result["execution_score"] = Decimal(choose.choice(("10", "7.5", "3")))
    if number % 5 == 1:
        result["adjusted"] = project["budget"] / 2
    if number % 3 == 1:
        result["total"], result["grade"] = Decimal(choose.choice(("95", "82", "55"))), "良"
    return result


@pytest.fixture(scope="module")
def written(sample: Raw, tmp_path_factory: pytest.TempPathFactory) -> tuple[Raw, Path]:
    path = tmp_path_factory.mktemp("stages") / "year.xlsx"
    record = whole_year(sample)
    write_master(record, path)
    return record, path


@pytest.mark.long
@pytest.mark.office
def test_every_check_and_every_point_agrees_with_the_rules(
    office: Office, written: tuple[Raw, Path], tmp_path: Path
) -> None:
    record, path = written
    office.edit(path, tmp_path / "calculated.xlsx")
    shown = load_workbook(tmp_path / "calculated.xlsx", data_only=True)
    by_checks: set[Any] = set()
    for number, (kind, word) in enumerate(((MONITORING, "监控"), (EVALUATION, "自评"))):
        titles = [title for title in shown.sheetnames if title.startswith(f"{word} ")]
        assert len(titles) == PROJECTS + 1
        for position, title in enumerate(titles):
            path_of = ("stages", number, "projects", position)
            by_checks |= {(code, (*path_of, *at)) for code, at in _tokens(shown[title], kind)}
    by_rules = {(f.code, f.path) for f in run(Reading(record), NATIVE.values())}
    sure = {code for code, rule in NATIVE.items() if all(native.whole for native in rule.native)}
    assert {pair for pair in by_rules ^ by_checks if pair[0] in sure} == set()
    assert by_checks <= by_rules  # the others fire only where a cell is sure
    assert {code for code, _ in by_checks} == set(NATIVE)
    assert len(by_checks) >= 120
    assert _other_points(record, shown) == []
    assert _other_results(path, tmp_path / "calculated.xlsx", shown) == []


def _other_results(path: Path, calculated: Path, shown: Workbook) -> list[Any]:
    """The formulas that people see whose results in the file are others than LibreOffice's."""
    written, results = stored_cells(path), stored_cells(calculated)
    other: list[Any] = []
    titles = list(written)
    for title in titles[titles.index("监控汇总") :]:
        has_steps = "XPL_steps" in shown[title].defined_names
        left = _box(shown[title], "XPL_steps").col if has_steps else 1_000
        for (row, col), cell in written[title].items():
            if cell.formula is None or col >= left:
                continue
            theirs = results[title].get((row, col), StoredCell(None)).value or ""
            ours = cell.value or ""
            if ours != theirs and not _same(ours, Decimal(str(theirs or 0))):
                other.append((title, row, col, ours, theirs))
    return other


def _scores(sheet: Worksheet, kind: str) -> StageScores:
    """Where the steps of a sheet stand."""
    rows = _box(sheet, "XPF_results__level1")
    form = unmerged(form_for("hebei-2021", kind))
    keys = (
        "name",
        "budget",
        "fiscal",
        "other",
        *(f"spending_plan/{month}" for month in PLAN_MONTHS),
    )
    goals = (
        None
        if UNKNOWN in sheet.title
        else GoalSheet("", {key: Box(1, 1) for key in keys}, {"target": Box(1, 1)}, Box(1, 1))
    )
    layout, first = place(form, {"results": [{}] * rows.height}), _box(sheet, "XPL_steps").col
    return StageScores(kind, layout, goals, 1, first, 7, profile("default"), {})


def _box(sheet: Worksheet, name: str) -> Box:
    box = box_of(sheet.defined_names[name].attr_text.partition("!")[2])
    assert box is not None
    return box


def _tokens(sheet: Worksheet, kind: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The checks that fire on a sheet, with the field of the record that each speaks of."""
    scores = _scores(sheet, kind)
    for name in scores.fields(""):
        text, at = sheet.cell(scores.rows.row - 2, scores.single[name]).value, name.split("/")[1]
        yield from ((code, (at,) if at else ()) for code in _codes(text))
    for position in range(scores.rows.height):
        for name in scores.fields("/indicators"):
            text = sheet.cell(scores.rows.row + position, scores.columns[name]).value
            at = ("indicators", position, name.split("/")[1])
            yield from ((code, at) for code in _codes(text))


def _codes(text: str | None) -> list[str]:
    return [text[at + 1 : at + 7] for at in range(0, len(text), 8)] if text else []


def _other_points(record: Raw, shown: Workbook) -> list[Any]:
    """What a sheet of an evaluation works out otherwise than the rules do."""
    other: list[Any] = []
    titles = [title for title in shown.sheetnames if title.startswith("自评 ")]
    for title, (_, project) in zip(titles, projects_in(view(record), EVALUATION), strict=True):
        sheet, result = shown[title], result_of(project, profile("default"))
        scores = _scores(sheet, EVALUATION)
        rows, top = scores.rows.row, scores.rows.row - 2
        values: list[tuple[int, int, Decimal | None]] = [
            (top, scores.single["total.so_far"], result.total),
            (top, scores.single["total.missing"], Decimal(result.missing)),
            (top, scores.single["execution.proposed"], result.proposed_execution),
        ]
        for row, indicator in enumerate(result.indicators, rows):
            values.append((row, scores.columns["weight.proposed"], indicator.proposed_weight))
            values.append((row, scores.columns["score.proposed"], indicator.proposed_score))
            values.append((row, scores.columns["score.counted"], indicator.score))
        for row, col, value in values:
            cell = sheet.cell(row, col).value
            if not _same(cell, value):
                other.append((title, row, col, cell, value))
    return other


def _same(cell: Any, value: Decimal | None) -> bool:
    if value is None:
        return cell in (None, "")
    return isinstance(cell, int | float) and abs(cell - float(value)) < 1e-9


@pytest.mark.office
def test_the_department_s_sheet_follows_its_sheets(
    office: Office, small: Raw, tmp_path: Path
) -> None:
    """Of three projects one sheet is deleted, one renamed, one copied; amounts are typed.

    Budgets of 6,400, 318,480 and 240,000 yuan; of the second 159,240 spent: a half.
    """
    record = {**deepcopy(small), "activities": []}
    for project in record["projects"]:
        project["indicators"] = project["indicators"][:4]
    record["stages"] = [
        {
            "kind": EVALUATION,
            "projects": [
                {"code": source["code"], "indicators": []} for source in small["projects"]
            ],
        }
    ]
    write_master(canonical(record), tmp_path / "year.xlsx")
    titles = [t for t in load_workbook(tmp_path / "year.xlsx").sheetnames if t.startswith("自评 ")]
    names = ("typed", "copied", "deleted")
    spent = {"do": "number", "sheet": titles[1], "cell": "G5", "value": 159240}
    copied = {"do": "copy_sheet", "sheet": titles[1], "name": "又一张", "position": 3}
    renamed = {"do": "rename_sheet", "sheet": titles[1], "name": "改过的名称"}
    deleted = {"do": "delete_sheet", "sheet": titles[2]}
    saves = [{"do": "save", "path": str(tmp_path / f"{name}.xlsx")} for name in names]
    steps = [spent, saves[0], copied, renamed, saves[1], deleted, saves[2]]
    office.do([{"do": "open", "path": str(tmp_path / "year.xlsx")}, *steps, {"do": "close"}])
    for name, budget in zip(names, (564880, 564880, 324880), strict=True):
        book = load_workbook(tmp_path / f"{name}.xlsx", data_only=True)
        lines = list(book["自评汇总"].iter_rows(min_row=4, max_row=7, values_only=True))
        assert lines[1][6:8] == (159240, 0.5), name
        assert lines[3][5:7] == (budget, 159240), name
        assert lines[3][7] == pytest.approx(159240 / budget, abs=1e-11), name
        assert not [v for row in lines for v in row if str(v).startswith("#")], name


def test_the_formulas_mean_the_same_in_excel(small: Raw, tmp_path: Path) -> None:
    record = whole_year({**small, "activities": [], "projects": small["projects"][:1]}, 1)
    write_master(canonical(record), tmp_path / "small.xlsx")
    assert {report.reason for report in reports(load_workbook(tmp_path / "small.xlsx"))} == set()


def test_the_department_s_sheet_is_printed_without_what_is_beside_it(
    written: tuple[Raw, Path],
) -> None:
    """Three rows of headings, ten projects, the sum, and two units below a heading: 17 rows.

    They leave too little of a page for the charts, which come on the next one. The link back stands
    in column N, the table ends in column J.
    """
    sheet = load_workbook(written[1])["监控汇总"]
    assert [item.id for item in sheet.row_breaks.brk] == [17]
    area = sheet.print_area.rpartition("!")[2].replace("$", "")
    assert area.startswith("A1:J")
    assert int(area[4:]) >= max(chart.anchor.to.row for chart in sheet._charts)
    assert sheet["N2"].value == "返回汇总"
