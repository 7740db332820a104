"""Stages that go on referring to projects and indicators whose names were changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlperf.record import Raw, words

INDICATOR_IDENTITY = ("level1", "level2", "name")


def followed(before: Raw, after: Raw) -> Raw:
    """The record after a change of single values, its stages referring to what things are now.

    `before` and `after` have the same projects and indicators in the same order.
    """
    if not before.get("stages") or not isinstance(after.get("stages"), list):
        return after
    pairs = list(zip(before.get("projects", ()), after.get("projects", ()), strict=False))
    if all(old is new for old, new in pairs):
        return after
    stages = [
        {**stage, "projects": [_project(item, pairs) for item in stage.get("projects", ())]}
        for stage in after["stages"]
    ]
    return {**after, "stages": stages}


def _project(report: Raw, pairs: Sequence[tuple[Raw, Raw]]) -> Raw:
    """What a stage says of a project, under its name and its indicators' names of now."""
    key = "code" if words(report, "code") else "name"
    plans = [
        pair for pair in pairs if words(report, key) and words(pair[0], key) == words(report, key)
    ]
    if not plans:
        return report
    old, new = plans[0]
    if old is new:
        return report
    result = dict(report)
    if new.get(key) != old.get(key):
        result[key] = new.get(key)
    if "indicators" in report:
        result["indicators"] = [_item(item, old, new) for item in report["indicators"]]
    return result


def _item(item: Raw, old: Raw, new: Raw) -> Raw:
    of = item.get("of")
    if not isinstance(of, list) or len(of) != len(INDICATOR_IDENTITY) + 1:
        return item
    before, now = (_identities(project) for project in (old, new))
    old_identity = [str(part).strip() for part in of[:-1]]
    alike = [n for n, identity in enumerate(before) if identity == old_identity]
    if not isinstance(of[-1], int) or of[-1] >= len(alike) or len(before) != len(now):
        return item
    position = alike[of[-1]]
    if now[position] == before[position]:
        return item
    return {**item, "of": [*now[position], now[:position].count(now[position])]}


def _identities(project: Raw) -> list[list[Any]]:
    listed = project.get("indicators", ())
    return [
        [words(item, key) for key in INDICATOR_IDENTITY]
        for item in listed
        if isinstance(item, dict)
    ]
