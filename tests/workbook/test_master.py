"""The master workbook: what is in it, what it refuses, what comes back from it."""

from __future__ import annotations

import re
import zipfile
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import cells_of
from tests.effort import tries
from tests.layout.test_round_trip import says_one_thing
from tests.masters import put_master
from tests.records import RECORD
from xlperf import wording
from xlperf.canonical import canonical
from xlperf.comparison.record_diff import differences
from xlperf.errors import UserError
from xlperf.forms.defined_names import sheet_title
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.storage.files import shipped
from xlperf.workbook.draw.cell_styles import PREFIX
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import master_book, write_master

PUBLIC = (
    *("XP_BUDGET", "XP_FISCAL", "XP_OTHER", "XP_PROJECTS", "XP_STATUS"),
    *("XP_PLAN_03", "XP_PLAN_06", "XP_PLAN_10", "XP_PLAN_12"),
)


def test_the_sheets_stand_in_the_order_of_the_contract(
    opened_master: Workbook, sample: Raw
) -> None:
    projects = [
        sheet_title(number, project["name"], ())
        for number, project in enumerate(sample["projects"], 1)
    ]
    assert opened_master.sheetnames == [
        "使用说明",
        "汇总",
        "部门整体",
        *projects,
        "_xlperf",
        "_lists",
    ]
    assert [opened_master[name].sheet_state for name in ("_xlperf", "_lists")] == [
        "hidden",
        "hidden",
    ]
    assert opened_master.active.title == "汇总"


def test_the_public_names_are_workbook_scoped_and_lead_to_one_cell(opened_master: Workbook) -> None:
    names = opened_master.defined_names
    assert set(PUBLIC) <= set(names)
    for name in PUBLIC:
        assert re.fullmatch(r"'汇总'!\$[A-Z]+\$\d+", names[name].attr_text)


@pytest.fixture(scope="module")
def reading(master: Path) -> Reading:
    return read_workbook(master)


def test_the_record_comes_back_from_the_workbook_identical(reading: Reading, sample: Raw) -> None:
    assert not differences(sample, reading.record)
    assert reading.record == sample
    assert not reading.remarks


def test_every_field_of_the_record_has_a_place(reading: Reading, sample: Raw) -> None:
    where = reading.where
    for number, project in enumerate(sample["projects"]):
        for key in ("code", "name", "budget", "fiscal", "other", "purpose", "goals", "unit"):
            assert where["projects", number, key].cell
        for line in range(len(project["indicators"])):
            assert where["projects", number, "indicators", line, "target"].sheet.startswith(
                f"{number + 1:02d} "
            )


@pytest.mark.long
@settings(max_examples=tries(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(record=RECORD)
def test_any_record_comes_back_from_a_file_identical(
    record: Raw, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assume(says_one_thing(record) and record["projects"])
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    write_master(record, path)
    assert not differences(record, read_workbook(path).record)


def test_no_function_is_newer_than_excel_2016_and_no_macro_is_inside(master: Path) -> None:
    with zipfile.ZipFile(master) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    assert not any("_xlfn" in text for text in parts.values())
    assert not any("vba" in name.lower() for name in parts)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    project = {"name": "=1+1", "purpose": "=cmd|' /C calc'!A0", "goals": ["=SUM(A1)"]}
    record = canonical({"edition": "hebei-2021", "projects": [project]})
    write_master(record, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    sheet = book.worksheets[3]
    formulas = [c.value for row in sheet["A1:G20"] for c in row if c.data_type == "f"]
    assert formulas == ['="1."&$E$3&"绩效目标表"']
    assert read_workbook(tmp_path / "a.xlsx").record == record


def test_every_look_the_forms_ask_for_is_a_style_of_the_template(opened_master: Workbook) -> None:
    styles = set(load_workbook(shipped("workbook_templates", "styles.xlsx")).named_styles)
    used = {cell.style for sheet in opened_master.worksheets for cell in cells_of(sheet)}
    assert {style for style in used if style != "Normal"} <= styles
    assert all(style.startswith(PREFIX) for style in used if style != "Normal")


def test_project_sheets_are_a4_portrait_one_page_wide_with_repeated_titles(
    opened_master: Workbook,
) -> None:
    sheet = opened_master.worksheets[3]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4"
    assert "&P" in sheet.oddFooter.center.text


def test_the_summary_links_to_every_project_and_every_project_back(
    opened_master: Workbook, sample: Raw
) -> None:
    summary = cells_of(opened_master["汇总"])
    targets = [c.hyperlink.location for c in summary if c.hyperlink]
    titles = [name for name in opened_master.sheetnames if re.match(r"\d\d ", name)]
    assert targets == [f"'{title}'!A1" for title in ("部门整体", *titles)]
    for title in titles:
        links = [c.hyperlink for c in cells_of(opened_master[title]) if c.hyperlink]
        assert [link.location for link in links] == ["'汇总'!A1"]


def test_sheet_titles_are_valid_and_unique_whatever_projects_are_called() -> None:
    taken: list[str] = []
    for number, name in enumerate(["a/b:c*?[d]\\", "长" * 60, "长" * 60, "", "'x'", "😀" * 40], 1):
        taken.append(sheet_title(number, name, taken))
    assert len({title.lower() for title in taken}) == len(taken)
    for title in taken:
        assert not re.search(r"[\[\]:*?/\\]", title)
        assert 0 < len(title.encode("utf-16-le")) // 2 <= 31
        assert not title.startswith("'") and not title.endswith("'")
    assert taken[0] == "01 a b c   d"


def test_titles_have_no_apostrophe_that_links_would_have_to_double(
    small: Raw, tmp_path: Path
) -> None:
    """In Excel `#'01 党员's'!A1` leads nowhere; the name itself stays as it is."""
    record = deepcopy(small)
    record["projects"][0]["name"] = "党员's学习'费'"
    path = put_master(canonical(record), tmp_path / "master.xlsx")
    title = load_workbook(path, read_only=True).sheetnames[3]
    assert title == "01 党员\u2019s学习\u2019费"
    assert read_workbook(path).record["projects"][0]["name"] == "党员's学习'费'"


@pytest.mark.parametrize(
    ("record", "key"),
    [
        ({"edition": "hebei-1999"}, "no_edition"),
        ({"edition": "hebei-2021", "projects": [{"code": "1", "note": "x"}]}, "would_lose"),
        ({"edition": "hebei-2021", "projects": [{"purpose": "长" * 32768}]}, "too_long"),
    ],
)
def test_what_a_workbook_cannot_hold_is_refused_and_nothing_is_written(
    record: Raw, key: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as refusal:
        write_master(canonical(record), tmp_path / "a.xlsx")
    assert refusal.value.key == key
    assert not list(tmp_path.iterdir())


def test_inferred_values_stay_marked_until_somebody_changes_them(tmp_path: Path) -> None:
    record = canonical(
        {
            "edition": "hebei-2021",
            "fiscal_year": 2021,
            "department": {"code": "333", "name": "某局"},
            "projects": [{"name": "甲"}],
            "inferred": ["fiscal_year", "department/name"],
        }
    )
    path = tmp_path / "a.xlsx"
    write_master(record, path)
    assert read_workbook(path).record == record
    book = load_workbook(path)
    book["部门整体"]["D2"] = "某某局"
    book.save(path)
    assert read_workbook(path).record["inferred"] == ["fiscal_year"]


def test_rows_are_high_enough_for_their_texts(tmp_path: Path) -> None:
    long = "保障设施完好、运行正常并按时完成年度计划任务。" * 60
    record = canonical(
        {
            "edition": "hebei-2021",
            "overall_goal": long * 4,
            "projects": [{"name": "甲", "purpose": long, "goals": [long, "短"]}],
        }
    )
    write_master(record, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    for sheet, text in ((book.worksheets[2], long * 4), (book.worksheets[3], long)):
        area = next(
            a for a in sheet.merged_cells.ranges if sheet.cell(a.min_row, a.min_col).value == text
        )
        height = sum(sheet.row_dimensions[r].height for r in range(area.min_row, area.max_row + 1))
        width = sum(
            sheet.column_dimensions[chr(64 + c)].width
            for c in range(area.min_col, area.max_col + 1)
        )
        assert height >= 15 * len(text) * 2 / width
        heights = [row.height for row in sheet.row_dimensions.values() if row.height is not None]
        assert heights and max(heights) <= 409.5
    assert read_workbook(tmp_path / "a.xlsx").record == record


def test_the_workbook_speaks_english_by_switch_but_the_form_stays_official(sample: Raw) -> None:
    with wording.speaking("en"):
        book = master_book(sample)
    assert book["使用说明"]["A1"].value.startswith("Budget performance")
    assert book.worksheets[3]["A3"].value == "项目编码"


def test_amounts_with_parts_of_a_cent_typed_by_people_are_rounded_and_reported(
    master: Path, tmp_path: Path
) -> None:
    book = load_workbook(master)
    sheet = book.worksheets[3]
    sheet["C4"] = 6400.125
    book.save(tmp_path / "a.xlsx")
    reading = read_workbook(tmp_path / "a.xlsx")
    assert reading.record["projects"][0]["budget"] == Decimal("6400.13")
    assert [(r.code, r.path) for r in reading.remarks] == [("AMT209", ("projects", 0, "budget"))]


def merged_book(path: Path) -> Path:
    """A book with merged cells of every sort: borders on the first cell, on the last, on none."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    thin, double, red = Side("thin"), Side("double"), Side("thick", color="FFC00000")
    sheet["B2"].border = Border(top=thin, left=red)
    sheet["B2"].protection = Protection(locked=False)
    sheet["D5"].border = Border(right=thin, bottom=double)
    sheet["J9"].border = Border(top=double, bottom=double)
    for area in ("B2:D5", "F1:G1", "H1:H4", "J9:L9", "K9:M12", "J9:L9"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def test_a_book_is_opened_with_the_borders_and_locks_that_openpyxl_reads(
    small_master: Path, tmp_path: Path
) -> None:
    for path in (small_master, merged_book(tmp_path / "merged.xlsx")):
        ours, theirs = open_book(path), load_workbook(path)
        assert ours.sheetnames == theirs.sheetnames != []
        assert vars(ours).keys() == vars(theirs).keys()
        assert list(ours._borders) == list(theirs._borders)
        assert list(ours._protections) == list(theirs._protections)
        for one, two in zip(ours.worksheets, theirs.worksheets, strict=True):
            assert vars(one).keys() == vars(two).keys()
            assert list(one._cells) == list(two._cells)
            for same, cell in zip(one._cells.values(), two._cells.values(), strict=True):
                assert type(same) is type(cell) and same._style == cell._style, cell
