"""What a reader of other places' layouts could not take as it stands: units of money, columns."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.reading import Reading
from xlperf.rules.core import ERROR, WARNING, Hit, rule
from xlperf.rules.families.document.remarks import remark_hits
from xlperf.rules.message_facts import shorten


@rule("AMT212", ERROR, source="88/accuracy")
def amount_without_unit(reading: Reading) -> Iterator[Hit]:
    """The source does not say whether its amounts are in yuan or in ten thousands of yuan.

    **Why**: forms of other places are mostly in ten thousands; taken for yuan, an amount would be
    10000 times too small in every total. It was taken as yuan, and somebody has to confirm it.
    **Bad**: a form of another place with the budget 85.20 and no unit anywhere.
    **Good**: a line above the table says: unit, ten thousand yuan.
    """
    for remark in remark_hits(reading, "AMT212", written="?"):
        yield Hit(remark.path, {"written": shorten(remark.facts["written"])}, None, remark.place)


@rule("AMT213", ERROR, source="88/accuracy")
def amount_in_other_money(reading: Reading) -> Iterator[Hit]:
    """An amount is not in yuan but in the money of another country.

    **Why**: a budget is in yuan; at which rate to convert is not for a program to guess. The amount
    was kept as text and is in no total.
    **Bad**: a budget of 85.2 in ten thousands of US dollars.
    **Good**: the amount in yuan, the rate in the text of the project.
    """
    for remark in remark_hits(reading, "AMT213", written="?", unit="?"):
        facts = {key: shorten(remark.facts[key]) for key in ("written", "unit")}
        yield Hit(remark.path, facts, None, remark.place)


@rule("AMT214", ERROR, source="88/accuracy")
def amount_written_out_otherwise(reading: Reading) -> Iterator[Hit]:
    """An amount in figures and the same amount written out beside it are two.

    **Why**: one of them is wrong, or the unit of money is; the figures were taken, and somebody
    has to look which of them holds.
    **Bad**: 20.00 in a form in ten thousands of yuan, with twenty yuan written out beside it.
    **Good**: 20.00, with two hundred thousand yuan written out beside it.
    """
    for remark in remark_hits(reading, "AMT214", written="?", kept="?", words="?"):
        facts = {key: shorten(remark.facts[key]) for key in ("written", "kept", "words")}
        yield Hit(remark.path, facts, None, remark.place)


@rule("AMT215", WARNING, source="88/accuracy")
def amount_in_brackets(reading: Reading) -> Iterator[Hit]:
    """An amount stands in brackets: below nothing, or only set apart.

    **Why**: accounts print in brackets what is taken off; others set something apart by them. Which
    it is, is not for a program to guess: the amount was kept as it is written and is in no total.
    **Bad**: a budget of (20.00).
    **Good**: 20.00 without brackets, or -20.00 where money is taken back.
    """
    for remark in remark_hits(reading, "AMT215", written="?"):
        yield Hit(remark.path, {"written": shorten(remark.facts["written"])}, None, remark.place)


@rule("STR044", WARNING, source="form")
def column_kept_aside(reading: Reading) -> Iterator[Hit]:
    """A column of the source has no place in the record; what stands in it was kept aside.

    **Why**: nothing is dropped in silence; what the column says may belong into a field under
    another name.
    **Bad**: a column whose title nobody knows, with a remark in every row.
    **Good**: the title is a usual one, such as target, weight or score.
    """
    for remark in remark_hits(reading, "STR044", title="?"):
        yield Hit(remark.path, {"title": shorten(remark.facts["title"])}, None, remark.place)
