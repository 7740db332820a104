"""Whatever people put into cells is read from the parts of a file as openpyxl reads it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.formula import ArrayFormula

from tests.effort import tries
from tests.workbook.both_ways import assert_same_contents
from xlperf.layout import Box
from xlperf.workbook.names import define_name

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "=1+1",
            "'",
            "15人",
            "#N/A",
            "]]>",
            "<&>\"'",
            "a\nb",
            "_x000D_",
            "_x0041_",
            "𠀀",
            "1e5",
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="￾￿"),
        max_size=6,
    ),
)
NUMBERS = st.one_of(
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0, 0.25, 1, 6400.0, 600596.93, -0.0]),
)
DATES = st.one_of(
    st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)),
    st.times().map(lambda time: time.replace(microsecond=0)),
)
FORMULAS = st.sampled_from(["=A1", "=SUM(A1:B2)", '="a"&"<b>"', "=1/0", "=A1=B1"])
FORMATS = st.sampled_from(
    [
        "General",
        "0%",
        "0.00%",
        "#,##0.00",
        '0"人"',
        "yyyy-mm-dd",
        'yyyy"年"m"月"',
        "h:mm",
        "@",
        "0.0E+00",
    ]
)
RICH = st.lists(TEXTS.filter(bool), min_size=2, max_size=3).map(
    lambda parts: CellRichText([TextBlock(InlineFont(b=True), part) for part in parts])
)
PLACES = st.tuples(st.integers(1, 8), st.integers(1, 7))
VALUES = st.one_of(TEXTS, NUMBERS, DATES, st.booleans(), FORMULAS, RICH)
CELLS = st.dictionaries(PLACES, st.tuples(VALUES, FORMATS), max_size=12)
MERGED = st.sampled_from([None, "A1:B2", "C3:C6", "E2:G2"])
MOVES = st.sampled_from([None, "insert_rows", "delete_rows", "insert_cols"])


def put(book: Workbook, cells: dict[tuple[int, int], tuple[Any, str]]) -> None:
    sheet = book.active
    for at, (value, code) in cells.items():
        cell: Any = sheet.cell(*at)
        cell.value, cell.number_format = value, code


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=tries(50),
)
@given(cells=CELLS, merged=MERGED, move=MOVES, is_1904=st.booleans())
def test_cells_of_openpyxl(
    cells: dict[tuple[int, int], tuple[Any, str]],
    merged: str | None,
    move: str | None,
    is_1904: bool,
    tmp_path: Path,
) -> None:
    book = Workbook()
    sheet = book.active
    if is_1904:
        book.epoch = dt.datetime(1904, 1, 1)
    put(book, cells)
    for name, box in {
        "XPL_check": Box(2, 4, 2, 5),
        "XPF_name": Box(3, 4),
        "own": Box(1, 1),
    }.items():
        define_name(sheet, name, box)
    define_name(sheet, "XPF_lost", Box(1, 1))
    sheet.defined_names["XPF_lost"].attr_text = "#REF!"
    if move:
        getattr(sheet, move)(3)
    if merged:
        sheet.merge_cells(merged)
    path = tmp_path / "any.xlsx"
    book.save(path)
    assert_same_contents(path)


def test_formulas_that_cells_share_or_fill_an_area_with(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["A2"] = "=C1*2", "=D1*2", 5
    sheet["C1"] = ArrayFormula("C1:C2", "=A1:A2*2")
    path = tmp_path / "x.xlsx"
    book.save(path)
    (content,) = assert_same_contents(path)
    assert content.grid.values == {(1, 1): "=C1*2", (1, 2): "=D1*2", (2, 1): 5, (1, 3): "=A1:A2*2"}


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=tries(30),
)
@given(cells=st.dictionaries(PLACES, st.one_of(TEXTS, NUMBERS, st.booleans()), max_size=12))
def test_cells_of_another_writer_with_results(
    cells: dict[tuple[int, int], Any], tmp_path: Path
) -> None:
    path = tmp_path / "any.xlsx"
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("表 & <1>")
        share = book.add_format({"num_format": "0.0%"})
        for (row, col), value in cells.items():
            sheet.write(row, col, value, share if row % 2 else None)
        sheet.write_formula("A20", "=1+1", None, 2)
        sheet.write_formula("B20", '="a"', share, "a<b")
        sheet.write_formula("C20", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D20", "=TRUE()", None, True)
        sheet.write_rich_string("A21", "a", book.add_format({"bold": True}), "b", "c")
        sheet.merge_range("A22:B23", "merged")
        sheet.write_url("A24", "https://example.org", string="a link")
    (content,) = assert_same_contents(path)
    assert [content.value((20, col)) for col in range(1, 5)] == [2, "a<b", "#DIV/0!", True]
    assert content.grid.at((21, 1)) == "abc"
    assert content.grid.at((23, 2)) == "merged"


def test_a_copy_that_openpyxl_saved_reads_the_same(small_master: Path, tmp_path: Path) -> None:
    book = load_workbook(small_master)
    sheet = book.worksheets[3]
    sheet["C4"], sheet["D3"], sheet["B8"] = "六千", True, "=1+1"
    sheet.insert_rows(20)
    book.save(tmp_path / "x.xlsx")
    assert_same_contents(tmp_path / "x.xlsx")
