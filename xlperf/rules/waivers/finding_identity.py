"""What a finding is about, told so that it is known again after edits: no cell, no position.

`at` names a place by keys, codes and names: projects/CODE/indicators/LEVELS|NAME/target. What has
the same name as one before it gets a number; what has no name is known by its position, and by
its facts. `facts` is a hash of what the finding complains about, blanks and widths aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from xlperf.paths import RecordPath, get
from xlperf.reading import Spot
from xlperf.record import Raw, words
from xlperf.rules.message_facts import LONGEST_QUOTE, Amount, FactList, Named, Word
from xlperf.rules.text.similarity import Few, Numbered
from xlperf.rules.text.width_folding import fold_width
from xlperf.waivers import digest

IDENTIFYING_FIELDS = {  # what items of a list are known by: the first of these that one has
    "projects": (("code",), ("name",)),
    "units": (("code",), ("name",)),
    "activities": (("name",),),
    "safeguards": (("title",),),
    "indicators": (("level1", "level2", "name"),),
}
# facts that only name what the finding is about, or say how to mend it
OWN_NAME = ("project", "how_to_explain", "how_to_mend", "how_written", "better", "worse")
POSITION = re.compile(r"\bnth_|_number\b")  # words that only say which one it is
POINTER_ESCAPES = str.maketrans({"~": "~0", "/": "~1", "#": "~2"})


class Identity(NamedTuple):
    """What a finding is about, what that project is called, and the facts."""

    at: str = ""
    name: str = ""
    facts: str = ""


NO_IDENTITY = Identity()


class Identifier:
    """Makes the identities of the findings on one record; remembers what it has named."""

    def __init__(self, record: Raw) -> None:
        self.record = record
        self._labels: dict[RecordPath, list[str]] = {}
        self._places: dict[RecordPath, str] = {(): ""}

    def identity(self, path: RecordPath, facts: Mapping[str, Any]) -> Identity:
        """The identity of a finding at a path with the facts of its message."""
        project = get(self.record, path[:2]) if path[:1] == ("projects",) else None
        name = words(project, "name") if isinstance(project, dict) else ""
        return Identity(self._place(path), name, self.facts(path, facts))

    def _place(self, path: RecordPath) -> str:
        """A path by keys, codes and names; remembered, as many findings share its beginning."""
        if path not in self._places:
            above, step = path[:-1], path[-1]
            name = _escaped(step) if isinstance(step, str) else self._label(above, step)
            self._places[path] = f"{self._place(above)}/{name}" if above else name
        return self._places[path]

    def _label(self, above: RecordPath, position: int) -> str:
        """An item of a list by its name; by its position where it has none."""
        listed = self.labels(above)
        return listed[position] if 0 <= position < len(listed) else f"#{position + 1}"

    def labels(self, above: RecordPath) -> list[str]:
        """The names of a list's items, as `at` has them; `above` is the list's path."""
        if above not in self._labels:
            self._labels[above] = list(_labels(get(self.record, above), str(above[-1])))
        return self._labels[above]

    def facts(self, path: RecordPath, facts: Mapping[str, Any]) -> str:
        """A hash of what a finding complains about; the field's own value too, if it is short.

        Names of facts are part of it: with others, explanations of before would be out of date.
        """
        parts = [f"{key}={settled(facts[key])}" for key in sorted(facts) if key not in OWN_NAME]
        value = get(self.record, path)
        own_value = "" if isinstance(value, dict | list) or value is None else settled(value)
        return digest(*parts, own_value[: LONGEST_QUOTE + 1])


def _labels(listed: object, key: str) -> Iterator[str]:
    met: dict[str, int] = {}
    for position, item in enumerate(listed if isinstance(listed, list) else ()):
        label = _name(item, key)
        if not label:
            yield f"#{position + 1}"
            continue
        met[label] = met.get(label, 0) + 1
        yield label if met[label] == 1 else f"{label}#{met[label]}"


def _name(item: object, key: str) -> str:
    """What an item of a list is known by, "" for nothing."""
    if not isinstance(item, dict):
        return ""
    for fields in IDENTIFYING_FIELDS.get(key, ()):
        labels = [_as_label(words(item, field)) for field in fields]
        if labels[-1]:
            return "|".join(filter(None, labels))
    return ""


@lru_cache(maxsize=16384)
def _as_label(text: str) -> str:
    return _escaped(squeezed(text))


def _escaped(text: str) -> str:
    plain = "~" not in text and "/" not in text and "#" not in text
    return text if plain else text.translate(POINTER_ESCAPES)


def squeezed(text: str) -> str:
    """A text without blanks and without the difference between full and half width."""
    return "".join(fold_width(text).split())


def settled(value: Any) -> str:
    """A fact as text for the hash: the same after moves, in any language, however it is spaced."""
    if type(value) is str:  # as most facts are
        return squeezed(value)
    if isinstance(value, Amount):
        value = value.settled
    if isinstance(value, Numbered | Named):
        value = value.name
    if isinstance(value, Word):
        return "" if POSITION.search(value.key) else f"{value.key}:{value.number}"
    if isinstance(value, Spot):
        return ""
    if isinstance(value, FactList | Few):
        return "|".join(map(settled, value.items))
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < LONGEST_QUOTE:
        return f"{value.normalize():f}"
    return squeezed(str(value))
