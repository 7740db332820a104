"""What the ribbon does, one function a button: grid in, plan out, then the plan is applied.

Each takes the xlwings book, and answers with the plan that it has applied; the plan's message is
for the ribbon to say. Reading, judging and planning are done before anything is written. What only
some buttons need (the generator, the roll-up, Word) is imported when they are clicked.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import xlwings as xw

from xlperf import plan as planning
from xlperf.errors import UserError
from xlperf.layout.addresses import to_box
from xlperf.live.book import apply_plan
from xlperf.live.buttons import preconditions
from xlperf.live.buttons.validation import ValidatedBook, validate_book
from xlperf.live.com.batch import channel_to
from xlperf.live.com.dialogs import FILES, FOLDERS, agreed, choose
from xlperf.live.com.objects import LiveSheet, active_cell, sheets
from xlperf.plan import Plan
from xlperf.reading import Place, Reading
from xlperf.rules.core import with_severities
from xlperf.wording import official, say


def validate_sheet(book: xw.Book) -> Plan:
    """Mark what the rules find on the sheet in front; nothing is done to the others."""
    worksheets, judged = _judged(book)
    title, _ = active_cell(book)
    if title not in {place.sheet for place in judged.reading.where.values()}:
        raise UserError("live_not_a_form", sheet=title)
    findings = [finding for finding in judged.findings if planning.stands_on(finding, title)]
    draft = planning.plan(findings)
    draft = replace(draft, marks=tuple(mark for mark in draft.marks if mark.sheet == title))
    first = min(draft.marks, key=lambda mark: to_box(mark.cell).at, default=None)
    message = say("live.sheet_checked", sheet=title, tally=draft.tally)
    plan = replace(draft, show=Place(title, first.cell) if first else None, message=message)
    apply_plan.apply_sheet(plan, book, worksheets, title)
    return plan


def validate_workbook(book: xw.Book) -> Plan:
    """Mark what the rules find in the whole book, and list it on a sheet of its own."""
    worksheets, judged = _judged(book)
    codes = {rule.code for rule in with_severities(judged.chosen.rules(), judged.chosen.profile)}
    draft = planning.plan(judged.findings, judged.reading.record, codes, judged.chosen.sentence())
    plan = replace(draft, show=Place(official("sheet.findings")), message=draft.tally)
    apply_plan.apply(plan, book, worksheets)
    return plan


def next_finding(book: xw.Book) -> Plan:
    """Go to the next marked cell, and say what its note says."""
    return _step(book, forward=True)


def previous_finding(book: xw.Book) -> Plan:
    """Go to the marked cell before."""
    return _step(book, forward=False)


def clear_marks(book: xw.Book) -> Plan:
    """Take all marks away; the user's own fills and notes come back."""
    preconditions.saved(book)
    count = apply_plan.clear(book, sheets(book, inside=True))
    return Plan(message=say("live.cleared", count=count))


def fix_safe(book: xw.Book) -> Plan:
    """Mend how values are written where that cannot change what they say.

    What would change is shown first; the list is kept, as Excel cannot undo.
    """
    from xlperf.live.buttons import safe_fixes

    worksheets, judged = _judged(book)
    fixes = safe_fixes.safe_fixes(judged)
    if not fixes.changes:
        return Plan(message=say("live.nothing_to_mend", held=fixes.held))
    if not agreed(book, safe_fixes.question(fixes)):
        return Plan(message=say("live.not_mended"))
    changes_sheet = safe_fixes.keep_list(book, worksheets, fixes.changes)
    apply_plan.change(fixes.plan, worksheets)
    apply_plan.show(book, fixes.plan.show, [changes_sheet])
    return fixes.plan


def refresh_summary(book: xw.Book) -> Plan:
    """Make the summary anew for the sheets that there are, copied ones too."""
    from xlperf.live.book import summary

    preconditions.saved(book)
    count = summary.refresh(book)
    return Plan(show=Place(official("sheet.summary")), message=say("live.summed", count=count))


def add_project(book: xw.Book) -> Plan:
    """Add an empty form at the end, and a line for it on the summary."""
    from xlperf.live.book import new_project, summary

    preconditions.saved(book)
    added = new_project.add(book)
    summary.refresh(book)
    plan = Plan(show=added, message=say("live.added", sheet=added.sheet))
    apply_plan.show(book, added, [LiveSheet(None, added.sheet, channel_to(book))])
    return plan


def rollup_folder(book: xw.Book) -> Plan:
    """Add up the saved workbooks of a folder, and open the result."""
    from xlperf.live.buttons import file_actions

    folder = choose(book, FOLDERS, say("live.choose_folder"))
    if not folder:
        return Plan()
    rollup, target = file_actions.roll_up(book, Path(folder))
    book.app.books.open(str(target))
    facts = {"files": rollup.files, "aside": len(rollup.set_aside), "file": target}
    return Plan(message=say("live.rolled_up", **facts))


def publish_word(book: xw.Book) -> Plan:
    """Write the official document beside the book; another file of that name stays."""
    from xlperf.jobs.inputs.well_formed import well_formed
    from xlperf.jobs.publications import publication
    from xlperf.live.buttons import file_actions
    from xlperf.publishing import unprinted

    _, judged = _judged(book)
    source = Path(judged.reading.source)
    usual_path = source.with_suffix(".docx")
    target = file_actions.free_path(usual_path)
    record = well_formed(judged.reading.record, source, "publish_unsound")
    publication.writer(target)(record, target)
    document = publication.PublishedDocument(judged.reading, target, tuple(unprinted(record)))
    more = "".join(f"\n{line}" for line in publication.sentences(document))
    return Plan(message=say("live.published", file=target) + _beside(target, usual_path) + more)


def export_record(book: xw.Book) -> Plan:
    """Write the record beside the book; another file of that name stays."""
    from xlperf.canonical import dumps
    from xlperf.live.buttons import file_actions
    from xlperf.storage.files import write_text

    _, judged = _judged(book)
    usual_path = Path(judged.reading.source).with_name("department.json")
    target = file_actions.free_path(usual_path)
    write_text(target, dumps(judged.reading.record))
    return Plan(message=say("live.exported", file=target) + _beside(target, usual_path))


def _beside(target: Path, usual_path: Path) -> str:
    """What is said where the usual name was taken."""
    return "" if target == usual_path else "\n" + say("live.name_taken", file=usual_path.name)


def import_document(book: xw.Book) -> Plan:
    """Make a master workbook of a published document, and open it."""
    from xlperf.live.buttons import file_actions

    source = choose(book, FILES, say("live.choose_document"))
    if not source:
        return Plan()
    target = file_actions.import_from(Path(source))
    book.app.books.open(str(target))
    return Plan(message=say("live.imported", file=target))


def compare_file(book: xw.Book) -> Plan:
    """Set the book beside another file, the one before, and open what changed."""
    from xlperf.live.buttons import file_actions

    _, judged = _judged(book)
    source = choose(book, FILES, say("live.choose_compared"))
    if not source:
        return Plan()
    summary, target = file_actions.compare_with(judged.reading, Path(source))
    if target is not None:
        book.app.books.open(str(target))
        summary = say("live.compared", summary=summary, file=target)
    return Plan(message=summary)


def begin_monitoring(book: xw.Book) -> Plan:
    """Begin a monitoring in a copy beside the book, until a day that is agreed to; open it."""
    from xlperf.live.buttons import file_actions

    reading = _as_saved(book)
    until = file_actions.monitoring_day(reading.record, datetime.date.today())
    if not agreed(book, say("live.may_begin", until=until)):
        return Plan(message=say("live.not_begun"))
    added, target = file_actions.begin_monitoring(Path(reading.source), until)
    book.app.books.open(str(target))
    return Plan(message=say("live.begun", added=added, file=target))


def begin_evaluation(book: xw.Book) -> Plan:
    """Begin the self-evaluation in a copy beside the book, and open it."""
    from xlperf.live.buttons import file_actions

    added, target = file_actions.begin_evaluation(Path(_as_saved(book).source))
    book.app.books.open(str(target))
    return Plan(message=say("live.begun", added=added, file=target))


def about(book: xw.Book) -> Plan:
    """Versions, and where Python and the log are."""
    from xlperf.live.buttons import about

    return Plan(message=about.versions(book))


def _judged(book: xw.Book) -> tuple[list[LiveSheet], ValidatedBook]:
    """The sheets, and the book read and judged."""
    preconditions.saved(book)
    worksheets = sheets(book, inside=True)
    return worksheets, validate_book(book, worksheets)


def _as_saved(book: xw.Book) -> Reading:
    """What the book says; UserError where its file does not say the same."""
    from xlperf.live.book.reading import read_book
    from xlperf.live.buttons import file_actions

    preconditions.saved(book)
    reading = read_book(book)
    file_actions.refuse_unsaved(reading)
    return reading


def _step(book: xw.Book, *, forward: bool) -> Plan:
    from xlperf.live.buttons import navigation

    plan, worksheets = navigation.step(book, forward)
    apply_plan.show(book, plan.show, worksheets)
    return plan
