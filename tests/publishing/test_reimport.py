"""Published and imported again, a record is the same, and no character is left over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tests.publishing.records import covered, empty_form, nothing
from xlperf.documents import read_document_with_residue
from xlperf.documents.reader import composed
from xlperf.jobs.publications import publishing as jobs
from xlperf.publishing import printed_part, publish_html, publish_text, publish_word
from xlperf.record import Raw

FORMATS = {".txt": publish_text, ".html": publish_html, ".docx": publish_word}
EACH = pytest.mark.parametrize("suffix", FORMATS)

Back = Callable[[Raw, str], Raw]


@pytest.fixture
def back(tmp_path: Path) -> Back:
    """Publish, import again, and see that nothing was left over."""

    def there_and_back(record: Raw, suffix: str) -> Raw:
        path = tmp_path / f"document{suffix}"
        FORMATS[suffix](record, path)
        reading, coverage = read_document_with_residue(path)
        assert coverage.residue == ()
        assert {remark.code for remark in reading.remarks} <= {"STR013"}  # the contents' own codes
        return reading.record

    return there_and_back


@EACH
def test_the_sample_comes_back_the_same(suffix: str, sample: Raw, back: Back) -> None:
    read = back(sample, suffix)
    assert {key: value for key, value in read.items() if key != "inferred"} == sample


@EACH
@pytest.mark.seed
def test_the_real_document_comes_back_the_same(suffix: str, seed: Path, back: Back) -> None:
    record = read_document_with_residue(seed)[0].record
    read = back(record, suffix)
    assert printed_part(read) == printed_part(record)
    assert (read["department"], read["region"]) == (record["department"], record["region"])


@EACH
def test_projects_of_one_name_come_back_the_same(suffix: str, sample: Raw, back: Back) -> None:
    twins = [{**project, "name": "设备维护"} for project in sample["projects"]]
    read = back({**sample, "projects": twins}, suffix)
    assert [project["name"] for project in read["projects"]] == ["设备维护"] * len(twins)
    assert read["projects"] == printed_part({**sample, "projects": twins})["projects"]
    assert read["activities"] == sample["activities"]


@EACH
@given(record=covered())
@settings(
    max_examples=tries(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_record_comes_back_the_same(suffix: str, record: Raw, back: Back) -> None:
    printed, read = printed_part(record), printed_part(back(record, suffix))
    assert {key: read.get(key) for key in printed} == printed


@EACH
@pytest.mark.parametrize("record", [nothing(), empty_form(), {}])
def test_a_record_that_says_nothing_is_printed_as_headings_and_blanks(
    suffix: str, record: Raw, tmp_path: Path
) -> None:
    path = tmp_path / f"document{suffix}"
    FORMATS[suffix](record, path)
    assert "三、工作保障措施" in composed(path).source.text
    assert ("项目编码" in composed(path).source.text) == bool(record.get("projects"))
    assert jobs.verify(record, path).same


@EACH
@pytest.mark.parametrize(
    "lacking",
    [
        *("fiscal_year", "region", "department", "overall_goal", "activities", "safeguards"),
        *("units", "projects"),
    ],
)
def test_whatever_part_is_lacking_the_rest_comes_back(
    suffix: str, lacking: str, sample: Raw, back: Back
) -> None:
    record = {key: value for key, value in sample.items() if key != lacking}
    before, after = printed_part(record), printed_part(back(record, suffix))
    named = {"department", "fiscal_year", "region"}  # may be inferred where they are not stated
    assert {key: after.get(key) for key in before.keys() - named} == {
        key: before[key] for key in before.keys() - named
    }


@EACH
@pytest.mark.parametrize(
    "field",
    [
        *("code", "name", "unit", "budget", "fiscal", "other", "purpose", "spending_plan"),
        *("goals", "indicators"),
    ],
)
def test_a_project_without_one_field_comes_back_without_it(
    suffix: str, field: str, sample: Raw, back: Back
) -> None:
    project = {key: value for key, value in sample["projects"][0].items() if key != field}
    record = {**sample, "projects": [project, sample["projects"][1]]}
    before, after = printed_part(record), printed_part(back(record, suffix))
    assert after["projects"] == before["projects"]
