"""Repairing a workbook file: what is damaged is mended, what people wrote is all still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlperf import wording
from xlperf.comparison.record_diff import differences
from xlperf.errors import UserError, XlperfError
from xlperf.forms.sheet_reading.own_text import OwnText
from xlperf.jobs.inputs.well_formed import well_formed
from xlperf.paths import put
from xlperf.record import Raw
from xlperf.storage.files import bytes_of, refuse_misnamed, write_bytes, write_whole
from xlperf.storage.office_zips import has_macros
from xlperf.wording import official, say
from xlperf.workbook.grids import sheets_of
from xlperf.workbook.package.open_safely import open_book
from xlperf.workbook.package.saving import pack_book
from xlperf.workbook.read import read_workbook, reading_by_names
from xlperf.workbook.repair.by_parts import (
    damaged_sheets,
    rich_texts,
    stands_as_before,
    write_parts,
)
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.repair.diagnosis import Diagnosis, examine, language_of
from xlperf.workbook.repair.drawings import left_behind
from xlperf.workbook.repair.rebuild import RepairedBook, refuse_loss, repair_book, texts_of
from xlperf.workbook.repair.stage_redraw import redraw_stages
from xlperf.workbook.repair.verification import changed_values

CELLS_NAMED = 6


@dataclass(frozen=True)
class RepairResult:
    """What was wrong with a workbook; `redrawn`: it was written anew, not copied byte by byte."""

    damages: tuple[Damage, ...]
    redrawn: bool

    @property
    def unmended(self) -> list[Damage]:
        """What a repair cannot bring back."""
        return [damage for damage in self.damages if not damage.is_mended]


def detect(source: Path) -> list[Damage]:
    """What is damaged in a workbook, and what is only to be told."""
    book = open_book(source)
    with wording.speaking(language_of(book)):
        return examine(book, source).damages


def repair(source: Path, target: Path) -> RepairResult:
    """Write a mended copy; the same bytes where nothing is damaged.

    Where single sheets are damaged, these are put in and all else is copied; else all is written.
    """
    try:
        return _repaired(source, target, whole=False)
    except WholeBookError:
        return _repaired(source, target, whole=True)


class WholeBookError(XlperfError):
    """Sheets that were drawn anew do not fit into the file: all of it has to be written."""


def _repaired(source: Path, target: Path, *, whole: bool) -> RepairResult:
    """Repair by parts where that can be done; with `whole` by writing everything."""
    book = open_book(source)
    with wording.speaking(language_of(book)):
        by_names = reading_by_names(book, source)
        examined = examine(book, source)
        if moved := changed_values(by_names, examined.reading, examined.damages):
            raise UserError("repair_moves", file=source, places=_listed(moved))
        damages = tuple(dict.fromkeys(examined.damages))
        if all(damage.is_note for damage in damages):
            refuse_misnamed(target, macros=has_macros(source))
            write_bytes(target, bytes_of(source))
            return RepairResult(damages, redrawn=False)
        refuse_misnamed(target)
        well_formed(examined.reading.record, source)
        if {damage.sheet for damage in damages if not damage.is_note} <= {*examined.stages}:
            return _with_stages_redrawn(examined, source, target, damages)
        titles = [] if whole else damaged_sheets(examined)
        all_behind = tuple(left_behind(source, book))
        behind = tuple(rich_texts(source, titles)) if titles else all_behind
        drawn_texts = [item.detail for item in behind if item.kind == "drawn_text"]
        before, results = words_of_people(examined), results_of_formulas(examined)
        mended = repair_book(examined, drawn_texts, titles)
        if titles and not stands_as_before(examined, mended):
            if mended.stays or any(item.kind == "drawn_text" for item in all_behind):
                raise WholeBookError  # their words have to be put somewhere
            titles, behind = [], all_behind

        def write(path: Path) -> None:
            if titles:
                write_parts(mended, source, path, titles)
            else:
                path.write_bytes(pack_book(mended.book, mended.earlier_result))
            again = only_these(examined, titles)
            redraw_stages(path, mended.record, examined, again)
            check(path, examined, mended, before, results)

        write_whole(target, write)
    return RepairResult((*damages, *behind, *mended.replaced), redrawn=True)


def only_these(examined: Diagnosis, titles: Collection[str]) -> Collection[str]:
    """The sheets of stages to be drawn anew: those damaged; all where goals may have moved."""
    damaged = {damage.sheet for damage in examined.damages}
    return damaged.intersection(examined.stages) if titles else examined.stages


def _with_stages_redrawn(
    examined: Diagnosis, source: Path, target: Path, damages: tuple[Damage, ...]
) -> RepairResult:
    """Repair a workbook in which nothing but sheets of stages is damaged."""
    record = examined.reading.record

    def write(path: Path) -> None:
        path.write_bytes(bytes_of(source))
        again = only_these(examined, ("",))
        redraw_stages(path, record, examined, again)
        there = read_workbook(path).record
        if differs := differences(_comparable(record, ()), _comparable(there, ())):
            raise UserError("would_lose", file=source, paths="; ".join(differs[:5]))
        texts = (_loose(raw) for raw in (record, there))
        lost = set(next(texts) - next(texts)) - results_of_formulas(examined)
        refuse_loss({text for text in lost if not OwnText().says(text)}, set(), source)

    write_whole(target, write)
    return RepairResult(damages, redrawn=True)


def words_of_people(examined: Diagnosis) -> set[str]:
    """Every text that is not ours: on sheets of people's own, in notes, outside the forms."""
    ours = {*examined.located.forms, *examined.located.made_titles.values()}
    lists = official("sheet.stage_lists")  # of words, perhaps those of before
    ours |= {lists} & set(examined.book.sheetnames)
    foreign = [sheet for sheet in sheets_of(examined.book) if sheet.title not in ours]
    texts = set(texts_of(foreign))
    for title in ours:
        cells = examined.book[title]._cells.values()
        notes = (getattr(cell, "comment", None) for cell in cells)
        texts |= {str(note.text) for note in notes if note}
    return texts


def check(
    path: Path, examined: Diagnosis, repaired: RepairedBook, before: set[str], results: set[str]
) -> None:
    """Refuse a copy that says anything else than its source (would_lose).

    `before`: people's own texts in the source; `results`: texts that formulas give again.
    """
    record, now = examined.reading.record, read_workbook(path)
    formulas = [
        path
        for path, place in now.where.items()
        if (place.sheet, place.cell) in repaired.without_result
    ]
    then, there = (_comparable(item, formulas) for item in (record, now.record))
    if differs := differences(then, there):
        raise UserError("would_lose", file=examined.path, paths="; ".join(differs[:5]))
    after = set(texts_of(sheets_of(repaired.book)))
    notes = "\n".join(after)
    refuse_loss({text for text in before if text not in notes}, after, examined.path)
    loose, there = _loose(record), _loose(now.record)
    refuse_loss(set(loose - there) - after - results, set(), examined.path)


def _loose(record: Raw) -> Counter[str]:
    """The texts outside the forms, those on the hidden sheet of words aside."""
    lists = f"{official('sheet.stage_lists')}!"
    listed = record.get("leftovers", ())
    return Counter(entry["text"] for entry in listed if not entry["place"].startswith(lists))


def results_of_formulas(examined: Diagnosis) -> set[str]:
    """Texts outside the forms that formulas gave: the formulas stay, and give them again."""
    texts = set()
    for entry in examined.reading.record.get("leftovers", [])[examined.listed :]:
        title, _, cell = str(entry["place"]).rpartition("!")
        if title and examined.book[title][cell].data_type == "f":
            texts.add(str(entry["text"]))
    return texts


def _comparable(record: Raw, without: Iterable[tuple[Any, ...]]) -> Raw:
    """A record without its other contents, and without values that formulas give."""
    copy_of_record = deepcopy({key: value for key, value in record.items() if key != "leftovers"})
    for path in without:
        node: Any = copy_of_record
        for step in path[:-1]:
            node = node[step] if isinstance(node, list) else node.get(step, {})
        if isinstance(node, dict):
            put(node, path[-1:], None)
    return copy_of_record


def grouped_damages(damages: Iterable[Damage]) -> Iterable[tuple[Damage, str, str]]:
    """Damages of one kind on one sheet as one line: the first, its cells, its details."""
    result: dict[tuple[str, str], list[Damage]] = {}
    for damage in damages:
        result.setdefault((damage.sheet, damage.kind), []).append(damage)
    for group in result.values():
        cells = list(dict.fromkeys(damage.cell for damage in group if damage.cell))
        details = list(dict.fromkeys(damage.readable_detail for damage in group if damage.detail))
        yield group[0], _listed(cells), _listed(details)


def _listed(words: list[str]) -> str:
    more = say("repair.more", n=len(words)) if len(words) > CELLS_NAMED else ""
    return say("repair.comma").join(words[:CELLS_NAMED]) + more
