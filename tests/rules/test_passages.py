"""The texts of a record as passages: walked once, and looked through as one text."""

from __future__ import annotations

import pickle
import re
from typing import Any

import pytest

from xlperf.record import view
from xlperf.rules.memo import lazy, once
from xlperf.rules.text import slip_forms
from xlperf.rules.text.text_fields import Passage, passages, passages_of, passages_with

RECORD: dict[str, Any] = {
    "overall_goal": "first line\nsecond line",
    "activities": [{"name": " ", "goal": "12", "level1": "no text of a writer"}, "no activity"],
    "projects": [
        {"name": "a", "goals": ["b", "", 7, "😀 c"], "indicators": [{"target": "≥1"}]},
        {"name": {"of": "wrong type"}, "purpose": "last"},
    ],
}
TEXTS = [
    (("overall_goal",), "overall_goal", "first line\nsecond line"),
    (("activities", 0, "goal"), "activities/goal", "12"),
    (("projects", 0, "name"), "projects/name", "a"),
    (("projects", 0, "goals", 0), "projects/goals", "b"),
    (("projects", 0, "goals", 3), "projects/goals", "😀 c"),
    (("projects", 0, "indicators", 0, "target"), "projects/indicators/target", "≥1"),
    (("projects", 1, "purpose"), "projects/purpose", "last"),
]


def texts(items: Any) -> list[str]:
    return [item.text for item in items]


def test_every_text_has_its_place_and_its_field() -> None:
    assert sorted(passages(view(RECORD))) == sorted(Passage(*item) for item in TEXTS)


def test_some_fields_are_left_out() -> None:
    some = passages(view(RECORD), but=frozenset({"projects/goals", "overall_goal"}))
    assert texts(some) == ["12", "a", "≥1", "last"]


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        ("[0-9]", ["12", "≥1"]),
        ("line", ["first line\nsecond line"]),  # once, though it is there twice
        ("^second", ["first line\nsecond line"]),
        ("^[a-c]$", ["a", "b"]),
        ("c$", ["😀 c"]),
        ("last|first", ["first line\nsecond line", "last"]),
        ("nowhere", []),
    ],
)
def test_passages_are_found_by_what_they_may_say(hint: str, expected: list[str]) -> None:
    assert texts(passages_with(view(RECORD), re.compile(hint))) == expected


def test_a_passage_that_several_hints_find_comes_once_and_in_its_place() -> None:
    hints = re.compile("last"), re.compile("[a-c]$"), re.compile("[1-3]"), re.compile("^1")
    assert texts(passages_with(view(RECORD), *hints)) == ["12", "a", "b", "😀 c", "≥1", "last"]


def test_places_of_the_joined_text_belong_to_passages() -> None:
    written = passages_of(view(RECORD))
    places = [written.joined.index(text) for text in ("second", "line", "b", "😀", "last")]
    assert texts(written.at(sorted(places))) == [
        "first line\nsecond line",
        "b",
        "😀 c",
        "last",
    ]


def test_passages_are_found_by_their_first_and_last_signs() -> None:
    record = {"projects": [{"goals": ["ab", "ba", " c", "\u3000d", "db", "dd"]}]}
    some = passages_of(view(record)).with_ends({"a"}, {"b"})
    assert texts(some) == ["ab", " c", "\u3000d", "db"]


def test_passages_of_several_lines_are_found_beside_those_with_a_pattern() -> None:
    goals = ["ab", "a\nb", "b", "c\n", "\nd", "bb"]
    some = passages_of(view({"projects": [{"goals": goals}]}))
    hint = re.compile("b")
    assert texts(some.of_several_lines_or_with(hint)) == ["ab", "a\nb", "b", "c\n", "\nd", "bb"]
    assert texts(some.of_several_lines_or_with(re.compile("x"))) == ["a\nb", "c\n", "\nd"]
    of_one_line = passages_of(view({"projects": [{"goals": ["ab", "c"]}]}))
    assert texts(of_one_line.of_several_lines_or_with(hint)) == ["ab"]


def test_a_pattern_that_is_asked_for_again_finds_the_same() -> None:
    written, hint = passages_of(view(RECORD)), re.compile("line|[bc]$")
    assert (
        texts(written.with_any(hint)) == texts(written.with_any(hint)) == [TEXTS[0][2], "b", "😀 c"]
    )


def test_a_record_without_a_text_has_no_passages() -> None:
    assert texts(passages_with(view({}), re.compile("^|$"))) == []


@pytest.mark.parametrize("before", ["", "x", "😀", "xx😀x", "\ud800"])
def test_slips_are_found_wherever_they_begin(before: str) -> None:
    wrong = "趾升"  # 上升, as the list has it
    department = view({"overall_goal": before + wrong, "projects": [{"name": "x"}]})
    assert slip_forms.likely(wrong) == ((wrong, "上升"),)
    assert texts(slip_forms.with_slips(department, slip_forms.likely)) == [before + wrong]


def test_what_was_read_of_a_view_is_kept_with_it() -> None:
    calls = []

    @once
    def size(department: Any) -> int:
        calls.append(department)
        return len(department.projects)

    first, second = view(RECORD), view(RECORD)
    assert [size(first), size(first), size(second)] == [2, 2, 2]
    assert [call is first for call in calls] == [True, False]
    assert first == second  # what is kept makes no difference


def test_a_view_that_keeps_something_can_be_pickled() -> None:
    department = view(RECORD)
    assert list(passages(department)) and department.memo
    again = pickle.loads(pickle.dumps(department))
    assert again == department
    assert list(passages(again)) == list(passages(department))


def test_a_lazy_attribute_is_worked_out_once() -> None:
    class Text:
        reads = 0

        @lazy
        def length(self) -> int:
            self.reads += 1
            return 4

    text = Text()
    assert (text.length, text.length, text.reads) == (4, 4, 1)
