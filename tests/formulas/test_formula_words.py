"""The vocabulary of formulas: what it writes, and what mypy refuses to write with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api
from openpyxl import Workbook

from tests.formulas.written import reports
from xlperf.editions import TRAITS
from xlperf.formulas import typed
from xlperf.formulas.form_steps import steps_of
from xlperf.formulas.typed import (
    Boolean,
    Booleans,
    Number,
    Numbers,
    Text,
    Texts,
    number,
    text,
)
from xlperf.rules.formulas.native import both, either, no, trim_blanks

ROOT = Path(__file__).resolve().parents[2]
A, B = Number("$A$1"), Number("$B$1+1")
T, U = Text("$C$1"), Text('$C$2&"x"')
MET, OPEN = Boolean("$D$1"), Boolean("$A$1>5")
MANY, WORDS = Numbers("$A$1:$A$9"), Texts("$C$1:$C$9")

WRITTEN = {
    text('5" wide'): '"5"" wide"',
    number(-3): "-3",
    typed.as_number(MET): "--$D$1",
    typed.as_number(OPEN): "--($A$1>5)",
    typed.contains(T, text("_")): 'ISNUMBER(FIND("_",$C$1))',
    typed.equal(A, B): "$A$1=$B$1+1",
    typed.equal(MET, OPEN): "$D$1=($A$1>5)",
    typed.differ(T, U): '$C$1<>$C$2&"x"',
    typed.more(typed.as_number(OPEN), number(0)): "--($A$1>5)>0",
    typed.is_blank(T): '$C$1=""',
    typed.negated(OPEN): "NOT($A$1>5)",
    typed.any_of(MET, OPEN): "OR($D$1,$A$1>5)",
    typed.when(OPEN, A, B): "IF($A$1>5,$A$1,$B$1+1)",
    typed.first_case([(MET, T), (OPEN, U)], text("")): 'IF($D$1,$C$1,IF($A$1>5,$C$2&"x",""))',
    typed.if_error(T, text("-")): 'IFERROR($C$1,"-")',
    typed.joined(T, text("a&b"), U): '$C$1&"a&b"&$C$2&"x"',
    typed.added(A, B, typed.as_number(MET)): "$A$1+$B$1+1+--$D$1",
    typed.added(): "0",
    typed.minus(B, B): "$B$1+1-($B$1+1)",
    typed.times(B, A): "($B$1+1)*$A$1",
    typed.link(text("#A1"), T): 'HYPERLINK("#A1",$C$1)',
    typed.sum_of(MANY): "SUM($A$1:$A$9)",
    typed.count_if(typed.each_contains(WORDS, text("_"))): (
        'SUMPRODUCT(--ISNUMBER(FIND("_",$C$1:$C$9)))'
    ),
    typed.count_if(Booleans('$C$1:$C$9<>"x"'), Booleans("$C$1:$C$9=$C$1")): (
        'SUMPRODUCT(($C$1:$C$9<>"x")*($C$1:$C$9=$C$1))'
    ),
}


@pytest.mark.parametrize("expression", WRITTEN)
def test_a_word_writes_its_formula_with_the_brackets_that_it_needs(expression: str) -> None:
    assert expression == WRITTEN[expression]


def test_the_checker_finds_nothing_in_what_the_words_write() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    book.create_sheet("a+b")
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = "=LEN($F$1)", "=1", '=$F$1&""', "=$F$1=1"
    for row, expression in enumerate(WRITTEN, 20):
        sheet.cell(row, 1).value = f"={expression}"
    assert [str(report) for report in reports(book)] == []


@pytest.mark.parametrize(
    ("expression", "strength"),
    [
        ("$A$1", typed.SINGLE),
        ('"a+b"', typed.SINGLE),
        ("'a-b'!$A$1", typed.SINGLE),
        ("IF($A$1>1,1,2)", typed.SINGLE),
        ("{1,2}", typed.SINGLE),
        ("--$D$1", typed.SINGLE),
        ("2*-3", typed.MULTIPLYING),
        ("1+2*3", typed.ADDING),
        ('1+2&"x"', typed.JOINING),
        ('1+2&"x"<>"3x"', typed.COMPARISON),
        ("(1>2)/3", typed.MULTIPLYING),
    ],
)
def test_how_strong_an_expression_holds_together(expression: str, strength: int) -> None:
    assert typed.binding(expression) == strength


REFUSED = """\
more(MET, number(0))
more(contains(T, text("_")), number(0))
equal(MET, number(1))
equal(A, T)
equal(A, text(""))
added(A, MET)
when(MET, A, T)
joined(T, MET)
when(A, T, T)
count_if(WORDS)
more(A, MANY)
more("$A$1", A)
"""
ALLOWED = """\
more(as_number(MET), number(0))
when(contains(T, text("_")), A, number(0))
added(A, as_number(MET))
"""
DECLARED = """\
from xlperf.formulas.typed import *
A, T, MET = Number("$A$1"), Text("$C$1"), Boolean("$D$1")
MANY, WORDS = Numbers("$A$1:$A$9"), Texts("$C$1:$C$9")
"""


def test_mypy_refuses_a_boolean_beside_a_number_and_other_slips(tmp_path: Path) -> None:
    snippet = tmp_path / "snippet.py"
    snippet.write_text(DECLARED + REFUSED + ALLOWED, encoding="utf-8")
    # as `mypy xlperf` is run, so that what it has kept of the package is used
    options = [f"--config-file={ROOT / 'pyproject.toml'}", f"--cache-dir={ROOT / '.mypy_cache'}"]
    output, _, _ = api.run([*options, str(snippet)])
    lines = {int(line.split(":")[1]) for line in output.splitlines() if ": error:" in line}
    first = 1 + len(DECLARED.splitlines())
    assert lines == set(range(first, first + len(REFUSED.splitlines()))), output


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (both("A1>2", "B1=3", "C1"), "IF(A1>2,IF(B1=3,C1))"),
        (either("A1>2", "C1"), "IF(A1>2,TRUE,C1)"),
        (both("SUMPRODUCT(--A1:A3)>0", "C1"), "IF(SUMPRODUCT(--A1:A3),C1)"),
        (no('SUMPRODUCT(--(A1:A3=")"))>0'), 'NOT(SUMPRODUCT(--(A1:A3=")")))'),
        # two counts, or what no count is, are compared as they stand
        (no("SUMPRODUCT(A1:A3)+SUMPRODUCT(B1:B3)>0"), "NOT(SUMPRODUCT(A1:A3)+SUMPRODUCT(B1:B3)>0)"),
        (no("LEN(A1)>0"), "NOT(LEN(A1)>0)"),
        (no("SUMPRODUCT(A1:A3)=0"), "NOT(SUMPRODUCT(A1:A3)=0)"),
    ],
)
def test_a_count_is_a_condition_by_itself(written: str, expected: str) -> None:
    assert written == expected


@pytest.mark.parametrize(
    "formula, expected",
    [
        (both("{a}>1", '{b}="x"', "LEN({c})>0"), 'AND({a}>1,{b}="x",LEN({c})>0)'),
        (either("{a}>1", "NOT({b})"), "OR({a}>1,NOT({b}))"),
        # what takes time or may be an error waits for what stands before it
        (both("{a}=1", "{list:x}=1", "{b}=1", "{c}"), "IF({a}=1,IF({list:x}=1,AND({b}=1,{c})))"),
        (both("ISNUMBER({a})", "VALUE({a})>1"), "IF(ISNUMBER({a}),VALUE({a})>1)"),
        (both("{a}>0", "{b}/{a}>1"), "IF({a}>0,{b}/{a}>1)"),
        (both("{a}", 'FIND("x",{b})>1'), 'IF({a},FIND("x",{b})>1)'),
        (both("{a}", 'ISNUMBER(FIND("x",{b}))'), 'AND({a},ISNUMBER(FIND("x",{b})))'),
        # by some profiles it is never so, which is seen at its beginning
        (both("{profile:x}", "{a}=1"), "IF({profile:x},{a}=1)"),
    ],
)
def test_conditions_that_take_no_time_stand_in_one_call(formula: str, expected: str) -> None:
    assert formula == expected


def test_a_kept_word_is_written_as_the_checks_see_it() -> None:
    assert trim_blanks("\u3000产出\u00a0\n指标\t ") == "产出 指标"
    assert trim_blanks(" \t") == ""


def test_steps_that_build_on_a_column_which_an_edition_has_not_are_left_out() -> None:
    names = {
        edition: {name for name, _ in steps_of("projects/indicators", TRAITS[edition])}
        for edition in ("hebei-2021", "sichuan-2023")
    }
    assert names["hebei-2021"] - names["sichuan-2023"] == {
        *("description.joined", "description.bare", "description.first"),
        *("name.bare", "name.first"),
    }
