"""Stages of a document whose projects are parted into several workbooks, and put together again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from xlperf.record import Raw, words


def share_of_stages(
    record: Raw, mine: Collection[str], all_keys: Collection[str], *, first: bool
) -> list[Raw]:
    """What stages say of the projects of one workbook; of projects nowhere else in the first one.

    `mine` and `all_keys`: codes and names of the workbook's projects, and of all.
    """
    result = []
    for stage in record.get("stages", ()):
        projects = [
            project
            for project in stage.get("projects", ())
            if _called(project) in mine or (first and _called(project) not in all_keys)
        ]
        if projects or (first and not stage.get("projects")):
            result.append({**stage, "projects": projects})
    return result


def joined_stages(shares: Iterable[Sequence[Raw]], projects: Sequence[Raw]) -> list[Raw]:
    """The stages of several workbooks as one document's, their projects in its order."""
    stages: dict[tuple[str, str, int], Raw] = {}
    for share in shares:
        met: list[tuple[str, str]] = []
        for stage in share:
            day = words(stage, "kind"), words(stage, "until")
            joined_stage = stages.setdefault((*day, met.count(day)), {**stage, "projects": []})
            joined_stage["projects"] = [*joined_stage["projects"], *stage.get("projects", ())]
            met.append(day)
    order = {words(item, key): n for n, item in enumerate(projects) for key in ("code", "name")}
    for stage in stages.values():
        stage["projects"].sort(key=lambda item: order.get(_called(item), len(order)))
    return list(stages.values())


def _called(project: Raw) -> str:
    return words(project, "code") or words(project, "name")
