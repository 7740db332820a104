"""Which rules are asked about a subject: all of its kind, but those whose words do not stand there.

What a rule needs is looked for in all texts of a document at once (`text.columns`); where none of
it is written, the rule costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Generic, TypeVar

from xlperf.paths import Path

Q = TypeVar("Q")


class Questions(Generic[Q]):
    """What is asked of subjects of some kinds, in the order in which it was added."""

    def __init__(self) -> None:
        self._of_kind: dict[str, list[Q]] = defaultdict(list)
        self._there: dict[str, dict[Path, list[Q]]] = defaultdict(lambda: defaultdict(list))

    def add(self, question: Q, kinds: Iterable[str], paths: Collection[Path] | None) -> None:
        """Ask something of the subjects of some kinds, at some paths; `None`: wherever they are."""
        for kind in kinds:
            if paths is None:
                self._of_kind[kind].append(question)
            else:
                for path in paths:
                    self._there[kind][path].append(question)

    def of(self, kind: str, path: Path) -> Sequence[Q]:
        """What is asked of a subject."""
        asked = self._of_kind.get(kind, ())
        here = self._there[kind].get(path) if kind in self._there else None
        return [*asked, *here] if here else asked

    def __contains__(self, kind: object) -> bool:
        return kind in self._of_kind or kind in self._there
