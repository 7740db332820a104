"""The words a form is written in: label, field, shown, ordinal, row, section, each.

A form is written the way an HTML table is: rows of cells with a width; no row number and no
column letter is typed by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

GENERATED_EDITION = "made"  # the edition of sheets that are made and not filled in
CellKind = Literal["text", "money", "percent", "numbered", "unit", "title", "year", "number"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A label (words of the form), a field (a path into the values) or an ordinal (numbering).

    `display` is a path into the values, too, of what another sheet holds: it is never read.

    `look` names the style of the cell; `merge` merges equal values of successive items downwards;
    `deep` lets a field take several rows when its text needs them. `text` is what a label prints
    once an edition has given its words to a form.
    """

    role: Literal["label", "field", "display", "ordinal"]
    ref: str
    width: int = 1
    kind: CellKind = "text"
    look: str = "text"
    merge: bool = False
    deep: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """A row for each item of a list; the items of `nested` stand beside their owner.

    `room` is how many blank rows a sheet offers where the list has nothing yet; an `optional` list
    takes no row then.
    """

    list_ref: str
    cells: tuple[Cell, ...]
    nested: Each | None = None
    room: int = 1
    optional: bool = False

    def columns(self) -> Iterator[tuple[str, Cell]]:
        """Its columns with their keys ("indicators/target"), those of the nested list last.

        What is only shown is none of them.
        """
        cells = (cell for cell in self.cells if cell.role != "display")
        yield from ((f"{self.list_ref}/{cell.ref}", cell) for cell in cells)
        inner = self.nested.columns() if self.nested else ()
        yield from ((f"{self.list_ref}/{key}", cell) for key, cell in inner)

    @property
    def own_fields(self) -> list[Cell]:
        """Its fields, without its ordinals and without those of the nested list."""
        return [cell for cell in self.cells if cell.role == "field"]

    @property
    def merging(self) -> list[str]:
        """The refs of its own fields whose cells may be merged downwards."""
        return [cell.ref for cell in self.own_fields if cell.merge or self.nested]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that share one tall label on their left, as official forms do."""

    ref: str
    rows: tuple[FormPart, ...]
    look: str = "label"
    text: str = ""


FormPart = Row | Each | Section


@dataclass(frozen=True, slots=True)
class Form:
    """One official form: its columns' widths (in digits of the standard font) and its rows."""

    edition: str
    name: str
    widths: tuple[int, ...]
    body: tuple[FormPart, ...]
    repeated: int = 0  # rows repeated at the top of each printed page
    frozen: int = 0  # rows that stay in view on the screen

    def lines(self) -> Iterator[Row | Each]:
        """Its rows and lists in printed order, sections opened."""
        return _opened(self.body)

    def lists(self) -> Iterator[Each]:
        """Its lists in printed order."""
        return (part for part in self.lines() if isinstance(part, Each))

    def singles(self) -> Iterator[Cell]:
        """Its single fields in printed order."""
        rows = (part for part in self.lines() if isinstance(part, Row))
        return (cell for part in rows for cell in part.cells if cell.role == "field")

    def fields(self) -> Iterator[tuple[str, Cell]]:
        """All that is marked in a sheet, by the keys of `anchors`, in printed order.

        A single field's key is its path ("spending_plan/03"), a list's column has the list's
        before its own ("indicators/target"; "indicators/#" numbers the items).
        """
        for part in self.lines():
            if isinstance(part, Each):
                yield from part.columns()
            else:
                yield from ((cell.ref, cell) for cell in part.cells if cell.role == "field")


def _opened(parts: tuple[FormPart, ...]) -> Iterator[Row | Each]:
    for part in parts:
        if isinstance(part, Section):
            yield from _opened(part.rows)
        else:
            yield part


def label(ref: str, width: int = 1, look: str = "label") -> Cell:
    """Words of the form; `ref` is a key of the official words, with a dot one of our own."""
    return Cell("label", ref, width, look=look)


def labels(refs: str) -> tuple[Cell, ...]:
    """Several labels of one column each."""
    return tuple(label(ref) for ref in refs.split())


def field(  # noqa: PLR0913 - one argument a property, all but the path optional
    ref: str,
    width: int = 1,
    *,
    kind: CellKind = "text",
    look: str = "",
    merge: bool = False,
    deep: bool = False,
) -> Cell:
    """A place for a value: a path such as "department/name"."""
    return Cell("field", ref, width, kind, look or kind, merge, deep)


def display(
    ref: str, width: int = 1, *, kind: CellKind = "text", look: str = "shown", deep: bool = False
) -> Cell:
    """A place for what another sheet holds: a path into the values, as for a field."""
    return Cell("display", ref, width, kind, look, deep=deep)


def ordinal() -> Cell:
    """The item's number, which belongs to the form and not to the record."""
    return Cell("ordinal", "#", look="center", merge=True)


def row(*cells: Cell) -> Row:
    """Cells side by side."""
    return Row(cells)


def item_row(list_ref: str, *cells: Cell | Each, room: int = 1, optional: bool = False) -> Each:
    """A row for each item of a list; a nested `item_row` comes last."""
    last = cells[-1]
    if isinstance(last, Each):
        direct, nested = cells[:-1], last
    else:
        direct, nested = cells, None
    fields = tuple(cell for cell in direct if isinstance(cell, Cell))
    return Each(list_ref, fields, nested, room, optional)


def section(ref: str, *rows: FormPart, look: str = "label") -> Section:
    """Rows that share one tall label on their left."""
    return Section(ref, rows, look)
