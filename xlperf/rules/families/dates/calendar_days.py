"""Whether dates exist, and come in the order in which things happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from xlperf.record import Department, Indicator, Project
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import field_label, shorten
from xlperf.rules.numbers.dates import MONTH_NUMBERS, Deadline, dates, deadlines, signs_of_a_date
from xlperf.rules.numbers.things import clash
from xlperf.rules.text import lexicon
from xlperf.rules.text.similarity import indicators
from xlperf.rules.text.text_fields import Passage, passages_with
from xlperf.rules.text.width_folding import fold_width

LAST_MONTH, MONTHS_LATE = 12, 3


@rule("REL842", ERROR, source="88/accuracy")
def no_such_date(department: Department) -> Iterator[Hit]:
    """A date is in no calendar.

    **Why**: nobody can say whether something was done in time. Looked for in every text; 29
    February is judged by the year beside it, or the budget year.
    **Bad**: done before 31 September.
    **Good**: done before 30 September.
    """
    for passage in passages_with(department, *signs_of_a_date()):
        for date in dates(passage.text):
            if not date.exists(department.year):
                yield _no_date(date.source_text, passage)
                break
        else:
            if day := lexicon.pattern("day_of_every_month").search(passage.text):
                yield _no_date(day[0], passage)


def _no_date(date_text: str, passage: Passage) -> Hit:
    facts: Facts = {"date": date_text, "field": field_label(passage.path)}
    return hit(*passage.path, **facts, text=shorten(passage.text))


@rule("REL854", WARNING, source="88/accuracy")
def dates_that_do_not_go_together(department: Department) -> Iterator[Hit]:
    """A span ends before it begins, or a month is not in its season, quarter or half of the year.

    **Why**: one of the two was changed and the other was not. Seasons are taken widely, and what an
    indicator is named after may be over in the month that follows.
    **Bad**: from September 2021 to March 2021; in autumn, before the end of April.
    **Good**: from September 2021 to March 2022; in spring, before the end of April.
    """
    for passage in passages_with(department, *signs_of_a_date()):
        words = fold_width(passage.text)
        contradiction = _span_backwards(words) or _month_elsewhere(words)
        if contradiction:
            yield hit(*passage.path, field=field_label(passage.path), text=contradiction)
    for indicator in indicators(department):
        if contradiction := _out_of_season(indicator):
            path = (*indicator.path, "target")
            yield hit(*path, field=field_label(path), text=contradiction)


def _out_of_season(indicator: Indicator) -> str:
    """Name and date of an indicator whose date is not in the season of its name; else ""."""
    part = lexicon.pattern("part_in_a_name").search(indicator.name)
    due = dates(indicator.target) if part else ()
    if part is None or len(due) != 1 or due[0].month not in MONTH_NUMBERS:
        return ""
    table = lexicon.table("months_of")
    months = table.get(part["part"]) or table[part["part"][0]]
    last_or_next = {due[0].month, (due[0].month - 2) % LAST_MONTH + 1}  # over in July: in June
    if last_or_next & set(months):
        return ""
    return f"{indicator.name} {indicator.target}"


def _span_backwards(text: str) -> str:
    """The first span of dates, years included, that ends before it begins; else ""."""
    for span in lexicon.pattern("span_of_dates").finditer(text):
        first, last = ((int(span[f"y{n}"]), int(span[f"m{n}"])) for n in (1, 2))
        days = [int(span[name] or 0) for name in ("d1", "d2")]
        if last < first or (last == first and all(days) and days[1] < days[0]):
            return str(span[0])
    return ""


def _month_elsewhere(text: str) -> str:
    """The first part of the year with a month beside it that is not in it; else ""."""
    late = lexicon.pattern("work_of_a_month").search(text)
    if late and int(late["due"]) - int(late["month"]) > MONTHS_LATE:
        return str(late[0])
    table = lexicon.table("months_of")
    for match in lexicon.pattern("part_and_month").finditer(text):
        months = table.get(match["part"]) or table[match["part"][0]]
        if int(match["month"]) not in months:
            return str(match[0])
    return ""


@rule("REL843", WARNING, source="88/timeliness")
def done_before_it_was_begun(project: Project) -> Iterator[Hit]:
    """Something is due before what must come first: accepted before it is finished.

    **Why**: one of the two dates is wrong, or they belong to different works and do not say so.
    Compared are tender, contract, start, finish, acceptance and use; where the words beside the
    two dates have nothing in common, they are taken for different works.
    **Bad**: accepted before 30 October; finished before the end of December.
    **Good**: finished before 30 October; accepted before the end of December.
    """
    result = [deadline for deadline in deadlines(project) if deadline.orders - {0}]
    reported: set[tuple[str | int, ...]] = set()
    for earlier in result:
        for later in result:
            if later.path in reported or not _wrong_way_round(earlier, later):
                continue
            beside = earlier.beside(later)
            alone = bool(earlier.about) != bool(later.about)
            if alone and not beside and not _one_work(result):
                continue
            if not beside and any(
                _fits(earlier, item) for item in result if item.orders & later.orders
            ):
                continue  # in several steps
            reported |= {later.path, earlier.path}
            facts: Facts = {"first": shorten(earlier.passage), "first_place": earlier.place}
            facts |= {"second": shorten(later.passage), "second_place": later.place}
            yield hit(*later.path, also=[earlier.path], **facts)


def _wrong_way_round(first: Deadline, second: Deadline) -> bool:
    """Whether a step of a work is due after a later step of the same work."""
    if first is second or not max(first.orders) < min(second.orders - {0}, default=0):
        return False
    if first.about and second.about and not first.about & second.about:
        whole = lexicon.holds(str(second.passage), "all_of_it")
        silent = not (first.subject and second.subject)
        if not ((whole or silent) and first.beside(second)):
            return False
    if clash(first.acts, second.acts):
        return False
    return first.key > second.key and not first.same_day(second)


def _one_work(due: Sequence[Deadline]) -> bool:
    """Whether all deadlines that name their subject name a common one, two by two."""
    subjects = [item.about for item in due if item.about]
    return all(subject & other for subject, other in combinations(subjects, 2))


def _fits(first: Deadline, second: Deadline) -> bool:
    return second.key >= first.key or second.same_day(first)
