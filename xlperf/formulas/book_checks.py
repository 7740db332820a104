"""The sheets of a book and their checks, planned: what each shows and what checks it.

Pure: a file and a live book are made of the same plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlperf.editions import traits_of
from xlperf.forms import Edition
from xlperf.forms.defined_names import free_title
from xlperf.forms.made_sheets.book_sheets import BENEFIT_KINDS
from xlperf.forms.official.record_parts import RecordPart, parts
from xlperf.formulas.contributions import LINE_OFF_SHEETS, QUANTITIES, columns_of, number_of
from xlperf.formulas.cross_sheet import SheetAddresses
from xlperf.formulas.field_checks import add_first_row, add_row_lines, add_singles
from xlperf.formulas.form_steps import add_steps
from xlperf.formulas.list_checks import add_block
from xlperf.formulas.sheet_checks import (
    CHECK_SIGNS,
    TOTAL_COLUMN,
    SheetChecks,
    add_step,
    checks_of,
)
from xlperf.formulas.summary_lines import lines_for, listing
from xlperf.layout import Box, FilledForm, Layout, anchors, fill
from xlperf.layout.addresses import address, cell_address
from xlperf.layout.fill_pluck import with_room
from xlperf.layout.vocabulary import Each
from xlperf.record import Department, Raw, words
from xlperf.rules.formulas.native import NO_LINE
from xlperf.rules.profiles import DEFAULT, Profile, profile
from xlperf.wording import official

CHECK, PANEL, FLAGS = 2, 3, 5  # columns beside the form: words, status, hidden numbers
FILE_FORMULA = 'CELL("filename",$A$1)'


@dataclass(frozen=True)
class DrawnSheet:
    """A part of the record with the title of its sheet and what the sheet will show."""

    part: RecordPart
    title: str
    filled_form: FilledForm

    @property
    def number(self) -> int:
        """A project's number in the document, from 1; 0 for other parts."""
        return int(self.part.path[1]) + 1 if self.part.path else 0

    def addresses(self) -> SheetAddresses:
        """The addresses of its fields, for formulas on other sheets."""
        return SheetAddresses(self.title, anchors(self.filled_form.layout))


def planned_sheets(
    record: Raw,
    chosen: Edition,
    project_titles: Sequence[str] = (),
    other_titles: Sequence[str] = (),
) -> list[DrawnSheet]:
    """Every sheet that holds a part of the record: its title and its content.

    Projects whose sheets have titles already (`project_titles`, in order) keep them;
    `other_titles` are those of other sheets, which no sheet of ours may get.
    """
    titled = titled_parts(record, chosen, project_titles, other_titles)
    return [drawn_sheet(part, title) for part, title in titled]


def titled_parts(
    record: Raw,
    chosen: Edition,
    project_titles: Sequence[str] = (),
    other_titles: Sequence[str] = (),
) -> Iterator[tuple[RecordPart, str]]:
    """The parts of a record in the order of their sheets, each with its sheet's title."""
    made_titles = (official(f"sheet.{key}") for key in ("guide", "summary", "findings"))
    lowered = {title.lower() for title in (*made_titles, *other_titles, *project_titles)}
    for part in parts(record, chosen):
        if part.form is not chosen.project:
            title = official(f"sheet.{part.form.name}")
        elif int(part.path[1]) < len(project_titles):
            title = project_titles[int(part.path[1])]
        else:
            name = words(dict(part.values), "name")
            title = free_title(int(part.path[1]) + 1, name, lowered)
        lowered.add(title.lower())
        yield part, title


def drawn_sheet(part: RecordPart, title: str) -> DrawnSheet:
    """A part of the record with what its sheet will show."""
    return DrawnSheet(part, title, fill(part.form, with_room(part.form, part.values)))


def sheet_checks_of(
    drawn_sheets: list[DrawnSheet], record: Department, by: Profile | None = None
) -> list[tuple[DrawnSheet, SheetChecks]]:
    """The checks of every form that has some; the department's, then the projects'."""
    by, places = by or profile(DEFAULT), lines_for(len(record.units))
    traits = traits_of(record.raw)
    checks, outer = checks_of(by, traits), listing(record, len(record.projects))
    result: list[tuple[DrawnSheet, SheetChecks]] = []
    for item in drawn_sheets:
        form = item.part.form.name
        if form != "leftovers":
            root = "projects" if form == "project" else ""
            machine = SheetChecks(item.filled_form.layout, root, by, checks, traits, outer, places)
            result.append((item, build(machine, item.number)))
            outer = outer if root else {**outer, **machine.from_afar(item.title)}
    return result


def build(checks: SheetChecks, position: int = 0) -> SheetChecks:
    """Write the checks of a form; a project finds its line of the summary by its sheet's title."""
    layout, root = checks.layout, checks.root
    top, results = checks.steps_row, checks.results_row
    if root:
        listed = "SUMPRODUCT(EXACT({all/title},{sheet.title})*{all/line})"
        summary_line = f'IF({{sheet.title}}="",{position},{listed})'
        add_step(checks, top, "sheet.title", own_title())
        add_step(checks, top, "summary.line", checks.formula(summary_line))
        add_step(
            checks,
            top,
            "line",
            checks.formula(f"IF({{summary.line}}=0,{NO_LINE},{{summary.line}})"),
        )
    add_steps(checks, top)
    row = checks.first_line
    for part in layout.lists():
        row = 1 + add_block(
            checks, part, row, flag_columns(layout, part), kept_columns(layout, part)
        )
    add_row_lines(checks, add_singles(checks, row) + 1)
    add_first_row(checks)
    add_step(checks, results, "points", points(checks))
    checks.names["status"] = address(Box(2, len(layout.form.widths) + PANEL))
    if root:
        add_results(checks, results)
    return checks


def add_results(checks: SheetChecks, row: int) -> None:
    """What the summary wants of a project: money planned, its unit's line, indicators by kind."""
    for month in checks.traits.months:
        budget, share = "{budget.amount}", f"{{spending_plan/{month}.sound}}"
        amount = f"ROUND({budget}*{share}/100,2)"
        are_numbers = f"AND(ISNUMBER({budget}),ISNUMBER({share}))"
        planned = checks.formula(f'IF({are_numbers},{amount},"")')
        add_step(checks, row, f"planned/{month}", planned)
    place = f"IF({{unit.line}}<{NO_LINE},{{unit.line}},0)"
    listed = "unit.line" in checks.names and "units/code" in checks.outer
    add_step(checks, row, "unit.place", checks.formula(place) if listed else 0)
    with_names = 'SUMPRODUCT(--({indicators/name}<>""),--{indicators/taken})'
    add_step(checks, row, "count/indicators", checks.formula(with_names))
    for kind in BENEFIT_KINDS:
        count_formula = (
            f'SUMPRODUCT(--({{indicators/level1.implied}}="{kind}"),--{{indicators/taken}})'
        )
        add_step(checks, row, f"count/{kind}", checks.formula(count_formula))
    add_contribution(checks, row)


def add_contribution(checks: SheetChecks, row: int) -> None:
    """The project's numbers for the totals, and in which columns of the first row they stand.

    Like formulas stand below each other, so that programs keep them once.
    """
    place = checks.names["unit.place"]
    add_step(checks, row, "unit.block", f"IF({place}=0,{LINE_OFF_SHEETS},{place})")
    runs = Box(row, 1 + max(col for _, col in checks.cells), 2, 2 * len(QUANTITIES))
    of_project = [f"IFERROR({number_of(key, checks.names)},0)" for key in QUANTITIES]
    of_unit = [cell_address(row + at, runs.col + 1) for at in range(len(QUANTITIES))]
    columns = columns_of(runs, checks.names["unit.block"])
    for down, (column, number) in enumerate(zip(columns, [*of_project, *of_unit], strict=True)):
        checks.put(row + down, runs.col, column)
        checks.put(row + down, runs.col + 1, number)
    checks.contribution = runs


def own_title() -> str:
    """The sheet's own title, as Excel or LibreOffice tells it; "" in a file never saved."""
    excel = f'MID({FILE_FORMULA},FIND("]",{FILE_FORMULA})+1,99)'
    office = f'SUBSTITUTE(MID({FILE_FORMULA},FIND("#$",{FILE_FORMULA})+2,99),"\'","")'
    return f'IFERROR({excel},IFERROR({office},""))'


def points(checks: SheetChecks) -> str:
    """A formula for how many checks fire, those that only inform aside.

    Every token has one mark: marks are counted by how much shorter the tokens are without them.
    """
    tokens = checks.column_of_lines(TOTAL_COLUMN)
    without = (f'LEN(SUBSTITUTE({tokens},"{mark}",""))' for mark in CHECK_SIGNS[:-1])
    return f"SUMPRODUCT({len(CHECK_SIGNS) - 1}*LEN({tokens})-{'-'.join(without)})"


def flag_columns(layout: Layout, part: Each) -> dict[str, int]:
    """Where the numbers of merged cells stand, for each field that may be merged."""
    first = len(layout.form.widths) + FLAGS
    return {key: first + at for at, key in enumerate(part.merging)}


def kept_columns(layout: Layout, part: Each) -> dict[str, int]:
    """Where the words of merged cells stand, for each field whose rows carry them on their own.

    An item with a list of its own begins where it has words, so those are never repeated.
    """
    first = words_flag(layout) + 1
    keys = [] if part.nested else part.merging
    return {key: first + at for at, key in enumerate(keys)}


def words_flag(layout: Layout) -> int:
    """The hidden column that has a number in each row with words; inserted rows have none."""
    merged = (len(part.merging) for part in layout.lists())
    return len(layout.form.widths) + FLAGS + max(merged, default=0)
