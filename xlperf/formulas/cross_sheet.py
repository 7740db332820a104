"""Native formulas of the summary: functions of Excel 2007 only, which every suite has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_letters, digits

from xlperf.forms.made_sheets.book_sheets import SUMMARY_AMOUNTS
from xlperf.formulas.typed import Boolean, Text, first_case, link, text
from xlperf.layout import Box, Formula
from xlperf.layout.addresses import address, quoted
from xlperf.layout.cell_values import CODE_NAME_SEPARATOR
from xlperf.rules.formulas.native import literal
from xlperf.wording import official

SUMMARY_SUMS = SUMMARY_AMOUNTS
OF_CODES = digits + ascii_letters  # what codes of units are made of


class SheetAddresses:
    """Addresses of one sheet's fields, for formulas on another."""

    def __init__(
        self,
        title: str,
        at: Mapping[str, Box],
        results: Mapping[str, str] | None = None,
        number: int = 0,
    ) -> None:
        self.title = title
        self.number = number  # of a project in the document, from 1; 0 for its place in a list
        self._at = at
        self._results = results or {}

    def result(self, name: str) -> str:
        """The address of a result of the sheet's checks, such as `status`; KeyError without it."""
        return f"{quoted(self.title)}!{self._results[name]}"

    def has(self, key: str) -> bool:
        """Whether the sheet has a field, or a result of its checks, of this name."""
        return key in self._at or key in self._results

    def linked_field(self, name: str, otherwise: str = "") -> Formula | str:
        """A field's value or a result of the checks, as a formula for another sheet.

        `otherwise` where the sheet is gone, or its form has no such thing.
        """
        if not self.has(name):
            return Formula(f"={literal(otherwise)}") if otherwise else ""
        return linked_value(self[name] if name in self._at else self.result(name), otherwise)

    def __getitem__(self, key: str) -> str:
        """A single field's cell, or the first cell of a list's column."""
        box = self._at[key]
        return address(Box(box.row, box.col), self.title)

    def here(self, key: str) -> str:
        """A single field's cell, for formulas on its own sheet: a copied sheet looks at itself."""
        return self[key].rpartition("!")[2]

    def column(self, key: str) -> str:
        """The address of all cells of a list's column, with the sheet's title."""
        box = self._at[key]
        return address(Box(box.row, box.col, 1, box.height), self.title)

    def rows(self, key: str) -> int:
        """How many rows a list's column has."""
        return self._at[key].height

    def item(self, key: str, position: int) -> str:
        """One item's cell in a list's column; `position` counts from 0."""
        box = self._at[key]
        return address(Box(box.row + position, box.col), self.title)


def linked_value(cell: str, otherwise: str = "") -> Formula:
    """What another cell shows; blank for a blank, something else where the cell is gone."""
    return Formula(f'=IFERROR(IF(LEN({cell})=0,"",{cell}),{literal(otherwise)})')


def is_gone(cell: str) -> Boolean:
    """Whether the sheet of a cell was deleted; an error in the cell itself is none of that."""
    return Boolean(f"ISERROR(ROW({cell}))")


def unit_shown(cell: str) -> Formula:
    """A budget unit as another sheet has it, without the bar that ends its code there."""
    return Formula(
        f'=IFERROR(IF(LEN({cell})=0,"",SUBSTITUTE({cell},"{CODE_NAME_SEPARATOR}","")),"")'
    )


def of_unit(units: str, code: str, name: str) -> str:
    """A factor for SUMPRODUCT: 1 for each of the cells (as `unit_shown`) with this unit, else 0.

    Its code stands there with its name, or with another one: but no more of a code, as 333001 is
    none of the unit 3330.
    """
    behind = f'MID({units}&"{CODE_NAME_SEPARATOR}",LEN({code})+1,1)'
    ends = f'--(LEN(SUBSTITUTE({literal(OF_CODES)},{behind},""))={len(OF_CODES)})'
    begins = f"--EXACT(LEFT({units},LEN({code})),{code})"
    return f"--({begins}*{ends}+(--EXACT({units},{code}&{name}))>0)"


def title(form: SheetAddresses, number: int) -> Formula:
    """A project's printed title, from its name."""
    return Formula(
        f"={literal(f'{number}.')}&{form.here('name')}&{literal(official('form.project_title'))}"
    )


def total(column: str) -> Formula:
    """The sum of a column, to the cent."""
    return Formula(f"=ROUND(SUM({column}),2)")


def rest(whole: str, parts: str) -> Formula:
    """A whole less the sum of its parts, to the cent: the money of no unit of the list."""
    return Formula(f"=ROUND({whole}-SUM({parts}),2)")


def first_word(cases: Iterable[tuple[Boolean, str]], otherwise: str) -> Text:
    """The word of the first condition that holds."""
    return first_case(((condition, text(word)) for condition, word in cases), text(otherwise))


def sheet_link(title: str, cell: str, words: Text) -> Text:
    """Words that lead to a cell of another sheet."""
    return link(text(f"#{quoted(title)}!{cell}"), words)
