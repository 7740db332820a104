"""Scores by formulas and by rules: the same over hundreds of values, and as worked out by hand.

One recalculation by LibreOffice has all of it. A row is an indicator; `completed` may be a number
with a format, and what a reader makes of it stands beside it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.formulas.score_book import Row, cell_value, score_book
from tests.formulas.written import reports
from tests.office import Office
from xlperf.formulas.stages.scores import known_in
from xlperf.layout import Box
from xlperf.layout.cell_values import parse as parse_cell
from xlperf.record import view
from xlperf.rules.profiles import Profile, profile
from xlperf.rules.stages.results import ProjectResult, result_of
from xlperf.rules.stages.views import EVALUATION, projects_in

DEFAULT, HEBEI = profile("default"), profile("hebei")
DOWN, UP = "投诉起数", "培训场次"  # names of what should be few, and many
LEVELS = {
    "output": "产出指标",
    "benefit": "效益指标",
    "satisfaction": "满意度指标",
    "cost": "成本指标",
}

# target, completed, points of 10 ("" for none to be proposed), deviation; the first number without
# a sign is better the larger, unless "fewer" stands behind
HAND = """
≥48场 | 48场 | 10 |
≥48场 | 50场 | 10 |
≥48场 | 24场 | 5 | short
≥48场 | 24 | 5 | short
48场 | 16场 | 3.33 | short
≥48场 | 0场 | 0 | short
≥48场 | 62.4场 | 10 |
≥48场 | 62.5场 | 9.98 | beyond
≥48场 | 96场 | 6.5 | beyond
≥48场 | -3场 | 0 | short
≥95% | 47.5% | 5 | short
≥95% | ９５％ | 10 |
≥95% | 百分之九十五 | 10 |
≥95% | 95 | 10 |
≥95% | 95人 | |
≤5000元/场 | 4000元/场 | 10 |
≤5000元/场 | 10000元/场 | 5 | short
≤1% | 0% | 10 |
≤5起 | 0起 | 10 |
5起 | 10起 | 5 | short | fewer
5起 | 4起 | 10 | | fewer
5起 | 10起 | 6.5 | beyond
=3处 | 3处 | 10 |
=3处 | 4处 | 7.5 | short
=3处 | 2处 | 6.67 | short
80%～90% | 85% | 10 |
80%-90% | 40% | 5 | short
80至90% | 100% | 10 |
80%～90% | 97% | 10 |
3000-5000人次 | 10000人次 | 6.5 | beyond
3-6天 | 8天 | 7.5 | short | fewer
3-6天 | 2天 | 10 | | fewer
0起 | 1起 | 0 | short
0起 | 0起 | 10 |
28名 | 28人 | 10 |
28名 | 28人次 | |
28名 | 14名学员 | 5 | short
28名 | 已完成28名 | 10 |
28名 | 共培训十四名 | 5 | short
≥48场 | 完成不少于48场 | |
≥1.2万人次 | 13500人次 | 10 |
≥1.2万人次 | 6000人次 | 5 | short
≥6000人次 | 0.3万人次 | 5 | short
≥46.8公里 | 23400米 | 5 | short
≤2小时 | 30分钟 | 10 |
≤2小时 | 240分钟 | 5 | short
12个月 | 1年 | 10 |
≥30亩 | 1公顷 | 5 | short
≥120万元 | 60万 | 5 | short
≥100元/套 | 50元 | 5 | short
≥100元 | 50元/套 | 5 | short
≤60天 | 45个工作日 | |
效果明显 | 按时完成 | 10 |
效果明显 | 未完成 | 3 | short
已完成 | 已完成 | |
≤36万元 | 720000元 | 5 | short
≤36万元 | 36万元 | 10 |
≥36万元 | 18万元 | 5 | short
≥0起 | 3起 | 10 |
不少于10人 | 5人 | 5 | short
50人以上 | 40人 | 8 | short
30天以内 | 60天 | 5 | short
控制在5%以内 | 4% | 10 |
至少十二场 | 六场 | 5 | short
一百零五人 | 21人 | 2 | short
1,000人 | 500人 | 5 | short
1,000人 | 5,00人 | |
≥3个/人 | 3个/人 | 10 |
≥60日历天 | 45日历天 | 7.5 | short
≥3% | 1% | 3.33 | short
效果明显 | 达成预期指标 | 10 |
效果明显 | 部分达成预期指标并具有一定效果 | 7 | short
效果明显 | 未达成预期指标且效果较差 | 3 | short
优 | 达成预期指标。 | 10 |
11月30日前 | 达成预期指标 | 10 |
效果明显 | 效果明显 | |
≥48场 | 达成预期指标 | |
优 | 优 | |
是 | 是 | |
2021年 | 2021年 | |
/ | 达成预期指标 | |
 | 24场 | |
≥48场 | | |
≥48场 | 2 4场 | |
≥48场 | 已完成 | |
低于≤3% | 3% | |
""".strip().splitlines()

WANTED = """
≥48场 48场 ≤5起 =3处 80%～90% ＜３．５％ 不超过36万元 至少1,200人
五十人以上 100% ≥_0.5_小时 5-8个工作日 效果显著 优 是/否 12月底前 -5% ≥3公里
百分之九十点五 ≥2.5(万元)
"""
REACHED = """
48场 24场 50 0 2 3处 4_处 85% １００％ 3% 400000元 35万元 一千元 600人 四十人
0.75小时 6个工作日 10个工作日 达成预期指标 部分达成 未达成 显著 优 是 3公里
95.25% -5% -6% 2.5万元 ≥50场 1OO% 12345678901234567人 1.2.3场 / ""
约50场 50场左右 62.4场 100场 12月20日
"""  # blanks between cells, _ for one within a cell, "" for an empty one
TYPED = [  # what is typed, its format, and how a reader shows it
    (0.95, "0%", "95%"),
    (0.955, "0.00%", "95.5%"),
    (48, "General", "48"),
    (24.5, "0.0", "24.5"),
    ("=1/0", "General", ""),
    ("48", "@", "48"),
    (1e14, "General", "100000000000000"),
]
WEIGHTS = (8, "8", "８", "8.5", 7.333, "十", "=1/0", None, 0, -1, " 9 ")
PER_BOOK = 12  # rows of a project with cases of one indicator


def hand_cases() -> list[tuple[Row, str, str]]:
    """The rows worked out by hand: points and deviation."""
    cases = []
    for line in HAND:
        target, completed, points, *rest = (part.strip() for part in line.split("|"))
        deviation, few = (*rest, "", "")[:2]
        cases.append((Row(target, completed, direction=2 if few else 1), points, deviation))
    return cases


def single_rows() -> list[Row]:
    """Targets and values of all kinds in all pairs that differ in their place, and typed cells."""
    targets, reached = (
        [word.replace("_", " ").replace('""', "") for word in cells.split()]
        for cells in (WANTED, REACHED)
    )
    rows = [Row(*pair) for pair in islice(product(targets, reached), 0, None, 3)]
    rows += [Row("48场", completed, direction=2) for completed in ("50场", "40场", "0场")]
    rows += [
        Row(target, value, formats={"completed": code})
        for target, (value, code, _) in product(("≥95%", "≥48场", "效果明显"), TYPED)
    ]
    rows += [
        Row("≥48场", "24场", weight, score)
        for weight, score in zip(WEIGHTS, (None, *WEIGHTS), strict=False)
    ]
    return rows


def whole_projects() -> list[tuple[dict[str, Any], list[Row]]]:
    """Projects with weights and scores that are left blank, and amounts of all kinds."""
    levels = (
        ("output",) * 3 + ("benefit",) * 4 + ("satisfaction",),
        ("output", "output", "benefit"),
        ("benefit", "benefit", "benefit"),
        ("satisfaction",),
        ("cost", "output", "benefit", "satisfaction", "cost"),
        ("cost", "satisfaction"),
        ("output", "", "benefit"),
    )
    amounts: tuple[dict[str, Any], ...] = (
        {"executed": 75, "budget_now": 100},
        {"executed": "１，０００．５", "budget_now": 3000, "execution_score": None},
        {"executed": 120, "budget_now": 100, "execution_score": 9},
        {"executed": None, "budget_now": 100},
        {"executed": 50, "budget_now": 0},
        {"executed": -5, "budget_now": 100},
        {"executed": "=1/0", "budget_now": 100},
    )
    projects = []
    for kinds, money in zip(levels, amounts, strict=True):
        for typed in ((None,) * len(kinds), (20,) + (None,) * (len(kinds) - 1), (95,) * len(kinds)):
            rows = [
                Row("≥48场", "48场" if n else "36场", weight, kind=kind)
                for n, (kind, weight) in enumerate(zip(kinds, typed, strict=True))
            ]
            projects.append((money, rows))
    first = projects[0][1]
    scores = [Row(r.target, r.completed, r.weight, n, r.kind) for n, r in enumerate(first)]
    return [*projects, (amounts[2], scores), (amounts[0], [])]


def in_books(rows: list[Row]) -> list[tuple[dict[str, Any], list[Row]]]:
    """Single rows in projects of a few each: weights are shared among the rows of one."""
    return [({}, rows[at : at + PER_BOOK]) for at in range(0, len(rows), PER_BOOK)]


def result_by_rules(amounts: dict[str, Any], rows: list[Row], by: Profile) -> ProjectResult:
    """What the rules say of the same cells, read as a reader reads them."""
    money = {key: _amount(value) for key, value in amounts.items()}
    of = [
        [LEVELS.get(row.kind, ""), str(n), DOWN if row.direction == 2 else UP, 0]
        for n, row in enumerate(rows)
    ]
    goals = [
        {"level1": level1, "level2": level2, "name": name, "target": row.target}
        for (level1, level2, name, _), row in zip(of, rows, strict=True)
    ]
    results = [
        {
            "of": identity,
            "completed": _shown(row),
            "weight": _amount(row.weight),
            "score": _amount(row.score),
        }
        for identity, row in zip(of, rows, strict=True)
    ]
    project = {"code": "1", "budget": money.get("budget_now"), "indicators": goals}
    reported = {"code": "1", **{key: money.get(key) for key in ("executed", "execution_score")}}
    stage = {"kind": EVALUATION, "projects": [{**reported, "indicators": results}]}
    ((_, viewed),) = projects_in(view({"projects": [project], "stages": [stage]}), EVALUATION)
    return result_of(viewed, by)


def _amount(value: Any) -> Any:
    value = None if value == "=1/0" else value
    return parse_cell("money", Decimal(str(value)) if isinstance(value, float) else value)


def _shown(row: Row) -> str:
    texts = [
        text
        for value, code, text in TYPED
        if (row.formats or {}).get("completed") == code and value is row.completed
    ]
    return texts[0] if texts else str(row.completed)


@pytest.mark.office
def test_formulas_and_rules_agree_on_every_value(office: Office, tmp_path: Path) -> None:
    by_hand = hand_cases()
    singles = single_rows()
    assert len(by_hand) >= 40 and len(singles) >= 200
    projects = [*in_books([row for row, _, _ in by_hand]), *in_books(singles), *whole_projects()]
    sheet = _calculated(projects, DEFAULT, office, tmp_path)
    wrong: list[Any] = []
    row, at_hand = 1, iter(by_hand)
    for number, (amounts, rows) in enumerate(projects):
        result = result_by_rules(amounts, rows, DEFAULT)
        wrong += _differing(sheet, row, rows, result, with_total=number >= len(projects) - 23)
        if number < len(in_books([row for row, _, _ in by_hand])):
            wrong += [
                (score_row, "by hand", shown)
                for n, score_row in enumerate(rows, row + 1)
                if (shown := _points_and_deviation(sheet, n)) != _expected(*next(at_hand)[1:])
            ]
        row += len(rows) + 1
    assert wrong == []


def _calculated(projects: Any, by: Profile, office: Office, folder: Path) -> Any:
    written, calculated = folder / "scores.xlsx", folder / "calculated.xlsx"
    score_book(projects, by).save(written)
    office.edit(written, calculated)
    return load_workbook(calculated, data_only=True).worksheets[0]


def _points_and_deviation(sheet: Any, row: int) -> tuple[str, str]:
    points = cell_value(sheet, row, "score.proposed")
    return "" if points is None else f"{points:g}", cell_value(sheet, row, "deviation") or ""


def _expected(points: str, deviation: str) -> tuple[str, str]:
    return points and f"{float(points):g}", deviation


def _differing(
    sheet: Any, row: int, rows: list[Row], result: ProjectResult, *, with_total: bool
) -> list[Any]:
    wrong: list[Any] = []
    for n, (score_row, indicator) in enumerate(zip(rows, result.indicators, strict=True), row + 1):
        pairs = {
            "weight.proposed": indicator.proposed_weight,
            "weight.counted": indicator.weight,
            "score.proposed": indicator.proposed_score,
            "score.counted": indicator.score,
            "deviation": indicator.deviation or None,
        }
        for name, value in pairs.items():
            cell = cell_value(sheet, n, name)
            if not _same(cell, value):
                wrong.append((score_row, name, cell, value))
    grade = "优良中差"[result.grade - 1] if result.grade else None
    whole = {
        "execution.proposed": result.proposed_execution,
        "total.so_far": result.total,
        "total.missing": Decimal(result.missing),
        "total.grade": grade,
    }
    for name, value in whole.items() if with_total else ():
        if not _same(cell := cell_value(sheet, row, name, project=True), value):
            wrong.append((rows, name, cell, value))
    return wrong


def _same(cell: Any, value: Any) -> bool:
    if isinstance(value, Decimal):
        return isinstance(cell, int | float) and abs(cell - float(value)) < 1e-9
    return bool(cell == value)


def test_the_steps_mean_the_same_in_excel() -> None:
    projects = [*in_books(single_rows()[:3]), *whole_projects()[-2:]]
    reasons = {
        re.sub(r"[0-9]+", "0", report.reason) for report in reports(score_book(projects, HEBEI))
    }
    assert reasons == set()


def test_a_project_by_hand() -> None:
    """Weights 50 in three, 30 in four, 10: 16.7, 16.6, 16.7; 7.5 each; 10.

    The first has 36 of 48: 16.7 × 0.75 = 12.53; execution 75 of 100: 7.5. In all 7.5 + 12.53 +
    16.6 + 16.7 + 30 + 10 = 93.33, the best grade.
    """
    amounts, rows = whole_projects()[0]
    result = result_by_rules(amounts, rows, DEFAULT)
    weights = [str(row.weight) for row in result.indicators]
    assert weights == ["16.7", "16.6", "16.7", "7.5", "7.5", "7.5", "7.5", "10.0"]
    assert [str(row.score) for row in result.indicators[:2]] == ["12.53", "16.60"]
    assert (result.total, result.missing, result.grade) == (Decimal("93.33"), 0, 1)


@pytest.mark.parametrize(("name", "better"), [("投诉起数", 2), ("培训场次", 1), ('名"称', 1)])
def test_which_number_is_the_better_one_is_written_beside_the_name(name: str, better: int) -> None:
    """The first of the hidden columns, which is the 20th."""
    doubled = name.replace('"', '""')
    cells = known_in(12, Box(10, 20, 150, 9), name)
    assert cells == {(12, 20): f'="{better}{doubled}"'}
