"""Whether the record has the shape of a record: types, parts that must be there, unknown parts."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.editions import TRAITS
from xlperf.record import Department
from xlperf.rules.core import ERROR, WARNING, Hit, hit, rule
from xlperf.rules.message_facts import Word, either, field_label, listed, shorten
from xlperf.schema import Fault


@rule("STR017", ERROR, source="form")
def wrong_type(fault: Fault) -> Iterator[Hit]:
    """A part of the record is of a wrong type.

    **Why**: what is a list, a text or a number is fixed; a part of another type cannot be
    checked, totalled or printed.
    **Bad**: the list of goals is one text.
    **Good**: the list of goals is a list of texts.
    """
    if fault.kind == "wrong_type":
        expected = either(Word(f"type.{name}") for name in fault.expected)
        yield hit(
            field=field_label(fault.path), expected=expected, found=Word(f"type.{fault.actual}")
        )


@rule("STR018", ERROR, source="form")
def part_missing(fault: Fault) -> Iterator[Hit]:
    """A part that every record has is missing.

    **Why**: without the edition, the department, its units and its projects no form can be filled.
    **Bad**: a record without the list of projects.
    **Good**: the list is there, even where it is empty.
    """
    if fault.kind == "missing":
        yield hit(field=field_label(fault.path))


@rule("STR019", ERROR, source="form")
def unknown_part(fault: Fault) -> Iterator[Hit]:
    """The record has a part that no form has a place for.

    **Why**: it is mostly a slip in a key's spelling; the value would be on no sheet, in no total.
    **Bad**: a project with "buget".
    **Good**: a project with "budget".
    """
    if fault.kind == "unknown":
        yield hit(part=shorten(fault.path[-1]))


@rule("STR035", WARNING, source="form")
def edition_not_known(department: Department) -> Iterator[Hit]:
    """The record is of no edition of the official form that is known.

    **Why**: the edition says what must be filled in, which levels there are and how the document is
    printed. Without it only what all forms share is judged, and no workbook can be made.
    **Bad**: a document in a layout of another place, imported as unknown.
    **Good**: the edition is chosen with `generate --edition`.
    """
    if department.edition and department.edition not in TRAITS:
        yield hit("edition", edition=shorten(department.edition), known=listed(TRAITS))
