"""A cell that loses a shared formula leaves it to the others."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]

from xlperf.workbook.package.sheet_xml.sheet_part import SheetPart

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f"""<worksheet xmlns="{MAIN}"><sheetData>
<row r="2"><c r="B2"><f t="shared" ref="B2:B4" si="0">A2*$C$1&amp;"A2"</f><v>1</v></c></row>
<row r="3"><c r="B3"><f t="shared" si="0"/><v>2</v></c></row>
<row r="4"><c r="B4"><f t="shared" si="0"/><v>3</v></c><c r="D4"><f>A1</f></c></row>
</sheetData></worksheet>"""


def formulas(sheet: SheetPart) -> dict[str, tuple[str | None, dict[str, str]]]:
    """The text of every formula, and what is said of it, by cell."""
    by_cell = {}
    for cell in sheet.root.iter(f"{{{MAIN}}}c"):
        formula = sheet.formula(cell)
        if formula is not None:
            by_cell[cell.get("r")] = formula.text, dict(formula.attrib)
    return by_cell


def test_the_first_cell_of_a_group_leaves_each_its_own_formula() -> None:
    sheet = SheetPart(etree.fromstring(SHEET))
    sheet.put_text(sheet.cell_or_new((2, 2)), "x")
    assert formulas(sheet) == {
        "B3": ('A3*$C$1&"A2"', {}),
        "B4": ('A4*$C$1&"A2"', {}),
        "D4": ("A1", {}),
    }


def test_another_cell_of_a_group_leaves_the_group_as_it_is() -> None:
    sheet = SheetPart(etree.fromstring(SHEET))
    sheet.put_formula(sheet.cell_or_new((3, 2)), "=1+1")
    assert formulas(sheet) == {
        "B2": ('A2*$C$1&"A2"', {"t": "shared", "ref": "B2:B4", "si": "0"}),
        "B3": ("1+1", {}),
        "B4": (None, {"t": "shared", "si": "0"}),
        "D4": ("A1", {}),
    }
