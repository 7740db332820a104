"""Names in a workbook: the defined names that mark a form's fields, and titles of sheets."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping
from functools import lru_cache

from xlperf.characters.xml_signs import FORBIDDEN_IN_XML
from xlperf.layout import Box, Coord, Form
from xlperf.layout.addresses import box_of

FIELD_PREFIX = "XPF_"  # sheet-scoped: a field, or a column of a list
MADE_FIELD = "XPG_"  # sheet-scoped: a field of a sheet that is made, which nobody fills in
MARK_PREFIX = "XPM_"  # sheet-scoped: a cell that a finding has marked
AID = "XPL_"  # sheet-scoped: ours, but no field (a link back, the area of a generated table)
EDGES = "XPE_"  # sheet-scoped: a list, from its headings to the row below it
CONTRIBUTIONS = AID + "contributions"  # of a project: what the totals add up
UNIT_LINES = (AID + "unit_code", AID + "unit_name")  # of the department: its units, line by line
LIST_PREFIX = "XPW_"  # workbook-scoped: a list of words that checks use
EXPLAINED_NAME = LIST_PREFIX + "explained"  # the keys of explained findings
NONE_EXPLAINED = ("-",)  # a list is never empty
LONGEST_SHEET_TITLE = 31
MOST_MARKED = 1_000_000  # cells under all the names of one sheet
MOST_CELLS_KNOWN = 20_000  # cells of ours on a sheet: a project has some 3,000


def field_name(key: str, prefix: str = FIELD_PREFIX) -> str:
    """The defined name of an anchor: department/name is XPF_department__name."""
    return prefix + key.replace("/", "__").replace("#", "ordinal")


def anchor_key(name: str) -> str:
    """The anchor's key of a field's defined name: XPF_department__name is department/name."""
    return name[len(FIELD_PREFIX) :].replace("__", "/").replace("ordinal", "#")


def names_of(form: Form, prefix: str = FIELD_PREFIX) -> set[str]:
    """The defined names that mark a form."""
    return {field_name(key, prefix) for key, _ in form.fields()}


def optional_names(form: Form) -> set[str]:
    """Those of a form's names that a sheet lacks where an optional list has no items."""
    parts = (part for part in form.lists() if part.optional)
    return {field_name(key) for part in parts for key, _ in part.columns()} & names_of(form)


def boxes_of(targets: Mapping[str, str]) -> dict[str, Box]:
    """The rectangles of a sheet's names of ours, by name, given what each name stands for.

    Left out are names that lost their cells, and those with which all together would have more
    cells than any form.
    """
    result: dict[str, Box] = {}
    cells = 0
    for name, target in targets.items():
        if not name.startswith((FIELD_PREFIX, MADE_FIELD, AID, EDGES)):
            continue
        if box := _box(target.rpartition("!")[2]):
            cells += box.width * box.height
            if cells <= MOST_MARKED:
                result[name] = box
    return result


@lru_cache(4096)  # sheets of one form have them in common, and keep them once
def _box(cells: str) -> Box | None:
    return box_of(cells)


def own_cells(names: Mapping[str, Box]) -> frozenset[Coord]:
    """The cells under names of ours (XPL_…) that belong to no field of a form."""
    ours = frozenset(box for name, box in names.items() if name.startswith(AID))
    fields = frozenset(box for name, box in names.items() if name.startswith(FIELD_PREFIX))
    size = sum(box.width * box.height for box in ours)
    return (
        _without(ours, fields) if size <= MOST_CELLS_KNOWN else _without.__wrapped__(ours, fields)
    )


@lru_cache(16)  # projects with lists of one length have the same
def _without(ours: frozenset[Box], fields: frozenset[Box]) -> frozenset[Coord]:
    """The cells of some rectangles that are in none of the others."""
    cells = {at for box in ours for at in box.coords()}
    return frozenset(cells.difference(*(box.coords() for box in fields)))


def sheet_title(position: int, name: str, titles: Collection[str]) -> str:
    """`01 name`, without what Excel forbids in titles, within 31 characters, unique."""
    return free_title(position, name, {title.lower() for title in titles})


def free_title(position: int, name: str, lowered: Container[str]) -> str:
    """The same as `sheet_title`; `lowered` are the other titles in small letters."""
    return free_stage_title("", position, name, lowered)


def free_stage_title(stage: str, position: int, name: str, lowered: Container[str]) -> str:
    """`stage 01 name` as `free_title` has it; without a stage, `01 name`.

    A straight apostrophe becomes a typographic one: links would have to double it, and LibreOffice
    loses it from CELL("filename"), from which a sheet knows its title.
    """
    cleaned = re.sub(r"[\[\]:*?/\\]", " ", plain(name, 2 * LONGEST_SHEET_TITLE)).strip().strip("'")
    cleaned = cleaned.replace("'", "\u2019")
    return free_text(f"{stage} {position:02d} {cleaned}".strip(), lowered)


def free_text(text: str, lowered: Container[str]) -> str:
    """A text as a title that no other sheet has: cut to fit, numbered if another one has it."""
    title, copy = fit_title(text), 1
    while title.lower() in lowered:
        copy += 1
        title = fit_title(text, f" ({copy})")
    return title


def fit_title(text: str, ending: str = "") -> str:
    """Cut to Excel's 31 UTF-16 units, an ending kept, no character halved."""
    while len((text + ending).encode("utf-16-le")) > 2 * LONGEST_SHEET_TITLE:
        text = text[:-1]
    return text.rstrip("' ") + ending


def plain(text: str, most: int) -> str:
    """Text for a place that knows no escapes, such as a page header: one line, cut to fit."""
    return " ".join(FORBIDDEN_IN_XML.sub("", text).split())[:most]
