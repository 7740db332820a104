"""Which items of two lists are the same thing: projects, indicators, activities, goals.

By what they are called first, by what they say where that was changed; their order counts for
nothing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from xlperf.comparison.likeness import likeness, squeezed
from xlperf.record import Raw, amount

MOST_PAIRS = 250_000  # of items left over that are compared with one another
# of a project code: its length, and the digits of its year
CODE_LENGTH, YEAR_IN_CODE = 21, slice(6, 8)

KeyFunction = Callable[[Any], Hashable]
IndexPair = tuple[int | None, int | None]  # positions before and after; None where it was not


@dataclass(frozen=True)
class Ways:
    """How the items of a list are recognised: by equal keys, in turn, then by likeness."""

    keys: tuple[KeyFunction, ...]
    alike: Callable[[Any, Any], float]
    least: float = 0.5


def pair(before: Sequence[Any], after: Sequence[Any], ways: Ways) -> list[IndexPair]:
    """Pairs of positions, in the order of what is there now, each loss after its neighbour.

    An item without a key (blank) is paired by another key, by all that it says or by likeness, at
    most once.
    """
    pairs: dict[int, int] = {}  # after: before
    for key in (*ways.keys, _all_it_says):
        _by_key(before, after, key, pairs)
    _by_likeness(before, after, ways, pairs)
    return _in_order(len(before), len(after), pairs)


def _by_key(
    before: Sequence[Any], after: Sequence[Any], key: KeyFunction, pairs: dict[int, int]
) -> None:
    paired_positions = set(pairs.values())
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for position, item in enumerate(before):
        if position not in paired_positions and (value := key(item)):
            waiting[value].append(position)
    for position, item in enumerate(after):
        if position not in pairs and (value := key(item)) and waiting.get(value):
            pairs[position] = waiting[value].popleft()


def _by_likeness(
    before: Sequence[Any], after: Sequence[Any], ways: Ways, pairs: dict[int, int]
) -> None:
    paired_positions = set(pairs.values())
    lost = [position for position in range(len(before)) if position not in paired_positions]
    new = [position for position in range(len(after)) if position not in pairs]
    if len(lost) * len(new) > MOST_PAIRS:
        return
    scores = [(ways.alike(before[old], after[now]), old, now) for now in new for old in lost]
    for score, old, now in sorted(scores, key=lambda item: (-item[0], item[1:])):
        if score < ways.least:
            return
        if old not in paired_positions and now not in pairs:
            paired_positions.add(old)
            pairs[now] = old


def _in_order(before: int, after: int, pairs: dict[int, int]) -> list[IndexPair]:
    paired_positions = set(pairs.values())
    follows: dict[int | None, list[int]] = defaultdict(list)  # losses by what stood before them
    last: int | None = None
    for position in range(before):
        if position in paired_positions:
            last = position
        else:
            follows[last].append(position)
    result: list[IndexPair] = [(lost, None) for lost in follows[None]]
    for now in range(after):
        old = pairs.get(now)
        result.append((old, now))
        result += [(lost, None) for lost in (follows[old] if old is not None else ())]
    return result


def _field(*names: str) -> KeyFunction:
    """The squeezed texts of some fields as a key; blank where the first of them is."""

    def key(item: Any) -> Hashable:
        texts = tuple(squeezed(item.get(name) or "") for name in names)
        return texts if texts[0] else ()

    return key


def _all_it_says(item: Any) -> Hashable:
    """Everything that an item says: blank forms have no name, and are the same all the same."""
    return squeezed(item)


def _code_without_year(item: Raw) -> Hashable:
    """A project code of the budget system without its year: a project's code of last year."""
    code = squeezed(item.get("code") or "")
    return (
        (code[: YEAR_IN_CODE.start], code[YEAR_IN_CODE.stop :]) if len(code) == CODE_LENGTH else ()
    )


def _names_of_indicators(item: Raw) -> frozenset[str]:
    listed = item.get("indicators")
    rows = listed if isinstance(listed, list) else ()
    return frozenset(squeezed(row.get("name") or "") for row in rows if isinstance(row, dict))


def _shared(item: Raw, other: Raw) -> float:
    """The share of indicators, by name, that two owners have in common."""
    names, others = _names_of_indicators(item) - {""}, _names_of_indicators(other) - {""}
    all_names = names | others
    return len(names & others) / len(all_names) if all_names else 0.0


def _alike_projects(item: Raw, other: Raw) -> float:
    """Name and indicators weigh most; what is copied into many projects decides nothing alone."""
    name = likeness(item.get("name") or "", other.get("name") or "")
    money = amount(item.get("budget"))
    same_money = money is not None and money == amount(other.get("budget"))
    purpose = likeness(item.get("purpose") or "", other.get("purpose") or "")
    return 0.45 * name + 0.25 * _shared(item, other) + 0.2 * purpose + 0.1 * same_money


def _alike_activities(item: Raw, other: Raw) -> float:
    name = likeness(item.get("name") or "", other.get("name") or "")
    goal = likeness(item.get("goal") or "", other.get("goal") or "")
    return max(name, 0.5 * goal + 0.5 * _shared(item, other))


def _alike_indicators(item: Raw, other: Raw) -> float:
    """By name, or by what the description says; less where it would be of another level."""
    name = likeness(item.get("name") or "", other.get("name") or "")
    says = likeness(item.get("description") or "", other.get("description") or "")
    same = squeezed(item.get("level2") or "") == squeezed(other.get("level2") or "")
    return max(name, 0.85 * says) - (0 if same else 0.15)


def _alike_titles(item: Raw, other: Raw) -> float:
    title = likeness(item.get("title") or "", other.get("title") or "")
    return max(title, likeness(item.get("text") or "", other.get("text") or ""))


def _as_text(item: Any) -> Hashable:
    return squeezed(item)


def _of_stage(item: Raw) -> Hashable:
    of = item.get("of")
    return tuple(map(squeezed, of)) if isinstance(of, list) else ()


def _never(item: Any, other: Any) -> float:
    return 0.0


LEVELS_AND_NAME = ("name", "level1", "level2")
WAYS_BY_LIST: dict[str, Ways] = {  # by the path of the list in the table of fields
    "projects": Ways(
        (
            _field("code", "name"),
            _field("code"),
            _field("name", "unit"),
            _code_without_year,
            _field("name"),
        ),
        _alike_projects,
        0.55,
    ),
    "activities": Ways((_field("name"),), _alike_activities),
    "safeguards": Ways((_field("title"),), _alike_titles),
    "units": Ways((_field("code"), _field("name")), _never),
    "projects/funds": Ways((_field("source"),), _never),
    "waivers": Ways((_field("code", "at", "name"),), _never),
    "stages": Ways((_field("kind", "until"), _field("kind")), _never),
    "stages/projects": Ways((_field("code"), _field("name")), _never),
    "stages/projects/funds": Ways((_field("source"),), _never),
    "stages/projects/indicators": Ways((_of_stage,), _never),
}
INDICATOR_WAYS = Ways(
    (_field(*LEVELS_AND_NAME, "description", "target"), _field(*LEVELS_AND_NAME), _field("name")),
    _alike_indicators,
    0.4,
)
TEXT_WAYS = Ways((_as_text,), likeness, 0.35)
OTHER_ITEMS = Ways((_as_text,), _never)  # lists of other things: equal or not


def ways_of(path: str) -> Ways:
    """How the items of the list at a path of the table of fields are recognised."""
    if path in WAYS_BY_LIST:
        return WAYS_BY_LIST[path]
    return INDICATOR_WAYS if path.endswith("/indicators") else OTHER_ITEMS
