"""Monitoring and self-evaluation published as official forms, and read back the same."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ooxml import audit_errors, missing, sdk_errors
from tests.publishing.stages import report, staged
from xlperf.__main__ import run
from xlperf.canonical import canonical, dumps
from xlperf.documents import read_document_with_residue
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.publications.publication import sentences
from xlperf.jobs.publications.stage_publishing import open_points, publish_stage, verify_stage
from xlperf.publishing.stages.document import stage_document
from xlperf.publishing.stages.files import STAGE_WRITERS
from xlperf.publishing.stages.printable import printed_stage
from xlperf.publishing.stages.word import stage_word
from xlperf.publishing.tables import PrintedTable
from xlperf.record import Raw
from xlperf.rules.profiles import profile
from xlperf.rules.stages.results import with_results
from xlperf.wording import speaking

KINDS = ("monitoring", "self-evaluation")
EDITIONS = ("hebei-2021", "central-2022", "sichuan-2023")
READ_BACK = (".docx", ".txt", ".html")


@pytest.mark.parametrize("suffix", READ_BACK)
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_stage_comes_back_the_same(
    kind: str, suffix: str, data: st.DataObject, tmp_path: Path
) -> None:
    record = data.draw(staged(kind, data.draw(st.sampled_from(EDITIONS))))
    path = tmp_path / f"stage{suffix}"
    STAGE_WRITERS[suffix](stage_document(record, kind), path)
    if record["projects"]:
        reading, coverage = read_document_with_residue(path)
        assert printed_stage(reading.record, kind) == printed_stage(record, kind)
        assert coverage.residue == ()
        assert verify_stage(record, path, kind).same


def small(edition: str = "hebei-2021", **fields: Any) -> Raw:
    """Two projects of 6,400 and 3,600 yuan, of which 5,760 and 1,800 were spent."""
    rows = [
        {"level1": "产出指标", "level2": "数量指标", "name": "清淤长度", "target": "≥5公里"},
        {"level1": "产出指标", "level2": "质量指标", "name": "验收合格率", "target": "达到要求"},
    ]
    of = [[item["level1"], item["level2"], item["name"], 0] for item in rows]
    first = report(
        code="13030321GOE2BGRTFUYL2",
        indicators=[
            {"of": of[0], "weight": 25, "completed": "4公里", "score": 20, "reason": "雨天多"},
            {"of": of[1], "completed": "已达到"},
        ],
        **fields,
    )
    projects = [
        {
            "code": first["code"],
            "name": "渠道清淤",
            "budget": Decimal("6400.00"),
            "goals": ["畅通"],
        },
        {"code": "13030321GOE2BGRTFUYL3", "name": "水库巡查", "budget": Decimal("3600.00")},
    ]
    second = {"code": projects[1]["code"], "executed": Decimal("1800.00")}
    monitoring = {"kind": "monitoring", "until": "2021-07-31", "projects": [second]}
    evaluation = {"kind": "self-evaluation", "projects": [first, second]}
    return canonical(
        {
            "edition": edition,
            "fiscal_year": 2021,
            "department": {"name": "绿水县水利局"},
            "units": [],
            "projects": [{**project, "indicators": rows} for project in projects],
            "stages": [monitoring, evaluation],
        }
    )


WORDS = ("约20万", "待定", "2O00")
IN_WORDS = {  # fields that a stage prints of the first project, in each of its editions
    "monitoring": ("executed", "executed_fiscal", "expected", "expected_other"),
    "self-evaluation": ("executed", "executed_other", "adjusted", "execution_score", "total"),
}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_words_in_the_place_of_an_amount_or_points_are_kept(
    edition: str, kind: str, tmp_path: Path
) -> None:
    """Each field by itself; every word stands in each of them, in another edition."""
    path, first = tmp_path / "stage.docx", EDITIONS.index(edition)
    for at, key in enumerate(IN_WORDS[kind], first):
        record, words = small(edition), WORDS[at % len(WORDS)]
        stage = next(item for item in record["stages"] if item["kind"] == kind)
        stage["projects"][0][key] = words
        STAGE_WRITERS[".docx"](stage_document(canonical(record), kind), path)
        reading, coverage = read_document_with_residue(path)
        assert reading.record["stages"][0]["projects"][0][key] == words, key
        assert coverage.residue == (), key
        assert verify_stage(canonical(record), path, kind).same, key


def test_a_budget_in_words_is_kept_beside_what_was_spent(tmp_path: Path) -> None:
    record, path = small(), tmp_path / "stage.docx"
    record["projects"][0]["budget"] = "约64万"
    STAGE_WRITERS[".docx"](stage_document(canonical(record), "self-evaluation"), path)
    reading, coverage = read_document_with_residue(path)
    assert [project["budget"] for project in reading.record["projects"]] == ["约64万", 3600]
    assert reading.record["stages"][0]["projects"][0]["executed"] == 5760
    assert coverage.residue == ()


def lines(table: PrintedTable) -> list[list[str]]:
    """The rows of a table as the texts that stand in them, those merged from above left out."""
    return [[cell.text for cell in row if not cell.continued] for row in table.rows]


def test_the_overview_adds_up_budgets_and_spending() -> None:
    overview = lines(stage_document(small(), "self-evaluation").parts[0].tables[0])
    assert overview[1:] == [
        ["1", "13030321GOE2BGRTFUYL2", "渠道清淤", "6400.00", "", "5760.00", "90.00%", "94", "优"],
        ["2", "13030321GOE2BGRTFUYL3", "水库巡查", "3600.00", "", "1800.00", "50.00%", "", ""],
        ["合计", "10000.00", "", "7560.00", "75.60%", "", ""],
    ]


def test_the_rate_in_all_counts_what_the_department_s_sheet_counts(tmp_path: Path) -> None:
    """Of 10,000 yuan 5,760, 1,800 and 440 of a project without a budget were spent: 80 percent.

    A project that has nothing to spend has no rate.
    """
    record = small()
    more = ("无预算", None), ("零预算", Decimal("0.00"))
    for (name, budget), spent in zip(more, ("440.00", "0.00"), strict=True):
        project = {**record["projects"][1], "code": "", "name": name, "budget": budget}
        record["projects"].append({k: v for k, v in project.items() if v not in (None, "")})
        record["stages"][1]["projects"].append({"name": name, "executed": Decimal(spent)})
    record = canonical(record)
    overview = lines(stage_document(record, "self-evaluation").parts[0].tables[0])
    assert [row[6] for row in overview[1:5]] == ["90.00%", "50.00%", "", ""]
    assert overview[5] == ["合计", "10000.00", "", "8000.00", "80.00%", "", ""]
    for suffix in READ_BACK:
        path = tmp_path / f"stage{suffix}"
        STAGE_WRITERS[suffix](stage_document(record, "self-evaluation"), path)
        _, coverage = read_document_with_residue(path)
        assert coverage.residue == ()
        assert verify_stage(record, path, "self-evaluation").same


def test_hebeis_form_parts_targets_and_scores_out_of_a_hundred() -> None:
    head, body = stage_document(small(), "self-evaluation").parts[1].tables
    assert ["预算数", "6400.00", "到位数", "", "执行数", "5760.00", "90.00"] in lines(head)
    first, second = lines(body)[2:4]
    assert first[3:] == ["清淤长度", "", "≥", "5", "公里", "4公里", "", "80", "25", "20", "雨天多"]
    assert second[1:6] == ["验收合格率", "", "", "达到要求", ""]
    assert lines(body)[4:] == [
        ["预算执行率", "9", ""],
        ["总分", "35", "94", ""],  # 25 of the one indicator with a weight, 10 of execution
        ["自评等级", "优"],
    ]


def test_central_forms_print_ten_thousands_and_the_months() -> None:
    part = stage_document(small("central-2022"), "monitoring").parts[1]
    assert part.above == ("监控截止日：2021-07-31", "单位：万元")
    head, body = part.tables
    assert "1-7月执行数" in lines(head)[2] and "1-7月执行情况" in lines(body)[0]
    assert lines(head)[3] == ["年度资金总额", "0.36", "0.18", "50.00%", ""]
    evaluation = stage_document(small("central-2022"), "self-evaluation").parts[1].tables[0]
    assert lines(evaluation)[3] == ["年度资金总额", "0.64", "", "0.576", "10", "90.00%", "9"]


def test_a_wide_form_turns_the_paper() -> None:
    for edition, kind, across in (
        ("central-2022", "monitoring", True),
        ("central-2022", "self-evaluation", False),
        ("hebei-2021", "self-evaluation", True),
    ):
        data = stage_word(stage_document(small(edition), kind))
        (section,) = docx.Document(BytesIO(data)).sections
        assert (section.orientation == WD_ORIENT.LANDSCAPE) == across
        width, height = section.page_width or 0, section.page_height or 0
        assert (width > height) == across


def test_what_forms_do_not_print_and_what_is_blank_is_told(tmp_path: Path) -> None:
    source = tmp_path / "department.json"
    source.write_text(dumps(small("central-2022", received=Decimal("6400.00"))), encoding="utf-8")
    target = tmp_path / "stage.txt"
    with speaking("en"):
        published = publish_stage(source, target, "self-evaluation", verify=True)
        proof = verify_stage(published.reading.record, target, "self-evaluation")
        remarks = list(sentences(published, proof))
        points = list(open_points(published.reading, source, "self-evaluation"))
    assert proof.same
    assert "“amount received” of project 1" in remarks[0] and remarks[1].startswith("Verified")
    # of two projects one says only what was spent; of its two indicators and the other's second
    assert points[-1] == (
        "Blank in the forms: completion of the goals (2); points for budget execution (1); "
        "total of points (1); value completed (2); weight (3); score (3)."
    )


def test_the_errors_of_the_other_stage_are_not_told_of(tmp_path: Path) -> None:
    """More was spent than the budget has: an error of the evaluation, none of monitoring."""
    record = small("central-2022")
    record["stages"][0]["projects"] = []
    record["stages"][1]["projects"] = [
        {**record["stages"][1]["projects"][0], "executed": Decimal("99999999.00")}
    ]
    source = tmp_path / "department.json"
    source.write_text(dumps(record), encoding="utf-8")
    reading = open_any(source)
    with speaking("en"):
        remarks = {
            k: list(open_points(reading, source, k)) for k in ("monitoring", "self-evaluation")
        }
    assert not any("errors" in sentence for sentence in remarks["monitoring"])
    assert "errors in this stage" in remarks["self-evaluation"][0]


def left_to_the_form() -> Raw:
    """Both scores of the first project are written: 45 and 40 of 50 and 40; 5,760 of 6,400 spent.

    Execution follows, 9 of 10, and the total, 94, the best grade; the budget was raised to 7,000
    in the second one, of which nothing but its spending is said.
    """
    record = small("central-2022")
    first, second = record["stages"][1]["projects"]
    for key in ("execution_score", "total", "grade", "adjusted"):
        first.pop(key, None)
    first["executed"] = Decimal("5760.00")
    for row, weight, score in zip(first["indicators"], (50, 40), (45, 40), strict=True):
        row |= {"weight": Decimal(weight), "score": Decimal(score)}
    second["adjusted"] = Decimal("7000.00")
    return canonical(record)


def test_a_total_that_is_left_to_the_form_is_printed(tmp_path: Path) -> None:
    source, target = tmp_path / "department.json", tmp_path / "stage.txt"
    source.write_text(dumps(left_to_the_form()), encoding="utf-8")
    published = publish_stage(source, target, "self-evaluation")
    assert verify_stage(published.reading.record, target, "self-evaluation").same
    table = stage_document(published.reading.record, "self-evaluation").parts[0].tables[0]
    (_, first, second, sums) = [[cell.text for cell in row] for row in table.rows]
    assert first[-6:] == ["0.64", "", "0.576", "90.00%", "94", "优"]  # in ten thousands
    assert second[-6:] == ["0.36", "0.70", "0.18", "25.71%", "", ""]
    # 0.64 and 0.70: the rate is of what there was to spend, 0.756 of 1.34
    assert sums == ["合计", "1.00", "1.34", "0.756", "56.42%", "", ""]


def test_what_is_only_proposed_is_not_printed() -> None:
    record = left_to_the_form()
    del record["stages"][1]["projects"][0]["indicators"][1]["score"]
    assert with_results(record, profile("default")) == record


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (("monitoring", "2021-08-31"), "no_stage_until"),
        (("self-evaluation", "2021-07-31"), "until_of_monitoring"),
    ],
)
def test_a_stage_that_is_not_there_is_refused(
    options: tuple[str, str], key: str, tmp_path: Path
) -> None:
    source = tmp_path / "department.json"
    source.write_text(dumps(small()), encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        publish_stage(source, tmp_path / "stage.docx", *options)
    assert refusal.value.key == key
    assert not (tmp_path / "stage.docx").exists()


def test_the_command_publishes_verifies_and_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "department.json", tmp_path / "stage.docx"
    source.write_text(dumps(small()), encoding="utf-8")
    options = ["publish", str(source), "-o", str(target), "--lang", "en", "--stage", "monitoring"]
    assert run([*options, "--until", "2021-7-31", "--verify"]) == 0
    assert "Verified" in capsys.readouterr().out
    source.write_text(dumps({**small(), "stages": []}), encoding="utf-8")
    assert run(options) == 2
    message = capsys.readouterr().err
    assert (message.count("\n"), "holds no monitoring" in message) == (1, True)


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_word_files_of_stages_are_valid(tmp_path: Path) -> None:
    for edition, kind in zip(EDITIONS[:2], reversed(KINDS), strict=True):
        path = tmp_path / f"{edition}.docx"
        path.write_bytes(stage_word(stage_document(small(edition), kind)))
        assert sdk_errors(path) == []
        assert audit_errors(path) == ""
