"""The rows of a plain list of projects: what became of every one, and of every cell in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Any

from xlperf.errors import UserError
from xlperf.jobs.lists.columns import Headings, fold, is_heading_again, split_money_unit, zeros
from xlperf.layout import Box
from xlperf.layout.addresses import address
from xlperf.layout.cell_values import as_decimal, off_the_cent, split_unit
from xlperf.record import PROJECT_AMOUNTS, Raw, amount, round_cent
from xlperf.wording import official_list, say
from xlperf.workbook.list_sheet import ListSheet, as_text

# A code that a spreadsheet program made a number of and wrote as one: 3.33001E+14.
LOST_DIGITS = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+")
KEPT_DIGITS = 15  # of a number in a cell
MOST_FORMS = 500  # forms in one workbook; beyond that office suites open it very slowly
TOTAL_ROWS_REACH = 20  # totals above and below a total up to which it may add up
MOST_ROWS = 2**31


@dataclass
class ListRow:
    """A row of a list: its number, its project's fields, and its budget where that is an amount."""

    number: int
    project: Raw
    text: str  # of its first cell
    budget: Decimal | None = None


@dataclass
class ListRows:
    """The projects of a list and the rows that total them, and sentences on what was not taken."""

    projects: list[ListRow] = field(default_factory=list)
    totals: list[ListRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_rows(sheet: ListSheet, headings: Headings, unit: str) -> ListRows:
    """All rows below the headings; `unit` is the unit of money where a column names none."""
    return _Reader(sheet, headings, unit).read()


class _Reader:
    def __init__(self, sheet: ListSheet, headings: Headings, unit: str) -> None:
        self.sheet, self.headings, self.unit = sheet, headings, unit
        self.rows = ListRows()
        self.nameless: list[ListRow] = []

    def read(self) -> ListRows:
        for number in self.sheet.rows:
            if number > self.headings.last:
                self.row(number)
        self.settle_nameless()
        self.rows.remarks += self.checked_totals()
        return self.rows

    def row(self, number: int) -> None:
        """Take a row as a project, a total, a row without a name, or with a remark as nothing."""
        if is_heading_again(self.sheet, number, self.headings):
            self.remark("heading_again", row=number)
            return
        texts = [as_text(content) for content in self.sheet.rows[number].values()]
        if not any(texts):
            return
        first = next(text for text in texts if text)
        if self.is_total(number, texts):
            self.rows.totals.append(ListRow(number, {}, first, self.plain_budget(number)))
            return
        has = {key for key in self.headings.columns if as_text(self.content(number, key))}
        if not has & {"name", "code", *PROJECT_AMOUNTS}:
            self.remark("no_project", row=number, text=first)
            return
        if max(len(self.rows.projects), len(self.nameless)) == MOST_FORMS:
            raise UserError("too_many_forms", forms=MOST_FORMS + 1, most=MOST_FORMS)
        row = ListRow(number, self.project(number), first, self.plain_budget(number))
        (self.rows.projects if has & {"name", "code"} else self.nameless).append(row)

    def remark(self, key: str, **facts: object) -> None:
        self.rows.remarks.append(say(f"lists.{key}", **facts))

    def content(self, number: int, key: str) -> Any:
        """What a row has in a field's column; a unit also where it is merged with rows above."""
        heading = self.headings.columns.get(key)
        if heading is None:
            return None
        at = (number, heading.col)
        if key.startswith("unit"):
            at = self.sheet.merged.get(at, at)
        return self.sheet.cells.get(at)

    def is_total(self, number: int, texts: list[str]) -> bool:
        """Whether a row adds up others: it says so, or a name in it ends so and it has no code."""
        words = official_list("list_words.total")
        folded = [fold(text).strip("():,.") for text in texts]
        code = fold(self.content(number, "code"))
        if any(text in words for text in folded) and (not code or code in words):
            return True
        label = folded[0] if folded else ""
        names = [label, *(fold(self.content(number, key)) for key in ("name", "unit", "unit_name"))]
        return not code and any(name.strip("():,.").endswith(words) for name in names)

    def plain_budget(self, number: int) -> Decimal | None:
        return amount(self.money(number, "budget", quiet=True))

    def project(self, number: int) -> Raw:
        """A row's project, its unit beside it."""
        project: Raw = {key: as_text(self.content(number, key)) for key in ("code", "name")}
        content = self.content(number, "code")
        number_of_code = as_decimal(content)
        if LOST_DIGITS.fullmatch(project["code"]) or (
            number_of_code is not None and abs(number_of_code) >= Decimal(10) ** KEPT_DIGITS
        ):
            self.remark("code_rounded", cell=self.cell(number, "code"), text=project["code"])
        project |= {key: self.money(number, key) for key in PROJECT_AMOUNTS}
        code, name = self.unit_of(number)
        return project | {"unit": code, "unit_name": name}

    def unit_of(self, number: int) -> tuple[str, str]:
        """A row's unit: of one column, or of two."""
        code_and_name = as_text(self.content(number, "unit"))
        code, name = (as_text(self.content(number, f"unit_{part}")) for part in ("code", "name"))
        if code and (name or code_and_name):
            parts_of_name = split_unit(name or code_and_name)
            return code, parts_of_name[1] if parts_of_name[0] == code else name or code_and_name
        return split_unit(code or code_and_name or name)

    def cell(self, number: int, key: str) -> str:
        return address(Box(number, self.headings.columns[key].col)).replace("$", "")

    def money(self, number: int, key: str, *, quiet: bool = False) -> Any:
        """A row's amount in yuan; what is none stays as it is written, with its unit."""
        content = self.content(number, key)
        if as_text(content) == "":
            return None
        unit = self.headings.columns[key].unit or self.unit
        plain = as_decimal(content)
        value = amount(content) if plain is None else plain
        if value is None and isinstance(content, str):
            text, text_unit = split_money_unit(fold(content))
            value, unit = amount(text), text_unit or unit
        if value is None:
            if not quiet:
                self.remark("no_amount", cell=self.cell(number, key), text=as_text(content))
            return as_text(content) + (unit if zeros(unit) else "")
        yuan = value.scaleb(zeros(unit))
        return (
            yuan if isinstance(content, str) else self.rounded(yuan, self.cell(number, key), quiet)
        )

    def rounded(self, yuan: Decimal, cell: str, quiet: bool) -> Decimal:
        """To the cent, as all numbers of a workbook; told where that is more than float noise."""
        if off_the_cent(yuan) is not None and not quiet:
            self.remark("rounded", cell=cell, amount=yuan)
        return round_cent(yuan)

    def settle_nameless(self) -> None:
        """A row without a name is a total where it adds up rows beside it, else a project."""
        projects = list(self.rows.projects)
        for row in self.nameless:
            if row.budget is not None and row.budget in self.sums_beside(row):
                self.rows.totals.append(row)
            else:
                self.remark("nameless", row=row.number)
                projects.append(row)
        self.rows.projects = sorted(projects, key=lambda project: project.number)

    def sums_beside(self, total: ListRow) -> set[Decimal]:
        """What a row may add up: the projects above it, or below it, up to any other total; all."""
        stops = sorted({item.number for item in (*self.rows.totals, *self.nameless)})
        at = bisect_left(stops, total.number)
        above = [0, *stops[max(0, at - TOTAL_ROWS_REACH) : at]]
        below = [*stops[at + 1 : at + 1 + TOTAL_ROWS_REACH], MOST_ROWS]
        spans = [(start, total.number) for start in above]
        spans += [(total.number, end) for end in below] + [(0, MOST_ROWS)]
        numbers = [row.number for row in self.rows.projects]
        running = [Decimal(0), *accumulate(row.budget or Decimal(0) for row in self.rows.projects)]
        ends = ((bisect_right(numbers, start), bisect_left(numbers, end)) for start, end in spans)
        return {running[end] - running[start] for start, end in ends if start < end}

    def checked_totals(self) -> Iterator[str]:
        """What the rows of totals say, and whether it is so."""
        for row in sorted(self.rows.totals, key=lambda total: total.number):
            facts = {"row": row.number, "text": row.text}
            if row.budget is None or row.budget in self.sums_beside(row):
                yield say("lists.total", **facts)
            else:
                yield say("lists.total_differs", **facts, amount=f"{row.budget:,.2f}")
