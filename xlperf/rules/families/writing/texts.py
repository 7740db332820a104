"""Whether goals and purposes say something of their own: a number, an end, what money is for."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Activity, Department, Project
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import field_label, label, project_label, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.text_fields import bare, begin_apart, content, passages_of


@rule("TXT606", WARNING, source="88/clarity")
def goal_is_the_activity_name(activity: Activity) -> Iterator[Hit]:
    """An activity's goal is its name once more.

    **Why**: a goal says what will be so at the end of the year; a heading does not.
    **Bad**: supervision of buildings: supervision of buildings.
    **Good**: supervision of buildings: every site is inspected at least twice.
    """
    if begin_apart(activity.name, activity.goal):
        return
    bare_name = bare(activity.name)
    if bare_name and bare_name == bare(activity.goal):
        yield hit("goal", activity=shorten(activity.name))


@rule("TXT618", INFO, source="88/clarity")
def goal_hardly_more_than_the_activity_name(activity: Activity) -> Iterator[Hit]:
    """An activity's goal only puts a verb before its name.

    **Why**: "do the work of renewal well" promises nothing that could be missed. A heuristic: words
    that say nothing aside, goal and name are the same.
    **Bad**: renewal of old estates: do the renewal of old estates well.
    **Good**: renewal of old estates: 12 estates are renewed by October.
    """
    bare_name, goal = bare(activity.name), bare(activity.goal)
    core = content(activity.goal, "goal_adds_nothing")
    if (
        bare_name
        and goal != bare_name
        and core == content(activity.name, "goal_adds_nothing") != ""
    ):
        yield hit("goal", activity=shorten(activity.name), goal=shorten(activity.goal))


@rule("TXT630", INFO, source="88/clarity")
def goal_is_the_project_name(project: Project) -> Iterator[Hit]:
    """A project's goal only says its name with a verb.

    **Why**: that the project is to be carried out is no goal of it. A heuristic, as TXT618.
    **Bad**: repair of shelters: the repair of shelters is carried out normally.
    **Good**: repair of shelters: 2 shelters are repaired and accepted by November.
    """
    name_words = content(project.name, "project_goal_adds_nothing")
    for position, goal in enumerate(project.goals if len(name_words) > 1 else ()):
        may_be = all(map(goal.__contains__, name_words))
        if may_be and content(goal, "project_goal_adds_nothing") == name_words:
            facts: Facts = {"project": project_label(project), "goal": shorten(goal)}
            yield hit("goals", position, **facts)


@rule("TXT611", INFO, source="88/quantified")
def goals_without_a_number(project: Project) -> Iterator[Hit]:
    """None of a project's goals has a number or a date in it.

    **Why**: goals should be quantified where that is possible; indicators then take the numbers
    from them. A year alone is no number. The overall goal is REL819.
    **Bad**: "the work of the unit goes on normally".
    **Good**: "repair 12 km of road by the end of October".
    """
    goals = [goal for goal in project.goals if goal]
    if goals and not any(map(has_quantity, goals)):
        yield hit("goals", project=project_label(project))


def has_quantity(text: str) -> bool:
    """Whether a text has a number, a share or a date in it; a year alone does not count."""
    without_years = lexicon.pattern("year_alone").sub("", text)
    return lexicon.pattern("some_quantity").search(without_years) is not None


@rule("TXT627", INFO, source="88/quantified")
def vague_goal(activity: Activity) -> Iterator[Hit]:
    """An activity's goal rests on a vague word and has no number.

    **Why**: "further improved" is true after any step, and "normally" of any year.
    **Bad**: "the abilities of the team are further improved".
    **Good**: "every member of the team passes the drill once a quarter".
    """
    word = lexicon.first(activity.goal, "vague_goals")
    if word and not has_quantity(activity.goal):
        yield hit("goal", activity=label(activity.name, activity.path, "activity"), word=word)


@rule("TXT645", INFO, source="88/quantified")
def goal_says_that_the_work_is_done(project: Project) -> Iterator[Hit]:
    """A goal of a project says only that the work of the year is done.

    **Why**: that is true of any project in any year; what will be there at its end is not said.
    **Bad**: "finish all tasks of food safety of this year".
    **Good**: "1,300 batches of food tested, the results published every quarter".
    """
    for position, goal in enumerate(project.goals):
        if lexicon.pattern("work_is_done").match(goal.strip()) and not has_quantity(goal):
            yield hit("goals", position, goal=shorten(goal), project=project_label(project))


@rule("TXT613", WARNING, source="88/completeness; 88/adequacy")
def purpose_is_the_project_name(project: Project) -> Iterator[Hit]:
    """A project's purpose is its name once more, with "used for" before it.

    **Why**: the purpose says what the money buys; the name was known already.
    **Bad**: vehicle insurance: used for vehicle insurance.
    **Good**: vehicle insurance: compulsory and commercial insurance of 3 official cars.
    """
    if _repeats_the_name(project):
        facts: Facts = {"project": project_label(project), "purpose": shorten(project.purpose)}
        yield hit("purpose", **facts)


def _repeats_the_name(project: Project) -> bool:
    bare_name, purpose = bare(project.name), bare(project.purpose)
    if not bare_name or not purpose:
        return False
    core = content(project.purpose, "purpose_adds_nothing")
    return bare_name == purpose or core == content(project.name, "purpose_adds_nothing") != ""


@rule("TXT628", INFO, source="88/adequacy")
def purpose_says_nothing(project: Project) -> Iterator[Hit]:
    """A project's purpose is true of any spending.

    **Why**: "for the normal work of the unit" does not say what is bought, so the amount cannot be
    judged. A heuristic: only words that say nothing are in it.
    **Bad**: "for the normal operation of our unit".
    **Good**: "for heating, water and cleaning of the two office buildings".
    """
    nothing = bare(project.purpose) and not content(project.purpose, "purpose_says_nothing")
    if nothing and not _repeats_the_name(project):
        facts: Facts = {"project": project_label(project), "purpose": shorten(project.purpose)}
        yield hit("purpose", **facts)


@rule("TXT622", WARNING, source="integration")
def text_longer_than_its_field(department: Department) -> Iterator[Hit]:
    """A text is longer than the field that it goes into in the integrated budget system.

    **Why**: it is cut off there, or refused. Counted with 2 bytes for a Chinese character; the
    limits are those of one vendor's tables.
    **Bad**: a project's name of 120 characters.
    **Good**: a name of 20 characters; the rest belongs to the purpose.
    """
    limits = lexicon.table("field_limits")
    least = min(limits.values()) // 2
    passages = passages_of(department)
    long = max(map(len, passages.texts), default=0) > least  # which is seldom
    for passage in passages.where(lambda text: len(text) > least) if long else ():
        limit = limits.get(passage.field)
        if limit is not None and len(passage.text) * 2 > limit:
            size = _bytes(passage.text)
            if size > limit:
                facts: Facts = {"field": field_label(passage.path), "text": shorten(passage.text)}
                yield hit(*passage.path, **facts, size=size, limit=limit, most=limit // 2)


def _bytes(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)


@rule("TXT643", WARNING, source="88/clarity")
def expenses_for_a_goal(project: Project) -> Iterator[Hit]:
    """A goal lists what the money is spent on, not what is to be reached.

    **Why**: that is the purpose; nobody can say at the end of the year whether it was reached.
    Seen by how the goal begins, where it has no number and no word for a result.
    **Bad**: goal: "includes office supplies, water, electricity and newspapers".
    **Good**: goal: "the offices of 11 villages are open on all working days".
    """
    for position, goal in enumerate(project.goals):
        if lexicon.pattern("list_of_expenses").match(goal.strip()):
            yield hit("goals", position, goal=shorten(goal), project=project_label(project))
