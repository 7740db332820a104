"""The ribbon: its buttons are the promised actions, in words and in macros."""

from __future__ import annotations

import re

import pytest

from tests.addin import contract
from xlperf import wording
from xlperf.addin.xlam import build, ribbon_checks
from xlperf.addin.xlam.xml_lines import Element, parse
from xlperf.live import actions
from xlperf.live.ribbon import ACTIONS

ROOT = parse((build.macros() / build.RIBBON_FILE).read_bytes())
BUTTONS = {button.attributes["id"]: button for button in ROOT.elements_named("button")}


def test_there_is_a_button_for_every_action() -> None:
    assert set(BUTTONS) == set(contract.PROMISED) == set(ACTIONS)
    assert len(BUTTONS) == 16


def test_the_groups_are_those_the_user_was_told_of() -> None:
    groups = [group.attributes["id"] for group in ROOT.elements_named("group")]
    labels = [wording.text("zh", f"ribbon.{name}.label") for name in groups]
    assert labels == ["校验", "项目", "监控自评", "汇总", "发布", "帮助"]
    assert wording.text("zh", "ribbon.tab.label") == "绩效"


@pytest.mark.parametrize("action", contract.PROMISED)
def test_what_a_button_calls_exists(action: str) -> None:
    assert callable(getattr(actions, action))


def test_all_buttons_go_through_one_door() -> None:
    assert {button.attributes["onAction"] for button in BUTTONS.values()} == {contract.DOOR}


def test_every_button_has_a_key_tip_and_none_begins_another() -> None:
    tips = [button.attributes["keytip"] for button in BUTTONS.values()]
    assert all(tip.isascii() and tip.isalpha() and tip.isupper() and len(tip) <= 3 for tip in tips)
    assert len(set(tips)) == len(tips) == 16
    assert not [(a, b) for a in tips for b in tips if a != b and b.startswith(a)]


@pytest.mark.parametrize("action", contract.PROMISED)
def test_a_button_has_an_icon_and_asks_for_its_words_and_state(action: str) -> None:
    attributes = BUTTONS[action].attributes
    assert attributes["imageMso"].isalnum()
    assert (attributes.get("tag") == "always") is (action in contract.ALWAYS)
    assert {"getLabel", "getScreentip", "getSupertip", "getEnabled"} <= attributes.keys()
    for language in ("zh", "en"):
        words = [
            wording.text(language, f"ribbon.{action}.{part}")
            for part in ("label", "screentip", "supertip")
        ]
        assert len(set(words)) == 3
        assert all(len(word) <= most for word, most in zip(words, (15, 60, 500), strict=True))


def test_no_image_is_used_twice() -> None:
    images = [button.attributes["imageMso"] for button in BUTTONS.values()]
    assert len(set(images)) == len(images)


def test_there_are_no_words_for_controls_that_do_not_exist() -> None:
    ids = {control.attributes.get("id") for control in ROOT.all()} | SAID_BY_VBA
    assert {row[0].partition(".")[0] for row in build.ribbon_words()} <= ids


def test_the_function_wizard_has_words_for_every_argument() -> None:
    keys = {row[0] for row in build.build(build.macros()).words if row[0].startswith("XP_")}
    counts = {"XP_TOTAL": 3, "XP_PLANNED": 4, "XP_COUNT": 2, "XP_FINDINGS": 2, "XP_TARGET": 2}
    assert keys == {
        f"{name}.{part}"
        for name, count in counts.items()
        for part in ("help", *map(str, range(1, count + 1)))
    }


SAID_BY_VBA = {"no_python", "busy", "not_started", "failed", "unsafe_name", "function_areas",
               "function_not_called"}  # fmt: skip


def around(inside: str, top: str = "") -> Element:
    return parse(
        f'<customUI xmlns="{ribbon_checks.NAMESPACE}"{top}><ribbon><tabs><tab id="t" label="t">'
        f'<group id="g" label="g">{inside}</group></tab></tabs></ribbon></customUI>'.encode()
    )


@pytest.mark.parametrize(
    ("inside", "key"),
    [
        ('<button label="x"/>', "one_id"),
        ('<button id="x" idMso="Copy"/>', "one_id"),
        ('<button id="x" label="x" getLabel="X"/>', "said_twice"),
        ('<button id="x" enabled="true" getEnabled="X"/>', "said_twice"),
        ('<button id="x" imageMso="Copy" getImage="X"/>', "two_images"),
        ('<button id="x" image="a" imageMso="Copy"/>', "two_images"),
        ('<button id="g"/>', "same_id"),
        ('<button id="x" colour="red"/>', "ribbon_attribute"),
        ('<tab id="x"/>', "ribbon_element"),
        ('<script id="x"/>', "ribbon_element"),
        (f'<button id="x" supertip="{"x" * 1025}"/>', "long_tip"),
    ],
)
def test_what_excel_refuses_is_noticed(inside: str, key: str) -> None:
    assert [fault.key for fault in ribbon_checks.faults(around(inside), "x.xml")] == [key]


def test_what_excel_takes_is_not_complained_of() -> None:
    inside = '<button id="x" label="x" imageMso="Copy" size="large"/><separator id="s"/>'
    assert list(ribbon_checks.faults(around(inside), "x.xml")) == []


def test_the_ribbon_of_excel_2007_is_another_one() -> None:
    root = parse(b'<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"/>')
    assert [fault.key for fault in ribbon_checks.faults(root, "x")] == ["ribbon_namespace"]


def test_every_change_of_the_active_workbook_asks_the_ribbon_again() -> None:
    source = (build.macros() / "XlperfEvents.cls").read_text(encoding="utf-8")
    assert "Private WithEvents mExcel As Application" in source
    for event in ("WorkbookActivate", "WorkbookDeactivate"):
        body = re.search(rf"Sub mExcel_{event}\(ByVal Wb As Workbook\)\n(.*?)End Sub", source, re.S)
        assert body and body.group(1).endswith("    XlperfRefresh\n")
