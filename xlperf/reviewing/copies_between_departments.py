"""Texts of many documents, and which of them stand in several departments.

Of a document the texts themselves are looked at only where one of them is shown: until then a key
and a length of each are enough, which documents may keep without their texts (`CopyCandidates`).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from xlperf.reading import Place

COPY_KINDS = ("overall", "activity", "purpose", "goal", "indicator")
AT_ONCE = 1_000_000  # keys that are looked up together
LONGEST_COPY = 0xFFFF  # characters that a length says
Owner = tuple[str, str]  # a department's code and name


@dataclass(frozen=True, slots=True)
class CopyCandidate:
    """A text that may have been copied: its kind, what it is known by, where it stands."""

    kind: str  # one of COPY_KINDS
    key: str
    text: str
    project: str
    place: Place | None


class CopyCandidates(Sequence[CopyCandidate]):
    """The passages of a document, with their keys and lengths, in one order."""

    __slots__ = ()
    keys: Sequence[int]  # of 64 bits, equal for equal words of one kind
    lengths: Sequence[int]  # in characters


class KnownPassages(CopyCandidates):
    """Passages that are all at hand."""

    def __init__(self, passages: Sequence[CopyCandidate]) -> None:
        self._passages = tuple(passages)
        self.keys = array("Q", [key_of(passage) for passage in passages])
        self.lengths = array("H", [min(len(passage.text), LONGEST_COPY) for passage in passages])

    def __len__(self) -> int:
        return len(self._passages)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        return self._passages[at]


def key_of_words(words: str) -> str:
    """What a text without its blanks and signs is known by: 16 hexadecimal digits."""
    return sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def key_of(passage: CopyCandidate) -> int:
    """The key of a passage as a number of 64 bits, the kind in its last three."""
    return int(passage.key, 16) & ~7 | COPY_KINDS.index(passage.kind)


@dataclass(frozen=True)
class Copy:
    """A text that stands in several departments; `spots`: department, file, passages, position."""

    spots: tuple[tuple[Owner, str, CopyCandidates, int], ...]
    departments: int  # that have the text

    @property
    def kind(self) -> str:
        """The kind of text, one of `COPY_KINDS`."""
        _, _, passages, at = self.spots[0]
        return COPY_KINDS[passages.keys[at] & 7]

    @property
    def length(self) -> int:
        """How many characters the text has where it stands first."""
        _, _, passages, at = self.spots[0]
        return passages.lengths[at]

    @property
    def text(self) -> str:
        """The text where it stands first."""
        _, _, passages, at = self.spots[0]
        return str(passages[at].text)

    @property
    def places(self) -> list[tuple[Owner, str, CopyCandidate]]:
        """Everywhere it stands: department, file, passage."""
        return places_of([self])[0]


def places_of(listed_copies: Sequence[Copy]) -> list[list[tuple[Owner, str, CopyCandidate]]]:
    """Everywhere that each of some texts stands; each document is looked at once."""
    spots_by_passages: dict[int, list[tuple[int, int, int]]] = {}
    for number, copy in enumerate(listed_copies):
        for turn, (_, _, passages, at) in enumerate(copy.spots):
            spots_by_passages.setdefault(id(passages), []).append((number, turn, at))
    looked_up: dict[tuple[int, int], CopyCandidate] = {}
    for spots in spots_by_passages.values():
        passages = listed_copies[spots[0][0]].spots[spots[0][1]][2]
        looked_up |= {(number, turn): passages[at] for number, turn, at in spots}
    return [
        [(owner, file, looked_up[n, turn]) for turn, (owner, file, _, _) in enumerate(copy.spots)]
        for n, copy in enumerate(listed_copies)
    ]


TextsByOwner = Mapping[
    Owner, Sequence[tuple[str, CopyCandidates]]
]  # by department: its files, their passages


def copies(texts: TextsByOwner) -> list[Copy]:
    """Texts of one kind that stand in several departments, those of most first."""
    shared = _shared(texts)
    spots: dict[int, list[tuple[Owner, str, CopyCandidates, int]]] = {}
    for owner, files in texts.items():
        for file, passages in files:
            for at, key in enumerate(passages.keys):
                if key in shared:
                    spots.setdefault(key, []).append((owner, file, passages, at))
    result = [
        Copy(tuple(places), len({owner for owner, *_ in places})) for places in spots.values()
    ]
    return sorted(result, key=lambda copy: (-copy.departments, -copy.length))


def _shared(texts: TextsByOwner) -> set[int]:
    """The keys that several departments have; a part of all keys at once, to keep few in memory."""
    total = sum(len(passages.keys) for files in texts.values() for _, passages in files)
    rounds = total // AT_ONCE + 1
    shared: set[int] = set()
    for turn in range(rounds):
        first: dict[int, Owner] = {}
        for owner, files in texts.items():
            for _, passages in files:
                for key in passages.keys:
                    if (rounds == 1 or (key >> 3) % rounds == turn) and (
                        first.setdefault(key, owner) != owner
                    ):
                        shared.add(key)
    return shared
