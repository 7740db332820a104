"""Citations: the document and what of it; on a rule's own page also how far it was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.rules.citations import STATUSES, is_citable, regulations
from xlperf import wording
from xlperf.regulations import cite
from xlperf.rules import catalogue

SOURCES = sorted({source for rule in catalogue().values() for source in rule.sources})


@pytest.fixture(params=wording.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = wording.language()
    wording.use(request.param)
    yield str(request.param)
    wording.use(before)


def test_a_citation_names_document_number_dimension_and_how_far_it_was_checked() -> None:
    document = "财预〔2015〕88号《中央部门预算绩效目标管理办法》·完整性"
    assert cite("88/completeness") == document
    assert cite("88/completeness", noted=True) == f"{document}（一般了解，未核条文）"


def test_short_names_and_keys_are_one() -> None:
    assert cite("88号/完整性") == cite("88/completeness")
    title = "GB/T 2260《中华人民共和国行政区划代码》"
    assert cite("GB/T 2260") == title
    assert cite("GB/T 2260", noted=True) == f"{title}（有旁证，未核条文）"
    assert cite("种子观察") == cite("habit")


def test_a_habit_is_not_called_a_regulation() -> None:
    assert cite("habit").startswith("样例惯例")
    assert "不是制度规定" in cite("habit")


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_can_be_cited_in_both_languages(source: str, language: str) -> None:
    citation = cite(source)
    assert is_citable(source)
    assert not re.search(r"[{}]|None", citation)
    assert bool(re.search("[\u4e00-\u9fff]", citation)) == (language == "zh")


def test_no_article_is_cited(language: str) -> None:
    assert SOURCES
    for source in SOURCES:
        assert not re.search(r"第[一二三四五六七八九十百0-9]+条|[Aa]rticle [0-9]", cite(source))


def test_every_document_says_how_far_it_was_checked() -> None:
    assert len(regulations()) == 9
    assert {regulation.status for regulation in regulations()} <= set(STATUSES)
    assert all(
        regulation.title and regulation.title_en and regulation.short
        for regulation in regulations()
    )


def test_an_unknown_document_or_dimension_is_not_known() -> None:
    assert not is_citable("999/completeness")
    assert not is_citable("88/beauty")
    assert not is_citable("88/")
