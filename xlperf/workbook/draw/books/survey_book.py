"""A survey as sheets of a workbook: which department is worst, which money is not measured, which
faults are commonest, which texts were copied; every row leads to file, sheet and cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.characters.control import visible
from xlperf.forms.made_sheets.survey_sheets import (
    COPIES,
    DEPARTMENTS,
    FAULTS,
    NOT_MEASURED,
    OUTCOMES,
    RULES,
)
from xlperf.layout import Box, Form
from xlperf.plan import SEVERITY_FILLS
from xlperf.record import round_cent
from xlperf.reviewing.copies_between_departments import Copy, places_of
from xlperf.reviewing.survey import DepartmentView, FileSurvey, Survey
from xlperf.rules.core import INFO, Finding
from xlperf.wording import say
from xlperf.workbook.draw import charts
from xlperf.workbook.draw.books.list_sheets import Extras, StreamedSheet, list_sheet
from xlperf.workbook.draw.cell_styles import CellStyles
from xlperf.workbook.draw.form_sheet import page
from xlperf.workbook.draw.links import LinkTarget, link_to

MOST_BARS = 20  # departments in the chart: the worst
LONGEST_TEXT = 100  # characters of a copied text that are shown
MOST_COPIES, MOST_FAULTS = 2_000, 50_000  # rows of these sheets
MOST_PLACES = 200  # of one copied text
GRADE_COLOURS = {1: "E2EFDA", 2: "FFFFFF", 3: "FFEB9C", 4: "FFC7CE"}  # RGB
SHARE_FORMAT = "0.00%"
CHART = (3, 9)  # first column and columns of the chart


@dataclass(frozen=True)
class SurveySheet:
    """A sheet to be written: its form and rows, where each leads to, the colours of cells."""

    form: Form
    key: str  # of its words, and of its list
    rows: Sequence[dict[str, Any]]
    goals: Sequence[LinkTarget | None]
    column: str  # the field with the link
    paints: Sequence[tuple[str, str]]  # field and colour, a row each


def add_answers(
    book: Workbook, styles: CellStyles, answers: Survey, target: Path, at: int
) -> list[StreamedSheet]:
    """Add the sheets of a survey behind so many others; `target` is where the book will be."""
    tables = (_departments(answers), _not_measured(answers), _rules(answers), _copies(answers))
    sheets = []
    for number, table in enumerate((*tables, _faults(answers), _outcomes(answers)), at):
        if table.rows or table.form is DEPARTMENTS:
            index = min(number, len(book.worksheets))
            sheet = book.create_sheet(say(f"answers.sheet_{table.key}"), index)
            sheets.append(_draw_list(sheet, styles, table, target))
    return sheets


def _draw_list(
    sheet: Worksheet, styles: CellStyles, table: SurveySheet, target: Path
) -> StreamedSheet:
    facts = {"most": MOST_PLACES}
    words = {part: say(f"answers.{part}_{table.key}", **facts) for part in ("title", "hint")}
    streamed_sheet = list_sheet(sheet, styles, table.form, {**words, table.key: table.rows})
    page(sheet, landscape=True)
    folder = target.parent
    links = [link_to(goal, folder) if goal else None for goal in table.goals]
    streamed_sheet.add(f"{table.key}/{table.column}", Extras(links))
    for ref in dict.fromkeys(ref for ref, _ in table.paints):
        streamed_sheet.add(
            f"{table.key}/{ref}", Extras(colours=[colour for _, colour in table.paints])
        )
    if table.form is OUTCOMES:
        streamed_sheet.add(f"{table.key}/rate", Extras(number_format=SHARE_FORMAT))
    at = {key.removeprefix(f"{table.key}/"): box for key, box in streamed_sheet.at.items()}
    top = at[table.column].row
    last = max(top, top + len(table.rows) - 1)
    sheet.auto_filter.ref = f"A{top - 1}:{get_column_letter(len(table.form.widths))}{last}"
    if table.form is DEPARTMENTS and table.rows:
        streamed_sheet.add(f"{table.key}/score", Extras(number_format="0.0"))
        _chart(sheet, at, min(len(table.rows), MOST_BARS), last)
    return streamed_sheet


def _chart(sheet: Worksheet, at: dict[str, Box], bars: int, last: int) -> None:
    """A bar for each of the worst departments: the money at issue."""
    name, money = at["name"], at["at_issue"]
    names = Box(name.row, name.col, 1, bars)
    amounts = Box(money.row, money.col, 1, bars)
    col, width = CHART
    where = Box(last + 2, col, width, charts.rows_of_bars(bars))
    charts.bars(sheet, say("answers.chart"), names, amounts, where)


def _departments(answers: Survey) -> SurveySheet:
    rows = [_department(n, view) for n, view in enumerate(answers.departments, 1)]
    goals = [
        LinkTarget(department.files[0]) if department.files else None
        for department in answers.departments
    ]
    paints = [
        ("grade", GRADE_COLOURS[department.judgement.grade]) for department in answers.departments
    ]
    return SurveySheet(DEPARTMENTS, "departments", rows, goals, "file", paints)


def _department(number: int, department: DepartmentView) -> dict[str, Any]:
    code, name = department.owner
    return {
        "number": number,
        "code": code,
        "name": name,
        "grade": say(f"review.grade_{department.judgement.grade}"),
        "score": department.judgement.score,
        "projects": len(department.projects),
        "budget": department.budget,
        **department.judgement.counts,
        "at_issue": department.at_issue,
        "not_measured": department.unmeasured,
        "reason": _reason(department),
        "file": say("rule_part.comma").join(Path(file).name for file in department.files),
    }


def _reason(department: DepartmentView) -> str:
    """What the grade rests on: the score, and how the projects stand."""
    grades = [project.judgement.grade for project in department.projects]
    grade_texts = [
        say("answers.graded", n=grades.count(grade), grade=say(f"review.grade_{grade}"))
        for grade in (4, 3, 2, 1)
        if grade in grades
    ]
    projects = (
        [say("answers.projects", grades=say("rule_part.comma").join(grade_texts))]
        if grade_texts
        else []
    )
    return say("review.comma").join([department.judgement.reason, *projects])


def _not_measured(answers: Survey) -> SurveySheet:
    rows, goals, paints = [], [], []
    for number, ((code, name), file, project) in enumerate(answers.unmeasured, 1):
        goal = LinkTarget(file, project.place)
        row = {
            "number": number,
            "department": code,
            "department_name": name,
            "unit": project.subject.unit,
            "code": project.subject.code,
            "name": project.subject.name,
            "budget": project.subject.budget,
            "grade": say(f"review.grade_{project.judgement.grade}"),
            "error": project.judgement.counts["error"],
            "place": goal.words,
        }
        rows.append(row)
        goals.append(goal)
        paints.append(("grade", GRADE_COLOURS[project.judgement.grade]))
    return SurveySheet(NOT_MEASURED, "projects", rows, goals, "place", paints)


def _rules(answers: Survey) -> SurveySheet:
    rows = [
        {
            "number": number,
            "severity": say(f"severity.{entry.severity}"),
            "code": entry.code,
            "name": say(f"rule.{entry.code}.name"),
            "findings": entry.findings,
            "departments": entry.departments,
            "money": entry.money,
        }
        for number, entry in enumerate(answers.rules, 1)
    ]
    paints = [("severity", SEVERITY_FILLS[rule.severity]) for rule in answers.rules]
    return SurveySheet(RULES, "rules", rows, [], "name", paints)


def _copies(answers: Survey) -> SurveySheet:
    listed_copies: list[Copy] = []
    room = MOST_COPIES
    for repeated in answers.copies:
        listed = replace(repeated, spots=repeated.spots[:MOST_PLACES])
        if len(listed.spots) > room:
            break
        listed_copies.append(listed)
        room -= len(listed.spots)
    rows: list[dict[str, Any]] = []
    goals: list[LinkTarget] = []
    pairs = zip(listed_copies, places_of(listed_copies), strict=True)
    for number, (repeated, places) in enumerate(pairs, 1):
        for (code, name), file, passage in places:
            goals.append(LinkTarget(file, passage.place))
            rows.append(
                {
                    "number": number,
                    "kind": say(f"answers.kind_{repeated.kind}"),
                    "departments": repeated.departments,
                    "text": _passage_text(passage.text),
                    "department_name": name or code,
                    "part": passage.project,
                    "place": goals[-1].words,
                }
            )
    return SurveySheet(COPIES, "copies", rows, goals, "place", [])


def _outcomes(answers: Survey) -> SurveySheet:
    """What projects report: the worst execution first; a grade that its points do not earn."""
    rows, goals, paints = [], [], []
    for number, item in enumerate(answers.outcomes, 1):
        outcome, (code, name) = item.outcome, item.owner
        goals.append(LinkTarget(item.file, item.place))
        rows.append(
            {
                "number": number,
                "department": code,
                "department_name": name,
                "unit": item.subject.unit,
                "code": item.subject.code,
                "name": item.subject.name,
                "stage": say(f"answers.{outcome.stage}"),
                "of_budget": outcome.of_budget,
                "executed": outcome.executed,
                "rate": None if outcome.rate is None else round_cent(outcome.rate),
                "score": outcome.score,
                "grade": visible(outcome.grade),
                "earned": item.earned,
                "place": goals[-1].words,
            }
        )
        paints.append(("earned", GRADE_COLOURS[4 if item.is_graded_otherwise else 2]))
    return SurveySheet(OUTCOMES, "outcomes", rows, goals, "place", paints)


def _passage_text(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def _faults(answers: Survey) -> SurveySheet:
    """Every open error and warning, the gravest of the worst department first."""
    rank = {view.owner: number for number, view in enumerate(answers.departments)}
    rows, goals, paints = [], [], []
    files = sorted(answers.files, key=lambda view: rank.get(view.owner, len(rank)))
    faults = ((file, *fault) for file in files for fault in _open(file))
    for file, finding, project, budget in islice(faults, MOST_FAULTS):
        goal = LinkTarget(file.file, finding.place)
        row = {
            "department_name": file.owner[1] or file.owner[0],
            "project": project,
            "budget": budget,
            "severity": say(f"severity.{finding.severity}"),
            "code": finding.code,
            "message": visible(finding.message),
            "advice": visible(finding.advice),
            "place": goal.words,
        }
        rows.append(row)
        goals.append(goal)
        paints.append(("severity", SEVERITY_FILLS[finding.severity]))
    return SurveySheet(FAULTS, "faults", rows, goals, "place", paints)


def _open(file: FileSurvey) -> Iterator[tuple[Finding, str, Decimal | None]]:
    """A file's open errors and warnings with their project's name and budget."""
    parts: list[tuple[Sequence[Finding], str, Decimal | None]]
    parts = [(file.department_findings, say("review.whole"), None)]
    parts += [
        (project.findings, project.subject.name, project.subject.budget)
        for project in file.projects
    ]
    for findings, name, budget in parts:
        for finding in findings:
            if not finding.explained and finding.severity != INFO:
                yield finding, name, budget
