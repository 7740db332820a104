"""Typed views of a record's stages, each project and indicator joined to its goal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from xlperf.paths import RecordPath
from xlperf.record import Department, Indicator, Project, Raw, amount, words

MONITORING, EVALUATION = "monitoring", "self-evaluation"  # kinds of stages
POSSIBILITIES = ("certain", "possible", "impossible")
MONTH_OF_DAY = re.compile("[0-9]{4}(?:[-/.]|\u5e74)([0-9]{1,2})")


class StageIndicator(NamedTuple):
    """What is reported of an indicator; `goal` is the one of the goals, None where it is none."""

    path: RecordPath
    of: tuple[str, ...]  # its levels and name
    goal: Indicator | None
    completed: str
    expected: str
    causes: tuple[str, ...]
    reason: str
    possibility: str
    weight: Decimal | None
    score: Decimal | None
    is_scored: bool  # whether a score was written, if only as a text

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.of[-1] if self.of else ""

    @property
    def target(self) -> str:
        """The value to reach, "" where the goal is not known."""
        return self.goal.target if self.goal else ""


class StageProject(NamedTuple):
    """What is reported of a project; amounts in yuan, `raw` as it was written."""

    path: RecordPath
    raw: Raw
    code: str
    name: str
    goal: Project | None
    executed: Decimal | None
    expected: Decimal | None
    adjusted: Decimal | None
    goal_completion: str
    execution_score: Decimal | None
    total: Decimal | None
    grade: str
    indicators: tuple[StageIndicator, ...]

    @property
    def budget(self) -> Decimal | None:
        """The budget that spending is measured by: after adjustment, if there was one."""
        if self.adjusted is not None:
            return self.adjusted
        return self.goal.budget if self.goal else None

    @property
    def label(self) -> str:
        """What a message calls it."""
        return self.name or (self.goal.name if self.goal else "") or self.code

    @property
    def rate(self) -> Decimal | None:
        """Budget execution in percent; None where budget or spending is not known."""
        if self.executed is None or not self.budget:
            return None
        return self.executed / self.budget * 100


class Stage(NamedTuple):
    """A monitoring or a self-evaluation; `month` is that of its last day, 0 where none is given."""

    path: RecordPath
    kind: str
    until: str
    month: int
    projects: tuple[StageProject, ...]


def stages_of(department: Department, kind: str) -> tuple[Stage, ...]:
    """The stages of a kind, in the order of the record; empty where there is none."""
    listed = department.raw.get("stages")
    if not isinstance(listed, list):
        return ()
    return tuple(
        _stage(("stages", position), item, department)
        for position, item in enumerate(listed)
        if isinstance(item, dict) and item.get("kind") == kind
    )


def projects_in(department: Department, kind: str) -> Iterator[tuple[Stage, StageProject]]:
    """Every project of every stage of a kind, with its stage."""
    for stage in stages_of(department, kind):
        for project in stage.projects:
            yield stage, project


def indicators_in(
    department: Department, kind: str
) -> Iterator[tuple[StageProject, StageIndicator]]:
    """Every indicator of every stage of a kind, with its project."""
    for _, project in projects_in(department, kind):
        for indicator in project.indicators:
            yield project, indicator


def _stage(path: RecordPath, raw: Raw, department: Department) -> Stage:
    until = words(raw, "until")
    month = MONTH_OF_DAY.match(until)
    by_code = {project.code: project for project in reversed(department.projects) if project.code}
    by_name = {project.name: project for project in reversed(department.projects)}
    projects = []
    for position, item in _dicts(raw.get("projects")):
        code, name = words(item, "code"), words(item, "name")
        goal = by_code.get(code) if code else by_name.get(name)
        projects.append(_project((*path, "projects", position), item, goal))
    return Stage(path, words(raw, "kind"), until, int(month[1]) if month else 0, tuple(projects))


def _project(path: RecordPath, raw: Raw, goal: Project | None) -> StageProject:
    rows = _dicts(raw.get("indicators"))
    return StageProject(
        path,
        raw,
        words(raw, "code"),
        words(raw, "name"),
        goal,
        amount(raw.get("executed")),
        amount(raw.get("expected")),
        amount(raw.get("adjusted")),
        words(raw, "goal_completion"),
        amount(raw.get("execution_score")),
        amount(raw.get("total")),
        words(raw, "grade"),
        tuple(_indicator((*path, "indicators", n), item, goal) for n, item in rows),
    )


def _indicator(path: RecordPath, raw: Raw, project: Project | None) -> StageIndicator:
    of = raw.get("of")
    names = tuple(str(part).strip() for part in of[:-1]) if isinstance(of, list) and of else ()
    nth = of[-1] if isinstance(of, list) and of and isinstance(of[-1], int) else 0
    causes = raw.get("causes")
    return StageIndicator(
        path,
        names,
        _goal(names, nth, project) if project else None,
        words(raw, "completed"),
        words(raw, "expected"),
        tuple(map(str, causes)) if isinstance(causes, list) else (),
        words(raw, "reason"),
        words(raw, "possibility"),
        amount(raw.get("weight")),
        amount(raw.get("score")),
        bool(words(raw, "score")),
    )


def _goal(names: tuple[str, ...], nth: int, project: Project) -> Indicator | None:
    """The nth of a project's indicators with these levels and this name, from 0."""
    alike = [item for item in project.indicators if identity(item) == names]
    return alike[nth] if nth < len(alike) else None


def identity(indicator: Indicator) -> tuple[str, ...]:
    """The levels and the name that a stage knows an indicator by."""
    return indicator.level1, indicator.level2, indicator.name


def _dicts(value: Any) -> Iterator[tuple[int, Raw]]:
    listed = enumerate(value if isinstance(value, list) else ())
    return ((position, item) for position, item in listed if isinstance(item, dict))
