"""What is wrong with the add-in's sources or with a built file: a place, a key and facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xlperf.errors import UserError, XlperfError
from xlperf.wording import say


class DamagedFileError(XlperfError):
    """A file that does not keep to its own format: a package, a VBA project, XML."""


@dataclass(frozen=True)
class AddinFault:
    """One fault, to be said in the user's language."""

    key: str  # under addin.fault
    where: str = ""  # a part of the package, or file and line of a source
    facts: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        text = say(f"addin.fault.{self.key}", **self.facts)
        return f"{self.where}: {text}" if self.where else text


def fault(key: str, where: str = "", /, **facts: object) -> AddinFault:
    """A fault at a place."""
    return AddinFault(key, where, facts)


def refuse_if_any(faults: Iterable[AddinFault]) -> None:
    """Raise one UserError that lists all faults; nothing happens where there is none."""
    if result := list(faults):
        raise UserError("addin_sources", count=len(result), faults="\n".join(map(str, result)))
