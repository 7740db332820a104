"""Which indicators and projects a rule need be asked about: those where its words stand.

A column has one text of each of them, joined; every word list or pattern that rules need is looked
for in it once, in one go, so that a rule costs nothing where none of its words is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from xlperf.paths import RecordPath
from xlperf.record import Department, Indicator, Project
from xlperf.rules.memo import once
from xlperf.rules.text import lexicon
from xlperf.rules.text.counted_things import texts
from xlperf.rules.text.similarity import indicators
from xlperf.rules.text.text_fields import JoinedTexts
from xlperf.rules.text.width_folding import compact


def _all_texts(project: Project) -> str:
    """A project's name, purpose and goals without blanks and full-width signs, a line each."""
    return "\n".join([compact(text.words) for text in texts(project)])


OF_INDICATORS: Mapping[str, Callable[[Indicator], str]] = {
    "name": lambda indicator: indicator.name,
    "description": lambda indicator: indicator.description,
    "target": lambda indicator: indicator.target,
}
OF_PROJECTS: Mapping[str, Callable[[Project], str]] = {
    "title": lambda project: compact(project.name),
    "texts": _all_texts,
    "goals": lambda project: "\n".join(project.goals),
    "names": lambda project: "\n".join([compact(item.name) for item in project.indicators]),
}


class TextColumn(NamedTuple):
    """The paths of all indicators, or of all projects, and a text of each."""

    paths: list[RecordPath]
    lines: JoinedTexts
    matches: dict[
        str, set[RecordPath]
    ]  # what was looked for: the paths, by the list's or pattern's name


def paths_with(department: Department, needs: Sequence[str]) -> set[RecordPath]:
    """The paths of the indicators, or projects, of which a text may have what a rule needs.

    needs: a column and a word list or pattern of the lexicon, as in "name/satisfaction"; one of
    them is enough.
    """
    result: set[RecordPath] = set()
    for need in needs:
        name, _, words = need.partition("/")
        column = _columns(department).get(name) or _column(department, name)
        if words not in column.matches:
            numbers = _numbers_with(column.lines, words)
            column.matches[words] = set(map(column.paths.__getitem__, numbers))
        result |= column.matches[words]
    return result


def _numbers_with(lines: JoinedTexts, name: str) -> Iterable[int]:
    """The numbers of texts with a word of a list, or perhaps with a match of a pattern."""
    if name in lexicon.names("words"):
        return lines.numbers_with_words(lexicon.words(name))
    return lines.numbers_with(lexicon.pattern(name))


@once
def _columns(department: Department) -> dict[str, TextColumn]:
    """The columns that were asked for, by name."""
    return {}


def _column(department: Department, name: str) -> TextColumn:
    if name in OF_INDICATORS:
        rows = list(indicators(department))
        lines = list(map(OF_INDICATORS[name], rows))
        column = TextColumn([row.path for row in rows], JoinedTexts(lines), {})
    else:
        lines = list(map(OF_PROJECTS[name], department.projects))
        column = TextColumn(
            [project.path for project in department.projects], JoinedTexts(lines), {}
        )
    _columns(department)[name] = column
    return column
