"""Importing a document: what was understood, in sentences, and what somebody has to look at."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from xlperf.documents import Coverage
from xlperf.editions import UNKNOWN_EDITION
from xlperf.errors import UserError
from xlperf.jobs.inputs.containers import REASONS_NOTHING_READ, has_forms, read_container
from xlperf.jobs.inputs.open_any import is_master
from xlperf.jobs.inputs.wrong_command import pointing_to_command
from xlperf.reading import Reading, Recognition
from xlperf.wording import say

MOST_LEFT = Decimal("0.2")  # of the visible characters
DOUBTFUL_AMOUNTS = (  # amounts, with the words for them
    ("AMT212", "no_unit"),
    ("AMT213", "other_money"),
    ("AMT214", "written_out"),
    ("AMT215", "in_brackets"),
)
OWNERS = ("name", "unit", "unit_name")  # what tells projects of one name apart


def import_any(path: Path) -> tuple[Reading, Coverage]:
    """What `xlperf import` reads: a document or filled forms in any container.

    Raises the refusal that names the command for a master workbook, a record or a list.
    """
    with pointing_to_command(path, "import"):
        if is_master(path):
            raise UserError("import_master", file=path)
        try:
            reading, coverage = read_container(path)
        except UserError as refusal:
            if refusal.key in REASONS_NOTHING_READ and _is_list(path):
                raise UserError("project_list", file=path) from None
            raise
        if not has_forms(reading) and _is_list(path):
            raise UserError("project_list", file=path)
        return reading, coverage


def _is_list(path: Path) -> bool:
    """Whether a file of which nothing was read is a list: asked seldom, with all that reads one."""
    from xlperf.jobs.inputs.input_kinds import is_project_list

    return is_project_list(path)


def understood(reading: Reading) -> list[str]:
    """What a document was recognised as, and the unit of its amounts."""
    recognition = reading.recognition or Recognition(str(reading.record.get("edition", "")))
    sentences = []
    if recognition.edition != UNKNOWN_EDITION:
        sentences.append(say("recognised.edition", edition=recognition.edition))
    else:
        projects = reading.record.get("projects", [])
        key = "recognised.unknown" if recognition.titles else "recognised.no_table"
        kinds = say("recognised.comma").join(
            say(f"recognised.{kind}") for kind in recognition.kinds
        )
        facts = {
            "known": recognition.known_columns,
            "titles": recognition.titles,
            "projects": len(projects),
        }
        sentences.append(
            say(
                key,
                **facts,
                kinds=kinds or say("recognised.goals"),
                indicators=_indicators(reading),
            )
        )
    if unit := reading.record.get("money_unit"):
        sentences.append(say("recognised.unit", unit=unit))
    return sentences


def doubts(reading: Reading, coverage: Coverage) -> list[str]:
    """Why an import is not clean, each with what would help; none if it is."""
    recognition = reading.recognition or Recognition("")
    sentences = []
    if reading.record.get("projects") and not _indicators(reading):
        sentences.append(say("recognised.no_indicators"))
    if nameless := _nameless(reading, recognition):
        sentences.append(say("recognised.nameless", n=nameless))
    if twice := _twice(reading):
        sentences.append(say("recognised.twice", names=say("recognised.comma").join(twice)))
    if recognition.aside:
        titles = say("recognised.comma").join(recognition.aside)
        sentences.append(say("recognised.aside", titles=titles))
    for code, key in DOUBTFUL_AMOUNTS:
        if count := sum(remark.code == code for remark in reading.remarks):
            sentences.append(say(f"recognised.{key}", n=count))
    visible = coverage.characters - coverage.blank
    if visible and Decimal(coverage.leftover) / visible > MOST_LEFT:
        share = Decimal(100 * coverage.leftover) / visible
        percent = share.quantize(Decimal(1), rounding=ROUND_HALF_UP)
        sentences.append(say("recognised.left", share=percent))
    return sentences


def _indicators(reading: Reading) -> int:
    """How many indicators the projects and the department have."""
    owners = [*reading.record.get("projects", ()), *reading.record.get("activities", ())]
    return sum(len(owner.get("indicators", ())) for owner in owners)


def _nameless(reading: Reading, recognition: Recognition) -> int:
    """How many projects of a layout that is not known have no name."""
    projects = reading.record.get("projects", ()) if recognition.edition == UNKNOWN_EDITION else ()
    return sum(not project.get("name") for project in projects)


def _twice(reading: Reading) -> list[str]:
    """The names of projects that a document with stages has twice: as a goal, and as reported."""
    projects = reading.record.get("projects", ()) if reading.record.get("stages") else ()
    counts = Counter(tuple(str(project.get(key, "")) for key in OWNERS) for project in projects)
    return [name for (name, *_), count in counts.items() if name and count > 1]
