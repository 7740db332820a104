"""Letters of return: what a department is to mend, and what the reviewer says of each project.

One department begins on each page. A person reads a letter before it goes out: the grades in it
are those that a reviewer decided on, none that was only proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from xlperf.publishing.characters import readable
from xlperf.publishing.word.template import PREFIX, Template
from xlperf.reports.by_rule import RuleFindings, by_rule, places_of
from xlperf.reviewing.opinions import Opinions
from xlperf.reviewing.survey import DepartmentView, FileSurvey, Survey
from xlperf.rules.core import ERROR, INFO, WARNING, Finding
from xlperf.storage.deterministic_zips import repack
from xlperf.storage.files import write_bytes
from xlperf.wording import say

BODY_STYLE, TABLE_HEAD_STYLE = (PREFIX + name for name in ("body", "label"))
TITLE_STYLE, SECTION = f"{PREFIX}project", "Heading 3"
TABLE_STYLE = f"{PREFIX}table"
LETTER_COLUMNS = ("number", "name", "budget", "error", "warning", "decision", "opinion")
LETTER_WIDTHS = (6, 22, 20, 8, 8, 9, 27)  # of a hundred
CELL_STYLES = ("center", "text", "money", "center", "center", "center", "text")


def write_letters(
    answers: Survey, opinions: Opinions, path: Path, years: Sequence[str] = ()
) -> None:
    """Write the letters of every department, the worst first, whole or not at all."""
    write_bytes(path, letters(answers, opinions, years))


def letters(answers: Survey, opinions: Opinions, years: Sequence[str] = ()) -> bytes:
    """The letters as the bytes of one Word file; `years` are the budget years they are about."""
    writer = _Letters(opinions, say("rule_part.comma").join(years))
    for number, department in enumerate(answers.departments):
        files = [file for file in answers.files if file.file in department.files]
        writer.letter(department, files, first=number == 0)
    stream = BytesIO()
    writer.document.save(stream)
    return repack(stream.getvalue())


class _Letters:
    def __init__(self, opinions: Opinions, years: str) -> None:
        template = Template()
        self.document = template.document
        self.document.element.body.append(template.section("department"))
        self.document.core_properties.title = say("letter.title", year="").strip()
        self.year = say("summary.year", year=years) if years else ""
        self.opinions = opinions
        self.sections = 0  # headings of the letter that is being written

    def letter(self, view: DepartmentView, files: Sequence[FileSurvey], *, first: bool) -> None:
        """One department's letter."""
        title = self._say("letter.title", TITLE_STYLE, year=self.year)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.page_break_before = not first
        code, name = view.owner
        to = self._say("letter.to", BODY_STYLE, name=name or code)
        to.paragraph_format.first_line_indent = 0
        findings = [item for file in files for item in _open(file)]
        self._begin(view, findings)
        self.sections = 0
        for severity, heading in ((ERROR, "letter.errors"), (WARNING, "letter.warnings")):
            self._faults(heading, [item for item in findings if item.severity == severity])
        self._projects(files)
        self._end()

    def _begin(self, view: DepartmentView, findings: Sequence[Finding]) -> None:
        """What was looked at, and what came of it."""
        number = {
            key: sum(finding.severity == key for finding in findings) for key in (ERROR, WARNING)
        }
        facts: dict[str, object] = {"budget": f"{view.budget:,.2f}", "projects": len(view.projects)}
        facts |= {"error": number[ERROR], "warning": number[WARNING], "at_issue": ""}
        if view.at_issue:
            facts["at_issue"] = say("letter.at_issue", money=f"{view.at_issue:,.2f}")
        key = "letter.begin" if number[ERROR] else "letter.begin_to_verify"
        self._say(key if findings else "letter.begin_clean", BODY_STYLE, year=self.year, **facts)

    def _faults(self, heading: str, findings: Sequence[Finding]) -> None:
        """The faults of one gravity by kind: an example, the places, the remedy."""
        groups = by_rule(findings)
        if groups:
            self._section(heading)
        for number, group in enumerate(groups, 1):
            self._fault(number, group)

    def _section(self, heading: str) -> None:
        """A heading with its number; what a letter has not is not counted."""
        self.sections += 1
        self._say(heading, SECTION, number=say(f"letter.section_{self.sections}"))

    def _fault(self, number: int, group: RuleFindings) -> None:
        example = group.open[0]
        key = "letter.fault" if len(group.open) == 1 else "letter.faults"
        places = say("report.semicolon").join(places_of(group.open))
        facts = {"name": group.name, "message": example.message, "advice": example.advice}
        self._say(key, BODY_STYLE, number=number, n=len(group.open), places=places, **facts)

    def _projects(self, files: Sequence[FileSurvey]) -> None:
        """A line for the department's own part and for each project, with the reviewer's words."""
        drafts = [draft for file in files for draft in file.drafts()]
        self._section("letter.projects")
        table = self.document.add_table(
            rows=1 + len(drafts), cols=len(LETTER_COLUMNS), style=TABLE_STYLE
        )
        table.autofit = False
        room = self.document.sections[-1]
        wide = (room.page_width or 0) - (room.left_margin or 0) - (room.right_margin or 0)
        for column, share in zip(table.columns, LETTER_WIDTHS, strict=True):
            column.width = wide * share // 100
        lines: list[list[str]] = [[say(f"letter.{key}") for key in LETTER_COLUMNS]]
        for number, draft in enumerate(drafts, 1):
            subject, reply = draft.subject, self.opinions.of(draft.subject)
            budget = "" if subject.budget is None else f"{subject.budget:,.2f}"
            counts = [str(draft.counts[str(key)]) for key in (ERROR, WARNING)]
            opinion = reply.text.splitlines() or [""]
            words = [str(number), subject.name, budget, *counts, reply.decision]
            lines.append([*words, "\n".join(opinion)])
        for row, words in zip(table.rows, lines, strict=True):
            for column, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
                cell.width = wide * LETTER_WIDTHS[column] // 100
                cell.paragraphs[0].style = (
                    TABLE_HEAD_STYLE if words is lines[0] else PREFIX + CELL_STYLES[column]
                )
                cell.paragraphs[0].add_run(readable(text))

    def _end(self) -> None:
        """What is asked of the department; who signs."""
        for key in ("letter.ask", "letter.explain"):
            self._say(key, BODY_STYLE)
        for key in ("letter.signed", "letter.day"):
            self._say(key, BODY_STYLE).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _say(self, key: str, style: str, **facts: Any) -> Any:
        return self.document.add_paragraph(readable(say(key, **facts)), style=style)


def _open(file: FileSurvey) -> Iterable[Finding]:
    """The open errors and warnings of a file."""
    parts = (file.department_findings, *(project.findings for project in file.projects))
    return (f for part in parts for f in part if not f.explained and f.severity != INFO)
