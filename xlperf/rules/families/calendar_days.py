"""Whether dates exist, and come in the order in which things happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from xlperf.record import Department, Project
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import field_label, shorten
from xlperf.rules.numbers.dates import Deadline, dates, deadlines, signs_of_a_date
from xlperf.rules.numbers.things import clash
from xlperf.rules.text.text_fields import passages_with


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
                facts: Facts = {"date": date.written, "field": field_label(passage.path)}
                yield hit(*passage.path, **facts, text=shorten(passage.text))
                break


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
            if bool(earlier.about) != bool(later.about) and not _one_work(result):
                continue
            if any(_fits(earlier, item) for item in result if item.orders & later.orders):
                continue  # in several steps
            reported |= {later.path, earlier.path}
            facts: Facts = {"first": shorten(earlier.shown), "first_place": earlier.place}
            facts |= {"second": shorten(later.shown), "second_place": later.place}
            yield hit(*later.path, also=[earlier.path], **facts)


def _wrong_way_round(first: Deadline, second: Deadline) -> bool:
    """Whether a step of a work is due after a later step of the same work."""
    if first is second or not max(first.orders) < min(second.orders - {0}, default=0):
        return False
    if first.about and second.about and not first.about & second.about:
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
