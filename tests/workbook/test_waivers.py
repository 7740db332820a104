"""Explanations of findings live in the workbook: typed into the list, kept through every edit."""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

from tests import ooxml
from tests.books import opened
from tests.conftest import lacks
from tests.explaining import (
    COLUMNS,
    LIST,
    REASONS,
    annotate,
    explain,
    explained,
    findings,
    lines,
    listed,
    standing,
    standing_in,
    titles,
)
from tests.masters import put_master
from tests.office import Office
from tests.workbook.test_native import NATIVE, _areas, _code_paths, _sheets
from xlperf.__main__ import run
from xlperf.canonical import canonical, dumps, loads
from xlperf.plan import EXPLAINED_FILL, plan
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.rules.core import Finding
from xlperf.rules.core import run as run_rules
from xlperf.waivers import Waiver
from xlperf.workbook.annotate import annotate_file
from xlperf.workbook.read import read_workbook

PLAN = "PLN306"  # the October plan is below the share of the year that has passed
BASIS = "REL809"
BELOW = "写在清单下面的一句话，不知说的是哪一条"
FIRST, SECOND = "01 专项补助（人防）", "02 人防业务费"
EXPLANATIONS = (
    (PLAN, FIRST, REASONS[0]),
    (PLAN, SECOND, REASONS[1]),
    (BASIS, "“行业标准”", REASONS[2]),
)


@pytest.fixture(scope="module")
def marked(small_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with its list of findings."""
    target = tmp_path_factory.mktemp("waivers") / "marked.xlsx"
    annotate(small_master, target)
    return target


@pytest.fixture(scope="module")
def explained_book(marked: Path) -> Path:
    """The same with three findings explained."""
    target = marked.with_name("told.xlsx")
    explain(marked, target, *EXPLANATIONS)
    return target


@pytest.fixture(scope="module")
def explained_record(explained_book: Path) -> Raw:
    """The record of the workbook in which something is explained."""
    return read_workbook(explained_book).record


def test_what_is_explained_is_told_apart_and_counted_apart(
    marked: Path, explained_book: Path
) -> None:
    before, after = findings(marked)["summary"], findings(explained_book)
    assert after["summary"] == {**before, "info": before["info"] - 3, "explained": 3}
    assert standing_in(after, PLAN) == dict.fromkeys(REASONS[:2], "explained")


def test_a_second_marking_keeps_explanations_and_shows_them(
    explained_book: Path, explained_record: Raw, tmp_path: Path
) -> None:
    again = tmp_path / "again.xlsx"
    annotate(explained_book, again)
    entries = explained(again)
    assert [(line["code"], line["reason"], line["who"]) for line in entries] == [
        (PLAN, REASONS[0], "张三"), (PLAN, REASONS[1], "张三"), (BASIS, REASONS[2], "张三")
    ]  # fmt: skip
    assert {line["standing"] for line in entries} == {"已说明"}
    assert read_workbook(again).record == explained_record
    cell = load_workbook(again)[FIRST]["D7"]
    assert cell.fill.fgColor.rgb == "FF" + EXPLAINED_FILL
    assert REASONS[0] in cell.comment.text and "已说明" in cell.comment.text


def test_only_the_explanation_is_typed_and_it_says_what_is_asked_for(marked: Path) -> None:
    sheet = opened(marked)[LIST]
    assert sheet.protection.sheet and not sheet.protection.password
    for key, col in COLUMNS.items():
        assert sheet.cell(4, col).protection.locked == (key not in ("reason", "who", "when")), key
    validations = {
        str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation
    }
    assert "照抄" in validations["I4"].prompt and "2021" in validations["K4"].prompt
    hidden = [key for key, col in COLUMNS.items() if _hidden(sheet, col)]
    assert hidden == ["at", "name", "facts", "then"]


def _hidden(sheet: Any, col: int) -> bool:
    for dimension in sheet.column_dimensions.values():
        dimension.reindex()
        if dimension.min <= col <= dimension.max:
            return bool(dimension.hidden)
    return False


EDITS: dict[str, list[dict[str, Any]]] = {
    "saved by another program": [],
    "a row put in above": [{"do": "insert_rows", "sheet": FIRST, "row": 2}],
    "a row put into the indicators": [{"do": "insert_rows", "sheet": SECOND, "row": 11}],
    "sheets renamed": [
        {"do": "rename_sheet", "sheet": FIRST, "name": "改了名字"},
        {"do": "rename_sheet", "sheet": LIST, "name": "三月的清单"},
    ],
    "sheets moved": [
        {"do": "move_sheet", "sheet": SECOND, "position": 6},
        {"do": "move_sheet", "sheet": LIST, "position": 0},
    ],
    "a project put in before": [
        {"do": "copy_sheet", "sheet": "03 城乡建设业务费", "name": "新项目", "position": 3},
        {"do": "text", "sheet": "新项目", "cell": "B3", "value": "130303213NEWPR0JECT21"},
    ],
    "the list sorted": [
        {"do": "move", "sheet": LIST, "area": "A6:P6", "to": "A60"},
        {"do": "move", "sheet": LIST, "area": "A10:P10", "to": "A6"},
        {"do": "move", "sheet": LIST, "area": "A60:P60", "to": "A10"},
    ],
}


@pytest.mark.office
@pytest.mark.parametrize("edit", EDITS)
def test_an_explanation_stays_with_its_finding(
    edit: str, explained_book: Path, explained_record: Raw, tmp_path: Path, office: Office
) -> None:
    edited, again = tmp_path / "edited.xlsx", tmp_path / "again.xlsx"
    office.edit(explained_book, edited, *EDITS[edit])
    report = findings(edited)
    assert report["summary"]["explained"] == 3
    assert standing_in(report, PLAN) == dict.fromkeys(REASONS[:2], "explained")
    annotate(edited, again)
    assert titles(again).count(LIST) == 1
    assert "三月的清单" not in titles(again)
    assert sorted(line["reason"] for line in explained(again)) == sorted(REASONS[:3])
    assert _written(read_workbook(again).record) == _written(explained_record)


def _written(record: Raw) -> list[tuple[str, ...]]:
    entries = record["waivers"]
    return sorted(
        (entry["code"], entry["reason"], entry["who"], entry["when"]) for entry in entries
    )


@pytest.mark.office
def test_a_copied_sheet_is_not_explained_by_the_original(
    explained_book: Path, tmp_path: Path, office: Office
) -> None:
    edited = tmp_path / "copied.xlsx"
    office.edit(
        explained_book, edited, {"do": "copy_sheet", "sheet": FIRST, "name": "副本", "position": 5}
    )
    where = {
        finding["sheet"]: finding.get("standing")
        for finding in findings(edited)["findings"]
        if finding["code"] == PLAN
    }
    assert (where[FIRST], where["副本"]) == ("explained", None)


@pytest.mark.office
def test_the_explanation_of_a_deleted_project_is_kept_below(
    explained_book: Path, tmp_path: Path, office: Office
) -> None:
    edited, again, third = (tmp_path / f"{name}.xlsx" for name in ("edited", "again", "third"))
    office.edit(explained_book, edited, {"do": "delete_sheet", "sheet": FIRST})
    annotate(edited, again)
    last = [line for line in listed(again) if line["code"]][-1]
    assert (last["number"], last["code"], last["reason"]) == (None, PLAN, REASONS[0])
    assert (last["standing"], last["sheet"]) == ("已不再出现", "专项补助（人防）")
    assert findings(again)["summary"]["explained"] == 2
    annotate(again, third)
    assert explained(third) == explained(again)


@pytest.mark.office
def test_an_explanation_lapses_when_the_facts_change_until_it_is_given_anew(
    explained_book: Path, tmp_path: Path, office: Office
) -> None:
    edited, again, third, anew = (tmp_path / f"{n}.xlsx" for n in ("e", "again", "third", "anew"))
    office.edit(
        explained_book, edited, {"do": "number", "sheet": FIRST, "cell": "D7", "value": 0.6}
    )
    report = findings(edited)
    assert standing_in(report, PLAN) == {REASONS[0]: "stale", REASONS[1]: "explained"}
    assert "WAI905" in [finding["code"] for finding in report["findings"]]
    annotate(edited, again)
    line = next(line for line in explained(again) if line["sheet"] == FIRST)
    assert line["reason"] == REASONS[0] and "失效" in line["standing"]
    annotate(again, third)  # looking again does not make it valid
    assert standing(third, PLAN)[REASONS[0]] == "stale"
    book = load_workbook(third)
    row = next(n for n, line in lines(book[LIST]).items() if line["reason"] == REASONS[0])
    book[LIST].cell(row, COLUMNS["when"]).value = "2021-04-01"
    book.save(anew)
    assert standing(anew, PLAN)[REASONS[0]] == "explained"


def test_a_rule_that_is_not_run_leaves_its_explanations_alone(
    explained_book: Path, explained_record: Raw, tmp_path: Path
) -> None:
    part, whole = tmp_path / "part.xlsx", tmp_path / "whole.xlsx"
    annotate(explained_book, part, "--select", "VAL")
    assert {line["standing"] for line in explained(part)} == {"尚未校验"}
    annotate(part, whole)
    assert {line["standing"] for line in explained(whole)} == {"已说明"}
    assert read_workbook(whole).record == explained_record


def test_record_and_workbook_carry_explanations_to_and_fro(
    explained_book: Path, tmp_path: Path
) -> None:
    record, made, back = tmp_path / "r.json", tmp_path / "made.xlsx", tmp_path / "back.json"
    run(["read", str(explained_book), "-o", str(record)])
    run(["generate", str(record), "-o", str(made)])
    run(["read", str(made), "-o", str(back)])
    assert back.read_text("utf-8") == record.read_text("utf-8")
    assert [waiver["reason"] for waiver in read_workbook(made).record["waivers"]]
    assert (
        findings(record)["summary"]
        == findings(made)["summary"]
        == findings(explained_book)["summary"]
    )
    again = tmp_path / "again.xlsx"
    annotate(record, again)
    assert {line["standing"] for line in explained(again)} == {"已说明"}


def test_nothing_typed_is_lost_though_it_belongs_to_nothing(marked: Path, tmp_path: Path) -> None:
    odd, again = tmp_path / "odd.xlsx", tmp_path / "again.xlsx"
    book = opened(marked)
    sheet = book[LIST]
    sheet.cell(sheet.max_row + 1, COLUMNS["reason"]).value = BELOW
    sheet.cell(4, COLUMNS["who"]).value = "李四"
    book.save(odd)
    annotate(odd, again)
    rows = listed(again)
    assert [line["reason"] for line in rows if line["reason"]] == [BELOW]
    assert [line["who"] for line in rows if line["who"]] == ["李四"]


def test_a_copy_of_the_list_adds_only_what_the_list_does_not_say(
    explained_book: Path, tmp_path: Path
) -> None:
    odd, again = tmp_path / "odd.xlsx", tmp_path / "again.xlsx"
    book = opened(explained_book)
    copy = book.copy_worksheet(book[LIST])
    copy.title = "清单备份"
    for name, defined in book[LIST].defined_names.items():
        target = defined.attr_text.replace(LIST, "清单备份")
        copy.defined_names[name] = DefinedName(name, attr_text=target)
    first, *_ = (n for n, line in lines(copy).items() if line["reason"])
    copy.cell(first, COLUMNS["reason"]).value = "备份里的旧说明，合同尚未签订"
    other = next(
        n
        for n, line in lines(copy).items()
        if line["sheet"].startswith("03") and not line["reason"]
    )
    for key, text in (("reason", REASONS[3]), ("who", "王五"), ("when", "2021-03-16")):
        copy.cell(other, COLUMNS[key]).value = text
    book.save(odd)
    annotate(odd, again)
    assert sorted(line["reason"] for line in explained(again)) == sorted(REASONS[:4])
    assert "清单备份" in titles(again)


def test_a_text_that_looks_like_a_formula_stays_a_text(marked: Path, tmp_path: Path) -> None:
    odd, again = tmp_path / "odd.xlsx", tmp_path / "again.xlsx"
    explain(marked, odd, (PLAN, FIRST, "x"))
    book = load_workbook(odd)
    row = next(n for n, line in lines(book[LIST]).items() if line["reason"] == "x")
    cell = book[LIST].cell(row, COLUMNS["reason"])
    cell.value, cell.data_type = '=HYPERLINK("http://x","按通知发放考核奖补")', "s"
    book.save(odd)
    annotate(odd, again)
    assert load_workbook(again)[LIST].cell(row, COLUMNS["reason"]).data_type == "s"


def test_an_error_is_not_explained_away(marked: Path, tmp_path: Path) -> None:
    odd, again = tmp_path / "odd.xlsx", tmp_path / "again.xlsx"
    explain(marked, odd, ("VAL401", "“提高工作效率”", REASONS[3]))
    assert annotate(odd, again) == 1
    assert standing(odd, "VAL401") == {REASONS[3]: "refused"}
    assert "错误必须改正" in explained(again)[0]["standing"]


def test_mending_carries_explanations_untouched(
    explained_book: Path, explained_record: Raw, tmp_path: Path
) -> None:
    mended = tmp_path / "mended.xlsx"
    run(["fix", str(explained_book), "-o", str(mended)])
    assert read_workbook(mended).record["waivers"] == explained_record["waivers"]


def test_explanations_do_not_disturb_the_roll_up(
    small_master: Path, explained_book: Path, tmp_path: Path
) -> None:
    for source, target in ((small_master, "a.json"), (explained_book, "b.json")):
        run(["rollup", str(source), "--json", str(tmp_path / target)])
    first, second = (
        loads((tmp_path / name).read_text("utf-8"), name) for name in ("a.json", "b.json")
    )
    judged = [
        [department.pop("findings") for department in made["departments"]]
        for made in (first, second)
    ]
    assert judged[0] != judged[1]  # what is explained does not count
    for made in (first, second):
        for entry in made["departments"]:
            entry.pop("score")
    assert first == second


def test_the_list_opens_clean(small: Raw, tmp_path: Path) -> None:
    if reason := ooxml.missing():
        lacks(reason)
    names = ("one", "marked", "told", "again", "made")
    one, marked, with_reason, again, made = (tmp_path / f"{name}.xlsx" for name in names)
    record = tmp_path / "r.json"
    put_master({**small, "projects": small["projects"][:1], "activities": []}, one)
    annotate(one, marked)
    explain(marked, with_reason, EXPLANATIONS[0])
    annotate(with_reason, again)
    run(["read", str(with_reason), "-o", str(record)])
    run(["generate", str(record), "-o", str(made)])
    for path in (again, made):
        assert ooxml.sdk_errors(path) == []
    # the other one keeps sheets as openpyxl wrote them, with texts in their cells
    assert ooxml.audit_errors(made) == ""


# The workbook's own checks know what is explained.


def damaged(sample: Raw) -> Raw:
    """A part of the sample with faults that cells can see and explanations may settle."""
    record = deepcopy(sample)
    projects = record["projects"] = record["projects"][:6]
    record["activities"] = record["activities"][:3]
    assert {project["unit"] for project in projects} < {unit["code"] for unit in record["units"]}
    projects[0]["code"] = "130304213GA2H9SH8UW5I"
    projects[1]["code"] = "130303223LEX52GBA60DZ"
    projects[2]["indicators"] = projects[2]["indicators"][1:]
    record["activities"][0]["indicators"][0]["target"] = "显著提高"
    for number, target in enumerate(("逐步完善", "15", "优良", "进一步  提升", "≥100%")):
        projects[3]["indicators"][number]["target"] = target
    projects[4]["indicators"][-1]["target"] = "≥100%"
    projects[5]["indicators"][-1]["target"] = "50%"
    record.pop("region", None)
    return canonical(record)


def waivers(candidates: list[Finding], every: int) -> list[Raw]:
    """Explanations, each in words of its own, of every so many findings that may be explained."""
    signs = count(0x4E00, 37)
    return [
        Waiver(
            finding.code,
            finding.about.at,
            finding.about.name,
            f"因{chr(next(signs))}{chr(next(signs))}工程在十一月验收，合同约定验收前不付款",
            "张三",
            "2021-03-15",
            finding.about.facts,
        ).raw()
        for number, finding in enumerate(candidates)
        if finding.severity != "error" and number % every == 0
    ]


@pytest.fixture(scope="module")
def open_ones(sample: Raw, tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What a workbook of the faulty record has to be explained."""
    path = tmp_path_factory.mktemp("open") / "master.xlsx"
    put_master(damaged(sample), path)
    return run_rules(read_workbook(path), NATIVE.values())


@pytest.mark.office
@pytest.mark.parametrize("every", [1, 2, 3])
def test_cells_and_rules_agree_on_what_is_explained(
    every: int, open_ones: list[Finding], sample: Raw, tmp_path: Path, office: Office
) -> None:
    path, marked = tmp_path / "master.xlsx", tmp_path / "marked.xlsx"
    record = canonical({**damaged(sample), "waivers": waivers(open_ones, every)})
    put_master(record, path)
    reading = read_workbook(path)
    results = run_rules(reading, catalogue().values())
    annotate_file(plan(results, reading.record), path, marked)
    areas, at = _areas(record, _sheets(record))
    cells = office.look(marked, {"do": "mutate", "tries": [[]], "areas": areas})[0][0]
    native = _code_paths(cells, at)
    still = {(f.code, f.path) for f in results if f.code in NATIVE and not f.explained}
    settled = {(f.code, f.path) for f in results if f.code in NATIVE and f.explained}
    codes = {code for code, _ in settled}
    assert len(codes) >= (6 if every == 1 else 3)
    assert every > 1 or "STR025" in codes  # known by a row's code, not by its name
    assert native == still


@pytest.mark.office
def test_the_status_follows_what_is_explained(sample: Raw, tmp_path: Path, office: Office) -> None:
    record = deepcopy(sample)
    record["projects"] = [record["projects"][3]]
    record["projects"][0]["indicators"][0]["target"] = "逐步完善"
    path, marked, with_reason, again = (
        tmp_path / f"{n}.xlsx" for n in ("m", "marked", "told", "again")
    )
    put_master(canonical(record), path)
    annotate(path, marked)
    explain(marked, with_reason, ("VAL402", "", REASONS[4]))
    annotate(with_reason, again)
    title = next(t for t in titles(again) if t.startswith("01 "))
    before, after = (_summary(office, book, title) for book in (marked, again))
    assert before[1] == after[1] + 1
    assert "正常" not in before[0]
    # another text is another matter, explained or not
    target = next(line["cell"] for line in explained(again) if line["code"] == "VAL402")
    change = {"do": "text", "sheet": title, "cell": target, "value": "不断完善"}
    assert _summary(office, again, title, change)[1] == before[1]


def _summary(office: Office, path: Path, title: str, *steps: dict[str, Any]) -> tuple[str, int]:
    """The status and the open points of the only project."""
    rows = office.look(path, *steps, {"do": "rows", "sheet": "汇总"})[-1]
    head = next(row for row in rows if "项目编码" in row)
    line = rows[rows.index(head) + 1]
    status = head.index("状态")
    return line[status], int(float(line[status + 1] or 0))


def test_dumps_of_a_record_with_explanations_is_canonical(explained_record: Raw) -> None:
    mixed = {**explained_record, "waivers": list(reversed(explained_record["waivers"]))}
    assert dumps(canonical(mixed)) == dumps(explained_record)
