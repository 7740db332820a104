"""What the editions of the official document are made of, as data: one file an edition.

Words, levels, lists, fields, what is required, months of the plan, parts of the document, unit of
money, and how a document is recognised. Where everything stands is in `forms`; nothing else in the
program names an edition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from xlperf.fields import LIST_KIND, keys_of, table
from xlperf.toml_entries import tables_of
from xlperf.wording import official

UNKNOWN_EDITION = "unknown"  # the edition of a record whose source was none of those there are
FILES = ("hebei_2021", "central_2022", "sichuan_2023")
DOCUMENT_PARTS = ("department", "projects")  # that a printed document may have
INDICATOR_LIST = "projects/indicators"
CENTRAL = "central"  # the form of self-evaluation where an edition names no other


@dataclass(frozen=True)
class Traits:
    """One edition; the paths of fields are keys joined with /, without positions."""

    name: str
    fields: frozenset[str]  # what its forms have
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # object → keys
    words: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # first → second levels
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    months: tuple[str, ...] = ()
    parts: tuple[str, ...] = DOCUMENT_PARTS
    money: str = ""
    evaluation: str = CENTRAL  # which form of self-evaluation is printed
    any_of: frozenset[str] = frozenset()  # a document of it has one of these
    none_of: frozenset[str] = frozenset()  # and none of these

    def has(self, path: str) -> bool:
        """Whether its forms have a field, or any field below it."""
        return path in self.all_paths

    @cached_property
    def all_paths(self) -> frozenset[str]:
        """Its fields and the objects and lists that they belong to."""
        steps = (path.split("/") for path in self.fields)
        return frozenset("/".join(step[:n]) for step in steps for n in range(1, len(step) + 1))

    def lacks(self, path: str) -> bool:
        """Whether a path is a field of the record for which this edition's forms have no place."""
        return path in table() and path not in self.all_paths

    def requires(self, above: str, key: str) -> bool:
        """Whether a field of an object must be filled in."""
        return key in self.required.get(above, ())

    def word(self, key: str) -> str:
        """A word that its forms print; KeyError where there is none."""
        return self.words.get(key) or official(f"form.{key}")

    def second_levels(self) -> tuple[str, ...]:
        """The words of all second levels, in order."""
        return tuple(name for below in self.levels.values() for name in below)

    def recognises(self, evidence: Collection[str]) -> bool:
        """Whether a document with these keys of columns, labels and sections is of this edition."""
        return not self.any_of.isdisjoint(evidence) and self.none_of.isdisjoint(evidence)


def read(text: str) -> Traits:
    """The traits of an edition's file; ValueError where it names what no record has."""
    data = tables_of(text)
    fields = frozenset(
        _path(above, key) for above, keys in data["fields"].items() for key in keys.split()
    )
    required = {above: tuple(keys.split()) for above, keys in data["required"].items()}
    required_paths = {_path(above, key) for above, keys in required.items() for key in keys}
    unknown = sorted(path for path in fields | required_paths if path not in table())
    if unknown:
        raise ValueError(f"edition {data['name']}: {unknown[0]} is no field of the record")
    recognise = data.get("recognise", {})
    return Traits(
        name=data["name"],
        fields=fields,
        required=required,
        words=data.get("words", {}),
        levels={above: tuple(below) for above, below in data.get("levels", {}).items()},
        lists={key: tuple(words) for key, words in data.get("lists", {}).items()},
        months=tuple(data["months"]),
        parts=tuple(data["parts"]),
        money=data["money"],
        evaluation=data.get("evaluation", CENTRAL),
        any_of=frozenset(recognise.get("any", ())),
        none_of=frozenset(recognise.get("not", ())),
    )


def _path(above: str, key: str) -> str:
    return key if above == "record" else f"{above}/{key}"


def _shipped(name: str) -> Traits:
    return read(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


TRAITS: dict[str, Traits] = {item.name: item for item in map(_shipped, FILES)}
ANY_EDITION = Traits(  # of an edition that is not known: any field may be there, none must
    UNKNOWN_EDITION,
    frozenset(
        path for path, item in table().items() if not keys_of(path) and item.kind != LIST_KIND
    ),
    months=keys_of("projects/spending_plan"),
)


def first() -> Traits:
    """The edition of blank forms and plain lists where nobody names another."""
    return next(iter(TRAITS.values()))


def traits_of(record: Mapping[str, Any]) -> Traits:
    """The edition of a record; everything there is for `unknown`.

    A record that names none, or one that nobody knows, has a fault that is reported elsewhere; it
    is judged by the first edition, the strictest.
    """
    name = str(record.get("edition", ""))
    if name == UNKNOWN_EDITION:  # what is never filled in is not asked for: see rules.absent_fields
        return replace(ANY_EDITION, required=first().required)
    return TRAITS.get(name, first())


def recognised(evidence: Collection[str]) -> Traits | None:
    """The edition that a document is of, by its keys; None where none or several would fit."""
    result = [trait for trait in TRAITS.values() if trait.recognises(evidence)]
    return result[0] if len(result) == 1 else None


def every_word(section: str) -> frozenset[str]:
    """The words of a section (words, levels, lists) of all editions."""
    result: set[str] = set()
    for traits in TRAITS.values():
        if section == "words":
            result.update(traits.words.values())
        elif section == "levels":
            result.update(traits.levels, traits.second_levels())
        else:
            result.update(word for words in traits.lists.values() for word in words)
    return frozenset(result)


def levels_below() -> dict[str, frozenset[str]]:
    """First levels of all editions, each with the second levels that any of them has below it."""
    result: dict[str, set[str]] = {}
    for traits in TRAITS.values():
        for above, below in traits.levels.items():
            result.setdefault(above, set()).update(below)
    return {above: frozenset(below) for above, below in result.items()}
