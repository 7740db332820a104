"""Whether all the parts are there: of the document, an activity, a project, an indicator."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.editions import Traits
from xlperf.record import Activity, Department, Indicator, Project, is_error
from xlperf.rules.core import ERROR, INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.families.document.structure_formulas import (
    HAS_INDICATORS,
    NONE_LISTED,
    OF_INDICATORS,
    OUTPUT_MISSING,
    REQUIRED_TEXTS,
    STANDS_RIGHT,
    blank_fields,
    none_at_first,
)
from xlperf.rules.formulas.native import NO_LINE, both, by_cell, either, no, not_blank, one_of
from xlperf.rules.formulas.shown_values import LAST_YEAR
from xlperf.rules.memo import once
from xlperf.rules.message_facts import Word, field_label, label, listed, project_label
from xlperf.rules.profiles import Profile
from xlperf.rules.text.indicator_traits import values_under
from xlperf.rules.text.levels import (
    FIRST_LEVELS,
    OUTPUTS,
    first_or_implied,
    kinds_of,
    names_under,
    second_level,
    stands_right,
)


@rule(
    "STR001",
    ERROR,
    source="88/standard-form",
    fields="overall_goal",
    native=not_blank("overall_goal"),
)
def overall_goal_missing(department: Department) -> Iterator[Hit]:
    """The department has no overall goal.

    **Why**: the activities and the projects are judged by what they do for it.
    **Bad**: the section is there, but empty.
    **Good**: one paragraph that says what the department will have reached by the end of the year.
    """
    if not department.overall_goal:
        yield hit("overall_goal")


@rule(
    "STR002",
    ERROR,
    source="88/completeness; hebei-form",
    native=by_cell("activities safeguards", NONE_LISTED, blank=True),
)
def section_missing(department: Department) -> Iterator[Hit]:
    """A section of the document is missing: activities, safeguards or projects.

    **Why**: the document is approved as a whole: goals, how they are safeguarded, and the money.
    **Bad**: goals and projects, but no safeguards.
    **Good**: all sections are there, in the printed order.
    """
    for key in ("activities", "safeguards", "projects"):
        if not getattr(department, key):
            yield hit(key, section=field_label((key,)))


@rule(
    "STR004",
    ERROR,
    source="88/completeness",
    native=by_cell("name goal", '{it}=""', blank=True)
    + by_cell("indicators", "NOT({measured})", blank=True),
)
def activity_not_whole(activity: Activity) -> Iterator[Hit]:
    """An activity has no name, no goal or no indicator.

    **Why**: an activity without a goal cannot be reached, one without an indicator not be measured.
    **Bad**: a heading and a goal, no indicator.
    **Good**: a heading, a goal and its indicators.
    """
    for key in ("name", "goal", "indicators"):
        if not getattr(activity, key):
            name = label(activity.name, activity.path, "activity")
            yield hit(key, activity=name, field=field_label(("activities", key)))


@rule("STR005", WARNING, source="habit")
def few_indicators_of_an_activity(activity: Activity, profile: Profile) -> Iterator[Hit]:
    """An activity has fewer indicators than is usual at this place.

    **Why**: where every activity has three indicators, one with less stands out at the review.
    **Bad**: one indicator where three are usual.
    **Good**: three indicators that say different things.
    """
    count, usual = len(activity.indicators), profile["indicators_per_activity"]
    if 0 < count < usual:
        name = label(activity.name, activity.path, "activity")
        yield hit("indicators", activity=name, count=count, usual=usual)


@rule("STR006", ERROR, source="88/standard-form", native=REQUIRED_TEXTS)
def required_fieldblank_fields(project: Project, traits: Traits) -> Iterator[Hit]:
    """A required field of a project's form is blank.

    **Why**: a project without code, budget, purpose, plan, goals or indicators cannot be entered
    into the budget.
    **Bad**: the form has no purpose.
    **Good**: every field is filled in; other funds may be blank where fiscal funds are all of it.
    """
    for key in blank_fields(project, traits.required.get("projects", ())):
        yield hit(key, project=project_label(project), field=field_label(("projects", key)))


@rule(
    "STR008",
    ERROR,
    source="88/indicator-kinds; 10/completeness",
    native=by_cell(
        "indicators", both(HAS_INDICATORS, either(*map(none_at_first, FIRST_LEVELS))), levels=True
    ),
)
def first_level_missing(project: Project, traits: Traits) -> Iterator[Hit]:
    """A project lacks output, benefit or satisfaction indicators altogether.

    **Why**: a project is judged by what it makes, what that is good for, and what people say of it.
    **Bad**: output indicators only.
    **Good**: output, benefit and satisfaction indicators.
    """
    result = _first_levels(project)
    for kind in (kind for kind in FIRST_LEVELS if kind in kinds_of(traits)):
        if project.indicators and kind not in result:
            missing = Word(f"level.{kind}")
            yield hit("indicators", project=project_label(project), level=missing)


@once
def _first_levels(project: Project) -> set[str]:
    """The kinds of first levels that a project's indicators stand under."""
    return set(map(first_or_implied, project.indicators))


@rule(
    "STR009",
    WARNING,
    source="88/indicator-kinds; 101/indicator-kinds",
    native=by_cell("indicators", OUTPUT_MISSING, levels=True),
)
def kind_of_output_missing(project: Project) -> Iterator[Hit]:
    """A project's output indicators lack quantity, quality, timeliness or cost.

    **Why**: how much, how well, by when and for how much money: one without the others says little.
    **Bad**: quantity and quality, but no word on time or cost.
    **Good**: all four; cost may be a first level of its own.
    """
    firsts = _first_levels(project)
    levels = set(map(second_level, project.indicators)) | ({"cost"} & firsts)
    for kind in OUTPUTS:
        if "output" in firsts and kind not in levels:
            missing = Word(f"level.{kind}")
            yield hit("indicators", project=project_label(project), level=missing)


@rule(
    "STR010",
    ERROR,
    source="88/indicator-kinds; 101/indicator-kinds",
    native=by_cell(
        "indicators/level2", both('{level1}<>""', '{level2}<>""', no(STANDS_RIGHT)), levels=True
    ),
)
def second_level_under_wrong_first(project: Project, traits: Traits) -> Iterator[Hit]:
    """A second level is none of those that stand under its first level.

    **Why**: the levels are fixed words; weights and totals go by them.
    **Bad**: timeliness under benefit.
    **Good**: timeliness under output.
    """
    for indicator in project.indicators:
        below = traits.levels.get(indicator.level1, ())
        right = indicator.level2 in below or stands_right(indicator)
        if indicator.level1 and indicator.level2 and not right:
            path = (*indicator.path[len(project.path) :], "level2")
            facts: Facts = {"level1": indicator.level1, "level2": indicator.level2}
            yield hit(*path, **facts, allowed=listed(names_under(indicator, traits)))


@rule(
    "STR011",
    ERROR,
    source="88/completeness",
    native=by_cell(" ".join(OF_INDICATORS), '{it}=""', blank=True, required=True),
)
def part_of_indicatorblank_fields(indicator: Indicator, traits: Traits) -> Iterator[Hit]:
    """A part of an indicator is blank: its levels, name, description, target or basis.

    **Why**: an indicator is a name, what it means, the value to reach and why that value.
    **Bad**: a name without a target.
    **Good**: every column of the row is filled in.
    """
    required = traits.required.get(f"{indicator.path[0]}/indicators", ())
    if all(values_under(required)(indicator)):
        return  # as nearly always, and seen in one go
    for key in required:
        if not indicator.text(key):
            name = label(indicator.name, indicator.path, "indicator")
            yield hit(key, indicator=name, field=field_label((*indicator.path, key)))


@rule("STR012", WARNING, source="habit")
def few_goals_of_a_project(project: Project, profile: Profile) -> Iterator[Hit]:
    """A project has fewer goals than is usual at this place.

    **Why**: where projects have three goals, one with a single goal has mostly left some out.
    **Bad**: one goal where three are usual.
    **Good**: three goals, each of them with an indicator.
    """
    count, usual = len(project.goals), profile["goals_per_project"]
    if 0 < count < usual:
        yield hit("goals", project=project_label(project), count=count, usual=usual)


@rule(
    "STR024",
    ERROR,
    source="88/completeness",
    native=by_cell("unit", both('{unit.code}<>""', f"{{unit.line}}>={NO_LINE}"), of="projects"),
)
def unit_not_listed(department: Department) -> Iterator[Hit]:
    """A project names a unit that is not in the list of units.

    **Why**: its money would be in no unit's total.
    **Bad**: the project's unit is 410009, the units are 410001 and 410002.
    **Good**: the project's unit is one of the units.
    """
    for project in department.projects:
        if project.unit and project.unit not in department.unit_names():
            yield hit(*project.path, "unit", project=project_label(project), unit=project.unit)


@rule(
    "STR025",
    INFO,
    source="form",
    native=by_cell("", no(one_of("{code}", "{all/unit}")), of="units"),
)
def unit_without_projects(department: Department) -> Iterator[Hit]:
    """A unit of the list has no project.

    **Why**: it may be right, or its forms were forgotten, or a project names another unit's code.
    **Bad**: three units are listed, the projects belong to two of them.
    **Good**: every unit has a project, or is not listed.
    """
    unit_codes = {project.unit for project in department.projects}
    for unit in department.units if department.projects else ():
        if unit.code not in unit_codes:
            yield hit(*unit.path, unit=label(unit.name or unit.code, unit.path, "unit"))


@rule(
    "STR026",
    WARNING,
    source="88/completeness",
    native=not_blank("region/code department/code department/name")
    + by_cell(
        "fiscal_year",
        f"OR({{fiscal_year.number}}=0,{{fiscal_year.number}}>{LAST_YEAR})",
        blank=True,
    ),
)
def document_does_not_say_whose_it_is(department: Department) -> Iterator[Hit]:
    """The document does not say its budget year, department or region.

    **Why**: amounts, codes and totals belong to one year, one department and one region; without
    them the document cannot be compared or totalled.
    **Bad**: no budget year.
    **Good**: year, name and code of the department, and its region are filled in.
    """
    fields: tuple[tuple[str, object], ...] = (
        ("fiscal_year", _year(department)),
        ("region/code", department.region_code),
        ("department/code", department.code),
        ("department/name", department.name),
    )
    for path, value in fields:
        if not value or is_error(value):
            unread = path == "fiscal_year" and department.raw.get(path)
            year_note = Word("rule_part.year_written") if unread else ""
            yield hit(*path.split("/"), field=field_label((path,)), written=year_note)


def _year(department: Department) -> int | None:
    year = department.year
    return None if year is None or year > LAST_YEAR else year
