"""The group `xlperf begin`: monitoring, self-evaluation.

What does the work is imported where it is done: a command loads what it needs and no more.
"""

from __future__ import annotations

from pathlib import Path

import click

from xlperf import wording
from xlperf.cli.frame import CLEAN, argument, command, err, option, out, output
from xlperf.cli.localized import CommandGroup, Commands, show_help
from xlperf.editions import TRAITS
from xlperf.wording import say


def begin_command(workbook_language: str) -> click.Command:
    """`xlperf begin`."""
    return CommandGroup(
        "begin",
        tasks={"make": tuple(STAGE_COMMANDS)},
        commands=Commands(STAGE_COMMANDS, workbook_language),
        above="begin_",
        callback=show_help,
        invoke_without_command=True,
        help=say("cli.begin"),
    )


def monitoring_command(workbook_language: str) -> click.Command:
    """`xlperf begin monitoring`."""

    def run(source: Path, output: Path, until: str, edition: str | None) -> int:
        return _begin((source, output), "monitoring", until, edition, workbook_language)

    return command(
        "begin_monitoring",
        argument("source"),
        output("workbook_out"),
        option("--until", help_key="until", required=True),
        option("--edition", help_key="edition", type=click.Choice(tuple(TRAITS))),
    )(run)


def evaluation_command(workbook_language: str) -> click.Command:
    """`xlperf begin self-evaluation`."""

    def run(source: Path, output: Path, edition: str | None) -> int:
        return _begin((source, output), "self-evaluation", "", edition, workbook_language)

    return command(
        "begin_self-evaluation",
        argument("source"),
        output("workbook_out"),
        option("--edition", help_key="edition", type=click.Choice(tuple(TRAITS))),
    )(run)


def _begin(
    files: tuple[Path, Path], kind: str, until: str, edition: str | None, language: str
) -> int:
    """Add the sheets of a stage, and say what was added."""
    from xlperf.jobs import beginning, output_kind
    from xlperf.terminal import stages

    source, target = files
    output_kind.is_meant_for(target, output_kind.WORKBOOK_SUFFIX)
    with wording.speaking(language):
        begun = beginning.begin(source, target, kind, until, edition or "")
    stages.print_begun(begun, kind, target, out(), err())
    return CLEAN


STAGE_COMMANDS = {
    "monitoring": "xlperf.cli.beginning:monitoring_command",
    "self-evaluation": "xlperf.cli.beginning:evaluation_command",
}
