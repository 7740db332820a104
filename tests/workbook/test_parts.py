"""Workbooks are read from their parts just as openpyxl reads them, whoever wrote them and how."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from tests.workbook.both_ways import (
    assert_same_contents,
    assert_same_reading,
    carefully,
    facts,
    rewritten,
)
from xlperf.errors import UserError
from xlperf.layout.number_formats import is_date
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.workbook.fast_read import sheet as sheet_part
from xlperf.workbook.fast_read.contents import contents_of
from xlperf.workbook.fast_read.formats import BUILT_IN
from xlperf.workbook.fast_read.plain_cells import PLAIN_ROWS, unescaped
from xlperf.workbook.fast_read.xml import UnsupportedError
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.read import read_carefully, read_workbook

SHEETS, STRINGS = r"xl/worksheets/sheet\d+\.xml", r"xl/sharedStrings\.xml"
BOOK, RELATIONS, TYPES = (
    r"xl/workbook\.xml",
    r"xl/_rels/workbook\.xml\.rels",
    r"\[Content_Types\].*",
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = re.compile(r'<c r="(\w+)"((?: s="\d+")?)((?: t="\w+")?)>')
Rewriting = Callable[[str], str]


@pytest.fixture(scope="module")
def original(small_master: Path) -> list[dict[str, object]]:
    return [*map(facts, carefully(small_master))]


def test_the_sample_is_read_as_it_was_written(small_master: Path, small: Raw) -> None:
    assert_same_contents(small_master)
    reading = assert_same_reading(small_master)
    assert isinstance(reading, Reading)
    assert reading.record == small


def prefixed(xml: str) -> str:
    tags = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml)
    return tags.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"', 1)


def turned(xml: str) -> str:
    """Attributes in another order, in single quotes, with blank space between."""
    return CELL.sub(lambda c: f"<c {c[3].strip()}  {c[2].strip()}\n r='{c[1]}' >", xml)


_CELL = re.compile(r'<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)


def without_addresses(xml: str) -> str:
    """Every cell of a row up to its last one, none with its address."""

    def row(match: re.Match[str]) -> str:
        cells = {m[1]: m[0] for m in re.finditer(_CELL, match[2])}
        filled = [cells.get(chr(ord("A") + n), "<c/>") for n in range(26)]
        rest = [cell for name, cell in cells.items() if len(name) > 1]
        plain = (re.sub(r'<c r="[A-Z]+\d+"', "<c", cell, count=1) for cell in filled)
        return f"{match[1]}{''.join(plain)}{''.join(rest)}</row>"

    return re.sub(r"(<row [^>]*>)(.*?)</row>", row, xml, flags=re.DOTALL)


def spaced(xml: str) -> str:
    return xml.replace("</c>", "</c>\n  <!-- a cell -->\n  ")


def by_excel(xml: str) -> str:
    """Namespaces and attributes that Excel adds."""
    added = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="d"'
        ' xmlns:d="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    )
    xml = xml.replace(f'xmlns="{MAIN}"', f'xmlns="{MAIN}"{added}', 1)
    xml = re.sub(r"<row ([^>]*)>", r'<row \1 spans="1:7" d:dyDescent="0.25">', xml)
    choice = '<mc:AlternateContent><mc:Choice Requires="d"><x/></mc:Choice></mc:AlternateContent>'
    return re.sub(r"(<pageSetup[^>]*/>)", rf"\1{choice}", xml)


REWRITINGS: dict[str, tuple[str, Rewriting]] = {
    "prefixes": (rf"{SHEETS}|{STRINGS}", prefixed),
    "attributes in another order": (SHEETS, turned),
    "no addresses": (SHEETS, without_addresses),
    "blank space and comments": (SHEETS, spaced),
    "namespaces of Excel": (SHEETS, by_excel),
    "a byte order mark": (SHEETS, lambda xml: "\ufeff" + xml),
    "characters by number": (
        STRINGS,
        lambda xml: xml.encode("ascii", "xmlcharrefreplace").decode(),
    ),
    "absolute targets": (RELATIONS, lambda xml: xml.replace('Target="', 'Target="/xl/')),
    "types in single quotes": (TYPES, lambda xml: xml.replace('"', "'")),
    "texts in CDATA": (
        STRINGS,
        lambda xml: re.sub(
            r"(<t[^>]*>)([^<]*)</t>", lambda t: f"{t[1]}<![CDATA[{html.unescape(t[2])}]]></t>", xml
        ),
    ),
    "runs, readings and phonetic settings": (
        STRINGS,
        lambda xml: re.sub(
            r"<si><t[^>]*>([^<&]{2,})</t></si>",
            lambda t: (
                f"<si><r><t>{t[1][:1]}</t></r><r><rPr><b/></rPr><t>{t[1][1:]}</t></r>"
                '<rPh sb="0" eb="1"><t>du</t></rPh><phoneticPr fontId="1"/></si>'
            ),
            xml,
        ),
    ),
}


@pytest.mark.parametrize("name", REWRITINGS)
def test_other_writings_of_the_same_say_the_same(
    name: str, small_master: Path, original: list[dict[str, object]], tmp_path: Path
) -> None:
    pattern, change = REWRITINGS[name]
    if name == "absolute targets":
        small_master = rewritten(small_master, tmp_path / "x.xlsx", {pattern: _relative})
    path = rewritten(small_master, tmp_path / "y.xlsx", {pattern: change})
    assert [*map(facts, contents_of(path))] == original


def _relative(xml: str) -> str:
    """Targets as seen from the book, whichever way they were written."""
    return xml.replace('Target="/xl/', 'Target="')


def test_strings_in_the_cells_say_the_same_as_shared_ones(
    small_master: Path, original: list[dict[str, object]], tmp_path: Path
) -> None:
    shared: list[str] = []

    def table(xml: str) -> str:
        shared.extend(re.findall(r"<si>(.*?)</si>", xml, flags=re.DOTALL))
        return xml

    def inline(xml: str) -> str:
        return re.sub(
            r' t="s"><v>(\d+)</v>',
            lambda cell: f' t="inlineStr"><is>{shared[int(cell[1])]}</is>',
            xml,
        )

    rewritten(small_master, tmp_path / "x.xlsx", {STRINGS: table})
    gone = {TYPES: lambda xml: re.sub(r"<Override[^>]*sharedStrings[^>]*/>", "", xml)}
    path = rewritten(
        small_master, tmp_path / "y.xlsx", {SHEETS: inline, **gone}, "xl/sharedStrings.xml"
    )
    assert [*map(facts, contents_of(path))] == original


def test_cells_cut_out_and_cells_parsed_are_the_same(
    small_master: Path, original: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_part, "plain_cells", lambda *_: None)
    assert [*map(facts, contents_of(small_master))] == original


@pytest.mark.parametrize(
    "text",
    [
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        '<row r="1" spans="1:2" ht="15"><c r="A1"/><c r="B1"><f>A1&amp;"x"</f><v>3</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a&#20013;</t></is></c>'
        "</row>",
        '<row r="2"/>',
    ],
)
def test_plain_cells_are_known(text: str) -> None:
    assert PLAIN_ROWS.fullmatch(text)


@pytest.mark.parametrize(
    "text",
    [
        '<row r="1"><c r="A1"><v>1</v></row>',  # a tag that is not closed
        '<row r="1"><c r="A1"><v>&nbsp;</v></c></row>',  # an entity that XML does not have
        '<row r="1"><c r="A1"><v>&#0;</v></c></row>',  # a sign that it forbids
        '<row r="1"><c r="A1"><v>&#55296;</v></c></row>',  # half a sign
        '<row r="1"><c r="A1"><v>a & b</v></c></row>',
        '<row r="1"><c r="A1"><v>\x01</v></c></row>',
        '<row r="1"><c r="A1"><v>\r</v></c></row>',  # which a parser makes a line break of
        '<row r="1"><c r="A1"><v>\uffff</v></c></row>',
        '<row r="1"><!-- --><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>2021-01-01</v></c></row>',
        "<row r='1'/>",
        '<c r="A1"/>',
    ],
)
def test_whatever_is_not_plain_is_left_to_a_parser(text: str) -> None:
    assert not PLAIN_ROWS.fullmatch(text)


def test_entities_are_what_they_stand_for() -> None:
    assert unescaped("a&lt;b&amp;lt;c&quot;&apos;&gt;&#10;&#20013;") == "a<b&lt;c\"'>\n中"


@pytest.mark.parametrize(
    ("pattern", "change", "key"),
    [
        (SHEETS, lambda xml: f'<!DOCTYPE x [<!ENTITY a "b">]>{xml}', "unsafe_xml"),
        (STRINGS, lambda xml: f'<!DOCTYPE x [<!ENTITY a "b">]>{xml}', "unsafe_xml"),
        (SHEETS, lambda xml: xml[:-20], "damaged"),
        (STRINGS, lambda xml: xml[:-20], "damaged"),
        (BOOK, lambda xml: xml[:-20], "damaged"),
        (r"xl/charts/chart1\.xml", lambda xml: xml[:100], "damaged"),
        (SHEETS, lambda xml: xml.replace('t="s"><v>1', 't="s"><v>9999999', 1), "damaged"),
        (SHEETS, lambda xml: xml.replace("</sheetData>", "<c></sheetData>", 1), "damaged"),
        (SHEETS, lambda xml: xml.replace('<c r="A1"', '<c r="XFE1"', 1), "damaged"),
        (BOOK, lambda xml: xml.replace(MAIN, "http://purl.oclc.org/ooxml/x"), "strict_workbook"),
    ],
)
def test_what_cannot_be_read_is_refused_as_openpyxl_finds_it(
    pattern: str, change: Rewriting, key: str, small_master: Path, tmp_path: Path
) -> None:
    path = rewritten(small_master, tmp_path / "x.xlsx", {pattern: change})
    with pytest.raises(UnsupportedError):
        contents_of(path)
    with pytest.raises(UserError) as refused:
        read_workbook(path)
    assert refused.value.key == key


@pytest.mark.parametrize("subset", [' [<!ENTITY a "b">]', ""])
def test_a_document_type_in_any_part_is_refused_by_every_way_of_reading(
    subset: str, small_master: Path, tmp_path: Path
) -> None:
    declared = re.compile(r"^(<\?xml[^>]*>\s*)?")

    def typed(xml: str) -> str:
        return declared.sub(rf"\g<1><!-- a --><!DOCTYPE x{subset}>", xml, count=1)

    with zipfile.ZipFile(small_master) as archive:
        of_a_kind = {re.sub(r"\d+", "1", name): name for name in archive.namelist()}
    parts = [name for name in of_a_kind.values() if name.endswith((".xml", ".rels"))]
    assert len(parts) > 12
    for part in parts:
        path = rewritten(small_master, tmp_path / "x.xlsx", {re.escape(part): typed})
        for way in (read_workbook, read_carefully, open_book):
            with pytest.raises(UserError) as refused:
                way(path)
            assert refused.value.key == "unsafe_xml", (part, way)


def test_the_number_formats_that_programs_build_in_are_those_of_openpyxl() -> None:
    assert BUILT_IN == BUILTIN_FORMATS
    codes = [
        *BUILT_IN.values(), "yyyy-mm-dd", '"day" 0', "[Red]0", "[$-804]yyyy", "0\\d", "_d0",
        "[h]:mm", "[mm]:ss", 'yyyy"年"m"月"', "0;d", "@", "#,##0.00_);[Red](#,##0.00)", "AAAA",
        "[DBNum1][$-804]General", "G/通用格式", 'General"天"', "aaaa;@", "hh:mm:ss.000",
    ]  # fmt: skip
    assert [is_date(code) for code in codes] == [is_date_format(code) for code in codes]
