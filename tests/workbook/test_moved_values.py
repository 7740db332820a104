"""A repair never moves a value into another field: not for columns, rows or cells that moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.masters import drawn_once, put_master
from tests.workbook.shifting import deleted, inserted, moved, shift
from xlperf.__main__ import run
from xlperf.canonical import canonical
from xlperf.comparison.record_diff import differences
from xlperf.forms import EDITIONS
from xlperf.jobs.fix_repair.repair_file import repair
from xlperf.layout.addresses import address, box_of
from xlperf.layout.adjacent_label import own_labels
from xlperf.reading import Place, Reading
from xlperf.record import Raw
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.package.saving import save
from xlperf.workbook.read import read_workbook
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.verification import changed_values

FIRST = "01 专项补助（人防）"


@pytest.fixture(scope="module", autouse=True)
def _one_fresh_master_for_a_record() -> Iterator[None]:
    with drawn_once():
        yield


@pytest.fixture(scope="module")
def one(small: Raw) -> Raw:
    """The small record with one project."""
    return canonical({**small, "projects": small["projects"][:1]})


@pytest.fixture(scope="module")
def book_of_one(one: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("one") / "one.xlsx"
    put_master(one, path)
    return path


@pytest.fixture
def changed(book_of_one: Path, tmp_path: Path) -> Callable[..., Path]:
    """The workbook with its project's sheet changed."""

    def change(*changes: Callable[[Worksheet], None]) -> Path:
        book: Workbook = open_book(book_of_one)
        for edit in changes:
            edit(book[FIRST])
        save(book, tmp_path / "changed.xlsx")
        return tmp_path / "changed.xlsx"

    return change


def columns(*changes) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for move in changes:
            shift(sheet, cols=move)

    return change


def rows(*changes) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for move in changes:
            shift(sheet, rows=move)

    return change


def cells_to_the_right(sheet: Worksheet) -> None:
    """Insert a cell before the amount of the budget: the rest of row 4 goes right."""
    for col in range(7, 2, -1):
        cell = sheet._cells.pop((4, col))
        cell.column = col + 1
        sheet._cells[4, col + 1] = cell
    for name, defined in sheet.defined_names.items():
        box = box_of(str(defined.attr_text or ""))
        if box and name.startswith("XPF_") and box.row == 4 and box.col > 2:
            to_the_right = moved(box, lambda n: n, lambda n: n + 1)
            assert to_the_right
            defined.attr_text = address(to_the_right, sheet.title)


def lost_names(sheet: Worksheet) -> None:
    for name in [name for name in sheet.defined_names if name.startswith("XPF_")]:
        del sheet.defined_names[name]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(columns(inserted(4)), id="a column inside"),
        pytest.param(columns(inserted(5)), id="a column between a label and its value"),
        pytest.param(columns(inserted(3), inserted(7)), id="two columns apart"),
        pytest.param(columns(inserted(2, 3)), id="three columns together"),
        pytest.param(columns(inserted(1, 2)), id="columns on the left"),
        pytest.param(rows(inserted(5), inserted(9, 2)), id="rows inside"),
        pytest.param(rows(inserted(1, 4)), id="rows on top"),
        pytest.param(cells_to_the_right, id="cells shifted right"),
    ],
)
def test_values_stay_in_their_fields_whatever_was_inserted(
    change: Callable[[Worksheet], None], changed: Callable[..., Path], one: Raw, tmp_path: Path
) -> None:
    source = changed(change)
    assert not differences(one, read_workbook(source).record)
    repair(source, tmp_path / "mended.xlsx")
    assert not differences(one, read_workbook(tmp_path / "mended.xlsx").record)


def test_lost_names_are_found_again_beside_an_inserted_column(
    changed: Callable[..., Path], one: Raw, tmp_path: Path
) -> None:
    repair(changed(columns(inserted(4)), lost_names), tmp_path / "mended.xlsx")
    assert not differences(one, read_workbook(tmp_path / "mended.xlsx").record)


def test_a_deleted_column_is_gone_and_nothing_slips_into_its_place(
    changed: Callable[..., Path], one: Raw, tmp_path: Path
) -> None:
    repaired = repair(changed(columns(deleted(7))), tmp_path / "mended.xlsx")
    gone = {damage.detail for damage in repaired.unmended if damage.kind == "field_gone"}
    assert gone == {"indicators/basis"}
    now = read_workbook(tmp_path / "mended.xlsx").record["projects"][0]
    then = one["projects"][0]
    assert "other" not in now
    for key in ("code", "name", "budget", "fiscal", "purpose", "spending_plan", "goals"):
        assert now[key] == then[key]
    keys = ("level1", "level2", "name", "description", "target")
    assert now["indicators"] == [{key: row[key] for key in keys} for row in then["indicators"]]


def test_a_deleted_row_of_indicators_is_gone_alone(
    changed: Callable[..., Path], one: Raw, tmp_path: Path
) -> None:
    repair(changed(rows(deleted(11))), tmp_path / "mended.xlsx")
    now = read_workbook(tmp_path / "mended.xlsx").record["projects"][0]
    names = [indicator["name"] for indicator in one["projects"][0]["indicators"]]
    assert [indicator["name"] for indicator in now["indicators"]] == [names[0], *names[2:]]


def test_a_repair_that_would_move_a_value_is_refused_with_a_sentence(
    changed: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def onto_another_field(sheet: Worksheet) -> None:
        """The budget cut and pasted over the fiscal funds, whose name is lost by that."""
        sheet["E4"].value, sheet["C4"].value = sheet["C4"].value, None
        sheet.defined_names["XPF_budget"].attr_text = f"'{FIRST}'!$E$4"
        sheet.defined_names["XPF_fiscal"].attr_text = "#REF!"

    source = changed(onto_another_field)
    assert run(["repair", str(source), "-o", str(tmp_path / "mended.xlsx"), "--lang", "zh"]) == 2
    sentence = capsys.readouterr().err
    assert f"{FIRST}!E4" in sentence
    assert "没有修复" in sentence
    assert not (tmp_path / "mended.xlsx").exists()


def test_the_second_look_names_fields_that_read_differently_and_were_not_told() -> None:
    where = {("projects", 0, "budget"): Place("a", "C4")}
    before = Reading({"projects": [{"budget": 5}]}, where)
    after = Reading({"projects": [{"budget": "预算数"}]}, where)
    strayed = Damage("name_strayed", "a", "C4", "budget")
    assert changed_values(before, before, []) == []
    assert changed_values(before, after, []) == ["a!C4"]
    assert changed_values(before, after, [strayed]) == ["a!C4"]  # it would say a label


def test_every_field_with_a_label_knows_its_own() -> None:
    labels = own_labels(next(iter(EDITIONS.values())).project)
    assert labels["budget"] == ("预算数", "left")
    assert labels["spending_plan/10"] == ("10月底", "above")
    assert labels["purpose"] == ("预算规模及资金用途", "left")
    assert labels["indicators/basis"] == ("指标值确定依据", "above")
    assert "title" not in labels
    assert "unit" not in labels
