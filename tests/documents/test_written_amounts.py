"""Amounts printed in figures and written out, and amounts in brackets; what is read, by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.documents.forms import document, rows
from tests.documents.layouts import html
from tests.documents.test_other_layouts import read as read_picture
from xlperf.documents import read_text
from xlperf.documents.layouts.funding.sums import sum_of
from xlperf.jobs.inputs.importing import doubts, import_any
from xlperf.reading import Reading

FORM = """
项目支出绩效目标表
{unit}
项目名称 | 林区道路 | 预算金额 | {cell}
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 里程 | 30公里
"""


def read(cell: str, unit: str, folder: Path) -> Reading:
    statement = f"单位：{unit}" if unit else "附件"
    return read_picture(FORM.format(cell=cell, unit=statement), folder)[0]


def codes(reading: Reading) -> list[str]:
    return [remark.code for remark in reading.remarks]


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        ("20.00（贰拾万元整）", "万元", "200000.00"),
        ("20.00（贰拾元整）", "元", "20.00"),
        ("贰拾万元整（20.00）", "万元", "200000.00"),
        ("人民币贰拾万元整（¥200,000.00元）", "万元", "200000.00"),
        ("大写：贰拾万元整 小写：200000.00元", "元", "200000.00"),
        ("20.00万元（大写：贰拾万元整）", "元", "200000.00"),
        ("1,200.50（壹仟贰佰元伍角）", "元", "1200.50"),
        ("20.00（贰拾万元整）", "", "200000.00"),  # the words say that it is in ten thousands
        ("20.00（贰拾元整）", "", "20.00"),
    ],
)
def test_figures_and_words_that_agree_are_one_amount(
    cell: str, unit: str, yuan: str, tmp_path: Path
) -> None:
    reading = read(cell, unit, tmp_path)
    assert reading.record["projects"][0]["budget"] == Decimal(yuan)
    assert codes(reading) == []
    assert "money_unit" in reading.record


@pytest.mark.parametrize(
    ("cell", "unit", "yuan", "words"),
    [
        ("20.00（贰拾元整）", "万元", "200000.00", "20.00"),
        ("20.00（贰拾万元整）", "元", "20.00", "200000.00"),
        ("1200.50（壹仟贰佰元整）", "元", "1200.50", "1200.00"),
        ("35.00（贰拾元整）", "", "35.00", "20.00"),
    ],
)
def test_figures_and_words_that_differ_are_said(
    cell: str, unit: str, yuan: str, words: str, tmp_path: Path
) -> None:
    reading = read(cell, unit, tmp_path)
    assert reading.record["projects"][0]["budget"] == Decimal(yuan)
    (remark,) = [remark for remark in reading.remarks if remark.code == "AMT214"]
    assert remark.path == ("projects", 0, "budget")
    assert remark.facts == {"written": cell, "kept": yuan, "words": words}


@pytest.mark.parametrize("cell", ["（20.00）", "(20.00)", "(1,234.50)", "（20万元）"])
def test_an_amount_in_brackets_is_kept_as_written_and_said(cell: str, tmp_path: Path) -> None:
    reading = read(cell, "万元", tmp_path)
    assert reading.record["projects"][0]["budget"] == cell
    assert codes(reading) == ["AMT215"]
    reading, coverage = import_any(
        html(FORM.format(cell=cell, unit="单位：万元"), tmp_path / "a.html")
    )
    assert len(doubts(reading, coverage)) == 1


def test_nothing_in_brackets_is_nothing(tmp_path: Path) -> None:
    reading = read("（0.00）", "万元", tmp_path)
    assert reading.record["projects"][0]["budget"] == Decimal(0)
    assert codes(reading) == []


@pytest.mark.parametrize(
    "text", ["20.00（含上年）", "20（2024年）", "（一）20.00", "二三元（20.00）"]
)
def test_other_words_beside_a_number_are_no_sum(text: str) -> None:
    assert sum_of(text) is None


def test_our_own_form_is_read_alike() -> None:
    text = document(rows())
    assert "6400.00" in text
    reading = read_text(text.replace("6400.00", "6400.00（陆仟肆佰元整）", 1))
    assert reading.record["projects"][0]["budget"] == Decimal("6400.00")
    assert "AMT214" not in codes(reading)
    wrong = read_text(text.replace("6400.00", "6400.00（陆仟元整）", 1))
    assert wrong.record["projects"][0]["budget"] == Decimal("6400.00")
    assert "AMT214" in codes(wrong)


@pytest.mark.parametrize("sign", [" ", "　", "1", "-", "（", "(", "贰", "元", "大写："])
def test_a_long_cell_is_refused_in_time(sign: str) -> None:
    assert sum_of(f"20.00（{sign * 30_000}整）") is None
