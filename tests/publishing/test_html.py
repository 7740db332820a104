"""The HTML file: one file, accessible, safe."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.publishing.records import ODD, odd, whole_set
from xlperf.publishing import html_of
from xlperf.record import Raw

VOID = {"meta", "br", "col"}
KINDS = ("sample", "nothing", "empty form", "forty", "very long", "odd")


class Page(HTMLParser):
    """Elements in order with attributes and text; ill-nested ones fail."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for at in self.open:
            self.elements[at][2].append(data)

    def all(self, *tags: str) -> list[tuple[str, dict[str, str | None], str]]:
        return [(tag, attrs, "".join(text)) for tag, attrs, text in self.elements if tag in tags]


@pytest.fixture(scope="module")
def pages(sample: Raw) -> dict[str, Page]:
    return {kind: Page(html_of(record)) for kind, record in whole_set(sample).items()}


def test_it_names_its_language_and_has_one_title(pages: dict[str, Page]) -> None:
    page = pages["sample"]
    assert page.all("html")[0][1]["lang"] == "zh-CN"
    assert [text for _, _, text in page.all("h1")] == ["部门预算绩效文本"]
    assert "部门预算绩效文本" in page.all("title")[0][2]


@pytest.mark.parametrize("kind", KINDS)
def test_no_level_of_headings_is_skipped(kind: str, pages: dict[str, Page]) -> None:
    levels = [int(tag[1]) for tag, _, _ in pages[kind].all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_of_the_contents_leads_to_its_heading(
    kind: str, pages: dict[str, Page]
) -> None:
    page = pages[kind]
    names = {a["id"]: text for tag, a, text in page.all("h2", "h3", "h4") if "id" in a}
    links = {str(a["href"])[1:]: text for _, a, text in page.all("a")}
    assert links == {name: text for name, text in names.items() if name != "contents"}
    listed = [text for tag, _, text in page.all("h2", "h3")][1:]
    assert list(links.values()) == listed


@pytest.mark.parametrize("kind", KINDS)
def test_every_label_is_a_header_cell_with_its_scope(kind: str, pages: dict[str, Page]) -> None:
    page = pages[kind]
    assert all(a.get("scope") in ("row", "col", "rowgroup") for _, a, _ in page.all("th"))
    assert all("scope" not in a and a.get("class") != "label" for _, a, _ in page.all("td"))


def test_headers_head_what_stands_beside_or_below_them(pages: dict[str, Page]) -> None:
    scopes = {text: a["scope"] for _, a, text in pages["sample"].all("th")}
    assert {scopes[t] for t in ("项目编码", "预算数", "其他资金", "绩效目标", "质量指标")} == {
        "row"
    }
    assert {scopes[t] for t in ("3月底", "12月底", "一级指标", "指标值确定依据")} == {"col"}
    assert {scopes[t] for t in ("预算规模及资金用途", "产出指标")} == {"rowgroup"}


@pytest.mark.parametrize("kind", KINDS)
def test_merged_cells_leave_no_hole_and_stay_in_their_group(
    kind: str, pages: dict[str, Page]
) -> None:
    rows: list[list[int]] = []
    down: list[tuple[int, int]] = []
    for tag, attrs, _ in pages[kind].all("table", "thead", "tbody", "tr", "td", "th"):
        if tag in ("table", "thead", "tbody"):
            assert not any(sum(row) % 7 for row in rows)
            rows, down = [], []
        elif tag == "tr":
            down = [(left - 1, width) for left, width in down if left > 1]
            rows.append([sum(width for _, width in down)])
        else:
            width = int(attrs.get("colspan") or 1)
            rows[-1].append(width)
            down.append((int(attrs.get("rowspan") or 1), width))
    assert not any(sum(row) % 7 for row in rows)


def test_no_text_becomes_markup(sample: Raw) -> None:
    text = html_of(odd(sample))
    assert "]]&gt;&lt;b&gt;&amp;amp;{{x}}{% raw %}" in text
    assert "<b>&amp;" not in text
    assert not set(text) & set(ODD[:4] + "\ufffe\x07")


def test_it_needs_no_other_file(sample: Raw) -> None:
    text = html_of(sample)
    assert "<style>" in text
    assert "@media print" in text
    assert not [part for part in ("<link", "<script", "src=", "url(", "@import") if part in text]
