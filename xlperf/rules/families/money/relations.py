"""Whether the numbers in the text of a project agree with its indicators and with each other.

The text is read for staff and shares ("95%"), see `text.counted_things`, and for everything else
that is counted, see `numbers`. There is no grammar behind it: a rule speaks where the words beside
two numbers are the same, or where the arithmetic of an enumeration shows what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from xlperf.paths import RecordPath
from xlperf.record import Indicator, Project
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import LONGEST_QUOTE, listed, shorten
from xlperf.rules.numbers.agreement import agree, contradict, in_its_name, measures
from xlperf.rules.numbers.comparison import (
    how_related,
    in_conflict,
    left_to_an_indicator,
    quoted,
    settled_elsewhere,
)
from xlperf.rules.numbers.mentions import Mention, mentions, mentions_of_one_unit
from xlperf.rules.numbers.promised_shares import disagree, is_share_of, promised_shares
from xlperf.rules.numbers.things import SAME_KIND
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import (
    Count,
    ProjectText,
    find_counts,
    neat,
    no_number_of_its_own,
    same_unit,
    texts,
)
from xlperf.rules.text.indicator_traits import is_ratio
from xlperf.rules.text.similarity import quoted_name, text_key
from xlperf.rules.text.text_fields import DIGIT
from xlperf.targets import Target, format_decimal, parse
from xlperf.targets.words import units

FEWEST_GROUPS = 2  # groups of people that make an enumeration
SIGNS_BEFORE, SIGNS_AFTER = 6, 10  # characters around what stands between two members of a list
OF_WHAT = 6  # characters of what is counted that a message quotes


@rule("REL804", WARNING, source="88/adequacy", needs="texts/people_in_digits")
def people_without_an_indicator(project: Project) -> Iterator[Hit]:
    """The text lists several groups of people, an indicator has the number of one of them only.

    **Why**: the money is for all of them; whether the others got theirs is never asked. The groups
    must stand in one enumeration, with a number each; parts, totals and people that are trained or
    chosen are left alone.
    **Bad**: pay of 17 in service and 7 retired; number of people paid: 17.
    **Good**: number of people paid: 24; or an indicator for each of the two groups.
    """
    groups = ((text, group) for text in texts(project) for group in _enumerations(text))
    first = next(groups, None)
    if first is None:
        return
    targets = [
        (indicator, target)
        for indicator in project.indicators
        if same_unit((target := parse(indicator.target)).unit, lexicon.words("people")[0])
        and target.low is not None
        and not is_ratio(indicator.name)
    ]
    target_numbers = {target.low for _, target in targets} | {target.high for _, target in targets}
    if targets:
        for item in _not_all(*first, targets[0], target_numbers, project):
            if len(targets) < len(first[1]):  # else each has an indicator of its own
                yield item


def _not_all(
    text: ProjectText,
    group: list[Count],
    only_target: tuple[Indicator, Target],
    target_numbers: set[Decimal | None],
    project: Project,
) -> Iterator[Hit]:
    """A hit where the only target counts some groups of an enumeration and leaves out others.

    target_numbers: the numbers of all targets in people; no hit if one of them can hold the total.
    """
    numbers = [count.number for count in group]
    missing = [number for number in numbers if number not in target_numbers]
    part = any(number in target_numbers for number in numbers)
    has_total = any(value is not None and value >= sum(numbers) for value in target_numbers)
    if part and missing and not has_total:
        indicator, target = only_target
        facts: Facts = {"place": text.place, "text": shorten(_quoted(text, group))}
        facts |= {
            "sum": "＋".join(map(format_decimal, numbers)),
            "total": format_decimal(sum(numbers, Decimal(0))),
        }
        facts |= {
            "target": shorten(target.source_text),
            "missing": listed(map(format_decimal, missing)),
        }
        path = indicator.path[len(project.path) :]
        yield hit(*path, "target", name=quoted_name(indicator), also=[text.path], **facts)


def _quoted(text: ProjectText, group: list[Count]) -> str:
    """The enumeration as the text has it; without its blanks, and normalised if lengths differ."""
    first, last, read = group[0], group[-1], neat(text.words)
    plainly = "".join(text.words.split())
    quotation = plainly if len(plainly) == len(read) else read
    tail = last.after[: 0 if last.before else OF_WHAT]
    return quotation[first.start - len(first.before[-LONGEST_QUOTE:]) : last.end] + tail


def _enumerations(text: ProjectText) -> Iterator[list[Count]]:
    """Groups of people that one text lists side by side, each with its number."""
    units, words = lexicon.words("people"), neat(text.words)
    if sum(map(words.count, units)) < FEWEST_GROUPS:
        return
    people = [count for count in find_counts(text.words) if count.unit in units]
    group: list[Count] = []
    for count in people if len(people) > 1 else ():
        if group and not _beside(words[group[-1].end : count.start]):
            yield from [group] if _whole(group) else []
            group = []
        group.append(count)
    if _whole(group):
        yield group


def _beside(between: str) -> bool:
    """Whether two numbers with this text between them are members of one enumeration."""
    parts = lexicon.pattern("enumeration").split(between, maxsplit=1)
    near = len(parts) > 1 and len(parts[0]) <= SIGNS_BEFORE and len(parts[1]) <= SIGNS_AFTER
    return near and not lexicon.holds(between, "done_to_people")


def _whole(group: list[Count]) -> bool:
    """Whether an enumeration has different groups only, none a part or total of another."""
    apart = len({count.thing for count in group}) == len(group)
    return len(group) > 1 and apart and not any(map(no_number_of_its_own, group))


@rule("REL813", ERROR, source="88/accuracy", needs="texts/staff names/staff")
def staff_counted_differently(project: Project) -> Iterator[Hit]:
    """The same kind of staff has one number in one place of a project, another in another.

    **Why**: one of the two is wrong, and the money was reckoned by one of them. Only kinds of
    staff that a unit has one number of are compared (in service, retired, hired and so on), where
    a text gives one number for the kind; new, leaving and average staff are left alone.
    **Bad**: purpose: pay of 17 staff in service; goal: pay of 18 staff in service.
    **Good**: the same number everywhere.
    """
    first: dict[str, tuple[int, object, RecordPath]] = {}
    for path, place, staff in _staff_of(project):
        for kind, number in staff.items():
            first_number, where, other = first.setdefault(kind, (number, place, path))
            if first_number != number:
                facts: Facts = {"kind": kind, "place": place, "number": number}
                yield hit(*path, **facts, other_place=where, other=first_number, also=[other])


def _staff_of(project: Project) -> Iterator[tuple[RecordPath, object, dict[str, int]]]:
    """Places of a project that count staff: path, words for the place, kind of staff to number."""
    for text in texts(project):
        if numbers := _staff(text.words):
            yield text.path, text.place, numbers
    units = lexicon.words("people")
    for indicator in project.indicators:
        target = parse(indicator.target)
        people = target.unit in units and target.operator in ("", "=")
        if not people or target.low is None or target.low != target.high:
            continue
        kinds = _kinds(indicator.name)
        if len(kinds) == 1:
            all_staff = not lexicon.holds(indicator.name, "not_all_staff")
            path = (*indicator.path[len(project.path) :], "target")
            yield path, quoted_name(indicator), {kinds.pop(): int(target.low)} if all_staff else {}


def _kinds(name: str) -> set[str]:
    return set(lexicon.pattern("staff").findall(neat(name)))


def _staff(text: str) -> dict[str, int]:
    """Kind of staff to number, for kinds that a text gives a single number.

    Kinds of which a part or a change is counted (new, retiring, planned) are left out.
    """
    words, odd = neat(text), -1
    if not DIGIT.search(words) or not lexicon.pattern("staff").search(words):
        return {}
    numbers: dict[str, set[int]] = defaultdict(set)
    for match in lexicon.pattern("staff_count").finditer(words):
        around = words[max(0, match.start() - 6) : match.end() + 2]
        number = int(match["number"] or match["first"])
        part = lexicon.holds(around, "not_all_staff")
        numbers[match["kind"] or match["after"]].add(odd if part else number)
    return {
        kind: min(values)
        for kind, values in numbers.items()
        if len(values) == 1 and odd not in values
    }


@rule("REL814", WARNING, source="88/accuracy")
def thing_counted_differently(project: Project) -> Iterator[Hit]:
    """Name, purpose and goals of a project give different numbers of the same thing.

    **Why**: one of the two is wrong, and nobody can tell which one the money was reckoned by. The
    noun before the number or after the unit must be the same, or nearly all the words around them;
    acts must not differ ("buy", "repair"). Parts, phases, so many for each, what there is already,
    other years and numbers that add up are left alone; an indicator of the thing that contradicts
    one of the numbers is REL815's.
    **Bad**: purpose: 20 computers bought; goal: 15 computers bought.
    **Good**: the same number everywhere.
    """
    times = units("time")
    earlier: dict[str, list[Mention]] = {}
    reported: set[ProjectText] = set()
    for mention in mentions_of_one_unit(project):
        unit = mention.quantity.unit
        alike = earlier.setdefault(unit, [])
        alike.append(mention)
        for first in alike[:-1] if unit not in times else ():
            if first.text is mention.text or mention.text in reported:
                continue
            differ = in_conflict(first, mention, project)
            if differ and not left_to_an_indicator(mention, first, project):
                reported.add(mention.text)
                facts: Facts = {"place": mention.text.place, "other_place": first.text.place}
                facts |= {"text": quoted(mention), "other": quoted(first)}
                yield hit(*mention.text.path, also=[first.text.path], **facts)


@rule("REL815", WARNING, source="88/relevance")
def goal_counts_something_else(project: Project) -> Iterator[Hit]:
    """A text names a number, the only indicator of the same thing another.

    **Why**: whichever of the two is reached, the other may not be; the text and its indicator are
    not the same promise. More than "at least" is fine as far as a fifth; the rest of what may
    differ is told apart as in REL814.
    **Bad**: goal: 6000 books bought; indicator: number of books bought, at least 5000.
    **Good**: both 6000.
    """
    for measure in measures(project):
        alike = mentions(project, measure.unit)
        ends = measure.number.low, measure.number.high
        name_mentions = in_its_name(measure)
        if not name_mentions and all(mention.overlaps(*ends) for mention in alike):
            continue
        about = [
            (mention, how) for mention in alike if (how := how_related(mention, measure, project))
        ]
        wrong = [item for item, how in about if contradict(how, item.number, measure.number)]
        wrong += name_mentions
        right = {
            item.text
            for item, how in about
            if how == SAME_KIND and agree(item.number, measure.number)
        }
        for mention in wrong:
            if mention.text in right or settled_elsewhere(mention, measure, project):
                continue
            facts: Facts = {"place": mention.text.place, "text": quoted(mention)}
            path = (*measure.indicator.path[len(project.path) :], "target")
            target = shorten(measure.target.source_text)
            facts["also"] = [mention.text.path]
            yield hit(*path, name=quoted_name(measure.indicator), target=target, **facts)
            break


@rule("REL816", WARNING, source="88/relevance")
def goal_names_another_share(project: Project) -> Iterator[Hit]:
    """A text names a percentage, the one indicator of that name another.

    **Why**: the text and its indicator are not the same promise. The indicator's name must stand
    in the text, or the text's word be the end of one indicator's name only; a satisfaction of
    nobody in particular is that of the only indicator of satisfaction. A target that is a little
    stricter than the text (at least 96% where the text says 95%) is left alone.
    **Bad**: goal: satisfaction of parents at least 95%; indicator of that name: at least 90%.
    **Good**: both 95%.
    """
    promises = promised_shares(project)
    rates = [(item, parse(item.target)) for item in (project.indicators if promises else ())]
    rates = [pair for pair in rates if pair[1].unit == "%"]
    names = [text_key(indicator.name) for indicator, _ in rates]
    for text, share in promises if rates else ():
        about = [pair for pair in rates if is_share_of(share.name, text_key(pair[0].name), names)]
        if len(about) == 1 and disagree(share, about[0][1]):
            indicator, target = about[0]
            facts: Facts = {"place": text.place, "text": shorten(share.passage)}
            path = (*indicator.path[len(project.path) :], "target")
            facts["also"] = [text.path]
            yield hit(
                *path, name=quoted_name(indicator), target=shorten(target.source_text), **facts
            )
