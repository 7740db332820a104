"""The lists of words on the hidden sheet: what dropdowns offer and what checks compare with.

Each list is a column under a workbook-scoped name, so that no formula holds words of its own and
the lists can be read, and mended, in one place.
"""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.editions import Traits
from xlperf.forms.defined_names import LIST_PREFIX, NONE_EXPLAINED
from xlperf.forms.official.dropdowns import offered
from xlperf.layout import Box
from xlperf.layout.addresses import address
from xlperf.rules import catalogue
from xlperf.rules.formulas.stage_natives import is_of_a_stage
from xlperf.rules.formulas.steps import lists
from xlperf.wording import say
from xlperf.workbook.cells import cell_at
from xlperf.workbook.package.sheet_xml.xml_escapes import encode

FAMILIES = {"AMT": "amounts", "PLN": "plan", "COD": "code"}


def explained_findings() -> dict[str, tuple[str, ...]]:
    """What the check column and the status say of each rule that a cell checks."""
    rules = (rule for rule in catalogue().values() if rule.native)
    codes = tuple(rule.code for rule in rules if not is_of_a_stage(rule.native))
    return {
        "check_codes": codes,
        "check_words": tuple(say(f"check.{code}") for code in codes),
        "check_status": tuple(status_of(code) for code in codes),
    }


def status_of(code: str) -> str:
    """One word for what is wrong with a sheet where this rule fires."""
    if code in ("COD106", "VAL401"):
        return say("status.code_twice" if code == "COD106" else "status.choice")
    return say(f"status.{FAMILIES.get(code[:3], 'faulty')}")


def write_lists(book: Workbook, sheet: Worksheet, traits: Traits) -> None:
    """Every list in a column of its own, under its name."""
    start = sheet.max_column + 2
    listed = {**offered(traits), **explained_findings(), **lists(), "explained": NONE_EXPLAINED}
    for col, (name, words) in enumerate(listed.items(), start):
        for row, word in enumerate(words, 1):
            cell = cell_at(sheet, row, col)
            cell.value, cell.data_type = encode(word), "s"
        target = address(Box(1, col, 1, len(words)), sheet.title)
        book.defined_names[LIST_PREFIX + name] = DefinedName(LIST_PREFIX + name, attr_text=target)
