"""Files brought to the wrong command, and what people are told in passing."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from xlperf.__main__ import run
from xlperf.canonical import dumps
from xlperf.record import Raw
from xlperf.rules.core import Finding, Severity
from xlperf.rules.message_facts import Word, money
from xlperf.rules.waivers.finding_identity import settled
from xlperf.wording import speaking


@pytest.fixture
def files(small: Raw, small_master: Path, tmp_path: Path) -> dict[str, Path]:
    """A master workbook, a record, a document, a plain list and a result of validation."""
    made = {name: tmp_path / name for name in ("记录.json", "文本.txt", "清单.xlsx", "结果.json")}
    made["记录.json"].write_text(dumps(small), encoding="utf-8")
    assert run(["publish", str(small_master), "-o", str(made["文本.txt"])]) == 0
    book = Workbook()
    for row in (["项目名称", "预算数"], ["早期工程维修", 6400]):
        book.active.append(row)
    book.save(made["清单.xlsx"])
    run(["validate", str(small_master), "--format", "json", "-o", str(made["结果.json"])])
    return {"master.xlsx": small_master, **made}


@pytest.mark.parametrize(
    ("command", "name", "key"),
    [
        ("import", "master.xlsx", "xlperf read"),
        ("import", "记录.json", "xlperf generate"),
        ("import", "清单.xlsx", "xlperf generate"),
        ("read", "文本.txt", "xlperf import"),
        ("read", "记录.json", "xlperf generate"),
        ("read", "清单.xlsx", "xlperf generate"),
        ("repair", "文本.txt", "xlperf generate"),
        ("repair", "记录.json", "xlperf generate"),
        ("validate", "结果.json", "请给出原来的工作簿"),
        ("publish", "结果.json", "请给出原来的工作簿"),
    ],
)
def test_a_file_at_the_wrong_command_is_sent_to_the_right_one(
    command: str, name: str, key: str, files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    suffix = {"repair": ".xlsx", "publish": ".docx"}.get(command, ".json")
    target = files["文本.txt"].with_name(f"出{suffix}")
    capsys.readouterr()
    assert run([command, str(files[name]), "-o", str(target), "--lang", "zh"]) == 2
    message = capsys.readouterr().err
    assert key in message and files[name].name in message
    assert len(message.splitlines()) == 1 and not target.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["generate", "记录.json", "-o", "a.docx"], "xlperf publish"),
        (["generate", "记录.json", "-o", "a.json"], "xlperf read"),
        (["generate", "记录.json", "-o", "a.xls"], "以 .xlsx 结尾"),
        (["read", "master.xlsx", "-o", "a.txt"], "xlperf publish"),
        (["import", "文本.txt", "-o", "a.xlsx"], "xlperf generate"),
        (["repair", "master.xlsx", "-o", "a.pdf"], "xlperf publish"),
        (["publish", "master.xlsx", "-o", "a.xlsx"], "xlperf generate"),
    ],
)
def test_a_name_that_promises_another_kind_of_file_is_refused(
    arguments: list[str], sentence: str, files: dict[str, Path], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    command, source, _, name = arguments
    target = tmp_path / name
    assert run([command, str(files[source]), "-o", str(target), "--lang", "zh"]) == 2
    assert sentence in capsys.readouterr().err and not target.exists()


def test_publish_says_how_many_errors_and_blanks_a_document_carries(
    small: Raw, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "a.json", tmp_path / "a.txt"
    record: dict[str, Any] = json.loads(dumps(small))
    record["overall_goal"] = ""  # STR001, a blank
    record["projects"][0] |= {"purpose": "", "budget": 100, "fiscal": 80, "other": 10}
    for other in record["projects"][1:]:
        other |= {"purpose": "用途", "budget": 90, "fiscal": 80, "other": 10}
    source.write_text(json.dumps(record), encoding="utf-8")
    settings = tmp_path / "xlperf.toml"
    settings.write_text('select = ["STR001", "STR006", "AMT202"]', encoding="utf-8")
    assert run(["publish", str(source), "-o", str(target), "--lang", "zh"]) == 0
    assert "还有 3 个错误、2 处没有填写" in capsys.readouterr().err  # and AMT202, no blank
    settings.write_text('select = ["COD106"]', encoding="utf-8")
    assert run(["publish", str(source), "-o", str(target), "--lang", "zh"]) == 0
    assert "没有发现错误" in capsys.readouterr().err


def test_rules_are_listed_in_the_order_of_their_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "json", "--lang", "zh"]) == 0
    numbers = [int(rule["code"][3:]) for rule in json.loads(capsys.readouterr().out)]
    assert numbers == sorted(numbers) and numbers[0] == 1


@pytest.mark.parametrize(
    ("code", "facts", "language", "message"),
    [
        ("STR011", {"indicator": Word("rule_part.nth_indicator", 1), "field": "指标值"}, "zh",
         "第1条指标的“指标值”为空。"),
        ("STR011", {"indicator": "完好率", "field": "指标值"}, "zh",
         "指标“完好率”的“指标值”为空。"),
        ("STR006", {"project": Word("rule_part.nth_project", 2), "field": "budget"}, "en",
         "Project 2 has no “budget”."),
        ("AMT209", {"written": Decimal("12345.678"), "kept": Decimal("12345.68")}, "zh",
         "单元格里的金额 12,345.678 元不足一分的部分已四舍五入，按 12,345.68 元计。"),
    ],
)  # fmt: skip
def test_messages_call_things_as_people_do(
    code: str, facts: dict[str, Any], language: str, message: str
) -> None:
    with speaking(language):
        assert Finding(code, Severity.ERROR, (), facts).message == message


def test_an_explanation_knows_an_amount_whatever_way_it_is_shown() -> None:
    amount = money(Decimal("7804247"))
    assert str(amount) == "7,804,247.00"
    assert settled(amount) == "7804247.00"
    assert settled(money(Decimal(6000), "6000")) == "6000"


def test_what_nobody_filled_in_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "b.xlsx"
    assert run(["generate", "--blank", "1", "-o", str(target), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("部门名称未填，预算年度未填：")
    assert run(["validate", str(target), "--lang", "zh"]) == 1
    report = capsys.readouterr().out
    assert "记录" not in report.replace("记录文件（.json）", "")
    assert "列表" not in report and "“第" not in report
