"""Every rule against its case file."""

from __future__ import annotations

import copy
import re

import pytest

from tests.rules.casefiles import CASES, Case, base, cases, change, changed, findings, path_of
from xlperf import wording
from xlperf.canonical import canonical
from xlperf.jobs import fixing
from xlperf.paths import get
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.rules.profiles import names, profile

BAD = [case for case in cases() if case.kind == "bad"]
GOOD = [case for case in cases() if case.kind == "good"]
FIXED = [case for case in BAD if "fixed" in case.table]
KEPT = {"budget", "fiscal", "other", "spending_plan", "code", "unit"}  # in no mending's reach
OF_THE_LANGUAGE = {"WAI902"}  # compares with the program's words in the language spoken
UNTOUCHED = [case for case in BAD if any(KEPT & set(map(str, path)) for path in case.at)]


def test_every_rule_has_a_case_file_and_every_case_file_a_rule() -> None:
    assert {file.stem for file in CASES.iterdir()} == set(catalogue())


@pytest.mark.parametrize("code", catalogue())
def test_every_rule_has_a_bad_and_a_good_case(code: str) -> None:
    assert {case.kind for case in cases() if case.code == code} == {"bad", "good"}


@pytest.mark.parametrize("name", names())
def test_no_rule_has_anything_to_say_of_the_clean_department(name: str) -> None:
    found = run(Reading(base()), catalogue().values(), profile(name))
    assert [(finding.code, finding.path, finding.message) for finding in found] == []


def test_the_clean_department_is_kept_the_way_records_are() -> None:
    assert canonical(base()) == base()


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_bad_record_is_found_exactly_where_it_is_bad(case: Case) -> None:
    found = findings(case)
    assert {finding.path for finding in found} == set(case.at)
    assert {finding.code for finding in found} == {case.code}


@pytest.mark.parametrize("case", [case for case in BAD if "also" in case.table], ids=str)
def test_a_finding_about_several_places_names_each_of_the_others_once(case: Case) -> None:
    others = [each.path for finding in findings(case) for each in finding.also]
    assert others == [path_of(place) for place in case.table["also"]]


@pytest.mark.parametrize("case", BAD, ids=str)
def test_no_finding_names_its_own_place_as_another(case: Case) -> None:
    for finding in findings(case):
        others = [each.path for each in finding.also]
        assert finding.path not in others
        assert len(set(others)) == len(others)


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_a_good_record_is_left_alone(case: Case) -> None:
    assert [(finding.path, finding.message) for finding in findings(case)] == []


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("case", BAD, ids=str)
def test_the_message_and_the_advice_are_whole_sentences(case: Case, language: str) -> None:
    before = wording.language()
    wording.use(language)
    try:
        assert findings(case) or case.code in OF_THE_LANGUAGE
        for finding in findings(case):
            for said in (finding.message, finding.advice):
                assert not re.search(r"[{}]|rule_part|None|Word\(|Listed\(|Decimal", said), said
                assert said.rstrip('”"').endswith(("。", "."))
                assert "\n" not in said
    finally:
        wording.use(before)


@pytest.mark.parametrize("case", BAD, ids=str)
def test_an_english_message_has_no_chinese_words_but_those_of_the_document(case: Case) -> None:
    before = wording.language()
    wording.use("en")
    try:
        assert findings(case) or case.code in OF_THE_LANGUAGE
        for finding in findings(case):
            outside = re.sub("“[^”]*”", "", finding.message + finding.advice)
            quoted = (
                str(changed(case)) + "产出指标、效益指标、满意度指标、数量质量时效成本经济生态环境"
            )
            words = re.findall("[\u4e00-\u9fff]", outside)
            assert [word for word in words if word not in quoted] == []
    finally:
        wording.use(before)


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_fix_is_declared_in_the_case_and_in_the_rule(case: Case) -> None:
    fixes = [finding.fix for finding in findings(case) if finding.fix]
    assert bool(fixes) == ("fixed" in case.table)
    best = catalogue()[case.code].fix  # "safe" where it can offer a safe one, beside others
    for fix in fixes:
        assert fix.safe == case.table["safe"]
        assert best == "safe" if fix.safe else best


@pytest.mark.parametrize("code", [one.code for one in catalogue().values() if one.fix])
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
    mended = fixing.fix(Reading(bad), catalogue().values(), unsafe=True).record
    assert [get(mended, path) for path in case.at] == [get(bad, path) for path in case.at]
