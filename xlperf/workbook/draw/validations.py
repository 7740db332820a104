"""What a field asks for: a message beside it, a dropdown, an alert that explains, never forbids."""

from __future__ import annotations

from typing import Any, Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.naming import LIST
from xlperf.layout import MADE, Box, Layout, anchors
from xlperf.layout.addresses import address
from xlperf.layout.placement import with_edges
from xlperf.wording import has, say

KINDS = {
    "project": {
        "unit": "unit", "code": "code", "name": "name",
        "budget": "money", "fiscal": "money", "other": "money", "purpose": "purpose",
        "spending_plan/03": "share", "spending_plan/06": "share",
        "spending_plan/10": "share", "spending_plan/12": "share", "goals": "goals",
        "indicators/level1": "level1", "indicators/level2": "level2",
        "indicators/name": "indicator", "indicators/description": "description",
        "indicators/target": "target", "indicators/basis": "basis",
    },
    "department": {
        "fiscal_year": "year", "overall_goal": "goal", "activities/name": "activity",
        "activities/indicators/name": "indicator",
        "activities/indicators/description": "description",
        "activities/indicators/target": "target",
    },
    "findings": {"findings/reason": "reason", "findings/who": "who", "findings/when": "when"},
}  # fmt: skip
VALIDATED: dict[str, dict[str, Any]] = {
    "code": {"type": "textLength", "operator": "equal", "formula1": "21"},
    "money": {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"},
    "share": {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "1"},
    "year": {"type": "whole", "operator": "between", "formula1": "1990", "formula2": "2100"},
    "level1": {"type": "list", "formula1": LIST + "offer_level1"},
    "level2": {"type": "list", "formula1": LIST + "offer_level2"},
    "basis": {"type": "list", "formula1": LIST + "offer_basis"},
    "target": {"type": "list", "formula1": LIST + "offer_target"},
}
ALERT: Literal["warning"] = "warning"


def add_validation(sheet: Worksheet, layout: Layout) -> None:
    """Give every field of a form its message, dropdown and alert."""
    kinds = KINDS.get(layout.form.name, {})
    asked: dict[str, DataValidation] = {}
    for key, box in anchors(layout).items():
        if kind := kinds.get(key):
            if kind not in asked:
                asked[kind] = validation(kind)
                sheet.add_data_validation(asked[kind])
            asked[kind].add(address(_validations(layout, key, box)).replace("$", ""))


def _validations(layout: Layout, key: str, box: Box) -> Box:
    """Where a field asks: of a list from its headings to its last row, so that rows may come."""
    lists = [part.list_ref for part in layout.form.lists()]
    if layout.form.edition == MADE or key.partition("/")[0] not in lists:
        return box
    edges = with_edges(layout, box)
    return Box(edges.row, edges.col, edges.width, edges.height - 1)


def validation(kind: str) -> DataValidation:
    """The message of a kind of field; an alert only where the wording has one."""
    made = DataValidation(allow_blank=True, **VALIDATED.get(kind, {}))
    made.promptTitle, made.prompt = say(f"input.{kind}.title"), say(f"input.{kind}.prompt")
    made.showInputMessage, made.showErrorMessage = True, has(f"input.{kind}.alert")
    if made.showErrorMessage:
        made.errorStyle = ALERT
        made.errorTitle, made.error = made.promptTitle, say(f"input.{kind}.alert")
    return made


def protect(sheet: Worksheet) -> None:
    """Labels and formulas are kept from slips: no password, and everything else stays allowed."""
    kept: SheetProtection = sheet.protection
    kept.sheet = True
    for allowed in (
        *("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"),
        *("insertHyperlinks", "sort", "autoFilter", "pivotTables"),
        *("selectLockedCells", "selectUnlockedCells", "objects", "scenarios"),
    ):
        setattr(kept, allowed, False)  # in this format, False is what is not forbidden
