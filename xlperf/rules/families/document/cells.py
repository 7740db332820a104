"""How single cells keep what they say: numbers as text, formulas without results, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.reading import Reading
from xlperf.record import PLAN_MONTHS
from xlperf.rules.core import ERROR, WARNING, Hit, rule
from xlperf.rules.families.document.remarks import remark_hits
from xlperf.rules.formulas.native import both, by_cell
from xlperf.rules.message_facts import field_label, shorten


@rule("STR032", ERROR, source="form")
def formula_without_result(reading: Reading) -> Iterator[Hit]:
    """A field holds a formula that was never calculated, so nothing is known of its value.

    **Why**: a file written by a program holds formulas without results until a spreadsheet
    program opens and saves it.
    **Bad**: the budget is =E4+G4, and the file holds no result for it.
    **Good**: the workbook was opened in Excel and saved, or the cell holds the number.
    """
    for remark in remark_hits(reading, "STR032", formula=""):
        yield Hit(remark.path, {"formula": shorten(remark.facts["formula"])}, None, remark.place)


@rule("STR033", WARNING, source="form")
def picture_in_a_cell(reading: Reading) -> Iterator[Hit]:
    """A field shows a picture, which cannot be read; the field counts as blank.

    **Why**: nobody can search, check or add up a picture, and it is not in the document.
    **Bad**: a screenshot of the basis, put into the cell.
    **Good**: the basis as text.
    """
    yield from remark_hits(reading, "STR033")


@rule("STR034", WARNING, source="form")
def struck_out_text(reading: Reading) -> Iterator[Hit]:
    """A text is struck out, in whole or in part; the struck-out part was left out.

    **Why**: struck-out words are still in the cell: whoever copies, checks or publishes it has the
    old value and the new one side by side.
    **Bad**: 12 struck out, 15 behind it.
    **Good**: 15 alone.
    """
    for remark in remark_hits(reading, "STR034", text=""):
        yield Hit(remark.path, {"text": shorten(remark.facts["text"])}, None, remark.place)


KEPT_IN_ANOTHER_WAY = (
    *by_cell(
        "budget fiscal other",
        both("NOT(ISNUMBER({it}))", "ISNUMBER({it.amount})"),
        of="projects",
    ),
    *by_cell(
        " ".join(f"spending_plan/{month}" for month in PLAN_MONTHS),
        "{it.kept_otherwise}",
        of="projects",
    ),
)


@rule("AMT211", WARNING, source="88/accuracy", native=KEPT_IN_ANOTHER_WAY)
def number_kept_in_another_way(reading: Reading) -> Iterator[Hit]:
    """An amount or a share is kept as text, or a share without its percent format.

    **Why**: a spreadsheet leaves out of its sums what is kept as text and takes 25 for 2500 %, so
    that totals in the workbook and totals made from it may differ.
    **Bad**: the budget is the text "6400.00" with a green triangle in its cell.
    **Good**: the budget is the number 6400.00.
    """
    for remark in remark_hits(reading, "AMT211", written="?", kept="?"):
        facts = {"field": field_label(remark.path), "written": shorten(remark.facts["written"])}
        yield Hit(remark.path, {**facts, "kept": remark.facts["kept"]}, None, remark.place)


@rule("COD111", ERROR, source="form")
def long_code_kept_as_a_number(reading: Reading) -> Iterator[Hit]:
    """A code of more than 15 digits is kept as a number and has lost its last digits.

    **Why**: a spreadsheet keeps 15 digits of a number and makes zeros of the others.
    **Bad**: the code 130303213000012345678 shows as 1.30303E+20.
    **Good**: the cell is formatted as text, and the code is typed anew.
    """
    yield from remark_hits(reading, "COD111", written="?")
