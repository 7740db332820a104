"""The case files: one a rule, with bad and good changes to one clean department.

A case says what it changes by path (`set."projects/0/budget" = 100.0`, `delete = [...]`,
`copies."projects/0" = 3` adds copies at the end), what a reader remarked (`remarks`), under which
`profile`; a bad one says where the finding must be (`at`), its other places where it is about
several (`also`), what its fix makes of the value (`fixed`) and whether that is `safe`.
"""

from __future__ import annotations

import copy
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from xlperf import canonical as writing
from xlperf.paths import RecordPath, get
from xlperf.reading import Place, Reading, Remark
from xlperf.rules import catalogue
from xlperf.rules.core import WAIVER_SUBJECT, Finding, run
from xlperf.rules.profiles import profile

HERE = Path(__file__).parent
CASES = HERE / "cases"


@dataclass(frozen=True)
class Case:
    """One bad or good record of a rule."""

    code: str
    kind: str
    number: int
    table: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.number}"

    @property
    def at(self) -> list[RecordPath]:
        """Where the findings must be."""
        places = self.table["at"]
        return [path_of(place) for place in ([places] if isinstance(places, str) else places)]


@cache
def base_text() -> str:
    return (HERE / "base.json").read_text(encoding="utf-8")


def base() -> dict[str, Any]:
    """A complete, clean department on which no rule has anything to say."""
    data: dict[str, Any] = writing.loads(base_text())
    return data


@cache
def cases() -> tuple[Case, ...]:
    all_cases: list[Case] = []
    for file in sorted(CASES.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        for kind in ("bad", "good"):
            listed = table.get(kind, [])
            all_cases += [
                Case(file.stem, kind, n, entry) for n, entry in enumerate(listed, start=1)
            ]
    return tuple(all_cases)


def path_of(text: str) -> RecordPath:
    steps = text.split("/") if text else []
    return tuple(int(step) if step.isdigit() and len(step) == 1 else step for step in steps)


def changed(case: Case) -> dict[str, Any]:
    """The base record with a case's changes."""
    data = base()
    for place, count in case.table.get("copies", {}).items():
        path = path_of(place)
        get(data, path[:-1]).extend(copy.deepcopy(get(data, path)) for _ in range(count))
    for place, value in case.table.get("set", {}).items():
        change(data, path_of(place), value)
    for place in sorted(case.table.get("delete", []), reverse=True):
        path = path_of(place)
        del get(data, path[:-1])[path[-1]]
    return data


def change(data: dict[str, Any], path: RecordPath, value: Any) -> None:
    parent = get(data, path[:-1])
    if isinstance(parent, list) and path[-1] == len(parent):
        parent.append(value)
    else:
        parent[path[-1]] = value


def remarks(case: Case) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            remark["code"],
            path_of(remark.get("path", "")),
            Place(remark.get("sheet", ""), remark.get("cell", ""), remark.get("line", 0)),
            remark.get("facts", {}),
        )
        for remark in case.table.get("remarks", [])
    )


def findings(case: Case, data: dict[str, Any] | None = None) -> list[Finding]:
    """What the case's own rule says of it; one about explanations needs the others' findings."""
    reading = Reading(changed(case) if data is None else data, remarks=remarks(case))
    chosen = profile(case.table.get("profile", "default"))
    rule = catalogue()[case.code]
    rules = catalogue().values() if rule.subject == WAIVER_SUBJECT else [rule]
    return [finding for finding in run(reading, rules, chosen) if finding.code == case.code]
