"""The quantities of a project's texts that can be compared with its other numbers, by unit.

Numbers that may differ are left out: parts, so many for each, what there was or is already, what
grew by so much, other years (`Quantity`). A unit is looked at closely when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from xlperf.record import Project
from xlperf.rules.memo import lazy, once
from xlperf.rules.numbers.quantities import SHARE, Quantity, quantities
from xlperf.rules.numbers.texts_with_numbers import TextQuantities, numbers_of
from xlperf.rules.numbers.things import Thing, thing_of
from xlperf.rules.text.counted_things import ProjectText


class Interval(NamedTuple):
    """A number to be compared: its ends in the base unit, its operator, its last digit's worth."""

    low: Decimal
    high: Decimal
    operator: str
    step: Decimal


@dataclass(frozen=True)
class Mention:
    """A quantity in a text of a project, with what it counts."""

    text: ProjectText
    quantity: Quantity
    outer_thing: Thing | None = None  # what it counts, where that is not told by its text

    @lazy
    def thing(self) -> Thing:
        """What is counted."""
        return self.outer_thing or thing_of(self.quantity)

    def overlaps(self, low: Decimal, high: Decimal) -> bool:
        """Whether it has a number in common with a range: then they agree, whatever the words."""
        return self.quantity.low <= high and low <= self.quantity.high

    @lazy
    def number(self) -> Interval:
        """Its ends, operator and precision, in the base unit, as `agree` compares them."""
        quantity = self.quantity
        return Interval(quantity.low, quantity.high, quantity.operator, quantity.step)


@once
def every_mention(project: Project) -> tuple[Mention, ...]:
    """The quantities of name, purpose, goals and descriptions, in order."""
    text_quantities = (*numbers_of(project), *_of_descriptions(project))
    return tuple(
        [Mention(text, quantity) for text, numbers in text_quantities for quantity in numbers]
    )


@once
def _by_unit(project: Project) -> Mapping[str, Sequence[Mention]]:
    """The same by the unit that their numbers are in: only those can be of one thing."""
    result: dict[str, list[Mention]] = {}
    for mention in every_mention(project):
        result.setdefault(mention.quantity.unit, []).append(mention)
    return result


@once
def _compared(project: Project) -> dict[str, Sequence[Mention]]:
    """What `mentions` was asked for, by unit."""
    return {}


def mentions(project: Project, unit: str) -> Sequence[Mention]:
    """The quantities of a unit that can be compared, in order."""
    by_unit = _compared(project)
    if unit not in by_unit:
        by_unit[unit] = [item for item in _by_unit(project).get(unit, ()) if _is_of(item, project)]
    return by_unit[unit]


@once
def mentions_of_one_unit(project: Project) -> tuple[Mention, ...]:
    """The quantities that can be compared, of any unit that several texts have, in order."""
    by_unit = _by_unit(project).items()
    shared = {unit for unit, items in by_unit if any(i.text is not items[0].text for i in items)}
    several = [item for item in every_mention(project) if item.quantity.unit in shared]
    return tuple([item for item in several if _is_of(item, project)])


def _is_of(mention: Mention, project: Project) -> bool:
    """Whether a mention can be compared with the others of its project."""
    return can_be_compared(mention.quantity, project.year)


def _of_descriptions(project: Project) -> Iterator[TextQuantities]:
    """The indicators' descriptions that have quantities, each at its path below the project."""
    for position, indicator in enumerate(project.indicators):
        if numbers := quantities(indicator.description):
            place = ("indicators", position, "description")
            yield TextQuantities(ProjectText(place, indicator.description), numbers)


def can_be_compared(quantity: Quantity, year: int | None) -> bool:
    """Whether it is planned for `year`, and no share, no part, and not so many for each."""
    if quantity.unit == SHARE or quantity.is_for_each or quantity.is_part:
        return False
    return quantity.is_planned and quantity.year in (0, year)
