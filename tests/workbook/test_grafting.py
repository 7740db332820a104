"""A marked copy keeps what openpyxl does not know: pictures, red words, results, macros."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.chart import BarChart
from openpyxl.chartsheet import Chartsheet

from tests import ooxml
from xlperf.__main__ import run
from xlperf.canonical import canonical
from xlperf.record import Raw
from xlperf.record_diff import differences
from xlperf.workbook.package.opening import open_book
from xlperf.workbook.package.saving import save
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import write_master

TITLE = "01 专项补助（人防）"
PICTURE = b"\x89PNG\r\n\x1a\n-not-to-be-looked-into"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet4.xml"  # of the first project


@pytest.fixture(scope="module")
def one(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with one project and one thing to be marked."""
    record = canonical({**small, "projects": small["projects"][:1]})
    path = tmp_path_factory.mktemp("one") / "one.xlsx"
    write_master(record, path)
    return path


def rewritten(source: Path, target: Path, changes: dict[str, Callable[[bytes], bytes]],
              added: dict[str, bytes]) -> Path:  # fmt: skip
    """A file with some parts changed and some added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, changes[name](data) if name in changes else data)
        for name, data in added.items():
            new.writestr(name, data)
    return target


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), 1)

    return change


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
    assert copy.read("xl/kept/media/image9.png") == PICTURE
    assert copy.read("xl/kept/drawings/drawing9.xml") == drawing.encode()
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
        one, tmp_path / "with.xlsm", {"[Content_Types].xml": replaced(plain, macro)},
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
