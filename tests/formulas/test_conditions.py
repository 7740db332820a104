"""What is seen of a condition by its text alone."""

from __future__ import annotations

import pytest

from xlperf.rules.formulas.conditions import is_truth, shown_if


@pytest.mark.parametrize(
    "condition",
    [
        "A1=1", 'A1<>"a,b)"', "LEN(A1)>0", "AND(A1,B1)", "NOT(SUMPRODUCT(A1:A9))", "TRUE",
        "IF(A1,B1>2)", 'IF(A1,TRUE,IF(B1,ISNUMBER(C1),A1="("))', "EXACT(A1,B1)",
        "IF(A1>1,FALSE,A1<2)",
    ],
)  # fmt: skip
def test_a_condition_that_is_true_or_false(condition: str) -> None:
    assert is_truth(condition)
    assert shown_if(condition, '"x"') == f'REPT("x",{condition})'


@pytest.mark.parametrize(
    "condition",
    [
        "$A$1", "SUMPRODUCT(A1:A9)", "IF(A1>1,B1)", "IF(A1>1,TRUE,B1)",
        "IF(A1>1,COUNT(B1:B9),FALSE)",
        "N(A1>1)", "LEN(A1)", '"a=b"', "AND(A1)+OR(B1)",
    ],
)  # fmt: skip
def test_a_condition_that_may_be_a_number(condition: str) -> None:
    assert not is_truth(condition)
    assert shown_if(condition, '"x"') == f'IF({condition},"x","")'
