"""Automatic numbering in Word files is read as if it had been typed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.documents.accounts import closed
from tests.documents.forms import HEADING, rows
from tests.documents.printing import table
from tests.documents.word_files import (
    body_of,
    item,
    level,
    numbering,
    p,
    package,
)  # fmt: skip
from tests.documents.word_reading import OVERALL, goal, left, reader
from tests.office import Office
from xlperf.documents.blocks.list_formats import number_text
from xlperf.documents.reader import composed


@pytest.fixture
def read(tmp_path: Path) -> Any:
    return reader(tmp_path)


# Automatic numbering


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("decimal", "1 2 10 21"),
        ("decimalZero", "01 02 10 21"),
        ("chineseCounting", "一 二 十 二十一"),
        ("chineseCountingThousand", "一 二 十 二十一"),
        ("japaneseCounting", "一 二 十 二十一"),
        ("ideographDigital", "一 二 一〇 二一"),
        ("chineseLegalSimplified", "壹 贰 壹拾 贰拾壹"),
        ("ideographTraditional", "甲 乙 癸 21"),
        ("decimalEnclosedCircle", "① ② ⑩ ㉑"),
        ("decimalEnclosedCircleChinese", "① ② ⑩ ㉑"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑽ 21"),
        ("decimalEnclosedFullstop", "⒈ ⒉ ⒑ 21"),
        ("ideographEnclosedCircle", "㊀ ㊁ ㊉ 21"),
        ("upperRoman", "I II X XXI"),
        ("lowerRoman", "i ii x xxi"),
        ("upperLetter", "A B J U"),
        ("lowerLetter", "a b j u"),
        ("decimalFullWidth", "１ ２ １０ ２１"),
        ("numberInDash", "- 1 - - 2 - - 10 - - 21 -"),
        ("hindiNumbers", "1 2 10 21"),
        ("bullet", "   "),
    ],
)
def test_numbers_are_written_as_word_writes_them(style: str, shown: str) -> None:
    assert " ".join(number_text(number, style) for number in (1, 2, 10, 21)) == shown


def test_numbers_beyond_a_format_are_written_in_digits() -> None:
    assert number_text(0, "chineseCounting") == "0"
    assert number_text(1000, "upperRoman") == "1000"
    assert [number_text(n, "lowerLetter") for n in (26, 27, 53)] == ["z", "aa", "aaa"]


ITEMS = numbering([level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"),
                   level(2, "decimalEnclosedCircle", "%3", suffix="nothing")])  # fmt: skip


def test_headings_and_items_numbered_by_word_are_read_as_if_typed(read: Any) -> None:
    reading = read(
        item("总体绩效目标") + p("治理河道") + item("分项绩效目标")
        + item("水库", 1) + p("绩效目标：安全") + p("绩效指标：")
        + item("完好率：完好，指标值≥90%。", 2) + item("及时率：及时，指标值≥95%。", 2)
        + item("河道", 1) + p("绩效目标：畅通") + item("工作保障措施")
        + item("完善制度。制定办法。", 1) + item("加强监督。定期检查。", 1),
        numbering=ITEMS,
    )  # fmt: skip
    record = reading.record
    assert [(activity["name"], activity["goal"]) for activity in record["activities"]] == [
        ("水库", "安全"), ("河道", "畅通"),
    ]  # fmt: skip
    assert [indicator["name"] for indicator in record["activities"][0]["indicators"]] == [
        "完好率",
        "及时率",
    ]
    assert [safeguard["title"] for safeguard in record["safeguards"]] == ["完善制度", "加强监督"]
    assert (left(reading), reading.remarks) == ([], ())


def test_goals_and_titles_numbered_by_word_are_read_as_if_typed(read: Any) -> None:
    text = f"第二部分\n预算项目绩效目标\n{HEADING}\n{table(rows(goals=['甲', '乙']))}\n"
    body = body_of(text)
    body = body.replace(p("1.甲"), item("甲", number=2)).replace(p("2.乙"), item("乙", number=2))
    body = body.replace(p(HEADING), item(HEADING[2:]))
    lists = numbering([level(0, "decimal", "%1.")], [level(0, "decimal", "%1.", suffix="space")])
    reading = read(body, numbering=lists)
    assert reading.record["projects"][0]["goals"] == ["甲", "乙"]
    assert "title" not in reading.record["projects"][0]
    assert (left(reading), reading.remarks) == ([], ())


@pytest.mark.office
def test_numbers_are_those_that_another_program_prints(tmp_path: Path, office: Office) -> None:
    styles = [
        *("decimal", "decimalZero", "chineseCounting", "chineseCountingThousand"),
        *("japaneseCounting", "chineseLegalSimplified", "ideographTraditional", "lowerRoman"),
        *("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "upperLetter"),
    ]
    nested = [level(0, "chineseCounting", "（%1）"), level(1, "decimal", "%1.%2.")]
    lists = [(number, number - 1, "") for number in range(1, len(styles) + 2)]
    listed = [*lists, (90, len(styles), ""), (91, len(styles), START)]
    definitions = numbering(
        *([level(0, style, "第%1、")] for style in styles), nested, lists=listed
    )
    again = len(styles) + 1
    body = "".join(item("甲", 0, number) for number, *_ in lists[:-1] for _ in range(22))
    steps = ((0, again), (1, again), (1, again), (0, 90), (1, 90), (0, 91), (0, 91), (1, 91))
    body += "".join(item("甲", depth, number) for depth, number in steps)
    path = package(tmp_path / "numbers.docx", body, numbering=definitions)
    printed_there = saved_as("txt:Text (encoded):UTF8", path, office).read_text("utf-8-sig")
    assert closed(composed(path).source.text) == closed(printed_there)


def saved_as(kind: str, path: Path, office: Office) -> Path:
    """The file as LibreOffice writes it, with a profile that the running one does not use."""
    profile = (office.folder / "words").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(path.parent / "again"), str(path)],
        capture_output=True,
        timeout=180,
        check=True,
    )
    return path.parent / "again" / f"{path.stem}.{kind.partition(':')[0]}"


def numbers(read: Any, definition: str, *steps: str, **parts: Any) -> list[str]:
    """What is printed before each paragraph."""
    reading = read(p(OVERALL) + "".join(steps), numbering=definition, **parts)
    return [line.removesuffix("甲").strip() for line in goal(reading).split("\n")]


ONE = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%3)")
START = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def test_a_level_begins_anew_below_the_next_one_above(read: Any) -> None:
    steps = [item("甲", depth) for depth in (0, 1, 1, 0, 1, 2, 2, 1)]
    assert numbers(read, numbering([ONE]), *steps) == [
        "1.", "1.1", "1.2", "2.", "2.1", "a)", "b)", "2.2",
    ]  # fmt: skip


def test_a_level_may_go_on_counting_whatever_is_above(read: Any) -> None:
    never = level(0, "decimal", "%1.") + level(
        1, "decimal", "（%2）", more='<w:lvlRestart w:val="0"/>'
    )
    steps = [item("甲", depth) for depth in (0, 1, 0, 1)]
    assert numbers(read, numbering([never]), *steps) == ["1.", "（1）", "2.", "（2）"]


def test_lists_of_one_definition_count_on_unless_they_begin_anew(read: Any) -> None:
    lists = numbering([ONE], lists=[(1, 0, ""), (2, 0, ""), (3, 0, START)])
    steps = [item("甲", 0, number) for number in (1, 1, 2, 3, 3)]
    assert numbers(read, lists, *steps) == ["1.", "2.", "3.", "1.", "2."]


def test_a_list_may_start_elsewhere_and_write_the_levels_above_in_digits(read: Any) -> None:
    legal = level(0, "chineseCounting", "第%1条", start=3) + level(
        1, "decimal", "%1.%2", more='<w:isLgl w:val="1"/>'
    )
    assert numbers(read, numbering([legal]), item("甲"), item("甲", 1)) == ["第三条", "3.1"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
)


def test_a_style_may_number_its_paragraphs(read: Any) -> None:
    by_style = level(0, "decimal", "%1.", more='<w:pStyle w:val="H1"/>') + level(
        1, "decimal", "%1.%2", more='<w:pStyle w:val="H2"/>'
    )
    steps = [p("甲", props=f'<w:pStyle w:val="{style}"/>') for style in ("H1", "H2", "H2")]
    off = p("甲", props='<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert numbers(read, numbering([by_style]), *steps, off, styles=STYLES) == [
        "1.", "1.1", "1.2", "",
    ]  # fmt: skip


def test_a_style_of_lists_stands_for_its_definition(read: Any) -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    lists = numbering(['<w:numStyleLink w:val="L"/>'], [ONE])
    assert numbers(read, lists, item("甲"), item("甲"), styles=styles) == ["1.", "2."]


@pytest.mark.parametrize("more", ["", START])
def test_a_list_that_is_not_defined_has_no_numbers(read: Any, more: str) -> None:
    lists = numbering([ONE], lists=[(1, 7, more)])
    steps = [item("甲", 0, 1), item("甲", 0, 9), item("甲", 8, 1)]
    assert numbers(read, lists, *steps) == ["", "", ""]
