"""What a cell shows and what is read from it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records import TEXT
from xlperf.layout import Formula, Percent
from xlperf.layout.cell_values import off_the_cent, parse, show


@given(st.lists(TEXT, max_size=6))
def test_numbered_lines_come_back_as_the_items_they_were(items: list[str]) -> None:
    shown = show("numbered", items)
    assert (parse("numbered", shown) or []) == items


@given(st.decimals(-(10**18), 10**18, places=2))
def test_money_comes_back_to_the_cent(amount: Decimal) -> None:
    content = show("money", amount)
    if isinstance(content, Decimal):
        content = float(content)  # what a spreadsheet keeps
        assert parse("money", content) == amount
    else:
        assert Decimal(content) == amount


@given(st.decimals(0, 1000, places=6))
def test_percent_comes_back_exactly_through_a_float(share: Decimal) -> None:
    content = show("percent", share)
    assert isinstance(content, Percent)
    assert parse("percent", Percent(Decimal(repr(float(content.fraction))))) == share


@pytest.mark.parametrize(
    ("kind", "content", "value"),
    [
        ("text", 17.0, "17"),
        ("text", Percent(Decimal("1.0")), "100%"),
        ("text", Percent(Decimal("0.955")), "95.5%"),
        ("text", datetime.datetime(2021, 12, 31), "2021-12-31"),
        ("text", True, "TRUE"),
        ("text", "a\r\nb", "a\nb"),
        ("text", "", None),
        ("title", Formula("=A1"), None),
        ("money", 0.1 + 0.2, Decimal("0.30")),
        ("money", 6400, Decimal("6400.00")),
        ("money", "六千四百", "六千四百"),
        ("percent", 0.25, Decimal("25")),
        ("percent", 25, Decimal("25")),
        ("percent", "七成", "七成"),
        ("year", 2021.0, 2021),
        ("year", "二〇二一", "二〇二一"),
        ("year", "2021年", 2021),
        ("year", " ２０２１ 年度", 2021),
        ("year", datetime.datetime(2021, 1, 1), 2021),
        ("year", datetime.date(2021, 7, 1), "2021-07-01"),
        ("numbered", "1.甲\n2、乙\n 3．丙", ["甲", "乙", "丙"]),
        ("numbered", "甲\n\n乙", ["甲", "乙"]),
        ("numbered", "提高服务水平。", ["提高服务水平。"]),
        ("numbered", "1.甲。2.乙。", ["甲。", "乙。"]),
        ("numbered", "1.甲\n续\n2.乙", ["甲\n续", "乙"]),
        ("unit", "333001某局本级", {"code": "333001", "name": "某局本级"}),
        ("unit", "某局", {"name": "某局"}),
        ("unit", "333001", {"code": "333001"}),
    ],
)
def test_cells_are_read_as_people_see_them(kind: str, content: object, value: object) -> None:
    assert parse(kind, content) == value  # type: ignore[arg-type]


def test_parts_of_a_cent_are_noticed_and_float_noise_is_not() -> None:
    assert off_the_cent(0.1 + 0.2) is None
    assert off_the_cent(100.125) == Decimal("100.125")
    assert off_the_cent("六") is None
