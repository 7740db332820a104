"""Damaged workbooks: every kind is found, mended, and not a word is lost; sound ones are left."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import cells_of, opened
from tests.masters import drawn_once, put_master
from tests.office import Office
from tests.workbook.damages import (
    DRAFT,
    FIRST,
    IN_FILE,
    IN_OFFICE,
    OWN,
    SECOND,
    SUMMARY,
    Harm,
    draft,
    ids,
    step,
    texts_of,
)
from xlperf import __version__
from xlperf.__main__ import run
from xlperf.canonical import canonical
from xlperf.comparison.record_diff import differences
from xlperf.errors import UserError
from xlperf.jobs.fix_repair.repair_file import detect, repair
from xlperf.record import Raw
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.package.saving import save
from xlperf.workbook.read import read_workbook
from xlperf.workbook.repair.diagnosis import examine
from xlperf.workbook.repair.drawings import DRAWINGML, SHEET_DRAWING
from xlperf.workbook.write import write_master

OURS = ("XPF_", "XPG_", "XPL_")


@pytest.fixture(scope="module")
def pair(small: Raw) -> Raw:
    """The small record with two projects."""
    return canonical({**small, "projects": small["projects"][:2]})


@pytest.fixture(scope="module")
def pair_master(pair: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master workbook of two projects."""
    path = tmp_path_factory.mktemp("pair") / "pair.xlsx"
    put_master(pair, path)
    return path


@dataclass(frozen=True)
class Sound:
    """Workbooks that nobody has damaged yet, and their records, by their number of projects."""

    records: dict[int, Raw]
    books: dict[int, Path]


@pytest.fixture
def sound(small: Raw, small_master: Path, pair: Raw, pair_master: Path) -> Sound:
    return Sound({2: pair, 3: small}, {2: pair_master, 3: small_master})


@pytest.fixture(scope="module", autouse=True)
def _one_fresh_master_for_a_record() -> Iterator[None]:
    with drawn_once():
        yield


def expected_of(record: Raw, harm: Harm) -> Raw:
    made = deepcopy(record)
    if harm.record:
        harm.record(made)
    return canonical(made)


def without_loose(record: Raw) -> Raw:
    return {key: value for key, value in record.items() if key != "leftovers"}


@pytest.fixture
def check_mended(sound: Sound, tmp_path: Path) -> Callable[[Harm, Path], None]:
    """Repairs, and sees to it that everything is done that every repair must have done."""

    def check(harm: Harm, source: Path) -> None:
        mended = tmp_path / "mended.xlsx"
        repaired = repair(source, mended)
        assert harm.kinds <= {damage.kind for damage in repaired.damages if not damage.is_note}
        assert bool(repaired.unmended) == bool(harm.status)
        book = open_book(mended)
        assert set(harm.texts) <= texts_of(book)
        examination = examine(book, mended)
        assert [damage for damage in examination.damages if not damage.is_note] == []
        expected = expected_of(sound.records[harm.projects], harm)
        assert not differences(expected, without_loose(examination.reading.record))
        wrong = {damage.sheet for damage in repaired.damages if not damage.is_note}
        source_book = cache(lambda: open_book(source))  # opened where a sheet differs

        def stands_as_before(title: str) -> bool:
            """Whether nothing was wrong with a sheet, which another program saved as it stands."""
            if title in wrong or title not in source_book().sheetnames:
                return False
            return machinery(book[title], {}) == machinery(source_book()[title], {})

        assert_same_machinery(book, examination.fresh, stands_as_before)

    return check


def assert_same_machinery(
    mended: Workbook, fresh: Workbook, may_differ: Callable[[str], bool] = lambda _: False
) -> None:
    """Names, validations, colours, formulas, protection: as in a workbook made anew.

    `may_differ`: whether that is no fault of a sheet, by its title.
    """
    forms, made = (
        [s for s in book.worksheets if s.defined_names.keys() & {"XPF_purpose", "XPF_overall_goal"}]
        for book in (mended, fresh)
    )
    titles = {one.title: two.title for one, two in zip(made, forms, strict=True)}
    pairs = [*zip(forms, made, strict=True), *((mended[t], fresh[t]) for t in (SUMMARY, "_lists"))]
    for one, two in pairs:
        assert machinery(one, {}) == machinery(two, titles) or may_differ(one.title), one.title
    public, having = (  # some programs leave the quotation marks around a title out
        {n: str(d.attr_text).replace("'", "") for n, d in book.defined_names.items()}
        for book in (fresh, mended)
    )
    assert {name: text for name, text in having.items() if name in public} == public


def machinery(sheet: Worksheet, titles: dict[str, str]) -> dict[str, Any]:
    def renamed(text: object) -> str:
        for old, new in titles.items():
            text = str(text).replace(f"'{old}'", f"'{new}'").replace(f'"{old}"', f'"{new}"')
            text = str(text).replace(f"#'{old}'", f"#'{new}'")
        return str(text)

    formulas = {c.coordinate: renamed(c.value) for c in cells_of(sheet)
                if c.data_type == "f"}  # fmt: skip
    names = {n: renamed(d.attr_text) for n, d in sheet.defined_names.items() if n.startswith(OURS)}
    validations = {(d.type, d.formula1, d.prompt, str(d.sqref))
             for d in sheet.data_validations.dataValidation}  # fmt: skip
    colours = sorted((str(c.sqref), renamed([r.formula for r in c.rules]))
                     for c in sheet.conditional_formatting)  # fmt: skip
    merged = sorted(str(area) for area in sheet.merged_cells.ranges)
    protection = (sheet.protection.sheet, sheet.protection.password, sheet.sheet_state)
    return {"formulas": formulas, "names": names, "asked": validations, "colours": colours,
            "merged": merged, "kept": protection, "paper": sheet.print_title_rows}  # fmt: skip


@pytest.mark.office
@pytest.mark.parametrize("harm", IN_OFFICE, ids=ids(IN_OFFICE))
def test_what_people_damage_in_a_spreadsheet_program_is_found_and_mended(
    harm: Harm, office: Office, sound: Sound, tmp_path: Path, check_mended: Any
) -> None:
    damaged = tmp_path / "damaged.xlsx"
    office.edit(sound.books[harm.projects], damaged, *harm.steps, charts=True)
    check_mended(harm, damaged)


@pytest.mark.parametrize("harm", IN_FILE, ids=ids(IN_FILE))
def test_what_programs_damage_in_a_file_is_found_and_mended(
    harm: Harm, sound: Sound, tmp_path: Path, check_mended: Any
) -> None:
    damaged = tmp_path / "damaged.xlsx"
    book = opened(sound.books[harm.projects])
    assert harm.change
    harm.change(book)
    book.save(damaged)
    check_mended(harm, damaged)


def test_a_sound_workbook_is_copied_byte_for_byte(pair_master: Path, tmp_path: Path) -> None:
    assert detect(pair_master) == []
    assert not repair(pair_master, tmp_path / "same.xlsx").redrawn
    assert (tmp_path / "same.xlsx").read_bytes() == pair_master.read_bytes()


def test_a_sound_workbook_of_another_version_gets_the_formulas_of_this_one(
    small: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, mended, again = (tmp_path / f"{name}.xlsx" for name in ("old", "mended", "again"))
    monkeypatch.setattr("xlperf.workbook.write.__version__", "0.5.0")
    write_master(small, old)
    monkeypatch.undo()
    book = opened(old)
    checks = book[FIRST].defined_names["XPL_checks"].attr_text.rpartition("!")[2]
    cell = book[FIRST][checks.replace("$", "")][0][0]
    cell.value = '="as it was worked out before"'
    book.save(old)
    result = repair(old, mended)
    assert result.redrawn and [damage.kind for damage in result.damages] == ["outdated"]
    there = read_workbook(mended)
    assert (there.version, read_workbook(old).version) == (__version__, "0.5.0")
    assert differences(read_workbook(old).record, there.record) == []
    assert "as it was worked out before" not in str(opened(mended)[FIRST][cell.coordinate].value)
    assert not repair(mended, again).redrawn


@pytest.mark.office
@pytest.mark.parametrize(
    ("steps", "noted"),
    [
        ((), []),
        ((step("insert_rows", row=12), step("text", cell="B12", value="质量指标"),
          step("text", cell="C12", value="新增指标"), step("text", cell="F12", value="≥3次"),
          step("delete_rows", row=15)), []),
        ((step("insert_rows", row=1), step("insert_rows", OWN, row=12),
          step("text", OWN, cell="D12", value="插入的指标")), []),
        ((step("number", cell="C4", value=6400.5), step("type", cell="C4", value="=6000+400.5"),
          step("type", cell="B7", value="30%"), step("type", cell="F10", value="100%"),
          step("text", cell="J25", value="旁注"), *draft("草稿")), []),
        (({"do": "rename_sheet", "sheet": FIRST, "name": "改了名"},), []),
        (({"do": "move_sheet", "sheet": FIRST, "position": 5},), ["reordered"]),
    ],
    ids=["saved", "rows", "rows above", "typed", "renamed", "reordered"],
)  # fmt: skip
def test_ordinary_edits_are_no_damage(
    office: Office, pair_master: Path, tmp_path: Path, steps: tuple[dict, ...], noted: list[str]
) -> None:
    edited = tmp_path / "edited.xlsx"
    office.edit(pair_master, edited, *steps, charts=True)
    assert [damage.kind for damage in detect(edited)] == noted


def test_fills_fonts_notes_sizes_and_sheets_of_peoples_own_are_carried_over(
    pair_master: Path, pair: Raw, tmp_path: Path
) -> None:
    book = opened(pair_master)
    sheet = book[FIRST]
    del sheet.defined_names["XPF_budget"]
    sheet["C12"].fill = PatternFill("solid", fgColor="FF92D050")
    sheet["F12"].font = Font(b=True, color="FFC00000")
    sheet["B5"].comment = Comment("问过财政局", "老张")
    sheet["K24"], sheet["K25"] = "旁注", "=C4*2"
    sheet.column_dimensions["C"].width = 30
    sheet.row_dimensions[5].height, sheet.row_dimensions[12].height = 200, 3
    low = opened(pair_master)[FIRST].row_dimensions[12].height
    sheet.sheet_properties.tabColor = "FF00B0F0"
    draft_sheet = book.create_sheet(DRAFT, 1)
    draft_sheet["A1"], draft_sheet["A2"] = "草稿", f"='{FIRST}'!C4"
    book.save(tmp_path / "damaged.xlsx")
    repair(tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx")
    book = load_workbook(tmp_path / "mended.xlsx")
    sheet = book[FIRST]
    assert sheet["C12"].fill.fgColor.rgb == "FF92D050"
    assert sheet["F12"].font.b and sheet["F12"].font.color.rgb == "FFC00000"
    assert sheet["B5"].comment.text == "问过财政局" and sheet["B5"].comment.author == "老张"
    assert (sheet["K24"].value, sheet["K25"].value) == ("旁注", "=C4*2")
    assert sheet.column_dimensions["C"].width == 30
    assert (sheet.row_dimensions[5].height, sheet.row_dimensions[12].height) == (200, low)
    assert sheet.sheet_properties.tabColor.rgb == "FF00B0F0"
    assert book.sheetnames[1] == DRAFT and book[DRAFT]["A2"].value == f"='{FIRST}'!C4"
    assert not differences(pair, without_loose(read_workbook(tmp_path / "mended.xlsx").record))


def test_the_command_tells_what_was_mended_and_what_was_not(
    pair_master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = opened(pair_master)
    del book[FIRST].defined_names["XPF_budget"]
    book.save(tmp_path / "a.xlsx")
    assert run(["repair", str(tmp_path / "a.xlsx"), "-o", str(tmp_path / "b.xlsx")]) == 0
    output = capsys.readouterr().out
    assert (
        f"{FIRST}!C4" in output and "一栏的名称标记丢失：预算数" in output and "修复 1 处" in output
    )
    assert run(["repair", str(tmp_path / "b.xlsx"), "-o", str(tmp_path / "c.xlsx")]) == 0
    assert "没有发现损坏" in capsys.readouterr().out
    del book[OWN]
    book.save(tmp_path / "a.xlsx")
    assert run(["repair", str(tmp_path / "a.xlsx"), "-o", str(tmp_path / "b.xlsx")]) == 1
    Workbook().save(tmp_path / "foreign.xlsx")
    before = sorted(tmp_path.iterdir())
    assert run(["repair", str(tmp_path / "foreign.xlsx"), "-o", str(tmp_path / "d.xlsx")]) == 2
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.office
def test_statuses_and_totals_of_a_mended_workbook_are_those_of_a_sound_one(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    damaged, mended = tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx"
    steps = ({"do": "delete_sheet", "sheet": SUMMARY}, {"do": "delete_sheet", "sheet": "_lists"},
             step("unprotect"), step("delete_rows", row=70, count=12))  # fmt: skip
    office.edit(small_master, damaged, *steps, charts=True)
    repair(damaged, mended)
    shown = [
        *({"do": "named", "name": f"XP_{name}"} for name in ("BUDGET", "PLAN_06", "STATUS")),
        {"do": "rows", "sheet": SUMMARY},
        *({"do": "value", "sheet": title, "cell": "J2"} for title in (FIRST, SECOND)),
        {"do": "errors"},
    ]
    assert office.look(mended, *shown) == office.look(small_master, *shown)


@pytest.mark.office
def test_findings_marks_and_their_notes_survive_a_repair(
    office: Office, pair_master: Path, tmp_path: Path
) -> None:
    marked = tmp_path / "marked.xlsx"
    run(["validate", str(pair_master), "--annotate", str(marked), "--fail-on", "never"])
    assert detect(marked) == []
    damaged, mended = tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx"
    office.edit(marked, damaged, {"do": "delete_sheet", "sheet": SUMMARY},
                step("insert_rows", row=1), charts=True)  # fmt: skip
    repair(damaged, mended)
    before, after = load_workbook(marked), load_workbook(mended)
    assert notes(before) == notes(after) != {}
    for sheet in before.worksheets:
        names = {n: d.attr_text for n, d in sheet.defined_names.items() if n.startswith("XPM_")}
        assert (
            names.items()
            <= {n: d.attr_text for n, d in after[sheet.title].defined_names.items()}.items()
        )
    assert [c.value for c in after["问题清单"]["F"]] == [c.value for c in before["问题清单"]["F"]]


def notes(book: Workbook) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for cell in cells_of(sheet)
        if cell.comment
    }


def test_a_repair_takes_a_copied_sheet_into_the_summary(
    small_master: Path, small: Raw, tmp_path: Path
) -> None:
    book = opened(small_master)
    copied = book.copy_worksheet(book[FIRST])
    for name, defined in book[FIRST].defined_names.items():
        target = defined.attr_text.replace(FIRST, copied.title)
        copied.defined_names[name] = type(defined)(name, attr_text=target)
    book[FIRST].protection.sheet = False
    book.save(tmp_path / "copied.xlsx")
    assert repair(tmp_path / "copied.xlsx", tmp_path / "fresh.xlsx").redrawn
    names = load_workbook(tmp_path / "fresh.xlsx")
    listed = [c.hyperlink.location for c in names[SUMMARY]["C"] if c.hyperlink]
    assert f"'{copied.title}'!A1" in listed and len(listed) == len(small["projects"]) + 1


def test_a_repair_that_would_lose_a_word_is_refused_and_nothing_is_written(
    pair_master: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened(pair_master)
    book[FIRST].protection.sheet = False
    book[FIRST]["B5"].comment = Comment("问过财政局", "老张")
    book.save(tmp_path / "a.xlsx")
    monkeypatch.setattr("xlperf.workbook.repair.rebuild.carry", lambda *_: None)
    with pytest.raises(UserError) as refusal:
        repair(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert refusal.value.key == "would_lose" and "问过财政局" in refusal.value.facts["paths"]
    assert not (tmp_path / "b.xlsx").exists()


def test_only_damaged_sheets_are_written_and_text_boxes_elsewhere_stay(
    pair_master: Path, tmp_path: Path
) -> None:
    damaged, mended = tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx"
    with zipfile.ZipFile(pair_master) as source, zipfile.ZipFile(damaged, "w") as target:
        first = f"xl/worksheets/sheet{opened(pair_master).sheetnames.index(FIRST) + 1}.xml"
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/drawings/drawing1.xml":
                data = with_text_box(data)
            if name == first:
                data = re.sub(rb"<dataValidations .*</dataValidations>", b"", data, flags=re.S)
            target.writestr(name, data)
    repaired = repair(damaged, mended)
    assert {damage.kind for damage in repaired.damages} == {"validation"}
    assert repaired.unmended == []
    with zipfile.ZipFile(damaged) as old, zipfile.ZipFile(mended) as new:
        common_names = {name for name in new.namelist() if name in old.namelist()}
        changed = {name for name in common_names if old.read(name) != new.read(name)}
        gone = {*old.namelist()} - common_names
    lists = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert lists <= changed <= lists | {"xl/styles.xml"}
    assert gone == {first}
    before, after = (load_workbook(path, data_only=True) for path in (pair_master, mended))
    assert after.sheetnames == before.sheetnames
    shown = [[[c.value or "" for c in row] for row in book[FIRST]["A1:G30"]]
             for book in (before, after)]  # fmt: skip
    assert shown[0] == shown[1]
    examination = examine(open_book(mended), mended)
    assert examination.damages == []
    assert_same_machinery(open_book(mended), examination.fresh)


def test_words_in_hidden_cells_of_a_sound_sheet_stay_where_they_are(
    pair_master: Path, tmp_path: Path
) -> None:
    """The first sheet is damaged; on the second one words stand in hidden columns and rows."""
    damaged, mended = tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx"
    book = open_book(pair_master)
    second = book.worksheets[book.sheetnames.index(FIRST) + 1]
    second["L5"] = "藏在列里的话"
    del book[FIRST].defined_names["XPF_purpose"]
    save(book, damaged)
    assert {damage.kind for damage in repair(damaged, mended).damages} == {"name_lost"}
    part = f"xl/worksheets/sheet{book.sheetnames.index(second.title) + 1}.xml"
    with zipfile.ZipFile(damaged) as old, zipfile.ZipFile(mended) as new:
        assert new.read(part) == old.read(part)
    assert opened(mended).sheetnames == book.sheetnames
    assert opened(mended)[second.title]["L5"].value == "藏在列里的话"

    book[FIRST]["L5"] = "坏表里的话"
    save(book, damaged)
    repair(damaged, mended)  # the words of the damaged sheet need a place: all are put there
    assert {"藏在列里的话", "坏表里的话"} <= texts_of(opened(mended))


def with_text_box(drawing: bytes) -> bytes:
    box = f'<xdr:sp xmlns:xdr="{SHEET_DRAWING[1:-1]}"><xdr:txBody><a:p xmlns:a="{DRAWINGML[1:-1]}">'
    box += "<a:r><a:t>框里的话</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    head, tail = drawing.decode().rsplit("</", 1)
    return f"{head}{box}</{tail}".encode()


def test_the_words_of_a_text_box_are_kept_and_the_box_is_told_as_lost(
    pair_master: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(pair_master) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/drawings/drawing1.xml":
                data = with_text_box(data)
            target.writestr(name, re.sub(rb"<sheetProtection [^>]*/>", b"", data))
    assert {damage.kind for damage in detect(damaged)} == {"unprotected"}
    repaired = repair(damaged, tmp_path / "mended.xlsx")
    assert [(d.kind, d.detail) for d in repaired.unmended] == [("drawn_text", "框里的话")]
    assert "框里的话" in texts_of(load_workbook(tmp_path / "mended.xlsx"))


@pytest.mark.office
def test_formulas_typed_into_fields_stay_formulas_and_keep_their_results(
    office: Office, pair_master: Path, tmp_path: Path
) -> None:
    damaged, mended = tmp_path / "damaged.xlsx", tmp_path / "mended.xlsx"
    steps = (step("type", cell="C4", value="=6000+400.5"), step("unprotect"),
             step("type", cell="B7", value="=1/4"), step("type", SECOND, cell="C4", value="=E4+0"),
             step("insert_rows", SECOND, row=1))  # fmt: skip
    office.edit(pair_master, damaged, *steps, charts=True)
    damages = repair(damaged, mended).damages
    assert [(d.place, d.detail) for d in damages if d.kind == "formula_value"] == [
        (f"{SECOND}!C4", "=E5+0")
    ]
    first, second = (load_workbook(mended)[title] for title in (FIRST, SECOND))
    assert (first["C4"].value, first["B7"].value) == ("=6000+400.5", "=1/4")
    assert isinstance(second["C4"].value, int | float)  # what it looked at has moved
    projects = read_workbook(mended).record["projects"]
    assert str(projects[0]["budget"]) == "6400.50"
    assert projects[0]["spending_plan"]["03"] == 25
