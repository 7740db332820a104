"""Rows at the edges of every list of every form: the sheet sees what the command line reads.

After each edit, made in LibreOffice, the number of open points that the sheet itself shows must be
the one worked out by hand, and the rules that cells check must find as many in the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.office import Office
from xlperf.forms import hebei_2021
from xlperf.jobs.repairing import detect, repair
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import INFO, run
from xlperf.workbook.package.opening import open_book
from xlperf.workbook.read import read_workbook, reading_of
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.list_growth import grown_lists

pytestmark = pytest.mark.office

FIRST, OWN = "01 专项补助（人防）", "部门整体"
STATUS = {FIRST: "J", OWN: "I"}  # the column with a sheet's status and its count of open points
# the first project's indicators stand in rows 10 to 18; of the department's sheet the units in
# rows 6 and 7, three activities of three indicators in rows 11 to 19, five safeguards in 22 to 26
UNDECIDED = {"C": "新增指标", "F": "是/否"}  # no levels, description, basis; target undecided: 5
WHOLE = {"A": "满意度指标", "B": "服务对象满意度指标", "C": "来访者满意度", "F": "是/否"}  # 3
ACTIVITY = {"B": "新增分项", "C": "目标", "D": "指标名", "E": "说明文字", "F": "是/否"}  # 1
OWN_POINT = 1  # the department's sheet has a fault of its own, at the activity's second indicator


@dataclass(frozen=True)
class Edit:
    """An edit in words, its steps, and the open points of the sheet after it."""

    name: str
    sheet: str
    steps: tuple[dict, ...]
    points: int
    rows: int  # items of the list in the record afterwards
    repaired: bool = False  # whether a repair finds that the list has grown at its edge


def inserted(row: int, texts: dict[str, str]) -> tuple[dict, ...]:
    return ({"do": "insert_rows", "row": row}, *typed(row, texts))


def typed(row: int, texts: dict[str, str]) -> tuple[dict, ...]:
    return tuple(
        {"do": "text", "cell": f"{col}{row}", "value": text} for col, text in texts.items()
    )


def deleted(row: int, count: int = 1) -> tuple[dict, ...]:
    return ({"do": "delete_rows", "row": row, "count": count},)


def cleared(*rows: int) -> tuple[dict, ...]:
    return tuple({"do": "clear", "cell": f"A{row}"} for row in rows)


def by(col: int, right: str = "G", *, down: bool = False) -> dict:
    return {"do": "sort", "area": f"A10:{right}18", "col": col, "down": down}


INDICATORS = [
    Edit("above the first", FIRST, inserted(10, UNDECIDED), 5, 10, repaired=True),
    Edit("in the middle", FIRST, inserted(14, UNDECIDED), 5, 10),
    Edit("typed below the last", FIRST, typed(19, WHOLE), 3, 10, repaired=True),
    Edit("inserted below the last", FIRST, inserted(19, WHOLE), 3, 10, repaired=True),
    Edit(
        "inside a merged level", FIRST, inserted(12, UNDECIDED), 4, 10
    ),  # its first level is known
    # the first level stands in the rows below, too; the kind quantity is missing
    Edit("first deleted", FIRST, deleted(10), 1, 8),
    Edit("last deleted", FIRST, deleted(18), 1, 8),  # satisfaction is missing
    Edit("all deleted", FIRST, deleted(10, 9), 1, 0),  # there is no indicator
    # still merged: four second levels stand under a wrong first one, and there is no output
    Edit("a merged level is another", FIRST, typed(10, {"A": "效益指标"}), 5, 9),
    Edit("a merged level is emptied", FIRST, cleared(10), 4, 9),
]
APART = ({"do": "unmerge", "area": "A10:E18"},)
BELOW = (11, 12, 13, 15, 16, 17)  # the rows whose first level is merged with the one above
SORTED = [
    # each row carries its levels: as many points as before, none
    Edit("unmerged", FIRST, APART, 0, 9),
    Edit("sorted by name", FIRST, (*APART, by(3)), 0, 9),
    Edit("sorted by target", FIRST, (*APART, by(6)), 0, 9),
    Edit("sorted by target, down", FIRST, (*APART, by(6, down=True)), 0, 9),
    Edit("sorted by first level", FIRST, (*APART, by(1)), 0, 9),
    Edit("sorted by first level, down", FIRST, (*APART, by(1, down=True)), 0, 9),
    Edit("sorted by second level, down", FIRST, (*APART, by(2, down=True)), 0, 9),
    Edit("whole rows sorted", FIRST, (*APART, by(3, right="P")), 0, 9),
    Edit("whole rows sorted, down", FIRST, (*APART, by(3, right="P", down=True)), 0, 9),
    # what is lost is blank: one level, and those of six rows
    Edit("a level emptied", FIRST, (*APART, *cleared(12)), 1, 9),
    Edit("a level emptied, then sorted", FIRST, (*APART, *cleared(12), by(3)), 1, 9),
    Edit("levels emptied, then sorted", FIRST, (*APART, *cleared(*BELOW), by(3)), 6, 9),
    Edit(
        "levels emptied, then sorted down",
        FIRST,
        (*APART, *cleared(*BELOW), by(3, down=True)),
        6,
        9,
    ),
    Edit("levels emptied, rows sorted", FIRST, (*APART, *cleared(*BELOW), by(3, right="P")), 6, 9),
    # a level of another row stands wrong: its second level is none of those under it
    Edit("another level typed", FIRST, (*APART, *typed(12, {"A": "效益指标"})), 1, 9),
    Edit("another level, sorted", FIRST, (*APART, *typed(12, {"A": "效益指标"}), by(3)), 1, 9),
    Edit("sorted, then a row between", FIRST, (*APART, by(3), *inserted(12, UNDECIDED)), 5, 10),
]
UNITS = [
    Edit("unit above the first", OWN, inserted(6, {"B": "333009"}), 1, 3, repaired=True),
    Edit("unit between", OWN, inserted(7, {"B": "333009", "C": "新单位"}), 1, 3),
    Edit("unit below the last", OWN, inserted(8, {"B": "333009"}), 1, 3, repaired=True),
    Edit("first unit deleted", OWN, deleted(6), 1, 1),
    Edit("all units deleted", OWN, deleted(6, 2), 1, 0),
    Edit("units sorted by name", OWN, ({"do": "sort", "area": "B6:F7", "col": 2},), 1, 2),
]
UNMERGED = {"do": "unmerge", "area": "A11:C19"}


def activities_by(col: int, *, down: bool = False) -> dict:
    return {"do": "sort", "area": "A11:F19", "col": col, "down": down}


ACTIVITIES = [
    # its target is the same kind of fault; the old fault is found as before
    Edit("activity above the first", OWN, inserted(11, ACTIVITY), 2, 4, repaired=True),
    Edit("activity between", OWN, inserted(14, ACTIVITY), 2, 4),
    Edit("activity below the last", OWN, inserted(20, ACTIVITY), 2, 4, repaired=True),
    Edit("first activity deleted", OWN, deleted(11, 3), 0, 2),  # with its fault
    Edit("last activity deleted", OWN, deleted(17, 3), 1, 2),
    Edit("all activities deleted", OWN, deleted(11, 9), 1, 0),  # there is none
    # rows without a number come last: six indicators go to the last activity
    Edit("activities sorted", OWN, (UNMERGED, activities_by(1)), 1, 3),
    Edit("activities sorted down", OWN, (UNMERGED, activities_by(1, down=True)), 1, 3),
    # a row without a name comes first: an activity without name and goal
    Edit("activities sorted by indicator", OWN, (UNMERGED, activities_by(4)), 3, 4),
]
SAFEGUARDS = [
    Edit("safeguard above the first", OWN, inserted(22, {"B": "措施甲"}), 1, 6, repaired=True),
    Edit(
        "safeguard typed below", OWN, typed(27, {"B": "措施甲", "C": "做到。"}), 1, 6, repaired=True
    ),
    Edit("safeguards sorted", OWN, ({"do": "sort", "area": "B22:F26", "col": 1},), 1, 5),
    Edit("all safeguards deleted", OWN, deleted(22, 5), 2, 0),  # and there is none
]


@pytest.fixture
def edited(office: Office, small_master: Path, tmp_path: Path) -> Callable[[Edit], Path]:
    def edit(one: Edit) -> Path:
        target = tmp_path / "edited.xlsx"
        free = {"do": "unprotect", "sheet": one.sheet}
        office.edit(
            small_master, target, free, *({**step, "sheet": one.sheet} for step in one.steps)
        )
        return target

    return edit


def found_by_rules(reading: Reading, sheet: str) -> int:
    """How many findings of the rules that cells check too concern a sheet, remarks aside."""
    checked = (one for one in catalogue().values() if one.native)
    findings = [each for each in run(reading, checked) if each.severity != INFO]
    of_project = [each for each in findings if each.path[:2] == ("projects", 0)]
    of_department = [each for each in findings if each.path[:1] != ("projects",)]
    return len(of_project if sheet == FIRST else of_department)


def grown(book: Workbook, reading: Reading, sheet: str) -> list[Damage]:
    """The lists of a sheet that a repair would extend."""
    form = hebei_2021.PROJECT if sheet == FIRST else hebei_2021.DEPARTMENT
    return list(grown_lists(book[sheet], form, reading))


def items(reading: Reading, edits: list[Edit]) -> int:
    record = reading.record
    if edits in (INDICATORS, SORTED):
        return len(record["projects"][0]["indicators"])
    key = {id(UNITS): "units", id(ACTIVITIES): "activities", id(SAFEGUARDS): "safeguards"}
    return len(record[key[id(edits)]])


CASES = [
    pytest.param(one, edits, id=one.name)
    for edits in (INDICATORS, SORTED, UNITS, ACTIVITIES, SAFEGUARDS)
    for one in edits
]


@pytest.mark.parametrize(("one", "edits"), CASES)
def test_the_sheet_sees_every_row_of_a_list_that_the_command_line_reads(
    office: Office, small_master: Path, tmp_path: Path, one: Edit, edits: list[Edit]
) -> None:
    path = tmp_path / "edited.xlsx"
    cells = [f"{STATUS[one.sheet]}{row}" for row in (2, 3)]
    steps = [
        {"do": "unprotect", "sheet": one.sheet},
        *({**step, "sheet": one.sheet} for step in one.steps),
        *({"do": "value", "sheet": one.sheet, "cell": cell} for cell in cells),
        {"do": "errors"},
    ]
    opened = {"do": "open", "path": str(small_master)}
    saved = {"do": "save", "path": str(path)}
    *_, word, link, errors, _, _ = office.do([opened, *steps, saved, {"do": "close"}])
    book = open_book(path)
    reading = reading_of(book, path)
    shown = int(link.split()[0]) if link else 0
    assert errors == []
    assert shown == one.points
    assert (word == "正常") == (one.points == 0)
    assert found_by_rules(reading, one.sheet) == one.points
    assert items(reading, edits) == one.rows
    assert bool(grown(book, reading, one.sheet)) == one.repaired


def test_a_repair_gives_the_new_row_its_hint_its_border_and_its_place_on_paper(
    office: Office, edited: Callable[[Edit], Path], tmp_path: Path
) -> None:
    path, mended = edited(INDICATORS[2]), tmp_path / "mended.xlsx"
    before = read_workbook(path).record
    assert repair(path, mended).redrawn
    assert read_workbook(mended).record == before
    assert not [each for each in detect(mended) if not each.is_note]
    sheet = load_workbook(mended)[FIRST]
    assert sheet["C19"].border.bottom.style and sheet.print_area.endswith("$21")


def test_the_row_above_speaks_for_an_inserted_row_which_has_no_hint_of_its_own(
    office: Office, edited: Callable[[Edit], Path]
) -> None:
    above_first, middle = edited(INDICATORS[0]), {"do": "value", "sheet": FIRST, "cell": "I13"}
    head = {"do": "value", "sheet": FIRST, "cell": "I9"}
    assert office.look(above_first, head)[0].startswith("下一行：○ ")
    assert office.look(edited(INDICATORS[1]), middle)[0].startswith("下一行：○ ")


def test_a_row_typed_below_the_list_has_its_hint_and_too_little_is_said_to_be_too_little(
    office: Office, edited: Callable[[Edit], Path]
) -> None:
    beside = {"do": "value", "sheet": FIRST, "cell": "I19"}
    assert office.look(edited(INDICATORS[2]), beside)[0].startswith("○ ")
    little = Edit("little", FIRST, typed(19, {"A": "填表人：某某"}), 0, 9)
    assert office.look(edited(little), beside)[0].startswith("· 本行不计入")


def test_more_rows_than_the_sheet_can_check_are_no_sound_sheet(
    office: Office, edited: Callable[[Edit], Path]
) -> None:
    many = ({"do": "insert_rows", "row": 12, "count": 7},)
    path = edited(Edit("many", FIRST, many, 0, 9))
    assert office.look(path, {"do": "value", "sheet": FIRST, "cell": "J2"}) == ["需修复"]
    lists = grown(open_book(path), read_workbook(path), FIRST)
    assert [each.cell for each in lists] == ["A25"]


def test_what_is_typed_where_all_rows_were_deleted_is_read_again(
    office: Office, small_master: Path, tmp_path: Path
) -> None:
    steps = [{**step, "sheet": FIRST} for step in (*deleted(10, 9), *typed(10, WHOLE))]
    target = tmp_path / "again.xlsx"
    office.edit(small_master, target, *steps)
    [indicator] = read_workbook(target).record["projects"][0]["indicators"]
    assert indicator["name"] == "来访者满意度"
