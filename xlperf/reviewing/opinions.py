"""What a reviewer wrote beside the drafts of a worksheet: a grade and an opinion a project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlperf.reviewing.review import ReviewDraft, Subject
from xlperf.rules.text.width_folding import fold_width

OpinionKey = tuple[str, str, str]


@dataclass(frozen=True)
class Opinion:
    """A reviewer's own words on one project, or on a department's own part (no code, no unit)."""

    department: str
    code: str
    name: str
    decision: str = ""
    text: str = ""

    @property
    def key(self) -> OpinionKey:
        """What it is known by: department, code and name, however they are spelled."""
        return key_of(self.department, self.code, self.name)


def key_of(department: str, code: str, name: str) -> OpinionKey:
    """Department, code and name without blanks and widths."""
    plain = ("".join(fold_width(item).split()) for item in (department, code, name))
    first, second, third = plain
    return first, second, third


class Opinions:
    """A reviewer's opinions, looked up by department, code and name of a project."""

    def __init__(self, opinions: Iterable[Opinion] = ()) -> None:
        self._by_key: Mapping[OpinionKey, Opinion] = {item.key: item for item in opinions}

    def of(self, subject: Subject) -> Opinion:
        """What was written on a subject, blank where nothing was."""
        key = key_of(subject.department, subject.code, subject.name)
        return self._by_key.get(key, Opinion(*key))

    def without_subject(self, drafts: Iterable[ReviewDraft]) -> list[Opinion]:
        """Opinions in these departments on no project of the drafts: it was renamed, or is gone."""
        subjects = (draft.subject for draft in drafts)
        met = {key_of(item.department, item.code, item.name) for item in subjects}
        owners = {department for department, _, _ in met}
        lost = (key for key in self._by_key if key[0] in owners and key not in met)
        return [self._by_key[key] for key in lost]
