"""The job: anything that can be read, published and proven."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from xlperf.canonical import dumps
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import read_record
from xlperf.jobs.publications import publishing as jobs
from xlperf.jobs.publications.publication import sentences
from xlperf.publishing import publish_text, publish_word, text_of
from xlperf.record import Raw
from xlperf.wording import say


@pytest.fixture(autouse=True)
def _estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page numbers are another test's: the estimate is quick."""
    monkeypatch.setattr("xlperf.publishing.pdf.office_program", lambda: "")


@pytest.fixture
def source(sample: Raw, tmp_path: Path) -> Path:
    path = tmp_path / "department.json"
    path.write_text(dumps(sample), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.html", "a.HTM", "a.text"])
def test_a_record_is_published_by_suffix_and_verified(name: str, source: Path) -> None:
    target = source.with_name(name)
    published = jobs.publish(source, target, verify=True)
    proof = jobs.verify(published.reading.record, target, source)
    assert proof.same
    assert list(sentences(published, proof)) == [say("publish.same", file=target)]


def test_a_workbook_is_published_to_the_same_text_as_its_record(
    master: Path, sample: Raw, tmp_path: Path
) -> None:
    jobs.publish(master, tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == text_of(sample)


@pytest.mark.parametrize("name", ["a.doc", "a.xlsx", "a", "a.json"])
def test_an_unknown_suffix_is_refused_before_anything_is_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        jobs.publish(tmp_path / "no such file", tmp_path / name)
    assert refused.value.key == "publish_kind"
    assert refused.value.facts["known"] == ".docx .txt .html .pdf"


def test_a_pdf_cannot_be_verified_and_is_not_written(source: Path) -> None:
    with pytest.raises(UserError) as refused:
        jobs.publish(source, source.with_name("a.pdf"), verify=True)
    assert refused.value.key == "verify_pdf"
    assert not source.with_name("a.pdf").exists()


def test_what_no_form_can_hold_is_refused_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "department.json"
    path.write_text('{"edition": "hebei-2021", "projects": ["x"]}', encoding="utf-8")
    with pytest.raises(UserError) as refused:
        jobs.publish(path, tmp_path / "a.txt")
    assert (refused.value.key, refused.value.facts["paths"]) == ("publish_unsound", "第1个项目")


def test_a_text_that_was_changed_after_it_was_written_does_not_pass(source: Path) -> None:
    target = source.with_name("a.txt")
    published = jobs.publish(source, target)
    text = target.read_text(encoding="utf-8").replace("≥90%", "≥91%", 1)
    target.write_text(text, encoding="utf-8")
    proof = jobs.verify(published.reading.record, target)
    assert not proof.same
    assert proof.changed == ("activities/0/indicators/0/target",)
    (sentence,) = sentences(published, proof)
    assert "第1个分项的第1条指标的“指标值”" in sentence


def test_a_word_file_with_a_line_too_many_does_not_pass(source: Path) -> None:
    target = source.with_name("a.docx")
    published = jobs.publish(source, target)
    opened = docx.Document(str(target))
    opened.paragraphs[0].insert_paragraph_before("内部资料，注意保存")
    opened.save(str(target))
    proof = jobs.verify(published.reading.record, target)
    assert (proof.changed, proof.residue) == ((), 9)
    assert not proof.same
    assert list(sentences(published, proof)) == [say("publish.residue", file=target, count=9)]


def test_blank_space_is_told_apart_from_what_is_said(sample: Raw, tmp_path: Path) -> None:
    record = {**sample, "overall_goal": "第一段\n\n第二段 "}
    publish_word(record, tmp_path / "a.docx")
    proof = jobs.verify(record, tmp_path / "a.docx")
    assert proof.same
    assert (proof.changed, proof.blanks) == ((), ("overall_goal",))


def test_a_text_is_compared_with_the_text_it_came_from(source: Path) -> None:
    first, second = source.with_name("a.txt"), source.with_name("b.txt")
    jobs.publish(source, first)
    published = jobs.publish(first, second)
    proof = jobs.verify(published.reading.record, second, first)
    assert proof.same
    assert list(sentences(published, proof)) == [
        say("publish.same", file=second),
        say("publish.letter_by_letter", file=first),
    ]
    text = first.read_text(encoding="utf-8").replace("绩效目标：", "绩效目标:", 1)
    first.write_text(text, encoding="utf-8")
    published = jobs.publish(first, second)
    proof = jobs.verify(published.reading.record, second, first)
    assert proof.same
    assert [(difference.was, difference.now) for difference in proof.letters] == [(":", "：")]
    assert "1 处" in list(sentences(published, proof))[1]


def test_what_is_not_printed_is_said(sample: Raw, tmp_path: Path) -> None:
    record = {
        **sample,
        "department": {**sample["department"], "code": "999"},
        "units": [*sample["units"], {"code": "999001", "name": "没有项目的单位"}],
        "leftovers": [{"place": "X!A1", "text": "草稿"}],
    }
    (tmp_path / "a.json").write_text(dumps(record), encoding="utf-8")
    published = jobs.publish(tmp_path / "a.json", tmp_path / "a.txt")
    at = len(sample["units"])
    assert published.unprinted == (("department", "code"), ("leftovers",), ("units", at))
    assert "草稿" not in (tmp_path / "a.txt").read_text(encoding="utf-8")
    proof = jobs.verify(record, tmp_path / "a.txt")
    assert proof.same
    assert next(sentences(published, proof)) == say(
        "publish.unprinted", paths=f"“部门编码”；“其他内容”；第{at + 1}个单位"
    )


def test_publishing_leaves_the_record_as_it_is(sample: Raw, tmp_path: Path) -> None:
    before = dumps(sample)
    publish_text(sample, tmp_path / "a.txt")
    publish_word(sample, tmp_path / "a.docx")
    assert dumps(sample) == before


def test_a_failing_write_leaves_the_old_file(sample: Raw, tmp_path: Path) -> None:
    target = tmp_path / "no folder" / "a.docx"
    with pytest.raises(UserError) as refused:
        publish_word(sample, target)
    assert refused.value.key == "no_folder"


def test_the_sample_is_the_bundled_one(source: Path, sample: Raw) -> None:
    assert read_record(source).record == sample
