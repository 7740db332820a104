"""What a reader noticed and what it inferred: reported, so that nobody takes it for stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xlperf.paths import RecordPath, get
from xlperf.reading import Reading, Spot
from xlperf.record import Department, words
from xlperf.rules.core import ERROR, INFO, WARNING, Hit, hit, rule
from xlperf.rules.families.document.remarks import remark_hits
from xlperf.rules.message_facts import field_label, shorten
from xlperf.wording import official


@rule("STR014", INFO, source="88/completeness")
def budget_year_not_stated(reading: Reading) -> Iterator[Hit]:
    """The source does not say the budget year; it was inferred.

    **Why**: every amount, plan and target holds for one year; the year taken from the project
    codes is a guess that somebody has to confirm.
    **Bad**: no page of the document names its year.
    **Good**: the cover says "budget year 2021".
    """
    if ("fiscal_year",) in _inferred(reading):
        yield hit("fiscal_year", year=shorten(reading.record.get("fiscal_year", "")))


@rule("STR016", INFO, source="88/completeness")
def value_was_inferred(reading: Reading) -> Iterator[Hit]:
    """A value does not stand in the source; the reader inferred it.

    **Why**: an inferred name or code looks like a stated one once it is in the form.
    **Bad**: the department's name, taken from the name of its first unit, is never confirmed.
    **Good**: the department's name is entered or confirmed by somebody who knows it.
    """
    for path in _inferred(reading):
        if path != ("fiscal_year",):
            value = get(reading.record, path)
            parts = value.values() if isinstance(value, dict) else [value]
            text = " ".join(str(part) for part in parts if isinstance(part, str | int | Decimal))
            yield hit(*path, field=field_label(path), value=shorten(text))


def _inferred(reading: Reading) -> list[RecordPath]:
    """Paths of the values that the reader inferred."""
    listed = reading.record.get("inferred")
    texts = [text for text in listed if isinstance(text, str)] if isinstance(listed, list) else []
    return [tuple(_step(step) for step in text.split("/")) for text in texts]


def _step(step: str) -> str | int:
    return int(step) if step.isascii() and step.isdigit() and len(step) < 6 else step


@rule("STR020", WARNING, source="88/standard-form")
def text_outside_the_form(reading: Reading) -> Iterator[Hit]:
    """The source holds text that no part of the form has a place for.

    **Why**: nothing is dropped in silence; such text is either a remark that belongs into a
    field, or it does not belong into the document.
    **Bad**: a sentence between two forms.
    **Good**: the sentence stands under the purpose of the project it speaks of.
    """
    listed = reading.record.get("leftovers")
    for position, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, dict):
            text, place = shorten(item.get("text", "")), Spot(shorten(item.get("place", "")))
            yield hit("leftovers", position, text=text, place=place)


@rule("STR013", INFO, source="form")
def field_codes_left_in_text(reading: Reading) -> Iterator[Hit]:
    """Field codes of a word processor stood in the text and were taken out.

    **Why**: they are instructions for the table of contents that became visible when the document
    was published.
    **Bad**: a heading followed by TC "..." \\f A \\l 1.
    **Good**: the heading alone.
    """
    yield from remark_hits(reading, "STR013", n=0)


@rule("STR007", ERROR, source="88/completeness")
def titles_disagree(reading: Reading, department: Department) -> Iterator[Hit]:
    """A printed title says something else than the contents or the project's name.

    **Why**: a form under another project's title is read, and approved, as that other project's.
    **Bad**: the title of form 3 names project A, its field for the project's name says B.
    **Good**: both say B.
    """
    for remark in remark_hits(reading, "STR007", title="", entry=""):
        title, other = shorten(remark.facts["title"]), shorten(remark.facts["entry"])
        yield Hit(remark.path, {"title": title, "other": other}, None, remark.place)
    for project in department.projects:
        printed = words(project.raw, "title")
        if printed and project.name and _bare(printed) != _bare(project.name):
            yield hit(*project.path, "title", title=shorten(printed), other=shorten(project.name))


def _bare(title: str) -> str:
    """A title for comparison: without blanks, printed number and the ending of all titles."""
    bare = "".join(title.split()).removesuffix(official("form.project_title"))
    return re.sub(r"^[0-9]{1,3}[.．、]", "", bare)


@rule("STR021", WARNING, source="88/standard-form")
def row_not_read_whole(reading: Reading) -> Iterator[Hit]:
    """A row of a form has too many or too few cells to tell which value is which.

    **Why**: guessing would put a description where the target belongs; what could be told for sure
    was read, the row is shown so that somebody completes it.
    **Bad**: a row of five cells under a header of six.
    **Good**: one cell under every header.
    """
    for remark in remark_hits(reading, "STR021", text=""):
        yield Hit(remark.path, {"text": shorten(remark.facts["text"])}, None, remark.place)


@rule("STR022", INFO, source="form")
def formula_in_a_field(reading: Reading) -> Iterator[Hit]:
    """A field holds a formula; the value it last showed was read.

    **Why**: the record keeps values. If the workbook was not recalculated, the value is an old one.
    **Bad**: the budget is the formula =B7*12.
    **Good**: the budget is the number, or the formula was recalculated and its value is right.
    """
    for remark in remark_hits(reading, "STR022", formula=""):
        yield Hit(remark.path, {"formula": shorten(remark.facts["formula"])}, None, remark.place)


@rule("STR023", WARNING, source="form")
def field_lost_its_place(reading: Reading) -> Iterator[Hit]:
    """The sheet no longer has the place of a field, so nothing was read for it.

    **Why**: a deleted row takes the names of its fields with it; a new row that looks the same is
    not found.
    **Bad**: the row of the spending plan was deleted and typed anew.
    **Good**: rows are cleared, not deleted; or the workbook is repaired.
    """
    for remark in remark_hits(reading, "STR023", field=""):
        lost = field_label(remark.path) if remark.path else shorten(remark.facts["field"])
        yield Hit(remark.path, {"field": lost}, None, remark.place)


@rule("STR045", WARNING, source="form")
def sheet_outside_the_totals(reading: Reading) -> Iterator[Hit]:
    """A project's sheet stands where the workbook's totals do not count it.

    **Why**: the totals add up the sheets between the guide and the last, hidden sheet. Excel puts a
    copy before the first sheet if no other place is chosen.
    **Bad**: a copied sheet before the guide: its budget is in no total.
    **Good**: the copy stands beside the sheet that it is a copy of.
    """
    for remark in remark_hits(reading, "STR045", sheet=""):
        yield Hit(remark.path, {"sheet": remark.facts["sheet"]}, None, remark.place)


@rule("STR031", INFO, source="form")
def tracked_changes_not_settled(reading: Reading) -> Iterator[Hit]:
    """The document holds tracked changes that nobody has accepted or rejected.

    **Why**: it was read as if all of them were accepted. Whoever prints or publishes it shows the
    words taken out beside those put in.
    **Bad**: a target of ≥90% is struck out in red, ≥95% written beside it.
    **Good**: the changes are accepted or rejected, and the target is ≥95%.
    """
    yield from remark_hits(reading, "STR031", added=0, gone=0)


@rule("STR042", INFO, source="form")
def hidden_parts_were_read(reading: Reading) -> Iterator[Hit]:
    """Rows, columns or sheets of the source are hidden, and were read all the same.

    **Why**: what is hidden is not printed, and may be last year's, withdrawn or a spare; leaving it
    out would lose it in silence, so it is read and named.
    **Bad**: rows 12 to 15 are hidden and hold four indicators of last year.
    **Good**: nothing is hidden, or somebody looked at what is.
    """
    for remark in remark_hits(reading, "STR042", parts="?"):
        yield Hit(remark.path, {"parts": shorten(remark.facts["parts"])}, None, remark.place)


@rule("STR003", ERROR, source="88/completeness")
def numbers_not_consecutive(reading: Reading) -> Iterator[Hit]:
    """The printed numbers of a list skip or repeat a number.

    **Why**: a missing number means a missing item, or a slip that makes references wrong.
    **Bad**: item 3 is followed by item 5.
    **Good**: items are numbered 1, 2, 3 and so on.
    """
    yield from remark_hits(reading, "STR003", expected="?", found="?")


@rule("AMT209", INFO, source="88/accuracy")
def amount_rounded_to_the_cent(reading: Reading) -> Iterator[Hit]:
    """A cell's amount had parts of a cent and was rounded.

    **Why**: the forms are in yuan and cents; a sum of amounts that only look rounded does not add
    up in print.
    **Bad**: a cell shows 0.33 and holds 0.3333.
    **Good**: the cell holds 0.33.
    """
    yield from remark_hits(reading, "AMT209", written="?", kept="?")
