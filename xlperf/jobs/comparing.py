"""Two files compared: records, workbooks or documents, in any mixture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf.comparison import Change, changes, counts, money_of
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.inputs.well_formed import joined
from xlperf.paths import RecordPath
from xlperf.publishing import unprinted
from xlperf.publishing.stages.printable import printed_stage
from xlperf.reading import Reading
from xlperf.record import Raw, words
from xlperf.reports.changes.comparison_view import Comparison, count_words
from xlperf.rules.message_facts import place_label
from xlperf.rules.profiles import DEFAULT, profile
from xlperf.rules.stages.results import with_results
from xlperf.rules.stages.views import EVALUATION, MONITORING
from xlperf.storage.files import write_text
from xlperf.wording import say

EXPLANATIONS: RecordPath = ("waivers",)
WORKBOOK_SUFFIX = ".xlsx"
WRITERS = (".html", ".htm", ".json", WORKBOOK_SUFFIX)  # suffixes of what `write` makes


@dataclass(frozen=True)
class ComparisonResult:
    """What two files were compared to be, and what is to be said of it."""

    compared: Comparison
    notes: tuple[str, ...] = ()


def compare_files(before: Path, after: Path) -> ComparisonResult:
    """Compare two files that can be read; UserError for what cannot."""
    return compare(open_any(before), open_any(after))


def compare(before: Reading, after: Reading) -> ComparisonResult:
    """Compare two readings.

    Where one is a published document, what documents have no place for is not compared, and said;
    where it is one of the forms of a stage, nothing but that stage is.
    """
    if (before.recognition is None) != (after.recognition is None):
        document, other = (before, after) if after.recognition is None else (after, before)
        if _is_of_stages(document):
            return _stages_compared(before, after, document, other)
    listed: Iterable[Change] = changes(before.record, after.record)
    notes = []
    if (before.recognition is None) != (after.recognition is None):
        other = before if before.recognition is None else after
        outside = [*unprinted(other.record), EXPLANATIONS]
        printed_changes = [change for change in listed if not _within(change, outside)]
        fields = joined(place_label(path) for path in _present(outside, other))
        notes += [say("compare.unprinted", fields=fields)] if fields else []
        listed = printed_changes
    money = money_of(before.record, after.record)
    notes += [say("compare.unread", n=money.unread)] if money.unread else []
    return ComparisonResult(Comparison(before, after, tuple(listed), money), tuple(notes))


def _is_of_stages(document: Reading) -> bool:
    """Whether a document has forms of monitoring or self-evaluation, and none of goals."""
    kinds = set(document.recognition.kinds) if document.recognition else set()
    return bool(kinds & {MONITORING, EVALUATION}) and not kinds - {MONITORING, EVALUATION}


def _stages_compared(
    before: Reading, after: Reading, document: Reading, other: Reading
) -> ComparisonResult:
    """The stages of a document compared with those of the same kind and day."""
    compared = {_stage(item) for item in document.record.get("stages", ())}
    edition = {"edition": other.record.get("edition", "")}

    def part(reading: Reading) -> Reading:
        record = with_results({**reading.record, **edition}, profile(DEFAULT))
        stages = map(_stage, record.get("stages", ()))
        compared_stages = [
            printed_stage(record, *item) if item in compared else {} for item in stages
        ]
        return replace(reading, record={**record, "stages": compared_stages})  # each in its place

    listed = changes(part(before).record, part(after).record)
    ours = (change for change in listed if change.path[:1] == ("stages",))
    ours_with_value = tuple(change for change in ours if change.before or change.after)
    result = Comparison(before, after, ours_with_value, money_of(other.record, other.record))
    return ComparisonResult(result, (say("compare.stages_only"),))


def _stage(item: Raw) -> tuple[str, str]:
    """The kind and the last day of a stage."""
    return words(item, "kind"), words(item, "until")


def _present(paths: Sequence[RecordPath], reading: Reading) -> list[RecordPath]:
    return [path for path in paths if path[0] in reading.record and path[0] != "leftovers"]


def _within(change: Change, paths: Iterable[RecordPath]) -> bool:
    """Whether a change lies in one of some parts of the record that is no document."""
    ours = {change.path, change.path_before or change.path}
    return any(path[: len(outside)] == outside for outside in paths for path in ours)


def sentence(result: ComparisonResult) -> str:
    """How many changes there are, by kind, or that there are none."""
    listed = result.compared.changes
    if not listed:
        return say("compare.none")
    return say("compare.tally", n=len(listed), counts=count_words(counts(listed)))


def write(result: ComparisonResult, target: Path) -> None:
    """Write a comparison in the format that a file's suffix names; UserError for another."""
    suffix = target.suffix.lower()
    if suffix not in WRITERS:
        raise UserError("diff_kind", file=target, known=" ".join(sorted({*WRITERS} - {".htm"})))
    if suffix == WORKBOOK_SUFFIX:
        from xlperf.workbook.draw.books.comparison_book import write_comparison  # noqa: PLC0415

        write_comparison(result.compared, target)
    else:
        write_text(target, text_of(result, suffix))


def text_of(result: ComparisonResult, suffix: str) -> str:
    """A comparison as the text of a file of this suffix: `.json` or `.html`."""
    if suffix == ".json":
        from xlperf.reports.changes.comparison_json import report  # noqa: PLC0415

        return report(result.compared)
    from xlperf.reports.changes.comparison_html import page  # noqa: PLC0415

    return page(result.compared, result.notes)
