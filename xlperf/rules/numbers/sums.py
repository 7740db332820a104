"""Totals with their parts in one text: parts larger than the whole, shares of a burden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from xlperf.rules.message_facts import LONGEST_QUOTE
from xlperf.rules.numbers.agreement import ABOUT_SIGN
from xlperf.rules.numbers.compact_text import as_printed
from xlperf.rules.numbers.quantities import IN_YUAN, SHARE, Quantity
from xlperf.rules.numbers.things import UNRELATED, is_kin, relation, thing_of
from xlperf.rules.text import lexicon
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS

# parts of a total that make this much of it are meant to be all of it
SHARE_MEANT_AS_TOTAL = Decimal("0.8")
# … and this much if there are more than so few of them
SHARE_OF_MANY_PARTS, FEW_PARTS = Decimal("0.7"), 2
LONGEST_SUM_QUOTE = 3 * LONGEST_QUOTE  # characters of a sum that a message quotes whole
CLOSING_BRACKET = ")"
SUM_OF_SHARES = 100  # percent


class Sum(NamedTuple):
    """A total and the parts beside it in one text; exact if the text claims that they add up."""

    total: Quantity
    parts: tuple[Quantity, ...]
    exact: bool  # whether the parts are said to be all of it
    surely: bool = False  # whether it was added up before, and is wrong

    @property
    def parts_sum(self) -> Decimal:
        """The sum of the parts, in the base unit (yuan for money)."""
        return sum((part.low for part in self.parts), Decimal(0))

    @property
    def off(self) -> bool:
        """Whether the parts contradict the total, rounding as written and operators allowed for.

        Never if the first few parts alone make the total: what follows them may be no parts.
        """
        if self.surely:
            return True
        spare = sum((part.rounding for part in (self.total, *self.parts)), Decimal(0))
        total, parts_sum = self.total.low, self.parts_sum
        firsts = accumulate(part.low for part in self.parts)  # others may follow that are no parts
        if self.total.operator == ABOUT_SIGN or any(
            abs(first - total) <= spare for first in firsts
        ):
            return False
        operators = {part.operator for part in self.parts}
        if parts_sum > total:
            return self.total.operator not in AT_LEAST_OPERATORS and not operators & set(
                AT_MOST_OPERATORS
            )
        most = SHARE_MEANT_AS_TOTAL if len(self.parts) <= FEW_PARTS else SHARE_OF_MANY_PARTS
        near = parts_sum >= most * total and len(self.parts) > 1
        return (self.exact or near) and not operators - {""}

    @property
    def passage(self) -> str:
        """The passage from the first to the last number, cut at `LONGEST_SUM_QUOTE` characters."""
        text = self.total.text
        begin = min(part.clause[0] for part in (self.total, *self.parts))
        end = max(part.end for part in (self.total, *self.parts))
        end += text.startswith(CLOSING_BRACKET, end)
        return as_printed(text[begin:end][:LONGEST_SUM_QUOTE]) + (
            "…" if end - begin > LONGEST_SUM_QUOTE else ""
        )


def counted_alike(part: Quantity, total: Quantity) -> bool:
    """Whether two quantities are money, or written in one unit."""
    alike = part.unit == IN_YUAN or part.spelled == total.spelled
    people = lexicon.words("people")
    return part.unit == total.unit and (alike or {part.spelled, total.spelled} <= {*people})


def larger_parts(numbers: Sequence[Quantity]) -> Iterator[Sum]:
    """Every "of which" that is more than the number before it of the same unit."""
    for place, part in enumerate(numbers):
        marks = list(lexicon.pattern("of_which").finditer(part.lead)) if part.is_part else []
        if not marks or part.is_for_each:
            continue
        begin, mark = part.sentence[0], part.sentence[0] + marks[-1].start()
        before = [item for item in numbers[:place] if begin <= item.start < mark]
        same = [item for item in before if counted_alike(item, part) and not item.is_for_each]
        if same and part.low > same[-1].high and same[-1].is_planned and _of_it(part, same[-1]):
            yield Sum(same[-1], (part,), True)


def _of_it(part: Quantity, total: Quantity) -> bool:
    """Whether a part must count what its total counts: by the unit, or by the nouns."""
    if part.spelled in lexicon.words("units_of_one_thing") or part.unit == IN_YUAN:
        return True
    part_thing, total_thing = thing_of(part), thing_of(total)
    alike = bool(part_thing.noun and total_thing.noun) and is_kin(part_thing, total_thing)
    return alike or relation(part_thing, total_thing) != UNRELATED


def burdens(numbers: Sequence[Quantity]) -> Iterator[Sum]:
    """The shares of a sentence that say who bears how much, if they are more than all."""
    shares = [item for item in numbers if item.unit == SHARE]
    borne = [item for item in shares if lexicon.pattern("bears").search(item.head)]
    together = len({item.sentence for item in borne}) == 1 and len(borne) >= FEW_PARTS
    if together and sum(item.low for item in borne) > SUM_OF_SHARES:
        yield Sum(borne[0], tuple(borne), True, True)
