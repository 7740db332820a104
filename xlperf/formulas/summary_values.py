"""What the summary shows, as formulas: sums over all project sheets, a line a unit and a project.

Totals, counts and statuses are summed over a span of sheets (`contributions`), so that they hold
whatever sheets are deleted or copied. A line of a project points at its sheet; where that is
deleted it goes quiet. A copied sheet is counted at once and listed when somebody writes its title
into a spare line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlperf.forms.defined_names import AID, FIELD_PREFIX
from xlperf.forms.made_sheets.book_sheets import BENEFIT_KINDS
from xlperf.formulas import cross_sheet
from xlperf.formulas.contributions import (
    COUNTED_STATES,
    START,
    foreign_numbers,
    of_named_sheet,
    over_all_sheets,
    sheet_of,
    status_text,
)
from xlperf.formulas.cross_sheet import SUMMARY_SUMS, SheetAddresses, first_word
from xlperf.formulas.summary_lines import SPARE_PROJECTS
from xlperf.formulas.typed import (
    Boolean,
    Number,
    Text,
    any_of,
    differ,
    first_case,
    minus,
    more,
    negated,
    number,
    text,
)
from xlperf.layout import Formula
from xlperf.layout.addresses import letters
from xlperf.record import PLAN_MONTHS, PROJECT_AMOUNTS
from xlperf.rules.formulas.native import literal
from xlperf.rules.formulas.steps import unit_code
from xlperf.wording import say

COUNTED_STATUSES = ("points", *BENEFIT_KINDS)


def values_of(
    here: SheetAddresses,
    unit_lines: int,
    forms: Sequence[SheetAddresses],
    department: SheetAddresses,
) -> dict[str, Any]:
    """What the summary shows in so many lines for units and of all projects, as formulas.

    `here` are its own cells, `forms` the projects' sheets, `department` the department's sheet.
    """
    whose = [department[key] for key in ("department/name", "fiscal_year") if department.has(key)]
    heading = "=" + "&".join((*whose, literal(say("summary.title"))))
    listed = [_project(form, form.number or place) for place, form in enumerate(forms, 1)]
    spare = range(here.rows("projects/number") - SPARE_PROJECTS, here.rows("projects/number"))
    by_hand = [_named_by_hand(here, place) for place in spare]
    return {
        "title": Formula(heading),
        "hint": _hint(here, unit_lines),
        "units": [_unit(here, department, place) for place in range(1, unit_lines + 1)],
        "rest": _rest(here),
        "total": _total(here, unit_lines),
        "own": {
            "name": department.title,
            "hint": say(_own_hint(department)),
            **_checked(department),
        },
        "projects": [*listed, *by_hand],
    }


def _own_hint(department: SheetAddresses) -> str:
    """The key of what to say of the department's sheet, which may be more than its units."""
    return "summary.own_hint" if department.has("overall_goal") else "summary.own_hint_short"


def _project(form: SheetAddresses, number: int) -> dict[str, Any]:
    amounts = {key: form.linked_field(f"{key}.amount") for key in PROJECT_AMOUNTS}
    planned = {f"by_{month}": form.linked_field(f"planned/{month}") for month in PLAN_MONTHS}
    return {
        "number": Formula(f'=IFERROR(IF(ISNUMBER({form.result("points")}),{number},""),"")'),
        "code": form.linked_field("code"),
        "name": cross_sheet.linked_value(form["name"], say("status.gone")),
        "unit": form.linked_field("unit.code"),
        **amounts,
        **planned,
        "indicators": cross_sheet.linked_value(form.result("count/indicators")),
        **_checked(form),
        **{
            kind: cross_sheet.linked_value(form.result(f"count/{kind}"), "")
            for kind in BENEFIT_KINDS
        },
    }


def _checked(form: SheetAddresses) -> dict[str, Any]:
    """The status of a sheet and how many of its checks fire, as formulas."""
    return {
        "status": cross_sheet.linked_value(form.result("status"), say("status.gone")),
        "points": cross_sheet.linked_value(form.result("points")),
    }


def _named_by_hand(here: SheetAddresses, position: int) -> dict[str, Any]:
    """The line of a sheet whose title people write into the line, blank until they do."""
    title = here.item("projects/name", position)

    def looked_up(formula: str, otherwise: str = "") -> Formula:
        return Formula(f'=IF({title}="","",IFERROR({formula},{literal(otherwise)}))')

    def named_cell(name: str) -> str:
        return f"INDEX(INDIRECT({sheet_of(title, name)}),1)"

    numbers = {
        key: looked_up(of_named_sheet(title, key)) for key in (*SUMMARY_SUMS, *COUNTED_STATUSES)
    }
    there = f"{of_named_sheet(title, 'count')}=1"
    unit = f'{named_cell(FIELD_PREFIX + "unit")}&""'
    return {
        "number": looked_up(f'IF({there},{position + 1},"")'),
        "code": looked_up(f'{named_cell(FIELD_PREFIX + "code")}&""'),
        "unit": looked_up(unit_code(unit)),
        "indicators": looked_up("+".join(of_named_sheet(title, kind) for kind in BENEFIT_KINDS)),
        "status": looked_up(f'{named_cell(AID + "status")}&""', say("status.no_sheet")),
        **numbers,
    }


def _unit(here: SheetAddresses, department: SheetAddresses, place: int) -> dict[str, Any]:
    """A unit's line: what the line `place` of the department's list says, and its sums."""
    code = here.item("units/code", place - 1)

    def of_unit(formula: str) -> Formula:
        return Formula(f'=IF({code}="","",{formula})')

    keys = [key for key in ("code", "name") if department.has(f"units/{key}")]
    lookups = {key: f"INDEX({department.result(f'units/{key}')},{place})" for key in keys}
    listed = {key: Formula(f'=IFERROR({text}&"","")') for key, text in lookups.items()}
    sums = {key: of_unit(f"ROUND({over_all_sheets(key, place)},2)") for key in SUMMARY_SUMS}
    counts = {key: of_unit(over_all_sheets(key, place)) for key in ("count", *COUNTED_STATUSES)}
    return {**listed, **sums, **counts, "status": of_unit(_worst(place))}


def _worst(place: int) -> Text:
    """The gravest status among the sheets of a unit, in one word."""
    cases = [
        (more(over_all_sheets(key, place), number(0)), say(f"status.{key}"))
        for key in COUNTED_STATES
    ]
    return first_word(cases, say("status.good"))


def _rest(here: SheetAddresses) -> dict[str, Any]:
    keys = [key for key in SUMMARY_SUMS if here.has(f"total/{key}")]
    sums = {
        key: cross_sheet.rest(here[f"total/{key}"], here.column(f"units/{key}")) for key in keys
    }
    counts = {
        key: Formula(f"={here[f'total/{key}']}-SUM({here.column(f'units/{key}')})")
        for key in ("count", *BENEFIT_KINDS)
    }
    amiss = differ(Number(here["rest/count"]), number(0))
    points = Formula(f"={over_all_sheets('points')}-SUM({here.column('units/points')})")
    status = first_word([(amiss, say("status.faulty"))], say("status.good"))
    return {**sums, **counts, "points": points, "status": Formula(f"={status}")}


def _total(here: SheetAddresses, unit_lines: int) -> dict[str, Any]:
    return {
        **{key: Formula(f"=ROUND({over_all_sheets(key)},2)") for key in SUMMARY_SUMS},
        **{key: Formula(f"={over_all_sheets(key)}") for key in ("count", *BENEFIT_KINDS)},
        "points": Formula(f"={over_all_sheets('points')}+N({here['own/points']})"),
        "status": Formula(
            f"=IFERROR({_overall(here, unit_lines)},{literal(say('status.broken'))})"
        ),
    }


def _overall(here: SheetAddresses, unit_lines: int) -> Text:
    """One word for the whole workbook: of all project sheets, the department's and the rest."""
    department, rest = Text(here["own/status"]), Text(here["rest/status"])

    def counts_any(key: str) -> Boolean:
        return more(over_all_sheets(key), number(0))

    sound = any_of(status_text(department, "good"), status_text(department, "doubt"))
    cases = [
        (foreign_numbers(Number(here["total/count"]), unit_lines), say("status.broken")),
        (more(_outside(here), number(0)), say("status.unlisted")),
        (
            any_of(counts_any("incomplete"), status_text(department, "incomplete")),
            say("status.incomplete"),
        ),
        (
            any_of(counts_any("faulty"), negated(sound), negated(status_text(rest, "good"))),
            say("status.faulty"),
        ),
        (any_of(counts_any("doubt"), status_text(department, "doubt")), say("status.doubt")),
    ]
    return first_word(cases, say("status.good"))


def _unlisted(here: SheetAddresses) -> Number:
    """How many project sheets are counted but have no line."""
    return minus(Number(here["total/count"]), _listed(here))


def _outside(here: SheetAddresses) -> Number:
    """How many project sheets have a line but were moved to where no sum over sheets reaches."""
    return minus(_listed(here), Number(here["total/count"]))


def _listed(here: SheetAddresses) -> Number:
    """How many lines of the table of projects have a sheet: those that show a number."""
    return Number(f"COUNT({here.column('projects/number')})")


def _hint(here: SheetAddresses, unit_lines: int) -> Formula:
    """How to use the summary, or what is to be done about sheets that it does not list."""
    cases = [
        (
            foreign_numbers(Number(here["total/count"]), unit_lines),
            text(say("summary.disturbed", column=letters(START))),
        )
    ]
    for key, many in (("summary.outside", _outside(here)), ("summary.unlisted", _unlisted(here))):
        before, after = (text(part) for part in say(key, n="\0").split("\0"))
        cases.append((more(many, number(0)), Text(f"{before}&({many})&{after}")))
    return Formula(f"={first_case(cases, text(say('summary.hint')))}")
