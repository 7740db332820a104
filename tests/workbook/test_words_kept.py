"""Words that people type over, beside or below what is ours: read, reported, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import cells_of, opened
from tests.office import Office
from tests.workbook.damages import FIRST, OWN, SUMMARY, all_names_deleted
from xlperf.__main__ import run as command
from xlperf.comparison.record_diff import differences
from xlperf.forms.defined_names import AID
from xlperf.jobs.fix_repair.repair_file import repair
from xlperf.layout.addresses import cell_address
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.names import named_boxes
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import write_master

GUIDE, LISTS, MANIFEST = "使用说明", "_lists", "_xlperf"


def aid(name: str, nth: int = 0) -> Callable[[Worksheet], str]:
    """A cell of an area of ours, counted row by row."""
    return lambda sheet: cell_address(*named_boxes(sheet)[AID + name].coords()[nth])


def without_formula(sheet: Worksheet) -> str:
    """A cell of the check column that has nothing to say."""
    free = (
        at for at in named_boxes(sheet)[AID + "check"].coords() if sheet.cell(*at).value is None
    )
    return cell_address(*next(free))


def checking(sheet: Worksheet) -> str:
    """A cell of the check column that holds a formula."""
    held = (
        at for at in named_boxes(sheet)[AID + "check"].coords() if sheet.cell(*at).data_type == "f"
    )
    return cell_address(*next(held))


def made(name: str) -> Callable[[Worksheet], str]:
    return lambda sheet: cell_address(*named_boxes(sheet)[f"XPG_{name}"].at)


def heading(sheet: Worksheet) -> str:
    """The first heading of the summary that says what was budgeted."""
    return next(c.coordinate for c in cells_of(sheet) if c.value == "预算数")


@dataclass(frozen=True)
class Typed:
    """What somebody typed, and where."""

    sheet: str
    where: Callable[[Worksheet], str]
    content: str | float

    @property
    def text(self) -> str:
        """As the record has it."""
        return str(self.content)


TYPED = (
    Typed(FIRST, without_formula, "此处与批复不符"),
    Typed(FIRST, checking, "已核对"),
    Typed(FIRST, aid("status"), "正常，张科长看过"),
    Typed(FIRST, aid("sections", 2), "计划待定"),
    Typed(FIRST, aid("back"), "见附件三"),
    Typed(FIRST, aid("parts", 6), "分两行"),
    Typed(FIRST, aid("parts", 9), 2100000),
    Typed(FIRST, aid("checks", 3), "藏在检查行里的话"),
    Typed(FIRST, aid("checks", 4), 7),
    Typed(OWN, without_formula, "备注：缺附件"),
    Typed(OWN, aid("status", 1), "等局长审定"),
    Typed(
        OWN, lambda sheet: cell_address(*named_boxes(sheet)["XPF_safeguards__ordinal"].at), "重点"
    ),
    Typed(GUIDE, lambda _: "A3", "本县规定"),
    Typed(GUIDE, lambda _: "B4", "七月一日以前报送两份"),
    Typed(GUIDE, lambda _: "C5", "印发给各科室"),
    Typed(SUMMARY, made("total__budget"), 999),
    Typed(SUMMARY, made("projects__budget"), "待批"),
    Typed(SUMMARY, made("projects__status"), "已报财政"),
    Typed(SUMMARY, heading, "批复数"),
    Typed(SUMMARY, aid("listed", 1), "旁边的话"),
    Typed(LISTS, lambda _: "C1", "自定义标准"),
    Typed(LISTS, lambda _: "ZA3", "列表外的话"),
    Typed(MANIFEST, lambda _: "D2", "程序表上的话"),
)


@pytest.fixture(scope="module")
def typed(
    small_master: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[dict[str, str]]]:
    """A workbook in which somebody typed all of that, and what is to be told of it."""
    book = opened(small_master)
    entries = []
    for entry in TYPED:
        cell = entry.where(book[entry.sheet])
        book[entry.sheet][cell] = entry.content
        entries.append({"place": f"{entry.sheet}!{cell}", "text": entry.text})
    path = tmp_path_factory.mktemp("typed") / "typed.xlsx"
    book.save(path)
    return path, entries


def in_order(entries: list[dict[str, str]]) -> list[tuple[str, str]]:
    return sorted((entry["place"], entry["text"]) for entry in entries)


def texts(path: Path) -> list[str]:
    return sorted(leftover["text"] for leftover in read_workbook(path).record.get("leftovers", []))


ALL = sorted(entry.text for entry in TYPED)


def test_every_word_typed_over_what_is_ours_is_told_with_its_place_and_is_a_finding(
    typed: tuple[Path, list[dict[str, str]]], small: Raw
) -> None:
    path, entries = typed
    reading = read_workbook(path)
    assert in_order(reading.record["leftovers"]) == in_order(entries)
    findings = [
        finding for finding in run(reading, catalogue().values()) if finding.code == "STR020"
    ]
    assert len(findings) == len(TYPED) == 23
    rest = {key: value for key, value in reading.record.items() if key != "leftovers"}
    assert not differences(small, rest)


def test_a_repair_keeps_every_word_and_puts_our_formulas_back(
    typed: tuple[Path, list[dict[str, str]]], tmp_path: Path
) -> None:
    path, entries = typed
    mended, again = tmp_path / "mended.xlsx", tmp_path / "again.xlsx"
    assert repair(path, mended).redrawn
    assert texts(mended) == ALL
    places = {entry["text"]: entry["place"] for entry in read_workbook(mended).record["leftovers"]}
    assert places["此处与批复不符"] == entries[0]["place"]  # an empty cell keeps its note
    book = load_workbook(mended)
    assert book[FIRST]["J2"].data_type == "f" and book[GUIDE]["A3"].value == "谁来填"
    assert not repair(mended, again).redrawn


def test_a_regenerated_workbook_has_every_word_and_the_command_says_where(
    typed: tuple[Path, list[dict[str, str]]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = typed
    record, made_anew = tmp_path / "r.json", tmp_path / "anew.xlsx"
    assert command(["read", str(path), "-o", str(record)]) == 0
    assert command(["generate", str(record), "-o", str(made_anew)]) == 0
    assert "表格以外的文字 23 处" in capsys.readouterr().out.replace("\n", "")
    assert texts(made_anew) == ALL
    fixed = tmp_path / "fixed.xlsx"
    assert command(["fix", str(path), "-o", str(fixed)]) == 0
    assert texts(fixed) == ALL


@pytest.mark.office
def test_our_own_words_and_results_are_nobodys_after_another_program_saved_them(
    office: Office, small_master: Path, small: Raw, tmp_path: Path
) -> None:
    """Also where somebody pasted the results of every formula over the formulas."""
    saved, pasted = tmp_path / "saved.xlsx", tmp_path / "pasted.xlsx"
    damage = {"do": "clear", "sheet": FIRST, "cell": "B5"}  # so that hints and tokens say much
    office.edit(small_master, saved, damage)
    assert texts(saved) == []
    book, shown = load_workbook(saved), load_workbook(saved, data_only=True)
    for sheet in book.worksheets:
        for cell in cells_of(sheet):
            if cell.data_type == "f":
                cell.value = shown[sheet.title][cell.coordinate].value
    book.save(pasted)
    assert texts(pasted) == []


def older(book: Workbook) -> None:
    """A workbook of another version, whose words differ a little from those of today."""
    sheet = book[MANIFEST]
    row = next(row for row in sheet.iter_rows() if row[0].value == "words")
    row[1].value = "000000000000"
    book[GUIDE]["B3"] = str(book[GUIDE]["B3"].value)[:-6] + "都看一遍。"
    book[LISTS]["L1"] = "以前的提示语"


def test_the_words_of_another_version_are_nobodys_but_a_note_still_is(
    small_master: Path, tmp_path: Path
) -> None:
    book = opened(small_master)
    older(book)
    book[FIRST]["I4"], book[GUIDE]["B5"] = "待改", "找老王要表"
    book.save(tmp_path / "older.xlsx")
    assert texts(tmp_path / "older.xlsx") == ["待改", "找老王要表"]


def test_a_workbook_of_english_words_has_no_leftovers(small: Raw, tmp_path: Path) -> None:
    from xlperf import wording  # noqa: PLC0415

    with wording.speaking("en"):
        write_master(small, tmp_path / "en.xlsx")
    assert texts(tmp_path / "en.xlsx") == []


@pytest.mark.parametrize("as_names_of_the_book", [False, True], ids=["gone", "without a sheet"])
def test_guide_and_summary_are_nobodys_words_where_all_names_are_lost(
    small_master: Path, small: Raw, tmp_path: Path, as_names_of_the_book: bool
) -> None:
    book = opened(small_master)
    if as_names_of_the_book:
        for sheet in book.worksheets:
            book.defined_names.update(sheet.defined_names)
    all_names_deleted(book)
    book[GUIDE]["B5"] = "找老王要表"
    book.save(tmp_path / "nameless.xlsx")
    mended = tmp_path / "mended.xlsx"
    repair(tmp_path / "nameless.xlsx", mended)
    reading = read_workbook(mended)
    assert reading.record.pop("leftovers") == [{"place": f"{GUIDE}!B5", "text": "找老王要表"}]
    assert not differences(small, reading.record)
    names = load_workbook(mended).defined_names
    assert not [name for name in names if name.startswith(("XPF_", "XPG_", "XPL_"))]
