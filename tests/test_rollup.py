"""Many workbooks into totals, to the cent; what cannot be added is set aside with its reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.conftest import library
from tests.effort import tries
from tests.many import of_one_project
from tests.masters import put_master
from tests.office import Office
from xlperf.__main__ import run
from xlperf.canonical import dumps, loads
from xlperf.jobs.many_files.file_search import search
from xlperf.jobs.many_files.rolling_up import roll_up_files
from xlperf.record import Raw
from xlperf.rollup import ReadFile, roll_up
from xlperf.totals import TotalsLine
from xlperf.workbook.draw.books import totals_book
from xlperf.workbook.draw.books.totals_book import write_rollup


@pytest.fixture
def folder(master: Path, sample: Raw, tmp_path: Path) -> Path:
    inner = tmp_path / "区县" / "各部门"
    inner.mkdir(parents=True)
    (inner / "a.xlsx").write_bytes(master.read_bytes())
    put_master(of_one_project(sample, "401", 333), inner / "b.xlsx")
    put_master(of_one_project(sample, "402", 10**12 + 1), inner / "c.xlsx")
    (inner / "same.xlsx").write_bytes(master.read_bytes())
    (inner / "broken.xlsx").write_bytes(master.read_bytes()[:2000])
    (inner / "~$a.xlsx").write_bytes(b"lock")
    foreign = Workbook()
    foreign.active["A1"] = "工资表"
    foreign.save(inner / "foreign.xlsx")
    book = load_workbook(inner / "b.xlsx")
    book.worksheets[3]["C4"] = "三元三角三"
    book.save(inner / "words.xlsx")
    return tmp_path / "区县"


def test_a_folder_is_rolled_up_and_the_rest_set_aside(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, json_file = tmp_path / "rollup.xlsx", tmp_path / "rollup.json"
    status = run(["rollup", str(folder), "-o", str(book), "--json", str(json_file), "--lang", "zh"])
    assert status == 1
    data = loads(json_file.read_text(encoding="utf-8"))
    assert data["totals"]["budget"] == "10007804250.34"
    assert data["totals"]["projects"] == 13
    assert data["totals"]["planned"]["12"] == "10007804250.34"
    assert [d["code"] for d in data["departments"]] == ["333", "401", "402"]
    assert {u["code"]: u["budget"] for u in data["units"]} == {
        "333001": "5722880.00",
        "333005": "2081367.00",
        "401001": "3.33",
        "402001": "10000000000.01",
    }
    reasons = {Path(entry["file"]).name: entry["reason"] for entry in data["set_aside"]}
    assert set(reasons) == {"broken.xlsx", "foreign.xlsx", "same.xlsx", "words.xlsx"}
    assert "C4" in reasons["words.xlsx"] and "三元三角三" in reasons["words.xlsx"]
    assert "a.xlsx" in reasons["same.xlsx"]
    shown = capsys.readouterr()
    assert "10,007,804,250.34" in shown.out
    assert "foreign.xlsx" in shown.err


def test_the_roll_up_workbook_calculates_the_same_totals_and_has_charts(
    folder: Path, tmp_path: Path, office: Office
) -> None:
    rollup = roll_up_files(search([folder]).files)
    write_rollup(rollup, tmp_path / "r.xlsx")
    assert len(load_workbook(tmp_path / "r.xlsx")["汇总"]._charts) == 2
    rows, errors = office.look(
        tmp_path / "r.xlsx", {"do": "rows", "sheet": "汇总"}, {"do": "errors"}
    )
    assert errors == []
    shown = {row[0]: row[2] for row in rows if row[0] in ("合计", "333", "401", "402", "333005")}
    assert shown == {
        "合计": "10,007,804,250.34",
        "333": "7,804,247.00",
        "401": "3.33",
        "402": "10,000,000,000.01",
        "333005": "2,081,367.00",
    }


def test_one_project_in_two_files_is_pointed_out(sample: Raw, tmp_path: Path) -> None:
    _, *others = sample["projects"]
    for name, record in (("a", sample), ("b", {**sample, "projects": others})):
        put_master(record, tmp_path / f"{name}.xlsx")
    rollup = roll_up_files(search([tmp_path]).files)
    assert len(rollup.remarks) == len(others)
    assert others[0]["code"] in rollup.remarks[0]


def test_a_file_that_was_saved_twice_is_pointed_out_once(sample: Raw, tmp_path: Path) -> None:
    for name, record in (("a", sample), ("b", {**sample, "overall_goal": "另一版。"})):
        (tmp_path / f"{name}.json").write_text(dumps(record), encoding="utf-8")
    (remark,) = roll_up_files([tmp_path / "a.json", tmp_path / "b.json"]).remarks
    assert "a.json" in remark and "b.json" in remark and "两份" in remark


def test_a_record_and_its_own_workbook_end_with_1(
    sample: Raw, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text(dumps(sample), encoding="utf-8")
    put_master(sample, tmp_path / "a.xlsx")
    files = [str(tmp_path / name) for name in ("a.json", "a.xlsx")]
    target = ["-o", str(tmp_path / "r.xlsx"), "--lang", "zh"]
    assert run(["rollup", *files, *target]) == 1
    assert "两个文件都加进去了" in capsys.readouterr().err
    assert run(["rollup", files[0], *target]) == 0


def test_projects_without_codes_are_told_by_department_unit_and_name() -> None:
    def file(name: str, *lines: TotalsLine) -> ReadFile:
        return ReadFile(name, "2021", [replace(one, name="水渠清淤", file=name) for one in lines])

    first = file("a.xlsx", line("333", "甲局", "333001", 100))
    changed = file("b.xlsx", line("333", "甲局", "333001", 200))
    others = file("c.xlsx", line("333", "甲局", "333002", 300), line("444", "乙局", "333001", 400))
    assert not roll_up([first, others]).counts_twice
    rollup = roll_up([first, changed, others])
    assert rollup.counts_twice
    (remark,) = [sentence for sentence in rollup.remarks if "水渠清淤" in sentence]
    assert "a.xlsx" in remark and "b.xlsx" in remark


def line(department: str, name: str, unit: str, cents: int, **more: str) -> TotalsLine:
    """A project of one unit, with so many cents of fiscal money and nothing else."""
    yuan, zero = Decimal(cents).scaleb(-2), Decimal("0.00")
    planned = dict.fromkeys(("03", "06", "10", "12"), zero)
    extra = {"unit_name": "", "file": f"{name}.xlsx", "region": "", **more}
    return TotalsLine(department, name, unit, extra["unit_name"], "", "", yuan, yuan, zero, planned,
                extra["file"], extra["region"])  # fmt: skip


# 甲局 has 1.00 + 2.00 in 333001 and 4.00 in 007; 乙局, of the same code, 8.00 in 333001; 丙局 has
# 16.00 in a unit written 7 and 32.00 in one written 333001, 64.00 in a unit A1 and 128.00 in a1.
SHARED_CODES = [
    line("333", "甲局", "333001", 100), line("333", " 甲局", "333001", 200),
    line("333", "甲局", "007", 400), line("333", "乙局", "333001", 800),
    line("444", "丙局", "7", 1600), line("444", "丙局", "333001", 3200),
    line("444", "丙局", "A1", 6400), line("444", "", "a1", 12800),
]  # fmt: skip
BY_UNIT = {
    ("甲局", "333001"): "3.00", ("甲局", "007"): "4.00", ("乙局", "333001"): "8.00",
    ("丙局", "7"): "16.00", ("丙局", "333001"): "32.00", ("丙局", "A1"): "64.00",
    ("丙局", "a1"): "128.00",
}  # fmt: skip


def test_sums_are_of_a_department_and_its_unit_where_codes_are_shared() -> None:
    content = roll_up([ReadFile("f", "2021", SHARED_CODES)]).as_json()
    assert [(d["code"], d["name"], d["budget"], d["projects"]) for d in content["departments"]] == [
        ("333", "乙局", "8.00", 1), ("333", "甲局", "7.00", 3), ("444", "丙局", "240.00", 4)
    ]  # fmt: skip
    units = {(u["department_name"], u["code"]): u["budget"] for u in content["units"]}
    assert units == BY_UNIT
    names, shared = content["remarks"]
    assert "333 " in names and "“甲局”" in names and "“乙局”（乙局.xlsx）" in names
    assert "333001" in shared and "444“丙局”" in shared


def test_the_workbook_calculates_every_department_and_unit_by_itself(
    tmp_path: Path, office: Office
) -> None:
    path = tmp_path / "r.xlsx"
    write_rollup(roll_up([ReadFile("f", "2021", SHARED_CODES)]), path)
    rows, errors, remarks = office.look(
        path, {"do": "rows", "sheet": "汇总"}, {"do": "errors"}, {"do": "rows", "sheet": "提示"}
    )
    assert errors == []
    assert len(remarks) == 3
    calculated = {(row[11], row[0]): row[2] for row in rows if row[11:] and row[11]}
    assert calculated == {("部门名称", "二、按预算单位"): "", **BY_UNIT}
    stored = load_workbook(path, data_only=True)["汇总"].iter_rows(values_only=True)
    unit_totals = {(row[11], row[0]): f"{row[2]:.2f}" for row in stored if row[11] and row[2]}
    assert unit_totals == BY_UNIT


def test_departments_of_one_code_and_name_in_two_regions_stay_apart() -> None:
    lines = [line("333", "甲局", "", 100, region=where) for where in ("海港区", "山海关区")]
    content = roll_up([ReadFile("f", "2021", lines)]).as_json()
    assert {(d["name"], d["budget"]) for d in content["departments"]} == {
        ("甲局（海港区）", "1.00"), ("甲局（山海关区）", "1.00")
    }  # fmt: skip
    assert "海港区" in content["remarks"][0]


def test_one_unit_under_two_names_is_added_up_and_pointed_out() -> None:
    lines = [line("333", "甲局", "333001", 100, unit_name=name) for name in ("本级", "机关")]
    content = roll_up([ReadFile("f", "2021", lines)]).as_json()
    assert [(u["code"], u["name"], u["budget"]) for u in content["units"]] == [
        ("333001", "本级", "2.00")
    ]
    assert "本级" in content["remarks"][0] and "机关" in content["remarks"][0]


def test_sums_beyond_64_bits_are_exact() -> None:
    lines = [line("333", "甲局", "333001", 99 * 10**14)] * 1000
    assert roll_up([ReadFile("f", "2021", lines)]).totals.budget == 99 * 10**15


def test_no_files_at_all_is_refused(tmp_path: Path) -> None:
    assert run(["rollup", str(tmp_path), "--json", str(tmp_path / "a.json")]) == 2


@settings(max_examples=tries(50), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2"]),
            st.sampled_from(["001", "002"]),
            st.decimals(0, 10**11, places=2),
        )
    )
)
def test_totals_are_exact_whatever_is_added(rows: list[tuple[str, str, Decimal]]) -> None:
    planned = {month: Decimal("0.01") for month in ("03", "06", "10", "12")}
    zero = Decimal("0.00")
    lines = [TotalsLine(d, d, d + u, "", "", "", b, b, zero, planned, "f") for d, u, b in rows]
    rollup = roll_up([ReadFile("f", "2021", lines)])
    assert rollup.totals.budget == sum((b for *_, b in rows), Decimal(0))
    assert rollup.totals.planned["03"] == Decimal("0.01") * len(rows)
    for group in rollup.units:
        assert group.sums.budget == sum(b for d, u, b in rows if d + u == group.code)
    assert sum(g.sums.projects for g in rollup.departments) == len(rows)


def test_a_third_of_the_budget_is_planned_like_any_share(sample: Raw, tmp_path: Path) -> None:
    record = of_one_project(sample, "401", 30000)  # a third by the end of March
    record["projects"][0]["spending_plan"]["03"] = Decimal("33.33333333333333")
    put_master(record, tmp_path / "a.xlsx")
    rollup = roll_up_files([tmp_path / "a.xlsx"])
    assert (rollup.totals.planned["03"], rollup.set_aside) == (Decimal("100.00"), ())


def test_a_share_that_is_no_number_is_set_aside_as_a_share(sample: Raw, tmp_path: Path) -> None:
    record = of_one_project(sample, "401", 30000)
    record["projects"][0]["spending_plan"]["03"] = "三成"
    put_master(record, tmp_path / "a.xlsx")
    (aside,) = roll_up_files([tmp_path / "a.xlsx"]).set_aside
    assert "百分数" in aside.reason and "三成" in aside.reason


@pytest.mark.parametrize("option", ["--cache", "--parquet"])
def test_a_file_where_a_folder_is_to_be_is_told_as_one(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library("pyarrow")
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        options = [str(tmp_path / "a.json"), "-o", str(tmp_path / "r.xlsx"), option, str(place)]
        assert run(["--lang", "en", "rollup", *options]) == 2
        assert f"“{tmp_path / 'file'}” is a file, not a folder." in capsys.readouterr().err


def test_a_file_without_projects_is_pointed_out() -> None:
    rollup = roll_up([ReadFile("a.xlsx", "2021", []), ReadFile("b.xlsx", "2021", SHARED_CODES)])
    assert [remark for remark in rollup.remarks if "a.xlsx" in remark] == list(rollup.remarks[:1])
    assert not any("b.xlsx" in remark for remark in rollup.remarks)


def test_every_total_leads_to_its_projects_and_these_to_file_sheet_and_cell(
    folder: Path, tmp_path: Path
) -> None:
    book = tmp_path / "r.xlsx"
    write_rollup(roll_up_files(search([folder]).files), book)
    written = load_workbook(book)
    totals, projects = written["汇总"], written["项目"]
    heads = {cell.value: cell.column for cell in projects[1]}
    places = {
        projects.cell(row, heads["项目名称"]).value: projects.cell(row, heads["位置"])
        for row in range(2, projects.max_row + 1)
    }
    place = places["项目401"]
    assert place.value.startswith("b.xlsx 01 ")
    sheet, cell = place.value.removeprefix("b.xlsx ").rsplit("!", 1)
    source = load_workbook(folder / "各部门" / "b.xlsx")[sheet][cell]
    assert float(source.value) == 3.33
    assert place.hyperlink.target == "%E5%8C%BA%E5%8E%BF/%E5%90%84%E9%83%A8%E9%97%A8/b.xlsx"
    assert place.hyperlink.location == f"'{sheet}'!{cell}"
    names = {cell.value: cell for (cell,) in totals["B1:B12"] if cell.hyperlink}
    led = names["第402局"].hyperlink.location.removeprefix("项目!").removeprefix("'项目'!")
    assert projects[led].value == "402"


def test_of_very_many_projects_totals_are_numbers_and_the_list_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totals_book, "MOST_LISTED", 3)
    write_rollup(roll_up([ReadFile("f", "2021", SHARED_CODES)]), tmp_path / "r.xlsx")
    totals, projects = (load_workbook(tmp_path / "r.xlsx")[name] for name in ("汇总", "项目"))
    assert projects.max_row == 1 + 3 and projects.auto_filter.ref.endswith("4")
    shown = {(row[1].value, row[2].value, row[9].value) for row in totals["A4:J9"]}
    assert {("乙局", 8, 1), ("甲局", 7, 3), ("丙局", 240, 4)} <= shown
    assert totals["C4"].value == 255 and "前 3 个项目" in totals["A2"].value
