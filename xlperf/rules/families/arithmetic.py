"""Whether the numbers of one text add up, and make what they make when multiplied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from xlperf.record import Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import LONGEST_QUOTE, Word, money, shorten
from xlperf.rules.numbers.agreement import ROUGHLY, Number, agree, measures
from xlperf.rules.numbers.compact_text import shown
from xlperf.rules.numbers.quantities import SHARE, YUAN, Quantity, quantities
from xlperf.rules.numbers.things import APART, SAME, counted, is_kin, relation
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import Text, texts
from xlperf.targets import AT_LEAST, AT_MOST

NEARLY = Decimal("0.8")  # parts of a total that make this much of it are meant to be all of it
OFTEN, FEW = Decimal("0.7"), 2  # … and this much if there are more than so few of them
LONGER = 3 * LONGEST_QUOTE  # characters of a sum that a message quotes whole
CLOSING = ")"
MANY = 12  # parts of one total that are looked at


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts beside it in one text; exact if the text claims that they add up."""

    total: Quantity
    parts: tuple[Quantity, ...]
    exact: bool  # whether the parts are said to be all of it

    @property
    def made(self) -> Decimal:
        """The sum of the parts, in the base unit (yuan for money)."""
        return sum((part.low for part in self.parts), Decimal(0))

    @property
    def off(self) -> bool:
        """Whether the parts contradict the total, rounding as written and operators allowed for.

        Never if the first few parts alone make the total: what follows them may be no parts.
        """
        spare = sum((part.rounding for part in (self.total, *self.parts)), Decimal(0))
        total, parts_sum = self.total.low, self.made
        firsts = accumulate(part.low for part in self.parts)  # others may follow that are no parts
        if self.total.operator == ROUGHLY or any(abs(first - total) <= spare for first in firsts):
            return False
        operators = {part.operator for part in self.parts}
        if parts_sum > total:
            return self.total.operator not in AT_LEAST and not operators & set(AT_MOST)
        most = NEARLY if len(self.parts) <= FEW else OFTEN
        near = parts_sum >= most * total and len(self.parts) > 1
        return (self.exact or near) and not operators - {""}

    @property
    def shown(self) -> str:
        """The passage from the first to the last number, cut at `LONGER` characters."""
        text = self.total.text
        begin = min(part.clause[0] for part in (self.total, *self.parts))
        end = max(part.end for part in (self.total, *self.parts))
        end += text.startswith(CLOSING, end)
        return shown(text[begin:end][:LONGER]) + ("…" if end - begin > LONGER else "")


@rule("REL840", WARNING, source="88/accuracy")
def parts_do_not_make_the_total(project: Project) -> Iterator[Hit]:
    """The parts that a text lists do not make up the total that it names.

    **Why**: one of the numbers was changed and the others were not, or something is left out;
    nobody can tell which number holds. Parts that make less than four fifths of the total are
    taken for some of many; groups that may overlap (women, party members) are left alone.
    **Bad**: 620 pupils, of which 300 at primary and 280 at middle schools.
    **Good**: 580 pupils, of which 300 at primary and 280 at middle schools.
    """
    for text in texts(project):
        numbers = quantities(text.words)
        for addition in _sums(numbers) if len(numbers) > 1 else ():
            if addition.off:
                facts: Facts = {"place": text.place, "text": addition.shown}
                facts |= {
                    "made": in_figures(addition.made, addition.total),
                    "unit": unit_of(addition.total),
                }
                facts |= {"whole": addition.total.written}
                yield hit(*text.path, **facts)
                break
        yield from _stages(text, project)


def _stages(text: Text, project: Project) -> Iterator[Hit]:
    """Hits where the stages of a work in a text do not add up to its indicator's target."""
    staged = [
        quantity
        for quantity in quantities(text.words)
        if lexicon.pattern("stage_before").search(quantity.head) and quantity.is_planned
    ]
    for measured in measures(project) if len(staged) > 1 else ():
        parts = [item for item in staged if item.unit == measured.unit and not item.is_for_each]
        parts = [part for part in parts if relation(counted(part), measured.thing) == SAME]
        if len(parts) < FEW or lexicon.holds(text.words, "cumulative"):
            continue
        addition = Sum(parts[0], tuple(parts), False)
        number = Number(addition.made, addition.made, parts[0].operator, parts[0].step)
        if not agree(number, measured.number):
            target = shorten(f"{measured.indicator.name} {measured.target.written}")
            facts: Facts = {"place": text.place, "text": addition.shown, "whole": target}
            facts |= {"made": in_figures(addition.made, parts[0]), "unit": unit_of(parts[0])}
            yield hit(*text.path, **facts)


def unit_of(like: Quantity) -> object:
    """The unit that `in_figures` shows a number in: yuan for money, else the written one."""
    return Word("rule_part.yuan") if like.unit == YUAN else like.spelled


def in_figures(number: Decimal, like: Quantity) -> str:
    """A number as a message shows it, with thousands separators.

    number: in the base unit. Shown in the unit that `like` is written in, money always in yuan.
    """
    if like.unit == YUAN:
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
    text, following = total.text, next((item.start for item in later), total.end)
    marker = lexicon.pattern("to_the_parts").search(text, total.end, following)
    is_total = lexicon.pattern("total_in_head").search(total.head)
    if marker is None and not is_total:
        return
    begin = marker.end() if marker else total.end
    ends = lexicon.pattern("end_of_parts").search(text, begin)
    end = ends.start() if ends else len(text)
    if marker is None:
        end = min(end, total.sentence[1])
    if lexicon.holds(text[begin:end], "overlapping"):
        return
    parts = _of_one_kind(total, [item for item in later if begin <= item.start < end])
    if len(parts) > 1 or (marker and parts and _is_kind(parts[0], total)):
        addition = Sum(total, parts, False)
        if marker or NEARLY <= addition.made / max(total.low, Decimal(1)) <= 1 / NEARLY:
            yield addition


def _parts_before(total: Quantity, earlier: Sequence[Quantity]) -> Iterator[Sum]:
    """Parts that stand before their total in one sentence: 17 and 7, in all 24."""
    right_before = lexicon.pattern("total_right_before").search(total.head)
    if not (right_before or lexicon.pattern("total_of_kinds").match(total.head)):
        return
    begin = total.sentence[0]
    parts = _of_one_kind(total, [item for item in earlier if item.start >= begin])
    noun = counted(total).noun
    if total.unit != YUAN and noun and not all(_ends_alike(part, total) for part in parts):
        return
    between = total.text[parts[0].start : total.start] if len(parts) > 1 else ""
    odd = lexicon.pattern("to_the_parts").search(between) or lexicon.holds(between, "overlapping")
    if between and not odd:
        yield Sum(total, parts, bool(right_before))


def _ends_alike(part: Quantity, total: Quantity) -> bool:
    return bool(counted(part).noun) and is_kin(counted(part), counted(total))


def _of_one_kind(total: Quantity, others: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """At most `MANY` planned quantities in the total's unit, rates (so much each) left out."""
    same = [other for other in others if _counted_alike(other, total) and not other.is_for_each]
    return tuple(item for item in same[:MANY] if item.is_planned)


def _counted_alike(part: Quantity, total: Quantity) -> bool:
    return part.unit == total.unit and (part.unit == YUAN or part.spelled == total.spelled)


def _is_kind(part: Quantity, total: Quantity) -> bool:
    """Whether a part is money, or counts something related to what the total counts."""
    return part.unit == YUAN or relation(counted(part), counted(total)) != APART
