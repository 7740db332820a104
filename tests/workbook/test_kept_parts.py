"""A copy keeps what was not to be changed: the parts as they are packed, pictures, macros."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.chart import BarChart
from openpyxl.chartsheet import Chartsheet

from tests import ooxml
from tests.workbook.rewriting import packed, replaced, rewritten, weakly_packed
from xlperf.__main__ import run
from xlperf.canonical import canonical
from xlperf.comparison.record_diff import differences
from xlperf.record import Raw
from xlperf.workbook.package.amending import amend
from xlperf.workbook.package.archive import opened
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.package.saving import save
from xlperf.workbook.package.workbook_part import SHEET_TYPE, SheetEntry, WorkbookPart
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import write_master

TITLE = "01 专项补助（人防）"
PICTURE = b"\x89PNG\r\n\x1a\n-not-to-be-looked-into"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
SHEET = "xl/worksheets/sheet4.xml"  # of the first project


@pytest.fixture(scope="module")
def one(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with one project and one thing to be marked."""
    record = canonical({**small, "projects": small["projects"][:1]})
    path = tmp_path_factory.mktemp("one") / "one.xlsx"
    write_master(record, path)
    return path


def marked(source: Path, target: Path) -> zipfile.ZipFile:
    """The marked copy, made as a user makes it."""
    assert run(["validate", str(source), "--annotate", str(target)]) in (0, 1)
    before, after = read_workbook(source).record, read_workbook(target).record
    assert not differences({**before, "waivers": []}, {**after, "waivers": []})
    return zipfile.ZipFile(target)


def test_a_marked_copy_keeps_pictures(one: Path, tmp_path: Path) -> None:
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1"
        '</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="9525" cy="9525"/><xdr:pic>'
        '<xdr:nvPicPr><xdr:cNvPr id="2" name="stamp"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip xmlns:r="{REL}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch>'
        '</xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>'
        "</xdr:oneCellAnchor></xdr:wsDr>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="{}" Type="{}/{}" Target="{}"/></Relationships>'
    )
    overrides = (
        '<Default Extension="png" ContentType="image/png"/><Override PartName='
        '"/xl/drawings/drawing9.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'drawing+xml"/></Types>'
    )
    names = set(zipfile.ZipFile(one).namelist())
    rels = SHEET.replace("sheets/", "sheets/_rels/") + ".rels"
    assert rels not in names
    source = rewritten(
        one, tmp_path / "with.xlsx",
        {SHEET: replaced("</worksheet>", f'<drawing xmlns:r="{REL}" r:id="rId9"/></worksheet>'),
         "[Content_Types].xml": replaced("</Types>", overrides)},
        {rels: relations.format("rId9", REL, "drawing", "../drawings/drawing9.xml").encode(),
         "xl/drawings/drawing9.xml": drawing.encode(),
         "xl/drawings/_rels/drawing9.xml.rels":
             relations.format("rId1", REL, "image", "../media/image9.png").encode(),
         "xl/media/image9.png": PICTURE},
    )  # fmt: skip
    copy = marked(source, tmp_path / "copy.xlsx")
    assert copy.read("xl/media/image9.png") == PICTURE
    assert copy.read("xl/drawings/drawing9.xml") == drawing.encode()
    assert b"<drawing " in copy.read(SHEET)
    again = marked(tmp_path / "copy.xlsx", tmp_path / "again.xlsx")
    assert PICTURE in [again.read(name) for name in again.namelist() if name.endswith(".png")]


def test_a_marked_copy_keeps_red_words_and_results_of_formulas(one: Path, tmp_path: Path) -> None:
    rich = ('<c r="D10" s="0" t="inlineStr"><is><r><t>年度内</t></r><r><rPr><color '
            'rgb="FFFF0000"/></rPr><t>实际领取</t></r></is></c>')  # fmt: skip
    result = '<c r="C4" s="0"><f>E4+G4</f><v>6400</v></c>'

    def change(xml: bytes) -> bytes:
        xml = re.sub(rb'<c r="D10"[^>]*>.*?</c>', rich.encode(), xml, count=1)
        return re.sub(rb'<c r="C4"[^>]*>.*?</c>', result.encode(), xml, count=1)

    source = rewritten(one, tmp_path / "rich.xlsx", {SHEET: change}, {})
    assert read_workbook(source).record["projects"][0]["budget"] == 6400
    sheet = marked(source, tmp_path / "copy.xlsx").read(SHEET).decode()
    assert '<color rgb="FFFF0000"/></rPr><t>实际领取</t>' in sheet
    cell = re.search(r'<c r="C4"[^>]*>.*?</c>', sheet)
    assert cell
    assert cell[0].endswith("<f>E4+G4</f><v>6400</v></c>")


def test_a_marked_copy_opens_with_a_chart_sheet_in_front(one: Path, tmp_path: Path) -> None:
    book = open_book(one)
    sheet = Chartsheet(parent=book, title="图")
    sheet.add_chart(BarChart())
    book._add_sheet(sheet, 1)
    save(book, tmp_path / "chart.xlsx")
    book_xml = marked(tmp_path / "chart.xlsx", tmp_path / "copy.xlsx").read("xl/workbook.xml")
    titles = re.findall(r'<sheet [^>]*name="([^"]*)"', book_xml.decode())
    scope = re.search(r'<definedName (?=[^>]*name="XPF_budget")[^>]*localSheetId="(\d+)"',
                      book_xml.decode())  # fmt: skip
    assert scope
    assert titles[int(scope[1])] == TITLE


def test_macros_are_kept_in_an_xlsm_and_no_name_is_false(
    one: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    source = rewritten(
        one, tmp_path / "with.xlsm", {"[Content_Types].xml": replaced(plain, macro),
         "xl/_rels/workbook.xml.rels": replaced(
             "</Relationships>", f'<Relationship Id="rId99" Type="{VBA}" Target="vbaProject.bin"/>'
             "</Relationships>")},
        {"xl/vbaProject.bin": b"macros"},
    )  # fmt: skip
    copy = marked(source, tmp_path / "copy.xlsm")
    assert copy.read("xl/vbaProject.bin") == b"macros"
    assert macro.encode() in copy.read("[Content_Types].xml")
    assert b"vbaProject.bin" in copy.read("xl/_rels/workbook.xml.rels")
    capsys.readouterr()
    assert "xl/vbaProject.bin" not in marked(source, tmp_path / "copy.xlsx").namelist()
    assert "原文件里的宏没有带入" in capsys.readouterr().err
    for command in (
        ["validate", str(one), "--annotate", str(tmp_path / "false.xlsm")],
        ["fix", str(one), "-o", str(tmp_path / "false.xlsm")],
        ["repair", str(one), "-o", str(tmp_path / "false.xlsm")],
        ["repair", str(source), "-o", str(tmp_path / "false.xlsx")],
        ["fix", str(source), "-o", str(tmp_path / "false.xlsx")],
    ):
        capsys.readouterr()
        assert run(command) == 2
        assert "false.xls" in capsys.readouterr().err
        assert not list(tmp_path.glob("false.*"))


def test_a_marked_copy_is_sound_under_the_validator(one: Path, tmp_path: Path) -> None:
    marked(one, tmp_path / "copy.xlsx")
    assert ooxml.audit_errors(tmp_path / "copy.xlsx") == ""


OF_OTHERS = {
    "customXml/item1.xml": b"<own xmlns='urn:own'>settings</own>",
    "xl/slicers/slicer1.xml": b"<slicers xmlns='urn:slicers'/>",
}


def test_a_marked_copy_has_all_other_parts_as_they_were_packed(one: Path, tmp_path: Path) -> None:
    source = weakly_packed(one, tmp_path / "with.xlsx", OF_OTHERS)
    before = packed(source)
    after = packed(Path(str(marked(source, tmp_path / "copy.xlsx").filename)))
    # department, project, lists; guide, summary and manifest are sheets 1, 2 and 5
    sheets = {f"xl/worksheets/sheet{n}.xml" for n in (3, 4, 6)}
    book = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert {name for name in before if before[name] != after[name]} == sheets | book
    assert any("charts/" in name for name in before)


def test_a_mended_copy_has_all_other_parts_as_they_were_packed(one: Path, tmp_path: Path) -> None:
    source = weakly_packed(one, tmp_path / "with.xlsx", OF_OTHERS)
    amend(source, tmp_path / "copy.xlsx", {TITLE: {"B5": "text"}}, lambda path: None)
    before, after = packed(source), packed(tmp_path / "copy.xlsx")
    assert {name for name in before if before[name] != after[name]} == {SHEET}


def test_a_signature_is_left_out_of_a_copy_that_it_is_no_longer_true_of(
    one: Path, tmp_path: Path
) -> None:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    relation = f'<Relationship Id="rId88" Type="{kind}" Target="_xmlsignatures/origin.sigs"/>'
    source = rewritten(
        one, tmp_path / "signed.xlsx",
        {"_rels/.rels": replaced("</Relationships>", f"{relation}</Relationships>")},
        {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"},
    )  # fmt: skip
    same, copy = tmp_path / "same.xlsx", tmp_path / "copy.xlsx"
    amend(source, same, {}, lambda path: None)
    assert same.read_bytes() == source.read_bytes()
    amend(source, copy, {TITLE: {"B5": "text"}}, lambda path: None)
    with zipfile.ZipFile(copy) as archive:
        assert not [name for name in archive.namelist() if name.startswith("_xmlsignatures")]
        assert b"origin" not in archive.read("_rels/.rels")


def test_sheets_that_come_and_go_leave_names_and_the_tab_in_front_where_they_are(
    one: Path, tmp_path: Path
) -> None:
    with opened(one) as package:
        book = WorkbookPart(package)
        titles = [entry.title for entry in book.sheets()]
        names = {titles[n]: names for n, names in book.names_by_sheet().items()}
        book.show(TITLE)
        package.put("xl/worksheets/sheet99.xml", b"<worksheet/>", SHEET_TYPE)
        book.insert({0: SheetEntry("in front", "xl/worksheets/sheet99.xml", is_visible=True)})
        assert [entry.title for entry in book.sheets()] == ["in front", *titles]
        now = {book.sheets()[n].title: names for n, names in book.names_by_sheet().items()}
        assert now == names
        view = next(item for item in book.root.iter() if item.tag.endswith("workbookView"))
        assert view.get("activeTab") == str(titles.index(TITLE) + 1)
        assert not book.remove(titles[0])
        assert book.remove(TITLE)
        rest = {book.sheets()[n].title: names for n, names in book.names_by_sheet().items()}
        assert rest == {k: v for k, v in names.items() if k not in (titles[0], TITLE)}
