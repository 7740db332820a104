"""The lists of words that the sheets of stages compare with, on a hidden sheet of their own.

A workbook without stages has none of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID, LIST_PREFIX
from xlperf.forms.stages.choice import is_stage
from xlperf.layout import Box
from xlperf.layout.addresses import address
from xlperf.rules import catalogue
from xlperf.rules.formulas.stage_natives import is_of_a_stage
from xlperf.rules.formulas.stage_steps import lists_of_stages
from xlperf.wording import official, say
from xlperf.workbook.cells import cell_at
from xlperf.workbook.names import define_name
from xlperf.workbook.package.sheet_xml.xml_escapes import encode


def stage_lists() -> Mapping[str, tuple[str | int, ...]]:
    """Every list by its name: words of targets, and what hints say of each rule."""
    codes = tuple(rule.code for rule in catalogue().values() if is_of_a_stage(rule.native))
    return {
        "stage_codes": codes,
        "stage_words": tuple(say(f"check.{code}") for code in codes),
        **lists_of_stages(),
    }


def draw_stage_lists(book: Workbook) -> tuple[Worksheet, dict[str, str]]:
    """Add the sheet, or write it anew; gives it and the names that all sheets know its columns by.

    What somebody wrote on it beside the lists goes: it is a hidden sheet of ours.
    """
    title = official("sheet.stage_lists")
    sheet: Worksheet = book[title] if title in book.sheetnames else book.create_sheet(title)
    sheet.sheet_state = "hidden"
    sheet._cells.clear()
    for col, words in enumerate(stage_lists().values(), 1):
        for row, word in enumerate(words, 1):
            if isinstance(word, int):
                cell_at(sheet, row, col).value = word
            elif word:
                cell = cell_at(sheet, row, col)
                cell.value, cell.data_type = encode(word), "s"
    define_name(sheet, AID + "lists", Box(1, 1, sheet.max_column, sheet.max_row))
    return sheet, names_of_stage_lists()


def names_of_stage_lists() -> dict[str, str]:
    """The names that all sheets know the lists by, each with the cells of its list."""
    title, lists = official("sheet.stage_lists"), stage_lists()
    return {
        LIST_PREFIX + name: address(Box(1, col, 1, len(words)), title)
        for col, (name, words) in enumerate(lists.items(), 1)
    }


def renew_stage_lists(book: Workbook) -> None:
    """The lists and their names once more, where sheets of stages look at them."""
    if any(is_stage(sheet.defined_names) for sheet in book.worksheets):
        for name, target in draw_stage_lists(book)[1].items():
            book.defined_names[name] = DefinedName(name, attr_text=target)
