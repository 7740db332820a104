"""Whether so many times so much makes what the text, the budget or the indicator says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xlperf.record import Project
from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.families.money.arithmetic import in_figures, unit_of
from xlperf.rules.families.money.multiples import another_multiple
from xlperf.rules.message_facts import Word, money, shorten
from xlperf.rules.numbers.agreement import ABOUT_SIGN, add_up, agree, measures
from xlperf.rules.numbers.compact_text import as_printed
from xlperf.rules.numbers.mentions import Interval
from xlperf.rules.numbers.quantities import IN_YUAN, SHARE, Quantity, quantities
from xlperf.rules.numbers.rate_terms import ONCE_A_YEAR, fits, heads_of, periods_of, times_of
from xlperf.rules.numbers.reckoning import Mistake, mistake
from xlperf.rules.numbers.several_rates import unpaid
from xlperf.rules.numbers.sums import LONGEST_SUM_QUOTE
from xlperf.rules.numbers.texts_with_numbers import rates_of
from xlperf.rules.numbers.things import SAME_KIND, UNRELATED, clash, relation, thing_of
from xlperf.rules.text import lexicon
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.counted_things import ProjectText, texts
from xlperf.rules.text.similarity import is_share_of_work
from xlperf.targets import AT_LEAST_OPERATORS, AT_MOST_OPERATORS, format_decimal
from xlperf.targets.words import units

ROUNDING = Decimal("0.01")  # what a product may be off the sum that was reckoned by it


@dataclass(frozen=True, slots=True)
class Product:
    """A rate times a count, perhaps several times a year: 600 yuan for each of 100 people a month.

    times: every reading of how often; the last one is shown.
    """

    rate: Quantity
    count: Quantity | None
    times: tuple[Decimal, ...]

    @property
    def values(self) -> list[Decimal]:
        """The product by every reading of `times`, in the base unit of the rate."""
        number = self.count.as_spelled if self.count else ONCE_A_YEAR
        return [self.rate.low * number * times for times in self.times]

    @property
    def formula(self) -> str:
        """The multiplication for a message: 600×100×12."""
        number = [format_decimal(self.count.as_spelled)] if self.count else []
        times = [format_decimal(self.times[-1])] if self.times[-1] != ONCE_A_YEAR else []
        return "×".join([*number, format_decimal(self.rate.low), *times])


@rule(
    "REL841",
    WARNING,
    source="88/money-match",
    needs="texts/each_before texts/per texts/times_the_money",
)
def so_many_times_makes_another_total(project: Project) -> Iterator[Hit]:
    """So many times so much for each is another total than the text, or the budget, says.

    **Why**: the money was reckoned by other numbers than those that were written down. A text
    must have one rate and one number that it is for; by the month counts twelve times, or as
    often as the text says. The budget may pay for more than that, but not for less.
    **Bad**: 600 elderly people, 100 yuan each a month, 600,000 yuan a year in all.
    **Good**: 500 elderly people, 100 yuan each a month, 600,000 yuan a year in all.
    """
    with_rates = {numbers.text for numbers in rates_of(project)}
    for text in texts(project):
        wrong = False
        for rate in _rates(text) if text in with_rates else ():
            total = _total_of(rate, text)
            product = _product(rate, total)
            if product and total and _of_other_things(product, total):
                total = None
            if product is None:
                continue
            what, other = _other_total(product, total, project, text)
            if other:
                wrong = True
                facts: Facts = {"place": text.place, "text": _passage_around(product, total)}
                facts |= {"sum": product.formula, "made": in_figures(product.values[-1], rate)}
                facts |= {"unit": unit_of(rate), "what": Word(f"rule_part.{what}"), "whole": other}
                yield hit(*text.path, **facts)
        yield from another_multiple(text, project)
        if not wrong and text in with_rates and (mistaken := _listed(text, project)):
            whole = mistaken.against or money(project.budget or Decimal(0))
            what = "the_total" if mistaken.against else "the_budget"
            facts = {"place": text.place, "text": mistaken.passage, "sum": mistaken.sum}
            facts |= {"made": money(mistaken.result), "unit": Word("rule_part.yuan")}
            yield hit(*text.path, **facts, what=Word(f"rule_part.{what}"), whole=whole)


def _listed(text: ProjectText, project: Project) -> Mistake | None:
    """What is wrong with the prices and numbers that a text lists side by side; None if nothing."""
    budget = sound(project.budget) if text.path == ("purpose",) else None
    if is_share_of_work(project):
        budget = None
    if mistaken := mistake(text.words, budget):
        return mistaken
    several = unpaid(text.words, budget) if text.path == ("purpose",) else None
    return Mistake(several.sum, several.result, several.passage, "") if several else None


def _of_other_things(product: Product, total: Quantity) -> bool:
    """Whether other things are counted between a rate and a total, so that it is theirs."""
    rate, count = product.rate, product.count
    if count is None or count.start > rate.start:
        return False
    between = (item for item in quantities(rate.text) if rate.end <= item.start < total.start)
    no_things = (IN_YUAN, SHARE, *units("time"))
    return any(item.unit not in no_things and item.spelled != count.spelled for item in between)


def _other_total(
    product: Product, total: Quantity | None, project: Project, text: ProjectText
) -> tuple[str, str]:
    """What a product is compared with (end of a `rule_part` key), and its number as written.

    The number is "" where it agrees with the product, or there is none.
    """
    if total is not None:
        another = _is_another(product, total) and not _with_others(product, total)
        return "the_total", total.source_text if another else ""
    if budget := _unpaid(product, project, text):
        return "the_budget", budget
    if beside := _unlike_number_beside(product):
        return "the_total", beside
    return "the_target", _unlike_indicator(product, project)


def _unlike_number_beside(product: Product) -> str:
    """The only other number of a rate's things in its sentence, if the product contradicts it."""
    rate, count = product.rate, product.count
    if rate.unit == IN_YUAN or count is None:
        return ""
    begin, end = rate.sentence
    beside = [
        item
        for item in quantities(rate.text)
        if begin <= item.start < end and item.unit == rate.unit and not item.is_for_each
    ]
    if len(beside) != 1 or beside[0].is_part or not beside[0].is_planned:
        return ""
    (total,) = beside
    if relation(thing_of(rate), thing_of(total)) not in (SAME_KIND, UNRELATED) or clash(
        thing_of(rate).acts, thing_of(total).acts
    ):
        return ""
    number = Interval(total.low, total.high, total.operator, total.step)
    fine = any(
        agree(Interval(value, value, rate.operator, rate.step), number) for value in product.values
    )
    return "" if fine else total.source_text


def _rates(text: ProjectText) -> Iterator[Quantity]:
    """Rates (so much for each) that are the only ones of their unit in a text, times excepted.

    Of several, each must be the only one of a sentence that has its own total.
    """
    result = [quantity for quantity in quantities(text.words) if quantity.unit != SHARE]
    rates = [item for item in result if item.is_for_each and item.unit not in units("time")]
    for rate in rates:
        alike = [other for other in rates if other.unit == rate.unit]
        single = len({other.sentence for other in alike}) == len(alike)
        with_totals = len(alike) > 1 and single and all(_total_of(item, text) for item in alike)
        if (len(alike) == 1 or with_totals) and not rate.is_part:
            yield rate


def _total_of(rate: Quantity, text: ProjectText) -> Quantity | None:
    """A yearly total in the rate's sentence and unit; None if there is none."""
    begin, end = rate.sentence
    for quantity in quantities(text.words):
        within = begin <= quantity.start < end and _alike(quantity, rate) and quantity is not rate
        if (
            within
            and not quantity.is_for_each
            and lexicon.pattern("yearly_total").search(quantity.head)
        ):
            return quantity
    return None


def _alike(quantity: Quantity, other: Quantity) -> bool:
    """Whether two quantities have one unit, people and how often they come taken for one."""
    people = lexicon.words("people_and_visits")
    return quantity.unit == other.unit or {quantity.unit, other.unit} <= {*people}


def _product(rate: Quantity, total: Quantity | None) -> Product | None:
    """A rate with its count and periods; None if either is missing or ambiguous."""
    begin, end = rate.sentence
    around = [quantity for quantity in quantities(rate.text) if begin <= quantity.start < end]
    heads, times = heads_of(rate), times_of(rate, around)
    if heads is None or not times:
        return None
    counts = [
        item
        for item in around
        if item not in (rate, total) and not item.is_for_each and item.is_planned
        if item.unit not in (IN_YUAN, SHARE, *units("time")) and not _alike(item, rate)
    ]
    fitting = [count for count in counts if fits(count, heads)]
    if not fitting and any(item.is_for_each and fits(item, heads) for item in around):
        return None  # 50 people in each course, and so much a head
    if not fitting and total is not None and total.unit == IN_YUAN:
        fitting = counts  # pupils, and so much for each set of clothes
    own_total = total is not None and total.unit != IN_YUAN and not counts
    if not heads or own_total:
        return Product(rate, None, times) if periods_of(rate) else None
    return Product(rate, fitting[0], times) if len(fitting) == 1 else None


def _is_another(product: Product, total: Quantity) -> bool:
    """Whether no reading of a product is compatible with a total, rounding allowed for."""
    spare = max(total.step / 2, ROUNDING * total.low if total.unit == IN_YUAN else Decimal(0))
    if any(abs(value - total.low) <= spare for value in product.values):
        return False
    if ABOUT_SIGN in (product.rate.operator, total.operator):
        return False
    if product.rate.operator in AT_LEAST_OPERATORS:
        return all(total.low < value for value in product.values)
    if product.rate.operator in AT_MOST_OPERATORS:
        return all(total.low > value for value in product.values)
    if total.operator in AT_LEAST_OPERATORS:
        return all(total.low > value for value in product.values)
    return True


def _with_others(product: Product, total: Quantity) -> bool:
    """Whether a product and other amounts of its sentence together make the total."""
    begin, end = product.rate.sentence
    factor_starts = (product.rate.start, total.start)
    others = [
        item.low
        for item in quantities(product.rate.text)
        if begin <= item.start < end and item.unit == total.unit and item.start not in factor_starts
        if not item.is_for_each
    ]
    return any(add_up(value, total.low, others) for value in product.values if value < total.low)


def _unlike_indicator(product: Product, project: Project) -> str:
    """Name and target of the only indicator of what a rate counts, if it contradicts the product.

    "" if it agrees, or if there is none or more than one.
    """
    rate = product.rate
    if rate.unit == IN_YUAN:
        return ""
    about = [
        measure
        for measure in measures(project)
        if measure.unit == rate.unit and relation(thing_of(rate), measure.thing) == SAME_KIND
    ]
    if len(about) != 1:
        return ""
    numbers = (Interval(value, value, rate.operator, rate.step) for value in product.values)
    fine = any(agree(item, about[0].number) for item in numbers)
    return "" if fine else shorten(f"{about[0].indicator.name} {about[0].target.source_text}")


def _unpaid(product: Product, project: Project, text: ProjectText) -> str:
    """The budget for a message, if `_is_not_paid`; else ""."""
    return money(project.budget or Decimal(0)) if _is_not_paid(product, project, text) else ""


def _is_not_paid(product: Product, project: Project, text: ProjectText) -> bool:
    """Whether a budget is less than the product, or more and the text names no other use."""
    budget = sound(project.budget)
    if product.rate.unit != IN_YUAN or not budget or is_share_of_work(project):
        return False
    if product.rate.operator or product.count is None or product.count.operator:
        return False
    if lexicon.pattern("other_money").search(product.rate.phrase):
        return False
    least, most = min(product.values), max(product.values)
    if least * (1 - ROUNDING) > budget:
        return True
    factor_starts = {item.start for item in (product.rate, product.count)}
    others = [quantity for quantity in quantities(text.words) if quantity.unit not in units("time")]
    alone = text.path == ("purpose",) and all(other.start in factor_starts for other in others)
    alone = alone and not lexicon.pattern("several_uses").search(text.words)
    return alone and most * (1 + ROUNDING) < budget < most * 2


def _passage_around(product: Product, total: Quantity | None) -> str:
    """The passage from the first to the last of the numbers, cut at `LONGEST_SUM_QUOTE`."""
    result = [number for number in (product.count, product.rate, total) if number is not None]
    begin = min(number.clause[0] for number in result)
    end = max(number.end for number in result)
    return as_printed(product.rate.text[begin:end][:LONGEST_SUM_QUOTE])
