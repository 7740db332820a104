"""A marked cell's own look comes back: colours of the theme, notes in fonts, threaded comments."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill

from tests.masters import put_master
from tests.workbook.rewriting import rewritten
from xlperf.canonical import canonical
from xlperf.plan import plan
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import Finding
from xlperf.rules.core import run as run_rules
from xlperf.workbook.annotate import annotate_file
from xlperf.workbook.read import read_workbook

TITLE = "01 专项补助（人防）"


@pytest.fixture(scope="module")
def one(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with one project."""
    path = tmp_path_factory.mktemp("one") / "one.xlsx"
    put_master(canonical({**small, "projects": small["projects"][:1]}), path)
    return path


def own_look(source: Path, target: Path, author: str) -> tuple[Path, Finding]:
    """A workbook whose first marked cell has a colour of the theme and a note in two fonts."""
    findings = run_rules(read_workbook(source), catalogue().values())
    finding = next(f for f in findings if f.place and f.place.sheet == TITLE and f.place.cell)
    book = load_workbook(source)
    cell = book[TITLE][finding.place.cell]
    cell.fill = PatternFill("solid", fgColor=Color(theme=5, tint=0.5))
    cell.comment = Comment("我的批注", author)
    book.save(target.with_name("plain.xlsx"))
    runs = "<text><r><rPr><b/></rPr><t>我的</t></r><r><t>批注</t></r></text>".encode()

    def change(xml: bytes) -> bytes:
        xml, count = re.subn(rb"<text>.*</text>", runs, xml, flags=re.DOTALL)
        assert count == 1
        return xml

    with zipfile.ZipFile(target.with_name("plain.xlsx")) as archive:
        (notes,) = (name for name in archive.namelist() if name.startswith("xl/comments"))
    return rewritten(target.with_name("plain.xlsx"), target, {notes: change}, {}), finding


def test_a_colour_of_the_theme_and_a_note_in_two_fonts_come_back(one: Path, tmp_path: Path) -> None:
    original, finding = own_look(one, tmp_path / "own.xlsx", "张三")
    copy, cleared = tmp_path / "copy.xlsx", tmp_path / "cleared.xlsx"
    annotate_file(plan([finding]), original, copy)
    cell = load_workbook(copy)[TITLE][finding.place.cell]
    assert cell.comment.text.startswith(f"{cell.comment.text[:2]} {finding.code}")
    assert cell.comment.text.endswith("\n\n我的批注")
    assert cell.fill.fgColor.type == "rgb"
    annotate_file(plan([]), copy, cleared)
    cell = load_workbook(cleared)[TITLE][finding.place.cell]
    assert (cell.comment.text, cell.comment.author) == ("我的批注", "张三")
    assert (cell.fill.fgColor.theme, cell.fill.fgColor.tint) == (5, 0.5)
    xml = zipfile.ZipFile(cleared).read("xl/comments/comment1.xml").decode()
    assert "<r><rPr><b/></rPr><t>我的</t></r><r><t>批注</t></r></text>" in xml


def test_a_cell_with_a_threaded_comment_is_coloured_and_its_note_left(
    one: Path, tmp_path: Path
) -> None:
    original, finding = own_look(one, tmp_path / "own.xlsx", "tc={A0B1}")
    copy, cleared = tmp_path / "copy.xlsx", tmp_path / "cleared.xlsx"
    annotate_file(plan([finding]), original, copy)
    annotate_file(plan([]), copy, cleared)
    for path, kind in ((copy, "rgb"), (cleared, "theme")):
        cell = load_workbook(path)[TITLE][finding.place.cell]
        assert (cell.comment.text, cell.comment.author) == ("我的批注", "tc={A0B1}")
        assert cell.fill.fgColor.type == kind
