"""Explanations of findings (waivers) as the record keeps them: which finding, why, who, when.

A waiver names its finding by the rule's code and by what it is about (`at`: keys and names, never
a position that an edit would shift), and remembers the facts it was given for (`facts`, a hash).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from xlperf.record import Raw

INPUT_KEYS = ("reason", "who", "when")  # what people write; the rest is the program's


class Standing(StrEnum):
    """What an explanation is worth; only `EXPLAINED` settles its finding."""

    OPEN = "open"  # there is none
    EXPLAINED = "explained"
    INADEQUATE = "inadequate"
    STALE = "stale"  # the facts have changed since
    REFUSED = "refused"  # findings this grave are to be mended, whatever is said of them
    GONE = "gone"  # its finding no longer arises
    UNCHECKED = "unchecked"  # its rule was not run


@dataclass(frozen=True, slots=True)
class Waiver:
    """One explanation. `name` is what its project was called, for people and for finding it.

    `opinion` is what a reviewer says of the finding; without a code, of a project or of all.
    """

    code: str = ""
    at: str = ""
    name: str = ""
    reason: str = ""
    who: str = ""
    when: str = ""
    facts: str = ""
    opinion: str = ""

    @property
    def is_explanation(self) -> bool:
        """Whether it explains anything: a reviewer's opinion alone does not."""
        return bool((self.reason + self.who + self.when).strip()) or not self.opinion

    @property
    def seal(self) -> str:
        """A short hash of reason, name and day: changes when people change anything they wrote."""
        return digest(self.reason, self.who, self.when)

    def raw(self) -> Raw:
        """As the record keeps it."""
        return {key: value for key, value in asdict(self).items() if value}


def waivers_of(record: Raw) -> Iterator[tuple[int, Waiver]]:
    """The explanations of a record with their positions; what has no such shape is passed over."""
    listed = record.get("waivers")
    for position, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, dict):
            keys = Waiver.__dataclass_fields__
            yield position, Waiver(**{k: v for k, v in item.items() if k in keys and _text(v)})


def _text(value: Any) -> bool:
    return isinstance(value, str)


def order(raw: Any) -> tuple[str, ...]:
    """A sort key for a record's explanations: by what they are about, then by the rule."""
    keys = ("at", "code", "name", "reason", "who", "when", "facts", "opinion")
    return tuple(str(raw.get(key, "")) if isinstance(raw, dict) else "" for key in keys)


def digest(*parts: str) -> str:
    """16 hexadecimal digits: the beginning of the SHA-256 of some texts, one after the other."""
    from hashlib import sha256  # as explanations alone need it

    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def waiver_of(line: dict[str, Any]) -> Waiver | None:
    """The explanation on a line of the list as people left it; None where they wrote nothing.

    What is still worded as it was when it went stale, is stale still.
    """
    texts = {key: str(line.get(key) or "") for key in Waiver.__dataclass_fields__}
    waiver = Waiver(**texts)
    if not (waiver.reason + waiver.who + waiver.when + waiver.opinion).strip():
        return None
    facts, _, seal = str(line.get("then") or "").partition(":")
    return Waiver(**{**texts, "facts": facts}) if seal and seal == waiver.seal else waiver
