"""Commands that make something: demo, import, generate, read, fix, repair, publish.

What does the work is imported where it is done: a command loads what it needs and no more.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from xlperf import wording
from xlperf.cli.frame import (
    CLEAN,
    EXIT_FINDINGS,
    argument,
    command,
    err,
    option,
    out,
    output,
    progress,
)
from xlperf.editions import TRAITS
from xlperf.errors import UserError
from xlperf.jobs.keep_apart import keep_apart
from xlperf.rules.profiles import names as profile_names
from xlperf.storage.files import write_text
from xlperf.wording import official_table, say

PUBLISHED_STAGES = ("monitoring", "self-evaluation")  # that can be published


def demo_command(workbook_language: str) -> click.Command:
    """`xlperf demo`."""

    def run(folder: Path) -> int:
        from xlperf.cli import demo

        return demo.run(folder, out(), workbook_language)

    where = argument("folder", required=False, default=Path("xlperf-demo"))
    return command("demo", where)(run)


def import_command(_: str) -> click.Command:
    """`xlperf import`."""

    def run(source: Path, output: Path) -> int:
        from xlperf.jobs import output_kind
        from xlperf.jobs.inputs import importing, open_any
        from xlperf.terminal import results

        output_kind.is_meant_for(output, output_kind.RECORD)
        reading, coverage = importing.import_any(source)
        write_text(output, open_any.record_text(reading))
        doubts = importing.doubts(reading, coverage)
        results.print_understood(importing.understood(reading), doubts, out())
        results.print_import(reading, coverage, output, out())
        return EXIT_FINDINGS if doubts else CLEAN

    return command("import", argument("source"), output("record_out"))(run)


def generate_command(workbook_language: str) -> click.Command:
    """`xlperf generate`."""

    def run(
        source: Path | None, output: Path, blank: int | None, by_unit: bool, **wished: Any
    ) -> int:
        from xlperf.jobs import new_workbook, output_kind
        from xlperf.jobs.inputs import unit_workbooks
        from xlperf.terminal import results
        from xlperf.workbook.write import write_master

        if not by_unit:
            output_kind.is_meant_for(output, output_kind.WORKBOOK_SUFFIX)
        if (source is None) == (blank is None):
            raise UserError("source_or_blank")
        write = unit_workbooks.write_by_unit if by_unit else write_master
        with progress() as bar, wording.speaking(workbook_language):
            writing = partial(write, track=partial(bar.track, description=say("cli.writing")))
            wish = new_workbook.WorkbookSpec(**wished)
            started = new_workbook.generate(source, output, blank, wish, writing)
        more = () if by_unit else unit_workbooks.remarks(started.reading.record)
        for remark in (*started.remarks, *more):
            err().print(remark, markup=False, style="yellow")
        results.print_generated(started.reading, output, out())
        return CLEAN

    generate = command(
        "generate",
        argument("source", required=False),
        output("workbook_out"),
        option("--blank", help_key="blank", type=int),
        option("--unit", help_key="unit", default=""),
        option("--year", help_key="year", type=int),
        option("--edition", help_key="edition", type=click.Choice(tuple(TRAITS))),
        option("--by-unit", help_key="by_unit", is_flag=True),
    )(run)
    names = {key: " ".join(headings) for key, headings in official_table("list_headings").items()}
    lines = say("lists.help", **names).strip()
    generate.epilog = lines
    return generate


def read_command(_: str) -> click.Command:
    """`xlperf read`."""

    def run(workbook: Path, output: Path) -> int:
        from xlperf.jobs import output_kind
        from xlperf.jobs.inputs import open_any, unit_records, wrong_command
        from xlperf.terminal import results
        from xlperf.workbook.read import read_workbook

        output_kind.is_meant_for(output, output_kind.RECORD)
        if workbook.is_dir():
            reading = unit_records.read_by_unit(workbook)
        else:
            with wrong_command.pointing_to_command(workbook, "read"):
                reading = read_workbook(workbook)
        write_text(output, open_any.record_text(reading))
        results.print_read(reading, output, out(), err())
        return CLEAN

    return command("read", argument("workbook"), output("record_out"))(run)


def fix_command(_: str) -> click.Command:
    """`xlperf fix`."""

    def run(source: Path, output: Path | None, unsafe: bool, diff: bool, **options: Any) -> int:
        from xlperf.jobs.fix_repair import fix_file, fix_rounds
        from xlperf.jobs.inputs import open_any
        from xlperf.jobs.validation import settings
        from xlperf.terminal import fixes

        reading = open_any.open_any(source)
        fix_file.check_target(reading, source, output, diff=diff)
        if output is not None:
            keep_apart([settings.find(source, Path.cwd()) or source], [output])
        without = options["no_settings"]
        chosen = settings.load(
            source, options["profile"], stated_profile=reading.profile, without=without
        )
        fixed = fix_rounds.fix(reading, chosen.rules(), unsafe, chosen.profile)
        if output is not None:
            fix_file.write(reading, fixed, source, output)
        fixes.print_fixed(fixed, output, out(), err(), diff=diff)
        if note := chosen.sentence():
            err().print(note, markup=False)
        return CLEAN

    return command(
        "fix",
        argument("source"),
        output("fix_out", required=False),
        option("--unsafe", help_key="unsafe", is_flag=True),
        option("--diff", help_key="fix_diff", is_flag=True),
        option("--profile", help_key="profile", type=click.Choice(profile_names())),
        option("--no-settings", help_key="no_settings", is_flag=True),
    )(run)


def publish_command(_: str) -> click.Command:
    """`xlperf publish`."""

    def run(source: Path, output: Path, verify: bool, stage: str | None, until: str) -> int:
        from xlperf.jobs.publications import publication, publishing
        from xlperf.jobs.validation import validating
        from xlperf.terminal import results

        if stage is not None:
            return _publish_stage(source, output, verify, stage, until)
        if until:
            raise UserError("until_without_stage")
        published = publishing.publish(source, output, verify)
        proof = publishing.verify(published.reading.record, output, source) if verify else None
        results.print_published(
            published.reading, publication.sentences(published, proof), output, out()
        )
        results.print_open_points(validating.open_points(published.reading, source), err())
        return CLEAN if proof is None or proof.same else EXIT_FINDINGS

    return command(
        "publish",
        argument("source"),
        output("publish_out"),
        option("--verify", help_key="verify", is_flag=True),
        option("--stage", help_key="publish_stage", type=click.Choice(PUBLISHED_STAGES)),
        option("--until", help_key="stage_until", default=""),
    )(run)


def _publish_stage(source: Path, output: Path, verify: bool, kind: str, until: str) -> int:
    """Publish the forms of a stage."""
    from xlperf.jobs.publications import publication, stage_publishing
    from xlperf.terminal import results

    published = stage_publishing.publish_stage(source, output, kind, until, verify=verify)
    record = published.reading.record
    proof = stage_publishing.verify_stage(record, output, kind, until) if verify else None
    sentences = publication.sentences(published, proof)
    results.print_published(published.reading, sentences, output, out())
    for sentence in stage_publishing.open_points(published.reading, source, kind, until):
        err().print(sentence, markup=False, style="yellow")
    return CLEAN if proof is None or proof.same else EXIT_FINDINGS


def repair_command(_: str) -> click.Command:
    """`xlperf repair`."""

    def run(workbook: Path, output: Path) -> int:
        from xlperf.jobs import output_kind
        from xlperf.jobs.fix_repair import repair_file
        from xlperf.jobs.inputs import wrong_command
        from xlperf.terminal.results import print_repaired

        output_kind.is_meant_for(output, output_kind.WORKBOOK_SUFFIX)
        with wrong_command.pointing_to_command(workbook, "repair"):
            repaired = repair_file.repair(workbook, output)
        print_repaired(repaired, output, out(), err())
        return EXIT_FINDINGS if repaired.unmended else CLEAN

    return command("repair", argument("workbook"), output("repair_out"))(run)
