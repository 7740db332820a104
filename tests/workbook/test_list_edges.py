"""Rows at the edges of every list of every form: the sheet sees what the command line reads.

After each edit, made in LibreOffice, the number of open points that the sheet itself shows must be
the one worked out by hand, and the rules that cells check must find as many in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.masters import put_master
from tests.office import Office
from tests.workbook.list_edits import (
    ACTIVITIES,
    FIRST,
    INDICATORS,
    OWN,
    SAFEGUARDS,
    SORTED,
    STATUS,
    UNITS,
    WHOLE,
    Edit,
    deleted,
    typed,
)
from xlperf.canonical import canonical
from xlperf.forms.official import hebei_2021
from xlperf.jobs.fix_repair.repair_file import detect, repair
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import INFO, run
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.read import read_workbook, reading_of
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.list_growth import grown_lists

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def book_of_one(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small record with one project: the department's sheet is as long."""
    path = tmp_path_factory.mktemp("one") / "one.xlsx"
    put_master(canonical({**small, "projects": small["projects"][:1]}), path)
    return path


@pytest.fixture
def edited(office: Office, book_of_one: Path, tmp_path: Path) -> Callable[[Edit], Path]:
    def edit(one: Edit) -> Path:
        target = tmp_path / "edited.xlsx"
        office.edit(book_of_one, target, *steps_of(one, one.sheet))
        return target

    return edit


def steps_of(one: Edit, title: str) -> list[dict]:
    """The edit's steps on the sheet of that title."""
    return [{**step, "sheet": title} for step in ({"do": "unprotect"}, *one.steps)]


def asked_of(one: Edit, title: str) -> list[dict]:
    """What the sheet itself says: a word, and how many points are open."""
    cells = [f"{STATUS[one.sheet]}{row}" for row in (2, 3)]
    return [{"do": "value", "sheet": title, "cell": cell} for cell in cells]


def points_by_rules(reading: Reading) -> Counter[int | None]:
    """How many findings of the rules that cells check too concern each project, by its number, or
    the department (None); remarks aside.
    """
    checked = (rule for rule in catalogue().values() if rule.native)
    paths = [finding.path for finding in run(reading, checked) if finding.severity != INFO]
    return Counter(int(path[1]) if path[:1] == ("projects",) else None for path in paths)


def grown(book: Workbook, reading: Reading, title: str) -> list[Damage]:
    """The lists of a sheet that a repair would extend."""
    form = hebei_2021.DEPARTMENT if title == OWN else hebei_2021.PROJECT
    return list(grown_lists(book[title], form, reading))


def amiss(one: Edit, shown: tuple[str, str], points: int, rows: int, is_grown: bool) -> list[str]:
    """What the sheet, the rules, the reader or a repair says that is not as worked out."""
    word, link = shown
    open_points = int(link.split()[0]) if link else 0
    checks = [
        (open_points == one.points, f"the sheet counts {open_points}"),
        ((word == "正常") == (one.points == 0), f"the sheet says {word}"),
        (points == one.points, f"the rules find {points}"),
        (rows == one.rows, f"{rows} rows are read"),
        (is_grown == one.repaired, f"grown: {is_grown}"),
    ]
    return [words for holds, words in checks if not holds]


def test_a_form_sees_every_row_of_its_indicators_that_the_command_line_reads(
    office: Office, small: Raw, tmp_path: Path
) -> None:
    """One workbook in which each form is edited in another way; before that nothing is open."""
    edits = [*INDICATORS, *SORTED]
    master, path = tmp_path / "forms.xlsx", tmp_path / "edited.xlsx"
    titles = forms_for(len(edits), small, master)
    pairs = list(zip(edits, titles, strict=True))
    before = [step for one, title in pairs for step in asked_of(one, title)]
    steps = [step for one, title in pairs for step in steps_of(one, title)]
    values = office.edit(master, path, *before, *steps, *before, {"do": "errors"})
    assert values[: len(before)] == ["正常", ""] * len(edits)
    assert values[-1] == []
    shown = values[-1 - len(before) : -1]
    book = open_book(path)
    reading = reading_of(book, path)
    wrong, points_of = {}, points_by_rules(reading)
    for number, (one, title) in enumerate(pairs):
        rows = len(reading.record["projects"][number]["indicators"])
        points, is_grown = points_of[number], bool(grown(book, reading, title))
        faults = amiss(one, (shown[2 * number], shown[2 * number + 1]), points, rows, is_grown)
        if faults:
            wrong[one.name] = faults
    assert wrong == {}


def forms_for(count: int, small: Raw, target: Path) -> list[str]:
    """A workbook of so many projects like the first one; the titles of their sheets."""
    first = small["projects"][0]
    projects = [
        {**first, "name": f"{first['name']}{number}", "code": f"{first['code'][:18]}{number:03d}"}
        for number in range(1, count + 1)
    ]
    put_master(canonical({**small, "projects": projects}), target)
    return [f"{number:02d} {project['name']}" for number, project in enumerate(projects, 1)]


@pytest.mark.parametrize(
    ("one", "key"),
    [
        pytest.param(edit, key, id=edit.name)
        for key, edits in (("units", UNITS), ("activities", ACTIVITIES), ("safeguards", SAFEGUARDS))
        for edit in edits
    ],
)
def test_the_department_sees_every_row_of_a_list_that_the_command_line_reads(
    office: Office, book_of_one: Path, tmp_path: Path, one: Edit, key: str
) -> None:
    path = tmp_path / "edited.xlsx"
    steps = (*steps_of(one, OWN), *asked_of(one, OWN), {"do": "errors"})
    *_, word, link, errors = office.edit(book_of_one, path, *steps)
    assert errors == []
    book = open_book(path)
    reading = reading_of(book, path)
    points, is_grown = points_by_rules(reading)[None], bool(grown(book, reading, OWN))
    assert amiss(one, (word, link), points, len(reading.record[key]), is_grown) == []


def test_a_repair_gives_the_new_row_its_hint_its_border_and_its_place_on_paper(
    office: Office, edited: Callable[[Edit], Path], tmp_path: Path
) -> None:
    path, mended = edited(INDICATORS[2]), tmp_path / "mended.xlsx"
    before = read_workbook(path).record
    assert repair(path, mended).redrawn
    assert read_workbook(mended).record == before
    assert not [damage for damage in detect(mended) if not damage.is_note]
    sheet = load_workbook(mended)[FIRST]
    assert sheet["C19"].border.bottom.style and sheet.print_area.endswith("$21")


def test_the_row_above_speaks_for_an_inserted_row_which_has_no_hint_of_its_own(
    office: Office, book_of_one: Path
) -> None:
    for edit, cell in ((INDICATORS[0], "I9"), (INDICATORS[1], "I13")):
        assert hint_after(edit, cell, office, book_of_one).startswith("下一行：○ ")


def hint_after(one: Edit, cell: str, office: Office, book: Path) -> str:
    """What a cell of the first form shows after an edit."""
    value = {"do": "value", "sheet": FIRST, "cell": cell}
    return str(office.look(book, *steps_of(one, FIRST), value)[-1])


def test_a_row_typed_below_the_list_has_its_hint_and_too_little_is_said_to_be_too_little(
    office: Office, book_of_one: Path
) -> None:
    assert hint_after(INDICATORS[2], "I19", office, book_of_one).startswith("○ ")
    little = Edit("little", FIRST, typed(19, {"A": "填表人：某某"}), 0, 9)
    assert hint_after(little, "I19", office, book_of_one).startswith("· 本行不计入")


def test_more_rows_than_the_sheet_can_check_are_no_sound_sheet(
    office: Office, edited: Callable[[Edit], Path]
) -> None:
    many = ({"do": "insert_rows", "row": 12, "count": 7},)
    path = edited(Edit("many", FIRST, many, 0, 9))
    assert office.look(path, {"do": "value", "sheet": FIRST, "cell": "J2"}) == ["需修复"]
    lists = grown(open_book(path), read_workbook(path), FIRST)
    assert [damage.cell for damage in lists] == ["A25"]


def test_what_is_typed_where_all_rows_were_deleted_is_read_again(
    office: Office, book_of_one: Path, tmp_path: Path
) -> None:
    steps = [{**step, "sheet": FIRST} for step in (*deleted(10, 9), *typed(10, WHOLE))]
    target = tmp_path / "again.xlsx"
    office.edit(book_of_one, target, *steps)
    [indicator] = read_workbook(target).record["projects"][0]["indicators"]
    assert indicator["name"] == "来访者满意度"
