"""PDF documents with a text layer, and what is refused of others."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import pytest

from tests.containers.hand_forms import Rows, expected, form, left, projects
from tests.containers.hand_pdf import Page, pdf_of
from xlperf.__main__ import run
from xlperf.documents.pdf.reader import read_pdf
from xlperf.errors import UserError
from xlperf.jobs.inputs.containers import read_container
from xlperf.reading import Spot

EDGES = (60, 130, 200, 270, 340, 400, 470, 540)
HEADER = 8  # the row of the form that has the titles of the columns


def printed(rows: Rows) -> list[list[str | None]]:
    """The rows of a form below its title as they are printed: texts, and None where merged."""
    widths = {
        1: (5, 2), 2: (1, 2, 1, 3), 3: (1,) * 7, 4: (1, 6), 5: (1, 1, 1, 2, 2), 6: (1, 1, 1, 2, 2),
        7: (1, 6),
    }  # fmt: skip
    lines = []
    for number, row in enumerate(rows[1:], 1):
        texts = ["" if cell is None else str(cell) for cell in [*row, *[None] * (7 - len(row))]]
        line: list[str | None] = []
        for width in widths.get(number, (1, 1, 1, 2, 1, 1)):
            line += [texts[len(line)], *[None] * (width - 1)]
        lines.append(line)
    return lines


def saved(folder: Path, *pages: Page) -> Path:
    path = folder / "document.pdf"
    path.write_bytes(pdf_of(pages))
    return path


def test_a_form_is_read_from_its_lines(tmp_path: Path) -> None:
    page = Page().text(60, 60, "1.修路绩效目标表", 14)
    page.table(90, printed(form()), EDGES)
    forms, coverage = projects(saved(tmp_path, page))
    assert forms == [expected()]
    assert coverage.leftover == 0


@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("rows_before", [2, 5, 8, 9, 10])
def test_a_table_that_goes_on_over_pages_is_one(
    rows_before: int, repeated: bool, tmp_path: Path
) -> None:
    rows = printed(form())
    first, second = Page().text(60, 60, "1.修路绩效目标表", 14), Page()
    first.table(560, rows[:rows_before], EDGES)
    top = 60.0
    if repeated and rows_before > HEADER:
        top = second.table(top, rows[HEADER - 1 : HEADER], EDGES)
    second.table(top, rows[rows_before:], EDGES)
    for number, page in enumerate((first, second), 1):
        page.text(280, 810, f"- {number} -")
    forms, coverage = projects(saved(tmp_path, first, second))
    assert forms == [expected()]
    assert coverage.leftover == 0


def test_a_row_that_a_page_broke_is_one_row(tmp_path: Path) -> None:
    rows = printed(form())
    first, second = Page().text(60, 60, "1.修路绩效目标表", 14), Page()
    upper = ["产出指标", "数量指标", "新修城区道路", "完工的里程", None, "15公里", "年度计划"]
    lower = ["", "", "的里程", "", None, "", ""]  # six signs fill the cell of 60 points
    first.table(560, [*rows[:8], upper], EDGES)
    second.table(60, [lower, *rows[9:]], EDGES)
    (project,), coverage = projects(saved(tmp_path, first, second))
    assert [indicator["name"] for indicator in project["indicators"]] == [
        "新修城区道路的里程", "验收合格率", "群众满意度",
    ]  # fmt: skip
    assert coverage.leftover == 0


def test_a_row_after_a_full_one_is_a_row_of_its_own(tmp_path: Path) -> None:
    rows = printed(form())
    first, second = Page().text(60, 60, "1.修路绩效目标表", 14), Page()
    full = ["产出指标", "数量指标", "新修城区道路", "完工的里程", None, "15公里", "年度计划"]
    first.table(560, [*rows[:8], full], EDGES)
    second.table(60, rows[9:], EDGES)
    (project,), _ = projects(saved(tmp_path, first, second))
    assert [indicator["name"] for indicator in project["indicators"]] == [
        "新修城区道路", "验收合格率", "群众满意度",
    ]  # fmt: skip


def test_lines_are_put_together_to_paragraphs(tmp_path: Path) -> None:
    page = Page()
    page.text(60, 60, "一、总体绩效目标", 14)
    page.text(80, 100, "甲乙丙丁戊己庚辛壬癸" * 4)
    page.text(60, 116, "子丑寅卯辰巳午未申酉" * 4 + "戌亥")
    page.text(60, 132, "完。")
    page.text(80, 148, "又一段。")
    page.text(60, 164, "（一）再一段")
    composed = read_pdf(saved(tmp_path, page))
    texts = [line for line in composed.source.text.split("\n") if line]
    assert texts == [
        "一、总体绩效目标",
        "甲乙丙丁戊己庚辛壬癸" * 4 + "子丑寅卯辰巳午未申酉" * 4 + "戌亥完。",
        "又一段。",
        "（一）再一段",
    ]


def test_a_paragraph_goes_on_over_pages_and_page_numbers_stand_beside(tmp_path: Path) -> None:
    pages = [Page(), Page(), Page()]
    pages[0].text(60, 750, "甲乙丙丁戊己庚辛壬癸" * 4)
    pages[1].text(60, 60, "子丑寅卯。")
    pages[1].text(60, 90, "天" * 40)  # full, but what comes next is of another size
    pages[2].text(60, 60, "末段", 14)
    for number, page in enumerate(pages, 1):
        page.text(200, 20, "某局绩效文本")
        page.text(280, 810, f"第{number}页")
    document = read_pdf(saved(tmp_path, *pages))
    lines = [line for line in document.source.text.split("\n") if line]
    assert lines[0] == "甲乙丙丁戊己庚辛壬癸" * 4 + "子丑寅卯。"
    assert lines[1] == "天" * 40
    assert lines[2] == "末段"
    assert sorted({*lines[3:]}) == ["某局绩效文本", "第1页", "第2页", "第3页"]


def test_a_scan_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = saved(tmp_path, Page().box(60, 60, 500, 700))
    assert run(["import", str(source), "-o", str(tmp_path / "o.json"), "--lang", "zh"]) == 2
    message = capsys.readouterr().err
    assert "扫描件" in message and "文字识别" in message
    assert len(message.splitlines()) == 1


def test_without_the_extra_the_sentence_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    source = saved(tmp_path, Page().text(60, 60, "绩效目标"))
    assert run(["import", str(source), "-o", str(tmp_path / "o.json"), "--lang", "zh"]) == 2
    assert "xlperf[pdf]" in capsys.readouterr().err


@pytest.mark.parametrize("cut", [9, 200])
def test_a_damaged_pdf_is_refused(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(pdf_of([Page().text(60, 60, "绩效目标")])[:cut])
    with pytest.raises(UserError, match=r"pdf_damaged|pdf_scan"):
        read_container(path)


def test_a_pdf_that_lost_text_is_refused_not_read_in_part(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A page whose compressed content is damaged gives some of its text, and no error."""
    page = Page().text(60, 60, "1.修路绩效目标表", 14)
    page.table(90, printed(form()), EDGES)
    packed = zlib.compress("\n".join(page.drawn).encode("ascii"))
    middle = len(packed) // 2
    damaged = packed[:middle] + bytes(20) + packed[middle + 20 :]
    path = tmp_path / "lost.pdf"
    path.write_bytes(pdf_of([page], packed=damaged))
    with pytest.raises(UserError, match="pdf_damaged"):
        read_container(path)
    assert capfd.readouterr().err == ""
    path.write_bytes(pdf_of([page], packed=packed))
    assert projects(path)[0] == [expected()]


def test_places_are_told_in_words(tmp_path: Path) -> None:
    page = Page().text(60, 60, "1.修路绩效目标表", 14)
    page.table(90, printed(form()), EDGES)
    page.text(60, 700, "注：据实填写")
    _, coverage = projects(saved(tmp_path, page))
    ((place, text),) = left(coverage)
    assert (str(Spot(place)), text) == ("第1页第2段", "注：据实填写")


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        ([(60, "1"), (68, "20.50")], "1 20.50"),  # a gap of 3 of 10 points, others of none
        ([(60, "350"), (78, "120")], "350 120"),
        ([(60, "1234"), (80, "5678")], "12345678"),  # drawn in two parts without a gap
        ([(60, "2"), (68, "0"), (76, "2"), (84, "4")], "2024"),  # all digits set apart alike
    ],
)
def test_a_gap_between_numbers_is_a_blank(
    texts: list[tuple[float, str]], read: str, tmp_path: Path
) -> None:
    page = Page()
    for left_edge, text in texts:
        page.text(left_edge, 60, text)
    source = read_pdf(saved(tmp_path, page)).source
    assert source.text.strip() == read
