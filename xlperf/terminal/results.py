"""What a command tells when it is done: short, coloured, with the figures people look for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xlperf.characters.control import visible
from xlperf.editions import traits_of
from xlperf.errors import UserError
from xlperf.reading import Reading, Spot
from xlperf.record import round_cent, view
from xlperf.regulations import cite
from xlperf.reports.text import COLOUR
from xlperf.rules import catalogue
from xlperf.rules.core import Rule
from xlperf.wording import has, language, official, say

if TYPE_CHECKING:
    from xlperf.documents import Coverage
    from xlperf.jobs.fix_repair.repair_file import RepairResult
    from xlperf.reviewing.survey import DepartmentView, Survey
    from xlperf.totals import Rollup, Sums

FULL_TABLE_WIDTH = 120  # columns of a terminal on which a table may have all its columns
HIDDEN_PARTS_RULE = "STR042"  # hidden parts of the source were read


def contents(reading: Reading) -> str:
    """What a record holds, in one line."""
    record = view(reading.record)
    of_activities = sum(len(activity.indicators) for activity in record.activities)
    of_projects = sum(len(project.indicators) for project in record.projects)
    total = sum((project.budget for project in record.projects if project.budget), Decimal(0))
    has_department = "department" in traits_of(reading.record).parts
    return say(
        "show.contents" if has_department else "show.contents_of_projects",
        name=record.name or say("show.no_name"),
        year=say("show.year", year=record.year) if record.year else say("show.no_year"),
        activities=len(record.activities),
        activity_indicators=of_activities,
        safeguards=len(record.safeguards),
        units=len(record.units),
        projects=len(record.projects),
        project_indicators=of_projects,
        total=total,
    )


def print_understood(understood: Iterable[str], doubts: Iterable[str], console: Console) -> None:
    """What a document was recognised as, and what somebody has to look at."""
    for sentence in understood:
        console.print(Text(visible(sentence)))
    for sentence in doubts:
        console.print(Text(visible(sentence), "yellow"))


def print_import(reading: Reading, coverage: Coverage, target: Path, console: Console) -> None:
    """The residue report: where every character of the source went."""
    console.print(Text(contents(reading)))
    figures = {
        "field": coverage.field,
        "furniture": coverage.furniture,
        "blank": coverage.blank,
        "leftover": coverage.leftover,
    }
    console.print(Text(say("show.residue", total=sum(figures.values()), **figures)))
    lines = [
        visible(say("show.leftover", place=Spot(str(place)), text=text))
        for place, (_, text) in zip(coverage.places, coverage.residue, strict=True)
    ]
    if lines:
        console.print(Text("\n".join(lines), "yellow"))
    print_hidden(reading, console)
    if inferred := reading.record.get("inferred"):
        labels = say("rule_part.comma").join(say(f"field.{path}") for path in inferred)
        console.print(Text(say("show.inferred", fields=labels), "cyan"))
    console.print(Text(say("show.written", file=target), "green"))


def print_hidden(reading: Reading, console: Console) -> None:
    """What was read though the source does not show it."""
    for remark in reading.remarks:
        if remark.code == HIDDEN_PARTS_RULE:
            text = say(f"rule.{HIDDEN_PARTS_RULE}.message", **remark.facts)
            console.print(Text(visible(text), "yellow"))


def print_generated(reading: Reading, target: Path, console: Console) -> None:
    """What went into a master workbook, and where the text stands that belongs to no form."""
    console.print(Text(contents(reading)))
    print_hidden(reading, console)
    if loose := reading.record.get("leftovers"):
        text = say("show.set_apart", n=len(loose), sheet=official("sheet.leftovers"))
        console.print(Text(text, "yellow"))
    console.print(Text(say("show.written", file=target), "green"))


def print_read(reading: Reading, target: Path, console: Console, remarks: Console) -> None:
    """What came out of a workbook, and the text that belongs to no form."""
    console.print(Text(contents(reading)))
    for loose in reading.record.get("leftovers", ()):
        remarks.print(Text(visible(say("show.loose", **loose)), "yellow"))
    console.print(Text(say("show.written", file=target), "green"))


def print_published(
    reading: Reading, sentences: Iterable[str], target: Path, console: Console
) -> None:
    """What went into a document, and what came of reading it back."""
    console.print(Text(contents(reading)))
    for sentence in sentences:
        console.print(Text(sentence))
    console.print(Text(say("show.written", file=target), "green"))


def print_open_points(number: Mapping[str, int], remarks: Console) -> None:
    """How many errors and blanks a published document carries, on one line."""
    amiss = any(number.values())
    sentence = say(f"publish.{'carries' if amiss else 'carries_nothing'}", **number)
    remarks.print(Text(sentence, "yellow" if amiss else "green"))


def print_rollup(
    rollup: Rollup,
    answers: Survey,
    targets: Sequence[Path],
    console: Console,
    remarks: Console,
) -> None:
    """Totals by department with what is proposed for each, what was set aside, what to look at."""
    table = Table(title=say("rollup.title"), title_style="bold")
    for key in ("rollup.code", "rollup.name"):
        table.add_column(say(key))
    for key in ("summary.count", "summary.budget", "summary.fiscal", "summary.other"):
        table.add_column(say(key), justify="right", no_wrap=True)
    judged_by = ("severity.error", "answers.at_issue", "review.proposal")
    headings = judged_by if console.width >= FULL_TABLE_WIDTH else judged_by[-1:]
    for key in headings:
        table.add_column(say(key), justify="right")
    judged = {department.owner: department for department in answers.departments}
    rows = [
        (department.code, department.name, department.sums) for department in rollup.departments
    ]
    for code, name, sums in [*rows, ("", say("rollup.total"), rollup.totals)]:
        amounts = [f"{amount:,.2f}" for amount in (sums.budget, sums.fiscal, sums.other)]
        judgement = _judged(judged.get((code, name)))[-len(headings) :]
        table.add_row(code, name, str(sums.projects), *amounts, *judgement)
    console.print(table)
    if rollup.has_outcomes:
        console.print(Text(_spent(rollup.totals)))
    for aside in rollup.set_aside:
        remarks.print(
            Text(visible(say("show.aside", file=aside.file, reason=aside.reason)), "yellow")
        )
    for remark in rollup.remarks:
        remarks.print(Text(remark, "yellow"))
    for target in targets:
        console.print(Text(say("show.written", file=target), "green"))


def _spent(sums: Sums) -> str:
    """What was spent by the projects that report it, and at which rate."""
    facts = {"n": sums.reported, "projects": sums.projects}
    amounts = {"executed": f"{sums.executed:,.2f}", "of_budget": f"{sums.of_budget:,.2f}"}
    rate = f"{round_cent(sums.rate)}%" if sums.rate is not None else "—"
    return say("rollup.spent", **facts, **amounts, rate=rate)


def _judged(department: DepartmentView | None) -> tuple[str, ...]:
    """A department's errors, its money with errors, the grade that is proposed."""
    if department is None:
        return ()
    judgement = department.judgement
    grade = say(f"review.grade_{judgement.grade}")
    return str(judgement.counts["error"]), f"{department.at_issue:,.2f}", grade


def by_code() -> list[Rule]:
    """Every rule in the order of the codes' numbers."""
    return sorted(catalogue().values(), key=lambda rule: (rule.code[3:], rule.code))


def rules_as_json() -> list[dict[str, Any]]:
    """The catalogue in the shape the contract fixes."""
    return [
        {
            "code": rule.code,
            "name": title(rule),
            "severity": str(rule.severity),
            **page(rule),
            "source": [cite(source) for source in rule.sources],
            "fix": rule.fix or "none",
            "native": bool(rule.native),
        }
        for rule in by_code()
    ]


def rules_as_markdown() -> str:
    """The catalogue as a table for the documentation."""
    head = [say(f"show.rule_{key}") for key in ("code", "severity", "name", "source", "fix")]
    rows = [head, ["---"] * len(head)]
    for rule in by_code():
        sources = "; ".join(cite(source) for source in rule.sources)
        severity = say(f"severity.{rule.severity}")
        rows.append(
            [rule.code, severity, title(rule), sources, say(f"show.fix_{rule.fix or 'none'}")]
        )
    heading = say("show.rules", number=len(catalogue()))
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    remarks = [say("show.rules_made"), "", say("show.sources_known")]
    return "\n".join([f"# {heading}", "", *remarks, "", *lines, ""])


def title(rule: Rule) -> str:
    """A rule's name in the user's language."""
    return say(f"rule.{rule.code}.name")


def page(rule: Rule) -> dict[str, str]:
    """Summary, reason, bad and good example: from the wording, else from the rule's docstring."""
    texts = {part: getattr(rule.page, part) for part in ("summary", "why", "bad", "good")}
    if language() != "en":
        keys = {part: f"rule.{rule.code}.{part}" for part in texts}
        keys["summary"] = f"rule.{rule.code}.name"
        texts |= {part: say(key) for part, key in keys.items() if has(key)}
    return texts


def print_rules(console: Console) -> None:
    """The catalogue as a table."""
    table = Table(title=say("show.rules", number=len(catalogue())), title_style="bold")
    for key in ("code", "severity", "name"):
        table.add_column(say(f"show.rule_{key}"))
    for rule in by_code():
        severity = Text(say(f"severity.{rule.severity}"), COLOUR[rule.severity])
        table.add_row(rule.code, severity, title(rule))
    console.print(table)
    console.print(Text(say("show.sources_known")))


def print_rule(code: str, console: Console) -> None:
    """One rule's page."""
    if code not in catalogue():
        raise UserError("no_rule", code=code)
    rule = catalogue()[code]
    texts = page(rule)
    severity = say(f"severity.{rule.severity}")
    console.print(Text.assemble((f"{code} {title(rule)}", "bold"), f"  ({severity})"))
    for part in ("why", "bad", "good"):
        console.print(Text.assemble((say(f"show.{part}"), "bold"), " ", texts[part]))
    sources = "; ".join(cite(source, noted=True) for source in rule.sources)
    console.print(Text.assemble((say("show.source"), "bold"), " ", sources))


def print_repaired(
    repaired: RepairResult, target: Path, console: Console, remarks: Console
) -> None:
    """What was damaged and mended, each with its place; what could not be mended."""
    from xlperf.jobs.fix_repair.repair_file import grouped_damages

    for damage, cells, details in grouped_damages(repaired.damages):
        sign = "note" if damage.is_note else "mended" if damage.is_mended else "open"
        colour = {"note": "cyan", "mended": "green", "open": "red"}[sign]
        place = f"{damage.sheet}!{cells}" if cells else damage.sheet
        words = say(f"repair.kind.{damage.kind}", detail=details)
        line = Text.assemble((say(f"repair.{sign}"), colour), "  ", (place, "bold"), "  ", words)
        (console if damage.is_mended else remarks).print(line)
    number = sum(damage.is_mended and not damage.is_note for damage in repaired.damages)
    open_ones = len(repaired.unmended)
    key = "nothing" if not number + open_ones else "left" if open_ones else "all"
    console.print(Text(say(f"repair.sum_{key}", n=number, open=open_ones), "bold"))
    console.print(Text(say("show.written", file=target), "green"))
