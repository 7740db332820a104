"""What steps of the checks give for cells as people write them: each value worked out by hand."""

from __future__ import annotations

import pytest

from xlperf.calculation.book import Book, Sheet
from xlperf.calculation.compiling import compiled
from xlperf.layout import Box
from xlperf.rules.formulas.native import expand
from xlperf.rules.formulas.steps import bare_level, lists
from xlperf.rules.formulas.target_steps import is_choice, target_steps

LISTS = {name: words for name, words in lists().items() if name in ("choices", "beside_choices")}


def of_steps(steps: dict[str, str], key: str, text: str, result: str) -> object:
    """The value of a formula on the way from a text in A1, whose steps stand in row 2."""
    places = {name: f"{chr(ord('A') + at)}2" for at, name in enumerate(steps)}
    columns = {f"list:{name}": f"{column}1:{column}99" for name, column in zip(LISTS, "XY")}  # noqa: B905
    address = {key: "A1", **places, **columns}.__getitem__
    formulas = {
        (2, at): "=" + expand(formula, address) for at, formula in enumerate(steps.values(), 1)
    }
    cells = {
        (row, 24 + at): word
        for at, words in enumerate(LISTS.values())
        for row, word in enumerate(words, 1)
    }
    sheet = Sheet(
        "s", {(1, 1): text, **cells}, formulas | {(3, 1): "=" + expand(result, address)}, {}, str
    )
    return Book([sheet], {"XPW_known_units": ("s", Box(1, 26))}, compiled).value("s", (3, 1))


@pytest.mark.parametrize(
    ("level", "bare"),
    [
        ("产出指标", "产出"), ("产 出", "产出"), ("产出（50分）", "产出"),
        ("产出指标(50分)", "产出"), ("指标", ""), ("产出指标指标", "产出指标"), ("", ""),
        ("产出(a)(b)", ""), ("产出a)", ""), ("产出(a", ""), ("产出(a)b", ""),
        ("产出)a(", ""), ("产出))", "产出))"),
    ],
)  # fmt: skip
def test_a_level_is_bare_without_one_bracket_at_its_end(level: str, bare: str) -> None:
    assert of_steps(bare_level("level1", "{level1}"), "level1", level, "{level1.bare}") == bare


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("是/否", True), ("是否", True), ("否 或者 是", True), ("是还是否", True),
        ("☑是 □否", True), ("（√）合格（）不合格", True), ("YES/no", True), ("有／无", True),
        ("是", False), ("是/否吗", False), ("能/不能够", False), ("合格率", False), ("", False),
        ("或", False), ("≥95%", False),
    ],
)  # fmt: skip
def test_a_target_of_two_sides_and_signs_between_is_a_choice(target: str, expected: bool) -> None:
    names = ("target.mapped", "target.flat", "target.boxed")
    steps = {name: text for name, text in target_steps().items() if name in names}
    assert of_steps(steps, "target", target, is_choice()) is expected
