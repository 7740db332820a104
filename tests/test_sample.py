"""The bundled sample: whole, in the one way of writing, adding up, and in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from xlperf import canonical as writing
from xlperf import record
from xlperf.editions import first
from xlperf.record import Department, Project
from xlperf.schema import faults
from xlperf.storage.files import shipped

SOURCES = Path(__file__).parents[2] / "shared" / "seeds"
LONGEST_RUN = 11  # characters a sentence may share with a real document, names aside


def sample_text() -> str:
    return shipped("workbook_templates", "sample.json").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def department() -> Department:
    return record.view(writing.loads(sample_text()))


def test_the_sample_has_the_shape_of_a_record() -> None:
    assert faults(writing.loads(sample_text())) == []


def test_the_sample_is_written_the_one_way_records_are_written() -> None:
    text = sample_text()
    raw = writing.loads(text)
    assert writing.canonical(raw) == raw
    assert writing.dumps(raw) == text


def test_the_sample_says_which_document_it_is(department: Department) -> None:
    assert (department.edition, department.year) == ("hebei-2021", 2021)
    assert (department.region_code, department.region_name) == ("130303", "山海关区")
    assert department.code == "333"
    assert list(department.unit_names()) == ["333001", "333005"]


def test_the_sample_has_all_its_parts(department: Department) -> None:
    assert 230 <= len(department.overall_goal) <= 280
    assert [len(activity.indicators) for activity in department.activities] == [3] * 10
    assert len(department.safeguards) == 5
    assert [len(project.goals) for project in department.projects].count(4) == 1
    assert sum(len(project.indicators) for project in department.projects) == 104


@pytest.mark.parametrize(
    ("unit", "projects", "total"),
    [("333001", 10, "5722880.00"), ("333005", 1, "2081367.00"), ("", 11, "7804247.00")],
)
def test_the_budgets_add_up(department: Department, unit: str, projects: int, total: str) -> None:
    chosen = [project for project in department.projects if unit in ("", project.unit)]
    assert len(chosen) == projects
    assert sum(project.budget or 0 for project in chosen) == Decimal(total)


def test_every_budget_is_made_up_of_its_funds_and_spent_by_december(department: Department) -> None:
    assert len(department.projects) == 11
    for project in department.projects:
        assert project.fiscal == project.budget
        assert project.other == 0
        assert project.plan["12"] == 100


def test_every_project_has_every_second_level_in_the_printed_order(department: Department) -> None:
    levels = first().levels
    printed = [(level1, level2) for level1 in levels for level2 in levels[level1]]
    for project in department.projects:
        used = [(indicator.level1, indicator.level2) for indicator in project.indicators]
        assert sorted(used, key=printed.index) == used, project.name
        assert set(used) == set(printed), project.name


def test_some_projects_have_two_indicators_under_one_second_level(department: Department) -> None:
    assert sum(len(project.indicators) > 9 for project in department.projects) == 5


def test_every_indicator_is_complete(department: Department) -> None:
    bases = first().lists["basis"]
    for project in department.projects:
        for indicator in project.indicators:
            assert indicator.name and indicator.description and indicator.target, indicator
            assert indicator.description != indicator.name, indicator
            assert indicator.basis in bases, indicator


def test_the_sample_keeps_a_few_real_faults_to_be_found(department: Department) -> None:
    def unanswered(project: Project) -> int:
        return sum(indicator.target == "是/否" for indicator in project.indicators)

    assert [unanswered(project) for project in department.projects] == [0, 1, 2, *[0] * 6, 1, 1]
    named = {indicator.name: indicator.target for indicator in department.projects[10].indicators}
    assert named["工资及保险发放准确率"] == "17人"
    counted = {
        indicator.name: indicator.target for indicator in department.activities[0].indicators
    }
    assert counted["系统发文数"] == "≥90%"


def test_nothing_in_the_sample_is_a_telephone_number() -> None:
    assert re.findall(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}", sample_text()) == []


def sentences(department: Department) -> Iterator[str]:
    yield department.overall_goal
    for activity in department.activities:
        yield activity.goal
        yield from (indicator.description for indicator in activity.indicators)
    for safeguard in department.safeguards:
        yield from (safeguard.title, safeguard.text)
    for project in department.projects:
        yield from (project.purpose, *project.goals)
        yield from (indicator.description for indicator in project.indicators)


def longest_run(text: str, other: str) -> str:
    best = ""
    for start in range(len(text)):
        while (end := start + len(best) + 1) <= len(text) and text[start:end] in other:
            best = text[start:end]
    return best


def test_the_longest_run_two_texts_share_is_found() -> None:
    assert longest_run("甲乙丙丁戊", "乙丙，乙丙丁。") == "乙丙丁"
    assert longest_run("甲乙", "丙丁") == ""


def test_no_sentence_is_said_twice(department: Department) -> None:
    texts = list(sentences(department))
    assert len(texts) == len(set(texts)) == 200


@pytest.mark.seed
def test_the_sentences_of_the_sample_are_its_own(department: Department) -> None:
    sources = sorted(SOURCES.glob("*.txt"))
    if not sources:
        pytest.skip(f"no real documents in {SOURCES}")
    real = re.sub(r"\s+", "", "".join(source.read_text(encoding="utf-8") for source in sources))
    # only the long names: a name inside a sentence is a name, whoever writes it
    names = [department.name, department.name.removeprefix("秦皇岛市")]
    names += [*department.unit_names().values()]
    names += [project.name for project in department.projects]
    for sentence in sentences(department):
        words_without_names = sentence
        for name in names:
            words_without_names = words_without_names.replace(name, "\n")
        run = longest_run(words_without_names, real)
        assert len(run) <= LONGEST_RUN, f"{run} in {sentence}"
