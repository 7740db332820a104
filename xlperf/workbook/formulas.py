"""Native formulas of the summary: functions of Excel 2007 only, which every suite has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from xlperf.layout import Box, Formula
from xlperf.wording import official, say
from xlperf.workbook.names import address

MONTHS = ("03", "06", "10", "12")
SUMS = ("budget", "fiscal", "other", "by_03", "by_06", "by_10", "by_12")
DIGITS = "{1,2,3,4,5,6,7,8,9,10,11,12}"


def quote(text: str) -> str:
    """A text as a formula's literal."""
    return '"' + text.replace('"', '""') + '"'


class Sheet:
    """Addresses of one sheet's fields, for formulas on another."""

    def __init__(self, title: str, at: Mapping[str, Box]) -> None:
        self.title = title
        self._at = at

    def __getitem__(self, key: str) -> str:
        """A single field's cell, or the first cell of a list's column."""
        box = self._at[key]
        return address(Box(box.row, box.col), self.title)

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
    return Formula(f"={quote(f'{number}.')}&{form['name']}&{quote(official('form.project_title'))}")


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


def first(cases: Iterable[tuple[str, str]], otherwise: str) -> Formula:
    """The word of the first condition that holds."""
    *conditions, last = [*cases, ("", otherwise)]
    text = quote(last[1])
    for condition, word in reversed(conditions):
        text = f"IF({condition},{quote(word)},{text})"
    return Formula("=" + text)


def project_status(form: Sheet, code: str, codes: str) -> Formula:
    """The first thing that is wrong with a project, in one word."""
    texts = [form[key] for key in ("code", "name", "unit", "purpose", "goals")]
    amounts = [form[key] for key in ("budget", "fiscal", "other")]
    plan = [form[f"spending_plan/{month}"] for month in MONTHS]
    names, targets = form.column("indicators/name"), form.column("indicators/target")
    blank = [f'TRIM({cell})=""' for cell in texts] + [f'{cell}=""' for cell in (*amounts, *plan)]
    numbers = "COUNT(" + ",".join(amounts) + ")<3"
    falls = [f"{later}<{earlier}" for earlier, later in pairwise(plan)]
    budget, fiscal, other = amounts
    return first(
        [
            (f"OR({','.join(blank)},COUNTA({names})=0)", say("status.incomplete")),
            (f'SUMPRODUCT(({names}<>"")*({targets}=""))>0', say("status.incomplete")),
            (f"OR({numbers},{budget}<=0)", say("status.amounts")),
            (f"ABS({fiscal}+{other}-{budget})>0.004", say("status.amounts")),
            (f"OR(COUNT({','.join(plan)})<4,{plan[0]}<0,{','.join(falls)})", say("status.plan")),
            (f"ABS({plan[-1]}-1)>0.00001", say("status.plan")),
            (f"LEN({code})<>21", say("status.code")),
            (f"SUMPRODUCT(--({codes}={code}))>1", say("status.code_twice")),
            (f"SUMPRODUCT(--({targets}={quote(official('choice'))}))>0", say("status.choice")),
        ],
        say("status.good"),
    )


def unit_status(unit: str, units: str, statuses: str) -> Formula:
    """Whether all projects of a unit are in order."""
    bad = f"SUMPRODUCT(({units}={unit})*({statuses}<>{quote(say('status.good'))}))"
    return first([(f"{bad}>0", say("status.faulty"))], say("status.good"))


def overall_status(statuses: str, rest_count: str) -> Formula:
    """One word for the whole workbook."""
    incomplete, good = quote(say("status.incomplete")), quote(say("status.good"))
    return first(
        [
            (f"COUNTIF({statuses},{incomplete})>0", say("status.incomplete")),
            (f"SUMPRODUCT(--({statuses}<>{good}))>0", say("status.faulty")),
            (f"{rest_count}<>0", say("status.faulty")),
        ],
        say("status.good"),
    )
