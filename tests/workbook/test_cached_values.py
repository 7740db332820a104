"""Formulas carry what they give: the same as LibreOffice calculates, seen by every reader."""

from __future__ import annotations

import math
import random
import re
import zipfile
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.editions.records import CENTRAL, SICHUAN
from tests.effort import THOROUGH
from tests.explaining import annotate
from tests.many import department_of, of_several_shapes
from tests.masters import put_master
from tests.odd_projects import odd_projects
from tests.office import Office
from tests.stored_cells import StoredCell, stored_cells
from tests.workbook.mutations import mutations
from xlperf.canonical import canonical
from xlperf.editions import TRAITS, first
from xlperf.jobs.fix_repair.fix_file import write as write_fixed
from xlperf.jobs.fix_repair.fix_rounds import FixResult, fix
from xlperf.jobs.fix_repair.repair_file import repair
from xlperf.jobs.new_workbook import blank
from xlperf.paths import get
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.workbook.package.saving import save
from xlperf.workbook.package.sheet_xml.xml_escapes import digits
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import master_book

PROJECTS, DAMAGES = (12, 60) if THOROUGH else (6, 40)


def damaged(sample: Raw) -> Raw:
    """Many projects of three units, with faults all over."""
    choose = random.Random(17)
    record = deepcopy(sample)
    record["units"].append({"code": "333009", "name": "人防工程管理站"})
    record["projects"] = [
        deepcopy(sample["projects"][n % len(sample["projects"])]) for n in range(PROJECTS)
    ]
    for number, project in enumerate(record["projects"]):
        project["code"] = f"{project['code'][:-2]}{number:02d}"
        project["unit"] = record["units"][number % 3]["code"]
    changes = list(mutations(record))
    of_first = [change for change in changes if change[0][:2] == ("projects", 0)]
    for number in range(DAMAGES):
        (_, _, *rest), value = choose.choice(of_first)
        _put(record, ("projects", number % PROJECTS, *rest), value)
    for path, value in choose.sample([c for c in changes if c[0][0] != "projects"], 8):
        _put(record, path, value)
    return canonical(record)


def calculable(record: Raw) -> Raw:
    """Without amounts of more digits than a cell shows: of these the file has no value."""
    for project in record["projects"]:
        project.pop("fiscal", None)
    return record


def _put(record: Raw, path: tuple[Any, ...], value: Any) -> None:
    """Change what the record has at a path; of a level the words of all its indicators."""
    *above, key = path
    if len(above) == 3 and above[2] == "level1":  # which words, and what stands in their place
        for indicator in get(record, tuple(above[:2]))["indicators"]:
            if isinstance(indicator, dict) and indicator.get("level1") == key:
                indicator["level1"] = value
        return
    holder = get(record, tuple(above))
    if isinstance(holder, list) and not (isinstance(key, int) and key < len(holder)):
        return
    if isinstance(holder, dict | list):
        holder[key] = deepcopy(value)  # type: ignore[index]


def differing(written: Path, office: Office) -> list[Any]:
    """The formula cells whose value or its type LibreOffice calculates otherwise.

    Of rows that people see; of hidden ones nothing is kept.
    """
    calculated = written.with_name(f"calculated {written.name}")
    office.edit(written, calculated)
    theirs, result = stored_cells(calculated), []
    for title, cells in stored_cells(written).items():
        for at, cell in cells.items():
            if cell.formula is None or cell.hidden:
                continue
            other = theirs[title].get(at, StoredCell(None)).value
            if not _same(cell.value, other):
                result.append((title, *at, cell.value, other, cell.formula))
    return result


def _same(left: Any, right: Any) -> bool:
    """Whether values and types are equal; of numbers 14 digits, as LibreOffice writes 15."""
    left, right = ("" if value is None else value for value in (left, right))
    if all(type(value) in (int, float) for value in (left, right)):
        return math.isclose(left, right, rel_tol=1e-14)
    return type(left) is type(right) and left == right


@pytest.mark.long
@pytest.mark.office
def test_every_formula_carries_what_libreoffice_calculates(
    sample: Raw, small: Raw, office: Office, tmp_path: Path
) -> None:
    records = {
        "central": CENTRAL,
        "sichuan": SICHUAN,
        "blank": blank(2, "333001 某单位", 2021, first()),
        "nothing": canonical({"edition": first().name}),
        "blank, another edition": blank(1, "", None, TRAITS["sichuan-2023"]),
        "odd": calculable(odd_projects(sample)),
        "shapes": of_several_shapes(department_of(sample, 5)),
        "damaged": damaged(sample),
    }
    for name, record in records.items():
        path = tmp_path / f"{name}.xlsx"
        put_master(record, path)
        assert differing(path, office) == [], name
    marked = tmp_path / "marked.xlsx"
    annotate(tmp_path / "damaged.xlsx", marked)
    assert differing(marked, office) == []


@pytest.mark.parametrize("reader", ["openpyxl", "pandas", "calamine"])
def test_other_programs_see_the_totals_of_the_summary(reader: str, master: Path) -> None:
    """Worked out from the sample: 11 projects, 7,804,247 yuan; of the second unit 2,081,367."""
    rows: list[Any]
    if reader == "calamine":
        rows = CalamineWorkbook.from_path(master).get_sheet_by_name("汇总").to_python()
    elif reader == "pandas":
        rows = pd.read_excel(
            master, sheet_name="汇总", header=None, engine="openpyxl"
        ).values.tolist()
    else:
        rows = list(load_workbook(master, data_only=True)["汇总"].iter_rows(values_only=True))
    by_first = {str(row[0]): row for row in rows}
    whole, unit = by_first["部门合计"], by_first["333005"]
    assert whole[4] == whole[5] == 7804247 and list(whole[11:13]) == [11, "有问题"]
    assert unit[2] == "秦皇岛市山海关区房屋征收中心"
    assert (unit[4], unit[7]) == (2081367, 520341.75)  # a quarter by March
    assert rows[0][0] == "秦皇岛市山海关区住房和城乡建设局2021年度部门预算绩效汇总"


def test_every_formula_that_is_seen_has_a_value_of_its_type(master: Path) -> None:
    with zipfile.ZipFile(master) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n]
    rows = re.findall(r"<row ([^>]*)>(.*?)</row>", "".join(sheets), re.DOTALL)
    visible, hidden = ([cells for row, cells in rows if ('hidden="1"' in row) == n] for n in (0, 1))
    visible_formulas, hidden_formulas = (
        list(map(_value, _with_formulas(x))) for x in (visible, hidden)
    )
    assert len(visible_formulas) > 1_000 and len(hidden_formulas) > 8_000
    assert {kind for kind, _ in visible_formulas} == {"", "str"}
    numbers = [value for kind, value in visible_formulas if not kind]
    assert all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) for value in numbers)
    assert all(value == "none" for _, value in hidden_formulas)


def _with_formulas(rows: list[str]) -> list[str]:
    cells = (cell for row in rows for cell in re.findall(r"<c [^>]*?(?:/>|>.*?</c>)", row))
    return [cell for cell in cells if "><f" in cell]


def _value(cell: str) -> tuple[str, str]:
    """The type of a cell, and what its `<v>` holds; "none" where it has none."""
    kind = re.match(r'<c [^>]*? t="(\w+)"', cell)
    _, is_there, value = cell.partition("<v>")
    return kind[1] if kind else "", value.partition("</v>")[0] if is_there else "none"


def test_amounts_are_written_to_the_cent_without_noise_and_exponents(
    small: Raw, tmp_path: Path
) -> None:
    record, path = deepcopy(small), tmp_path / "master.xlsx"
    project = record["projects"][0]
    project["budget"], project["fiscal"] = Decimal("600596.93"), Decimal("600596.92")
    project["other"] = Decimal("0.01")
    project["spending_plan"]["03"] = Decimal("0.001")
    put_master(canonical(record), path)
    with zipfile.ZipFile(path) as archive:
        numbers = re.findall(
            r"<c (?![^>]* t=)[^>]*>(?:<f.*?(?:/>|</f>))?<v>([^<]*)</v>",
            "".join(archive.read(n).decode() for n in archive.namelist() if "worksheets" in n),
        )
    assert {"600596.93", "600596.92", "0.01", "0.00001"} <= set(numbers)
    assert not [number for number in numbers if re.search(r"[eE]|\.[0-9]{7}", number)]
    assert read_workbook(path).record["projects"][0]["budget"] == Decimal("600596.93")


@pytest.mark.parametrize(
    "number, written",
    [
        (600596.93, "600596.93"),
        (1e-05, "0.00001"),
        (6400.0, "6400"),
        (1e22, "1" + "0" * 22),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (7, "7"),
    ],
)
def test_a_number_is_written_in_the_fewest_digits_that_give_it_back(
    number: float, written: str
) -> None:
    assert digits(number) == written and float(written) == number


def test_a_mended_file_shows_the_values_of_its_new_texts(small: Raw, tmp_path: Path) -> None:
    """A blank before the name goes: the title, which follows the name, follows it in the file."""
    record, source, target = deepcopy(small), tmp_path / "source.xlsx", tmp_path / "fixed.xlsx"
    record["projects"][0]["purpose"] = " 支付  人防专项补助"
    record["projects"][0]["name"] = "专项补助１２３"
    put_master(canonical(record), source)
    reading = read_workbook(source)
    fixed = fix(reading, catalogue().values())
    assert fixed.record["projects"][0]["name"] == "专项补助123"
    write_fixed(reading, fixed, source, target)
    before, after = (load_workbook(path, data_only=True) for path in (source, target))
    assert before["汇总"]["C14"].value == "专项补助１２３"
    assert after["汇总"]["C14"].value == "专项补助123"
    title = after.worksheets[3].title
    assert after[title]["A1"].value == "1.专项补助123绩效目标表"


@pytest.fixture(scope="module")
def with_own_formulas(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with formulas of people's: in a field, and on a sheet of their own."""
    path = tmp_path_factory.mktemp("own") / "source.xlsx"
    book = master_book(small)
    book.worksheets[3]["C4"] = "=1+1"  # the budget
    sheet = book.create_sheet("自用")
    sheet["A1"], sheet["A2"], sheet["A3"] = "=NOW()", "=1+1", '="自己"&"的"'
    save(book, path)
    for title, cell, had in ((book.worksheets[3].title, "C4", "6400"), ("自用", "A2", "77")):
        _set(path, title, cell, had)  # as if calculated when the cells were others
    return path


@pytest.mark.parametrize("way", ["annotate", "repair", "fix"])
def test_a_formula_of_peoples_keeps_what_it_had(
    way: str, with_own_formulas: Path, tmp_path: Path
) -> None:
    """Totals follow what its cell shows, where they are made anew; one without a value gets none.

    A mark changes nothing, so that marking leaves the totals as they were: 2 yuan of `=1+1`.
    """
    target = tmp_path / "target.xlsx"
    title = load_workbook(with_own_formulas, read_only=True).sheetnames[3]
    if way == "annotate":
        annotate(with_own_formulas, target)
    elif way == "fix":
        reading = read_workbook(with_own_formulas)
        reading.record["projects"][0]["purpose"] += "  "
        record = deepcopy(reading.record)
        record["projects"][0]["purpose"] = "别的用途"
        write_fixed(reading, FixResult(record), with_own_formulas, target)
    else:
        harmed = tmp_path / "harmed.xlsx"
        _without_name(with_own_formulas, harmed)
        assert repair(harmed, target).redrawn
    book = load_workbook(target, data_only=True)
    assert [book["自用"][cell].value for cell in ("A1", "A2", "A3")] == [None, 77, "自己的"]
    assert book[title]["C4"].value == 6400
    budget = 2 if way == "annotate" else 6400
    assert book["汇总"]["E14"].value == budget
    assert book["汇总"]["E10"].value == 564880 - 6400 + budget
    assert load_workbook(target)["自用"]["A2"].value == "=1+1"


def _without_name(source: Path, target: Path) -> None:
    """A copy in which a sheet has lost the name of a field."""
    name = rb'<definedName name="XPF_purpose" localSheetId="[0-9]+">[^<]*</definedName>'
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as copy:
        for part in archive.namelist():
            data = archive.read(part)
            copy.writestr(
                part, re.sub(name, b"", data, count=1) if "workbook.xml" in part else data
            )


def _set(path: Path, title: str, cell: str, value: str) -> None:
    """Put another value into a formula's cell, as if the file had been calculated otherwise."""
    position = 1 + load_workbook(path).sheetnames.index(title)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = f"xl/worksheets/sheet{position}.xml"
    pattern = rf'(<c r="{cell}"[^>]*>.*?<v>)[^<]*(</v>)'.encode()
    parts[name] = re.sub(pattern, rb"\g<1>" + value.encode() + rb"\2", parts[name], count=1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
