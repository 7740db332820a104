"""Old and other formats of spreadsheets and documents, and what is refused of them."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.conftest import SHARED, lacks
from tests.containers.hand_forms import (
    BRIDGE,
    MERGED,
    Rows,
    expected,
    form,
    merge,
    projects,
    put,
    saved,
)
from tests.office import Office, missing
from xlperf.__main__ import run
from xlperf.errors import UserError
from xlperf.jobs.inputs import containers
from xlperf.jobs.inputs.containers import read_container
from xlperf.jobs.inputs.open_any import open_any
from xlperf.publishing import libreoffice, publish_word
from xlperf.record import Raw
from xlperf.storage.files import OLE, kind_of
from xlperf.wording import say

SS = "urn:schemas-microsoft-com:office:spreadsheet"
SPANS = {first: (last[1] - first[1] + 1, last[0] - first[0] + 1) for first, last in MERGED}


def hidden_by(at: tuple[int, int]) -> bool:
    """Whether a cell is within a merged range and not its first."""
    return any(
        first != at and first[0] <= at[0] <= last[0] and first[1] <= at[1] <= last[1]
        for first, last in MERGED
    )


def excel_xml(rows: Rows) -> str:
    """A form as XML of Excel 2003: shares as numbers with a format, one row hidden."""
    lines = []
    for row, cells in enumerate(rows):
        parts = []
        for col, content in enumerate(cells):
            if content is None or hidden_by((row, col)):
                continue
            wide, deep = SPANS.get((row, col), (1, 1))
            number = isinstance(content, int | float)
            share = row == 6
            text = str(int(content.rstrip("%")) / 100) if share else escape(str(content))
            style = ' ss:StyleID="p"' if share else ""
            kind = "Number" if number or share else "String"
            parts.append(
                f'<Cell ss:Index="{col + 1}" ss:MergeAcross="{wide - 1}" '
                f'ss:MergeDown="{deep - 1}"{style}><Data ss:Type="{kind}">{text}</Data></Cell>'
            )
        hidden = ' ss:Hidden="1"' if row == 10 else ""
        lines.append(f'<Row ss:Index="{row + 1}"{hidden}>{"".join(parts)}</Row>')
    return (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="{SS}" '
        f'xmlns:ss="{SS}"><Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style></Styles>'
        f'<Worksheet ss:Name="表一"><Table>{"".join(lines)}</Table></Worksheet></Workbook>'
    )


@pytest.mark.parametrize("name", ["forms.xls", "forms.xml", "forms.txt"])
def test_xml_of_excel_2003_is_read_under_whatever_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(excel_xml(form()), encoding="utf-8")
    forms, coverage = projects(path)
    assert forms == [expected()]
    assert coverage.leftover == 0
    (remark,) = read_container(path)[0].remarks
    assert remark.facts["parts"] == "表一!11:11"


@pytest.mark.parametrize(
    "body",
    [
        "<Cell ss:MergeAcross='16000' ss:MergeDown='1000000'/>", "<Cell ss:Index='99999999'/>",
        "<Cell ss:Index='x'/>", "<Cell",
    ],
)  # fmt: skip
def test_odd_xml_of_excel_is_refused(body: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.xls"
    path.write_text(
        f'<Workbook xmlns="{SS}" xmlns:ss="{SS}"><Worksheet ss:Name="a"><Table><Row>{body}</Row>'
        "</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=r"bomb|damaged"):
        read_container(path)


def ods(path: Path, rows: Rows, *, head: str = "") -> Path:
    """A spreadsheet of OpenDocument with a form, made by hand."""
    lines = []
    for row, cells in enumerate(rows):
        parts = []
        for col in range(7):
            content: Any = cells[col] if col < len(cells) else None
            if hidden_by((row, col)):
                parts.append("<table:covered-table-cell/>")
                continue
            wide, deep = SPANS.get((row, col), (1, 1))
            paragraphs = "".join(
                f"<text:p>{line}</text:p>" for line in str(content or "").split("\n")
            )
            kind = 'office:value-type="string"'
            if isinstance(content, int | float):
                kind = f'office:value-type="float" office:value="{content}"'
                paragraphs = f"<text:p>{content:,.0f}</text:p>"  # as shown: no decimals
            parts.append(
                f'<table:table-cell {kind} table:number-columns-spanned="{wide}" '
                f'table:number-rows-spanned="{deep}">{paragraphs}</table:table-cell>'
            )
        lines.append(f"<table:table-row>{''.join(parts)}</table:table-row>")
    names = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    content_xml = (
        f'<office:document-content {spaces}><office:automatic-styles><style:style style:name="h">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        '<office:body><office:spreadsheet><table:table table:name="表一" table:style-name="h">'
        f"{head}"
        f'{"".join(lines)}<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content_xml)
    return path


def test_a_spreadsheet_of_open_document_is_read_with_what_is_hidden(tmp_path: Path) -> None:
    path = ods(tmp_path / "forms.ods", form(budget=6400.25))
    assert kind_of(path) == "ods"
    forms, coverage = projects(path)
    assert forms == [expected(budget="6400.25")]
    assert coverage.leftover == 0
    assert read_container(path)[0].remarks[0].facts["parts"] == "表一"


def test_an_open_document_that_repeats_a_filled_row_without_end_is_refused(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell>'
        "</table:table-row>"
    )
    with pytest.raises(UserError, match="bomb"):
        read_container(ods(tmp_path / "bomb.ods", form(), head=row))


def html_of(rows: Rows) -> str:
    lines = []
    for row, cells in enumerate(rows):
        parts = []
        for col in range(7):
            if hidden_by((row, col)):
                continue
            wide, deep = SPANS.get((row, col), (1, 1))
            text = str(cells[col]) if col < len(cells) and cells[col] is not None else ""
            markup = escape(text).replace("\n", "<br>")
            parts.append(f'<td colspan="{wide}" rowspan="{deep}">{markup}</td>')
        lines.append(f"<tr>{''.join(parts)}</tr>")
    return f"<table>{''.join(lines)}</table>"


@pytest.mark.parametrize(
    ("before", "encoding"),
    [
        ("", "utf-8"), ("\ufeff", "utf-16"), ("<meta charset='gbk'>", "gbk"),
        ("<!-- a -->", "utf-8"),
        ('<?xml version="1.0"?>\n<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body>',
         "utf-8"),
    ],
)  # fmt: skip
def test_html_named_xls_is_read_as_html(before: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes(f"{before}{html_of(form())}".lstrip("\ufeff").encode(encoding))
    forms, coverage = projects(path)
    assert forms == [expected()]
    assert coverage.leftover == 0


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_page_in_one_piece_is_read(charset: str, tmp_path: Path) -> None:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    for rows in (form(), form("修桥", BRIDGE, 120.5)):
        page = f"<html><body>{html_of(rows)}</body></html>"
        message.add_related(page.encode(charset), "text", "html", params={"charset": charset})
    data = message.as_bytes().replace(b"multipart/mixed", b"multipart/related")
    path = tmp_path / "forms.mht"
    path.write_bytes(data)
    assert kind_of(path) == "mht"
    forms, coverage = projects(path)
    assert forms == [expected(), expected("修桥", BRIDGE, "120.5")]
    assert coverage.leftover == 0


def convert(office: Office, source: Path, suffix: str, kind: str) -> Path:
    """A file converted by LibreOffice, as somebody saves it under another format."""
    path = source.with_name(f"converted{suffix}")
    office.do([{"do": "convert", "path": str(source), "to": str(path), "kind": kind}])
    return path


def book_of_forms(folder: Path) -> Path:
    book = Workbook()
    for rows in (form(), form("修桥", BRIDGE, 120.5)):
        put(sheet := book.create_sheet(rows[0][0]), rows)
        merge(sheet)
    book.worksheets[1].row_dimensions[11].hidden = True
    sheet = book.worksheets[2]
    for cell, share in (("B7", 0.25), ("C7", 0.5), ("D7", 0.75), ("F7", 1)):
        sheet[cell].value, sheet[cell].number_format = share, "0%"
    return saved(book, folder)


@pytest.mark.office
@pytest.mark.parametrize(
    ("suffix", "kind"),
    [(".xls", "MS Excel 97"), (".ods", "calc8")],
)
def test_spreadsheets_saved_by_libre_office_read_like_the_workbook(
    office: Office, suffix: str, kind: str, tmp_path: Path
) -> None:
    path = convert(office, book_of_forms(tmp_path), suffix, kind)
    forms, coverage = projects(path)
    assert forms == [expected(), expected("修桥", BRIDGE, "120.5")]
    assert coverage.leftover == 0
    assert read_container(path)[0].remarks[0].facts["parts"] == "修路绩效目标表!11:11"


@pytest.mark.office
@pytest.mark.usefixtures("own_libreoffice")
@pytest.mark.parametrize(
    ("suffix", "kind"),
    [(".doc", "MS Word 97"), (".odt", "writer8"), (".rtf", "Rich Text Format")],
)
def test_documents_saved_by_libre_office_read_like_the_word_file(
    office: Office, suffix: str, kind: str, small: Raw, tmp_path: Path
) -> None:
    word = tmp_path / "document.docx"
    publish_word(small, word)
    word_record = read_container(word)[0].record
    assert read_container(convert(office, word, suffix, kind))[0].record == word_record


@pytest.mark.office
@pytest.mark.parametrize(("suffix", "kind"), [(".ods", "calc8"), (".xls", "MS Excel 97")])
def test_a_master_workbook_saved_in_another_format_is_still_one(
    office: Office, suffix: str, kind: str, small_master: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "master.xlsx"
    copy.write_bytes(small_master.read_bytes())
    path = convert(office, copy, suffix, kind)
    record = open_any(path).record
    assert record["projects"] == open_any(small_master).record["projects"]
    assert run(["import", str(path), "-o", str(tmp_path / "o.json")]) == 2


WORD = OLE + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data"), [("a.doc", WORD), ("a.wps", WORD), ("a.rtf", b"{\\rtf1 x}")]
)
def test_without_libre_office_the_sentence_says_how_to_save_the_file(
    name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(libreoffice, "office_program", lambda: "")
    path = tmp_path / name
    path.write_bytes(data)
    assert run(["import", str(path), "-o", str(tmp_path / "o.json"), "--lang", "zh"]) == 2
    message = capsys.readouterr().err
    assert len(message.splitlines()) == 1
    assert "LibreOffice" in message and "另存为 .docx" in message


def test_a_conversion_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "office_program", lambda: str(program))
    monkeypatch.setattr(containers, "CONVERSION_SECONDS", 0.2)
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 x}")
    with pytest.raises(UserError, match="convert_slow"):
        read_container(path)


@pytest.mark.office
@pytest.mark.parametrize("name", ["strict_xlsx.xlsx", "ods.ods"])
def test_the_master_workbooks_of_the_cases_read_in_any_format(name: str) -> None:
    folder = SHARED / "cases" / "files"
    if not folder.is_dir():
        lacks("the cases (../shared/cases) are not at hand")
    if reason := missing():
        lacks(reason)
    base = open_any(folder / "base.xlsx").record
    assert open_any(folder / name).record == base


@pytest.mark.parametrize("data", [OLE + "Workbook".encode("utf-16-le"), OLE + b"\0" * 600])
def test_a_damaged_xls_is_refused_with_the_remedy(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        open_any(path)
    assert say(f"error.{refused.value.key}", **refused.value.facts)


def test_a_document_with_a_workbook_set_into_it_is_a_document(tmp_path: Path) -> None:
    """The directory of an OLE file lists a stream every 128 bytes, its own before others'."""
    listed = ["Root Entry", "WordDocument", "1Table", "Workbook"]
    entries = (name.encode("utf-16-le").ljust(128, b"\0") for name in listed)
    path = tmp_path / "a.doc"
    path.write_bytes(OLE.ljust(512, b"\0") + b"".join(entries))
    assert kind_of(path) == "doc"
