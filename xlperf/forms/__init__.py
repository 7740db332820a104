"""Official forms as data, one module an edition, and how a record is parted into them.

A new edition is a module here (where everything stands), a file in `editions` (what it is made of)
and a line in `EDITIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xlperf.editions import TRAITS, UNKNOWN_EDITION, Traits, first
from xlperf.errors import UserError
from xlperf.fields import table
from xlperf.forms.official import central_2022, hebei_2021, sichuan_2023
from xlperf.layout import Form
from xlperf.layout.vocabulary import Cell, Each, FormPart, Row, Section
from xlperf.wording import has_official, official, official_table

INDICATOR_COLUMNS = "indicators"  # the list whose columns an edition differs in
MONEY_LABELS = {0: "yuan", 4: "ten_thousand"}  # by how many zeros an amount lacks


@dataclass(frozen=True)
class Edition:
    """The forms of one version of the official document, and what it is made of."""

    traits: Traits
    project: Form
    department: Form
    leftovers: Form
    stages: Mapping[str, Form] = field(default_factory=dict)  # by kind of stage

    @property
    def name(self) -> str:
        """The edition's name as records have it under `edition`."""
        return self.traits.name

    def form(self, name: str) -> Form:
        """The form of this name."""
        return {form.name: form for form in self.forms}[name]

    @property
    def forms(self) -> tuple[Form, ...]:
        """All forms of the edition."""
        return (self.project, self.department, self.leftovers)

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of an indicator's columns, as the project form prints them."""
        lists = [*self.project.lists()]
        of_indicators = (
            indicator_list.cells
            for indicator_list in lists
            if indicator_list.list_ref == INDICATOR_COLUMNS
        )
        return tuple(cell.ref for cell in next(of_indicators, ()))


def make_edition(
    traits: Traits,
    project: Form,
    department: Form,
    leftovers: Form,
    stages: Mapping[str, Form] | None = None,
) -> Edition:
    """An edition whose labels print its words; `stages`: its forms by kind of stage.

    ValueError, for those who write an edition, where a label has no word, a field is none of the
    record's, or the forms and the edition's file do not have the same fields.
    """
    forms = (project, department, leftovers)
    printed_fields = {
        _path(ref, form is project)
        for form in forms
        for role, ref in refs_of(form)
        if role == "field"
    }
    if "projects/unit" in printed_fields:  # one cell for both
        printed_fields.add("projects/unit_name")
    for path in sorted(printed_fields - {"leftovers/place", "leftovers/text"}):
        if path not in table():
            raise ValueError(
                f"edition {traits.name}: {path!r} is no field of the record; "
                "add it to xlperf/fields.toml"
            )
        if path not in traits.fields:
            raise ValueError(f"edition {traits.name}: its file does not list the field {path!r}")
    if missing := sorted(traits.fields - printed_fields):
        raise ValueError(f"edition {traits.name}: no form has the field {missing[0]!r} of its file")
    later = {kind: stage_form(form, traits) for kind, form in (stages or {}).items()}
    first, second, third = (in_words(form, traits) for form in forms)
    return Edition(traits, first, second, third, later)


def _path(ref: str, of_project: bool) -> str:
    return f"projects/{ref}" if of_project else ref


def in_words(form: Form, traits: Traits, instead: Mapping[str, str] | None = None) -> Form:
    """A form whose labels print the words of an edition; `instead` has words for some of them."""
    others = instead or {}
    return _with_words(form, traits, lambda ref: traits.word(others.get(ref, ref)))


def stage_form(form: Form, traits: Traits) -> Form:
    """A form of a stage whose labels print the words of stages, or the edition's."""

    def word(ref: str) -> str:
        key = f"stage_form.{ref}"
        return official(key) if has_official(key) else traits.word(ref)

    return _with_words(form, traits, word)


def _with_words(form: Form, traits: Traits, word: Callable[[str], str]) -> Form:
    try:
        return replace(form, body=tuple(_in_words(part, word) for part in form.body))
    except KeyError as missing:
        ref = str(missing.args[0]).removeprefix("form.")
        raise ValueError(
            f"edition {traits.name}, form {form.name}: no official word for the label {ref!r}; "
            "add it to [words] of the edition's file"
        ) from None


def _in_words(part: Any, word: Callable[[str], str]) -> Any:
    if isinstance(part, Section):
        rows = tuple(_in_words(below, word) for below in part.rows)
        return replace(part, rows=rows, text=word(part.ref))
    if isinstance(part, Row):
        return replace(part, cells=tuple(_in_words(cell, word) for cell in part.cells))
    if isinstance(part, Cell) and part.role == "label":
        return replace(part, text=word(part.ref))
    return part


def in_money(form: Form, traits: Traits, unit: str) -> Form:
    """A form that says in which unit its amounts are printed."""
    zeros = official_table("money_units").get(unit, 0)
    return in_words(form, traits, {"yuan": MONEY_LABELS.get(zeros, "yuan")})


def refs_of(form: Form) -> Iterator[tuple[str, str]]:
    """The labels and fields of a form, as (role, path)."""
    for part in form.body:
        yield from _refs(part)


def _refs(part: FormPart) -> Iterator[tuple[str, str]]:
    if isinstance(part, Section):
        yield "label", part.ref
        for below in part.rows:
            yield from _refs(below)
        return
    prefix = f"{part.list_ref}/" if isinstance(part, Each) else ""
    for cell in part.cells:
        yield cell.role, cell.ref if cell.role == "label" else prefix + cell.ref
    if isinstance(part, Each) and part.nested:
        yield from ((role, prefix + ref) for role, ref in _refs(part.nested))


EDITIONS = {
    item.name: item
    for item in (
        make_edition(
            TRAITS[module.EDITION],
            module.PROJECT,
            module.DEPARTMENT,
            module.LEFTOVERS,
            module.STAGES,
        )
        for module in (hebei_2021, central_2022, sichuan_2023)
    )
}


def edition(name: str) -> Edition:
    """An edition by its name; a record of an unknown one has to be given one first."""
    if name == UNKNOWN_EDITION:
        raise UserError("edition_unknown", known=", ".join(EDITIONS))
    if name not in EDITIONS:
        raise UserError("no_edition", edition=name, known=", ".join(EDITIONS))
    return EDITIONS[name]


def edition_of(record: Mapping[str, Any]) -> Edition:
    """The edition of a record; the first for one that names none, a fault reported elsewhere."""
    return edition(str(record.get("edition") or first().name))
