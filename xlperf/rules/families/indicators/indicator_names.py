"""Whether an indicator's name is that of something measurable: a noun, short, one thing."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.record import Indicator
from xlperf.rules.core import INFO, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Word, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.indicator_traits import is_satisfaction
from xlperf.rules.text.levels import BENEFITS, second_level
from xlperf.rules.text.similarity import quoted_name
from xlperf.rules.text.text_fields import DIGIT
from xlperf.targets import Target, parse

LONGEST_INDICATOR_NAME = 20  # of one thing that is measured
LONGEST_VALUE = 30  # characters at a name's end that may be a value
SIGNS_OF_A_TASK = (
    "name/tasks_alone name/ends_of_methods name/promises name/ends_of_tasks name/done_to_something"
)


@rule("TYP509", WARNING, source="88/sound-indicators", needs=SIGNS_OF_A_TASK)
def task_for_an_indicator(indicator: Indicator) -> Iterator[Hit]:
    """An indicator's name says what is to be done, not what is measured.

    **Why**: nobody can tell what 95 percent of "ensure that..." is. Seen by how the name begins or
    ends; names that end in something measurable, and tasks with a counted target, are left alone.
    Benefits are TYP518.
    **Bad**: "ensure that no faulty car is on the road" ≥95%.
    **Good**: "cars without a fault" ≥95%.
    """
    benefit = second_level(indicator) in BENEFITS
    sign = "" if benefit else _sign_of_a_task(indicator.name, indicator.target)
    if sign:
        yield hit("name", name=quoted_name(indicator), sign=sign)


@rule(
    "TYP518",
    INFO,
    source="88/sound-indicators",
    of="economic social ecological sustained",
    needs=SIGNS_OF_A_TASK,
)
def task_for_a_benefit(indicator: Indicator) -> Iterator[Hit]:
    """A benefit's name says that something is to be promoted or improved, not what is measured.

    **Why**: usual, and allowed with graded targets, but "promote" cannot be measured; the degree or
    the rate of it can.
    **Bad**: "raise the efficiency of work".
    **Good**: "working days saved for each application".
    """
    sign = _sign_of_a_task(indicator.name, indicator.target)
    if sign:
        yield hit("name", name=quoted_name(indicator), sign=sign)


def _sign_of_a_task(name: str, target: str) -> str:
    """The word by which a name is that of a task, "" if it is not."""
    if lexicon.ends(name, "measurable") and not lexicon.ends(name, "not_measurable"):
        return ""
    name = lexicon.without_brackets(name)
    if name in lexicon.words("tasks_alone"):
        return name
    adverb = ""
    if name.startswith(lexicon.words("adverbs")):
        adverb = next(word for word in lexicon.words("adverbs") if name.startswith(word))
        name = name[len(adverb) :]
    if name.endswith(lexicon.words("ends_of_methods")):
        method = next(end for end in lexicon.words("ends_of_methods") if name.endswith(end))
        return "" if _is_count_target(parse(target)) else method
    if is_satisfaction(name):
        return ""
    if match := lexicon.pattern("done_to").match(name):
        return shorten(match[0])
    slogan = adverb in lexicon.words("adverbs_of_slogans") and bool(adverb)
    return "" if _is_count_target(parse(target)) and not slogan else _promise(name)


def _promise(name: str) -> str:
    """The word of a name that promises something or ends as tasks do, "" if it has none."""
    promises, ends = lexicon.words("promises"), lexicon.words("ends_of_tasks")
    if name.startswith(promises) and not name.startswith(lexicon.words("begin_a_thing")):
        return next(word for word in promises if name.startswith(word))
    return next((word for word in ends if name.endswith(word)), "")


def _is_count_target(target: Target) -> bool:
    return target.kind in ("number", "range") and bool(target.unit) and not target.is_percent


@rule("TYP510", INFO, source="form")
def indicator_name_too_long(indicator: Indicator) -> Iterator[Hit]:
    """An indicator's name is longer than 20 characters, or names several things.

    **Why**: a long name mostly holds a description, or two tasks of which one target measures one.
    **Bad**: "policies are explained, plans drawn up and households visited".
    **Good**: "households visited"; the rest is in the description.
    """
    name = lexicon.without_brackets(indicator.name)
    long = len(name) > LONGEST_INDICATOR_NAME
    if not long and lexicon.pattern("may_be_between_tasks").search(name) is None:
        return  # as most
    several = lexicon.pattern("between_tasks").search(name)
    if long or several:
        facts: Facts = {"name": shorten(name), "length": len(name)}
        how = "rule_part.name_of_several" if several else "rule_part.name_long"
        yield hit("name", **facts, how=Word(how, LONGEST_INDICATOR_NAME))


@rule("TYP524", WARNING, source="88/sound-indicators", needs="name/names_of_levels")
def level_for_an_indicator(indicator: Indicator) -> Iterator[Hit]:
    """An indicator's name is that of a level, or of a column of the form.

    **Why**: "quantity" does not say what is counted; the name was never written.
    **Bad**: quantity: "quantity indicator" ≥48.
    **Good**: quantity: "events held" ≥48.
    """
    if indicator.name.strip() in lexicon.words("names_of_levels"):
        yield hit("name", name=quoted_name(indicator))


@rule("TYP519", INFO, source="form", needs="name/value_at_end")
def target_in_the_name(indicator: Indicator) -> Iterator[Hit]:
    """An indicator's name ends with a number and its unit.

    **Why**: the number belongs to the target; in the name it is one more that may disagree, and
    next year's indicator would need another name.
    **Bad**: "village officials 230 persons".
    **Good**: "village officials paid", target 230 persons.
    """
    end = indicator.name[-LONGEST_VALUE:]
    match = lexicon.pattern("value_at_end").search(end) if DIGIT.search(end) else None
    if match and match[0] != indicator.name:
        yield hit("name", name=quoted_name(indicator), value=match["value"])
