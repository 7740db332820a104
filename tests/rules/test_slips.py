"""The list of slips: what it mends is right, and what is right it leaves alone."""

from __future__ import annotations

import pytest

from xlperf.rules.families.writing.spelling import certain_slips
from xlperf.rules.text import lexicon

ENTRIES = [tuple(entry.split("→")) for entry in lexicon.words("misspelled")]


def test_every_slip_says_what_is_written_and_what_is_meant() -> None:
    odd = [entry for entry in ENTRIES if len(entry) != 2 or entry[0] == entry[1] or not all(entry)]
    assert odd == []


def test_no_slip_is_listed_twice() -> None:
    written = [wrong for wrong, _ in ENTRIES]
    assert sorted(set(written)) == sorted(written)


@pytest.mark.parametrize(("wrong", "right"), ENTRIES)
def test_a_mended_word_is_not_a_slip_again(wrong: str, right: str) -> None:
    slips, mended = certain_slips(f"做好{wrong}。")
    assert (wrong in mended, mended) == (False, f"做好{right}。")
    assert slips
    assert certain_slips(mended) == ((), mended)


@pytest.mark.parametrize("wrong", lexicon.table("misspelled_in_context"))
def test_what_is_a_slip_in_a_context_only_is_left_alone_by_itself(wrong: str) -> None:
    alone_too = {
        "施设备",
        "建康",
        "短版",
        "步聚",
        "步署",
        "拨负",
        "兑负",
        "侧绘",
        "选拨",
        "建挡",
        "存挡",
        "归挡",
        "观侧",
        "检侧",
        "监侧",
        "即然",
        "布暑",
        "部暑",
        "签属",
        "派遗",
        "防冶",
        "政冶",
        "整冶",
        "法冶",
        "违记",
        "拔付",
        "拔款",
        "补尝",
        "撤底",
        "布署",
        "措失",
        "付责",
        "℅",
        "修朴",
    }
    slips, _ = certain_slips(f"“{wrong}”")
    assert bool(slips) == (wrong in alone_too)


@pytest.mark.parametrize(
    "text",
    [
        "修复盖板和检查井，养护管埋设备",
        "物资按排名发放，设备按装机容量计费，电梯按装修标准交付",
        "林木碳汇和燃煤碳排放",
        "派遣产业工人，派遣留学生",
        "公安权限、按全国标准、通信讯号",
        "自己完成、知己知彼、年末完成、期末支付",
        "抚平安抚贫困户情绪，预防犯罪",
        "应急反应能力情况、不良反应监测情况",
        "增加人员、缴纳人名单、系列人物",
        "进一步聚焦重点、进一步署名，立即定任务，全部暑期活动",
        "资金划拨负责人、承兑负责人，兑付责任，经评选拨付资金，选拔付费学员",
        "修建挡土墙，道路两侧绘制墙画，景观侧面，安检侧门，季度末支付，分派遗属补助",
        "制订办法、制定方案、台帐、账户、签定合同、做为、作为",
    ],
)
def test_words_that_only_look_like_slips_are_left_alone(text: str) -> None:
    assert certain_slips(text) == ((), text)
