"""What the sheets of stages say, as stages of a record: each row joined to the goal it is about.

No result of a formula is needed: a formula of ours holds what it points to (`links`). Where the
goals' sheet still has an indicator of the same level and name, the row is about that one; else
about the one in the row that it points to, which was renamed; else about what it was called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xlperf.forms import Edition
from xlperf.forms.defined_names import FIELD_PREFIX, field_name
from xlperf.forms.sheet_reading.sheet_content import SheetContent, SheetRead
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.choice import STAGE, form_for, is_stage, keys_on
from xlperf.forms.stages.links import GoalLink, key_of, read_link, tidy
from xlperf.forms.stages.stage_form import Links, ReadStage, StageForm, read_stage
from xlperf.forms.stages.values import INDICATOR_IDENTITY, TICKED_FIELDS, project_from
from xlperf.layout import Coord, Formula, PluckedValues
from xlperf.layout.cell_values import parse_text
from xlperf.paths import RecordPath
from xlperf.reading import Place
from xlperf.record import Raw, words
from xlperf.rules.stages.views import EVALUATION, MONITORING


@dataclass(frozen=True)
class StagesRead:
    """The stages of a workbook, the sheets that hold them, and the place of each stage."""

    stages: tuple[Raw, ...] = ()
    sheets: tuple[SheetRead, ...] = ()
    places: tuple[tuple[RecordPath, Place], ...] = ()


def read_stages(
    contents: Sequence[SheetContent],
    goals: Sequence[SheetRead],
    chosen: Edition,
    read: ReadStage = read_stage,
) -> StagesRead:
    """The stages that some sheets hold; `goals` are the sheets of the projects' goals, read.

    `read` gives what `read_stage` does.
    """
    by_title = {sheet.title: sheet for sheet in goals}
    stages: dict[tuple[str, str, str], Raw] = {}
    sheets: list[SheetRead] = []
    places: dict[RecordPath, Place] = {}
    for content in contents:
        if not is_stage({*content.names, *content.lost}):
            continue
        kind, until, number = (hidden_text(content, key) for key in ("kind", "until", "number"))
        kind = kind or _likely_kind(content)
        fresh: Raw = {"kind": kind, **({"until": until} if until else {}), "projects": []}
        stage = stages.setdefault((kind, until, number), fresh)
        path: RecordPath = ("stages", list(stages.values()).index(stage))
        if not has_form(content):
            places[path] = Place(content.title)
            continue
        places.setdefault(path, Place(content.title))
        position = len(stage["projects"])
        form = form_for(chosen.name, kind, keys_on(content.names, chosen.name, kind))
        joining = _Sheet(content, by_title, read(content, form))
        sheet, project = joining.joined((*path, "projects", position))
        stage["projects"].append(project)
        sheets.append(sheet)
    return StagesRead(tuple(stages.values()), tuple(sheets), tuple(places.items()))


def has_form(content: SheetContent) -> bool:
    """Whether a sheet of a stage is a project's, and not the department's."""
    names = {*content.names, *content.lost}
    return any(name.startswith(FIELD_PREFIX + RESULTS_LIST + "__") for name in names)


def _likely_kind(content: SheetContent) -> str:
    """The kind of a sheet whose name for it is lost: what its first row says, else its fields."""
    first = (value for (row, _), value in content.grid.values.items() if row == 1)
    if kind := next((str(value) for value in first if value in (MONITORING, EVALUATION)), ""):
        return kind
    is_scored = field_name(f"{RESULTS_LIST}/score") in content.names
    return EVALUATION if is_scored else MONITORING


def hidden_text(content: SheetContent, key: str) -> str:
    """What a sheet says of itself; "" where the cell is gone."""
    box = content.names.get(STAGE + key)
    value = content.grid.values.get(box.at) if box else None
    return "" if value is None or isinstance(value, Formula) else parse_text(value)


class _Sheet:
    """One sheet while it is joined to its goals."""

    def __init__(
        self, content: SheetContent, goals: Mapping[str, SheetRead], read: StageForm
    ) -> None:
        self.content, self.goals, self.form = content, goals, read
        self.links = read.links

    def joined(self, path: RecordPath) -> tuple[SheetRead, Raw]:
        """The sheet, and the project of the stage that it holds."""
        form, plucked, goal = self.form, self.form.plucked, self._goal()
        of = _Rows(plucked, self.links, self._nths(plucked), goal).identities()
        rows = [{**row, "of": of[n]} for n, row in enumerate(plucked.values.get(RESULTS_LIST, ()))]
        project = project_from({**plucked.values, RESULTS_LIST: rows})
        unknown = {at: text for at, text in form.formulas.items() if self.content.value(at) is None}
        sheet = SheetRead(
            *(self.content.title, form.form, form.grid, self._with_record_paths(plucked)),
            *(dict(form.formulas), unknown, path),
        )
        return sheet, {**self._keys(goal), **project}

    def _nths(self, plucked: PluckedValues) -> list[int]:
        """For each row of the list, how many equal ones come before it, as it was written."""
        box = self.content.names.get(field_name(f"{RESULTS_LIST}/nth"))
        result = []
        for number in range(len(plucked.values.get(RESULTS_LIST, ()))):
            row = plucked.where[RESULTS_LIST, number][0]
            value = self.content.grid.values.get((row, box.col)) if box else None
            result.append(int(value) if isinstance(value, int | float) else 0)
        return result

    def _goal(self) -> SheetRead | None:
        """The sheet of the goals: what most formulas point to, else that of its code or name."""
        own_links = [link for key in ("code", "name") if (link := self._link(key))]
        titles = [link.sheet for link in (*own_links, *self.links.values()) if link.sheet]
        for title in titles:
            if title in self.goals:
                return self.goals[title]
        texts = {key: self._text(key) for key in ("code", "name")}
        for sheet in self.goals.values():
            for key, text in texts.items():
                if text and words(sheet.plucked.values, key) == text.strip():
                    return sheet
        return None

    def _link(self, key: str) -> GoalLink | None:
        box = self.content.names.get(STAGE + key)
        content = self.content.grid.values.get(box.at) if box else None
        return read_link(content) if isinstance(content, Formula) else None

    def _text(self, key: str) -> str:
        link = self._link(key)
        return link.text if link else hidden_text(self.content, key)

    def _keys(self, goal: SheetRead | None) -> Raw:
        """By what the stage knows its project: as it was called, or as its goals call it now."""
        result: Raw = {}
        for key in ("code", "name"):
            link, text = self._link(key), self._text(key)
            now = words(goal.plucked.values, key) if goal and link and link.sheet else ""
            if link is not None or text:
                result[key] = now if now and tidy(now) != tidy(text) else text
        return {key: text for key, text in result.items() if text}

    def _with_record_paths(self, plucked: PluckedValues) -> PluckedValues:
        """With paths as the record has them, and without what only the sheet itself needs."""
        where: dict[RecordPath, Coord] = {}
        for path, coord in plucked.where.items():
            for place in _in_record(path):
                where.setdefault(place, coord)
        loose = tuple(at for at in plucked.leftovers if at not in self.form.internal_cells)
        return replace(plucked, where=where, leftovers=loose)


def _in_record(path: RecordPath) -> Iterator[RecordPath]:
    """The path in the record's project of a path in the form."""
    if path[:1] != (RESULTS_LIST,):
        yield path
        return
    key = str(path[2]) if len(path) > 2 else ""
    above = ("indicators", path[1])
    part = key.partition("/")[0]
    if key == "name":
        yield (*above, "of")
    elif part in TICKED_FIELDS:
        yield (*above, part)
    elif key not in INDICATOR_IDENTITY:
        yield (*above, key) if key else above


class _Rows:
    """The rows of a list, each joined to the indicator of the goals that it is about."""

    def __init__(
        self, plucked: PluckedValues, links: Links, nths: Sequence[int], goal: SheetRead | None
    ) -> None:
        self.rows = plucked.values.get(RESULTS_LIST, ())
        self.nths, self.goal = nths, goal
        self.indicators = goal.plucked.values.get("indicators", ()) if goal else ()
        self.called = [[words(item, key) for key in INDICATOR_IDENTITY] for item in self.indicators]
        self.links = [
            links.get(plucked.where.get((RESULTS_LIST, n, "name"), (0, 0)))
            for n in range(len(self.rows))
        ]

    def identities(self) -> list[list[Any]]:
        """For each row the levels, the name, and how many equal ones come before it."""
        joined = self._joined()
        return [
            self._as_goal(n, joined[n]) if n in joined else self._as_written(n)
            for n in range(len(self.rows))
        ]

    def _joined(self) -> dict[int, int]:
        """The position of the goal's indicator for each row that is about one."""
        keys = {n: self._key(n) for n, link in enumerate(self.links) if link is not None}
        alike: dict[str, list[int]] = {}
        for position, item in enumerate(self.indicators):
            alike.setdefault(key_of(words(item, "level2"), words(item, "name")), []).append(
                position
            )
        pointed = {n: self._pointed(link) for n, link in enumerate(self.links) if link}
        result: dict[int, int] = {}
        for n, key in keys.items():
            if pointed[n] in alike.get(key, ()):
                result[n] = pointed[n]  # type: ignore[assignment]
        for n, key in keys.items():
            if n not in result and key in alike:
                free = [at for at in alike[key] if at not in result.values()]
                result[n] = (free or alike[key])[0]
        for n in keys:
            at = pointed[n]
            if n in result or at is None:
                continue
            item = self.indicators[at]
            key = key_of(words(item, "level2"), words(item, "name"))
            if words(item, "name") and key not in keys.values():
                result[n] = at
        return result

    def _key(self, n: int) -> str:
        return key_of(str(self.rows[n].get("level2", "")), str(self.rows[n].get("name", "")))

    def _pointed(self, link: GoalLink) -> int | None:
        """The position of the indicator in the row that a formula points to."""
        if self.goal is None or link.sheet != self.goal.title:
            return None
        for path, coord in self.goal.plucked.where.items():
            if len(path) == 2 and path[0] == "indicators" and coord[0] == link.row:
                return int(path[1])
        return None

    def _as_goal(self, n: int, position: int) -> list[Any]:
        """As the goals call it; as it was written where that is the same."""
        now, before = self.called[position], self.called[:position]
        was = [str(self.rows[n].get(key, "")) for key in INDICATOR_IDENTITY]
        same = all(tidy(a) == tidy(b) for a, b in zip(now, was, strict=True))
        return [*(was if same else now), before.count(now)]

    def _as_written(self, n: int) -> list[Any]:
        return [*(str(self.rows[n].get(key, "")) for key in INDICATOR_IDENTITY), self.nths[n]]
