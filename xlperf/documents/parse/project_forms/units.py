"""The budget unit of a project: its code and name in one cell, 333001 and the name after it."""

from __future__ import annotations

import re
from functools import cache

from xlperf.documents.blocks.source import Piece, is_blank
from xlperf.documents.layouts.funding.money import without_statement
from xlperf.documents.layouts.titles import is_label
from xlperf.documents.parse.draft import Draft
from xlperf.documents.words import word, words
from xlperf.paths import RecordPath, get


def read_unit(draft: Draft, project: RecordPath, piece: Piece, coded: bool = True) -> bool:
    """Read a unit's code and name into a project; false if the cell is none or one was read.

    `coded`: the cell must have a code; else a name alone will do.
    """
    piece = without_statement(piece)
    match = _unit().fullmatch(piece.text)
    project_record = get(draft.record, project) or {}
    if (
        match is None
        or is_label(piece.text)
        or (coded and not match["code"])
        or project_record.keys() & {"unit", "unit_name"}
    ):
        return False
    code, name = (piece.cut(*match.span(group)) for group in ("code", "name"))
    if match["code"] is None:
        draft.keep((*project, "unit_name"), piece)
        return True
    draft.keep((*project, "unit"), code)
    parts = [code, name] if _keep_name(draft, project, code, name) else [code]
    draft.furniture_around(piece, parts)
    return True


def read_unit_apart(draft: Draft, project: RecordPath, code: Piece, name: Piece) -> bool:
    """Read a unit whose code and name stand in cells of their own; false if the code is none."""
    is_code = re.fullmatch(r"[0-9]{3,12}", code.text)
    project_record = get(draft.record, project) or {}
    if not is_code or is_label(name.text) or project_record.keys() & {"unit", "unit_name"}:
        return False
    draft.keep((*project, "unit"), code)
    _keep_name(draft, project, code, name)
    return True


def _keep_name(draft: Draft, project: RecordPath, code: Piece, name: Piece) -> bool:
    """List the unit where it first appears; another name for it stays with the project."""
    units = get(draft.record, ("units",)) or []
    position = next((i for i, unit in enumerate(units) if unit["code"] == code.text), None)
    if position is None:
        unit = draft.add(("units",), code)
        draft.put((*unit, "code"), code.text, code)
    else:
        unit = ("units", position)
    if name.blank:
        return False
    listed = get(draft.record, (*unit, "name"))
    if listed is None:
        draft.keep((*unit, "name"), name)
    elif _closed(listed) == _closed(name.text):
        draft.ledger.field((*unit, "name"), name)
    else:
        draft.keep((*project, "unit_name"), name)
    return True


def _closed(text: str) -> str:
    return "".join(sign for sign in text if not is_blank(sign))


@cache
def _unit() -> re.Pattern[str]:
    not_year = re.escape(word("unit", "after_year"))
    yuan = "|".join(re.escape(way).replace(":", "[:：]") for way in words("table", "yuan"))
    return re.compile(
        rf"(?:[\[【(（]?(?P<code>[0-9]{{3,12}}(?!{not_year})(?![0-9]))[\])）】]?\s*(?:[-—－_]\s*)?)?"
        rf"(?P<name>.*?)(?:(?<!\s)\s*(?:{yuan}))?",
        re.DOTALL,
    )
