"""Which edition a workbook has: as its manifest says, else as names and labels on sheets tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from xlperf.forms import EDITIONS, Edition
from xlperf.forms.defined_names import names_of
from xlperf.layout import Form, Grid
from xlperf.layout.form_by_labels import locate_form

NamedGrid = tuple[Set[str], Grid]  # its names, lost ones too, and its cells


def edition_of(entries: Mapping[str, str], sheets: Iterable[NamedGrid]) -> Edition:
    """The edition the manifest names; where that is lost, the one that the sheets are most like."""
    return EDITIONS.get(str(entries.get("edition"))) or most_like([*sheets])


def most_like(sheets: Iterable[NamedGrid]) -> Edition:
    """The edition whose forms' names and printed labels some sheets have; the first of equals."""

    def fits(edition: Edition) -> float:
        return sum(max(_likeness(form, *sheet) for form in edition.forms) for sheet in sheets)

    return max(EDITIONS.values(), key=fits)


def _likeness(form: Form, names: Set[str], grid: Grid) -> float:
    """The share of a form's names on a sheet, and the share of its labels: up to 2."""
    names_of_form = names_of(form)
    return len(names & names_of_form) / len(names_of_form) + locate_form(form, grid).share
