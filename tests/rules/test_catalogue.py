"""The catalogue as a whole: codes, words, pages, sources; and that no rule ever stumbles."""

from __future__ import annotations

import copy
import pathlib
import re
import types
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.rules.casefiles import base, change
from tests.rules.citations import is_citable
from xlperf import wording
from xlperf.paths import RecordPath, get
from xlperf.reading import Reading, Remark
from xlperf.record import Project
from xlperf.rules import catalogue, collect, family_modules
from xlperf.rules.core import ERROR, INFO, WARNING, Rule, rule, run
from xlperf.rules.profiles import names, profile
from xlperf.rules.text import lexicon
from xlperf.schema import schema

RULES = list(catalogue().values())
WORDS = ("name", "message", "advice")
MORE = ("why", "bad", "good")


def test_no_rule_is_lost() -> None:
    assert len(RULES) >= 173  # a rule that goes is taken off here, too


def test_every_code_is_three_letters_and_three_digits() -> None:
    assert [one.code for one in RULES if not re.fullmatch("[A-Z]{3}[0-9]{3}", one.code)] == []


def test_a_code_used_twice_stops_the_program() -> None:
    family = types.ModuleType("family")
    family.one = RULES[0]  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match=RULES[0].code):
        collect([*family_modules(), family])


def test_a_rule_imported_by_a_second_family_stops_the_program() -> None:
    with pytest.raises(ValueError, match="used twice"):
        collect([next(family_modules()), next(family_modules())])


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_every_rule_has_its_page(one: Rule) -> None:
    page = one.page
    assert all((page.summary, page.why, page.bad, page.good))
    assert all(text.endswith((".", '."', '".', "?")) for text in (page.summary, page.why))
    assert page.summary.count(". ") == 0, "a summary is one sentence"


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_every_rule_has_its_words_in_both_languages(one: Rule) -> None:
    for key in WORDS:
        zh = wording.text("zh", f"rule.{one.code}.{key}")
        en = wording.text("en", f"rule.{one.code}.{key}")
        assert placeholders(zh) == placeholders(en)
        assert re.search("[\u4e00-\u9fff]", zh)
        assert not re.search("[\u4e00-\u9fff]", en)
    for key in MORE:
        assert wording.text("zh", f"rule.{one.code}.{key}")
        assert not placeholders(wording.text("zh", f"rule.{one.code}.{key}"))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_there_are_no_words_for_rules_that_do_not_exist(language: str) -> None:
    codes = {key.split(".")[1] for key in wording.keys(language) if key.startswith("rule.")}
    assert codes == set(catalogue())


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_part_of_the_record_has_a_label(language: str) -> None:
    missing = [
        path for path in parts(schema(), "") if f"field.{path}" not in wording.keys(language)
    ]
    assert missing == []


def parts(node: dict[str, Any], above: str) -> Iterator[str]:
    if "$ref" in node:
        node = schema()["$defs"][node["$ref"].rpartition("/")[2]]
    for key, below in node.get("properties", {}).items():
        yield above + key
        yield from parts(below, f"{above}{key}/")
    if "items" in node:
        yield from parts(node["items"], above)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_every_source_of_a_rule_is_a_known_document(one: Rule) -> None:
    assert one.sources
    assert [source for source in one.sources if not is_citable(source)] == []


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_a_habit_alone_is_never_an_error(one: Rule) -> None:
    if set(one.sources) <= {"habit"}:
        assert one.severity in (WARNING, INFO)


def test_every_list_of_words_is_used_by_a_rule_or_by_what_rules_use() -> None:
    code = "".join(
        file.read_text(encoding="utf-8")
        for file in pathlib.Path(str(files("xlperf.rules"))).rglob("*.py")
    )
    lists = [*lexicon.names("words"), *lexicon.names("patterns")]
    needed = {need.partition("/")[2] for one in RULES for need in one.needs}
    assert [name for name in lists if f'"{name}"' not in code and name not in needed] == []


def test_no_list_of_words_says_a_word_twice() -> None:
    assert lexicon.names("words")
    for name in lexicon.names("words"):
        assert len(set(lexicon.words(name))) == len(lexicon.words(name)), name


@pytest.mark.parametrize("name", names())
def test_every_profile_says_where_it_comes_from_and_has_every_threshold(name: str) -> None:
    assert profile(name).source
    assert set(profile(name).values) == set(profile("default").values)


def test_a_rule_is_named_after_its_function_and_takes_its_subject_from_it() -> None:
    @rule("XXX001", ERROR, source="88/completeness")
    def something_bad(project: Project) -> list[object]:
        """Something is bad.

        **Why**: it is.
        **Bad**: bad.
        **Good**: good.
        """
        return []

    assert (something_bad.name, something_bad.subject) == ("something bad", "Project")
    assert (something_bad.wants, something_bad.fix) == ((), "")


def test_findings_stand_in_the_order_of_the_form() -> None:
    data = base()
    change(data, ("overall_goal",), "")
    change(data, ("projects", 0, "spending_plan", "12"), 90)
    change(data, ("projects", 0, "indicators", 0, "target"), "是/否")
    change(data, ("projects", 1, "code"), "13")
    change(data, ("activities", 2, "goal"), "")
    change(data, ("inferred",), ["fiscal_year"])
    codes = [finding.code for finding in run(Reading(data), RULES)]
    assert codes == ["STR014", "STR001", "STR004", "PLN303", "VAL401", "COD101", "COD110"]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


# Garbage: any JSON at any place of a record.

ODD = [
    "",
    "是/否",
    "≥100%",
    "≧ ９０",
    "90%",
    "17人",
    "-1",
    "1e5",
    "12月底前",
    "专项补助",
    "５０％",
    "工资50万元",
    "\ud800",
    "{x}",
]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([Decimal("1E+999999"), Decimal("1E-999999"), Decimal("-0"), 10**400]),
    st.text(max_size=12),
    st.sampled_from(ODD),
)
KEYS = ["name", "code", "target", "unit", "level1", "level2", "budget", "12", "goals", "odd"]
JSON = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(st.sampled_from(KEYS), below, max_size=3)
    ),
    max_leaves=6,
)


def places(node: Any, above: RecordPath = ()) -> Iterator[RecordPath]:
    """Every place of a record."""
    steps: list[Any] = list(node) if isinstance(node, dict) else []
    if isinstance(node, list):
        steps = list(range(len(node)))
    for step in steps:
        yield (*above, step)
        yield from places(node[step], (*above, step))


PLACES = list(places(base()))
EXTRA: list[RecordPath] = [("inferred",), ("leftovers",), ("projects", 0, "title"), ("odd",)]
EXTRA += [("projects", 1, "unit_name"), ("inferred", 0), ("leftovers", 0)]


@settings(max_examples=tries(150), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES + EXTRA), JSON), min_size=1, max_size=6))
def test_no_rule_stumbles_over_any_record(changes: list[tuple[RecordPath, Any]]) -> None:
    data = copy.deepcopy(base())
    for path, value in changes:
        parent = get(data, path[:-1])
        step = path[-1]
        if isinstance(parent, dict) or (isinstance(parent, list) and step in range(len(parent))):
            change(data, path, value)
    check(Reading(data))


@settings(max_examples=tries(100), deadline=None)
@given(st.dictionaries(st.sampled_from([*schema()["properties"], "odd"]), JSON))
def test_no_rule_stumbles_over_what_is_hardly_a_record(data: dict[str, Any]) -> None:
    check(Reading(data))


@settings(max_examples=tries(100), deadline=None)
@given(
    st.sampled_from([one.code for one in RULES]),
    st.sampled_from(PLACES + EXTRA + [()]),
    st.dictionaries(st.sampled_from(["n", "title", "entry", "text", "formula", "field"]), JSON),
)
def test_no_rule_stumbles_over_any_remark(
    code: str, path: RecordPath, facts: dict[str, Any]
) -> None:
    check(Reading(base(), remarks=(Remark(code, path, None, facts),)))


def check(reading: Reading) -> None:
    before = wording.language()
    try:
        for name in names():
            findings = run(reading, RULES, profile(name))
            for language in wording.LANGUAGES:
                wording.use(language)
                for finding in findings:
                    assert finding.message
                    assert finding.advice
    finally:
        wording.use(before)
