"""Which form a stage's sheet has: its edition's for the kind of stage, and places for the rest.

A record may say more of a project than the edition's form asks for (a document of another place).
That gets a place, too: a row at the end of the form, or a column at the end of its list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from xlperf.fields import keys_of, table
from xlperf.forms import Edition, edition, stage_form
from xlperf.forms.defined_names import FIELD_PREFIX, field_name
from xlperf.forms.stages import central
from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.forms.stages.values import (
    FUND_ROWS,
    INDICATOR_IDENTITY,
    ROW_KEYS,
    SINGLES,
    TICKED_FIELDS,
)
from xlperf.layout import Form, field, item_row, label, row
from xlperf.layout.vocabulary import Cell, Each, FormPart, Row, Section
from xlperf.record import BUDGET_PARTS
from xlperf.rules.stages.views import EVALUATION, MONITORING

KIND_BY_FORM = {"monitoring": MONITORING, "evaluation": EVALUATION}  # by the names of forms
# names of what a sheet says of itself: kind, until, number, code, name
STAGE = FIELD_PREFIX + "stage__"
STAGE_SIGN = STAGE + "kind"
TEXT_WIDE, TICK_WIDE = 24, 5  # widths of further columns


def is_stage(names: Iterable[str]) -> bool:
    """Whether names on a sheet mark it as a stage's."""
    return any(name.startswith((STAGE, FIELD_PREFIX + RESULTS_LIST + "__")) for name in names)


@cache
def form_for(edition_name: str, kind: str, further: tuple[str, ...] = ()) -> Form:
    """The form of a kind of stage; `further`: keys of fields to add that it has no place for.

    For a kind that nobody knows, that of self-evaluation.
    """
    form = _usual(edition(edition_name), kind)
    extra_cells = [key for key in further if key.startswith(f"{RESULTS_LIST}/")]
    of_funds = [key for key in further if key.startswith(f"{FUND_ROWS}/")]
    extra_rows = [key for key in further if key not in (*extra_cells, *of_funds)]
    wider = _with_columns(form, extra_cells, edition_name)
    return _with_rows(wider, extra_rows, edition_name, has_funds=bool(of_funds))


def _usual(chosen: Edition, kind: str) -> Form:
    if kind in chosen.stages:
        return chosen.stages[kind]
    make = central.monitoring if kind == MONITORING else central.evaluation
    sources = [key for key in BUDGET_PARTS if chosen.traits.has(f"projects/{key}")]
    return stage_form(make(chosen.name, sources), chosen.traits)


def every_key() -> tuple[str, ...]:
    """The keys of all fields that any form of a stage may have."""
    ticks = (f"{key}/{answer}" for key, answers in TICKED_FIELDS.items() for answer in answers)
    of_funds = (f"{FUND_ROWS}/{key}" for key in keys_of(f"stages/projects/{FUND_ROWS}"))
    return (
        *SINGLES,
        *of_funds,
        *(f"{RESULTS_LIST}/{key}" for key in (*INDICATOR_IDENTITY, *ROW_KEYS, *ticks)),
    )


def further_keys(values: Mapping[str, Any], chosen: str, kind: str) -> tuple[str, ...]:
    """What the values of a form say that an edition's form has no place for, in fixed order."""
    has = {key for key, _ in form_for(chosen, kind).fields()}
    rows = values.get(RESULTS_LIST, ())
    filled_keys = {key for key in SINGLES if key in values}
    filled_keys |= {f"{RESULTS_LIST}/{key}" for item in rows for key in item}
    if values.get(FUND_ROWS):
        filled_keys |= {f"{FUND_ROWS}/{key}" for key in keys_of(f"stages/projects/{FUND_ROWS}")}
    return tuple(key for key in every_key() if key in filled_keys and key not in has)


def keys_on(names: Collection[str], chosen: str, kind: str) -> tuple[str, ...]:
    """The fields beyond an edition's form that a sheet has, by its names."""
    has = {key for key, _ in form_for(chosen, kind).fields()}
    return tuple(key for key in every_key() if field_name(key) in names and key not in has)


def unmerged(form: Form) -> Form:
    """A form whose list has every word in every row: rows may be sorted, inserted and deleted."""
    return replace(form, body=tuple(map(_unmerged, form.body)))


def _unmerged(part: FormPart) -> FormPart:
    if isinstance(part, Section):
        return replace(part, rows=tuple(map(_unmerged, part.rows)))
    return replace(part, cells=tuple(replace(cell, merge=False) for cell in part.cells))


def _with_columns(form: Form, keys: Collection[str], edition_name: str) -> Form:
    """A form with further columns at the right of its list."""
    if not keys:
        return form
    refs = [key.removeprefix(f"{RESULTS_LIST}/") for key in keys]
    cells = [_field(ref) for ref in refs]
    heads = [label(ref.replace("possibility/", "").replace("/", "_")) for ref in refs]
    worded = stage_form(replace(form, body=(row(*heads),)), edition(edition_name).traits).body[0]
    assert isinstance(worded, Row)
    body: list[FormPart] = []
    for part in form.body:
        if isinstance(part, Each) and isinstance(body[-1], Row):
            body[-1] = replace(body[-1], cells=(*body[-1].cells, *worded.cells))
            part = item_row(RESULTS_LIST, *part.cells, *cells, room=part.room)  # noqa: PLW2901
        body.append(part)
    widths = [TICK_WIDE if "/" in ref else TEXT_WIDE for ref in refs]
    return replace(form, widths=(*form.widths, *widths), body=tuple(body))


def _with_rows(
    form: Form, keys: Collection[str], edition_name: str, *, has_funds: bool = False
) -> Form:
    """A form with further rows at its end: a label and its field; further rows of money."""
    wide = len(form.widths) - 2
    rows: list[FormPart] = [row(label(key, 2), _field(key, wide)) for key in keys]
    if has_funds:
        refs = keys_of(f"stages/projects/{FUND_ROWS}")[1:]
        rest = len(form.widths) - 1 - len(refs)
        rows.append(
            row(label("source", 2), *(label(key) for key in refs[:-1]), label(refs[-1], rest))
        )
        amounts = (field(key, kind="money") for key in refs[:-1])
        last = field(refs[-1], rest, kind="money")
        rows.append(item_row(FUND_ROWS, field("source", 2), *amounts, last))
    further = stage_form(replace(form, body=tuple(rows)), edition(edition_name).traits)
    return replace(form, body=(*form.body, *further.body))


def _field(ref: str, width: int = 1) -> Cell:
    """A field by its key, as its kind in the record wants it."""
    above = "stages/projects" if width > 1 else "stages/projects/indicators"
    listed_field = table().get(f"{above}/{ref}")
    if listed_field is not None and listed_field.kind == "amount":
        return field(ref, width, kind="money")
    if listed_field is not None and listed_field.kind == "number":
        return field(ref, width, kind="number", look="center")
    return field(ref, width, look="center" if "/" in ref else "text")
