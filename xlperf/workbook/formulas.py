"""Native formulas of the summary: functions of Excel 2007 only, which every suite has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlperf.formula_words import (
    Boolean,
    Booleans,
    Number,
    Texts,
    added,
    count_if,
    each_differs,
    each_equals,
    first_case,
    less,
    more,
    number,
    text,
)
from xlperf.layout import Box, Formula
from xlperf.wording import official, say
from xlperf.workbook.names import address, quoted

MONTHS = ("03", "06", "10", "12")
SUMS = ("budget", "fiscal", "other", "by_03", "by_06", "by_10", "by_12")
PROJECT = "0.000001"  # what marks a project's sheet, where all sheets can be added up
DIGITS = "{1,2,3,4,5,6,7,8,9,10,11,12}"


def quote(text: str) -> str:
    """A text as a formula's literal."""
    return '"' + text.replace('"', '""') + '"'


class Sheet:
    """Addresses of one sheet's fields, for formulas on another."""

    def __init__(
        self, title: str, at: Mapping[str, Box], results: Mapping[str, str] | None = None
    ) -> None:
        self.title = title
        self._at = at
        self._results = results or {}

    def result(self, name: str) -> str:
        """The cell of something that the sheet's checks found out."""
        return f"{quoted(self.title)}!{self._results[name]}"

    def __getitem__(self, key: str) -> str:
        """A single field's cell, or the first cell of a list's column."""
        box = self._at[key]
        return address(Box(box.row, box.col), self.title)

    def here(self, key: str) -> str:
        """A single field's cell, for formulas on its own sheet: a copied sheet looks at itself."""
        return self[key].rpartition("!")[2]

    def column(self, key: str) -> str:
        """All cells of a list's column."""
        box = self._at[key]
        return address(Box(box.row, box.col, 1, box.height), self.title)

    def item(self, key: str, position: int) -> str:
        """One item's cell in a list's column."""
        box = self._at[key]
        return address(Box(box.row + position, box.col), self.title)


def shown(cell: str) -> Formula:
    """What another cell shows; blank for a blank."""
    return Formula(f'=IF({cell}="","",{cell})')


def title(form: Sheet, number: int) -> Formula:
    """A project's printed title, from its name."""
    return Formula(
        f"={quote(f'{number}.')}&{form.here('name')}&{quote(official('form.project_title'))}"
    )


def unit_code(cell: str) -> Formula:
    """The digits at the beginning of "333001 name"."""
    return Formula(f"=LEFT({cell},SUMPRODUCT(--ISNUMBER(VALUE(LEFT({cell},{DIGITS})))))")


def planned(form: Sheet, month: str) -> Formula:
    """Yuan planned to be spent by the end of a month."""
    budget, share = form["budget"], form[f"spending_plan/{month}"]
    return Formula(f'=IF(AND(ISNUMBER({budget}),ISNUMBER({share})),ROUND({budget}*{share},2),"")')


def total(column: str) -> Formula:
    """The sum of a column, to the cent."""
    return Formula(f"=ROUND(SUM({column}),2)")


def total_of(unit: str, units: str, column: str) -> Formula:
    """The sum of a column over the projects of one unit."""
    return Formula(f"=ROUND(SUMIF({units},{unit},{column}),2)")


def rest(whole: str, parts: str) -> Formula:
    """What belongs to no unit of the list."""
    return Formula(f"=ROUND({whole}-SUM({parts}),2)")


def first(cases: Iterable[tuple[Boolean, str]], otherwise: str) -> Formula:
    """The word of the first condition that holds."""
    listed = [(condition, text(word)) for condition, word in cases]
    return Formula("=" + first_case(listed, text(otherwise)))


def taken(cell: str, otherwise: str) -> Formula:
    """What another sheet says; something else where the sheet is gone."""
    return Formula(f"=IFERROR({cell},{quote(otherwise)})")


def worst(statuses: str, where: str = "") -> Formula:
    """One word for many statuses, of all of them or where a condition holds: the gravest."""
    also = [Booleans(where)] if where else []
    column = Texts(statuses)

    def exists(*conditions: Booleans) -> Boolean:
        return more(count_if(*also, *conditions), number(0))

    is_faulty = [each_differs(column, text(say(f"status.{key}"))) for key in ("good", "doubt")]
    cases = [
        (exists(each_equals(column, text(say("status.incomplete")))), say("status.incomplete")),
        (exists(*is_faulty), say("status.faulty")),
        (exists(each_equals(column, text(say("status.doubt")))), say("status.doubt")),
    ]
    return first(cases, say("status.good"))


def beyond(span: str, cells: str, listed: str) -> str:
    """How many sheets of a span carry the mark of a project, beyond those that are listed.

    The mark is a millionth, so that numbers people have in the same cells of other sheets (to the
    cent) do not count; what cannot be calculated counts as none.
    """
    marks = f"MOD(ROUND(SUM({span}!{cells})/{PROJECT},0),10000)"
    return f"IFERROR(MAX(0,{marks}-{listed}),0)"


def overall(statuses: Iterable[str], projects: str, missing: str) -> Formula:
    """One word for the whole workbook, from single statuses and the column of the projects'.

    `projects` is how many of them there are (a line may be spare); `missing` how many sheets of
    projects are not listed: no total counts them.
    """
    *single, column = statuses
    listed = [*single, column]

    def count(key: str) -> Number:
        word = text(say(f"status.{key}"))
        return added(*(count_if(each_equals(Texts(cells), word)) for cells in listed))

    fine = added(count("good"), count("doubt"))
    wanted = added(number(len(single)), Number(projects))
    cases = [
        (more(Number(missing), number(0)), say("status.unlisted")),
        (more(count("incomplete"), number(0)), say("status.incomplete")),
        (less(fine, wanted), say("status.faulty")),
        (more(count("doubt"), number(0)), say("status.doubt")),
    ]
    return taken(first(cases, say("status.good"))[1:], say("status.broken"))
