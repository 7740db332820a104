"""Whether two numbers of one thing agree, and what the indicators of a project count.

Of numbers that differ (see `mentions`) these still agree: rounded ones, "about" within a tenth, a
range that holds the other, numbers that add up to the other one, and one that is more than a floor
(less than a ceiling) by under a fifth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from xlperf.record import Indicator, Project
from xlperf.rules.memo import lazy, once
from xlperf.rules.numbers.mentions import Interval, Mention
from xlperf.rules.numbers.quantities import IN_YUAN, Quantity, base_of, quantities
from xlperf.rules.numbers.texts_with_numbers import numbers_of
from xlperf.rules.numbers.things import (
    HAS_KIND,
    KIND_OF,
    SAME_KIND,
    Thing,
    alike,
    is_about,
    is_kin,
    is_whoever,
    thing_named,
    thing_of,
)
from xlperf.rules.numbers.things import relation as relation_of
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import ProjectText
from xlperf.rules.text.indicator_traits import is_ratio
from xlperf.rules.text.levels import second_level
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS, Target, parse

ABOUT_TOLERANCE = Decimal("0.1")  # what "about" may be off
FLOOR_TOLERANCE = Decimal("1.2")  # a text may say more than the floor, as far as this times it
MOST_SUMMANDS = 8  # numbers of one unit that are tried whether they add up
NO_NOUN = " "
ABOUT_SIGN = "~"


@dataclass(frozen=True)
class CountIndicator:
    """An indicator that counts something, and its target in the base unit."""

    indicator: Indicator
    target: Target
    unit: str
    number: Interval

    @lazy
    def thing(self) -> Thing:
        """What is counted."""
        return thing_named(self.indicator.name)


def agree(number: Interval, other: Interval) -> bool:
    """Whether two numbers of the same thing can both be right."""
    if number.low <= other.high and other.low <= number.high:
        return True
    apart = max(number.low - other.high, other.low - number.high)
    if apart <= max(number.step, other.step) / 2:
        return True
    if ABOUT_SIGN in (number.operator, other.operator):
        return apart <= ABOUT_TOLERANCE * max(number.low, other.low)
    return _beyond_a_limit(number, other) or _beyond_a_limit(other, number)


def _beyond_a_limit(limit: Interval, other: Interval) -> bool:
    """Whether a number is a little more than a floor, or less than a ceiling."""
    if limit.operator in AT_LEAST_OPERATORS:
        return other.operator in AT_MOST_OPERATORS or (
            other.operator not in AT_LEAST_OPERATORS
            and limit.low <= other.low < limit.low * FLOOR_TOLERANCE
        )
    if limit.operator in AT_MOST_OPERATORS:
        return (
            other.operator not in AT_MOST_OPERATORS
            and limit.high / FLOOR_TOLERANCE < other.high <= limit.high
        )
    return False


@once
def measures(project: Project) -> tuple[CountIndicator, ...]:
    """The indicators of a project that count something."""
    return tuple(filter(None, map(measure, project.indicators)))


def measure(indicator: Indicator) -> CountIndicator | None:
    """What an indicator counts; None if it is a share, a date, an amount or words."""
    target = parse(indicator.target)
    if target.low is None or target.high is None or not target.unit or target.is_percent:
        return None
    if "/" in target.unit:
        return None
    unit, low = base_of(target.unit, target.low)
    high = low if target.high is target.low else base_of(target.unit, target.high)[1]
    if (unit == IN_YUAN and _is_cost(indicator)) or is_ratio(indicator.name):
        return None
    number = Interval(low, high, target.operator, _step(target, low))
    return CountIndicator(indicator, target, unit, number)


def _is_cost(indicator: Indicator) -> bool:
    """Whether it is a cost, or so much for each, which other rules compare."""
    match = lexicon.pattern("each_before").search(indicator.name)
    return second_level(indicator) in ("cost", "") or match is not None


def _step(target: Target, low: Decimal) -> Decimal:
    """What one of a target's last digit is worth, if its unit is a multiple."""
    if target.low is None or not target.low or low == target.low:
        return Decimal(0)
    exponent = target.low.as_tuple().exponent
    return (low / target.low).scaleb(exponent if isinstance(exponent, int) else 0)


def same_thing(mention: Mention, measure_: CountIndicator, context: str) -> str:
    """How a mention's thing is related to an indicator's: SAME_KIND, KIND_OF, HAS_KIND or ""."""
    if mention.quantity.unit != measure_.unit:
        return ""
    relation = relation_of(mention.thing, measure_.thing, context)
    if relation in (SAME_KIND, KIND_OF, HAS_KIND):
        return relation
    if is_about(measure_.thing, mention.quantity, context):
        noun = mention.thing.noun
        named_so = noun in measure_.thing.around or set(measure_.thing.noun or NO_NOUN) <= set(noun)
        return SAME_KIND if is_whoever(noun) or named_so else KIND_OF
    return ""


def same_in_texts(mention: Mention, other: Mention, context: str) -> str:
    """How the things of two mentions are related: SAME_KIND, KIND_OF, HAS_KIND or ""."""
    if mention.quantity.unit != other.quantity.unit:
        return ""
    relation = relation_of(mention.thing, other.thing, context)
    if relation in (SAME_KIND, KIND_OF, HAS_KIND):
        return relation
    return SAME_KIND if alike(mention.thing, other.thing) else ""


def contradict(how: str, number: Interval, other: Interval) -> bool:
    """Whether two numbers contradict each other; `how`: the relation of the first's thing."""
    if not how or agree(number, other):
        return False
    if how == KIND_OF:
        return number.low > other.high and other.operator not in AT_LEAST_OPERATORS
    return how == SAME_KIND or (
        other.low > number.high and number.operator not in AT_LEAST_OPERATORS
    )


def add_up(amount: Decimal, other: Decimal, pool: Iterable[Decimal]) -> bool:
    """Whether some of the first 8 numbers of a pool sum up to the difference of two numbers."""
    return any(
        sum(summands) == abs(amount - other) for summands in _sums(tuple(pool)[:MOST_SUMMANDS])
    )


def _sums(pool: tuple[Decimal, ...]) -> Iterator[tuple[Decimal, ...]]:
    return (summands for size in range(1, len(pool) + 1) for summands in combinations(pool, size))


def parts_of(mention: Mention, project: Project, thing: Thing, other: Decimal) -> list[Decimal]:
    """The numbers that may make up another one together with a mention's.

    They are of the same unit and of a kind of the thing, or of nothing that is named; those that
    other texts give for the very thing are the same number once more, and no parts of it.
    """
    result: list[Decimal] = []
    for text, stated_numbers in numbers_of(project):
        for quantity in stated_numbers:
            if quantity is mention.quantity or quantity.unit != mention.quantity.unit:
                continue
            what = thing_of(quantity)
            again = text is not mention.text and quantity.low in (mention.quantity.low, other)
            again = again and what.noun == mention.thing.noun
            kin = is_kin(what, thing) or is_kin(what, mention.thing)
            beside = text is mention.text and _side_by_side(quantity, mention.quantity)
            if not quantity.is_for_each and not again and (kin or beside):
                result.append(quantity.low)
    return result


def _side_by_side(counted_quantity: Quantity, other: Quantity) -> bool:
    """Whether two quantities of a text are members of one enumeration, counted in one unit."""
    if counted_quantity.spelled != other.spelled:
        return False
    first, last = sorted((counted_quantity, other), key=lambda quantity: quantity.start)
    between = counted_quantity.text[first.end : last.start]
    return all(
        lexicon.pattern("beside_each_other").match(between[begin:end])
        for begin, end in _gaps(counted_quantity.text, first, last)
    )


def _gaps(text: str, first: Quantity, last: Quantity) -> list[tuple[int, int]]:
    """What stands between each two quantities from the first to the last, as places after it."""
    inner = [
        quantity for quantity in quantities(text) if first.start <= quantity.start <= last.start
    ]
    base = first.end
    return [(a.end - base, b.start - base) for a, b in pairwise(inner)]


def explained_by_parts(mention: Mention, project: Project, other: Decimal, thing: Thing) -> bool:
    """Whether a mention's number and other ones of the project together make another number."""
    low = mention.quantity.low
    return low < other and add_up(low, other, parts_of(mention, project, thing, other))


def in_its_name(measure_: CountIndicator) -> list[Mention]:
    """The number in an indicator's own name, if it is another than that of its target."""
    position = measure_.indicator.path[-1]
    place = ProjectText(("indicators", position, "name"), measure_.indicator.name)
    result = [quantity for quantity in quantities(place.words) if quantity.unit == measure_.unit]
    if len(result) != 1 or result[0].is_for_each or not result[0].is_planned:
        return []
    differs = not measure_.number.low <= result[0].low <= measure_.number.high
    return [Mention(place, result[0], measure_.thing)] if differs else []
