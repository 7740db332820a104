"""Checks by formulas in the workbook: the same findings as the rules, in every cell they check."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.books import cells_of
from tests.effort import THOROUGH, every_other
from tests.masters import put_master
from tests.office import Office
from tests.workbook.mutations import Mutation, mutations
from xlperf.canonical import canonical
from xlperf.forms import edition
from xlperf.forms.official.record_parts import parts
from xlperf.formulas.book_checks import DrawnSheet, planned_sheets, sheet_checks_of
from xlperf.formulas.sheet_checks import TOKEN, SheetChecks
from xlperf.layout import Box, Percent, fill
from xlperf.layout.addresses import address, cell_address
from xlperf.paths import RecordPath
from xlperf.reading import Reading
from xlperf.record import Raw, view
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.rules.formulas.stage_natives import is_of_a_stage
from xlperf.rules.formulas.steps import lists
from xlperf.rules.profiles import Profile, profile

KNOWN = set(
    re.findall(
        r"\w+",
        "ABS AND CELL CHAR CHOOSE COLUMN COUNT COUNTA EXACT FIND HYPERLINK IF IFERROR INDEX "
        "INDIRECT INT ISERROR ISLOGICAL ISNUMBER LEFT LEN LOOKUP LOWER MATCH MID MIN MOD N NOT OR "
        "REPT RIGHT ROUND ROW ROWS SEARCH SUBSTITUTE SUM MAX SUMIF SUMPRODUCT TEXT TRIM VALUE",
    )
)
# rules on how a cell keeps its value need the file: see test_ways_of_storing; those of stages have
# sheets of their own: see test_stage_checks
NATIVE = {
    code: rule
    for code, rule in catalogue().items()
    if rule.native and rule.subject != "Reading" and not is_of_a_stage(rule.native)
}
CodePaths = set[tuple[str, RecordPath]]
Places = dict[tuple[int, int, int], tuple[RecordPath, str]]


def test_no_check_of_the_workbook_itself_is_lost() -> None:
    assert len(NATIVE) >= 44


def test_every_formula_uses_functions_of_excel_2007_only(opened_master: Workbook) -> None:
    used: set[str] = set()
    for sheet in opened_master.worksheets:
        for cell in cells_of(sheet):
            if cell.data_type == "f":
                text = re.sub(r'"[^"]*"', '""', cell.value)
                assert len(cell.value) < 8000, cell.coordinate
                used |= set(re.findall(r"([A-Z.]+)\(", text))
    assert used <= KNOWN


def test_conditional_formats_use_no_array_constants_and_no_other_sheet(
    opened_master: Workbook,
) -> None:
    assert any(sheet.conditional_formatting for sheet in opened_master.worksheets)
    for sheet in opened_master.worksheets:
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                text = re.sub(r'"[^"]*"', '""', "".join(rule.formula))
                assert "{" not in text and "!" not in text


def test_few_formats_colour_a_form_and_each_field_has_the_line_that_they_look_up(
    opened_master: Workbook,
) -> None:
    """LibreOffice takes more than a kilobyte for a format; the field of a line is its only one."""
    sheets = [sheet for sheet in opened_master.worksheets if sheet.title[:2].isdigit()]
    assert sheets
    for sheet in sheets:
        formats = [(area, rule) for area in sheet.conditional_formatting for rule in area.rules]
        assert len(formats) <= 21
        areas = {area for area, rule in formats if "LOOKUP(" in rule.formula[0]}
        (area,) = areas
        (rows, _), (columns, _) = re.findall(
            r"(\$[A-Z]+\$\d+:\$[A-Z]+\$\d+)(=ROW|<=COLUMN)", area.rules[0].formula[0]
        )
        lines = zip(sheet[rows], sheet[columns], strict=True)
        at = [(row.value[5:-1], column.value[8:-1]) for ((row,), (column,)) in lines]
        assert [row for row, _ in at] == [column for _, column in at]
        fields = sorted((cells.min_row, cells.min_col) for cells in area.sqref.ranges)
        assert [(sheet[row].row, sheet[row].column) for row, _ in at] == fields


@pytest.mark.long
@pytest.mark.office
def test_every_check_agrees_with_its_rule_whatever_single_field_is_damaged(
    office: Office, sample: Raw, tmp_path: Path
) -> None:
    # of the projects the first, the last, which are damaged, and some that are not
    whole = canonical({**sample, "projects": [*sample["projects"][:3], sample["projects"][-1]]})
    master = tmp_path / "master.xlsx"
    put_master(whole, master)
    sheets = _sheets(whole)
    chosen = every_other(list(mutations(whole)))
    tries = [made for mutation in chosen if (made := _try(whole, sheets, mutation))]
    areas, at = _areas(whole, sheets)
    changes = [[], *(changed for _, changed in tries)]
    steps = [{"do": "open", "path": str(master)}, {"do": "close"}]
    steps.insert(1, {"do": "mutate", "tries": changes, "areas": areas})
    results = office.do(steps, seconds=600)[1]
    records = [whole, *(record for record, _ in tries)]
    wrong, part, fired = [], Counter(), Counter()
    for record, cells, changed in zip(records, results, changes, strict=True):
        native, python = _code_paths(cells, at), _rules(record)
        for code, path in python ^ native:
            if (code, path) in python and _beyond_a_cell(code, path, record):
                part[code] += 1
            else:
                wrong.append((code, path, changed, "rule" if (code, path) in python else "cell"))
        fired.update(code for code, _ in native)
    print(f"{len(tries)} mutations, {sum(part.values())} beyond a cell, {len(fired)} rules fired")
    assert wrong == []
    assert len(tries) >= (500 if THOROUGH else 250)
    elsewhere = {"STR002", "VAL405"}  # a whole list blank; another profile: tests of their own
    assert set(fired) >= set(NATIVE) - elsewhere, set(NATIVE) - set(fired)


@pytest.mark.office
def test_a_form_with_nothing_in_it_says_what_is_missing(office: Office, tmp_path: Path) -> None:
    record = canonical({"edition": "hebei-2021", "projects": [{}]})
    native, python = _both(office, record, tmp_path / "blank.xlsx", profile("default"))
    assert native == python
    assert {code for code, _ in native} == {"STR001", "STR002", "STR006", "STR026"}


@pytest.mark.office
def test_the_profile_decides_what_the_workbook_checks(
    office: Office, sample: Raw, tmp_path: Path
) -> None:
    central = profile("central")
    native, python = _both(office, sample, tmp_path / "central.xlsx", central)
    assert native == python
    assert "VAL405" in {code for code, _ in native}
    assert "VAL405" not in {code for code, _ in _rules(sample)}


def _both(office: Office, record: Raw, path: Path, chosen: Profile) -> tuple[CodePaths, CodePaths]:
    """What the workbook and the rules say of a record, by a profile."""
    put_master(record, path, chosen=chosen)
    areas, at = _areas(record, _sheets(record))
    cells = office.look(path, {"do": "mutate", "tries": [[]], "areas": areas})[0][0]
    return _code_paths(cells, at), _rules(record, chosen)


def _sheets(record: Raw) -> list[tuple[DrawnSheet, SheetChecks]]:
    return sheet_checks_of(planned_sheets(record, edition(record["edition"])), view(record))


def _try(
    sample: Raw, sheets: list[tuple[DrawnSheet, SheetChecks]], mutation: Mutation
) -> tuple[Raw, list[dict[str, Any]]] | None:
    """A damaged record and the cells to change; None where the form would be of another shape."""
    record = _damaged(sample, mutation)
    changed: list[dict[str, Any]] = []
    for (old, _), new in zip(sheets, parts(record, edition(record["edition"])), strict=True):
        if old.part.values == new.values:
            continue
        filled, slots = fill(new.form, new.values), old.filled_form.layout.slots
        if [slot.box for slot in slots] != [slot.box for slot in filled.layout.slots]:
            return None
        title = new.form.name == "project" and slots[0].box.at
        before, after = old.filled_form.grid.values, filled.grid.values
        for coord in sorted({*before, *after}):
            if before.get(coord) != after.get(coord) and coord != title:
                value = _content(after.get(coord))
                cell = cell_address(*coord)
                changed.append({"sheet": old.title, "cell": cell, "value": value})
    return (record, changed) if changed else None


def _content(content: Any) -> Any:
    if content is None or isinstance(content, str):
        return content
    return float(content.fraction if isinstance(content, Percent) else content)


def _damaged(sample: Raw, mutation: Mutation) -> Raw:
    path, value = mutation
    record = deepcopy(sample)
    if len(path) == 4 and path[2] == "level1":  # a merged cell: the whole group
        for indicator in record["projects"][path[1]]["indicators"]:
            if indicator.get("level1") == path[3]:
                indicator["level1"] = value
        return canonical(record)
    node: Any = record
    for step in path[:-1]:
        node = node[step]
    last = path[-1]
    if value is None and isinstance(node, dict):
        node.pop(last, None)
    elif isinstance(value, dict):
        node[last] = {**node[last], **{k: v for k, v in value.items() if v is not None}}
    else:
        node[last] = value
    return canonical(record)


def _rules(record: Raw, chosen: Profile | None = None) -> CodePaths:
    return {(f.code, f.path) for f in run(Reading(record), NATIVE.values(), chosen)}


def _areas(
    record: Raw, sheets: list[tuple[DrawnSheet, SheetChecks]]
) -> tuple[list[tuple[str, str]], Places]:
    """Where tokens stand: areas to read, and for each of their cells the path it speaks of."""
    areas: list[tuple[str, str]] = []
    at: Places = {}
    for drawn, machine in sheets:
        for of_list in sorted({scope for scope, _, _ in machine.tokens}):
            for single in (True, False):
                cells = {
                    coord: (_owner(record, drawn.part.path, scope, line), key)
                    for (scope, key, line), coord in machine.tokens.items()
                    if scope == of_list and (line == 0) == single
                }
                if not cells:
                    continue
                top, left = (min(at_) for at_ in zip(*cells, strict=True))
                bottom, right = (max(at_) for at_ in zip(*cells, strict=True))
                box = Box(top, left, 1 + right - left, 1 + bottom - top)
                for (row, col), (path, key) in cells.items():
                    if path is not None:
                        at[len(areas), row - box.row, col - box.col] = (path, key)
                areas.append((drawn.title, address(box).replace("$", "")))
    return areas, at


def _owner(record: Raw, part: RecordPath, scope: str, line: int) -> RecordPath | None:
    """The record's path of a line; None for a spare one."""
    if line == 0:
        return part
    if scope in ("units", "projects/indicators"):
        owner: RecordPath = (*part, scope.rpartition("/")[2])
        listed = record["units"] if scope == "units" else record[part[0]][part[1]]["indicators"]
        return (*owner, line - 1) if line <= len(listed) else None
    row = 0
    for number, activity in enumerate(record["activities"]):
        for inner in range(max(1, len(activity["indicators"]))):
            row += 1
            if row == line:
                nested = scope == "activities/indicators"
                activity_path: RecordPath = ("activities", number)
                return (*activity_path, "indicators", inner) if nested else activity_path
    return None


def _code_paths(cells: list[list[Any]], at: Places) -> CodePaths:
    pairs: CodePaths = set()
    for area, row, col, text in cells:
        if (area, row, col) in at:
            path, key = at[area, row, col]
            for start in range(0, len(text), TOKEN):
                code = text[start + 1 : start + 7]
                if code not in NATIVE:
                    continue
                name = "unit_name" if (code, key) == ("COD109", "unit") else key
                pairs.add((code, (*path, *(step for step in name.split("/") if step))))
    return pairs


def _beyond_a_cell(code: str, path: RecordPath, record: Raw) -> bool:
    """Whether a rule says more there than a cell can: it looks at a target that is no plain number.

    That is the target of the indicator, or of another one of the same name in its list.
    """
    if all(native.whole for native in NATIVE[code].native) or path[-1] != "target":
        return False
    listed: Any = record
    for step in path[:-2]:
        listed = listed[step]
    name = listed[path[-2]].get("name")
    units = "|".join(map(re.escape, lists()["known_units"]))
    plain = re.compile(rf"(≥|≤|=|>|<|>=|<=)?\d+(\.\d+)?({units})?")
    looked_at = (
        str(indicator.get("target")) for indicator in listed if indicator.get("name") == name
    )
    return not all(plain.fullmatch(target) for target in looked_at)
