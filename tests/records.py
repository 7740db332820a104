"""Random records: any number of anything, long texts, line breaks, leading =, emoji, full width."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from xlperf.canonical import canonical
from xlperf.record import PLAN_MONTHS

PIECES = (
    *(
        "保障",
        "率",
        "≥90%",
        "是/否",
        "=1+1",
        "+A1",
        "-2",
        "@x",
        "１２３",
        "😀",
        "𠮷",
        "a b",
        "，",
        "“”",
    ),
    *(
        "\n",
        "\n\n",
        "\t",
        " ",
        "　",
        "1.",
        "2、",
        "3．",
        "①",
        "（一）",
        "100%",
        "_x0041_",
        "&",
        "<b>",
    ),
    *("'", '"', "[x]", "：", ":", "/", "\\", "{0}", "绩效目标表", "项目编码", "人" * 300),
)
TEXT = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=20
    ),
)
CODE = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21)
UNIT = st.text("0123456789", min_size=1, max_size=6)
MONEY = st.one_of(
    st.decimals(0, 10**12, places=2, allow_nan=False),
    st.integers(-(10**6), 10**15),
    st.decimals(0, 10**6, places=4, allow_nan=False),
    st.just(Decimal("12345678901234567890.12")),
    TEXT,
)
SHARE = st.one_of(
    st.integers(-5, 300), st.decimals(0, 100, places=3, allow_nan=False), TEXT, st.just("25%")
)


def _object(**fields: st.SearchStrategy) -> st.SearchStrategy:
    return st.fixed_dictionaries({}, optional=fields)


INDICATOR = _object(name=TEXT, description=TEXT, target=TEXT)
PROJECT_INDICATOR = _object(
    level1=st.sampled_from(["产出指标", "效益指标", "x"]),
    level2=st.sampled_from(["数量指标", "质量指标", "y"]),
    name=TEXT,
    description=TEXT,
    target=TEXT,
    basis=TEXT,
)
PROJECT = _object(
    code=CODE,
    name=TEXT,
    title=TEXT,
    unit=UNIT,
    unit_name=TEXT.map(str.strip).filter(bool),
    budget=MONEY,
    fiscal=MONEY,
    other=MONEY,
    purpose=TEXT,
    spending_plan=_object(**dict.fromkeys(PLAN_MONTHS, SHARE)),
    goals=st.lists(TEXT, max_size=4),
    indicators=st.lists(PROJECT_INDICATOR, max_size=5),
)
CODED = _object(code=CODE, name=TEXT)
RECORD = st.fixed_dictionaries(
    {"edition": st.just("hebei-2021")},
    optional={
        "fiscal_year": st.one_of(st.integers(1990, 2100), TEXT),
        "region": CODED,
        "department": CODED,
        "overall_goal": st.one_of(TEXT, TEXT.map(lambda text: text * 30)),
        "activities": st.lists(
            _object(name=TEXT, goal=TEXT, indicators=st.lists(INDICATOR, max_size=3)), max_size=4
        ),
        "safeguards": st.lists(_object(title=TEXT, text=TEXT), max_size=3),
        "units": st.lists(_object(code=UNIT, name=TEXT.map(str.strip).filter(bool)), max_size=3),
        "projects": st.lists(PROJECT, max_size=4),
        "leftovers": st.lists(_object(place=TEXT, text=TEXT), max_size=2),
    },
).map(canonical)
