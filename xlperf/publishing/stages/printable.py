"""What of a stage its forms print, and what they have no place for or leave blank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from xlperf.canonical import canonical
from xlperf.editions import traits_of
from xlperf.fields import keys_of
from xlperf.paths import RecordPath
from xlperf.publishing.stages.document import HEBEI, stage_in
from xlperf.publishing.stages.facts import FormContext, StageProjectFacts, facts_of, unit_of
from xlperf.record import Raw, is_blank, view, words
from xlperf.rules.stages.views import EVALUATION, MONITORING

PROJECT_ROWS, INDICATOR_ROWS, FUND_FIELDS = (
    "stages/projects",
    "stages/projects/indicators",
    "stages/projects/funds",
)
EVALUATION_FIELDS = ("goal_completion", "completion_rate", "execution_score", "total", "grade")
RECEIVED_FIELDS = ("received", "received_fiscal", "received_other")
EXPECTED_FIELDS = ("expected", "expected_fiscal", "expected_other")
ANSWERS = ("expected", "causes", "possibility")
NOT_PRINTED: dict[str, dict[str, tuple[str, ...]]] = {  # by the name of a form
    MONITORING: {
        PROJECT_ROWS: (*RECEIVED_FIELDS, *EVALUATION_FIELDS),
        INDICATOR_ROWS: ("weight", "score", "state"),
        FUND_FIELDS: ("received",),
    },
    EVALUATION: {
        PROJECT_ROWS: (*RECEIVED_FIELDS, *EXPECTED_FIELDS, "completion_rate"),
        INDICATOR_ROWS: (*ANSWERS, "state"),
        FUND_FIELDS: ("received", "expected"),
    },
    HEBEI: {PROJECT_ROWS: EXPECTED_FIELDS, INDICATOR_ROWS: ANSWERS, FUND_FIELDS: ("expected",)},
}
EXPECTED_ANSWERS: dict[str, dict[str, tuple[str, ...]]] = {  # what a form ought to have of each
    MONITORING: {
        PROJECT_ROWS: ("executed", "expected"),
        INDICATOR_ROWS: ("completed", "possibility"),
    },
    EVALUATION: {
        PROJECT_ROWS: ("executed", "goal_completion", "execution_score", "total"),
        INDICATOR_ROWS: ("completed", "weight", "score"),
    },
}


def printed_stage(record: Raw, kind: str, until: str = "") -> Raw:
    """A stage as far as its forms print it, in the printed order; {} where a record has none."""
    record = canonical(record)
    facts = _facts(record, kind, until)
    stage = stage_in(record, kind, until)
    if stage is None:
        return {}
    head = {"kind": kind, **({"until": stage.until} if stage.until else {})}
    without = _not_printed(record, kind)
    return {**head, "projects": [_project(item, without) for item in facts]}


def _facts(record: Raw, kind: str, until: str) -> list[StageProjectFacts]:
    stage = stage_in(record, kind, until)
    return facts_of(FormContext(view(record), stage, unit_of(record))) if stage else []


def _not_printed(record: Raw, kind: str) -> dict[str, tuple[str, ...]]:
    is_hebei = kind == EVALUATION and traits_of(record).evaluation == HEBEI
    return NOT_PRINTED[HEBEI if is_hebei else kind]


def _project(facts: StageProjectFacts, without: dict[str, tuple[str, ...]]) -> Raw:
    result = _less(facts.raw, (*without[PROJECT_ROWS], *(("name",) if facts.view.code else ())))
    lines = [_less(line, without[FUND_FIELDS]) for line in facts.raw.get("funds", ())]
    rows = [_less(row.raw, without[INDICATOR_ROWS]) for row in facts.rows()]
    lists = {"funds": _saying(lines, "source"), "indicators": _saying(rows, "of")}
    return {**_less(result, tuple(lists)), **{key: value for key, value in lists.items() if value}}


def _less(item: Raw, keys: tuple[str, ...]) -> Raw:
    return {key: value for key, value in item.items() if key not in keys}


def _saying(items: list[Raw], identity: str) -> list[Raw]:
    """The items that say more than what they are about."""
    return [item for item in items if item.keys() - {identity}]


def unprinted_of(record: Raw, kind: str, until: str = "") -> list[RecordPath]:
    """The first path of each field that a stage has and its forms do not print."""
    record = canonical(record)
    without, paths = _not_printed(record, kind), dict[str, RecordPath]()
    for facts in _facts(record, kind, until):
        parts = [(PROJECT_ROWS, facts.raw, facts.view.path)]
        for key, at in (("indicators", INDICATOR_ROWS), ("funds", FUND_FIELDS)):
            listed = facts.raw.get(key, ())
            parts += [(at, item, (*facts.view.path, key, n)) for n, item in enumerate(listed)]
        for at, item, path in parts:
            for key in without[at]:
                if not is_blank(item.get(key)):
                    paths.setdefault(f"{at}/{key}", (*path, key))
    return [paths[field] for field in _in_order(paths)]


def _in_order(paths: dict[str, Any]) -> list[str]:
    order = [
        f"{at}/{key}" for at in (PROJECT_ROWS, INDICATOR_ROWS, FUND_FIELDS) for key in keys_of(at)
    ]
    return [field for field in order if field in paths]


def blanks_of(record: Raw, kind: str, until: str = "") -> Counter[str]:
    """How often each field that the forms ask for is blank, by its path in the table of fields.

    Under "projects", how many projects of the goals the stage leaves out.
    """
    record = canonical(record)
    facts = _facts(record, kind, until)
    field_paths = [f"{at}/{key}" for at, keys in EXPECTED_ANSWERS[kind].items() for key in keys]
    result: Counter[str] = Counter(dict.fromkeys(field_paths, 0))  # in this order
    for item in facts:
        _count(result, PROJECT_ROWS, kind, item.raw.get)
        for row in item.rows():
            _count(result, INDICATOR_ROWS, kind, row.raw.get)
    printed_paths = {item.goal.path for item in facts if item.goal is not None}
    listed = view(record).projects
    if left_out := sum(project.path not in printed_paths for project in listed):
        result["projects"] = left_out
    return Counter({key: count for key, count in result.items() if count})


def _count(result: Counter[str], at: str, kind: str, get: Callable[[str], Any]) -> None:
    for key in EXPECTED_ANSWERS[kind][at]:
        if is_blank(get(key)):
            result[f"{at}/{key}"] += 1


def days_of(record: Raw, kind: str) -> list[str]:
    """The last days of the stages of a kind that a record has, those without one left out."""
    stages = record.get("stages")
    listed = stages if isinstance(stages, list) else []
    ours = [item for item in listed if isinstance(item, dict) and item.get("kind") == kind]
    return [words(item, "until") for item in ours if words(item, "until")]
