"""Whether one number of one thing stands in two units, or beside words that exclude each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from xlperf.paths import RecordPath
from xlperf.record import Department, Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.memo import once
from xlperf.rules.message_facts import FactList, field_label, project_label
from xlperf.rules.numbers.quantities import IN_YUAN, SHARE, Quantity, around, quantities
from xlperf.rules.numbers.texts_with_numbers import numbers_of
from xlperf.rules.numbers.things import SAME_KIND, Thing, clash, relation, thing_of
from xlperf.rules.text import lexicon
from xlperf.targets.words import units

LEAST_NUMBER = 3  # numbers below are the same by chance
SHORTEST_COMPARED_NOUN = 2  # characters of a noun that can be compared


class TextNumber(NamedTuple):
    """A number in a text of the document: where, and what is counted."""

    path: RecordPath
    place: object
    quantity: Quantity
    thing: Thing

    @property
    def passage(self) -> str:
        """The clause around it, for a message."""
        return around(self.quantity)


Conflict = Callable[[TextNumber, TextNumber], bool]


@rule("REL856", WARNING, source="88/accuracy")
def one_number_in_two_units(department: Department) -> Iterator[Hit]:
    """Two texts give the same number of the same thing in two units that are not the same.

    **Why**: one of the two was written by mistake: square metres of a fence, pigs counted as
    poultry is. Compared are the overall goal, the activities' goals and the projects' texts; units
    that people use for one another (a set, a piece) are left alone, and so are texts that have
    both.
    **Bad**: purpose: 24,000 m of fence; goal: 24,000 square metres of fence.
    **Good**: metres in both.
    """
    yield from _hits(department, _in_two_units)


@rule("REL857", WARNING, source="88/accuracy")
def one_number_of_opposite_things(department: Department) -> Iterator[Hit]:
    """Two texts give the same number of things, which are large in the one and small in the other.

    **Why**: the number is the same, so the same things are meant, and one of the words is wrong.
    Words that exclude each other are looked for in front of the noun: large and small, town and
    country, public and private, levels and grades.
    **Bad**: overall goal: 8 large reservoirs; purpose: 8 small reservoirs.
    **Good**: small in both.
    """
    yield from _hits(department, _of_opposite_things)


def _hits(department: Department, conflict: Conflict) -> Iterator[Hit]:
    """A hit at each text with a number that contradicts one of the department's or its own."""
    above = _by_number(_of_department(department))
    for project in department.projects:
        own_sayings = sayings(project)
        if not own_sayings or not (above or len(own_sayings) > 1):
            continue
        mine = _by_number(own_sayings)
        reported: set[RecordPath] = set()
        for saying in own_sayings:
            number = saying.quantity.as_spelled
            earlier = takewhile(lambda item: item.path != saying.path, mine[number])  # noqa: B023
            pairs = [(saying, other) for other in above.get(number, ())]
            pairs += [(other, saying) for other in earlier]
            for first, second in pairs:
                if not {first.path, second.path} & reported and conflict(first, second):
                    reported |= {first.path, second.path}
                    facts: Facts = {"place": second.place, "text": second.passage}
                    elsewhere = FactList((project_label(project), first.place), "colon")
                    between = second.path[:2] != project.path
                    facts |= {"other": first.passage}
                    facts["other_place"] = elsewhere if between else first.place
                    yield hit(*second.path, also=[first.path], **facts)


def _by_number(text_numbers: tuple[TextNumber, ...]) -> dict[Decimal, list[TextNumber]]:
    result: dict[Decimal, list[TextNumber]] = defaultdict(list)
    for saying in text_numbers:
        result[saying.quantity.as_spelled].append(saying)
    return result


@once
def _of_department(department: Department) -> tuple[TextNumber, ...]:
    """The numbers of the overall goal and of the activities' goals."""
    goals: list[tuple[RecordPath, str]] = [(("overall_goal",), department.overall_goal)]
    goals += [((*item.path, "goal"), item.goal) for item in department.activities]
    return tuple(
        saying
        for path, text in goals
        for saying in _sayings(path, field_label(path), quantities(text))
    )


@once
def sayings(project: Project) -> tuple[TextNumber, ...]:
    """The numbers of a project's name, purpose and goals."""
    return tuple(
        [
            saying
            for text, numbers in numbers_of(project)
            for saying in _sayings((*project.path, *text.path), text.place, numbers)
        ]
    )


def _sayings(path: RecordPath, place: object, numbers: Sequence[Quantity]) -> Iterator[TextNumber]:
    """What the quantities of one text say, each once: a text may repeat one a hundred times."""
    earlier: set[tuple[object, ...]] = set()
    for quantity in numbers:
        no_thing = quantity.unit in (IN_YUAN, SHARE) or quantity.unit in units("time")
        if (
            no_thing
            or quantity.low < LEAST_NUMBER
            or quantity.is_for_each
            or not quantity.is_planned
        ):
            continue
        thing = thing_of(quantity)
        compared = (quantity.as_spelled, quantity.spelled, *thing[:2], *thing[3:])  # not `around`
        if len(thing.noun) >= SHORTEST_COMPARED_NOUN and compared not in earlier:
            earlier.add(compared)
            yield TextNumber(path, place, quantity, thing)


def _in_two_units(saying: TextNumber, other: TextNumber) -> bool:
    """Whether two sayings are of one thing, in units that do not stand for each other."""
    first, second = saying.quantity.spelled, other.quantity.spelled
    if first == second or saying.quantity.unit == other.quantity.unit or _alike(first, second):
        return False
    nouns = (saying.thing.noun, other.thing.noun)
    if not (nouns[0].endswith(nouns[1]) or nouns[1].endswith(nouns[0])):
        return False
    if clash(saying.thing.acts, other.thing.acts):
        return False
    return not (_has(saying, second) or _has(other, first))


def _has(saying: TextNumber, unit: str) -> bool:
    """Whether a saying's text also counts something in a unit, and so uses both."""
    return any(
        item.spelled == unit and thing_of(item).noun == saying.thing.noun
        for item in quantities(saying.quantity.text)
    )


def _alike(unit: str, other: str) -> bool:
    """Whether people use two units for one another."""
    general = lexicon.words("units_of_anything")
    return unit in general or other in general or any({unit, other} <= group for group in _groups())


@cache
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in lexicon.words("units_for_one_another"))


def _of_opposite_things(saying: TextNumber, other: TextNumber) -> bool:
    """Whether two sayings count the same in one unit, but for a word that excludes another."""
    if saying.quantity.unit != other.quantity.unit or clash(saying.thing.acts, other.thing.acts):
        return False
    first, second = saying.thing.noun, other.thing.noun
    if relation(saying.thing, other.thing) == SAME_KIND or first[-1:] != second[-1:]:
        return False
    return any(
        a in first and b in second and not {a, b} & _words_in_place(second, first, a, b)
        for pair in lexicon.words("exclude_each_other")
        for a, b in _both_ways(pair)
    )


def _both_ways(pair: str) -> tuple[tuple[str, str], tuple[str, str]]:
    word, other = pair.split()
    return (word, other), (other, word)


def _words_in_place(first: str, second: str, a: str, b: str) -> set[str]:
    """Which of two words stand where they would make the nouns alike."""
    return {word for word, noun in ((a, first), (b, second)) if word in noun}
