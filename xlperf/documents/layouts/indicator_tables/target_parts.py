"""Targets whose operator, number and unit stand in cells of their own below one title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlperf.documents.layouts.indicator_tables.headers import Header, TableColumn
from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots
from xlperf.targets import parse
from xlperf.targets.words import all_units

OPERATOR, TARGET_KEY, UNIT_KEY = "operator", "target", "unit"


def with_target_parts(header: Header, lines: Sequence[Slots]) -> Header:
    """A header whose wide title of targets is parted as the rows below it are.

    `lines`: the rows below the header. It is given back as it is where they do not part it.
    """
    target = header.of("indicator", TARGET_KEY)
    if target is None or header.keys("indicator") & {OPERATOR, UNIT_KEY}:
        return header
    rows = [cells for line in lines if len(cells := _under(target.slot, line)) > 1]
    starts = {tuple((cell.start, cell.end) for cell in cells) for cells in rows}
    if len(starts) != 1:
        return header
    parts = _parts([[cells[at].text for cells in rows] for at in range(len(rows[0]))])
    columns = [
        TableColumn("indicator", key, replace(target.slot, start=cell.start, end=cell.end))
        for key, cell in zip(parts, rows[0], strict=False)
    ]
    others = (column for column in header.columns if column is not target)
    return replace(header, columns=(*others, *columns)) if parts else header


def _under(title: Slot, line: Slots) -> list[Slot]:
    return [slot for slot in line if slot.within(title)]


def _parts(columns: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What stands in each of the columns below the title; nothing where that cannot be told."""
    ways = {
        2: ((TARGET_KEY, UNIT_KEY), (OPERATOR, TARGET_KEY)),
        3: ((OPERATOR, TARGET_KEY, UNIT_KEY),),
    }
    for way in ways.get(len(columns), ()):
        if all(_fits(key, texts) for key, texts in zip(way, columns, strict=True)):
            return way
    return ()


def _fits(key: str, texts: Sequence[str]) -> bool:
    """Whether a column says nothing but operators, or nothing but units."""
    filled_texts = [text.strip() for text in texts if text.strip()]
    if key == TARGET_KEY:
        return bool(filled_texts)
    if key == OPERATOR:
        return bool(filled_texts) and all(_is_operator(text) for text in filled_texts)
    units = [_unit(text) for text in filled_texts]
    return bool(units) and all(units) and sum(u in all_units() for u in units) * 2 >= len(units)


def _is_operator(text: str) -> bool:
    target = parse(f"{text}1")
    return bool(target.operator) and not any(sign.isdecimal() for sign in text)


def _unit(text: str) -> str:
    """What a text is the unit of a number by; a word that is not known may be one, too."""
    return "" if any(sign.isdecimal() for sign in text) else parse(f"1{text}").unit
