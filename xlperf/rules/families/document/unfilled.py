"""Whether a form was filled in at all: what is wholly blank is said once, not cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import PLAN_MONTHS, PROJECT_AMOUNTS, Indicator, Project, is_blank
from xlperf.rules.core import ERROR, Facts, Hit, hit, rule
from xlperf.rules.message_facts import project_label

# of an indicator; its levels may be printed
INDICATOR_INPUTS = ("name", "description", "target", "basis")


@rule("STR040", ERROR, source="88/completeness")
def form_not_filled_in(project: Project) -> Iterator[Hit]:
    """A project's form has not been filled in.

    **Why**: an empty form says nothing of its project; saying of each of its cells that it is
    blank would hide what is wrong elsewhere. Said once; its code, its name, its unit and the
    printed levels of indicators may be there.
    **Bad**: a form with a name and nothing else.
    **Good**: the form is filled in, or taken out.
    """
    if not is_begun(project):
        yield hit("purpose", project=project_label(project))


@rule("STR041", ERROR, source="88/completeness")
def rows_not_filled_in(project: Project) -> Iterator[Hit]:
    """Rows of indicators have nothing in them but their levels.

    **Why**: a second level without an indicator is not assessed. Said once for all such rows.
    **Bad**: the form is filled in, four of its nine rows are blank.
    **Good**: every row has an indicator, or is cleared with its levels.
    """
    blank = [indicator for indicator in project.indicators if not _has_words(indicator)]
    if blank and is_begun(project):
        first, *others = ((*item.path[len(project.path) :], "name") for item in blank)
        facts: Facts = {"count": len(blank), "total": len(project.indicators)}
        yield hit(*first, project=project_label(project), also=others, **facts)


def is_begun(project: Project) -> bool:
    """Whether anything but code, name, unit and levels was filled in on a project's form."""
    raw = project.raw
    plan = raw.get("spending_plan")
    planned = not is_blank(plan) and not isinstance(plan, dict)
    if isinstance(plan, dict):
        planned = any(not is_blank(plan.get(month)) for month in PLAN_MONTHS)
    amounts = any(not is_blank(raw.get(key)) for key in PROJECT_AMOUNTS)
    texts = bool(project.purpose) or any(project.goals)
    return planned or amounts or texts or any(map(_has_words, project.indicators))


def _has_words(indicator: Indicator) -> bool:
    return any(getattr(indicator, key) for key in INDICATOR_INPUTS)
