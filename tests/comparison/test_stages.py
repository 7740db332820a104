"""Changes of monitoring and self-evaluation: named by stage, project and indicator."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest

from tests.publishing.test_stages import small
from xlperf.__main__ import run
from xlperf.canonical import canonical, dumps
from xlperf.jobs.comparing import compare, text_of, write
from xlperf.jobs.publications.stage_publishing import publish_stage
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.reports.changes.comparison_view import groups_of, in_short
from xlperf.wording import speaking


def changed(edit: Callable[[list[Raw]], None]) -> list[tuple[str, str, str, str]]:
    """What is shown after an edit of the stages: project, label, before, after."""
    record = small()
    after = deepcopy(record)
    edit(after["stages"])
    with speaking("en"):
        result = compare(Reading(record), Reading(canonical(after)))
        return [
            (group.name, view.label, view.before, view.after)
            for group in groups_of(result.compared)
            for view in group.changes
        ]


def test_amounts_and_results_are_named_by_stage_project_and_indicator() -> None:
    def edit(stages: list[Raw]) -> None:
        stages[0]["projects"][0]["executed"] = Decimal("1900.00")
        row = stages[1]["projects"][0]["indicators"][0]
        row |= {"completed": "4.5公里", "score": Decimal("22.5")}

    length = "self-evaluation: indicator “清淤长度”: "
    assert changed(edit) == [
        ("水库巡查", "monitoring up to 2021-07-31: amount spent", "1,800.00", "1,900.00"),
        ("渠道清淤", f"{length}value completed", "4公里", "4.5公里"),
        ("渠道清淤", f"{length}score", "20", "22.5"),
    ]


def test_answers_are_told_in_words() -> None:
    def edit(stages: list[Raw]) -> None:
        of = ["产出指标", "数量指标", "清淤长度", 0]
        stages[0]["projects"][0]["indicators"] = [
            {"of": of, "causes": ["funding"], "possibility": "possible"}
        ]

    ((project, label, before, after),) = changed(edit)
    assert (project, label) == (
        "水库巡查",
        "monitoring up to 2021-07-31: indicator “清淤长度”",
    )
    assert before == "" and "产出指标/数量指标/清淤长度" in after and "possible" in after


def test_a_new_stage_and_a_project_that_is_gone_are_told_in_short() -> None:
    record = small()
    after = deepcopy(record)
    after["stages"].append({"kind": "monitoring", "until": "2021-10-31", "projects": []})
    gone = after["stages"][1]["projects"].pop(0)
    with speaking("en"):
        views = [
            view
            for group in groups_of(compare(Reading(record), Reading(canonical(after))).compared)
            for view in group.changes
        ]
        assert [view.label for view in views] == [
            "monitoring up to 2021-10-31",
            "self-evaluation: what it says of the project",
        ]
        summary = in_short(gone, views[1].change.field)
    assert summary == "5,760.00 yuan spent, 94 points in all, 2 indicators"


def test_only_amounts_are_told_in_yuan() -> None:
    with speaking("zh"):
        assert in_short({}, "stages/projects") == "执行数（空），总分（空），0条指标"
        project = {"executed": "约5万元", "total": 90}
        assert in_short(project, "stages/projects") == "执行数约5万元，总分90，0条指标"
        summary = in_short({"executed": Decimal(1800)}, "stages/projects")
        assert summary == "执行数1,800.00元，总分（空），0条指标"


@pytest.mark.parametrize("kind", ["monitoring", "self-evaluation"])
def test_a_published_stage_is_no_change_and_a_later_edit_is_one(kind: str, tmp_path: Path) -> None:
    source, forms = tmp_path / "department.json", tmp_path / "stage.txt"
    source.write_text(dumps(small()), encoding="utf-8")
    publish_stage(source, forms, kind)
    assert run(["diff", str(source), str(forms), "-o", str(tmp_path / "same.json")]) == 0
    assert '"changes": []' in (tmp_path / "same.json").read_text(encoding="utf-8")
    record = small()
    at = ["monitoring", "self-evaluation"].index(kind)
    record["stages"][at]["projects"][-1]["executed"] = Decimal("2000.00")
    source.write_text(dumps(record), encoding="utf-8")
    run(["diff", str(forms), str(source), "-o", str(tmp_path / "other.json")])
    text = (tmp_path / "other.json").read_text(encoding="utf-8")
    assert text.count('"kind"') == 1 and "1800.00" in text and "2000.00" in text


def test_a_project_whose_code_is_not_printed_is_joined_by_its_name(tmp_path: Path) -> None:
    source, forms = tmp_path / "department.json", tmp_path / "stage.txt"
    record = small()
    for number, project in enumerate(record["projects"], 1):
        for stage in record["stages"]:
            for item in stage["projects"]:
                item["code"] = item["code"].replace(project["code"], f"甲{number}")
        project["code"] = f"甲{number}"
    source.write_text(dumps(canonical(record)), encoding="utf-8")
    publish_stage(source, forms, "self-evaluation")
    run(["diff", str(source), str(forms), "-o", str(tmp_path / "same.json")])
    changes = json.loads((tmp_path / "same.json").read_text(encoding="utf-8"))["changes"]
    assert [item for item in changes if item["path"][0] == "stages"] == []


def test_pages_and_workbooks_show_them(tmp_path: Path) -> None:
    after = small()
    after["stages"][1]["projects"][0]["grade"] = "良"
    result = compare(Reading(small()), Reading(after))
    assert "绩效自评的等级" in text_of(result, ".html")
    write(result, tmp_path / "changes.xlsx")
    assert (tmp_path / "changes.xlsx").stat().st_size > 0
