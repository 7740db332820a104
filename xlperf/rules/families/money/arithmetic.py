"""Whether the numbers of one text add up, and make what they make when multiplied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from xlperf.paths import RecordPath
from xlperf.record import Department, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import FactList, Word, field_label, money, shorten
from xlperf.rules.numbers.agreement import agree, measures
from xlperf.rules.numbers.mentions import Interval
from xlperf.rules.numbers.quantities import IN_YUAN, SHARE, Quantity, quantities
from xlperf.rules.numbers.sums import (
    FEW_PARTS,
    SHARE_MEANT_AS_TOTAL,
    Sum,
    burdens,
    counted_alike,
    larger_parts,
)
from xlperf.rules.numbers.texts_with_numbers import numbers_of
from xlperf.rules.numbers.things import SAME_KIND, UNRELATED, is_kin, relation, thing_of
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.counted_things import ProjectText, neat
from xlperf.rules.text.similarity import is_share_of_work

OPENING_BRACKET = "("
WHOLE_TOTAL = "100%"
MOST_ADDENDS = 12  # parts of one total that are looked at


@rule("REL840", WARNING, source="88/accuracy")
def parts_do_not_make_the_total(department: Department) -> Iterator[Hit]:
    """The parts that a text lists do not make up the total that it names.

    **Why**: one of the numbers was changed and the others were not, or something is left out;
    nobody can tell which number holds. Parts that make less than four fifths of the total are
    taken for some of many; groups that may overlap (women, party members) are left alone, but none
    is larger than the total; who bears which share bears 100% together.
    **Bad**: 620 pupils, of which 300 at primary and 280 at middle schools.
    **Good**: 580 pupils, of which 300 at primary and 280 at middle schools.
    """
    for path, place, numbers in _places(department):
        additions = _additions(numbers) if len(numbers) > 1 else iter(())
        addition = next((item for item in additions if item.off), None)
        if addition is not None:
            whole = WHOLE_TOTAL if addition.total.unit == SHARE else addition.total.source_text
            facts: Facts = {"place": place, "text": addition.passage, "whole": whole}
            parts_sum = in_figures(addition.parts_sum, addition.total)
            yield hit(*path, **facts, made=parts_sum, unit=unit_of(addition.total))
    for project in department.projects:
        for text, numbers in numbers_of(project):
            if len(numbers) > 1:
                yield from _stages(text, project)
                yield from _with_a_rest(text, project)
                yield from _enumerated(text, project)


def _places(department: Department) -> Iterator[tuple[RecordPath, object, Sequence[Quantity]]]:
    """The texts that may hold sums: path, what a message calls the place, and the quantities."""
    goals: list[tuple[RecordPath, str]] = [(("overall_goal",), department.overall_goal)]
    goals += [((*item.path, "goal"), item.goal) for item in department.activities]
    yield from ((path, field_label(path), quantities(words)) for path, words in goals)
    for project in department.projects:
        for text, numbers in numbers_of(project):
            if len(numbers) > 1:
                yield (*project.path, *text.path), text.place, numbers


def _additions(numbers: Sequence[Quantity]) -> Iterator[Sum]:
    """Every total of a text with its parts; land is not made of the floors that stand on it."""
    if lexicon.pattern("total_or_parts").search(numbers[0].text):
        additions = chain(_sums(numbers), larger_parts(numbers), burdens(numbers))
    else:
        additions = chain(burdens(numbers))
    return (item for item in additions if not lexicon.holds(item.total.head, "land"))


def _stages(text: ProjectText, project: Project) -> Iterator[Hit]:
    """Hits where the stages of a work in a text do not add up to its indicator's target."""
    staged = [
        quantity
        for quantity in quantities(text.words)
        if lexicon.pattern("stage_before").search(quantity.head) and quantity.is_planned
    ]
    for measured in measures(project) if len(staged) > 1 else ():
        parts = [item for item in staged if item.unit == measured.unit and not item.is_for_each]
        parts = [part for part in parts if relation(thing_of(part), measured.thing) == SAME_KIND]
        if len(parts) < FEW_PARTS or lexicon.holds(text.words, "cumulative"):
            continue
        addition = Sum(parts[0], tuple(parts), False)
        number = Interval(addition.parts_sum, addition.parts_sum, parts[0].operator, parts[0].step)
        if not agree(number, measured.number):
            target = shorten(f"{measured.indicator.name} {measured.target.source_text}")
            facts: Facts = {"place": text.place, "text": addition.passage, "whole": target}
            facts |= {"made": in_figures(addition.parts_sum, parts[0]), "unit": unit_of(parts[0])}
            yield hit(*project.path, *text.path, **facts)


def _enumerated(text: ProjectText, project: Project) -> Iterator[Hit]:
    """A hit where kinds of one thing that are listed are not as many as the one indicator says.

    The list stands under one act, which the indicator names too; no number of it is the target's.
    """
    listed_ = lexicon.pattern("list_of_kinds").search(neat(text.words))
    if listed_ is None:
        return
    inside = [item for item in quantities(text.words) if listed_[0].find(item.source_text) >= 0]
    unit = inside[0].spelled if inside else ""
    parts = [item for item in inside if item.spelled == unit and item.is_planned]
    about = [item for item in measures(project) if item.target.unit == unit]
    if len(about) != 1 or len(parts) < FEW_PARTS or len(parts) != len(inside):
        return
    acts = thing_of(parts[0]).acts
    addition = Sum(parts[0], tuple(parts), False)
    number = Interval(addition.parts_sum, addition.parts_sum, "", Decimal(0))
    near = (
        SHARE_MEANT_AS_TOTAL
        <= addition.parts_sum / max(about[0].number.low, Decimal(1))
        <= 1 / SHARE_MEANT_AS_TOTAL
    )
    same = acts and acts == about[0].thing.acts and not any(p.operator for p in parts)
    if same and near and not agree(number, about[0].number):
        target = shorten(f"{about[0].indicator.name} {about[0].target.source_text}")
        facts: Facts = {"place": text.place, "text": addition.passage, "whole": target}
        facts |= {"made": in_figures(addition.parts_sum, parts[0]), "unit": unit_of(parts[0])}
        yield hit(*project.path, *text.path, **facts)


def _with_a_rest(text: ProjectText, project: Project) -> Iterator[Hit]:
    """A hit where payments, of which the last is called the rest, are not the project's money."""
    paid = [
        item for item in quantities(text.words) if item.unit == IN_YUAN and not item.is_for_each
    ]
    rest = len(paid) >= FEW_PARTS and lexicon.pattern("rest_before").search(paid[-1].head)
    budget = sound(project.budget)
    if not rest or not budget or is_share_of_work(project) or any(i.operator for i in paid):
        return
    addition = Sum(paid[0], tuple(paid), False)
    spare = sum((part.rounding for part in paid), Decimal(0))
    all_of_it = any(abs(item.low - budget) <= spare for item in paid)  # then a total is among them
    if abs(addition.parts_sum - budget) > spare and not all_of_it:
        whole = FactList((Word("rule_part.the_budget"), money(budget)), "colon")
        facts: Facts = {"place": text.place, "text": addition.passage, "whole": whole}
        facts |= {"made": money(addition.parts_sum), "unit": unit_of(paid[0])}
        yield hit(*project.path, *text.path, also=[(*project.path, "budget")], **facts)


def unit_of(like: Quantity) -> object:
    """The unit that `in_figures` shows a number in: yuan for money, else the written one."""
    return Word("rule_part.yuan") if like.unit == IN_YUAN else like.spelled


def in_figures(number: Decimal, like: Quantity) -> str:
    """A number as a message shows it, with thousands separators.

    number: in the base unit. Shown in the unit that `like` is written in, money always in yuan.
    """
    if like.unit == IN_YUAN:
        return money(number)
    factor = like.low / like.as_spelled if like.as_spelled else Decimal(1)
    integer, point, fraction = f"{number / factor:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return integer + (point + fraction if fraction else "")


def _sums(numbers: Sequence[Quantity]) -> Iterator[Sum]:
    """Every total of a text with its parts, before or after it."""
    for place, total in enumerate(numbers):
        if total.unit == SHARE or total.is_for_each or not total.is_planned:
            continue
        yield from _parts_after(total, numbers[place + 1 :])
        yield from _parts_before(total, numbers[:place])


def _parts_after(total: Quantity, later: Sequence[Quantity]) -> Iterator[Sum]:
    """A total with the parts that follow it: "of which …", or an enumeration after a total."""
    alike = (item.start for item in later if counted_alike(item, total))
    text, following = total.text, next(alike, total.end)
    marker = lexicon.pattern("to_the_parts").search(text, total.end, following)
    is_total = lexicon.pattern("total_in_head").search(total.head)
    if marker is None and not is_total:
        return
    if marker and marker.start() >= total.sentence[1]:
        return
    begin = marker.end() if marker else total.end
    ends = lexicon.pattern("end_of_parts").search(text, begin)
    end = ends.start() if ends else len(text)
    if marker is None:
        end = min(end, total.sentence[1])
    if lexicon.holds(text[begin:end], "overlapping"):
        return
    within = [item for item in later if begin <= item.start < end]
    within = [i for i in within if i.spelled == total.spelled or i.start < total.sentence[1]]
    parts = _of_one_kind(total, within)
    if len(parts) > 1 or (marker and parts and _is_kind(parts[0], total)):
        addition = Sum(total, parts, False)
        if (
            marker
            or SHARE_MEANT_AS_TOTAL
            <= addition.parts_sum / max(total.low, Decimal(1))
            <= 1 / SHARE_MEANT_AS_TOTAL
        ):
            yield addition


def _parts_before(total: Quantity, earlier: Sequence[Quantity]) -> Iterator[Sum]:
    """Parts that stand before their total in one sentence: 17 and 7, in all 24."""
    right_before = lexicon.pattern("total_right_before").search(total.head)
    if not (right_before or lexicon.pattern("total_of_kinds").match(total.head)):
        return
    begin = total.sentence[0]
    within = [item for item in earlier if item.start >= begin and not _within_another(item)]
    parts = _of_one_kind(total, within)
    noun = thing_of(total).noun
    if total.unit != IN_YUAN and noun and not all(_ends_alike(part, total) for part in parts):
        return
    between = total.text[parts[0].start : total.start] if len(parts) > 1 else ""
    odd = lexicon.pattern("to_the_parts").search(between) or lexicon.holds(between, "overlapping")
    if between and not odd:
        yield Sum(total, parts, bool(right_before))


def _ends_alike(part: Quantity, total: Quantity) -> bool:
    return bool(thing_of(part).noun) and is_kin(thing_of(part), thing_of(total))


def _of_one_kind(total: Quantity, others: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """At most `MOST_ADDENDS` planned quantities in the total's unit, no rates (so much each)."""
    same = [other for other in others if counted_alike(other, total) and not other.is_for_each]
    return tuple(item for item in same[:MOST_ADDENDS] if item.is_planned)


def _within_another(part: Quantity) -> bool:
    """Whether a bracket says that it is contained in the number before the bracket."""
    opened = part.text[part.clause[0] - 1 : part.clause[0]] == OPENING_BRACKET
    return opened and lexicon.pattern("contained").match(part.head) is not None


def _is_kind(part: Quantity, total: Quantity) -> bool:
    """Whether a part is money, or counts something related to what the total counts."""
    return part.unit == IN_YUAN or relation(thing_of(part), thing_of(total)) != UNRELATED
