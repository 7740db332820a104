"""Like formulas are written once, and read as the formula of each of their cells."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formula.translate import TranslatorError
from openpyxl.utils import get_column_interval

from xlperf.layout.addresses import to_box
from xlperf.record import Raw
from xlperf.workbook.package.amending import amend
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.package.saving import save
from xlperf.workbook.package.sheet_xml.shared_formulas import SharedFormulaTranslator, share
from xlperf.workbook.write import master_book

MOST, MOST_WITH_RESULTS = 120_000, 145_000  # bytes of a project's sheet
# long enough to be worth sharing
LONG = "IF(C{0}=$D$1,SUM(E{0}:$E$9),LEFT(C{0}&amp;C{1},20)&amp;$A$1&amp;$A$2)"
FAR = "$D$1:$D$99,$F$1:$F$99,$H$1:$H$99,$J$1:$J$99,$L$1:$L$99"
FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*><f([^>]*?)(?:/>|>([^<]*)</f>)')


def cells(*formulas: tuple[str, str]) -> str:
    """A sheet's cells as openpyxl writes them."""
    return "".join(f'<c r="{at}" s="3"><f>{text}</f><v></v></c>' for at, text in formulas)


def test_a_column_of_like_formulas_has_one_text() -> None:
    xml = cells(*((f"B{row}", LONG.format(row, row - 1)) for row in (3, 4, 5)))
    assert share(xml) == (
        '<c r="B3" s="3"><f t="shared" ref="B3:B5" si="0">'
        "IF(C3=$D$1,SUM(E3:$E$9),LEFT(C3&amp;C2,20)&amp;$A$1&amp;$A$2)</f></c>"
        '<c r="B4" s="3"><f t="shared" si="0"/></c>'
        '<c r="B5" s="3"><f t="shared" si="0"/></c>'
    )


def test_short_formulas_are_shared_to_the_right_only() -> None:
    """LibreOffice sees by itself that a column's are alike, and keeps them once."""
    short = "IF({0}=$D$1,LEFT({0},20),MID({0},21,99))"
    down = [(f"B{row}", short.format(f"C{row}")) for row in range(3, 30)]
    across = [(f"{col}3", short.format(f"{col}2")) for col in "MNOPQRSTUVWXYZ"]
    assert share(cells(*down)).count("<f>") == len(down)
    assert share(cells(*across)).count("<f>") == 0


def test_a_row_of_like_formulas_has_one_text() -> None:
    across = "IF(ISNUMBER({}3),ROUND({}3*100,9),IF($A$1,VALUE({}4),&quot;&quot;))"
    xml = cells(*((f"{col}7", across.format(col, col, col)) for col in ("Y", "Z", "AA")))
    assert share(xml).count("<f>") == 0
    assert '<f t="shared" ref="Y7:AA7" si="0">IF(ISNUMBER(Y3)' in share(xml)


@pytest.mark.parametrize(
    "first, second",
    [
        ("'a b'!C1+SUM($D$1:$D$99)*1000000", "'a b'!C2+SUM($D$1:$D$99)*1000000"),
        ("Sheet!C1+SUM($D$1:$D$99)*1000000", "Sheet!C2+SUM($D$1:$D$99)*1000000"),
        ("SUMPRODUCT(--(LEN(C1)={1,2,3,4,5,6,7}))", "SUMPRODUCT(--(LEN(C2)={1,2,3,4,5,6,7}))"),
        ("SUM(Table[[#This Row],[amount]])+C1*10000", "SUM(Table[[#This Row],[amount]])+C2*10000"),
        ("SUM(2:2)+SUM(D:D)+C1*100000000000000", "SUM(3:3)+SUM(D:D)+C2*100000000000000"),
        ("SUM(C1:named)+SUM(D:D)+C1*100000000000", "SUM(C2:named)+SUM(D:D)+C2*100000000000"),
        (
            "IF(C1>0,&quot;C1&quot;,LEFT(C1&amp;D1,20))",
            "IF(C2>0,&quot;C2&quot;,LEFT(C1&amp;D1,20))",
        ),
    ],
)
def test_what_excel_does_not_share_or_what_is_not_alike_is_left_alone(
    first: str, second: str
) -> None:
    assert (
        share(cells(("B1", f"{first}+SUM({FAR})"), ("B2", f"{second}+SUM({FAR})"))).count("<f>")
        == 2
    )


@pytest.mark.parametrize(
    "texts, wholes",
    [
        # like the one above, with its own row, the rows beside it and a row further off
        ({n: f"SUM(C{n - 1},C{n},C{n + 1},C{n + 100},{FAR})" for n in range(50, 55)}, 1),
        # the same digits in front of the row's: 199 and 1100 are not one row apart
        ({n: f"SUM(C1{n},{FAR})*1000000000000" for n in range(94, 106)}, 2),
        # rows that do not move, a number and a text that count with the rows
        ({n: f"SUM(C1:C$1{n},{FAR})*1000000000" for n in range(50, 55)}, 5),
        ({n: f"SUM(C{n},{FAR})*10000000000+{n}" for n in range(50, 55)}, 5),
        ({n: f'IF(C{n}=1,"C{n}","")&amp;SUM({FAR})' for n in range(50, 55)}, 5),
    ],
)
def test_what_counts_with_the_rows_is_alike_only_where_it_moves_with_them(
    texts: dict[int, str], wholes: int
) -> None:
    """A run has one whole formula; those that are not alike are whole all of them."""
    xml = share(cells(*((f"B{row}", text) for row, text in texts.items())))
    bodies = [text for _, _, text in FORMULA.findall(xml)]
    assert (len(bodies), sum(map(bool, bodies))) == (len(texts), wholes)


def test_formulas_that_are_written_alike_but_look_elsewhere_are_not_shared() -> None:
    text = "IF(ISNUMBER(C9),ROUND(C9*100,9),IF($A$1,VALUE(C9)))"
    assert share(cells(("B1", text), ("B2", text))).count("<f>") == 2


def test_a_text_like_a_cell_stays_where_the_formula_moves() -> None:
    first = 'IF(B2="C2",$D$4&$E5&F$6&LOG10(A1),XPW_level1_words)'
    assert (
        SharedFormulaTranslator("=" + first, "G2").translate_formula("G12")
        == '=IF(B12="C2",$D$4&$E15&F$6&LOG10(A11),XPW_level1_words)'
    )


def test_a_reference_that_would_leave_the_sheet_is_no_translation_of_ours() -> None:
    with pytest.raises(TranslatorError, match="out of range"):
        SharedFormulaTranslator("=A1+1", "B2").translate_formula("B1")


@pytest.fixture(scope="module")
def book(sample: Raw) -> Workbook:
    """The sample's workbook before it is saved, every formula in its cell."""
    return master_book(sample)


def formulas(book: Workbook) -> dict[tuple[str, str], object]:
    """Every formula by sheet and cell."""
    held = ((sheet, cell) for sheet in book.worksheets for cell in sheet._cells.values())
    return {(s.title, c.coordinate): c.value for s, c in held if c.data_type == "f"}


def test_every_formula_is_read_as_it_was_written(book: Workbook, master: Path) -> None:
    expected = formulas(book)
    assert len(expected) > 10_000
    assert formulas(open_book(master)) == expected
    assert formulas(load_workbook(master)) == expected  # by openpyxl's own translation


def test_shared_formulas_survive_a_second_saving(master: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    opened = open_book(master)
    save(opened, again)
    assert formulas(open_book(again)) == formulas(opened)


def sheets(path: Path) -> dict[str, str]:
    """The XML of every sheet."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        names.sort(key=lambda name: int(re.sub(r"\D", "", name)))  # in the order of the sheets
        return {name: archive.read(name).decode() for name in names}


def test_each_shared_formula_has_one_first_cell_and_all_its_cells_in_reach(master: Path) -> None:
    for xml in sheets(master).values():
        reach: dict[str, set[str]] = {}
        members: dict[str, set[str]] = {}
        for at, attributes, text in FORMULA.findall(xml):
            values = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
            if values.get("t") != "shared":
                continue
            members.setdefault(values["si"], set()).add(at)
            if "ref" in values:
                assert text and values["si"] not in reach and values["ref"].startswith(f"{at}:")
                area = to_box(values["ref"])
                reach[values["si"]] = {
                    f"{col}{row}"
                    for row in range(area.row, area.row + area.height)
                    for col in columns(values["ref"])
                }
            else:
                assert not text and values["si"] in reach  # the first cell comes first
        assert members == reach


def columns(ref: str) -> list[str]:
    """The letters of the columns of A1:B2, worked out by openpyxl."""
    first, last = (re.sub(r"\d", "", cell) for cell in ref.split(":"))
    return list(get_column_interval(first, last))


def test_a_projects_sheet_is_light(master: Path, sample: Raw) -> None:
    """By its formulas; what they gave adds a fifth."""
    texts = list(sheets(master).values())[3 : 3 + len(sample["projects"])]
    assert len(texts) == 11  # after guide, summary and department
    assert max(len(text.encode()) for text in texts) <= MOST_WITH_RESULTS
    bare = (re.sub(r"(?<=</f>)<v>[^<]*</v>|(?<=/>)<v>[^<]*</v>", "", text) for text in texts)
    assert max(len(text.replace(' t="str"', "").encode()) for text in bare) <= MOST


def test_a_text_put_beside_shared_formulas_leaves_every_formula(
    master: Path, tmp_path: Path
) -> None:
    """A cell with the text of a shared formula keeps it, whatever is to be put there."""
    before, target = open_book(master), tmp_path / "amended.xlsx"
    title = before.sheetnames[3]
    xml = sheets(master)["xl/worksheets/sheet4.xml"]
    first = next(at for at, attributes, _ in FORMULA.findall(xml) if "ref=" in attributes)
    amend(master, target, {title: {first: "text", "A9": "heading"}}, lambda path: None)
    after = open_book(target)
    assert after[title]["A9"].value == "heading"
    assert formulas(after) == formulas(before)
