"""Whether an indicator's description explains it: how it is counted, not its name once more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from xlperf.record import Activity, Department, Indicator, Project
from xlperf.rules.core import INFO, WARNING, Facts, Fix, Hit, hit, rule
from xlperf.rules.families.indicators.description_advice import Explanation, how_to_explain
from xlperf.rules.message_facts import Word, label, listed, project_label, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.indicator_traits import is_ratio
from xlperf.rules.text.similarity import quoted_name
from xlperf.rules.text.text_fields import DIGIT, bare, begin_apart, content
from xlperf.targets import parse

METHODS = ("before_methods", "methods")  # the lists of what a method begins with
NEW_SIGNS = 1  # so few characters that the name does not have say nothing new
LONGEST_METHOD = 60  # characters of a description that may be a method only
LONGEST_TARGET_DESCRIPTION = 12  # characters of a description that may be a target
INDICATORS_IN_MESSAGE = 3  # indicators named in one message


@rule("TXT603", WARNING, source="88/clarity")
def description_is_the_name(indicator: Indicator) -> Iterator[Hit]:
    """A description is the indicator's name once more.

    **Why**: the description is there to say what is counted and how; whoever fills in the result
    in December has to guess.
    **Bad**: completion rate: completion rate.
    **Good**: completion rate: projects finished in the year, as a share of the projects planned.
    """
    if _same(indicator):
        yield hit("description", name=quoted_name(indicator), how_to_explain=_how(indicator))


def _how(indicator: Indicator) -> Explanation:
    return how_to_explain(indicator.name, quoted_name(indicator))


def _same(indicator: Indicator) -> bool:
    if begin_apart(indicator.name, indicator.description):
        return False
    bare_name = bare(indicator.name)
    return bool(bare_name) and bare_name == bare(indicator.description)


@rule("TXT617", INFO, source="88/clarity")
def description_hardly_more_than_the_name(indicator: Indicator) -> Iterator[Hit]:
    """A description says the name in other words and nothing more.

    **Why**: "reflects the state of" adds no information; what is counted is still open. A
    heuristic: words that say nothing aside, hardly a character is new.
    **Bad**: quality of works: reflects the quality of the works.
    **Good**: quality of works: works accepted at the first inspection, as a share of all.
    """
    description = indicator.description
    if not description or not indicator.name or _says_how(description):
        return
    if not _same(indicator) and not _method_only(description) and not _news(indicator):
        facts: Facts = {"description": shorten(description), "how_to_explain": _how(indicator)}
        yield hit("description", name=quoted_name(indicator), **facts)


def _says_how(description: str) -> bool:
    """Whether a description calculates: a number in it, or a word such as "divided by"."""
    if DIGIT.search(description) or lexicon.first(description, "calculated"):
        return True
    return any(map(str.isdigit, description))  # other signs for digits, such as ②


def _news(indicator: Indicator) -> bool:
    """Whether a description has at least a few characters that the name does not have."""
    new = set(content(indicator.description, "adds_nothing")) - set(bare(indicator.name))
    points = indicator.description.startswith(lexicon.words("points_at_the_name"))
    return len(new) > NEW_SIGNS + points


@rule("TXT638", WARNING, source="88/clarity")
def target_for_a_description(indicator: Indicator) -> Iterator[Hit]:
    """A description is a number with its unit, as a target is.

    **Why**: what is counted is still open; mostly the columns were confused.
    **Bad**: description "≥48 events".
    **Good**: description "events that were held with money of this project".
    """
    description = indicator.description
    if len(description) <= LONGEST_TARGET_DESCRIPTION and parse(description).kind in (
        "number",
        "percent",
        "range",
    ):
        facts: Facts = {"description": shorten(description), "how_to_explain": _how(indicator)}
        yield hit("description", name=quoted_name(indicator), **facts)


@rule("TXT604", WARNING, source="88/clarity")
def description_is_a_method(indicator: Indicator) -> Iterator[Hit]:
    """A description names only how something is found out, not what.

    **Why**: a survey may ask anything; what its share is taken of is not said.
    **Bad**: satisfaction: questionnaire.
    **Good**: satisfaction: people who chose "satisfied", as a share of valid questionnaires.
    """
    if _method_only(indicator.description):
        facts: Facts = {"description": shorten(indicator.description)}
        facts["how_to_explain"] = _how(indicator)
        yield hit("description", name=quoted_name(indicator), **facts)


def _method_only(description: str) -> bool:
    if description.lstrip()[:1] not in _begin_methods():
        return False  # as nearly all are
    text = "".join(description.split()).rstrip("。.；;")
    short = len(text) <= LONGEST_METHOD and lexicon.holds(text, METHODS[-1])
    return short and bool(_methods().fullmatch(text))


@cache
def _begin_methods() -> frozenset[str]:
    return frozenset(word[0] for name in METHODS for word in lexicon.words(name))


@cache
def _methods() -> re.Pattern[str]:
    """A pattern for texts that name methods of checking and nothing else (up to six of them)."""
    before, method = map(lexicon.any_word_source, METHODS)
    going_on = ("after_methods", "between_methods")
    after, between = map(lexicon.source, going_on)
    phrase = f"(?:{before})*(?:{method}){after}*"
    return re.compile(f"{phrase}(?:{between}?{phrase}){{0,5}}")


@rule("TXT605", WARNING, source="88/clarity", needs="description/between_sides")
def ratio_without_one_side(indicator: Indicator) -> Iterator[Hit]:
    """A description says "as a share of", but not of what, or not what is a share.

    **Why**: a share needs both: what is counted, and the whole that it is a part of.
    **Bad**: "as a share of all applications"; "applications decided as a share".
    **Good**: "applications decided in time as a share of all applications".
    """
    if _only_one_side(indicator.description):
        description = shorten(indicator.description)
        yield hit("description", name=quoted_name(indicator), description=description)


def _only_one_side(description: str) -> bool:
    if lexicon.words("between_sides")[0] not in description:
        return False
    of_something = lexicon.pattern("ratio_from_its_start").match(description)
    return bool(of_something or lexicon.pattern("ratio_of_nothing").search(description))


@rule(
    "TXT629",
    INFO,
    source="88/clarity",
    needs="description/between_sides",
    fix="unsafe",
)
def ratio_sentence_not_ended(indicator: Indicator) -> Iterator[Hit]:
    """A description of a ratio stops after its second side.

    **Why**: "A as a part of B" is no sentence; that the ratio of the two is meant should be said.
    **Bad**: "rent collected against rent due".
    **Good**: "the ratio of rent collected to rent due".
    """
    if not parse(indicator.target).is_percent and not is_ratio(indicator.name):
        return
    text = indicator.description.rstrip("。；;. ")
    match = lexicon.pattern("ratio_sentence").search(text)
    if match and not match["whole"].endswith(lexicon.words("ratio_sentence_ends")):
        fix = Fix(text + lexicon.words("end_of_a_ratio_sentence")[0], safe=False)
        yield hit("description", name=quoted_name(indicator), description=shorten(text), fix=fix)


@rule(
    "TXT612",
    WARNING,
    source="88/relevance",
    of="percent range",
    needs="description/questions",
)
def yes_or_no_in_percent(indicator: Indicator) -> Iterator[Hit]:
    """A description asks whether something is so, but the target is a percentage.

    **Why**: the answer is yes or no; 90 percent of a yes cannot be reached or missed.
    **Bad**: "whether the system meets the requirements": at least 90%.
    **Good**: the same, and "yes"; or "checks passed as a share of all checks": at least 90%.
    """
    question = lexicon.first(indicator.description, "questions")
    if not question or lexicon.holds(indicator.description, "calculated"):
        return
    target = parse(indicator.target)
    if target.is_percent:
        facts: Facts = {"asked": question, "target": shorten(target.source_text)}
        yield hit("description", name=quoted_name(indicator), **facts)


@rule("TXT616", INFO, source="101/values")
def percentage_not_explained(department: Department) -> Iterator[Hit]:
    """Indicators in percent do not say which number is divided by which.

    **Why**: a rate of completion may count tasks, money or people; two people would calculate two
    results. Told once an activity or project, with the names.
    **Bad**: completion rate: work is completed as planned.
    **Good**: completion rate: tasks done as a share of tasks planned.
    """
    owners: list[Activity | Project] = [*department.activities, *department.projects]
    for owner in owners:
        silent = [indicator for indicator in owner.indicators if _percentage_unexplained(indicator)]
        if silent:
            names = [quoted_name(item) for item in silent[:INDICATORS_IN_MESSAGE]]
            more = Word("rule_part.and_more") if len(silent) > INDICATORS_IN_MESSAGE else ""
            facts: Facts = {"names": listed(names), "more": more, "count": len(silent)}
            yield hit(*owner.path, "indicators", owner=_owner_label(owner), **facts)


def _percentage_unexplained(indicator: Indicator) -> bool:
    if not parse(indicator.target).is_percent or not is_ratio(indicator.name):
        return False
    if not indicator.description or _says_how(indicator.description):
        return False
    # else TXT603, TXT604, TXT617 have said so
    return not _method_only(indicator.description) and _news(indicator)


def _owner_label(owner: Activity | Project) -> str | Word:
    if isinstance(owner, Project):
        return project_label(owner)
    return label(owner.name, owner.path, "activity")
