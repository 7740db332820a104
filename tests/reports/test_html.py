"""Findings as a page: whole, escaped, readable without a script, the same numbers everywhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.effort import tries
from tests.reports.examples import READING, findings_of, project, record
from tests.reports.parsing import Element, parse
from xlperf import reports, wording
from xlperf.reading import Place, Reading
from xlperf.record import Raw
from xlperf.reports import html
from xlperf.reports.web_pages import fitting
from xlperf.rules.core import Finding, Fix
from xlperf.wording import say
from xlperf.workbook.read import read_workbook

HERE = Path(reports.__file__).parent
TEMPLATE, STYLE, SCRIPT = (
    (HERE / name).read_text(encoding="utf-8")
    for name in ("report.html.j2", "report.css", "report.js")
)
HOSTILE = '<script>alert("1")</script>"\'><img src=x onerror=alert(1)>{{ 7*7 }}</li>'


def shown(findings: list[Finding], *readings: Reading) -> Element:
    """The page, after what holds for every page was found to hold."""
    text = html.page(findings, readings)
    tree = parse(text)
    check_links(tree)
    check_headings(tree)
    check_nothing_is_fetched(tree)
    assert items_of(tree) == Counter(
        (finding.code, spaced(finding.message)) for finding in findings
    )
    return tree


def spaced(text: str) -> str:
    return " ".join(fitting(text).split())


def items_of(tree: Element) -> Counter[tuple[str, str]]:
    """The findings on a page, by code and message."""
    items = tree.all("li", "finding")
    return Counter((item.one("a", "code").text, item.one("p", "message").text) for item in items)


def check_links(tree: Element) -> None:
    ids = [element.attributes["id"] for element in tree.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for node in tree.walk():
        for name in ("aria-labelledby", "href"):
            if name in node.attributes:
                assert node.attributes[name].removeprefix("#") in ids, node.attributes[name]


def check_headings(tree: Element) -> None:
    levels = [int(element.tag[1]) for element in tree.walk() if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for cell in tree.all("th"):
        assert cell.attributes["scope"] in ("col", "row")


def check_nothing_is_fetched(tree: Element) -> None:
    for element in tree.walk():
        assert element.tag not in {
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "image",
            "use",
        }
        assert not {"src", "srcset", "action", "style"} & element.attributes.keys(), element.tag
        assert not [name for name in element.attributes if name.startswith("on")], element.tag
        assert element.attributes.get("href", "#")[0] == "#"
    style, script = tree.one("style"), tree.one("script")
    assert not re.search(r"@import|url\(|https?:", style.text + script.text)


def numbers(row: Element) -> list[int]:
    return [int(cell.text) for cell in row.all("td", "number")]


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_finding_of_the_sample_stands_on_the_page_once(language: str, master: Path) -> None:
    reading = read_workbook(master)
    findings = findings_of(reading)
    with wording.speaking(language):
        tree = shown(findings, reading)
        advice = Counter(finding.advice for finding in findings)
    assert len(findings) > 10
    assert tree.one("html").attributes["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    places = Counter(element.text.partition(" ")[2] for element in tree.all("span", "place"))
    assert places == Counter(str(finding.place) for finding in findings)
    terms = Counter(
        paragraph.inside[-1] for paragraph in tree.all("p", "advice") if paragraph.one("span").text
    )
    assert terms == advice


@settings(max_examples=tries(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(READING)
def test_whatever_a_document_says_the_page_is_whole(reading: Reading) -> None:
    findings = findings_of(reading)
    tree = shown(findings, reading)
    html.page(findings, [reading]).encode("utf-8")
    assert len(tree.all("script")) == 1


def test_what_a_document_says_is_never_markup() -> None:
    raw = record(project(name=HOSTILE, code=HOSTILE))
    raw["department"]["name"] = HOSTILE
    tree = shown(findings_of(Reading(raw, source=HOSTILE)), Reading(raw, source=HOSTILE))
    assert len(tree.all("script")) == 1
    assert tree.all("img") == []
    assert HOSTILE in tree.one("table", "parts").text
    assert HOSTILE in tree.one("head").one("title").text
    assert HOSTILE in tree.one("dl", "facts").text


def test_half_characters_and_control_characters_do_not_spoil_the_page() -> None:
    raw = record(project(name="甲\ud800乙\x00丙\x1b丁"))
    text = html.page(findings_of(Reading(raw)), [Reading(raw)])
    assert "甲\ufffd乙\ufffd丙\ufffd丁" in text
    text.encode("utf-8")


def test_only_the_script_that_belongs_to_the_page_may_run() -> None:
    tree = parse(html.page([], []))
    (script,) = tree.one("script").inside
    digest = b64encode(sha256(str(script).encode()).digest()).decode()
    policy = next(
        element.attributes["content"]
        for element in tree.all("meta")
        if "http-equiv" in element.attributes
    )
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_nothing_but_the_controls_needs_the_script(sample: Raw) -> None:
    reading = Reading(sample, source="a.json")
    tree = shown(findings_of(reading), reading)
    hidden = {
        element.attributes.get("id", "")
        for element in tree.walk()
        if "hidden" in element.attributes
    }
    assert hidden == {"filters", "print-note", "nothing-left", ""}
    assert [
        e.tag for e in tree.walk() if "hidden" in e.attributes and "id" not in e.attributes
    ] == ["span"]


def test_the_table_counts_what_stands_under_each_part(sample: Raw) -> None:
    reading = Reading(sample, source="a.json")
    findings = findings_of(reading)
    tree = shown(findings, reading)
    table = tree.one("table", "parts")
    *rows, total = [row for row in table.all("tr") if row.all("td", "number")]
    assert len(rows) == 1 + len(sample["projects"])
    for row in rows:
        links = row.all("a")
        items = tree.by_id(links[0].attributes["data-part"]).all("li", "finding") if links else []
        by_severity = Counter(item.attributes["data-severity"] for item in items)
        expected = [by_severity[key] for key in ("error", "warning", "info")]
        assert numbers(row) == [*expected, len(items)]
    columns = [numbers(row) for row in rows]
    assert numbers(total) == [sum(column) for column in zip(*columns, strict=True)]
    assert numbers(total)[-1] == len(findings)


def test_the_charts_say_their_numbers_in_words_too(sample: Raw) -> None:
    reading = Reading(sample, source="a.json")
    findings = findings_of(reading)
    tree = shown(findings, reading)
    severities, families = tree.all("svg")
    for chart in (severities, families):
        values = [int(element.text) for element in chart.all("text", "value")]
        assert sum(values) == len(findings)
        for label, value in zip(chart.all("text", "label"), values, strict=True):
            assert say("report_html.chart_value", label=label.text, number=value) in (
                chart.one("title").text
            )
    errors = sum(finding.severity == "error" for finding in findings)
    assert severities.all("text", "value")[0].text == str(errors) != "0"


def test_a_project_without_findings_is_in_the_table_and_nowhere_else() -> None:
    raw = record(project(name="有错"), project(name="没错", code="130303213GA2H9SH8UW5J", other=20))
    findings = [finding for finding in findings_of(Reading(raw)) if finding.code == "AMT202"]
    tree = shown(findings, Reading(raw))
    assert [heading.text for heading in tree.all("h3")] == ["1. 有错"]
    assert "2. 没错" in tree.one("table", "parts").text


def test_a_page_without_findings_says_so_and_has_no_controls() -> None:
    tree = shown([], Reading(record(project(other=20)), source="a.json"))
    assert say("report.none") in tree.one("p", "verdict").text
    assert tree.all("form") == tree.all("details") == tree.all("svg") == []
    assert say("report_html.none_here") in tree.one("section", "file").text


def test_a_page_of_no_file_at_all_is_whole() -> None:
    assert shown([]).one("h1").text == say("report_html.title")


def test_each_of_several_files_has_its_section_and_its_row() -> None:
    first = Reading(record(project()), source="一.json")
    second = Reading(record(project(other=20)), source="二.json")
    findings = findings_of(first) + findings_of(second)
    stray = [replace(finding, file="三.xlsx") for finding in findings_of(first)[:1]]
    tree = shown(findings + stray, first, second)
    sections = tree.all("section", "file")
    assert [len(section.all("li", "finding")) for section in sections] == [
        len(findings_of(first)),
        len(findings_of(second)),
        1,
    ]
    overview = tree.all("table")[0]
    assert [link.text for link in overview.all("a")] == ["一.json", "二.json", "三.xlsx"]


def test_a_finding_stands_under_its_project_though_its_cell_is_elsewhere() -> None:
    raw = record(project())
    where = {("projects", 0): Place("01 专项补助"), (): Place("部门整体")}
    reading = Reading(raw, where)
    base = next(finding for finding in findings_of(reading) if finding.code == "AMT202")
    cases = {
        "1. 专项补助": [
            base,
            replace(base, path=("leftovers", 0), place=Place("01 专项补助", "Z9")),
        ],
        "部门整体": [replace(base, path=("overall_goal",), place=Place("部门整体", "B8"))],
        "工作表“备忘”": [replace(base, path=(), place=Place("备忘", "A1"))],
    }
    tree = shown([finding for group in cases.values() for finding in group], reading)
    parts = {
        section.one("h3").text: len(section.all("li", "finding"))
        for section in tree.all("section", "part")
    }
    assert parts == {title: len(group) for title, group in cases.items()}


def test_the_place_is_told_by_cell_by_line_by_spot_or_by_path() -> None:
    reading = Reading(record(project()), source="a.json")
    base = next(finding for finding in findings_of(reading) if finding.code == "AMT202")
    findings = [
        base,
        replace(base, place=Place("01", "C5")),
        replace(base, place=Place(line=7)),
        replace(base, place=Place(at="T3R4C2")),
    ]
    places = [element.text for element in shown(findings, reading).all("span", "place")]
    expected = ["projects/0/budget", "01!C5", "第 7 行", "第3个表第4行第2格"]
    assert places == [f"位置 {place}" for place in expected]


def test_the_field_is_told_in_words() -> None:
    reading = Reading(record(project()))
    base = next(finding for finding in findings_of(reading) if finding.code == "AMT202")
    path = ("projects", 0, "indicators", 2, "target")
    (field,) = shown([replace(base, path=path)], reading).all("span", "field")
    assert field.text == "第3条指标 · 指标值"


@pytest.mark.parametrize("safe", [True, False])
def test_a_fix_is_told_with_what_it_would_make(safe: bool) -> None:
    reading = Reading(record(project()))
    base = next(finding for finding in findings_of(reading) if finding.code == "AMT202")
    tree = shown([replace(base, fix=Fix("≥90%", safe))], reading)
    key = "report_html.fix_safe" if safe else "report_html.fix_unsafe"
    assert say(key, value="≥90%") in tree.one("li", "finding").text


def test_every_rule_met_has_its_page(sample: Raw) -> None:
    reading = Reading(sample, source="a.json")
    findings = findings_of(reading)
    pages = shown(findings, reading).all("details", "rule")
    assert {page.attributes["id"] for page in pages} == {f"rule-{f.code}" for f in findings}
    for section in pages:
        assert len(section.all("dd")) == 4
        assert all(part.text for part in section.all("dd"))


def test_department_year_money_and_day_stand_at_the_head() -> None:
    text = html.page([], [Reading(record(project(), project(budget=900)))], on=date(2021, 1, 5))
    head = parse(text).one("header").text
    for words in ("某局", "2021年度", "1,000.00 元", "2021-01-05"):
        assert words in head


def test_amounts_beyond_reason_are_told_all_the_same() -> None:
    raw = record(project(budget=10**40))
    assert "E+40" in parse(html.page([], [Reading(raw)])).one("header").text


def test_the_markup_the_look_and_the_script_have_no_words_of_their_own() -> None:
    for text in (TEMPLATE, STYLE, SCRIPT):
        assert not re.search("[\u4e00-\u9fff]", text)
    between = re.sub(r"\{[%{#].*?[%}#]\}|<!?[^>]*>", "", TEMPLATE.partition("</style>")[2])
    assert re.sub(r"[\s\d.]", "", between) == ""


def test_every_word_of_the_page_is_there_and_every_one_is_used() -> None:
    code = TEMPLATE + "".join(module.read_text(encoding="utf-8") for module in HERE.glob("*.py"))
    words = re.findall(r"\w+", code)
    made = ("verdict_", "fix_", "family.")  # keys that are put together
    names = [k.partition(".")[2] for k in wording.keys("zh") if k.startswith("report_html.")]
    assert names
    assert [name for name in names if not name.startswith(made) and name not in words] == []
    words_of_page = re.findall(r'\bw\("(\w+)"[,)]', TEMPLATE)
    assert words_of_page
    for name in words_of_page:
        assert wording.has(f"report_html.{name}"), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_they_stand_on(scheme: str) -> None:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.S)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6});", light if scheme == "light" else dark))
    pairs = [
        (ink, paper) for ink in ("ink", "muted", "accent") for paper in ("page", "paper", "faint")
    ]
    pairs += [(key, f"{key}-tint") for key in ("error", "warning", "info", "good")]
    pairs += [("ink", f"{key}-tint") for key in ("error", "warning", "info", "good")]
    for ink, paper in pairs:
        assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
    for fill in ("error-fill", "info-fill", "warning-fill"):
        assert contrast(colours[fill], colours["paper"]) >= 2, fill


def contrast(first: str, second: str) -> float:
    """As WCAG reckons it."""
    brighter, darker = sorted((light_of(first), light_of(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def light_of(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
