"""The checker itself: formulas with verdicts worked out by hand, from Excel's documented rules."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.formulas import tree
from tests.formulas.parse import parse
from tests.formulas.written import Report, reports

TYPED = "A"  # a column in which people type; B has formulas, by these names in the tables below
CELLS = {
    "maybe": ("$B$1", '=IF(ISNUMBER($A$1),$A$1*2,"")'),  # a number or ""
    "truth": ("$B$2", "=ISNUMBER($A$1)"),
    "word": ("$B$3", '=$A$1&"x"'),
    "number": ("$B$4", "=LEN($A$1)"),
    "truths": ("$C$1:$C$3", "=ISTEXT($A$1)"),
    "numbers": ("$D$1:$D$3", "=LEN($A$1)*2"),
}
OLD = 'IF((ISNUMBER(FIND("_",$A$85)))>0,"incomplete","good")'  # what sections.status() wrote

GOOD = (
    '$A$1=""',  # nobody knows what people type
    "$A$1>0",
    'IF({word}="","",{word})',
    '{maybe}=""',  # a number is not "", wherever it is asked
    "IF(ISNUMBER({maybe}),{maybe}>3,FALSE)",
    'IF({maybe}<>"",{maybe}*2,0)',
    "AND(ISNUMBER({maybe}),{maybe}>3)",  # a text is greater than 3, but AND is FALSE by then
    "IF(N({maybe})<>0,{maybe}>3,FALSE)",
    "IF(NOT(ISNUMBER({maybe})),0,{maybe}+1)",
    "IF(IF(ISNUMBER({maybe}),TRUE,FALSE),{maybe}+1,0)",
    "{truth}=ISTEXT($A$2)",
    "--{truth}>0",
    "N({truth})>0",
    "IF({truth},1,0)>0",
    "(ISNUMBER($A$1)+ISNUMBER($A$2)+{truth})>1",
    "SUMPRODUCT(--EXACT(WORDS,$A$1))>0",
    "SUMPRODUCT(EXACT(WORDS,$A$1)*{numbers})",
    "SUMPRODUCT(({numbers}>1)*({numbers}<9))>0",
    "SUMPRODUCT(MIN({numbers}+100*(1-1*EXACT(WORDS,$A$1))))",
    "SUMPRODUCT(--ISNUMBER(VALUE(LEFT($A$1,{{1,2,3}}))))",  # a VALUE whose error does no harm
    'IFERROR(VALUE($A$1),"")',
    'IF({truth},VALUE($A$1),"")',
    "INDEX({numbers},MATCH($A$1,WORDS,0))>2",
    "MATCH(1,INDEX(({numbers}>1)*1,0),0)",
    "LOOKUP(2,1/({numbers}>1),{numbers})>0",
    "SUM($A$1:$A$9,{numbers})",
    "SUM(Form:Words!$A$7)",
    "SUM($A$1:INDEX($A$1:$A$9,3))",
    "ROW(INDEX($A$1:$A$9,1))-1",
    "COUNTA($A$1:$A$9)&{number}",
    "-2^2%+{number}",
)
BAD = {
    OLD: "Boolean is compared",
    "{truth}>0": "Boolean is compared",
    "{truth}=1": "Boolean is compared",
    '{truth}="TRUE"': "Boolean is compared",
    "{truth}<>$A$1": "Boolean is compared",
    "IF($A$1>1,TRUE,0)>0": "Boolean is compared",
    "IF($A$1>1,5)>2": "Boolean is compared",  # FALSE where it is not
    "{truth}+{number}": "Boolean is calculated with",
    "1-{truth}": "Boolean is calculated with",
    "{truth}*{number}": "Boolean is calculated with",  # not where arrays are calculated
    "{maybe}>3": "put in order",
    "OR({maybe}>3,ISNUMBER({maybe}))": "put in order",
    '{number}="3"': "never equal",
    '{number}=""': "never equal",
    "{word}=0": "never equal",
    "{maybe}*2": "in arithmetic",
    "{word}%": "in arithmetic",
    "--{word}": "made a number",
    "VALUE({word})": "nothing was asked about",
    '{truth}&"x"': "user's language",
    "LEN({truth})": "user's language",
    "LEFT($A$1,{truth})": "instead of a number",
    "IF({word},1,0)": "instead of a condition",
    "SUM({truths})": "left out here",
    "SUMPRODUCT({truths},{numbers})": "left out here",
    "SUM(WORDS)": "nothing but texts",
    "$A$1:$A$9": "many values",
    '$A$1:$A$9="x"': "many values outside SUMPRODUCT",
    "SUM(LEN($A$1:$A$9))": "many values outside SUMPRODUCT",
    'SUMPRODUCT(IF($A$1:$A$9="x",1,0))': "Ctrl+Shift+Enter",
    "SUMPRODUCT(--OR($A$1:$A$9=1))": "Ctrl+Shift+Enter",
    "SUMPRODUCT(IFERROR($A$1:$A$9*1,0))": "Ctrl+Shift+Enter",
    "SUMPRODUCT(N({numbers}))": "Ctrl+Shift+Enter",  # N of many cells is N of the first
    "SUMPRODUCT(SUM(Form:Words!$A$7))": "through several sheets",
    'SUMIF(Form:Words!$A$7,"x")': "through several sheets",
    "ROW($A$1:$A$9)": "many values",
    "OFFSET(A1,1,0)": "calculated at every change",
    'TEXTJOIN(",",TRUE,$A$1)': "not in Excel 2007",
    "_xlfn.CONCAT($A$1)": "not in Excel 2007",
    "MID($A$1,2)": "2 arguments of MID",
    "NoSuchName+1": "no such place",
    "Gone!$A$1": "no such place",
    "01!$A$1": "no such place",  # a title that begins with a digit is quoted
    "CHAR(160)": "another sign",
    "#REF!+1": "an error is written",
    "LEN($A$1": "cannot be read",
    '"' + "x" * 256 + '"': "256 characters, at most 255",
    "LEN(" * 65 + "$A$1" + ")" * 65: "65 functions within each other",
    "SUM(" + ",".join(["1"] * 256) + ")": "256 arguments",
    "&".join(['"' + "x" * 250 + '"'] * 33): "8348 characters",
    f"SUM({','.join(['SUM(' + ','.join(['A1'] * 250) + ')'] * 7)})": "bytes of tokens",
}


def book_with(formula: str) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    form, words = book.create_sheet("Form"), book.create_sheet("Words")
    words.sheet_state = "Form", "hidden"
    for cells, content in CELLS.values():
        for row in form[cells] if ":" in cells else ((form[cells],),):
            row[0].value = content
    for row in (1, 2, 3):
        words.cell(row, 1).value = "word"
    book.defined_names["WORDS"] = DefinedName("WORDS", attr_text="Words!$A$1:$A$3")
    form["F5"] = "=" + formula.format(**{name: cells for name, (cells, _) in CELLS.items()})
    return book


def reasons_for(formula: str) -> list[str]:
    return [report.reason for report in reports(book_with(formula))]


@pytest.mark.parametrize("formula", GOOD)
def test_what_means_the_same_everywhere_is_let_through(formula: str) -> None:
    assert reasons_for(formula) == []


@pytest.mark.parametrize("formula", BAD, ids=lambda formula: formula[:40])
def test_what_does_not_mean_the_same_everywhere_is_refused_with_the_reason(formula: str) -> None:
    reasons = reasons_for(formula)
    assert [reason for reason in reasons if BAD[formula] in reason], reasons


def test_a_report_says_sheet_cell_and_formula() -> None:
    (report,) = reports(book_with(OLD))
    assert (report.sheet, report.place) == ("Form", "F5")
    assert report.reason.endswith('(ISNUMBER(FIND("_",$A$85))>0)')
    assert str(report).splitlines()[1].strip() == "=" + OLD


def test_operators_bind_as_in_excel() -> None:
    root, references = parse('=-A1^2*3&"x"=B1:INDEX(C1:C3,2)%')
    assert tree.shown(root, references) == '((((-A1^2)*3)&"x")=(B1:INDEX(C1:C3,2))%)'
    root, references = parse("=8-4-2+2*3^2")
    assert tree.shown(root, references) == "(((8-4)-2)+(2*(3^2)))"


def test_formats_and_validations_are_checked_too() -> None:
    book = book_with("1")
    sheet = book["Form"]
    rule = Rule("expression", formula=["$B$2>0"])
    sheet.conditional_formatting.add("A1:A9", rule)
    sheet.conditional_formatting.add("B4", Rule("cellIs", operator="equal", formula=['"x"']))
    sheet.conditional_formatting.add("B1", Rule("expression", formula=['"!"&Words!$A$1=$B$3']))
    validation = DataValidation(type="list", formula1='"' + "一" * 256 + '"', promptTitle="x" * 33)
    validation.prompt, validation.errorTitle, validation.error = "x" * 256, "x" * 33, "x" * 226
    validation.add("A1")
    sheet.add_data_validation(validation)
    custom = DataValidation(type="custom", formula1="$A$1+{1,2}")
    custom.add("A2")
    sheet.add_data_validation(custom)
    faults = [(report.place, report.reason) for report in reports(book)]
    for place, reason in (
        ("format of A1:A9", "Boolean is compared"),
        ("format of B4", "never equal"),
        ("format of B1", "refers to a sheet, which"),
        ("validation of A1", "a list of 256 characters"),
        ("validation of A1", "a text of 256 characters"),
        ("validation of A1", "promptTitle has 33"),
        ("validation of A1", "prompt has 256"),
        ("validation of A1", "errorTitle has 33"),
        ("validation of A1", "error has 226"),
        ("validation of A2", "many values"),
        ("validation of A2", "array constants"),
    ):
        assert [1 for at, why in faults if at == place and reason in why], (place, reason)


def test_titles_names_texts_and_rows_have_limits() -> None:
    book = book_with("1")
    with pytest.warns(UserWarning, match="more than 31"):
        book.create_sheet("x" * 32)
    sheet = book["Form"]
    for name in ("R1C1", "AB12", "two words", "n" * 256):
        sheet.defined_names[name] = DefinedName(name, attr_text="Form!$A$1")
    book.defined_names["LOST"] = DefinedName("LOST", attr_text="#REF!")
    sheet["A5"] = "一" * 32_767
    sheet["A6"]._value = "😀" * 16_384
    sheet.row_dimensions[3].height = 410
    faults = {(report.place, report.reason) for report in reports(book)}
    assert faults == {
        ("x" * 32, "no title of a sheet (32 characters, at most 31)"),
        ("R1C1", "not possible as a defined name"),
        ("AB12", "not possible as a defined name"),
        ("two words", "not possible as a defined name"),
        ("n" * 256, "a name of 256 characters, at most 255"),
        ("LOST", "stands for no cells"),
        ("A6", "32768 characters, at most 32767"),
        ("row 3", "410.0 points high, at most 409.0"),
    }


def test_kinds_are_followed_from_cell_to_cell_whatever_their_order() -> None:
    book = book_with("$G$5")
    sheet = book["Form"]
    sheet["G5"], sheet["G6"], sheet["G7"] = "=$G$6", "=IF($G$7,$G$7,$B$2)", "=IF($A$1>1,TRUE,FALSE)"
    sheet["E1"] = "=$F$5>0"
    (report,) = reports(book)
    assert isinstance(report, Report) and report.place == "E1"
