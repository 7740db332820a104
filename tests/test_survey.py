"""The answers to a reviewer's questions, worked out by hand on three small departments."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.masters import put_master
from xlperf import wording
from xlperf.__main__ import run
from xlperf.canonical import canonical
from xlperf.publishing.letter import letters
from xlperf.reading import Place, Reading
from xlperf.record import view
from xlperf.reviewing import copies_between_departments
from xlperf.reviewing.grading import judge
from xlperf.reviewing.opinions import Opinion, Opinions
from xlperf.reviewing.survey import FileSurvey, Survey, as_json, file_view, is_measured, survey
from xlperf.rules.core import ERROR, WARNING, Finding
from xlperf.wording import official
from xlperf.workbook.draw.links import address
from xlperf.workbook.read_opinions import read_opinions

PURPOSE = "用于全区村级道路的日常养护和零星修补支出"


def indicator(target: str, level2: str = "数量指标") -> dict[str, Any]:
    level1 = "产出指标" if level2 in ("数量指标", "质量指标", "成本指标") else "效益指标"
    return {"level1": level1, "level2": level2, "name": "养护里程", "target": target}


def project(name: str, budget: str, target: str, purpose: str = PURPOSE) -> dict[str, Any]:
    amount = Decimal(budget)
    rows = [indicator(target)]
    return {"name": name, "budget": amount, "purpose": purpose, "indicators": rows}


def document(code: str, *projects: dict[str, Any]) -> Reading:
    owner = {"code": code, "name": f"{code}局"}
    content = {"edition": "hebei-2021", "department": owner, "projects": list(projects)}
    record = canonical(content)
    where = {("projects", n, "name"): Place(f"0{n + 1}", "E3") for n in range(len(projects))}
    return Reading(record, where, source=f"{code}.xlsx")


def fault(number: int, code: str = "VAL401", severity: Any = ERROR) -> Finding:
    return Finding(code, severity, ("projects", number, "purpose"), place=Place("01", "B5"))


@pytest.fixture
def files() -> list[FileSurvey]:
    first = document("101", project("修路", "2100000", "≥12公里"), project("植树", "6400", "是/否"))
    second = document("102", project("修桥", "300000", "≥90%"))
    third = document("103", project("照明", "50000", "≥80盏", purpose="用于更换路灯八十盏及其线路"))
    return [
        file_view(first, [fault(1), fault(1, "VAL402", WARNING)]),
        file_view(second, [fault(0), fault(0), fault(0, "AMT202")]),
        file_view(third, []),
    ]


@pytest.fixture
def answers(files: list[FileSurvey]) -> Survey:
    return survey(files)


def test_the_worst_department_stands_first(answers: Survey) -> None:
    # 102: 0.8 × 100 e^(−0.1 × (1.5 + 1)) + 20 = 82.3; 101: hardly any of its money has a fault
    scores = [
        (department.owner[0], department.judgement.score) for department in answers.departments
    ]
    assert scores == [("102", 82.3), ("101", 100.0), ("103", 100.0)]
    assert [department.judgement.grade for department in answers.departments] == [2, 2, 1]


def test_money_is_at_issue_where_a_project_has_an_error(answers: Survey) -> None:
    money = {
        department.owner[0]: (department.budget, department.at_issue)
        for department in answers.departments
    }
    assert money == {
        "101": (Decimal(2_106_400), Decimal(6400)),
        "102": (Decimal(300_000), Decimal(300_000)),
        "103": (Decimal(50_000), Decimal(0)),
    }


def test_money_without_a_target_that_can_be_counted_is_listed_by_its_size(answers: Survey) -> None:
    projects = [(owner[0], gap.subject.name) for owner, _, gap in answers.unmeasured]
    assert projects == [("102", "修桥"), ("101", "植树")]
    assert {department.owner[0]: department.unmeasured for department in answers.departments}[
        "101"
    ] == 6400


@pytest.mark.parametrize(
    ("target", "level2", "counts"),
    [
        ("≥12公里", "数量指标", True),
        ("11月底前", "质量指标", True),
        ("≥95%", "数量指标", False),
        ("是/否", "数量指标", False),
        ("≤5000元", "成本指标", False),
        ("≥12公里", "社会效益指标", False),
    ],
)
def test_what_can_be_counted(target: str, level2: str, counts: bool) -> None:
    record = canonical({"projects": [{"indicators": [indicator(target, level2)]}]})
    assert is_measured(view(record).projects[0]) is counts


def test_the_commonest_faults_with_departments_and_money(answers: Survey) -> None:
    rows = [(rule.code, rule.findings, rule.departments, rule.money) for rule in answers.rules]
    assert rows == [
        ("VAL401", 3, 2, Decimal(306_400)),
        ("AMT202", 1, 1, Decimal(300_000)),
        ("VAL402", 1, 1, Decimal(6400)),
    ]


def test_texts_of_several_departments_are_found_and_those_of_one_are_not(answers: Survey) -> None:
    (copied,) = answers.copies
    assert (copied.kind, copied.departments) == ("purpose", 2)
    assert [(file, passage.project) for _, file, passage in copied.places] == [
        ("101.xlsx", "修路"),
        ("101.xlsx", "植树"),
        ("102.xlsx", "修桥"),
    ]


def test_a_department_in_two_files_is_one(files: list[FileSurvey]) -> None:
    owners = {file.file: ("101", "公路局") for file in files}
    (one,) = survey(files, owners).departments
    assert (one.owner, len(one.projects), one.budget) == (("101", "公路局"), 4, Decimal(2_456_400))


def test_the_json_of_a_department(answers: Survey) -> None:
    with wording.speaking("zh"):
        assert as_json(answers.departments[0]) == {
            "findings": {"error": 3, "warning": 0, "info": 0},
            "score": 82.3,
            "grade": 2,
            "grade_name": "良",
            "money_at_issue": "300000.00",
            "money_not_measured": "300000.00",
        }


def test_links_lead_from_the_workbooks_folder_and_are_encoded(tmp_path: Path) -> None:
    file = tmp_path / "各单位" / "甲 局.xlsx"
    assert (
        address(str(file), tmp_path / "结果")
        == "../%E5%90%84%E5%8D%95%E4%BD%8D/%E7%94%B2%20%E5%B1%80.xlsx"
    )


def test_a_letter_names_what_is_to_be_mended_and_only_what_was_decided(answers: Survey) -> None:
    words = Opinions([Opinion("102局", "", "修桥", "中", "=1+1 请改写指标值")])
    findings = [Finding("STR001", ERROR, ("overall_goal",), place=Place("部门整体", "B7"))]
    view_ = file_view(document("102", project("修桥", "300000", "≥90%")), findings)
    with wording.speaking("zh"):
        data = letters(survey([view_]), words, ["2021"])
    letter = Document(BytesIO(data))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "关于2021年度部门预算绩效文本的退回意见" in text and "102局：" in text
    assert "须改正的问题 1 处、请核实的问题 0 处" in text and "部门整体!B7" in text
    (table,) = letter.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1][1:] == ["（部门整体）", "", "1", "0", "", ""]
    assert rows[2][1:] == ["修桥", "300,000.00", "0", "0", "中", "=1+1 请改写指标值"]


def test_a_letter_without_faults_to_be_mended_counts_its_headings_from_one(answers: Survey) -> None:
    findings = [Finding("REL819", WARNING, ("overall_goal",), place=Place("部门整体", "B7"))]
    view_ = file_view(document("102", project("修桥", "300000", "≥3座")), findings)
    with wording.speaking("zh"):
        data = letters(survey([view_]), Opinions([]), ["2021"])
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)
    assert "没有发现必须改正的问题，有 1 处问题请核实。请按下列意见" in text
    assert "一、请核实的问题" in text and "二、各项目审核意见" in text
    assert "涉及资金" not in text and "三、" not in text


def filled_in(path: Path) -> None:
    """A reviewer grades the one project and turns the rows around."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(5, heads["审定等级"], "中")
    cell = sheet.cell(5, heads["审定意见"], "请把指标值改成数量")
    assert cell.row == 5
    for column in range(1, sheet.max_column + 1):
        upper, lower = sheet.cell(4, column), sheet.cell(5, column)
        upper.value, lower.value = lower.value, upper.value
    book.save(path)


def test_a_reviewers_words_go_into_the_units_own_file_and_stay_there(tmp_path: Path) -> None:
    master, review = tmp_path / "master.xlsx", tmp_path / "review.xlsx"
    put_master(document("102", project("修桥", "300000", "≥90%")).record, master)
    quiet = ["--lang", "zh", "--fail-on", "never", "-o", str(tmp_path / "report.txt")]
    run(["validate", str(master), "--review", str(review), *quiet])
    filled_in(review)
    (written,) = read_opinions(review)
    assert (written.name, written.decision, written.text) == ("修桥", "中", "请把指标值改成数量")
    marked, again = tmp_path / "marked.xlsx", tmp_path / "again.xlsx"
    opinions = ["--opinions", str(review)]
    assert run(["validate", str(master), "--annotate", str(marked), *opinions, *quiet]) == 0
    assert run(["validate", str(marked), "--annotate", str(again), *quiet]) == 0
    for path in (marked, again):
        sheet = load_workbook(path)[official("sheet.findings")]
        column = next(cell.column for cell in sheet[3] if cell.value == "审核意见")
        texts = [sheet.cell(row, column).value for row in range(4, sheet.max_row + 1)]
        assert [text for text in texts if text] == ["审定等级：中。请把指标值改成数量"]


def test_a_reviewers_opinion_on_a_finding_stays_and_settles_nothing(tmp_path: Path) -> None:
    master, marked, again = (tmp_path / f"{name}.xlsx" for name in ("master", "marked", "again"))
    put_master(document("102", project("修桥", "300000", "≥90%")).record, master)
    quiet = ["--lang", "zh", "--fail-on", "never", "--select", "REL,TXT,TYP"]
    run(["validate", str(master), "--annotate", str(marked), *quiet])
    book = load_workbook(marked)
    sheet = book[official("sheet.findings")]
    column = next(cell.column for cell in sheet[3] if cell.value == "审核意见")
    sheet.cell(4, column, "这一条必须改")
    book.save(marked)
    report = tmp_path / "report.json"
    run(
        [
            "validate",
            str(marked),
            "--annotate",
            str(again),
            *quiet,
            "--format",
            "json",
            "-o",
            str(report),
        ]
    )
    assert json.loads(report.read_text(encoding="utf-8"))["summary"]["explained"] == 0
    listed = load_workbook(again)[official("sheet.findings")]
    assert listed.cell(4, column).value == "这一条必须改"
    assert [listed.cell(row, column).value for row in range(5, listed.max_row + 1)].count(
        "这一条必须改"
    ) == 0


def test_a_file_without_a_reviewers_worksheet_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    master = tmp_path / "master.xlsx"
    put_master(document("102", project("修桥", "300000", "≥90%")).record, master)
    letter = tmp_path / "letter.docx"
    options = ["--letter", str(letter), "--opinions", str(master), "-o", str(tmp_path / "r.txt")]
    assert run(["validate", str(master), *options]) == 2
    assert str(master) in capsys.readouterr().err and not letter.exists()


def test_a_judgement_of_the_file_is_that_of_its_parts(files: list[FileSurvey]) -> None:
    drafts = [draft for file in files for draft in file.drafts()]
    assert [draft.subject.name for draft in drafts if draft.subject.code == ""][:2] == [
        "修路",
        "植树",
    ]
    assert drafts[1].judgement == judge([], Decimal(2_100_000))


def test_copies_are_the_same_however_few_keys_are_looked_up_at_once(
    files: list[FileSurvey], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [(copy.kind, copy.text, copy.departments) for copy in survey(files).copies]
    monkeypatch.setattr(copies_between_departments, "AT_ONCE", 1)
    assert [(copy.kind, copy.text, copy.departments) for copy in survey(files).copies] == whole
    assert whole == [("purpose", PURPOSE, 2)]
