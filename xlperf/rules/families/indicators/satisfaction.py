"""Whether satisfaction is asked of the right people, and where satisfaction belongs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from xlperf.record import Indicator, Project
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Word, project_label
from xlperf.rules.text import lexicon
from xlperf.rules.text.indicator_traits import is_satisfaction
from xlperf.rules.text.levels import first_level, first_or_implied
from xlperf.rules.text.quoting import known_as
from xlperf.rules.text.similarity import quoted_name
from xlperf.rules.text.text_fields import content


@rule("TYP506", WARNING, source="88/indicator-kinds", needs="names/satisfaction")
def own_staff_asked_for_their_satisfaction(project: Project) -> Iterator[Hit]:
    """Satisfaction is asked of the unit's own staff, though the project serves others.

    **Why**: satisfaction is the judgement of those a project is for. Where it is for the staff
    (pay, care, offices, cars, equipment, training, running costs) they are the right ones.
    **Bad**: repair of village roads: satisfaction of our unit's staff.
    **Good**: repair of village roads: satisfaction of villagers along the roads.
    """
    for indicator in project.indicators:
        staff = _own_staff(indicator.name) if is_satisfaction(indicator.name) else ""
        if staff and not _for_own_staff(project):
            path = (*indicator.path[len(project.path) :], "name")
            facts: Facts = {"asked": staff, "project": project_label(project)}
            yield hit(*path, name=quoted_name(indicator), **facts)


@lru_cache(maxsize=4096)
def _own_staff(name: str) -> str:
    """The words of a name by which one's own staff are asked; "" for none."""
    if lexicon.holds(name, "users_of_equipment"):
        return ""
    alone = ""
    if name in lexicon.words("own_staff_alone"):
        alone = known_as(lexicon.pattern("end_of_satisfaction").sub("", name), name)
    match = lexicon.pattern("our_own_people").search(name)
    return lexicon.first(name, "own_staff") or alone or (match[0] if match else "")


def _for_own_staff(project: Project) -> bool:
    """Whether one's own people are those whom it serves: its name says so, or nothing says more.

    A name that speaks of the public or of public works is stronger than a purpose that buys
    equipment; pay and care of one's own people in the name are stronger than both.
    """
    name = project.name
    if lexicon.holds(name, "paid_or_cared_for") or lexicon.holds(project.purpose, "payroll"):
        return True
    for_work = name.endswith(lexicon.words("money_for_work"))
    if lexicon.holds(name, "public_works") and not for_work:
        return False
    texts = (project.purpose, *project.goals)
    serves = any(lexicon.pattern("serves_the_public").search(text) for text in texts)
    for_staff = any(lexicon.holds(text, "for_own_staff") for text in (name, *texts))
    return for_staff and not (serves and not lexicon.holds(name, "for_own_staff"))


@rule("TYP507", WARNING, source="88/indicator-kinds", needs="name/satisfaction")
def nobody_named_as_satisfied(indicator: Indicator) -> Iterator[Hit]:
    """A satisfaction indicator says nowhere, not even in its description, whose it is.

    **Why**: without the people who are asked there is no survey, and no result.
    **Bad**: satisfaction ≥95%.
    **Good**: satisfaction of tenants ≥95%.
    """
    nobody = is_satisfaction(indicator.name) and not _whose(indicator.name)
    if nobody and not lexicon.holds(indicator.description, "persons"):
        yield hit("name", name=quoted_name(indicator))


@rule("TYP517", INFO, source="88/indicator-kinds", needs="name/satisfaction")
def anybody_named_as_satisfied(indicator: Indicator) -> Iterator[Hit]:
    """A satisfaction indicator asks "those served" without saying who they are.

    **Why**: every project serves somebody; the survey needs to know whom to ask.
    **Bad**: satisfaction of those served: by questionnaire.
    **Good**: satisfaction of parents of the kindergarten's children.
    """
    anybody = lexicon.words("nobody_in_particular")
    if is_satisfaction(indicator.name) and _whose(indicator.name) in anybody:
        described = _without(indicator.description, anybody)
        if not lexicon.holds(described, "persons"):
            whose = lexicon.first(indicator.name, "nobody_in_particular")
            yield hit("name", name=quoted_name(indicator), whose=whose)


@lru_cache(maxsize=4096)
def _whose(name: str) -> str:
    """What a satisfaction's name says besides satisfaction: whose it is; "" for none."""
    return content(name, "satisfaction_generic")


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    return text


@rule("TYP515", WARNING, source="88/indicator-kinds", needs="name/satisfaction")
def satisfaction_under_another_level(indicator: Indicator) -> Iterator[Hit]:
    """A satisfaction indicator stands under output, benefit or cost.

    **Why**: satisfaction is a first level of its own, with a weight of its own.
    **Bad**: output, quality: satisfaction of trainees ≥90%.
    **Good**: satisfaction: satisfaction of trainees ≥90%.
    """
    first = first_or_implied(indicator)
    has_word = is_satisfaction(indicator.name)
    plainly = has_word and lexicon.ends(indicator.name, "satisfaction_endings")
    if first in ("output", "benefit", "cost") and plainly:
        yield hit("name", name=quoted_name(indicator), level=_level(indicator, first))


def _level(indicator: Indicator, first: str) -> str | Word:
    if first_level(indicator):
        return indicator.level1
    return Word("rule_part.kind_cost" if first == "cost" else f"level.{first}")


@rule("TYP516", WARNING, source="88/indicator-kinds", of="satisfaction")
def no_satisfaction_under_satisfaction(indicator: Indicator) -> Iterator[Hit]:
    """An indicator under satisfaction asks nobody's opinion.

    **Why**: ten points go by what people say of the project; another indicator there takes them.
    **Bad**: satisfaction: completion of the work ≥95%.
    **Good**: satisfaction: satisfaction of residents ≥95%.
    """
    if not indicator.name:
        return
    texts = (indicator.name, indicator.description)
    if not any(lexicon.holds(text, "opinion") for text in texts):
        yield hit("name", name=quoted_name(indicator))
