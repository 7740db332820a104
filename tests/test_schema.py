"""The schema: a quick validator says "valid", a careful one explains, and they agree."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records import RECORD
from xlperf.paths import Path
from xlperf.record import Raw
from xlperf.schema import faults, is_valid, schema, validator

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(0, 9, places=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=5,
)
KEYS = sorted(schema()["properties"])


@given(RECORD)
@settings(max_examples=60, deadline=None)
def test_both_validators_pass_what_is_right_but_for_what_it_lacks(record: Raw) -> None:
    assert is_valid(record) == (not list(validator().iter_errors(record)))
    assert all(fault.kind == "missing" for fault in faults(record))


@given(RECORD, st.sampled_from([*KEYS, "note"]), JUNK)
@settings(max_examples=150, deadline=None)
def test_both_validators_agree_on_what_is_wrong(record: Raw, key: str, junk: Any) -> None:
    broken = {**record, key: junk}
    assert is_valid(broken) == (not list(validator().iter_errors(broken)))


@given(JUNK)
@settings(deadline=None)
def test_both_validators_agree_on_anything(junk: Any) -> None:
    assert is_valid(junk) == (not list(validator().iter_errors(junk)))


def test_every_fault_has_a_path_and_a_kind() -> None:
    broken = {
        "edition": "hebei-2021",
        "department": [],
        "projects": [{"goals": "一", "surprise": 1, "spending_plan": {"07": 1}}],
    }
    found: set[tuple[str, Path]] = {(fault.kind, fault.path) for fault in faults(broken)}
    assert found == {
        ("wrong_type", ("department",)),
        ("missing", ("units",)),
        ("wrong_type", ("projects", 0, "goals")),
        ("unknown", ("projects", 0, "surprise")),
        ("unknown", ("projects", 0, "spending_plan", "07")),
    }
