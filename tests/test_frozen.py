"""What a maker makes is a value of the frozen class like any other."""

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from xlperf.frozen import maker
from xlperf.record import Indicator
from xlperf.rules.core import ERROR, Finding

GIVEN = (("projects", 0, "indicators", 1), "rate", "of what", "≥90%", "output")


@pytest.fixture
def made() -> Indicator:
    return maker(Indicator)(*GIVEN)


def test_it_is_the_same_value_with_the_same_defaults(made: Indicator) -> None:
    usual = Indicator(*GIVEN)
    assert type(made) is Indicator
    assert (made, hash(made), repr(made)) == (usual, hash(usual), repr(usual))
    assert replace(made, basis="plan") == Indicator(*GIVEN, basis="plan")


def test_a_default_that_is_made_anew_is_nobody_elses() -> None:
    make = maker(Finding)
    one, other = make("AMT201", ERROR, ()), make("AMT201", severity=ERROR, path=())
    assert one == other == Finding("AMT201", ERROR, ())
    assert one.facts is not other.facts


def test_it_cannot_be_changed(made: Indicator) -> None:
    with pytest.raises(FrozenInstanceError):
        made.name = "another"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.name  # type: ignore[misc]


def test_copies_of_it_are_frozen_too(made: Indicator) -> None:
    for copied in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert (type(copied), copied) == (Indicator, made)


def test_a_field_too_few_is_refused() -> None:
    with pytest.raises(TypeError):
        maker(Indicator)((), "name")  # type: ignore[call-arg]
