"""The commands as people run them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from xlperf import publishing
from xlperf.__main__ import run
from xlperf.canonical import dumps, loads
from xlperf.publishing import printed_part, publish_text
from xlperf.record import Raw
from xlperf.rules import catalogue
from xlperf.wording import say


def test_the_demo_does_the_whole_main_job(
    sample: Raw, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "成果 1"
    assert run(["demo", str(folder), "--lang", "zh"]) == 0
    made = {path.name for path in folder.iterdir()}
    assert made == {
        "department.json", "master.xlsx", "findings.txt", "findings.json", "findings.html",
        "rollup.xlsx", "rollup.json", "document.docx",
    }  # fmt: skip
    assert (folder / "department.json").read_text("utf-8") == dumps(sample)
    output = capsys.readouterr().out
    assert "7,804,247.00" in output and "完全一致" in output and "master.xlsx" in output
    findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    assert findings["summary"]["files"] == 1
    codes = {finding["code"] for finding in findings["findings"]}
    assert {"VAL401", "VAL403", "VAL415"} <= codes
    text = (folder / "findings.txt").read_text(encoding="utf-8")
    assert all(code in text for code in codes)


def test_record_to_workbook_and_back_on_the_command_line(sample: Raw, tmp_path: Path) -> None:
    first, book, second = (tmp_path / name for name in ("a.json", "b.xlsx", "c.json"))
    first.write_text(dumps(sample), encoding="utf-8")
    assert run(["generate", str(first), "-o", str(book)]) == 0
    assert run(["read", str(book), "-o", str(second)]) == 0
    assert loads(second.read_text(encoding="utf-8")) == sample
    assert second.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["文本.docx", "文本.txt", "文本.html"])
def test_a_workbook_is_published_and_proven_on_the_command_line(
    name: str, master: Path, sample: Raw, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, back = tmp_path / name, tmp_path / "back.json"
    assert run(["publish", str(master), "-o", str(target), "--verify", "--lang", "zh"]) == 0
    assert say("publish.same", file=target) in capsys.readouterr().out
    assert run(["import", str(target), "-o", str(back)]) == 0
    assert printed_part(loads(back.read_text(encoding="utf-8"))) == printed_part(sample)


def test_a_document_that_lost_something_on_the_way_is_told_and_fails(
    master: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def shortened(record: Raw, path: Path) -> None:
        publish_text({**record, "safeguards": record["safeguards"][1:]}, path)

    monkeypatch.setattr(publishing, "publish_text", shortened, raising=False)
    target = tmp_path / "a.txt"
    assert run(["publish", str(master), "-o", str(target), "--verify", "--lang", "zh"]) == 1
    assert "保障措施" in capsys.readouterr().out


def test_findings_of_a_workbook_name_sheet_and_cell(
    master: Path, opened_master: Workbook, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(master), "--format", "json", "--lang", "zh"]) == 1
    report = json.loads(capsys.readouterr().out)
    for finding in report["findings"]:
        assert set(finding) >= {
            "code", "severity", "file", "path", "message", "advice", "source"
        }  # fmt: skip
    choice = next(f for f in report["findings"] if f["code"] == "VAL401")
    sheet = opened_master[choice["sheet"]]
    assert sheet[choice["cell"]].value == "是/否"
    assert report["summary"]["error"] == sum(f["severity"] == "error" for f in report["findings"])


def test_select_ignore_and_fail_on_choose_what_counts(
    small_master: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def codes(*arguments: str) -> tuple[int, set[str]]:
        status = run(["validate", str(small_master), "--format", "json", *arguments])
        findings = json.loads(capsys.readouterr().out)["findings"]
        return status, {finding["code"] for finding in findings}

    assert codes("--select", "VAL401") == (1, {"VAL401"})
    assert "VAL401" not in codes("--ignore", "VAL4")[1]
    assert codes("--select", "VAL401", "--fail-on", "never")[0] == 0
    assert codes("--select", "STR,COD,AMT")[0] == 0
    assert codes("--select", "PLN306", "--fail-on", "info") == (1, {"PLN306"})


def test_the_text_report_names_sheets_and_rules_and_ends_with_the_count(
    master: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["validate", str(master), "--lang", "zh"])
    report = capsys.readouterr().out
    assert "11 专项补助" in report and "错误 VAL401" in report
    assert report.rstrip().splitlines()[-1].startswith("共 ")


def test_the_catalogue_has_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "json", "--lang", "zh"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {rule["code"] for rule in listed} == set(catalogue())
    keys = {"code", "name", "severity", "summary", "why", "bad", "good", "source", "fix", "native"}
    assert all(set(rule) == keys and rule["why"] and rule["source"] for rule in listed)
    native = {rule["code"] for rule in listed if rule["native"]}
    assert native == {code for code, rule in catalogue().items() if rule.native}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_explained_in_both_languages(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert catalogue()
    for code in catalogue():
        assert run(["explain", code.lower(), "--lang", language]) == 0
        page = capsys.readouterr().out
        assert page.startswith(code) and len(page.splitlines()) >= 4


def test_the_language_is_the_users_and_may_be_switched_anywhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("XLPERF_LANG", raising=False)
    for locale, arguments, word in (
        ("zh_CN.UTF-8", ["--help"], "汇总"),
        ("en_US.UTF-8", ["--help"], "master workbook"),
        ("en_US.UTF-8", ["--lang", "zh", "--help"], "汇总"),
        ("zh_CN.UTF-8", ["rollup", "--lang=en", "--help"], "Roll up"),
    ):
        monkeypatch.setenv("LC_ALL", locale)
        assert run(arguments) == 0
        assert word in capsys.readouterr().out
    monkeypatch.setenv("XLPERF_LANG", "zh")
    assert run(["--help"]) == 0
    assert "汇总" in capsys.readouterr().out


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "xlperf", "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and done.stdout.startswith("xlperf ")


def test_asking_for_help_loads_no_library_that_a_command_needs() -> None:
    code = (
        "import sys; from xlperf.__main__ import run; run(['--help']);"
        "sys.stderr.write(','.join(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    heavy = {"pandas", "numpy", "openpyxl", "docx", "jinja2", "xlsxwriter", "packaging", "xlwings"}
    assert not heavy & set(done.stderr.split(","))
    assert "validate" in done.stdout
