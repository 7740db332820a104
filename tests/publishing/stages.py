"""Random stages of random records, as far as the forms of their edition print them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.documents.test_properties import MONEY, WORD
from tests.publishing.records import covered
from xlperf.canonical import canonical
from xlperf.record import Raw

POINTS = st.integers(0, 100) | st.decimals(0, 100, places=2).map(lambda n: n.normalize())
CAUSES = ("funding", "rules", "staff", "hardware", "other")
CHANCES = ("certain", "possible", "impossible")
SPENT = ("adjusted", "adjusted_fiscal", "executed", "executed_fiscal", "executed_other")
EXPECTED = ("expected", "expected_fiscal", "expected_other")
TEXTS = ("overview", "conclusion", "problems", "measures")


def _some(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[Any]]) -> Raw:
    return dict(draw(st.fixed_dictionaries({}, optional=fields)))


def _identities(project: Raw) -> list[list[Any]]:
    counts: Counter[tuple[str, ...]] = Counter()
    result = []
    for item in project["indicators"]:
        key = (item["level1"], item["level2"], item["name"])
        result.append([*key, counts[key]])
        counts[key] += 1
    return result


@st.composite
def staged(draw: st.DrawFn, kind: str, edition: str) -> Raw:
    """A record with one stage of a kind: some projects and indicators, of each some fields."""
    record = draw(covered())
    record["edition"] = edition
    stage: Raw = {"kind": kind, "projects": []}
    if kind == "monitoring" and draw(st.booleans()):
        day = draw(st.sampled_from(["07-31", "09-15"]))
        stage["until"] = f"{record.get('fiscal_year', 2021)}-{day}"
    fields: dict[str, st.SearchStrategy[Any]] = dict.fromkeys(
        (*SPENT, *(EXPECTED if kind == "monitoring" else ())), MONEY
    )
    fields |= dict.fromkeys(TEXTS, WORD)
    row: dict[str, st.SearchStrategy[Any]] = {"completed": WORD, "reason": WORD, "remark": WORD}
    if kind == "monitoring":
        row |= {"expected": WORD, "possibility": st.sampled_from(CHANCES)}
        row["causes"] = st.lists(st.sampled_from(CAUSES), unique=True)
    else:
        row |= {"weight": st.integers(1, 30), "score": POINTS}
        fields |= {"execution_score": POINTS, "total": POINTS, "goal_completion": WORD}
        fields["grade"] = st.sampled_from(["优", "良", "中", "差"])
    for project in record["projects"]:
        stage_project = {"code": project["code"], **_some(draw, fields)}
        stage_project["indicators"] = [
            {"of": of, **_some(draw, row)} for of in _identities(project)
        ]
        stage["projects"].append(stage_project)
    return canonical({**record, "stages": [stage]})


def report(**changes: Any) -> Raw:
    """What a self-evaluation says of the first project of the sample."""
    return {
        "executed": Decimal("5760.00"),
        "execution_score": 9,
        "total": 94,
        "grade": "优",
        **changes,
    }
