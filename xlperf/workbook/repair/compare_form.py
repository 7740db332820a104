"""A form's sheet beside the one that would be made anew: what is not as it was made.

Only what belongs to the form is compared, and only what no ordinary edit changes: a fill or a
font of people's own, a number format that followed from typing a date, are no damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.forms.defined_names import AID
from xlperf.layout import Box, Coord, Form
from xlperf.layout.addresses import cell_address
from xlperf.layout.form_by_labels import LocatedForm, labels_of, locate_form
from xlperf.layout.labels import printed
from xlperf.workbook.cells import cell_at
from xlperf.workbook.grids import grid_of, shows_percent
from xlperf.workbook.names import fields, named_boxes
from xlperf.workbook.repair.compare_checks import Places, changed_checks
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.stamp.book_stamp import MOST_REPEATING

NUMBER_FORMATS = ("percent", "number")
# a sheet's own title in the link of its status, which programs do not change with the title
# Links of ours hold the sheet's own title, which a rename changes: "#'title'!A1" and its pieces.
_TITLES = re.compile(r"\"#'[^\"]*\"|\"[^\"]*'!A\"|(?<==\"\",)\"[^\"]*\"(?=,<)")


@dataclass
class SheetPair:
    """A sheet and the one made anew from the same record."""

    sheet: Worksheet
    fresh: Worksheet
    form: Form
    by_labels: LocatedForm
    places: Places
    fresh_places: Places

    @cached_property
    def fresh_by_labels(self) -> LocatedForm:
        """Where the labels of the fresh sheet stand."""
        return locate_form(self.form, grid_of(self.fresh), fields(self.fresh))

    def damage(self, kind: str, at: Coord | None = None, detail: str = "") -> Damage:
        """A damage of this sheet; `at` is row and column, None for the sheet as a whole."""
        return Damage(kind, self.sheet.title, cell_address(*at) if at else "", detail)


def compare(pair: SheetPair) -> Iterator[Damage]:
    """Everything that is not as it was made on a form's sheet."""
    yield from labels(pair)
    yield from looks(pair)
    yield from unmerged(pair)
    yield from lost_validations(pair)
    yield from coloured(pair)
    yield from formulas(pair)
    yield from surroundings(pair.sheet, pair.fresh)


def labels(pair: SheetPair) -> Iterator[Damage]:
    """Printed labels that are gone or say something else."""
    for text, at in pair.by_labels.missing:
        yield pair.damage("label" if at else "label_row", at, text)


def judged(pair: SheetPair) -> Iterator[tuple[str, Coord, Coord, Box]]:
    """Each field's cells: key, where it is, its like on the fresh sheet, its box there.

    Of a list, the rows that were there from the beginning; rows that people inserted look like
    their neighbours, or do not.
    """
    fresh = fields(pair.fresh)
    old = original_rows(pair.sheet)
    for key, box in fields(pair.sheet).items():
        if key not in fresh:
            continue
        like = fresh[key]
        rows = range(box.row, box.row + box.height) if is_column(key) else [box.row]
        for row in rows:
            if len(rows) == 1 or not old or row in old:
                yield key, (row, box.col), like.at, like


def is_column(key: str) -> bool:
    """Whether a key is of a list's column."""
    return "/" in key and key.partition("/")[0] in (
        *("indicators", "activities", "safeguards", "units", "leftovers"),
    )


def original_rows(sheet: Worksheet) -> set[int]:
    """The rows that carry the number of a merged cell: those that were made, not inserted."""
    box = named_boxes(sheet).get(AID + "parts")
    if box is None:
        return set()
    return {row for row, col in box.coords() if isinstance(sheet.cell(row, col).value, int)}


def looks(pair: SheetPair) -> Iterator[Damage]:
    """Cells whose lock, border or number format went: something was pasted over them."""
    for key, at, like, _ in judged(pair):
        for amiss in wrong_look(pair.sheet, at, pair.fresh, like):
            yield pair.damage(amiss, at, key)
    for slot in labels_of(pair.form):
        label, model = (
            item.labels.get(slot.box.at) for item in (pair.by_labels, pair.fresh_by_labels)
        )
        if label and model:
            for amiss in wrong_look(pair.sheet, label, pair.fresh, model):
                yield pair.damage(amiss, label, printed(slot))


def wrong_look(sheet: Worksheet, at: Coord, fresh: Worksheet, like: Coord) -> list[str]:
    """Which of lock, border and number format are not as they were made."""
    cell, model = sheet.cell(*at), fresh.cell(*like)
    if isinstance(cell, MergedCell):
        return []
    amiss = []
    if cell.protection.locked != model.protection.locked:
        amiss.append("lock")
    for side in ("left", "top"):
        line, model_line = (getattr(item.border, side) for item in (cell, model))
        if (
            (model_line and model_line.style)
            and not (line and line.style)
            and "border" not in amiss
        ):
            amiss.append("border")
    kinds = [number_kind(item) for item in (cell, model)]
    if kinds[1] in NUMBER_FORMATS and kinds[0] != kinds[1]:
        amiss.append("number_format")
    return amiss


def number_kind(cell: object) -> str:
    """What a cell's number format is for."""
    code = str(getattr(cell, "number_format", "") or "")
    if shows_percent(cell):  # type: ignore[arg-type]
        return "percent"
    return "number" if re.search(r"0\.00", code) else "other"


def unmerged(pair: SheetPair) -> Iterator[Damage]:
    """Single fields that were merged across or down and are no longer."""
    spans = {(area.min_row, area.min_col) for area in pair.sheet.merged_cells.ranges}
    for key, box in fields(pair.sheet).items():
        like = fields(pair.fresh).get(key)
        if like and not is_column(key) and like.width * like.height > 1 and box.at not in spans:
            yield pair.damage("unmerged", box.at, key)


def lost_validations(pair: SheetPair) -> Iterator[Damage]:
    """Fields that lost their dropdown, message or alert, each once."""
    rules, fresh_rules = validations(pair.sheet), validations(pair.fresh)
    reported: set[str] = set()
    for key, at, like, _ in judged(pair):
        model = covering(fresh_rules, like)
        if key not in reported and model and not model <= covering(rules, at):
            reported.add(key)
            yield pair.damage("validation", at, key)


def validations(sheet: Worksheet) -> list[tuple[tuple[str, str], list[Box]]]:
    """A sheet's validations: (kind, formula of the list), each "" for none; their rectangles."""
    result = []
    for rule in sheet.data_validations.dataValidation:
        kind = "" if rule.type in (None, "none") else rule.type
        text = str(rule.formula1 or "") if kind == "list" else ""
        boxes = [
            Box(r.min_row, r.min_col, r.max_col - r.min_col + 1, r.max_row - r.min_row + 1)
            for r in rule.sqref.ranges
        ]
        result.append(((kind, text), boxes))
    return result


def covering(rules: list[tuple[tuple[str, str], list[Box]]], at: Coord) -> set[tuple[str, str]]:
    """The validations of a cell: every entry of `rules` that has a rectangle around it."""
    return {asks for asks, boxes in rules if any(within(at, box) for box in boxes)}


def within(at: Coord, box: Box) -> bool:
    """Whether a cell lies in a rectangle."""
    rows, cols = box.row <= at[0] < box.row + box.height, box.col <= at[1] < box.col + box.width
    return rows and cols


def coloured(pair: SheetPair) -> Iterator[Damage]:
    """Fields and the check column, where the colours of the checks are gone."""
    formats, fresh_formats = conditional(pair.sheet), conditional(pair.fresh)
    reported: set[str] = set()
    for key, at, like, _ in judged(pair):
        lacks = any(within(like, box) for _, box in fresh_formats) and not any(
            within(at, box) and is_intact for is_intact, box in formats
        )
        if lacks and key not in reported:
            reported.add(key)
            yield pair.damage("colour", at, key)
    for aid in ("check", "status", "sections"):
        area, like_area = (named_boxes(item).get(AID + aid) for item in (pair.sheet, pair.fresh))
        if (
            area
            and like_area
            and _is_in(like_area.at, fresh_formats)
            and not _is_in(area.at, formats)
        ):
            yield pair.damage("colour", area.at, AID + aid)


def _is_in(at: Coord, formats: list[tuple[bool, Box]]) -> bool:
    return any(within(at, box) for _, box in formats)


def conditional(sheet: Worksheet) -> list[tuple[bool, Box]]:
    """The rectangles of a sheet's conditional formats, and whether their formulas are whole."""
    result = []
    for item in sheet.conditional_formatting:
        is_intact = not any("#REF!" in str(text) for rule in item.rules for text in rule.formula)
        for r in item.sqref.ranges:
            box = Box(r.min_row, r.min_col, r.max_col - r.min_col + 1, r.max_row - r.min_row + 1)
            result.append((is_intact, box))
    return result


def formulas(pair: SheetPair) -> Iterator[Damage]:
    """The title, the check column, the status and the checks below the form."""
    yield from title(pair)
    for aid in ("check", "status", "sections"):
        yield from changed_area(pair, aid)
    yield from changed_checks(pair.sheet, pair.places, pair.fresh, pair.fresh_places)


def title(pair: SheetPair) -> Iterator[Damage]:
    """A title that was to follow from the name, and does not."""
    at, like = fields(pair.sheet).get("title"), fields(pair.fresh).get("title")
    if not at or not like or pair.fresh.cell(*like.at).data_type != "f":
        return
    texts = [
        re.sub(r'^="\d+\."', "", places.skeleton(str(sheet.cell(*box.at).value), sheet.title, 0))
        for sheet, box, places in (
            (pair.sheet, at, pair.places),
            (pair.fresh, like, pair.fresh_places),
        )
    ]
    if texts[0] != texts[1]:
        yield pair.damage("title", at.at, str(pair.sheet.cell(*at.at).value or "")[:60])


def changed_area(pair: SheetPair, aid: str) -> Iterator[Damage]:
    """Formulas beside the form that are changed, or gone."""
    area, like = (named_boxes(item).get(AID + aid) for item in (pair.sheet, pair.fresh))
    if area is None or like is None:
        return
    fresh_skeletons = _skeletons(pair.fresh, like, pair.fresh_places)
    having = _skeletons(pair.sheet, area, pair.places)
    for at, text in having.items():
        beside = (at[0] - area.row + like.row, at[1])  # a word in an empty cell harms nothing
        if text not in fresh_skeletons.values() and (
            text.startswith("=") or beside in fresh_skeletons
        ):
            content = cell_at(pair.sheet, *at).value
            yield pair.damage("check_changed", at, str(content)[:60])
    for at, text in fresh_skeletons.items():
        if text not in having.values():
            yield pair.damage("check_word_gone", (at[0] + area.row - like.row, at[1]))


def _skeletons(sheet: Worksheet, area: Box, places: Places) -> dict[Coord, str]:
    contents = {at: sheet.cell(*at).value for at in area.coords()}
    result = {}
    for at, content in contents.items():
        if content not in (None, ""):
            text = places.skeleton(str(content), sheet.title, 0)
            result[at] = _TITLES.sub('"link"', text)
    return result


def surroundings(sheet: Worksheet, fresh: Worksheet) -> Iterator[Damage]:
    """Protection, visibility and repeated rows that are not as made; a password."""
    protection = sheet.protection
    if fresh.protection.sheet and not protection.sheet:
        yield Damage("unprotected", sheet.title)
    if protection.password or protection.hashValue:
        yield Damage("password", sheet.title)
    if sheet.sheet_state != "visible" and fresh.sheet_state == "visible":
        yield Damage("hidden", sheet.title, "", str(sheet.sheet_state))
    is_repeating = len(sheet.parent.worksheets) <= MOST_REPEATING  # type: ignore[union-attr]
    if fresh.print_title_rows and not sheet.print_title_rows and is_repeating:
        yield Damage("paper", sheet.title)
