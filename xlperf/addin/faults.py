"""What is wrong with the add-in's sources or with a built file: a place, a key and facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xlperf.errors import Refusal
from xlperf.wording import say


class Damaged(Exception):  # noqa: N818 - the readers' word for what they cannot follow
    """A file does not keep to its own format."""


@dataclass(frozen=True)
class Fault:
    """One fault, to be said in the user's language."""

    key: str  # under addin.fault
    where: str = ""  # a part of the package, or file and line of a source
    facts: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        said = say(f"addin.fault.{self.key}", **self.facts)
        return f"{self.where}: {said}" if self.where else said


def fault(key: str, where: str = "", /, **facts: object) -> Fault:
    """A fault at a place."""
    return Fault(key, where, facts)


def refuse_if_any(faults: Iterable[Fault]) -> None:
    """All faults of the sources at once, in one refusal."""
    if found := list(faults):
        raise Refusal("addin_sources", count=len(found), faults="\n".join(map(str, found)))
