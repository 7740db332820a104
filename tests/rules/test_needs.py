"""A rule that needs words is not asked where they do not stand, and loses no finding by it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.many import department_of
from tests.records import RECORD
from tests.rules import faultfiles
from tests.rules.casefiles import base, cases, changed
from xlperf.reading import Reading
from xlperf.record import Indicator, Raw
from xlperf.rules import catalogue
from xlperf.rules.core import WARNING, Hit, Rule, hit, rule, run
from xlperf.rules.profiles import profile
from xlperf.rules.questions import Questions
from xlperf.rules.text import lexicon
from xlperf.rules.text.columns import OF_INDICATORS, OF_PROJECTS

NEEDING = [one for one in catalogue().values() if one.needs]
UNHINDERED = [replace(one, needs=()) for one in NEEDING]  # asked everywhere
TEXTS = ("name", "description")
KEPT = 4  # words of a list that are tried


def differing(record: Raw, name: str = "default") -> list[tuple[Any, ...]]:
    """What is found only where nothing is needed, or only where something is."""
    by_needs, all_of_it = (
        [
            (finding.code, finding.path, finding.facts, finding.fix)
            for finding in run(Reading(record), rules, by)
        ]
        for by in (profile(name),)
        for rules in (NEEDING, UNHINDERED)
    )
    return [
        finding
        for finding in (*by_needs, *all_of_it)
        if finding not in by_needs or finding not in all_of_it
    ]


def test_nothing_is_lost_on_the_case_files_of_all_rules() -> None:
    amiss = {
        str(case): lost
        for case in cases()
        if (lost := differing(changed(case), case.table.get("profile", "default")))
    }
    assert amiss == {}


def test_nothing_is_lost_on_departments_with_planted_faults() -> None:
    for row in faultfiles.rows()[::3]:
        for words in (row.fault, row.innocent):
            if row.subject in faultfiles.subjects():
                record, _ = faultfiles.changed(row.subject, row.place, words)
                assert differing(record) == [], row.name


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(record=RECORD)
def test_nothing_is_lost_on_random_records(record: Raw) -> None:
    assert differing(record) == []


def planted(words: str) -> Iterator[Raw]:
    """The clean department with some words before, within and after every text of a project."""
    for begin, middle, behind in (
        (words, words, ""),
        ("", words, f"{words}5元"),
        (f"3人，{words}", "", words),
    ):
        record = copy.deepcopy(base())
        for project in record["projects"]:
            project["name"] = begin + project["name"] + behind
            project["purpose"] = project["purpose"][:5] + middle + project["purpose"][5:]
            project["goals"] = [begin + goal + behind for goal in project["goals"]]
            project["budget"] = project["fiscal"] = Decimal(987_654)
            for item in project["indicators"]:
                item |= {key: begin + item.get(key, "") + behind for key in TEXTS}
        yield record


@pytest.mark.parametrize("one", NEEDING, ids=lambda one: one.code)
def test_nothing_is_lost_where_the_words_are_planted(one: Rule) -> None:
    listed = [need.partition("/")[2] for need in one.needs]
    lists = [lexicon.words(name) for name in listed if name in lexicon.names("words")]
    for words in {word for some in lists for word in some[:KEPT]} or {"3人", "退休5人", "每人3元"}:
        for record in planted(words):
            assert differing(record) == [], words


@pytest.mark.parametrize("one", NEEDING, ids=lambda one: one.code)
def test_what_a_rule_needs_is_looked_for_in_its_own_subject(one: Rule) -> None:
    columns = {"Indicator": OF_INDICATORS, "Project": OF_PROJECTS}[one.subject]
    for need in one.needs:
        column, _, words = need.partition("/")
        assert column in columns
        assert words in {*lexicon.names("words"), *lexicon.names("patterns")}


def test_a_rule_is_asked_where_one_of_its_needs_stands_and_nowhere_else() -> None:
    names: list[str] = []

    def satisfied(indicator: Indicator) -> Iterator[Hit]:
        """Every indicator that is asked about is told."""
        names.append(indicator.name)
        yield hit("name")

    needing = rule(
        "TYP599", WARNING, source="form", needs="name/satisfaction description/between_sides"
    )(satisfied)
    indicators = [
        {"name": "家长满意度", "description": "问卷"},
        {"name": "合格率", "description": "合格品占全部产品的比率"},
        {"name": "培训人数", "description": "参加培训的人数"},
        {"name": "占地面积", "description": "满意"},
    ]
    run(Reading({"edition": "hebei-2021", "projects": [{"indicators": indicators}]}), [needing])
    assert names == ["家长满意度", "合格率"]


def test_questions_are_asked_by_turns_each_of_its_subjects_in_their_order() -> None:
    questions: Questions[str] = Questions()
    questions.add("of all", ["a", "b"], None)
    questions.add("of b", ["b"], None)
    questions.add("there", ["a"], {(1,), (3,)})
    subjects = [(("a",), "zero", (0,)), (("b",), "one", (1,)), (("b", "a"), "two", (3,))]
    turns = [
        (question, [name for _, name, _ in those])
        for question, those in questions.by_turns(subjects, together=2)
    ]
    assert turns == [
        ("of all", ["zero", "one"]),
        ("of b", ["one"]),
        ("of all", ["two", "two"]),  # it is of both kinds
        ("of b", ["two"]),
        ("there", ["two"]),
    ]
    assert questions.of_kind("b") == ["of all", "of b"] and "c" not in questions


@pytest.mark.parametrize("together", [1, 7])
def test_how_many_are_asked_about_together_changes_nothing(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = department_of(base(), 7)
    usual = run(Reading(record), catalogue().values())
    monkeypatch.setattr(Questions.by_turns, "__defaults__", (together,))
    assert run(Reading(record), catalogue().values()) == usual
