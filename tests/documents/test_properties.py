"""Random documents: printed and read back the same; and any text at all is accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.accounts import check_honest, closed, parsed
from tests.documents.printing import printed
from tests.effort import tries
from xlperf import documents
from xlperf.canonical import canonical, loads
from xlperf.errors import UserError
from xlperf.record import PLAN_MONTHS, Raw
from xlperf.storage.files import shipped

SIGNS = "甲乙丙丁戊己庚辛壬癸率度abc≥%（）“”"
FIRST = st.sampled_from("甲乙丙丁戊己庚辛壬癸abc≥“")
WORD = st.builds(str.__add__, FIRST, st.text(SIGNS + "0123456789，、", max_size=14))
LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)
MONEY = st.decimals(0, 10**9, places=2)


def _object(**fields: st.SearchStrategy) -> st.SearchStrategy:
    return st.fixed_dictionaries({}, optional=fields)


def _indicators(levels: list[tuple[str, str]], texts: list[Raw]) -> list[Raw]:
    chosen = sorted(levels, key=LEVELS.index)
    return [
        {"level1": one, "level2": two, **text}
        for (one, two), text in zip(chosen, texts, strict=False)
    ]


ROW = st.fixed_dictionaries(
    {"name": WORD, "target": WORD}, optional={"description": WORD, "basis": WORD}
)
PROJECT = st.fixed_dictionaries(
    {
        "code": st.text("0123456789ABCDEFGHIJ", min_size=13, max_size=13).map("13030321".__add__),
        "name": WORD,
        "unit": st.sampled_from(["333001", "333002", "333005"]),
        "goals": st.lists(WORD, max_size=4),
        "indicators": st.builds(
            _indicators,
            st.lists(st.sampled_from(LEVELS), max_size=15),
            st.lists(ROW, min_size=15, max_size=15),
        ),
    },
    optional={
        "budget": MONEY,
        "fiscal": MONEY,
        "other": MONEY,
        "purpose": WORD,
        "spending_plan": st.fixed_dictionaries(
            dict.fromkeys(PLAN_MONTHS, st.integers(0, 100) | st.decimals(0, 100, places=2))
        ),
    },
)
ACTIVITY = st.fixed_dictionaries(
    {
        "name": WORD,
        "indicators": st.lists(
            st.fixed_dictionaries({"name": WORD, "target": WORD}, optional={"description": WORD}),
            max_size=5,
        ),
    },
    optional={"goal": WORD},
)
SAFEGUARD = st.fixed_dictionaries({"title": WORD, "text": WORD})


@st.composite
def records(draw: st.DrawFn) -> Raw:
    projects = draw(st.lists(PROJECT, max_size=3))
    codes = dict.fromkeys(project["unit"] for project in projects)
    record = {
        "edition": "hebei-2021",
        "activities": draw(st.lists(ACTIVITY, max_size=4)),
        "safeguards": draw(st.lists(SAFEGUARD, max_size=4)),
        "units": [{"code": code, "name": draw(WORD)} for code in codes],
        "projects": projects,
    }
    return canonical({**record, "overall_goal": draw(WORD)})


@given(records(), st.sampled_from(["", "某县水利局\n2021年\n部门预算绩效文本"]))
@settings(max_examples=tries(100), deadline=None)
def test_a_printed_record_is_read_back_the_same_with_nothing_left_over(
    record: Raw, cover: str
) -> None:
    reading = documents.read_text(printed(record, cover))
    read = reading.record
    assert {key: read.get(key) for key in record} == record
    assert "leftovers" not in read
    assert reading.remarks == ()
    if cover:
        assert (read["fiscal_year"], read["department"]["name"]) == (2021, "某县水利局")
        assert not {"fiscal_year", "department/name"} & set(read.get("inferred", []))
    check_honest(parsed(printed(record, cover)))


def test_the_bundled_sample_is_read_back_the_same() -> None:
    sample = loads(shipped("workbook_templates", "sample.json").read_text(encoding="utf-8"))
    reading = documents.read_text(printed(sample))
    left_out = {"inferred", "region", "department", "fiscal_year"}
    assert {key: reading.record.get(key) for key in sample.keys() - left_out} == {
        key: value for key, value in sample.items() if key not in left_out
    }
    assert reading.record["fiscal_year"] == sample["fiscal_year"]
    assert "leftovers" not in reading.record


def _read(text: str) -> None:
    try:
        documents.read_text(text)
    except UserError as refusal:
        assert refusal.key in ("not_document", "nothing_read")


@given(st.text())
def test_any_text_is_accounted_for_to_the_last_character(text: str) -> None:
    check_honest(parsed(text))
    counts = documents.coverage(text)
    assert counts.characters == len(text.replace("\r\n", "\n"))
    _read(text)


FRAGMENTS = (
    *(
        "第一部分",
        "第二部分",
        "第三部分 其他",
        "部门整体绩效目标",
        "预算项目绩效目标",
        "目录",
        "附件",
    ),
    *(
        "一、总体绩效目标",
        "二、分项绩效目标",
        "三、工作保障措施",
        "四、其他",
        "（一）甲乙",
        "(二) 丙",
    ),
    *("1.丙丁", "2、戊", "3．5公里", "①", "②己：庚，指标值≥90%。", "（3）辛", "十、壬", "1.2021年"),
    *(
        "绩效目标：",
        "绩效目标：甲。",
        "绩效指标：",
        "绩效指标：①甲：乙,指标值=0。②丙",
        "指标值",
        "：",
        "，",
    ),
    *(
        "1.甲绩效目标表",
        "甲绩效目标表 TC 甲绩效目标表 \\f C \\l 1 ",
        " TC 乙 \\f A \\l 1",
        "......3",
    ),
    *("\t", "\t", "\t", "\n", "\n", "\n\n", " ", "\r\n", "　", "\u200b", "\x0c", "\x07"),
    *(
        "333001甲局本级",
        "333001",
        "333005乙站",
        "单位：元",
        "单位：万元",
        "2021年",
        "某区水务局",
        "编制",
    ),
    *("项目编码", "13030321GOE2BGRTFUYL2", "项目名称", "预算规模及资金用途", "预算数", "6,400.00"),
    *("其中：财政资金", "其他资金", "0", "资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"),
    *(
        "25%",
        "100.00%",
        "绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "绩效指标描述",
        "指标值确定依据",
    ),
    *(
        "产出指标",
        "数量指标",
        "成本指标",
        "满意度指标",
        "服务对象满意度指标",
        "二〇二一年",
        "某县财政局审核",
    ),
)
TABLE = st.lists(
    st.lists(st.sampled_from(["", *FRAGMENTS]), min_size=1, max_size=7), min_size=1, max_size=8
).map(lambda rows: "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows))
JUMBLE = st.lists(st.sampled_from(FRAGMENTS) | TABLE, max_size=30).map("".join)
LINES = st.lists(st.sampled_from(FRAGMENTS) | TABLE, max_size=30).map("\n".join)


@given(JUMBLE | LINES)
@settings(max_examples=tries(300), deadline=None)
def test_any_jumble_of_a_documents_parts_is_accounted_for(text: str) -> None:
    check_honest(parsed(text))
    _read(text)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A document with some of its lines lost, doubled, moved or replaced."""
    lines = printed(draw(records())).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        here = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["lose", "double", "replace", "move"]))
        line = lines.pop(here)
        if change == "double":
            lines[here:here] = [line, line]
        elif change == "replace":
            lines.insert(here, draw(st.sampled_from(FRAGMENTS)))
        elif change == "move":
            lines.insert(draw(st.integers(0, len(lines))), line)
        lines = lines or [""]
    return "\n".join(lines)


@given(damaged())
@settings(max_examples=tries(100), deadline=None)
def test_a_damaged_document_loses_no_character(text: str) -> None:
    result = parsed(text)
    check_honest(result)
    claim_texts = [claim.piece.text for claim in result.ledger.claims]
    left = [leftover["text"] for leftover in result.reading.record.get("leftovers", [])]
    assert sorted(closed("".join(claim_texts + left))) == sorted(closed(text))


@pytest.mark.parametrize("text", ["", " \n\t\n", "今天天气很好。", "\t甲\n\t乙\n", "第一部分"])
def test_a_text_that_is_no_such_document_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        documents.read_text(text, "来信.txt")
    assert (refused.value.key, refused.value.facts) == ("not_document", {"file": "来信.txt"})
