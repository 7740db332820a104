"""What a field asks for: a message beside it, a dropdown, an alert that explains, never forbids."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.editions import TRAITS, first
from xlperf.fields import asking
from xlperf.forms.defined_names import LIST_PREFIX
from xlperf.forms.official.dropdowns import offered
from xlperf.layout import GENERATED_EDITION, Box, Form, Layout, anchors
from xlperf.layout.addresses import address
from xlperf.layout.labels import OF_STAGES
from xlperf.layout.placement import with_edges
from xlperf.wording import has, official, official_list, say

VALIDATIONS: dict[str, dict[str, Any]] = {
    "code": {"type": "textLength", "operator": "equal", "formula1": "21"},
    "money": {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"},
    "share": {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "1"},
    "year": {"type": "whole", "operator": "between", "formula1": "1990", "formula2": "2100"},
    "weight": {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "100"},
}
OFFER_MESSAGES = {  # messages of fields for which an edition may offer words
    "level1": "offer_level1",
    "level2": "offer_level2",
    "basis": "offer_basis",
    "target": "offer_target",
    "operator": "offer_operator",
    "measure": "offer_unit",
    "direction": "offer_direction",
}
VALIDATIONS |= {  # of the forms of stages
    "stage_money": VALIDATIONS["money"],
    "stage_weight": VALIDATIONS["weight"],
    "score": VALIDATIONS["weight"],
    "total": VALIDATIONS["weight"],
}
ALERT: Literal["warning"] = "warning"


def add_validation(sheet: Worksheet, layout: Layout) -> None:
    """Give every field of a form its message, dropdown and alert."""
    kinds, traits = kinds_of(layout.form), TRAITS.get(layout.form.edition, first())
    offers = offered(traits)
    by_kind: dict[str, DataValidation] = {}
    for key, box in anchors(layout).items():
        if kind := kinds.get(key):
            if kind not in by_kind:
                by_kind[kind] = validation(kind, offers)
                sheet.add_data_validation(by_kind[kind])
            by_kind[kind].add(address(_validations(layout, key, box)).replace("$", ""))


def kinds_of(form: Form) -> dict[str, str]:
    """The fields of a form that have a message: key of the anchor to key of the message."""
    if form.name == "findings":
        return {f"findings/{key}": asks for key, asks in asking("waivers").items()}
    if form.name in OF_STAGES:
        return dict(_of_stage(form))
    return asking("projects" if form.name == "project" else "")


def _of_stage(form: Form) -> Iterator[tuple[str, str]]:
    """The fields of a stage's form with their messages; ticks, one of which is put."""
    prompts = asking("stages/projects")
    for key, _ in form.fields():
        ref = key.removeprefix("results/")
        above = "indicators/" if ref != key else ""
        if "/" in ref:
            yield key, "tick"
        elif asks := prompts.get(f"{above}{ref}"):
            yield key, asks


def _validations(layout: Layout, key: str, box: Box) -> Box:
    """Where a field asks: of a list from its headings to its last row, so that rows may come."""
    lists = [part.list_ref for part in layout.lists()]
    if layout.form.edition == GENERATED_EDITION or key.partition("/")[0] not in lists:
        return box
    edges = with_edges(layout, box)
    return Box(edges.row, edges.col, edges.width, edges.height - 1)


def validation(kind: str, offers: Container[str] = ()) -> DataValidation:
    """The message of a kind of field; an alert only where the wording has one.

    A dropdown only where the edition offers words for it (`offers`).
    """
    rule = VALIDATIONS.get(kind, {})
    if kind in OFFER_MESSAGES:
        rule = (
            {"type": "list", "formula1": LIST_PREFIX + OFFER_MESSAGES[kind]}
            if OFFER_MESSAGES[kind] in offers
            else {}
        )
    if kind in ("tick", "grade"):
        listed = official_list("stage.grades") if kind == "grade" else [official("stage.tick")]
        rule = {"type": "list", "formula1": f'"{",".join(listed)}"'}
    result = DataValidation(allow_blank=True, **rule)
    result.promptTitle, result.prompt = say(f"input.{kind}.title"), say(f"input.{kind}.prompt")
    result.showInputMessage, result.showErrorMessage = True, has(f"input.{kind}.alert")
    if result.showErrorMessage:
        result.errorStyle = ALERT
        result.errorTitle, result.error = result.promptTitle, say(f"input.{kind}.alert")
    return result


def protect(sheet: Worksheet) -> None:
    """Labels and formulas are kept from slips: no password, and everything else stays allowed."""
    protection: SheetProtection = sheet.protection
    protection.sheet = True
    for allowed in (
        *("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"),
        *("insertHyperlinks", "sort", "autoFilter", "pivotTables"),
        *("selectLockedCells", "selectUnlockedCells", "objects", "scenarios"),
    ):
        setattr(protection, allowed, False)  # in this format, False is what is not forbidden
