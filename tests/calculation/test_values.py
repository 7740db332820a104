"""What formulas give, by Excel's rules: each value worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from xlperf.calculation.book import Book, Sheet
from xlperf.calculation.compiling import compiled
from xlperf.calculation.syntax import (
    GOALS_TITLE,
    NUMBER_MARK,
    QUOTED_TITLE_MARK,
    TITLE_MARK,
    Area,
    NotUnderstoodError,
    split,
)
from xlperf.calculation.tree import tree_of
from xlperf.calculation.values import CellError, EvaluationError, UnknownValueError
from xlperf.layout import Box, Coord
from xlperf.layout.addresses import to_box

CELLS: dict[str, Any] = {  # A4 is blank
    "A1": 2, "A2": "two", "A3": True, "A5": "", "A6": 2.5, "A7": CellError("#N/A"), "A8": "5 人",
    "B1": "甲", "B2": "乙", "B3": "甲", "B4": "丙", "C1": 1, "C2": 2, "C3": 3, "C4": 4,
    "D1": 0.25, "D2": 44197, "D3": "90%",
}  # fmt: skip
FORMATS = {(1, 4): "0.00%", (2, 4): "yyyy-m-d"}


def at(cell: str) -> Coord:
    return to_box(cell).at


def book(formulas: dict[str, str]) -> Book:
    """A book whose second sheet has these formulas, between a first and a last one."""

    def sheet(title: str, cells: dict[str, Any], texts: dict[str, str]) -> Sheet:
        names = {"OWN": Box(1, 2, 1, 4)} if title == "二 表" else {}
        values = {at(cell): value for cell, value in cells.items()}
        where = {at(cell): text for cell, text in texts.items()}
        return Sheet(title, values, where, names, lambda coord: FORMATS.get(coord, "General"))

    sheets = [
        sheet("first", {"Z1": 10, "A1": "一"}, {}),
        sheet("二 表", CELLS, formulas),
        sheet("it's", {"Z1": 5, "A1": 7}, {"Z2": "=A1*3"}),
    ]
    return Book(sheets, {"WORDS": ("二 表", Box(1, 2, 1, 4))}, compiled)


def value(formula: str) -> Any:
    """What a formula gives in F9, an error by its sign."""
    result = book({"F9": formula}).value("二 表", at("F9"))
    return result.args[0] if isinstance(result, CellError) else result


@pytest.mark.parametrize(
    "formula, expected",
    [
        # numbers < texts < FALSE < TRUE
        ("=FALSE>1000000", True), ('=FALSE>"zz"', True), ('="a">1000000', True), ("=TRUE=1", False),
        ("=A4=0", True), ('=A4=""', True), ("=A5=0", False), ('=A5=""', True), ("=A4=FALSE", True),
        ('="Ab"="aB"', True), ('=EXACT("Ab","aB")', False), ("=0.1+0.2=0.3", True),
        ("=999999999999999>=1E15", False), ("=0.1+0.2-0.3", 0),
        # conversions
        ('=A1&"|"&A3&"|"&A4&"|"&A6', "2|TRUE||2.5"), ('="3"+1', 4), ("=TRUE+TRUE", 2),
        ('="甲"+1', "#VALUE!"), ("=--(A1=2)", 1), ("=N(A3)", 1), ("=N(A2)", 0), ("=10%", 0.1),
        ("=-2*3-1", -7), ("=2-3-4", -5), ("=1-(2-3)", 2), ('=1&2+3', "15"), ("=A4", 0),
        # texts
        ('=LEFT("甲乙丙",2)&RIGHT("甲乙丙",1)&MID("甲乙丙",2,9)', "甲乙丙乙丙"),
        ('=RIGHT("甲",0)', ""), ('=RIGHT("甲",5)', "甲"), ('=LEFT("甲",-1)', "#VALUE!"),
        ('=FIND("b","aBb")', 3), ('=FIND("x","aBb")', "#VALUE!"), ('=FIND("",A2)', 1),
        ('=SUBSTITUTE("a-b-c","-","+",2)', "a-b+c"), ('=SUBSTITUTE("aaa","aa","b")', "ba"),
        ('=SUBSTITUTE(SUBSTITUTE("abc","a","b"),"b","x")', "xxc"),
        ('=SUBSTITUTE(SUBSTITUTE("ab","ab","c"),"c","")', ""), ('=TRIM("  a   b ")', "a b"),
        ('=LEN(SUBSTITUTE(CHAR(10)&"x",CHAR(10),""))', 1), ('=TEXT(1234567,"#,##0")', "1,234,567"),
        ('=TEXT(D2,"m-d")&TEXT(D2,"yyyy")', "1-12021"), ('=VALUE("012.50")', 12.5),
        ('=VALUE("")', "#VALUE!"), ('=LOWER("AbC")', "abc"),
        # rounding: half away from zero, of what a spreadsheet shows
        ("=ROUND(2.5,0)", 3), ("=ROUND(-2.5,0)", -3), ("=ROUND(1.005,2)", 1.01),
        ("=ROUND(1000.1*25/100,2)", 250.03), ("=INT(-1.5)", -2), ("=MOD(-1,3)", 2),
        ("=1/0", "#DIV/0!"), ("=ABS(-A6)", 2.5), ("=ROUND(999999999999999,2)", 999999999999999),
        ("=ROUND(1007804246999999.5,0)", 1007804247000000), ("=ROUND(1234.5,-2)", 1200),
        # conditions
        ('=IF(A1=2,"是",1/0)', "是"), ("=IF(A1=3,1)", False), ("=IFERROR(1/0,7)", 7),
        ("=IFERROR(A7,0)", 0), ("=ISNUMBER(A7)", False), ("=ISERROR(A7)", True),
        ("=ISNUMBER(A3)", False), ("=ISNUMBER(FIND(\"w\",A2))", True), ("=OR(A2,A3)", True),
        ("=AND(A2,A4)", "#VALUE!"), ("=AND(TRUE,1/0)", "#DIV/0!"), ("=CHOOSE(2,1/0,8)", 8),
        ("=NOT(A4)", True),
        # cells
        ("=SUM(A1:A6)", 4.5), ("=SUM(A1:A7)", "#N/A"), ("=COUNT(A1:A7)", 2), ("=COUNTA(A1:A7)", 6),
        ("=SUMIF(C1:C4,3,C1:C4)", 3), ("=SUMIF(A1:A7,2,A1:A7)", 2), ("=SUMIF(C1:C4,9,A1:A4)", 0),
        ('=SUMIF(A1:A4,"2",C1:C4)', UnknownValueError),
        ("=SUMIF(A6:A7,A6,A7:A7)", UnknownValueError),
        ("=MIN(C1:C4,0.5)", 0.5), ("=MAX(C1:C4)", 4), ("=INDEX(B1:B4,2)", "乙"),
        ("=INDEX(B1:B4,5)", "#REF!"), ("=INDEX(A1:D1,2)", "甲"), ('=MATCH("丙",B1:B4,0)', 4),
        ('=MATCH("TWO",A1:A6,0)', 2), ('=MATCH("x",B1:B4,0)', "#N/A"), ("=MATCH(3,C1:C4,0)", 3),
        ("=ROW()&COLUMN()&ROW(C3)&ROWS(A2:A5)", "9634"),
        # other sheets, names, spans of sheets
        ("='it''s'!A1+'it''s'!Z2", 28), ("=SUM(first:'it''s'!Z1:Z2)", UnknownValueError),
        ("=SUM(first:last!Z1)", UnknownValueError), ("=INDEX(WORDS,3)&INDEX(OWN,1)", "甲甲"),
        ('=INDIRECT("\'it\'\'s\'!Z2")', 21), ('=INDIRECT("\'gone\'!A1")', "#REF!"),
        ('=INDEX(INDIRECT("\'二 表\'!OWN"),2)', "乙"), ('=INDIRECT("nothing here")', "#REF!"),
        ('=MID(CELL("filename",A1),FIND("]",CELL("filename",A1))+1,99)', "二 表"),
        ('=LEFT(CELL("format",D1),1)&LEFT(CELL("format",D2),1)', "PD"),
        ('=LEFT(CELL("format",INDEX(D1:D2,1)),1)="P"', True), ('=HYPERLINK("#A1","去")', "去"),
        # capitals and small letters are the same; * is anything between two parts
        ('=SEARCH("W","two")', 2), ('=SEARCH("是*否","可是/否")', 2), ('=SEARCH("否*是","是/否")',
        "#VALUE!"),
        ('=SEARCH("","two")', 1), ('=SEARCH("t?o","two")', UnknownValueError),
        ('=REPT("ab",A3)', "ab"), ('=REPT("ab",1=2)', ""), ('=REPT("ab",2.9)', "abab"),
        ('=REPT("ab",-1)', "#VALUE!"), ('=SUMPRODUCT(COUNT(FIND(B1:B4,"甲丙")))', 3),
        # many values
        ('=SUMPRODUCT(--(B1:B4="甲"))', 2), ('=SUMPRODUCT(--EXACT(B1:B4,"甲"),C1:C4)', 4),
        ('=SUMPRODUCT(EXACT("甲",B1:B4)*C1:C4)', 4), ('=SUMPRODUCT(EXACT(B1:B4,"甲"))', 0),
        ('=SUMPRODUCT(--EXACT(B1:B4,"甲"),A1:A4)', 2),
        ('=SUMPRODUCT(EXACT(B1:B4,"乙")*A1:A4)', "#VALUE!"),
        ('=SUMPRODUCT(--EXACT(B1:B4,"丁"),C1:C4)', 0), ("=SUMPRODUCT(C1:C4,A4:A7)", "#N/A"),
        ('=SUMPRODUCT(--(C1:C4<3),--EXACT(B1:B4,"甲"))', 1),
        ('=SUMPRODUCT(MIN(C1:C4+1000*(1-1*EXACT(B1:B4,"丙"))))', 4),
        ('=SUMPRODUCT(MIN(C1:C4+1000*(1-1*(C1:C4>1)*EXACT(B1:B4,"甲"))))', 3),
        ('=SUMPRODUCT(MIN(C1:C4+1000*(1-1*EXACT(B1:B4,"丁"))))', 1001),
        ('=SUMPRODUCT(EXACT(B1:B4,"乙")*(ROW(B1:B4)-MIN(ROW(B1:B4))+1))', 2),
        ('=SUMPRODUCT(--ISNUMBER(FIND(B1:B4,"甲丙")))', 3),
        ('=SUMPRODUCT(--EXACT(RIGHT("x乙",LEN(B1:B4)),B1:B4))', 1),
        ('=SUMPRODUCT(LEN("甲甲乙")-LEN(SUBSTITUTE("甲甲乙",B1:B4,"")))', 5),
        ('=LEFT("12a",SUMPRODUCT(--(LEFT("12a",{1,2,3})="12"),{1,2,3}))', "12"),
        ('=LOOKUP(2,1/EXACT(B1:B4,"甲"),C1:C4)', 3), ('=LOOKUP(2,1/EXACT(B1:B4,"乙"),B1:B4)', "乙"),
        ('=LOOKUP(2,1/EXACT(B1:B4,"丁"),C1:C4)', "#N/A"),
        ('=LOOKUP(2,1/EXACT(A1:A7,"two"),B1:B7)', UnknownValueError),
        ('=LOOKUP(2,1/EXACT(B1:B4,"甲"),C1:C3)', UnknownValueError),
    ],
)  # fmt: skip
def test_a_formula_gives(formula: str, expected: Any) -> None:
    result = value(formula)
    if expected is UnknownValueError:
        assert isinstance(result, UnknownValueError)
    else:
        assert (
            result == pytest.approx(expected) if isinstance(expected, float) else result == expected
        )
        assert isinstance(result, bool) == isinstance(expected, bool)


@pytest.mark.parametrize(
    "formula",
    [
        "=D3+1",  # "90%" is a number in some languages
        '="2021-1-1"+0',
        '="b">"a"',
        "=NOW()",
        "=LOOKUP(2,C1:C4)",
        "=XP_TOTAL(A1:A3,B1:B3)",
        "=A1:A3*2",
        "=SUM(A:A)",
        "=#REF!+1",
        "=1E300*1E300*1E300",
        "=(((1",
        "=F9+1",
        "=G9",
        '=TEXT(1.5,"0.00")',
        '=1000000*1000000000000&""',
    ],
)
def test_what_is_not_known_has_no_value(formula: str) -> None:
    result = book({"F9": formula, "G9": "=H9", "H9": "=G9"}).value("二 表", at("F9"))
    assert isinstance(result, UnknownValueError)
    caught = book({"F9": formula, "E9": "=IFERROR(F9,0)", "G9": "=H9", "H9": "=G9"})
    assert isinstance(caught.value("二 表", at("E9")), UnknownValueError)


def test_a_long_chain_of_cells_is_followed_down_and_up() -> None:
    down = {f"F{row}": f"=F{row - 1}+1" for row in range(11, 4_000)} | {"F10": "=1"}
    up = {f"G{row}": f"=G{row + 1}+F{row}*0" for row in range(10, 3_999)} | {"G3999": "=5"}
    plain = book(down | up)
    assert plain.value("二 表", at("F3999")) == 3_990
    assert plain.value("二 表", at("G10")) == 5


def test_what_is_forgotten_is_gone_and_what_is_kept_is_there() -> None:
    plain = book({"F1": "=A1+1", "F2": "=F1+1"})
    assert plain.value("二 表", at("F2")) == 4
    plain.sheets["二 表"].forget([at("F2")])
    assert plain.value("二 表", at("F2")) == 4
    assert plain.value("二 表", at("F1")) is None


def test_formulas_that_differ_in_references_only_have_one_tree() -> None:
    first, places = split("=IF(A1=$B$2,A1,'x y'!C3)")
    second, others = split("=IF(D7=$E$2,D7,'z'!C3)")
    assert first == second and tree_of(first) is tree_of(second)
    assert [place for place in places if isinstance(place, tuple)] == [(1, 1), (2, 2)]
    assert len(others) == 3
    assert split("=IF(A1=$B$2,B2,'x y'!C3)")[0] != first


def test_a_formula_of_too_many_brackets_is_refused() -> None:
    with pytest.raises(NotUnderstoodError):
        tree_of("(" * 200 + "1" + ")" * 200)
    assert isinstance(
        book({"F9": "=" + "1+" * 5_000 + "1"}).value("二 表", at("F9")), int | EvaluationError
    )


def test_sheets_that_have_a_formula_in_common_say_their_own_title_and_number() -> None:
    """The marks of `syntax` stand for them: in a text the title's apostrophes may be doubled."""
    formula = f'="{QUOTED_TITLE_MARK}|{TITLE_MARK}|{NUMBER_MARK}|"&({NUMBER_MARK}+1)'
    plain = book({"F1": formula})
    sheet = plain.sheets["二 表"]
    sheet.title = "it's"
    sheet.join(41, {at("F1"): compiled(formula)})
    assert plain.value("二 表", at("F1")) == "it''s|it's|41|42"


def test_formulas_with_a_mark_for_their_goals_look_at_the_sheet_of_each() -> None:
    """Such formulas have one calculation, whatever texts stand in them."""
    formulas = [
        f'=IF(EXACT(\'{GOALS_TITLE}\'!A1,"{word}"),"是""""的","\'{GOALS_TITLE}\'!A1")'
        for word in ("数量指标", "质量指标")
    ]
    (first, _), (second, _) = map(compiled, formulas)
    assert first is second
    goals = Sheet("it's", {(1, 1): "数量指标"}, {}, {}, lambda at: "")
    stage = Sheet("一", {}, dict(zip([(1, 1), (1, 2)], formulas, strict=True)), {}, lambda at: "")
    stage.goals_title = "it's"
    plain = Book([stage, goals], {}, compiled)
    assert plain.value("一", (1, 1)) == '是""的'
    assert plain.value("一", (1, 2)) == "'it''s'!A1"


@pytest.mark.parametrize("order", [("F1", "F2", "F3"), ("F3", "F2", "F1")])
def test_in_whatever_order_formulas_are_worked_out_they_give_the_same(
    order: tuple[str, ...],
) -> None:
    plain = book({"F1": "=A1+1", "F2": "=F1*2", "F3": '=IF(F2>5,"many","few")'})
    plain.sheets["二 表"].work_out(at(cell) for cell in (*order, "F9"))
    assert [plain.sheets["二 表"].known_values[at(cell)] for cell in order] == [
        {"F1": 3, "F2": 6, "F3": "many"}[cell] for cell in order
    ]


def test_a_circle_is_no_value_when_it_is_worked_out() -> None:
    plain = book({"F1": "=F2+1", "F2": "=F1+1"})
    plain.sheets["二 表"].work_out([at("F1"), at("F2")])
    assert isinstance(plain.value("二 表", at("F1")), UnknownValueError)


def test_references_are_told_from_what_looks_like_them() -> None:
    """Cells and areas; no functions, longer names, parts of names, or what stands in a text."""
    assert split("=LOG10(A1)+name1.A1+ABCD1+A1B+$A$1+XFD1048576")[1] == ((1, 1), (1048576, 16384))
    pattern, places = split('="say ""A1"""&IF(C3="B2",$C$3:D4,C3)')
    assert places == ((3, 3), Area(Box(3, 3, 2, 2)))
    assert pattern.startswith('"say ""A1"""&IF(') and '="B2",' in pattern
