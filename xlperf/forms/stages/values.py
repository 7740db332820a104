"""A project in a stage as its form shows it, and back: ticks for causes, rows for indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xlperf.canonical import CAUSES
from xlperf.fields import keys_of
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.layout.cell_values import parse_text
from xlperf.record import Raw, is_blank
from xlperf.rules.stages.views import POSSIBILITIES
from xlperf.wording import official, official_list

FUND_ROWS = "funds"  # further rows of money, which few forms have
SINGLES = tuple(
    key
    for key in keys_of("stages/projects")
    if key not in ("code", "name", "indicators", FUND_ROWS)
)
ROW_KEYS = tuple(
    key
    for key in keys_of("stages/projects/indicators")
    if key not in ("of", "causes", "possibility")
)
INDICATOR_IDENTITY = ("level1", "level2", "name")
TICKED_FIELDS = {"causes": CAUSES, "possibility": POSSIBILITIES}
# where an answer that is none of the usual ones is written
FREE = {"causes": "causes/other", "possibility": "possibility/possible"}


def form_values(project: Raw) -> dict[str, Any]:
    """What a stage says of a project, as its form nests it."""
    values = {key: project[key] for key in (*SINGLES, FUND_ROWS) if key in project}
    return {**values, RESULTS_LIST: [row_values(item) for item in project.get("indicators", ())]}


def row_values(item: Raw) -> dict[str, Any]:
    """A row of the form: the indicator's levels and name, and what is said of it."""
    names, _ = parted(item.get("of"))
    row: dict[str, Any] = {
        key: name for key, name in zip(INDICATOR_IDENTITY, names, strict=True) if name
    }
    row |= {key: item[key] for key in ROW_KEYS if key in item}
    _tick(row, "causes", item.get("causes", ()))
    _tick(row, "possibility", [item["possibility"]] if "possibility" in item else ())
    return row


def parted(of: Any) -> tuple[tuple[str, ...], int]:
    """The levels and the name of an indicator, and how many equal ones come before it."""
    parts = list(of) if isinstance(of, list) else []
    nth = parts.pop() if parts and isinstance(parts[-1], int) else 0
    names = [str(part) for part in parts]
    return tuple([""] * (3 - len(names)) + names)[:3], nth


def _tick(row: dict[str, Any], key: str, answers: Iterable[Any]) -> None:
    unusual = []
    for answer in answers:
        if answer in TICKED_FIELDS[key]:
            row[f"{key}/{answer}"] = official("stage.tick")
        else:
            unusual.append(str(answer))
    if unusual:
        ticked = [row[FREE[key]]] if FREE[key] in row else []
        row[FREE[key]] = official("stage.joint").join([*ticked, *unusual])


def project_from(values: Mapping[str, Any]) -> Raw:
    """What a form says of a project, as the record keeps it; each row with `of` as it was given."""
    project = {
        key: values[key] for key in (*SINGLES, FUND_ROWS) if values.get(key) not in (None, [])
    }
    rows = [_item(row) for row in values.get(RESULTS_LIST, ())]
    return {**project, "indicators": rows} if rows else project


def _item(row: Mapping[str, Any]) -> Raw:
    item: Raw = {"of": row["of"], **{key: row[key] for key in ROW_KEYS if key in row}}
    if causes := _ticked(row, "causes"):
        item["causes"] = causes
    if chances := _ticked(row, "possibility"):
        item["possibility"] = official("stage.joint").join(chances)
    return item


def _ticked(row: Mapping[str, Any], key: str) -> list[str]:
    """The answers of a row: those that are ticked, and words that somebody wrote instead."""
    answers = []
    for answer in TICKED_FIELDS[key]:
        content = row.get(f"{key}/{answer}")
        if is_blank(content):
            continue
        text = parse_text(content)
        first, _, rest = text.partition(official("stage.joint"))
        is_ticked = first.strip() in official_list("stage.ticks")
        answers += [part for part in ((answer, rest) if is_ticked else (text,)) if part]
    return answers
