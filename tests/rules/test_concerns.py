"""What a rule declares of the indicators that concern it spares calls and changes no finding."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records import RECORD, TEXT
from tests.rules.casefiles import Case, cases, changed, remarks
from xlperf.editions import first
from xlperf.reading import Reading
from xlperf.record import Indicator, Raw, view
from xlperf.rules import catalogue
from xlperf.rules.concerns import ANY, Concern, IndicatorFilter
from xlperf.rules.core import Finding, Hit, Rule, run
from xlperf.rules.profiles import Profile, names, profile
from xlperf.rules.text import lexicon
from xlperf.targets import Kind

RULES = list(catalogue().values())
DECLARED = [one for one in RULES if one.concern != ANY]
FREE = [replace(one, concern=ANY) for one in DECLARED]
CASES = [case for case in cases() if catalogue()[case.code] in DECLARED]
FIELDS = ("level1", "level2", "name", "description", "target", "basis")
CROSSED = 3000


def found(reading: Reading, rules: list[Rule], chosen: str = "default") -> list[Finding]:
    return run(reading, rules, profile(chosen))


def said(one: Rule, indicator: Indicator, chosen: Profile) -> list[Hit]:
    return list(one.called(indicator, chosen, first()))


def indicators(record: Raw) -> Iterator[Indicator]:
    department = view(record)
    for activity in department.activities:
        yield from activity.indicators
    for project in department.projects:
        yield from project.indicators


def crossed(known: list[Indicator], count: int) -> Iterator[Indicator]:
    """Indicators of which each text is that of another known one, or two of them together."""
    chance = random.Random(1)
    for number in range(count):
        said = {
            field: getattr(chance.choice(known), field)
            + (getattr(chance.choice(known), field) if chance.random() < 0.1 else "")
            for field in FIELDS
        }
        yield Indicator(("projects", 0, "indicators", number), **said)


@pytest.fixture(scope="module")
def known(sample: Raw) -> list[Indicator]:
    """The indicators of the sample and of all case files, and every second level with them."""
    of_cases = [each for case in cases() for each in indicators(changed(case))]
    told = dict.fromkeys([*indicators(sample), *of_cases])
    levels = [replace(next(iter(told)), level2=words) for words in lexicon.table("level2")]
    return [*told, *levels]


def test_many_rules_say_which_indicators_concern_them() -> None:
    assert len(DECLARED) > 30
    assert {one.subject for one in DECLARED} == {"Indicator"}


@pytest.mark.parametrize("one", DECLARED, ids=lambda one: one.code)
def test_what_is_declared_can_be_so(one: Rule) -> None:
    concern = one.concern
    assert set(concern.level2) <= {*lexicon.table("level2").values(), ""}
    assert set(concern.target) <= set(get_args(Kind))
    assert set(concern.operator) <= set("≥≤=><") | {""}
    assert set(concern.unit) <= {"%", "", "another"}
    assert set(concern.parts) <= {"blank"}
    assert set(concern.number) <= {"at an end"}
    told = {"ratio", "count", "satisfaction", "no measure", "marked", "long", "level"}
    assert set(concern.name) <= {*told, *lexicon.ENDINGS}
    described = {"ratio", "wordy", "short", "method", "as name", "unlike name"}
    assert set(concern.description) <= described


@pytest.mark.parametrize("one", DECLARED, ids=lambda one: one.code)
def test_a_rule_has_nothing_to_say_of_an_indicator_that_does_not_concern_it(
    one: Rule, known: list[Indicator]
) -> None:
    asked = IndicatorFilter([(one.concern, one)])
    others = [each for each in (*known, *crossed(known, CROSSED)) if not asked.by(each)]
    assert others, "a concern that every indicator meets spares nothing"
    for name in names():
        assert [each for each in others if said(one, each, profile(name))] == []


@given(st.fixed_dictionaries({field: st.one_of(st.just(""), TEXT) for field in FIELDS}))
def test_nor_of_any_other_such_indicator(texts: dict[str, str]) -> None:
    indicator = Indicator(("projects", 0, "indicators", 0), **texts)
    assert DECLARED
    for one in DECLARED:
        if not IndicatorFilter([(one.concern, one)]).by(indicator):
            assert said(one, indicator, profile("default")) == []


@pytest.mark.parametrize("name", names())
def test_the_sample_has_the_same_findings_if_every_rule_is_asked(sample: Raw, name: str) -> None:
    assert found(Reading(sample), DECLARED, name) == found(Reading(sample), FREE, name)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_has_the_same_findings_if_every_rule_is_asked(case: Case) -> None:
    reading = Reading(changed(case), remarks=remarks(case))
    name = case.table.get("profile", "default")
    assert found(reading, DECLARED, name) == found(reading, FREE, name)


@settings(max_examples=25)
@given(RECORD)
def test_any_record_has_the_same_findings_if_every_rule_is_asked(record: Raw) -> None:
    assert found(Reading(record), DECLARED) == found(Reading(record), FREE)


def test_a_concern_that_is_too_narrow_is_seen(sample: Raw) -> None:
    wrong = [replace(one, concern=Concern(target=("date",))) for one in DECLARED]
    assert len(found(Reading(sample), wrong)) < len(found(Reading(sample), DECLARED))
