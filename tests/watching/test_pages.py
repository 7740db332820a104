"""Our pages in a real browser: what a save, a filter, a click on a finding shows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import browser
from tests.conftest import lacks
from tests.watching.savers import by_replacing, write_first
from xlperf.canonical import dumps
from xlperf.jobs.inputs.open_any import read_record
from xlperf.jobs.validation import validating
from xlperf.record import Raw

WIDE = {"width": 1200, "height": 900}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if reason := browser.missing():
        lacks(reason)
    with browser.browser() as running:
        yield running


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A new page; whatever it complains about fails the test."""
    context = chromium.new_context(viewport=WIDE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown = context.new_page()
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    yield shown
    context.close()
    assert [text for text in complaints if "ERR_CONNECTION" not in text] == []


def begun(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    """The command `watch`, as a user begins it."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "xlperf",
            "--lang",
            "zh",
            "watch",
            "--no-open",
            *map(str, arguments),
        ],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "XLPERF_LOG_FOLDER": str(folder), "PYTHONIOENCODING": "utf-8"},
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """End it as Ctrl+C does; its status and the rest of what it said."""
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    return process.returncode, rest


def test_a_save_shows_what_is_new_and_what_was_settled(page: Any, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    write_first(book)
    process = begun(book, folder=tmp_path)
    try:
        assert process.stdout is not None
        page.goto(process.stdout.readline().strip().split("：")[-1])
        file = page.locator("#file-1")
        page.wait_for_selector("#file-1[data-saves='1']")
        assert file.locator(".changed").count() == 0
        file.locator("summary").first.click()
        unfolded = file.locator("details[open]").get_attribute("data-rule")

        by_replacing(book, 5)  # of 1 yuan of funds
        page.wait_for_selector("#file-1[data-saves='2']")
        new = file.locator("ol.added .finding", has_text="AMT202")
        assert new.count() == 1
        assert "不等于预算数 5.00 元" in new.inner_text()
        assert file.locator("details[open]").get_attribute("data-rule") == unfolded
        new.locator("button.place").click()
        page.wait_for_selector("#copied:not([hidden])")
        assert page.evaluate("navigator.clipboard.readText()") == "'01 Roads'!C4"

        page.locator("#errors").check()
        shown = file.locator(".finding:visible, details:visible")
        assert {item.get_attribute("data-severity") for item in shown.all()} == {"error"}

        by_replacing(book, 1)
        page.wait_for_selector("#file-1[data-saves='3']")
        assert "AMT202" in file.locator("ol.settled").inner_text()
        book.write_bytes(book.read_bytes()[:2000])  # broken off
        page.wait_for_selector("#file-1 .trouble")
        assert file.locator(".tally").count() == 1  # the last findings stay
        status, rest = ended(process)
        assert status == 0
        # three saves that could be read, one that could not, and the end
        assert [line for line in rest.splitlines() if "错误" in line or "book.xlsx：" in line][3:]
        assert rest.splitlines()[-1] == "监看结束。"
        page.wait_for_function("document.querySelector('#state').textContent.includes('已结束')")
    finally:
        process.kill()
        process.communicate()


def test_once_writes_a_page_without_a_server(page: Any, tmp_path: Path) -> None:
    write_first(tmp_path / "book.xlsx")
    process = begun(tmp_path, "--once", folder=tmp_path)
    output, _ = process.communicate(timeout=60)
    assert process.returncode in (0, 1)
    target = tmp_path / "xlperf" / "watch.html"
    assert str(target) in output
    page.goto(target.as_uri())
    assert page.locator("#file-1 h2").inner_text() == "book.xlsx"
    assert page.locator("script").count() == 0


def test_the_report_filters_and_opens_what_a_link_points_to(
    page: Any, tmp_path: Path, sample: Raw
) -> None:
    source = tmp_path / "report.html"
    checked = [validating.check(written(tmp_path, sample))]
    findings = checked[0].findings
    source.write_text(validating.report(checked, findings, "html"), encoding="utf-8")
    page.goto(source.as_uri())
    errors = sum(finding.severity == "error" for finding in findings)
    assert 0 < errors < len(findings)
    for kind in ("warning", "info"):
        box = page.locator(f"#filters [value={kind}]")
        if box.count():
            box.uncheck()
    assert page.locator(".finding:not([hidden])").count() == errors
    assert page.locator("#shown").inner_text() == f"显示 {errors} 条，共 {len(findings)} 条"
    page.locator("#filters button").click()
    page.wait_for_function("!document.querySelector('.finding[hidden]')")
    page.locator("#filters [type=search]").fill("没有这样的话")
    assert page.locator("#nothing-left").is_visible()
    page.locator("#filters button").click()
    rule = page.locator("details.rule").first
    rule.locator("summary").click()
    link = rule.locator(".links a").first
    anchor = (link.get_attribute("href") or "").lstrip("#")
    link.click()
    assert page.locator(f"#{anchor}").is_visible()
    part = page.locator("a[data-part]").last
    part.click()
    findings_of_part = page.locator(f"#{part.get_attribute('data-part')} .finding").count()
    assert page.locator(".finding:not([hidden])").count() == findings_of_part


def written(folder: Path, content: Raw) -> Path:
    """A record as a file."""
    path = folder / "record.json"
    path.write_text(dumps(content), encoding="utf-8")
    assert read_record(path).record == content
    return path
