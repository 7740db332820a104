"""Which rules are asked about a subject: all of its kind, but those whose words do not stand there.

What a rule needs is looked for in all texts of a document at once (`text.columns`); where none of
it is written, the rule costs nothing. Of many subjects one rule is asked after the other:
a processor that stays with a rule takes a fifth less time than one that stays with a subject.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

from xlperf.paths import RecordPath
from xlperf.rules.subjects import Kinds

SUBJECTS_AT_ONCE = 1000  # subjects of which one question is asked after the other

Q = TypeVar("Q")
RuleSubject = tuple[Kinds, Any, RecordPath]


class Questions(Generic[Q]):
    """What is asked of subjects of some kinds, in the order in which it was added."""

    def __init__(self) -> None:
        self._questions: list[Q] = []
        self._of_kind: dict[str, list[int]] = defaultdict(list)  # their numbers
        self._there: dict[str, dict[RecordPath, list[int]]] = defaultdict(lambda: defaultdict(list))

    def add(self, question: Q, kinds: Iterable[str], paths: Collection[RecordPath] | None) -> None:
        """Ask something of the subjects of some kinds, at some paths; `None`: wherever they are."""
        number = len(self._questions)
        self._questions.append(question)
        for kind in kinds:
            if paths is None:
                self._of_kind[kind].append(number)
            else:
                for path in paths:
                    self._there[kind][path].append(number)

    def by_turns(
        self, subjects: Iterable[RuleSubject], together: int = SUBJECTS_AT_ONCE
    ) -> Iterator[tuple[Q, list[RuleSubject]]]:
        """Every question with the subjects that it is asked of, in their order.

        The questions come by turns, each with those of so many subjects in a row.
        """
        remaining = iter(subjects)
        while batch := list(islice(remaining, together)):
            for question, places in self._of_each(batch):
                yield question, [batch[place] for place in places]

    def _of_each(self, subjects: Sequence[RuleSubject]) -> Iterator[tuple[Q, list[int]]]:
        """The questions that are asked of some subjects, each with the places of its subjects."""
        alike: dict[str, list[int]] = defaultdict(list)
        places_by_question: dict[int, list[int]] = defaultdict(list)
        for place, (kinds, _, path) in enumerate(subjects):
            for kind in kinds:
                alike[kind].append(place)
                for number in self._there[kind].get(path, ()) if kind in self._there else ():
                    places_by_question[number].append(place)
        for kind, places in alike.items():
            for number in self._of_kind.get(kind, ()):
                places_by_question[number] += places
        return (
            (self._questions[number], sorted(places_by_question[number]))
            for number in sorted(places_by_question)
        )

    def of_kind(self, kind: str) -> list[Q]:
        """What is asked of all subjects of a kind, wherever they are."""
        return [self._questions[number] for number in self._of_kind.get(kind, ())]

    def __contains__(self, kind: object) -> bool:
        return kind in self._of_kind or kind in self._there
