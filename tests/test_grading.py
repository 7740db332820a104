"""Proposed grades: by the gravity of what is open and the money concerned; values by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from xlperf import wording
from xlperf.jobs.validation.validating import check
from xlperf.reviewing.grading import Judgement, gravity, judge, money_factor, together
from xlperf.reviewing.survey import file_view
from xlperf.rules.core import ERROR, INFO, WARNING, Finding, Severity
from xlperf.waivers import Standing

SMALL, LARGE = Decimal(6400), Decimal(2_100_000)


def findings_of(severity: Severity, *codes: str) -> list[Finding]:
    return [Finding(code, severity, ("projects", 0)) for code in codes]


def errors(number: int) -> list[Finding]:
    return findings_of(ERROR, *(f"VAL{400 + n}" for n in range(number)))


def test_nothing_open_is_the_best_grade() -> None:
    assert (judge([]).score, judge([]).grade) == (100.0, 1)


def test_a_rule_broken_four_times_counts_twice() -> None:
    assert gravity(findings_of(ERROR, "VAL401", "VAL401", "VAL401", "VAL401")) == pytest.approx(0.2)
    assert gravity(findings_of(WARNING, "VAL402") + findings_of(INFO, "TXT617")) == pytest.approx(
        0.028
    )


@pytest.mark.parametrize(
    ("budget", "factor"),
    [
        (None, 1.0),
        (Decimal("-5"), 0.6),
        (Decimal("9999.99"), 0.6),
        (Decimal(10_000), 0.8),
        (Decimal(100_000), 1.0),
        (Decimal(1_000_000), 1.25),
        (Decimal(10_000_000), 1.5),
    ],
)
def test_faults_weigh_more_where_more_money_is_concerned(
    budget: Decimal | None, factor: float
) -> None:
    assert money_factor(budget) == factor


def test_five_errors_in_two_millions_are_not_five_in_six_thousand() -> None:
    small, large = judge(errors(5), SMALL), judge(errors(5), LARGE)
    assert (small.score, small.grade) == (74.1, 3)  # 100 × e^(−0.6 × 0.5)
    assert (large.score, large.grade) == (53.5, 4)  # 100 × e^(−1.25 × 0.5)


def test_with_an_error_open_the_grade_is_never_the_best() -> None:
    one = judge(errors(1), SMALL)
    assert (one.score, one.grade) == (94.2, 2)  # 100 × e^(−0.06)
    with wording.speaking("zh"):
        assert (
            one.reason
            == "预算 6,400.00 元，金额小，问题从轻计（×0.6）；得分 94.2；有错误未改，不评优"
        )


def test_warnings_alone_may_pass() -> None:
    two = judge(findings_of(WARNING, "TXT603", "TYP509"))
    assert (two.score, two.grade) == (95.1, 1)  # 100 × e^(−0.05)


def test_what_is_explained_does_not_count() -> None:
    (finding,) = errors(1)
    settled = Finding(finding.code, ERROR, finding.path, standing=Standing.EXPLAINED)
    assert judge([settled]).score == 100.0


def test_a_form_that_was_not_filled_in_is_the_worst_grade() -> None:
    assert judge(findings_of(ERROR, "STR040"), SMALL).grade == 4


def test_a_department_is_judged_by_where_its_money_is() -> None:
    department_part, good, bad = judge([]), judge([], SMALL), judge(errors(5), LARGE)
    whole = together(department_part, [good, bad])
    # (6,400 × 100 + 2,100,000 × 53.5) / 2,106,400 = 53.64; 0.2 × 100 + 0.8 × 53.64
    assert (whole.score, whole.grade) == (62.9, 3)
    assert whole.counts == {"error": 5, "warning": 0, "info": 0}
    other = together(department_part, [judge(errors(5), SMALL), judge([], LARGE)])
    assert (other.score, other.grade) == (99.9, 2)  # (6,400 × 74.1 + 2,100,000 × 100) / 2,106,400


def test_projects_without_any_money_count_alike() -> None:
    whole = together(judge([]), [judge(errors(1)), judge([])])
    assert whole.score == 96.2  # 0.2 × 100 + 0.8 × (90.5 + 100) / 2


def test_a_department_without_projects_is_judged_by_its_own_part() -> None:
    department_part = judge(errors(3))
    assert together(department_part, []) == Judgement(
        department_part.score, department_part.grade, department_part.counts
    )


@pytest.mark.seed
def test_of_the_real_document_five_errors_cost_more_where_the_money_is(seed: Path) -> None:
    checked = check(seed, without=True)
    drafts = list(file_view(checked.reading, checked.findings).drafts())[1:]
    by_code = {draft.subject.budget: draft for draft in drafts}
    small, large = by_code[SMALL], by_code[LARGE]
    assert small.counts["error"] == large.counts["error"] == 5
    assert small.judgement.score > large.judgement.score + 15
    assert small.grade < large.grade
    assert len({draft.grade for draft in drafts}) >= 3  # the grades tell projects apart


def test_faults_that_are_planted_never_make_a_grade_better() -> None:
    scores = [judge(errors(number), LARGE).score for number in range(8)]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == 8
    assert [judge(errors(number), LARGE).grade for number in range(6)] == [1, 2, 3, 3, 3, 4]
