"""What changes of a stage are called: which stage, which indicator, answers in words."""

from __future__ import annotations

from typing import Any

from xlperf.paths import RecordPath, get
from xlperf.record import Raw, amount, words
from xlperf.rules.message_facts import money
from xlperf.wording import has, say

STAGES_LIST, STAGE_PROJECTS, STAGE_INDICATOR_OF = (
    "stages",
    "stages/projects",
    "stages/projects/indicators/of",
)
TERMS = frozenset(
    {"stages/kind", "stages/projects/indicators/causes", "stages/projects/indicators/possibility"}
)


def stage_label(path: RecordPath, record: Raw) -> str:
    """Which stage a path lies in: its kind, and its last day if it has one; "" outside of them."""
    if path[:1] != (STAGES_LIST,) or len(path) < 2:
        return ""
    stage = get(record, path[:2]) or {}
    kind = term(words(stage, "kind"))
    until = words(stage, "until")
    return say("compare.stage_until", stage=kind, day=until) if until else kind


def term(text: str) -> str:
    """A word of the program for a stage, a cause or a chance in the user's language."""
    key = f"compare.term_{text}"
    return say(key) if has(key) else text


def indicator_name(item: Raw) -> str:
    """The name of the indicator that a row of a stage is about."""
    of = item.get("of")
    names = [part for part in of if isinstance(part, str)] if isinstance(of, list) else []
    return names[-1] if names else ""


def identity(of: Any) -> str:
    """Levels and name of an indicator in one text."""
    parts = of if isinstance(of, list) else [of]
    return "/".join(str(part) for part in parts if part and isinstance(part, str))


def stage_in_short(value: Raw, field: str) -> str:
    """A stage, or what it says of a project, in one line."""
    listed = value.get("projects" if field == STAGES_LIST else "indicators") or ()
    if field == STAGES_LIST:
        return say(
            "compare.stage_short",
            stage=stage_label((STAGES_LIST, 0), {STAGES_LIST: [value]}),
            n=len(listed),
        )
    spent = value.get("executed")
    number, score = amount(spent), value.get("total")
    unread = say("compare.nothing") if spent is None else spent
    return say(
        "compare.report_short",
        executed=unread if number is None else say("compare.report_money", amount=money(number)),
        score=say("compare.nothing") if score is None else score,
        n=len(listed),
    )
