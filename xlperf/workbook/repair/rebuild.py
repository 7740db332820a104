"""A damaged workbook mended: sheets of ours drawn anew, everything else left where it stands.

Drawing anew is surer than mending cell by cell: names, checks, formats and formulas depend on one
another, and the drawn sheet is the one that `write` makes. It is done within the workbook, so
that sheets, names and styles of people's own stay. What would lose a word is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.protection import DocumentSecurity
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.errors import UserError
from xlperf.forms import edition
from xlperf.forms.defined_names import AID, FIELD_PREFIX, LIST_PREFIX, MADE_FIELD, sheet_title
from xlperf.forms.made_sheets.sheet_order import counted_order
from xlperf.formulas.book_checks import DrawnSheet, planned_sheets
from xlperf.layout import Coord, Formula
from xlperf.layout.addresses import cell_address, quoted, to_box
from xlperf.layout.cell_values import parse_text
from xlperf.record import Raw, words
from xlperf.wording import official, say
from xlperf.workbook.draw.cell_styles import renew_styles
from xlperf.workbook.draw.stages.stage_lists import renew_stage_lists
from xlperf.workbook.grids import content_of, sheet_of, sheets_of
from xlperf.workbook.read import FormulaValues
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.diagnosis import Diagnosis
from xlperf.workbook.repair.recover_names import MADE_FORMS
from xlperf.workbook.repair.user_content import CarriedCells, carry, is_free
from xlperf.workbook.write import check_nothing_lost, fill_book

GENERATED = ("guide", "summary", "manifest", "lists")
FRONT_SHEETS = ("guide", "summary")  # where they come back: in front; others at the end


@dataclass
class RepairedBook:
    """The workbook drawn anew, and what was carried over into it."""

    book: Workbook
    record: Raw
    carried: list[CarriedCells] = field(default_factory=list)
    formulas: dict[tuple[str, str], Any] = field(default_factory=dict)  # title, cell → result
    replaced: list[Damage] = field(default_factory=list)  # formulas that became their results

    computed: FormulaValues = field(default_factory=lambda: FormulaValues(Path()))  # of the source
    titles: dict[str, str] = field(default_factory=dict)  # of sheets → those in the source
    stays: bool = False  # texts beside forms stay on sheets that are not to be put in

    def earlier_result(self, title: str, at: Coord) -> Any:
        """What a formula of people's had in the source; None for nothing."""
        if (key := (title, cell_address(*at))) in self.formulas:
            return self.formulas[key]
        return self.computed.value(self.titles[title], at) if title in self.titles else None

    @property
    def without_result(self) -> set[tuple[str, str]]:
        """The cells of kept formulas that had no result, or a date, which is not compared."""
        results = self.formulas.items()
        return {at for at, value in results if not isinstance(value, str | int | float)}


def repair_book(
    examined: Diagnosis, drawn_texts: Sequence[str] = (), only: Collection[str] = ()
) -> RepairedBook:
    """Draw the sheets of ours anew in the workbook; words of text boxes go to other contents.

    `only`: the sheets to be put into the file, all if none is named. Texts beside the forms of
    others stay there, also where those drawn anew would have no place for them.
    """
    book, made_titles = examined.book, examined.located.made_titles
    olds = {title: sheet_of(book, title) for title in examined.located.forms}
    generated = [made_titles[key] for key in GENERATED if key in made_titles]
    olds |= {title: sheet_of(book, title) for title in generated}
    were = [(sheet, sheet.title) for sheet in sheets_of(book)]
    extra = [{"place": say("repair.text_box"), "text": text} for text in drawn_texts]
    retitle_foreign(book, olds, made_titles)
    loose = list(unplaced_texts(examined, olds))
    foreign = [title for title in book.sheetnames if title not in olds]
    record = {**examined.reading.record}
    asides = [*record.pop("leftovers", [])[: examined.listed], *extra]
    order = [(sheet.title, sheet) for sheet in sheets_of(book)]
    active = book.active.title if book.active else ""
    for old in olds.values():
        book.remove(old)
    free_cells, homeless = assigned_texts(loose, examined)
    astray = [entry for title, entry in homeless if not only or title in only]
    if asides or astray:
        record["leftovers"] = [*asides, *astray]
    titles = {examined.new_title(t) if t in olds else sheet.title: t for sheet, t in were}
    mended = RepairedBook(book, record, computed=FormulaValues(examined.path), titles=titles)
    mended.stays = len(astray) < len(homeless)
    sheets = planned_sheets(record, edition(words(record, "edition")), examined.projects, foreign)
    check_nothing_lost(record, sheets, examined.path)
    draw_anew(book, record, sheets, examined)
    arrange(book, order, olds, examined, sheets)
    carry_over(mended, examined, olds, sheets, free_cells)
    finish(book, active, sheets)
    return mended


def unplaced_texts(
    examined: Diagnosis, olds: dict[str, Worksheet]
) -> Iterator[tuple[str, Coord, Raw]]:
    """What people wrote beside forms and on made sheets: sheet, cell, entry of the record."""
    for entry in examined.reading.record.get("leftovers", [])[examined.listed :]:
        title, _, cell = str(entry["place"]).rpartition("!")
        if title in olds:
            yield title, to_box(cell).at, entry


def assigned_texts(
    loose: list[tuple[str, Coord, Raw]], examined: Diagnosis
) -> tuple[dict[str, set[Coord]], list[tuple[str, Raw]]]:
    """Cells whose text stays in place, by old sheet; the entries for which there is none, with it.

    Those are for the sheet of other contents.
    """
    cells: dict[str, set[Coord]] = {}
    astray = []
    for title, at, entry in loose:
        form = examined.located.forms.get(title)
        fresh = examined.fresh_of(title)
        if form and form.name == "leftovers":
            astray.append((title, entry))
        elif fresh is not None and is_free(fresh, at, examined.width_of(title)):
            cells.setdefault(title, set()).add(at)
        else:
            astray.append((title, entry))
    return cells, astray


def retitle_foreign(
    book: Workbook, olds: dict[str, Worksheet], made_titles: dict[str, str]
) -> None:
    """Titles that are ours are freed: another sheet under one of them gets the next free title."""
    reserved = {official(f"sheet.{key}") for key in (*MADE_FORMS, "department", "leftovers")}
    for sheet in book.worksheets:
        if (
            sheet.title in reserved
            and sheet.title not in olds
            and sheet.title not in made_titles.values()
        ):
            old = sheet.title
            used_titles = [*book.sheetnames, *reserved]
            sheet.title = sheet_title(2, old, used_titles)
            _redirect(book, old, sheet.title)


def draw_anew(book: Workbook, record: Raw, sheets: list[DrawnSheet], examined: Diagnosis) -> None:
    """Our sheets, names and styles, as in a workbook that is made."""
    ours = ("XP_", LIST_PREFIX, FIELD_PREFIX, MADE_FIELD, AID)  # also where made the book's names
    for name in [n for n in book.defined_names if n.startswith(ours)]:
        del book.defined_names[name]
    looks = renew_styles(book)
    fill_book(book, looks, record, sheets, examined.by)
    renew_stage_lists(book)
    looks.done(book)
    for damage in examined.damages:
        if damage.kind == "retitled":
            _redirect(book, damage.sheet, damage.detail)


def _redirect(book: Workbook, old: str, new: str) -> None:
    """Formulas and names of people's own that say a sheet's old title say its new one."""
    bare = re.compile(rf"(?:{re.escape(quoted(old))}|(?<![\w'.]){re.escape(old)})!")
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.data_type == "f" and isinstance(cell.value, str) and old in cell.value:
                cell.value = bare.sub(quoted(new) + "!", cell.value)
    for defined in book.defined_names.values():
        if defined.attr_text and old in defined.attr_text:
            defined.attr_text = bare.sub(quoted(new) + "!", defined.attr_text)


def arrange(
    book: Workbook,
    order: list[tuple[str, Worksheet]],
    olds: dict[str, Worksheet],
    examined: Diagnosis,
    sheets: list[DrawnSheet],
) -> None:
    """The sheets in people's order; those that were gone where the contract has them."""
    tabs: list[Worksheet] = []
    for title, sheet in order:
        new = examined.new_title(title) if title in olds else sheet.title
        if new in book.sheetnames and book[new] not in tabs:
            tabs.append(book[new])
    for position, key in enumerate(FRONT_SHEETS):
        sheet = book[official(f"sheet.{key}")]
        if sheet not in tabs:
            tabs.insert(position, sheet)
    projects = [n for n, s in enumerate(tabs) if s.title in {item.title for item in sheets}]
    for planned in sheets:
        if book[planned.title] not in tabs:
            at = len(tabs) if planned.part.path else min(projects, default=len(FRONT_SHEETS))
            at = max(projects, default=at) + 1 if planned.part.form.name == "leftovers" else at
            tabs.insert(at, book[planned.title])
    tabs += [sheet for sheet in book.worksheets if sheet not in tabs]
    tabs = [book[t] for t in counted_order([s.title for s in tabs], examined.projects)]
    others = [sheet for sheet in book._sheets if sheet not in tabs]  # type: ignore[attr-defined]
    book._sheets = [*tabs, *others]  # type: ignore[attr-defined]


def carry_over(
    repaired: RepairedBook,
    examined: Diagnosis,
    olds: dict[str, Worksheet],
    sheets: list[DrawnSheet],
    free_cells: dict[str, set[Coord]],
) -> None:
    """Put what people added to the old sheets (notes, fills, texts, formulas) on the new ones.

    `free_cells` are cells outside the forms whose texts keep their place, by the old sheet's title.
    """
    became = moved_cells(examined, sheets)
    for title, old in olds.items():
        new = examined.new_title(title)
        if new in repaired.book.sheetnames:
            cells = became.get(title, {})
            pair = CarriedCells(old, repaired.book[new], cells, free_cells.get(title, set()))
            repaired.carried.append(pair)
            carry(pair, examined.width_of(title))
            keep_formulas(repaired, pair)


def moved_cells(examined: Diagnosis, sheets: list[DrawnSheet]) -> dict[str, dict[Coord, Coord]]:
    """By old sheet, each field's old cell → its cell on the sheet drawn anew."""
    now = {
        (*item.part.path, *path): slot.box.at
        for item in sheets
        for slot in item.filled_form.layout.slots
        if slot.cell.role == "field"
        for path in slot.paths
    }
    became: dict[str, dict[Coord, Coord]] = {}
    for path, place in examined.reading.where.items():
        if place.cell and path in now:
            became.setdefault(place.sheet, {}).setdefault(to_box(place.cell).at, now[path])
    return became


def keep_formulas(repaired: RepairedBook, pair: CarriedCells) -> None:
    """Formulas that people typed into fields stay, where nothing they look at has moved."""
    for old, new in pair.cells.items():
        cell = pair.old.cell(*old)
        text = str(content_of(cell)) if cell.data_type == "f" else ""  # type: ignore[arg-type]
        ours = pair.new.cell(*new).data_type == "f"
        if not text or ours:
            continue
        at = cell_address(*new)
        if pair.is_moved and re.search(r"[A-Za-z]\$?\d", text):
            repaired.replaced.append(Damage("formula_value", pair.new.title, at, text))
        else:
            pair.new.cell(*new).value = text
            repaired.formulas[pair.new.title, at] = repaired.computed.value(pair.old.title, old)


def finish(book: Workbook, active: str, sheets: list[DrawnSheet]) -> None:
    """Open on the sheet that was open, calculate on loading, and unlock the book's structure."""
    titles = {official(f"sheet.{key}") for key in GENERATED} | {item.title for item in sheets}
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False
        if sheet.title in titles:
            sheet.sheet_view.showGridLines = False
    open_on = active if active in book.sheetnames else official("sheet.summary")
    if book[open_on].sheet_state != "visible":
        open_on = official("sheet.summary")
    book.active = book.sheetnames.index(open_on)
    book[open_on].sheet_view.tabSelected = True
    book.calculation.fullCalcOnLoad = True
    if book.security is not None and book.security.lockStructure:
        book.security = DocumentSecurity()


def texts_of(sheets: list[Worksheet]) -> Iterator[str]:
    """Every text that the cells and notes of some sheets say."""
    for sheet in sheets:
        for cell in sheet._cells.values():
            content = content_of(cell) if hasattr(cell, "data_type") else None  # type: ignore[arg-type]
            if isinstance(content, str) and not isinstance(content, Formula):
                yield parse_text(content)
            if note := getattr(cell, "comment", None):
                yield str(note.text)


def refuse_loss(before: set[str], after: set[str], path: Path) -> None:
    """Raise UserError (`would_lose`) where a text of `before` is not in `after`."""
    lost = [text for text in before if text.strip() and text not in after]
    if lost:
        raise UserError("would_lose", file=path, paths="; ".join(text[:40] for text in lost[:5]))
