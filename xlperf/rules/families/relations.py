"""Whether the numbers in the text of a project agree with its indicators and with each other.

The text is read for counts ("17 persons") and shares ("95%"), see `text.counted_things`. What is
counted is known by the words beside the number only; so a rule speaks where these words are the
same, or where the arithmetic of an enumeration shows what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from xlperf.paths import Path
from xlperf.record import Indicator, Project
from xlperf.rules.core import ERROR, WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import listed, shorten
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import (
    Count,
    Text,
    counts,
    neat,
    no_number_of_its_own,
    same_unit,
    shares,
    texts,
    units_like,
)
from xlperf.rules.text.indicator_traits import is_ratio
from xlperf.rules.text.similarity import bare, characters, pairs, quoted_name, signs
from xlperf.rules.text.text_fields import DIGIT
from xlperf.targets import Target, parse, plain

BEFORE, NEAR = 6, 10  # characters on both sides of what stands between two members of a list
OF_WHAT = 6  # characters of what is counted that a message quotes
ENOUGH = 4  # characters beside a number that make two equal phrases speak of the same
SURE = 2  # pairs of characters in common that make two phrases speak of the same


@rule("REL804", WARNING, source="88/adequacy")
def people_without_an_indicator(project: Project) -> Iterator[Hit]:
    """The text lists several groups of people, an indicator has the number of one of them only.

    **Why**: the money is for all of them; whether the others got theirs is never asked. The groups
    must stand in one enumeration, with a number each; parts, totals and people that are trained or
    chosen are left alone.
    **Bad**: pay of 17 in service and 7 retired; number of people paid: 17.
    **Good**: number of people paid: 24; or an indicator for each of the two groups.
    """
    every = ((text, group) for text in texts(project) for group in _enumerations(text))
    first = next(every, None)
    if first is None:
        return
    targets = [
        (indicator, target)
        for indicator in project.indicators
        if same_unit((target := parse(indicator.target)).unit, lexicon.words("people")[0])
        and target.low is not None
        and not is_ratio(indicator.name)
    ]
    told = {target.low for _, target in targets} | {target.high for _, target in targets}
    if targets:
        yield from _not_all(*first, targets[0], told, project)


def _not_all(
    text: Text,
    group: list[Count],
    said: tuple[Indicator, Target],
    told: set[Decimal | None],
    project: Project,
) -> Iterator[Hit]:
    numbers = [count.number for count in group]
    missing = [number for number in numbers if number not in told]
    part = any(number in told for number in numbers)
    whole = any(value is not None and value >= sum(numbers) for value in told)
    if part and missing and not whole:
        indicator, target = said
        facts: Facts = {"place": text.place, "text": shorten(_quoted(text, group))}
        facts |= {"sum": "＋".join(map(plain, numbers)), "total": plain(sum(numbers, Decimal(0)))}
        facts |= {"target": shorten(target.written), "missing": listed(map(plain, missing))}
        path = indicator.path[len(project.path) :]
        yield hit(*path, "target", name=quoted_name(indicator), **facts)


def _quoted(text: Text, group: list[Count]) -> str:
    """The enumeration as it stands in the text; its marks as written, where they can be told."""
    first, last, read = group[0], group[-1], neat(text.words)
    plainly = "".join(text.words.split())
    shown = plainly if len(plainly) == len(read) else read
    tail = last.after[: 0 if last.before else OF_WHAT]
    return shown[first.start - len(first.before[-OF_WHAT:]) : last.end] + tail


def _enumerations(text: Text) -> Iterator[list[Count]]:
    """Groups of people that one text lists side by side, each with its number."""
    people = [count for count in counts(text.words) if count.unit in lexicon.words("people")]
    group: list[Count] = []
    for count in people if len(people) > 1 else ():
        if group and not _beside(neat(text.words)[group[-1].end : count.start]):
            yield from [group] if _whole(group) else []
            group = []
        group.append(count)
    if _whole(group):
        yield group


def _beside(between: str) -> bool:
    """Whether two numbers with this text between them are members of one enumeration."""
    parts = lexicon.pattern("enumeration").split(between, maxsplit=1)
    near = len(parts) > 1 and len(parts[0]) <= BEFORE and len(parts[1]) <= NEAR
    return near and not lexicon.holds(between, "done_to_people")


def _whole(group: list[Count]) -> bool:
    """Whether its members are different groups of people, and none a part or total of another."""
    apart = len({count.thing for count in group}) == len(group)
    return len(group) > 1 and apart and not any(map(no_number_of_its_own, group))


@rule("REL813", ERROR, source="88/accuracy")
def staff_counted_differently(project: Project) -> Iterator[Hit]:
    """The same kind of staff has one number in one place of a project, another in another.

    **Why**: one of the two is wrong, and the money was reckoned by one of them. Only kinds of
    staff that a unit has one number of are compared (in service, retired, hired and so on), where
    a text gives one number for the kind; new, leaving and average staff are left alone.
    **Bad**: purpose: pay of 17 staff in service; goal: pay of 18 staff in service.
    **Good**: the same number everywhere.
    """
    first: dict[str, tuple[int, object]] = {}
    for path, place, found in _staff_of(project):
        for kind, number in found.items():
            known, where = first.setdefault(kind, (number, place))
            if known != number:
                facts: Facts = {"kind": kind, "place": place, "number": number}
                yield hit(*path, **facts, other_place=where, other=known)


def _staff_of(project: Project) -> Iterator[tuple[Path, object, dict[str, int]]]:
    """Every place of a project that gives numbers of staff: its path, its name, kind to number."""
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
            whole = not lexicon.holds(indicator.name, "not_all_staff")
            path = (*indicator.path[len(project.path) :], "target")
            yield path, quoted_name(indicator), {kinds.pop(): int(target.low)} if whole else {}


def _kinds(name: str) -> set[str]:
    return set(lexicon.pattern("staff").findall(neat(name)))


def _staff(text: str) -> dict[str, int]:
    """Kinds of staff that a text gives one number each; parts and changes left out."""
    words, odd = neat(text), -1
    if not DIGIT.search(words) or not lexicon.pattern("staff").search(words):
        return {}
    numbers: dict[str, set[int]] = defaultdict(set)
    for match in lexicon.pattern("staff_count").finditer(words):
        around = words[max(0, match.start() - 6) : match.end() + 2]
        number = int(match["number"] or match["first"])
        part = lexicon.holds(around, "not_all_staff")
        numbers[match["kind"] or match["after"]].add(odd if part else number)
    return {kind: min(each) for kind, each in numbers.items() if len(each) == 1 and odd not in each}


@rule("REL814", WARNING, source="88/accuracy")
def thing_counted_differently(project: Project) -> Iterator[Hit]:
    """Name, purpose and goals of a project give different numbers of the same thing.

    **Why**: one of the two is wrong, and nobody can tell which one the money was reckoned by. Only
    phrases that are the same up to the number are compared.
    **Bad**: purpose: 20 computers bought; goal: 15 computers bought.
    **Good**: the same number everywhere.
    """
    first: dict[tuple[object, ...], tuple[Count, Text]] = {}
    counting = [(text, every) for text in texts(project) if (every := counts(text.words))]
    shared = _units_of_several(every for _, every in counting)
    for text, every in counting if shared else ():
        once: dict[tuple[object, ...], list[Count]] = defaultdict(list)
        for count in every:
            if count.unit not in shared or len("".join(count.thing)) < ENOUGH:
                continue
            if not no_number_of_its_own(count):
                once[(*count.thing, count.unit)].append(count)
        for key, found in once.items():
            known, where = first.setdefault(key, (found[0], text))
            if len(found) == 1 and where is not text and known.number != found[0].number:
                facts: Facts = {"place": text.place, "other_place": where.place}
                facts |= {"text": shown(found[0]), "other": shown(known)}
                yield hit(*text.path, **facts)


def _units_of_several(texts_: Iterable[tuple[Count, ...]]) -> set[str]:
    """The units in which more than one text counts something."""
    seen: set[str] = set()
    shared: set[str] = set()
    for every in texts_:
        units = {count.unit for count in every}
        shared |= seen & units
        seen |= units
    return shared


def shown(count: Count) -> str:
    """A count with the words that say of what."""
    before, after = count.thing
    return f"{before}{plain(count.number)}{count.unit}{after}"


@rule("REL815", WARNING, source="88/relevance")
def goal_counts_something_else(project: Project) -> Iterator[Hit]:
    """A goal names a number, the one indicator of the same thing another.

    **Why**: whichever of the two is reached, the other may not be; the goal and its indicator are
    not the same promise. The indicator must be the only one with this unit that has the goal's
    words before the number in its name, or shares two pairs of characters with the words beside
    it and says nothing that the goal does not; and the goal must promise more. So many for each,
    and numbers that add up to the indicator's, are left alone.
    **Bad**: goal: 6000 books bought; indicator: number of books bought, at least 5000.
    **Good**: both 6000.
    """
    goals = [text for text in texts(project)[2:] if counts(text.words)]
    numbers = [(item, parse(item.target)) for item in (project.indicators if goals else ())]
    counted = [(each, target) for each, target in numbers if target.low is not None]
    for text in goals:
        for count in counts(text.words):
            units = units_like(count.unit)
            alike = [pair for pair in counted if pair[1].unit in units]
            if not alike:
                continue
            told = {value for _, target in alike for value in (target.low, target.high)}
            less = count.number not in told and any(_more(count, each) for _, each in alike)
            if not less or no_number_of_its_own(count):
                continue
            about = [pair for pair in alike if _about(count, pair[0])]
            if len(about) == 1 and _more(count, about[0][1]):
                indicator, target = about[0]
                facts: Facts = {"place": text.place, "text": shown(count)}
                path = (*indicator.path[len(project.path) :], "target")
                yield hit(
                    *path, name=quoted_name(indicator), target=shorten(target.written), **facts
                )


def _about(count: Count, indicator: Indicator) -> bool:
    before, after = count.thing
    if len(before) >= ENOUGH and before in indicator.name:
        return True
    common = (pairs(before) | pairs(after)) & pairs(indicator.name)
    alien = signs(indicator.name) - characters(count.clause) - set(count.unit)
    return len(common) >= SURE and len(alien) <= 1


def _more(count: Count, target: Target) -> bool:
    """Whether a goal promises more than its indicator asks for."""
    if target.low is None or target.high is None:
        return False
    at_most = target.operator in ("≤", "<")
    return count.number < target.low if at_most else count.number > target.high


@rule("REL816", WARNING, source="88/relevance")
def goal_names_another_share(project: Project) -> Iterator[Hit]:
    """A goal names a percentage, the one indicator of that name another.

    **Why**: the goal and its indicator are not the same promise. The indicator's name must stand
    in the goal, or the goal's word be the end of one indicator's name only.
    **Bad**: goal: satisfaction of parents at least 95%; indicator of that name: at least 90%.
    **Good**: both 95%.
    """
    told = [(text, share) for text in texts(project)[2:] for share in shares(text.words)]
    rates = [(item, parse(item.target)) for item in (project.indicators if told else ())]
    rates = [pair for pair in rates if pair[1].unit == "%" and is_ratio(pair[0].name)]
    for text, share in told if rates else ():
        about = [pair for pair in rates if _named(share.name, bare(pair[0].name))]
        if len(about) == 1 and share.number not in (about[0][1].low, about[0][1].high):
            indicator, target = about[0]
            facts: Facts = {"place": text.place, "text": shorten(share.shown)}
            path = (*indicator.path[len(project.path) :], "target")
            yield hit(*path, name=quoted_name(indicator), target=shorten(target.written), **facts)


def _named(said: str, name: str) -> bool:
    """Whether a phrase ends with an indicator's name, or is the end of that name itself."""
    return (len(name) > SURE and said.endswith(name)) or (len(said) > SURE and name.endswith(said))
