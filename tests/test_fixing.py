"""Mending: what is mended, what never is, and that a workbook keeps everything else."""

from __future__ import annotations

import copy
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from rich.console import Console

from tests import ooxml
from tests.books import cells_of
from tests.conftest import lacks
from tests.effort import tries
from tests.masters import put_master
from tests.office import Office
from tests.rules.casefiles import base, change
from xlperf import wording
from xlperf.canonical import canonical, dumps, loads
from xlperf.errors import UserError
from xlperf.jobs.fix_repair import fix_file, fix_rounds
from xlperf.jobs.fix_repair.fix_rounds import FixResult, count_findings, fix
from xlperf.jobs.inputs.open_any import open_any, read_record
from xlperf.paths import RecordPath, get
from xlperf.reading import Place, Reading
from xlperf.record import Department, Project, Raw
from xlperf.rules import catalogue
from xlperf.rules.core import INFO, Fix, Hit, Rule, hit, rule, run
from xlperf.rules.profiles import profile
from xlperf.terminal import fixes
from xlperf.workbook.package import amending
from xlperf.workbook.package.archive import parse
from xlperf.workbook.package.styles_part import StylesPart
from xlperf.workbook.read import read_workbook

RULES = list(catalogue().values())
TARGET: RecordPath = ("projects", 1, "indicators", 1, "target")
NAME: RecordPath = ("projects", 1, "indicators", 1, "name")
GOAL: RecordPath = ("projects", 0, "goals", 1)
PURPOSE: RecordPath = ("projects", 0, "purpose")


def with_values(values: dict[RecordPath, Any]) -> Raw:
    data = base()
    for path, value in values.items():
        change(data, path, value)
    return data


def mended(data: Raw, *, unsafe: bool = False, place: str = "default") -> FixResult:
    return fix(Reading(data), RULES, unsafe, profile(place))


# What the program promises to mend by itself.


@pytest.mark.parametrize(
    ("path", "written", "meant", "place"),
    [
        (TARGET, "≧ ９０ ％", "≥90%", "default"),
        (TARGET, "=100%\n\n\n", "=100%", "default"),
        (TARGET, ">=９８%", "≥98%", "default"),
        (TARGET, "100%", "=100%", "central"),
        (TARGET, "１００ ％\n", "=100%", "central"),
        (NAME, "消防设施验收合格率（%）", "消防设施验收合格率", "default"),
        (NAME, " 消防设施验收合格率　\n", "消防设施验收合格率", "default"),
        (NAME, r"消防设施验收合格率 TC 消防设施 \f A \l 1 ", "消防设施验收合格率", "default"),
        (PURPOSE, "用于演出 ，\n\n\n以及展览。", "用于演出，\n以及展览。", "default"),
        (
            ("projects", 0, "goals", 0),
            get(base(), ("projects", 0, "goals", 0)) + "。",
            None,
            "default",
        ),
        (GOAL, "参加群众文化活动的居民不少于１４４００人次\n", None, "default"),
    ],
)
def test_a_safe_fix_changes_how_it_is_written(
    path: RecordPath, written: str, meant: str | None, place: str
) -> None:
    data = with_values({path: written})
    fixed = mended(data, place=place)
    assert get(fixed.record, path) == (meant or get(base(), path))
    assert fixed.record == {**with_values({path: get(fixed.record, path)})}
    assert {edit.path for edit in fixed.changes} == {path}


def test_100_percent_stays_where_no_operators_are_expected() -> None:
    data = with_values({TARGET: "100%"})
    assert mended(data).record == data


def test_an_operator_that_is_a_guess_is_left_to_a_person() -> None:
    data = with_values({("projects", 0, "indicators", 0, "target"): "48场"})
    fixed = mended(data, place="central")
    assert fixed.record == data
    assert [(edit.code, edit.after) for edit in fixed.unsafe] == [("VAL405", "≥48场")]
    with_unsafe = mended(data, unsafe=True, place="central")
    assert get(with_unsafe.record, ("projects", 0, "indicators", 0, "target")) == "≥48场"
    assert with_unsafe.unsafe == ()


def test_a_unit_that_the_target_lacks_stays_in_the_name() -> None:
    data = with_values({("projects", 0, "indicators", 0, "name"): "群众文化活动（次）"})
    name = ("projects", 0, "indicators", 0, "name")
    assert get(mended(data).record, name) == "群众文化活动（次）"


def test_the_given_record_is_not_changed() -> None:
    data = with_values({TARGET: "≧９０%"})
    before = copy.deepcopy(data)
    mended(data)
    assert data == before


def test_a_change_says_where_it_was_read() -> None:
    place = Place("03", "F9")
    reading = Reading(with_values({GOAL: "少儿读者\n\n二"}), {GOAL[:-1]: place})
    (made,) = [edit for edit in fix(reading, RULES).changes if edit.path == GOAL]
    assert (made.place, made.code, made.before) == (place, "STR028", "少儿读者\n\n二")


# Made-up rules: whatever a rule offers, the promises hold.


def offering(
    code: str, path: RecordPath, value: Any, *, safe: bool = True, when: Any = None
) -> Rule:
    """A rule that finds fault with a value and offers another."""

    @rule(code, INFO, source="form", fix="safe")
    def made_up(department: Department) -> Iterator[Hit]:
        """A made-up fault.

        **Why**: to see what becomes of its fix.
        **Bad**: bad.
        **Good**: good.
        """
        now = get(department.raw, path)
        if (now != value) if when is None else (now == when):
            yield hit(*path, fix=Fix(value, safe=safe))

    return made_up


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("projects", 0, "budget"), Decimal("1.00")),
        (("projects", 0, "fiscal"), "240000"),
        (("projects", 0, "other"), Decimal("0")),
        (("projects", 0, "spending_plan", "03"), 25),
        (("projects", 0, "code"), "130397210AB1C2D3E4F5H"),
        (("projects", 0, "unit"), "410002"),
        (("units", 0, "code"), "410009"),
        (("department", "code"), "411"),
        (("region", "code"), "130398"),
        (("projects", 0), {"name": "…"}),
        (("projects",), []),
        (("projects", 0, "goals"), ["…"]),
        (("projects", 0, "purpose"), " \n"),
        (("projects", 0, "purpose"), Decimal(7)),
    ],
)
def test_money_codes_and_whole_parts_are_never_changed(path: RecordPath, value: Any) -> None:
    data = base()
    data["projects"][0]["other"] = Decimal("1.00")
    fixed = fix(Reading(data), [offering("XXX001", path, value)], unsafe=True)
    assert fixed.record == data
    assert fixed.changes == ()
    assert [(rejection.reason, rejection.change.path) for rejection in fixed.held] == [
        ("protected", path)
    ]


def test_a_fix_that_would_add_a_finding_is_not_made_and_is_reported() -> None:
    good = offering("XXX001", PURPOSE, "用于演出。")
    harmful = offering("XXX002", ("overall_goal",), "是/否")
    trap = offering("XXX003", ("overall_goal",), "…", when="是/否")
    fixed = fix(Reading(base()), [good, harmful, trap])
    assert {edit.path for edit in fixed.changes} == {PURPOSE}
    assert fixed.record["overall_goal"] == base()["overall_goal"]
    (held,) = fixed.held
    assert (held.change.code, held.reason, held.codes) == ("XXX002", "adds", ("XXX003",))


def test_a_fix_that_adds_a_finding_elsewhere_is_found_out_among_many() -> None:
    spots = [("projects", n, "indicators", m, "basis") for n in range(3) for m in range(7)]
    many = [offering(f"XXX{n:03}", path, "工作计划") for n, path in enumerate(spots)]
    bad = spots[11]

    @rule("YYY001", INFO, source="form")
    def far_away(department: Department) -> Iterator[Hit]:
        """A made-up fault.

        **Why**: to see it.
        **Bad**: bad.
        **Good**: good.
        """
        if get(department.raw, bad) == "工作计划":
            yield hit("overall_goal")

    fixed = fix(Reading(base()), [*many, far_away])
    assert {edit.path for edit in fixed.changes} == {*spots} - {bad}
    assert [
        (rejection.change.path, rejection.reason, rejection.codes) for rejection in fixed.held
    ] == [(bad, "adds", ("YYY001",))]


def test_two_rules_that_want_opposite_things_come_to_rest() -> None:
    one = offering("XXX001", PURPOSE, "甲", when="乙")
    other = offering("XXX002", PURPOSE, "乙", when="甲")
    fixed = fix(Reading(with_values({PURPOSE: "甲"})), [one, other])
    assert (fixed.settled, fixed.changes) == (True, ())
    assert [rejection.reason for rejection in fixed.held] == ["adds"]


def test_a_fix_that_leaves_its_own_finding_is_not_made() -> None:
    @rule("XXX001", INFO, source="form", fix="safe")
    def never_enough(project: Project) -> Iterator[Hit]:
        """A made-up fault.

        **Why**: to see it.
        **Bad**: bad.
        **Good**: good.
        """
        yield hit("purpose", fix=Fix(project.purpose + "。"))

    fixed = fix(Reading(base()), [never_enough])
    assert fixed.record == base()
    assert {rejection.reason for rejection in fixed.held} == {"fails"}


def test_where_two_rules_mend_one_text_both_do_one_after_the_other() -> None:
    data = with_values({TARGET: "１００%\n\n", NAME: "消防设施验收合格率（%） "})
    fixed = mended(data, place="central")
    assert (get(fixed.record, TARGET), get(fixed.record, NAME)) == ("=100%", "消防设施验收合格率")
    assert len(list(fixes.joined(fixed.changes))) == 2 < len(fixed.changes)


def test_a_second_rules_fix_is_tried_where_the_firsts_would_do_harm() -> None:
    first = offering("XXX001", PURPOSE, "坏")
    second = offering("XXX002", PURPOSE, "好", when=get(base(), PURPOSE))
    trap = offering("XXX003", PURPOSE, "…", when="坏", safe=False)
    quiet = replace(
        first, check=lambda d: [h for h in first.check(d) if get(d.raw, PURPOSE) != "好"]
    )
    fixed = fix(Reading(base()), [quiet, second, trap])
    assert get(fixed.record, PURPOSE) == "好"


def test_fixes_of_a_list_and_of_its_item_are_not_made_at_once() -> None:
    whole = offering("XXX001", ("projects", 0, "goals"), ["一", "二", "三"])
    item = offering("XXX002", GOAL, "二")
    fixed = fix(Reading(base()), [whole, item])
    assert fixed.record["projects"][0]["goals"] == ["一", "二", "三"]
    assert [edit.code for edit in fixed.changes] == ["XXX001"]


# Any department: twice is once, nothing is added, nothing of money or codes moves.

TEXTS = [
    *("≧ ９０ ％", "100%", "１００%\n\n", "是/否", "17人", "15", "≥100%", ">=98%", "12月底前"),
    *("消防设施验收合格率（%）", "群众 满意度 ", "差错率（%）", " ", "满意度\u200b", "成本（元）"),
    *("甲\n\n乙", "　一、二；\n三 ，四", r"目标 TC 目标 \f A \l 1", "２０２１年５月", "", "x" * 50),
]
PLACES = [
    *[("projects", p, "indicators", i, key) for p in range(3) for i in range(7)
      for key in ("name", "target", "description", "basis", "level2")],
    *[("projects", p, key) for p in range(3) for key in ("name", "purpose", "code", "unit")],
    *[("projects", p, "goals", g) for p in range(3) for g in range(3)],
    *[("activities", a, "indicators", i, "target") for a in range(3) for i in range(3)],
    ("overall_goal",), ("units", 0, "name"), ("units", 0, "code"), ("safeguards", 0, "text"),
]  # fmt: skip


@settings(max_examples=tries(40), deadline=None)
@given(
    st.dictionaries(st.sampled_from(PLACES), st.sampled_from(TEXTS), min_size=1, max_size=8),
    st.booleans(),
    st.sampled_from(["default", "central"]),
)
def test_mending_keeps_its_promises(
    values: dict[RecordPath, str], unsafe: bool, place: str
) -> None:
    data = canonical(with_values(values))
    chosen = profile(place)
    fixed = fix(Reading(data), RULES, unsafe, chosen)
    before, after = (
        count_findings(run(Reading(record), RULES, chosen)) for record in (data, fixed.record)
    )
    assert fixed.settled
    assert not after - before
    assert protected(fixed.record) == protected(data)
    again = fix(Reading(fixed.record), RULES, unsafe, chosen)
    assert (again.changes, again.record) == ((), fixed.record)
    assert unsafe or {edit.path for edit in fixed.changes} <= {*values}


def protected(record: Raw) -> list[Any]:
    keys = ("code", "unit", "budget", "fiscal", "other", "spending_plan")
    project_values = [[project.get(key) for key in keys] for project in record["projects"]]
    return [
        project_values,
        [unit.get("code") for unit in record["units"]],
        record["department"]["code"],
    ]


# Files.


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def mend_file(
    source: Path, target: Path, *, unsafe: bool = False, place: str = "central"
) -> FixResult:
    reading = open_any(source)
    fixed = fix(reading, RULES, unsafe, profile(place))
    fix_file.write(reading, fixed, source, target)
    return fixed


UNTIDY: dict[RecordPath, Any] = {
    TARGET: "１００ ％",
    NAME: "消防设施验收合格率（%）",
    GOAL: "参加群众文化活动的居民不少于１４４００人次",
    PURPOSE: "=2+3 场演出 ，\n\n以及“展览” & <其他>",
    ("units", 0, "name"): "某某区  文化和旅游局本级",
    ("projects", 2, "name"): "图书馆  少儿图书购置",
    ("activities", 0, "indicators", 0, "description"): "两馆取较少者\n\n",
}


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A master workbook with untidy texts in it."""
    path = tmp_path_factory.mktemp("untidy") / "book.xlsx"
    put_master(with_values(UNTIDY), path)
    return path


@pytest.fixture
def book(untidy: Path, tmp_path: Path) -> Path:
    """The same for a test that changes it."""
    return Path(shutil.copy(untidy, tmp_path))


@dataclass(frozen=True)
class Mending:
    """A workbook mended, which no test changes."""

    fixed: FixResult
    target: Path


@pytest.fixture(scope="module")
def mending(untidy: Path) -> Mending:
    target = untidy.with_name("fixed.xlsx")
    return Mending(mend_file(untidy, target), target)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "fixed.xlsx"


def test_a_mended_workbook_reads_back_as_the_mended_record(mending: Mending) -> None:
    fixed = mending.fixed
    assert {edit.path for edit in fixed.changes} >= {*UNTIDY}
    assert read_workbook(mending.target).record == fixed.record
    assert get(fixed.record, TARGET) == "=100%"
    assert get(fixed.record, PURPOSE) == "=2+3 场演出，\n以及“展览” & <其他>"


def test_mending_a_workbook_twice_gives_the_same_file(mending: Mending, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    assert mend_file(mending.target, again).changes == ()
    assert again.read_bytes() == mending.target.read_bytes()


def test_only_the_cells_of_changed_values_are_rewritten(untidy: Path, mending: Mending) -> None:
    before, after = (shown(load_workbook(path)) for path in (untidy, mending.target))
    changed = {key for key in before if before[key] != after.get(key)}
    assert before.keys() == after.keys()
    assert {address for title, address in changed if title.startswith("02")} == {"A2", "F11", "C11"}
    assert {address for title, address in changed if title.startswith("01")} == {"A2", "B5", "B8"}
    assert all(title[:2] in ("01", "02", "03", "部门") for title, _ in changed)


def results_of(path: Path) -> dict[tuple[str, str], Any]:
    """What every formula gives by the file."""
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value or ""
        for sheet in formulas.worksheets
        for cell in cells_of(sheet)
        if cell.data_type == "f"
    }


def test_formulas_have_the_results_of_the_mended_record(
    untidy: Path, mending: Mending, tmp_path: Path
) -> None:
    put_master(mending.fixed.record, tmp_path / "fresh.xlsx")
    before, after, fresh = map(results_of, (untidy, mending.target, tmp_path / "fresh.xlsx"))
    assert {key for key in after if after[key] != before[key]}
    differing = {key: (after[key], fresh[key]) for key in after.keys() & fresh.keys()}
    assert {key: pair for key, pair in differing.items() if pair[0] != pair[1]} == {}


def shown(book: Workbook) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Every cell with its value and its look, but for what keeps a text a text."""
    looks: dict[int, list[str]] = {}

    def look(cell: Any) -> list[str]:
        if cell.style_id not in looks:
            looks[cell.style_id] = [
                repr(style) for style in (cell.font, cell.fill, cell.border, cell.alignment)
            ]
        return looks[cell.style_id]

    return {
        (sheet.title, cell.coordinate): (
            *(cell.value, cell.data_type, cell.number_format, repr(cell.hyperlink)),
            *look(cell),
        )
        for sheet in book.worksheets
        for cell in cells_of(sheet)
    }


def test_other_parts_of_the_file_stay_byte_for_byte(book: Path, target: Path) -> None:
    data = parts_of(book)
    data["xl/media/image1.png"] = b"\x89PNG of the user"
    data["customXml/item1.xml"] = b"<wps:own xmlns:wps='urn:wps'>settings</wps:own>"
    with zipfile.ZipFile(book, "w") as archive:
        for name, part in data.items():
            archive.writestr(name, part)
    mend_file(book, target)
    after = parts_of(target)
    assert list(after) == list(data)
    sheets = {name for name in data if after[name] != data[name]}
    assert sheets <= {name for name in data if name.startswith("xl/worksheets/sheet")} | {
        "xl/styles.xml"
    }
    assert "xl/worksheets/sheet1.xml" not in sheets


def test_a_text_that_looks_like_a_formula_stays_a_text_when_it_is_edited(mending: Mending) -> None:
    sheet = load_workbook(mending.target).worksheets[4]
    cell = next(c for c in cells_of(sheet) if c.value == "=100%")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    plain = next(c for c in cells_of(sheet) if c.value == "消防设施验收合格率")
    assert plain.quotePrefix is False


def test_the_users_own_format_of_a_mended_cell_stays(book: Path, target: Path) -> None:
    opened = load_workbook(book)
    cell = next(c for c in cells_of(opened.worksheets[4]) if c.value == "１００ ％")
    cell.fill = PatternFill("solid", fgColor="FFFFAA00")
    cell.font = Font(bold=True, size=17)
    opened.save(book)
    mend_file(book, target)
    mended_cell = load_workbook(target).worksheets[4][cell.coordinate]
    assert mended_cell.value == "=100%"
    assert (mended_cell.fill.fgColor.rgb, mended_cell.font.sz) == ("FFFFAA00", 17)


def test_rows_that_people_moved_are_mended_where_they_are(book: Path, target: Path) -> None:
    opened = load_workbook(book)
    sheet = opened.worksheets[4]
    sheet.title = "改了名 & 的表"
    for name in sheet.defined_names.values():
        name.attr_text = name.attr_text.replace("02 文物保护单位消防设施改造", sheet.title)
    opened.move_sheet(sheet, offset=-1)
    opened.save(book)
    fixed = mend_file(book, target)
    assert read_workbook(target).record == fixed.record
    assert "=100%" in {cell.value for row in load_workbook(target)[sheet.title] for cell in row}


def test_one_goal_of_several_is_mended_in_the_cell_of_all(mending: Mending) -> None:
    first = load_workbook(mending.target).worksheets[3]
    lines = next(str(c.value) for c in cells_of(first) if str(c.value).startswith("1.12个")).split(
        "\n"
    )
    assert [line[:2] for line in lines] == ["1.", "2.", "3."]
    assert "14400人次" in lines[1]


def test_a_merged_cell_is_mended_for_all_its_rows(tmp_path: Path, target: Path) -> None:
    levels = [("projects", 0, "indicators", n, "level1") for n in range(4)]
    path = tmp_path / "book.xlsx"
    put_master(with_values(dict.fromkeys(levels, "产出  指标")), path)
    first = replace(
        offering("XXX001", levels[2], "产出指标"), fix="safe"
    )  # a rule that speaks of one of the rows only
    reading = read_workbook(path)
    assert len({str(reading.where[level]) for level in levels}) == 1
    fixed = fix(reading, [first])
    assert {edit.path for edit in fixed.changes} == {*levels}
    fix_file.write(reading, fixed, path, target)
    assert read_workbook(target).record == fixed.record


def test_a_units_name_is_mended_on_every_form_that_shows_it(mending: Mending) -> None:
    assert "unit_name" not in mending.fixed.record["projects"][0]
    book = load_workbook(mending.target)
    cells = [str(c.value) for sheet in book for c in cells_of(sheet)]
    assert [value for value in cells if "某某区  文化" in value] == []
    assert cells.count("410001某某区 文化和旅游局本级") == 2


def test_a_field_that_is_a_formula_is_left_alone(book: Path, target: Path) -> None:
    opened = load_workbook(book)
    sheet = opened.worksheets[4]
    cell = next(c for c in cells_of(sheet) if c.value == "消防设施验收合格率（%）")
    at = cell.coordinate
    opened.save(book)
    data = parts_of(book)
    name = "xl/worksheets/sheet5.xml"
    formula = f'<c r="{at}" t="str"><f>"消防"&amp;"率（%）"</f><v>消防率（%）</v></c>'.encode()
    data[name], count = re.subn(rb'<c r="%b".*?</c>' % at.encode(), formula, data[name])
    assert count == 1
    with zipfile.ZipFile(book, "w") as archive:
        for part, content in data.items():
            archive.writestr(part, content)
    fixed = mend_file(book, target)
    assert ("formula", NAME) in {(held.reason, held.change.path) for held in fixed.held}
    assert formula in parts_of(target)[name]
    assert get(fixed.record, TARGET) == "=100%"


def test_the_workbook_calculates_anew_when_it_is_opened(book: Path, target: Path) -> None:
    data = parts_of(book)
    data["xl/workbook.xml"] = data["xl/workbook.xml"].replace(b'fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(book, "w") as archive:
        for part, content in data.items():
            archive.writestr(part, content)
    mend_file(book, target)
    assert load_workbook(target).calculation.fullCalcOnLoad


def test_a_workbook_written_with_prefixes_and_other_quotes_is_mended() -> None:
    xml = (
        b"<?xml version='1.0'?><x:worksheet xmlns:x='u'><x:sheetData><x:row r='1'>"
        b"<x:c r='A1' s='3' t='s'><x:v>7</x:v></x:c><x:c r='B1' t=\"s\"/><x:c r='C1'><x:v>1</x:v>"
        b"</x:c></x:row></x:sheetData></x:worksheet>"
    )
    root = parse(xml, Path("book.xlsx"))
    styles = styles_from(b"<s><cellXfs count='1'><xf/></cellXfs></s>")
    amending.put_texts(root, {"A1": "甲<乙", "B1": "=1"}, styles)
    done = etree.tostring(root, encoding="unicode")
    assert '<x:c r="C1"><x:v>1</x:v></x:c>' in done
    assert (
        '<x:c r="A1" s="3" t="inlineStr"><x:is><x:t xml:space="preserve">甲&lt;乙</x:t></x:is>'
        '</x:c><x:c r="B1" t="inlineStr" s="1">' in done
    )
    assert (
        etree.tostring(styles.root)
        == b'<s><cellXfs count="2"><xf/><xf quotePrefix="1"/></cellXfs></s>'
    )


def styles_from(xml: bytes) -> StylesPart:
    return StylesPart(parse(xml, Path("book.xlsx")))


def test_a_style_for_such_texts_is_made_once() -> None:
    styles = styles_from(
        b'<s><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf fontId="1" '
        b'quotePrefix="0"><alignment/></xf><xf fontId="2"/></cellXfs><cellStyles/></s>'
    )
    assert [styles.quoted(0), styles.quoted(1), styles.quoted(0), styles.quoted(2)] == [2, 3, 2, 2]
    assert [item.get("quotePrefix") for item in styles.table("cellXfs")] == ["0", None, "1", "1"]
    assert styles.table("cellXfs").get("count") == "4"


@pytest.mark.office
def test_libreoffice_shows_the_mended_texts_and_no_error(
    office: Office, mending: Mending, tmp_path: Path
) -> None:
    target, saved = mending.target, tmp_path / "saved.xlsx"
    rows, errors = office.look(target, {"do": "rows", "sheet": "汇总"}, {"do": "errors"})
    assert errors == []
    assert any("图书馆 少儿图书购置" in row for row in rows)
    office.edit(target, saved)
    assert read_workbook(saved).record == read_workbook(target).record


def test_microsofts_validator_has_nothing_against_a_mended_workbook(mending: Mending) -> None:
    if reason := ooxml.missing():
        lacks(reason)
    assert ooxml.sdk_errors(mending.target) == []


def test_a_second_validator_expects_a_clean_opening(mending: Mending) -> None:
    assert ooxml.audit_errors(mending.target) == ""


def test_a_workbook_that_would_read_back_otherwise_is_not_written(
    book: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fix_file, "changed_cells", lambda *_: {})
    with pytest.raises(UserError) as refusal:
        mend_file(book, target)
    assert refusal.value.key == "fix_not_kept"
    assert not target.exists()
    assert [path.name for path in target.parent.iterdir()] == ["book.xlsx"]


def test_a_record_is_mended_into_a_record(tmp_path: Path) -> None:
    source, target = tmp_path / "a.json", tmp_path / "b.json"
    source.write_text(dumps(with_values(UNTIDY)), encoding="utf-8")
    fixed = mend_file(source, target)
    assert loads(target.read_text(encoding="utf-8")) == fixed.record
    assert read_record(target).record == fixed.record
    assert loads(source.read_text(encoding="utf-8")) == with_values(UNTIDY)


@pytest.mark.seed
def test_a_published_document_is_mended_into_a_record(seed: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.json"
    fixed = mend_file(seed, target)
    assert fixed.changes
    assert all(edit.place and edit.place.line for edit in fixed.changes)
    assert read_record(target).record == fixed.record


@pytest.mark.seed
def test_the_real_document_keeps_its_money_and_codes(seed: Path) -> None:
    reading = open_any(seed)
    fixed = fix(reading, RULES, True, profile("central"))
    assert protected(fixed.record) == protected(reading.record)
    names = [indicator["name"] for p in fixed.record["projects"] for indicator in p["indicators"]]
    assert names.count("机动车年检率") == 2
    assert "机动车年检率（%）" not in names


@pytest.mark.parametrize(
    ("name", "out", "suffix"),
    [("a.json", "b.xlsx", ".json"), ("a.txt", "b.txt", ".json"), ("book.xlsx", "b.json", ".xlsx")],
)
def test_a_target_of_another_kind_is_refused(
    tmp_path: Path, name: str, out: str, suffix: str
) -> None:
    reading = Reading({}, is_workbook=name == "book.xlsx")
    with pytest.raises(UserError) as refusal:
        fix_file.check_target(reading, tmp_path / name, tmp_path / out, diff=False)
    assert (refusal.value.key, refusal.value.facts["wanted"]) == ("wrong_suffix", suffix)
    fix_file.check_target(reading, tmp_path / name, tmp_path / f"b{suffix.upper()}", diff=False)


def test_without_a_target_only_looking_is_possible() -> None:
    book, reading = Path("book.xlsx"), Reading({}, is_workbook=True)
    fix_file.check_target(reading, book, None, diff=True)
    with pytest.raises(UserError) as refusal:
        fix_file.check_target(reading, book, None, diff=False)
    assert refusal.value.key == "nothing_to_write"


# What people see.


def printed(
    fixed: FixResult, *, colour: bool = False, diff: bool = True, out: Path | None = None
) -> str:
    output = io.StringIO()
    console = Console(
        file=output,
        force_terminal=colour,
        highlight=False,
        width=300,
        color_system="standard" if colour else None,
    )
    fixes.print_fixed(fixed, out, console, console, diff=diff)
    return output.getvalue()


def test_a_plain_diff_shows_before_and_after_with_their_place() -> None:
    reading = Reading(with_values({TARGET: "≧９０% \n"}), {TARGET: Place("02 甲", "F11")})
    text = printed(fix(reading, RULES))
    assert text.splitlines()[:3] == ["02 甲!F11  VAL414", "  - ≧９０%␣↵", "  + ≥90%"]
    assert "\x1b" not in text


def test_a_coloured_diff_marks_what_differs() -> None:
    fixed = mended(with_values({NAME: "消防设施验收合格率（%）"}))
    text = printed(fixed, colour=True)
    assert "\x1b[31m消防设施验收合格率" in text
    assert "\x1b[1;7;31m（%）" in text
    assert "\x1b[32m消防设施验收合格率" in text


def test_what_is_far_from_a_change_is_left_out_of_the_diff() -> None:
    long = "一二三四五六七八九十" * 20
    fixed = mended(with_values({PURPOSE: f"{long} ，{long}"}))
    _, before, after = printed(fixed).splitlines()[:3]
    assert (len(before), len(after)) < (60, 60)
    assert before.count("…") == after.count("…") == 2


def test_the_numbers_of_changes_and_of_what_was_left_are_told(tmp_path: Path) -> None:
    fixed = mended(
        with_values({TARGET: "100%\n", ("projects", 0, "indicators", 0, "target"): "48场"}),
        place="central",
    )
    text = printed(fixed, diff=False, out=tmp_path / "b.json")
    assert "改正 1 处" in text
    assert "另有 1 处" in text
    assert "48场" not in text
    assert "没有写入文件" in printed(fixed, diff=False)


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("reason", ["protected", "formula", "adds", "fails"])
def test_every_reason_has_words(language: str, reason: str) -> None:
    made = fix_rounds.FixedValue(PURPOSE, None, "XXX001", "甲", "乙")
    with wording.speaking(language):
        text = printed(
            FixResult({}, held=(fix_rounds.HeldChange(made, reason, ("YYY001",)),)), diff=False
        )
    assert "projects/0/purpose  XXX001  " in text
    assert ("YYY001" in text) == (reason == "adds")
