"""What a cell can check of `codes`: whether codes are right and agree, as formulas."""

from __future__ import annotations

from xlperf.rules.formulas.native import (
    NO_LINE,
    both,
    either,
    in_list,
    lowest,
    no,
    of_digits,
)

REGION_OF_CODE, STATED_REGION = "{code.region}", "{region/code.folded}"
OF_ANOTHER_REGION = both(
    "{code.plausible}",
    "{code.is_division}",
    "{region/code.is_division}",
    f"{REGION_OF_CODE}<>{STATED_REGION}",
    f'{REGION_OF_CODE}<>LEFT({STATED_REGION},4)&"00"',
    f'{REGION_OF_CODE}<>LEFT({STATED_REGION},2)&"0000"',
    no(in_list(f"LEFT({REGION_OF_CODE},2)", "beside_provinces")),
)
YEAR_OF_CODE = "MID({code.folded},7,2)"
IS_LATER_YEAR = (
    f"IF({of_digits(YEAR_OF_CODE)},VALUE({YEAR_OF_CODE})>MOD({{fiscal_year.number}},100),TRUE)"
)
OF_A_LATER_YEAR = f"IF(AND({{code.plausible}},{{fiscal_year.number}}>0),{IS_LATER_YEAR},FALSE)"
EARLIER_LINES = "--({all/line}<{line})"
SEEN_BEFORE = both(
    "LEN({code.folded})>0", f"SUMPRODUCT({EARLIER_LINES},--EXACT({{all/code}},{{code.folded}}))>0"
)
SAME_NAME = "--EXACT({all/name},{name.compact}),--EXACT({all/unit},{unit.code})"
NAMED_BADLY = both(
    "LEN({name.compact})>0",
    either(
        in_list("{name.compact}", "generic_project_names"),
        f"SUMPRODUCT({EARLIER_LINES},{SAME_NAME})>0",
    ),
)
UNIT_DIGITS = "OR(LEN({code.folded})=6,LEN({code.folded})=9,LEN({code.folded})=12)"
OWN_BEGINNING = "EXACT(LEFT({code.folded},LEN({department/code.folded})),{department/code.folded})"
ODD_UNIT = both(
    "LEN({code.folded})>0",
    "LEN({department/code.folded})>0",
    no(both(UNIT_DIGITS, of_digits("{code.folded}"), OWN_BEGINNING)),
)
FIRST_OF_UNIT = lowest("{all:line}", "EXACT({all:code},{code})")
FIRST_NAME = f"INDEX({{all:name}},{FIRST_OF_UNIT})"
TWO_NAMES = both(
    '{code}<>""', '{name}<>""', f'{FIRST_NAME}<>""', no(f"EXACT({FIRST_NAME},{{name}})")
)
LISTED_NAME = "INDEX({units/name},{unit.line})"
ANOTHER_NAME = (
    f'IF(OR({{unit.name}}="",{{unit.line}}>={NO_LINE}),FALSE,'
    f'AND({LISTED_NAME}<>"",NOT(EXACT({LISTED_NAME},{{unit.name}}))))'
)
