"""What `import` says of a document, and when it is not clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.held_out import LAYOUTS
from tests.documents.layouts import html
from xlperf.__main__ import run as main
from xlperf.canonical import loads
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import open_any, read_record
from xlperf.reading import Reading
from xlperf.rules import catalogue, core
from xlperf.rules.core import Finding

CLEAN, WITH_FINDINGS, NOT_DONE = 0, 1, 2

GOOD = """
项目支出绩效目标表（2023年度）
单位：万元
项目名称 | 河堤加固 | 主管部门 | 某县水利局
年度资金总额 | 85.2 | 其中：财政拨款 | 85.2
年度目标 | 加固三公里 | < | <
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 加固长度 | 3公里
"""


def imported(
    picture: str, folder: Path, capsys: pytest.CaptureFixture[str], lang: str = "en"
) -> tuple[int, str]:
    source = html(picture, folder / "form.html")
    status = main(["--lang", lang, "import", str(source), "-o", str(folder / "record.json")])
    output = capsys.readouterr()
    return status, output.out + output.err


def test_a_layout_that_is_understood_is_clean_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, output = imported(GOOD, tmp_path, capsys)
    assert status == CLEAN
    assert "4 of 4 columns understood" in output
    assert "a form of project goals; 1 projects, 1 indicators" in output
    assert loads((tmp_path / "record.json").read_text("utf-8"))["edition"] == "unknown"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("三级指标 | 指标值", "三级指标 | 质控参数", "质控参数"),
        ("单位：万元", "附件", "have no unit"),
        ("单位：万元", "单位：万美元", "are not in yuan"),
        ("年度目标 |", f"{'说明文字' * 20} |", "% of the text is in no field"),
        ("项目名称 |", "名目 |", "projects have no name"),
        ("产出指标 | 数量指标 | 加固长度 | 3公里", "| | |", "No indicators were read"),
    ],
)
def test_whatever_is_not_understood_is_told_and_is_not_clean(
    old: str, new: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, output = imported(GOOD.replace(old, new), tmp_path, capsys)
    assert status == WITH_FINDINGS
    assert sentence in " ".join(output.split())
    assert (tmp_path / "record.json").exists()


def test_what_was_recognised_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = imported(GOOD, tmp_path, capsys, "zh")[1]
    assert "4 栏中认得 4 栏" in output
    assert "表上的金额以万元为单位" in output


FALLEN_APART = "项目支出绩效自评表\n一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 里程 3\n"


def test_a_table_fallen_apart_is_refused_with_what_was_seen(tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text(FALLEN_APART, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        open_any(source)
    assert refused.value.key == "nothing_read"
    assert "项目支出绩效自评表" in str(refused.value.facts["seen"])


def test_what_is_no_document_at_all_is_refused_as_before(tmp_path: Path) -> None:
    source = tmp_path / "letter.txt"
    source.write_text("请各单位报送材料。\n", encoding="utf-8")
    assert main(["import", str(source), "-o", str(tmp_path / "record.json")]) == NOT_DONE


def findings(reading: Reading) -> list[Finding]:
    return core.run(reading, catalogue().values())


@pytest.mark.parametrize("layout", ["central self-evaluation", "grades", "flat table"])
def test_validating_blames_no_source_for_columns_that_its_layout_lacks(
    layout: str, tmp_path: Path
) -> None:
    reading = open_any(html(LAYOUTS[layout][0], tmp_path / "form.html"))
    blamed = {"STR001", "STR002", "STR004", "STR006", "STR008", "STR011", "STR018", "STR026"}
    assert not blamed & {finding.code for finding in findings(reading)}


def test_what_a_layout_has_elsewhere_is_asked_for_where_it_is_blank(tmp_path: Path) -> None:
    picture = GOOD + "产出指标 | 质量指标 | 验收合格率 | 100%\n"
    reading = open_any(html(picture, tmp_path / "form.html"))
    del reading.record["projects"][0]["indicators"][1]["target"]
    blank = [finding.path for finding in findings(reading) if finding.code == "STR011"]
    assert blank == [("projects", 0, "indicators", 1, "target")]


def test_a_record_of_stages_is_written_and_read_back_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(LAYOUTS["half-year monitoring"][0], tmp_path, capsys)
    record = read_record(tmp_path / "record.json").record
    (stage,) = record["stages"]
    assert stage["projects"][0]["indicators"][0]["of"] == ["产出指标", "", "数量", 0]
    assert record == loads((tmp_path / "record.json").read_text("utf-8"))


def test_a_project_with_a_form_of_goals_and_one_of_self_evaluation_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = GOOD.replace("绩效目标表", "绩效自评表").replace("| 指标值", "| 完成值")
    status, output = imported(GOOD + later, tmp_path, capsys)
    assert status == WITH_FINDINGS
    assert "would be counted twice: 河堤加固" in " ".join(output.split())
