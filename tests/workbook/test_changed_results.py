"""Where cells of a file change, no formula that looks at them keeps showing what it gave before."""

from __future__ import annotations

import re
import zipfile
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.masters import put_master
from xlperf.canonical import canonical
from xlperf.jobs.fix_repair.fix_file import write as write_fixed
from xlperf.jobs.fix_repair.fix_rounds import FixResult
from xlperf.jobs.renewing import renew
from xlperf.layout import Box
from xlperf.record import Raw
from xlperf.workbook.fast_read.dependents import ChangedCells, dependents
from xlperf.workbook.fast_read.plain_sheets import StoredSheets
from xlperf.workbook.package.saving import save
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import master_book

PROJECT = 3  # the position of the first project's sheet


def renamed(source: Path, name: str) -> Path:
    """A copy in which the first project has another name, written as `fix` writes it."""
    target = source.with_name(f"renamed {source.name}")
    reading = read_workbook(source)
    record = deepcopy(reading.record)
    record["projects"][0]["name"] = name
    write_fixed(reading, FixResult(record), source, target)
    return target


def test_formulas_of_peoples_follow_what_has_changed(small: Raw, tmp_path: Path) -> None:
    """By a title, by a name of the workbook, by one another; all others keep what they had."""
    source = tmp_path / "source.xlsx"
    book = master_book(small)
    title = book.worksheets[PROJECT].title
    own_sheet = book.create_sheet("自用")
    formulas = {
        "A1": (f"='{title}'!E3&\"的\"", "旧的", "新名称的"),
        "A2": ('=A1&"表"', "旧的表", "新名称的表"),
        "A3": (f"=IF(EXACT('{title}'!E3,\"新名称\"),1/0,5)", "5", "#DIV/0!"),
        "A4": (f"=LENB('{title}'!E3)", "6", None),  # no function that is known here
        "A5": ("=XP_PROJECTS*10", "70", 70),  # of a total that stays what it was
        "A6": ("=1+1", "77", 77),
        "A7": (f"=COUNTA('{title}'!E:E)", "9", None),
        "A8": ("=SUM(C:C)", "9", 9),
        "A9": ('="=自己的"&A6', "words", "words"),
    }
    for cell, (formula, _, _) in formulas.items():
        own_sheet[cell] = formula
    book.worksheets[PROJECT]["I40"] = '=E3&"旁"'  # beside the form
    save(book, source)
    for cell, (_, had, _) in formulas.items():
        put_result(source, "自用", cell, had)
    shown = load_workbook(renamed(source, "新名称"), data_only=True)
    assert {cell: shown["自用"][cell].value for cell in formulas} == {
        cell: now for cell, (_, _, now) in formulas.items()
    }
    assert shown[title]["I40"].value == "新名称旁"


def test_the_sheet_of_last_year_follows_what_has_changed(small: Raw, tmp_path: Path) -> None:
    source, record = tmp_path / "next.xlsx", deepcopy(small)
    record["projects"][0]["purpose"] = "2020年启动的改造"
    renew(put_master(canonical(record), tmp_path / "last.xlsx"), source, 2022)
    line = next(row for row in lines_of_last_year(source) if row[4:6] == ("2020年启动的改造",) * 2)
    assert line[6] == "与上年相同"
    reading = read_workbook(source)
    changed = deepcopy(reading.record)
    changed["projects"][0]["purpose"] = "2022年启动的改造"
    write_fixed(reading, FixResult(changed), source, tmp_path / "fixed.xlsx")
    after = lines_of_last_year(tmp_path / "fixed.xlsx")[line[0] - 1]
    assert after[4:7] == ("2020年启动的改造", "2022年启动的改造", "已更新")


def lines_of_last_year(path: Path) -> list[tuple[Any, ...]]:
    """The lines of the sheet, each by its number, sheet, place, kind, last, now and state."""
    sheet = load_workbook(path, data_only=True)["上年对照"]
    return list(sheet.iter_rows(min_row=4, max_col=7, values_only=True))


def test_a_result_that_is_not_known_any_more_is_not_shown(small: Raw, tmp_path: Path) -> None:
    """20 digits: what the total shows depends on the program, and 7 is what it was."""
    source, record = tmp_path / "source.xlsx", deepcopy(small)
    record["projects"][0]["fiscal"] = Decimal("12345678901234567890")
    put_master(canonical(record), source)
    formula = load_workbook(source)["汇总"]["F14"].value
    assert load_workbook(source, data_only=True)["汇总"]["F14"].value is None
    put_result(source, "汇总", "F14", "7")
    assert load_workbook(source, data_only=True)["汇总"]["F14"].value == 7
    target = renamed(source, "新名称")
    assert load_workbook(target, data_only=True)["汇总"]["F14"].value is None
    assert load_workbook(target)["汇总"]["F14"].value == formula


def test_sheets_look_at_what_they_name_and_at_all_in_a_span(tmp_path: Path) -> None:
    book = Workbook()
    for title in ("前", "中", "后&", "单独", "合计", "又"):
        book.create_sheet(title)
    book["合计"]["A1"], book["单独"]["A1"] = "=SUM('前:后&'!A1)", "=SUM(A2:A3)"
    book["又"]["A1"] = "=单独!A1"
    book.save(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        stored = StoredSheets(archive)
        mentions = {
            title: [part.title for part in stored.mentioning([title])] for title in ("中", "单独")
        }
    assert mentions == {"中": ["中", "合计"], "单独": ["单独", "合计", "又"]}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=A1", False),
        ("=别处!A1", True),
        ("='别处'!$B$2:$C$9", True),
        ("='别处'!A:A", True),
        ("=整张!Z99", True),
        ('="别处!C3"&A1', False),
        ("=别处!D9", False),
        ("=名称+1", True),
        ('="名称"&1', False),
        ("=别的名称", False),
        ("=INDIRECT(A1)", True),
        ("=SUM(甲:乙!A1)", True),
        ("=SUM(B:C)", False),
    ],
)
def test_a_formula_depends_on_the_cells_that_its_text_names(formula: str, expected: bool) -> None:
    changed = ChangedCells(["整张"], {"别处": {(1, 1), (3, 3)}})
    names = {"名称": ("别处", Box(3, 3)), "别的名称": ("别处", Box(3, 4))}
    cells = dependents({"自用": {(5, 1): formula}}, changed, names)
    assert cells == ({"自用": {(5, 1)}} if expected else {})


def put_result(path: Path, title: str, cell: str, value: str) -> None:
    """Let a formula have given a number or a word, as if the file had been saved then."""
    position = 1 + load_workbook(path).sheetnames.index(title)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = f"xl/worksheets/sheet{position}.xml"
    kind = "" if value.isdigit() else ' t="str"'
    pattern = rf'<c r="{cell}"((?: s="[0-9]+")?)[^>]*>(<f>[^<]*</f>)(?:<v>[^<]*</v>|<v/>)?</c>'
    cells = rf'<c r="{cell}"\1{kind}>\2<v>{value}</v></c>'
    text, count = re.subn(pattern, cells, parts[name].decode())
    assert count == 1
    parts[name] = text.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
