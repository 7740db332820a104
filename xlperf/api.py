"""What other programs call: the verbs of the command line, as functions.

Each takes and gives what the command of the same name does, as values instead of text. What cannot
be done is raised as `UserError`, whose text is the sentence that the command would print. Files are
written whole or not at all; a file that is read is never written over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path

from xlperf.canonical import canonical
from xlperf.errors import UserError
from xlperf.jobs import comparing, renewing
from xlperf.jobs.comparing import ComparisonResult
from xlperf.jobs.fix_repair import fix_file, fix_rounds, repair_file
from xlperf.jobs.fix_repair.fix_rounds import FixResult
from xlperf.jobs.fix_repair.repair_file import RepairResult
from xlperf.jobs.inputs import open_any
from xlperf.jobs.inputs.choose_edition import put_into
from xlperf.jobs.inputs.well_formed import well_formed
from xlperf.jobs.keep_apart import keep_apart
from xlperf.jobs.many_files import rolling_up
from xlperf.jobs.many_files.file_search import search
from xlperf.jobs.publications import publishing
from xlperf.jobs.publications.publication import PublishedDocument
from xlperf.jobs.renewing import RenewalResult
from xlperf.jobs.validation.settings import load
from xlperf.reading import Reading
from xlperf.record import Raw
from xlperf.rules.core import Finding, run
from xlperf.totals import Rollup
from xlperf.workbook.draw.books.totals_book import write_rollup
from xlperf.workbook.repair.damage import Damage
from xlperf.workbook.write import write_master

AnyPath = str | PathLike[str]
RecordSource = AnyPath | Reading | Raw

__all__ = [
    "diagnose",
    "diff",
    "fix",
    "generate",
    "publish",
    "read",
    "renew",
    "repair",
    "roll_up",
    "validate",
]


def read(source: AnyPath) -> Reading:
    """Read a record, a master workbook or a published document, by its content, not its name.

    Gives a `Reading`: `record` is the department's record as JSON data (amounts in yuan as
    `Decimal`, `spending_plan` in percent), `where` the cell, line or paragraph of each path,
    `remarks` what the reader noticed. Raises `UserError` for what is none of these.
    """
    return open_any.open_any(Path(source))


def generate(source: RecordSource, target: AnyPath, *, edition: str = "") -> Reading:
    """Write the master workbook (`.xlsx`) of anything that can be read, or of a record.

    `edition`: the forms into which a record of unknown ones is put. Gives what was read.
    Raises `UserError` where a form cannot hold the record whole.
    """
    reading, path = _reading(source), Path(target)
    if reading.source:
        keep_apart([Path(reading.source)], [path])
    sound = well_formed(reading.record, reading.source)
    record, _ = put_into(sound, edition, reading.source)
    write_master(record, path, reading.source)
    return replace(reading, record=record)


def validate(
    source: RecordSource,
    *,
    profile: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    settings_file: bool = True,
) -> list[Finding]:
    """The findings of the rules, in the order of the document, the gravest first at each place.

    `profile`: the name of a set of thresholds; without one that of the settings file, of the
    workbook, or the default. `select`, `ignore`: codes of rules or their beginnings (`AMT`,
    `STR011`). `settings_file`: whether an `xlperf.toml` above the file counts.
    Explained findings are among them: `finding.explained`.
    """
    reading = _reading(source)
    settings = load(
        Path(reading.source or "record.json"),
        profile,
        stated_profile=reading.profile,
        select=select,
        ignore=ignore,
        without=not settings_file or not reading.source,
    )
    return run(reading, settings.rules(), settings.profile)


def fix(
    source: AnyPath,
    target: AnyPath | None = None,
    *,
    unsafe: bool = False,
    profile: str | None = None,
) -> FixResult:
    """Mend what rules offer to mend; with a `target` write the mended file, of the same kind.

    Money, shares and codes are never touched. `unsafe`: also fixes that change what is said.
    Gives the mended record, every change with its place, and what was held back and why.
    """
    path, target_path = Path(source), None if target is None else Path(target)
    reading = read(path)
    fix_file.check_target(reading, path, target_path, diff=target_path is None)
    settings = load(path, profile, stated_profile=reading.profile)
    fixed = fix_rounds.fix(reading, settings.rules(), unsafe, settings.profile)
    if target_path is not None:
        keep_apart([path], [target_path])
        fix_file.write(reading, fixed, path, target_path)
    return fixed


def roll_up(sources: Iterable[AnyPath], target: AnyPath | None = None) -> Rollup:
    """Add up files, and the workbooks in folders; with a `target` write the roll-up workbook.

    Gives totals by department and unit in yuan, exact to the cent; `set_aside` lists every file
    that could not be added, with its reason.
    """
    inputs = search(Path(source) for source in sources)
    rollup = rolling_up.roll_up_files(inputs.files, aside=inputs.set_aside)
    if target is not None:
        keep_apart((file for file in inputs.files if isinstance(file, Path)), [Path(target)])
        write_rollup(rollup, Path(target))
    return rollup


def publish(source: AnyPath, target: AnyPath, *, verify: bool = False) -> PublishedDocument:
    """Write the official document: `.docx`, `.txt`, `.html`, or `.pdf` where LibreOffice is.

    `verify`: read it again, and raise `UserError` where it says anything else than the record.
    """
    keep_apart([Path(source)], [Path(target)])
    published = publishing.publish(Path(source), Path(target), verify)
    if verify:
        proof = publishing.verify(published.reading.record, Path(target), Path(source))
        if not proof.same:
            paths = "; ".join(proof.changed) or str(proof.residue)
            raise UserError("would_lose", file=target, paths=paths)
    return published


def renew(
    source: AnyPath, target: AnyPath, year: int, *, keep_amounts: bool = False, edition: str = ""
) -> RenewalResult:
    """Write next year's workbook from last year's record, workbook or document.

    The year moves, goals and indicators stay, amounts are emptied unless `keep_amounts`. Gives
    what was read, and a line for every cell that has to be renewed: sheet, cell, reasons, value.
    Raises `UserError` for a `year` that does not follow the source's own.
    """
    keep_apart([Path(source)], [Path(target)])
    path = Path(source)
    return renewing.renew(path, Path(target), year, keep_amounts=keep_amounts, form=edition)


def repair(source: AnyPath, target: AnyPath) -> RepairResult:
    """Write a repaired copy of a master workbook: names, formulas, checks; no word is lost."""
    keep_apart([Path(source)], [Path(target)])
    return repair_file.repair(Path(source), Path(target))


def diagnose(source: AnyPath) -> list[Damage]:
    """What is damaged in a master workbook: kind, sheet and cell of each; nothing is written."""
    return repair_file.detect(Path(source))


def diff(
    before: RecordSource, after: RecordSource, target: AnyPath | None = None
) -> ComparisonResult:
    """What changed between two documents of whatever kind; with a `target` also written.

    Gives the changes by project code and path (order, blanks and formats are none), and how the
    money changed, in yuan, by unit and project. `target`: `.xlsx`, `.html` or `.json`.
    """
    result = comparing.compare(_reading(before), _reading(after))
    if target is not None:
        sources = (result.compared.before.source, result.compared.after.source)
        keep_apart([Path(source) for source in sources if source], [Path(target)])
        comparing.write(result, Path(target))
    return result


def _reading(source: RecordSource) -> Reading:
    if isinstance(source, Reading):
        return source
    if isinstance(source, dict):
        return Reading(canonical(source))
    return read(source)
