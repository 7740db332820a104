"""Every rule against its case file."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from tests.rules.casefiles import CASES, Case, base, cases, change, changed, findings, path_of
from xlperf import wording
from xlperf.canonical import canonical
from xlperf.jobs.fix_repair import fix_rounds
from xlperf.paths import get
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import Finding, run
from xlperf.rules.profiles import names, profile

BAD = [case for case in cases() if case.kind == "bad"]
OF_RULE: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
for one in cases():
    OF_RULE[one.code, one.kind].append(one)
FIXED = [case for case in BAD if "fixed" in case.table]
KEPT = {"budget", "fiscal", "other", "spending_plan", "code", "unit"}  # in no mending's reach
UNTOUCHED = [case for case in BAD if any(KEPT & set(map(str, path)) for path in case.at)]


def test_every_rule_has_a_case_file_and_every_case_file_a_rule() -> None:
    assert {file.stem for file in CASES.iterdir()} == set(catalogue())


@pytest.mark.parametrize("code", catalogue())
def test_every_rule_has_a_bad_and_a_good_case(code: str) -> None:
    assert OF_RULE[code, "bad"] and OF_RULE[code, "good"]


@pytest.mark.parametrize("name", names())
def test_no_rule_has_anything_to_say_of_the_clean_department(name: str) -> None:
    actual = run(Reading(base()), catalogue().values(), profile(name))
    assert [(finding.code, finding.path, finding.message) for finding in actual] == []


def test_the_clean_department_is_kept_the_way_records_are() -> None:
    assert canonical(base()) == base()


Fault = Callable[[Case, list[Finding]], Iterator[str]]  # what is wrong with a bad case's findings


def where(case: Case, actual: list[Finding]) -> Iterator[str]:
    """A bad record is found exactly where it is bad, and by its rule."""
    if {finding.path for finding in actual} != set(case.at):
        yield f"found at {[finding.path for finding in actual]}, not at {case.at}"
    if {finding.code for finding in actual} != {case.code}:
        yield f"found by {[finding.code for finding in actual]}"


def other_places(case: Case, actual: list[Finding]) -> Iterator[str]:
    """A finding about several places names each of the others once, and never its own."""
    others = [place.path for finding in actual for place in finding.also]
    if "also" in case.table and others != [path_of(place) for place in case.table["also"]]:
        yield f"other places: {others}"
    for finding in actual:
        others = [place.path for place in finding.also]
        if finding.path in others or len(set(others)) != len(others):
            yield f"names its own place, or another twice: {others}"


def sentences(case: Case, actual: list[Finding]) -> Iterator[str]:
    """The message and the advice are whole sentences."""
    for finding in actual:
        for text in (finding.message, finding.advice):
            is_raw = re.search(r"[{}]|rule_part|None|Word\(|Listed\(|Decimal", text)
            if is_raw or not text.rstrip('”"').endswith(("。", ".")) or "\n" in text:
                yield f"no whole sentence: {text}"


def foreign_words(case: Case, actual: list[Finding]) -> Iterator[str]:
    """An English message has no Chinese words but those of the document."""
    if wording.language() != "en":
        return
    quoted = str(changed(case)) + "产出指标、效益指标、满意度指标、数量质量时效成本经济生态环境"
    for finding in actual:
        outside = re.sub("“[^”]*”", "", finding.message + finding.advice)
        if words := [word for word in re.findall("[\u4e00-\u9fff]", outside) if word not in quoted]:
            yield f"Chinese words: {words}"


def fixes(case: Case, actual: list[Finding]) -> Iterator[str]:
    """A fix is declared in the case and in the rule."""
    offered = [finding.fix for finding in actual if finding.fix]
    best = catalogue()[case.code].fix  # "safe" where it can offer a safe one, beside others
    if actual and bool(offered) != ("fixed" in case.table):
        yield f"offers {offered}"
    for fix in offered:
        if fix.safe != case.table["safe"] or not (best == "safe" if fix.safe else best):
            yield f"a fix safe {fix.safe} of a rule that declares {best!r}"


FAULTS: tuple[Fault, ...] = (where, other_places, sentences, foreign_words, fixes)


@pytest.mark.parametrize("code", catalogue())
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_bad_record_is_found_where_it_is_bad_and_said_in_whole_sentences(
    code: str, language: str
) -> None:
    amiss = {}
    with wording.speaking(language):
        for case in OF_RULE[code, "bad"]:
            actual = findings(case)
            assert actual, str(case)
            if wrong := [sentence for fault in FAULTS for sentence in fault(case, actual)]:
                amiss[str(case)] = wrong
    assert amiss == {}


@pytest.mark.parametrize("code", catalogue())
def test_good_records_are_left_alone(code: str) -> None:
    amiss = {
        str(case): [(finding.path, finding.message) for finding in actual]
        for case in OF_RULE[code, "good"]
        if (actual := findings(case))
    }
    assert amiss == {}


@pytest.mark.parametrize("code", [rule.code for rule in catalogue().values() if rule.fix])
def test_a_rule_that_offers_a_fix_has_a_case_for_it(code: str) -> None:
    assert [case for case in FIXED if case.code == code]


@pytest.mark.parametrize("case", FIXED, ids=str)
def test_applying_the_fix_mends_the_record_and_nothing_else(case: Case) -> None:
    bad = changed(case)
    mended = copy.deepcopy(bad)
    for finding in findings(case):
        assert finding.fix is not None
        assert finding.fix.value == case.table["fixed"]
        change(mended, finding.path, finding.fix.value)
    assert findings(case, mended) == []
    for path in case.at:
        change(mended, path, get(bad, path))
    assert mended == bad


@pytest.mark.parametrize("case", UNTOUCHED, ids=str)
def test_money_and_codes_stay_as_they_are_written_whatever_is_mended(case: Case) -> None:
    bad = changed(case)
    mended = fix_rounds.fix(Reading(bad), catalogue().values(), unsafe=True).record
    assert [get(mended, path) for path in case.at] == [get(bad, path) for path in case.at]
