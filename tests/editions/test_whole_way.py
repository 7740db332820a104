"""Each edition goes generate, read, validate, publish, import, roll up, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.editions.records import CENTRAL, PLAIN, SICHUAN, another_edition, parted
from tests.masters import put_master
from xlperf import wording
from xlperf.canonical import canonical, dumps
from xlperf.documents import read_document, read_text
from xlperf.editions import ANY_EDITION, TRAITS, traits_of
from xlperf.errors import UserError
from xlperf.jobs.inputs.choose_edition import put_into
from xlperf.jobs.many_files.rolling_up import roll_up_files
from xlperf.jobs.new_workbook import WorkbookSpec, generate
from xlperf.jobs.publications.publishing import publish
from xlperf.paths import get
from xlperf.publishing import printed_part, publish_text
from xlperf.reading import Reading
from xlperf.record import Raw, view
from xlperf.rules import catalogue
from xlperf.rules.core import run
from xlperf.workbook.read import read_workbook

BUDGETS = {"central-2022": "224000.50", "sichuan-2023": "43250.75", "plain-test": "79000.20"}


@pytest.fixture(params=[CENTRAL, SICHUAN, PLAIN], ids=lambda record: record["edition"])
def record(request: pytest.FixtureRequest) -> Iterator[Raw]:
    """A record of each edition; that of the tests is known while it is used."""
    if request.param is PLAIN:
        with another_edition():
            yield PLAIN
    else:
        yield request.param


def codes(record: Raw) -> list[tuple[str, tuple[Any, ...]]]:
    return [(finding.code, finding.path) for finding in run(Reading(record), catalogue().values())]


def test_a_workbook_gives_the_record_back(record: Raw, tmp_path: Path) -> None:
    put_master(record, tmp_path / "m.xlsx")
    reading = read_workbook(tmp_path / "m.xlsx")
    assert reading.record == record
    assert reading.remarks == ()


def test_no_finding_is_about_something_the_forms_do_not_have(record: Raw) -> None:
    blank: Raw = {**record, "projects": [{}, {"indicators": [{}, {"name": "n"}]}]}
    traits = traits_of(record)
    for judged in (record, canonical(blank)):
        for code, path in codes(judged):
            keys = "/".join(step for step in path if isinstance(step, str))
            assert not traits.lacks(keys), (code, path)


def test_what_the_edition_requires_is_missed(record: Raw) -> None:
    traits = traits_of(record)
    blank = canonical({**record, "projects": [{"indicators": [{"level2": "x"}]}]})
    missed = {str(path[-1]) for code, path in codes(blank) if code in ("STR006", "STR011")}
    required_keys = {*traits.required["projects"], *traits.required["projects/indicators"]}
    assert missed == required_keys - {"level2", "indicators"}


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx"])
def test_what_is_published_is_read_back_the_same(record: Raw, suffix: str, tmp_path: Path) -> None:
    master, target = tmp_path / "m.xlsx", tmp_path / f"d{suffix}"
    put_master(record, master)
    publish(master, target)
    back = read_document(target).record
    assert back["edition"] == record["edition"]
    assert "leftovers" not in back
    assert printed_part(back) == printed_part(record)


def test_a_document_is_printed_in_the_unit_of_money_of_its_edition(tmp_path: Path) -> None:
    put_master(CENTRAL, tmp_path / "m.xlsx")
    publish(tmp_path / "m.xlsx", tmp_path / "d.txt")
    text = (tmp_path / "d.txt").read_text(encoding="utf-8")
    assert "\t单位：万元\n" in text
    assert "\t年度资金总额\n\t12.60005\n\t其中：财政拨款\n\t12.00005\n\t其他资金\n\t0.60\n" in text
    assert "第一部分" not in text


def test_a_record_from_a_document_in_another_unit_is_printed_in_that_unit(tmp_path: Path) -> None:
    put_master({**SICHUAN, "money_unit": "万元"}, tmp_path / "m.xlsx")
    assert read_workbook(tmp_path / "m.xlsx").record["money_unit"] == "万元"
    publish(tmp_path / "m.xlsx", tmp_path / "d.txt")
    text = (tmp_path / "d.txt").read_text(encoding="utf-8")
    assert "\t单位：万元\n" in text and "\t4.325075\n" in text
    assert read_document(tmp_path / "d.txt").record["projects"][0]["budget"] == Decimal("43250.75")


def test_the_totals_have_what_editions_share_and_say_what_they_leave_out(
    record: Raw, tmp_path: Path
) -> None:
    put_master(record, tmp_path / "m.xlsx")
    totals = roll_up_files([tmp_path / "m.xlsx"])
    assert not totals.set_aside
    assert str(totals.totals.budget) == BUDGETS[record["edition"]]
    assert any("资金支出计划" in remark for remark in totals.remarks)


def test_several_editions_are_added_up_together(tmp_path: Path) -> None:
    for name, source in (("a", CENTRAL), ("b", SICHUAN)):
        put_master(source, tmp_path / f"{name}.xlsx")
    totals = roll_up_files([tmp_path / "a.xlsx", tmp_path / "b.xlsx"])
    assert (totals.totals.projects, str(totals.totals.budget)) == (3, "267251.25")
    assert str(totals.totals.fiscal) == "218000.50"  # Sichuan's form has no sources of funds


def test_a_summary_has_the_columns_of_its_edition(record: Raw, tmp_path: Path) -> None:
    put_master(record, tmp_path / "m.xlsx")
    book = load_workbook(tmp_path / "m.xlsx")
    assert [name for name in book.defined_names if name.startswith("XP_PLAN")] == []
    assert {"XP_BUDGET", "XP_PROJECTS", "XP_STATUS"} <= set(book.defined_names)
    assert ("XP_FISCAL" in book.defined_names) == traits_of(record).has("projects/fiscal")


def test_dropdowns_offer_the_words_of_the_edition(tmp_path: Path) -> None:
    put_master(CENTRAL, tmp_path / "c.xlsx")
    put_master(SICHUAN, tmp_path / "s.xlsx")
    central, sichuan = (load_workbook(tmp_path / f"{name}.xlsx") for name in "cs")
    assert offered(central, "offer_level1")[0] == "成本指标"
    assert offered(central, "offer_level2")[:3] == [
        "经济成本指标",
        "社会成本指标",
        "生态环境成本指标",
    ]
    assert offered(sichuan, "offer_direction") == ["正向指标", "反向指标"]
    assert "人" in offered(sichuan, "offer_unit")
    assert "XPW_offer_basis" not in central.defined_names  # no column for it
    formulas = {
        rule.formula1
        for sheet in central.worksheets
        for rule in sheet.data_validations.dataValidation
    }
    names = {text for text in formulas if text and text.startswith("XPW_")}
    assert names <= set(central.defined_names)


def offered(book: Any, name: str) -> list[Any]:
    """The words of a list on the hidden sheet."""
    [(title, area)] = book.defined_names[f"XPW_{name}"].destinations
    return [row[0].value for row in book[title][area.replace("$", "")]]


def test_a_lost_manifest_does_not_make_it_another_edition(record: Raw, tmp_path: Path) -> None:
    put_master(record, tmp_path / "m.xlsx")
    book = load_workbook(tmp_path / "m.xlsx")
    del book["_xlperf"]
    book.save(tmp_path / "m.xlsx")
    assert read_workbook(tmp_path / "m.xlsx").record["edition"] == record["edition"]
    del book["部门整体"]
    book.save(tmp_path / "m.xlsx")
    reading = read_workbook(tmp_path / "m.xlsx")
    assert reading.record["edition"] == record["edition"]
    assert "edition" in reading.record["inferred"]  # nobody takes it for stated


def test_rules_see_a_target_whole_that_stands_in_three_columns() -> None:
    indicators = view(SICHUAN).projects[0].indicators
    assert [indicator.target for indicator in indicators][:3] == ["≥2700册", "=100%", "≥5.5%"]
    qualitative = parted("效益指标", "社会效益指标", "影响", "定性", "好", "", 5)
    record = canonical({**SICHUAN, "projects": [{"indicators": [qualitative]}]})
    assert view(record).projects[0].indicators[0].target == "好"


def test_no_fix_for_a_whole_target_is_written_into_one_of_its_columns() -> None:
    wide = parted("产出指标", "数量指标", "添置图书册数", "≥", "２７００", "册", 30)
    record = canonical({**SICHUAN, "projects": [{"indicators": [wide]}]})
    fixes = [
        finding.fix
        for finding in run(Reading(record), catalogue().values())
        if finding.path[-1] == "target" and finding.fix
    ]
    assert fixes == []


UNKNOWN: Raw = canonical(
    {
        "edition": "unknown",
        "fiscal_year": 2023,
        "department": {"name": "某某局"},
        "money_unit": "万元",
        "projects": [
            {
                "name": "河道保洁",
                "budget": Decimal("5000.00"),
                "overview": "每周巡河。",
                "leader": "河长办",
                "indicators": [
                    {
                        **parted("产出指标", "数量指标", "巡河次数", "≥", "52", "次", 40),
                        "scoring": "比例",
                    }
                ],
            }
        ],
    }
)


def test_a_record_of_an_unknown_form_asks_for_an_edition_and_is_put_into_it(
    tmp_path: Path,
) -> None:
    with pytest.raises(UserError) as raised:
        put_master(UNKNOWN, tmp_path / "m.xlsx")
    assert raised.value.key == "edition_unknown"
    record, remarks = put_into(UNKNOWN, "central-2022", "r.json")
    project = record["projects"][0]
    assert project["indicators"][0]["target"] == "≥52次"
    assert (project["leader"], project["overview"]) == ("河长办", "每周巡河。")
    assert [leftover["text"] for leftover in record["leftovers"]] == ["正向指标", "比例"]
    assert len(remarks) == 1 and "2处" in remarks[0]
    put_master(record, tmp_path / "m.xlsx")
    assert read_workbook(tmp_path / "m.xlsx").record == record


def test_nothing_of_an_unknown_form_is_dropped_whatever_edition_it_is_put_into() -> None:
    for name in TRAITS:
        record, _ = put_into(UNKNOWN, name, "r.json")
        record_text = str(record)
        for word in (
            "河道保洁",
            "每周巡河。",
            "河长办",
            "巡河次数",
            "52",
            "次",
            "正向指标",
            "比例",
        ):
            assert word in record_text, (name, word)
    assert get(UNKNOWN, ("projects", 0, "leader")) == "河长办"  # the record itself is as it was


def test_a_record_of_a_known_edition_is_not_put_into_another() -> None:
    with pytest.raises(UserError) as raised:
        put_into(CENTRAL, "sichuan-2023", "r.json")
    assert raised.value.key == "edition_differs"


def test_everything_of_an_unknown_form_may_be_there() -> None:
    traits = traits_of(UNKNOWN)
    assert (traits.name, traits.fields) == (ANY_EDITION.name, ANY_EDITION.fields)
    assert not [path for code, path in codes(UNKNOWN) if code in ("STR006", "STR011")]


@pytest.mark.parametrize("name", TRAITS)
def test_blank_forms_of_every_edition(name: str, tmp_path: Path) -> None:
    generate(None, tmp_path / "m.xlsx", 2, WorkbookSpec("501001某某局本级", 2024, name))
    record = read_workbook(tmp_path / "m.xlsx").record
    assert (record["edition"], record["fiscal_year"], len(record["projects"])) == (name, 2024, 2)
    levels = [
        (indicator["level1"], indicator["level2"])
        for indicator in record["projects"][0]["indicators"]
    ]
    assert levels == [(a, b) for a, below in TRAITS[name].levels.items() for b in below]


def test_a_list_of_projects_becomes_forms_of_the_edition_that_is_asked_for(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("项目名称,预算数,财政资金\n河道保洁,5000,5000\n", encoding="utf-8")
    started = generate(
        listed, tmp_path / "m.xlsx", None, WorkbookSpec("501001某某局", 2024, "sichuan-2023")
    )
    record = read_workbook(tmp_path / "m.xlsx").record
    assert (record["edition"], record["projects"][0]["budget"]) == ("sichuan-2023", Decimal("5000"))
    assert [leftover["text"] for leftover in record["leftovers"]] == ["5000.00"]
    assert any("财政资金" in remark for remark in started.remarks)


def test_a_form_that_is_of_no_edition_is_unknown_and_keeps_everything(tmp_path: Path) -> None:
    publish_text(CENTRAL, tmp_path / "d.txt")
    text = (tmp_path / "d.txt").read_text(encoding="utf-8").replace("\t分值\n", "\t备注甲\n")
    (tmp_path / "d.txt").write_text(text, encoding="utf-8")
    record = read_document(tmp_path / "d.txt").record
    assert record["edition"] == "unknown"
    texts = [
        record["projects"][0].get("leader"),
        *(leftover["text"] for leftover in record["leftovers"]),
    ]
    assert "灌溉站负责人" in texts
    assert record["projects"][0]["budget"] == Decimal("126000.50")
    assert [code for code, path in codes(record) if path == ("edition",)] == ["STR035"]


def test_an_edition_that_nothing_tells_is_not_taken_for_stated() -> None:
    text = "1.道路维修绩效目标表\n\t项目名称\n\t道路维修\n\n"
    record = read_text(text).record
    assert "edition" in record["inferred"]


def test_forms_of_nobodys_edition_are_added_up_by_what_they_state(tmp_path: Path) -> None:
    """No plan and no sources of funds are printed: only the budgets, 5,000 yuan, are added."""
    file = tmp_path / "unknown.json"
    file.write_text(dumps(UNKNOWN), encoding="utf-8")
    rollup = roll_up_files([file])
    assert rollup.set_aside == () and rollup.totals.budget == Decimal("5000.00")
    with wording.speaking("zh"):
        (remark,) = roll_up_files([file]).remarks
    assert "没有财政资金、其他资金、资金支出计划，" in remark


def test_a_budget_that_an_unknown_form_does_not_state_is_no_nought(tmp_path: Path) -> None:
    record = {**UNKNOWN, "projects": [{**UNKNOWN["projects"][0], "budget": None}]}
    file = tmp_path / "unknown.json"
    file.write_text(dumps(canonical(record)), encoding="utf-8")
    rollup = roll_up_files([file])
    assert [entry.file for entry in rollup.set_aside] == [str(file)] and rollup.totals.projects == 0
