"""The schema: what a record does against it is what a validator of the whole standard says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.effort import tries
from tests.records import RECORD
from xlperf.paths import RecordPath
from xlperf.record import Raw
from xlperf.schema import faults, is_valid, schema

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(0, 9, places=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=5,
)
STANDARD = Draft202012Validator(schema())
KEYS = sorted(schema()["properties"])


@given(RECORD)
@settings(max_examples=tries(60), deadline=None)
def test_it_and_the_standard_pass_what_is_right_but_for_what_it_lacks(record: Raw) -> None:
    assert is_valid(record) == (not list(STANDARD.iter_errors(record)))
    assert all(fault.kind == "missing" for fault in faults(record))


@given(RECORD, st.sampled_from([*KEYS, "note"]), JUNK)
@settings(max_examples=tries(150), deadline=None)
def test_it_and_the_standard_agree_on_what_is_wrong(record: Raw, key: str, junk: Any) -> None:
    broken = {**record, key: junk}
    assert is_valid(broken) == (not list(STANDARD.iter_errors(broken)))


@given(JUNK)
@settings(deadline=None)
def test_it_and_the_standard_agree_on_anything(junk: Any) -> None:
    assert is_valid(junk) == (not list(STANDARD.iter_errors(junk)))


@pytest.mark.parametrize("value", [True, 2021.0, 2021.5, Decimal("2021"), "2021", None, [2021]])
def test_numbers_are_what_the_standard_takes_for_numbers(value: object) -> None:
    for record in ({"fiscal_year": value}, {"projects": [{"budget": value}]}):
        kinds = {fault.kind for fault in faults(record)}
        errors = {error.validator for error in STANDARD.iter_errors(record)}
        assert ("wrong_type" in kinds) == ("type" in errors)


def test_every_fault_has_a_path_and_a_kind() -> None:
    broken = {
        "edition": "hebei-2021",
        "department": [],
        "projects": [{"goals": "一", "surprise": 1, "spending_plan": {"07": 1}}],
    }
    kinds: set[tuple[str, RecordPath]] = {(fault.kind, fault.path) for fault in faults(broken)}
    assert kinds == {
        ("wrong_type", ("department",)),
        ("missing", ("units",)),
        ("wrong_type", ("projects", 0, "goals")),
        ("unknown", ("projects", 0, "surprise")),
        ("unknown", ("projects", 0, "spending_plan", "07")),
    }
