"""The places of a finding beside its first: where a text was copied to, what a number contradicts.

A finding is counted once, at its path; its other places are named and marked where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from xlperf.paths import RecordPath, nearest
from xlperf.reading import Place, Spot
from xlperf.record import PLAN_MONTHS
from xlperf.rules.message_facts import place_label
from xlperf.wording import say

BEGINNINGS: Mapping[
    str | int, RecordPath
] = {  # of a project's parts that have no cell of their own
    "spending_plan": (PLAN_MONTHS[0],),
    "indicators": (0, "name"),
    "goals": (0,),
}


class OtherPlace(NamedTuple):
    """Where a finding about several places stands besides: the path, and where that was read."""

    path: RecordPath
    place: Place | None = None


class HasPlaces(Protocol):
    """What functions of this module read of a finding: its path, place and other places."""

    @property
    def path(self) -> RecordPath:
        """Where it is in the record."""

    @property
    def place(self) -> Place | None:
        """Where that was read."""

    @property
    def also(self) -> tuple[OtherPlace, ...]:
        """Its other places."""


def other_places(
    path: RecordPath, also: Iterable[RecordPath], where: Mapping[RecordPath, Place]
) -> tuple[OtherPlace, ...]:
    """The other places of a finding, each once, in the order in which its rule names them.

    `path` is the finding's own; `where` says where paths were read.
    """
    paths = dict.fromkeys(item for item in also if item != path)
    return tuple(OtherPlace(path, place_of(path, where)) for path in paths)


def place_of(path: RecordPath, where: Mapping[RecordPath, Place]) -> Place | None:
    """Where a path was read: its own place, else that of the nearest part that it belongs to.

    A part of a form that has no cell of its own, such as a spending plan, stands where it begins.
    """
    place = nearest(path, where)
    if place and place.sheet and not place.cell and path and path[-1] in BEGINNINGS:
        return where.get(path + BEGINNINGS[path[-1]], place)
    return place


def place_name(path: RecordPath, place: Place | None) -> str:
    """A place as people look for it: sheet and cell, line, spot in a document; else its field."""
    if place is None:
        return place_label(path) if path else ""
    if place.line and not place.cell:
        return say("report.line", line=place.line)
    return str(Spot(place.at)) if place.at else str(place)


def all_places(finding: HasPlaces) -> Iterator[tuple[RecordPath, Place | None]]:
    """The path and the place of everything that a finding is about, its own first."""
    yield finding.path, finding.place
    for item in finding.also:
        yield item.path, item.place


def also_in(finding: HasPlaces, most: int = 0) -> str:
    """A sentence that names the other places of a finding, "" where it has none.

    At most so many (0: all of them), and how many there are; what has the name of its own place,
    such as another cell on one line of a text, is not named again.
    """
    own_name, *other_names = (place_name(*place) for place in all_places(finding))
    names = [fromkey for fromkey in dict.fromkeys(other_names) if fromkey != own_name]
    text = say("rule_part.comma").join(names[:most] if most else names)
    if most and len(names) > most:
        return say("places.first_of", shown=text, n=len(names))
    return say("places.also", shown=text) if names else ""
