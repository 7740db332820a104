"""Commands that judge and add up: validate, rules, explain, rollup.

What does the work is imported where it is done: a command loads what it needs and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlperf import wording
from xlperf.canonical import dumps
from xlperf.cli.frame import (
    CLEAN,
    FOUND,
    IMPOSSIBLE,
    TARGET,
    argument,
    command,
    err,
    option,
    out,
    output,
    progress,
)
from xlperf.errors import UserError
from xlperf.files import write_text
from xlperf.jobs.keep_apart import keep_apart
from xlperf.rules.profiles import names as profile_names
from xlperf.wording import say

if TYPE_CHECKING:
    from xlperf.jobs.validating import CheckedFile
    from xlperf.rules.core import Finding
    from xlperf.totals import SetAside

FORMATS = ("text", "json", "sarif", "html")
SEVERITIES = ("error", "warning", "info", "never")


def remark(sentences: Iterable[str]) -> None:
    """Say on standard error what was not done, or left out."""
    for sentence in sentences:
        err().print(sentence, markup=False, style="yellow")


def validate_command(workbook_language: str) -> click.Command:
    """`xlperf validate`."""

    def run(files: tuple[Path, ...], **options: Any) -> int:
        from xlperf.jobs import annotating, rule_selection
        from xlperf.jobs.settings import find

        targets = [options[key] for key in ("annotate", "review", "output") if options[key]]
        here = Path.cwd()
        keep_apart((file for path in files if (file := find(path, here))), targets)
        if options["annotate"] and len(files) > 1:
            raise UserError("annotate_one")
        checked, aside = checked_files(files, options)
        remark(say("show.unchecked", file=item.file, reason=item.reason) for item in aside)
        if not checked:
            return IMPOSSIBLE
        findings = [finding for item in checked for finding in item.findings]
        shown = [f for f in findings if f.severity == "error" or not options["only_errors"]]
        show(checked, shown, aside, options["format"], options["output"])
        with wording.speaking(workbook_language):
            remark(annotating.write_outputs(checked, options["annotate"], options["review"]))
        return FOUND if aside or rule_selection.fails(findings, options["fail_on"]) else CLEAN

    forms, profiles = click.Choice(FORMATS), click.Choice(profile_names())
    return command(
        "validate",
        argument("files", many=True),
        option("--format", help_key="format", type=forms, default="text"),
        output("report_out", required=False),
        option("--profile", help_key="profile", type=profiles),
        option("--select", help_key="select", multiple=True),
        option("--ignore", help_key="ignore", multiple=True),
        option("--no-settings", help_key="no_settings", is_flag=True),
        option("--only-errors", help_key="only_errors", is_flag=True),
        option("--annotate", help_key="annotate", type=TARGET),
        option("--review", help_key="review", type=TARGET),
        option("--fail-on", help_key="fail_on", type=click.Choice(SEVERITIES), default="error"),
    )(run)


def checked_files(
    files: Sequence[Path], options: Mapping[str, Any]
) -> tuple[list[CheckedFile], list[SetAside]]:
    """The files that were checked; of many, those that could not be, with the reason."""
    from xlperf.jobs import rule_selection, setting_aside, validating
    from xlperf.jobs.parallel import MOST, in_parallel
    from xlperf.totals import SetAside

    chosen = {key: options[key] for key in ("select", "ignore")}
    rule_selection.chosen_rules(**chosen)  # what is wrong with the command is no fault of a file
    how = {"wished": options["profile"], **chosen, "without": options["no_settings"]}
    if len(files) == 1:
        return [validating.check(files[0], **how)], []
    check = partial(validating.check_or_set_aside, **how)
    with progress() as bar:
        outcomes = in_parallel(check, files, MOST, setting_aside.process_death)
        done = list(bar.track(outcomes, len(files), description=say("cli.checking")))
    aside = [item for item in done if isinstance(item, SetAside)]
    return [item for item in done if not isinstance(item, SetAside)], aside


def show(
    checked: Sequence[CheckedFile],
    findings: Sequence[Finding],
    aside: Sequence[SetAside],
    form: str,
    target: Path | None,
) -> None:
    """Findings in the form that was asked for, on standard output or in a file."""
    from xlperf.jobs import validating
    from xlperf.terminal.findings import as_text, print_findings

    if form == "text" and target is None:
        print_findings(findings, out(), notes=validating.notes(checked))
        return
    notes = validating.notes(checked)
    if form == "text":
        lines = [say("show.unchecked", file=a.file, reason=a.reason) for a in aside]
        text = "".join(f"{line}\n" for line in lines) + as_text(findings, notes)
    else:
        text = validating.report(checked, findings, form, aside)
    if target is None:
        click.echo(text, nl=False)
    else:
        write_text(target, text)


def rules_command(_: str) -> click.Command:
    """`xlperf rules`."""

    def run(format: str) -> int:  # noqa: A002 - the option's name
        from xlperf.terminal import results

        if format == "json":
            click.echo(dumps(results.rules_as_json()), nl=False)
        elif format == "markdown":
            click.echo(results.rules_as_markdown(), nl=False)
        else:
            results.print_rules(out())
        return CLEAN

    choice = click.Choice(("text", "json", "markdown"))
    return command("rules", option("--format", help_key="format", type=choice, default="text"))(run)


def explain_command(_: str) -> click.Command:
    """`xlperf explain`."""

    def run(code: str) -> int:
        from xlperf.terminal import results

        results.print_rule(code.upper(), out())
        return CLEAN

    return command("explain", argument("code", type=str))(run)


def rollup_command(workbook_language: str) -> click.Command:
    """`xlperf rollup`."""

    def run(files: tuple[Path, ...], output: Path | None, json_output: Path | None) -> int:
        from xlperf.jobs import file_search, rolling_up
        from xlperf.jobs.parallel import MOST
        from xlperf.terminal import results
        from xlperf.workbook.draw.totals_book import write_rollup

        if output is None and json_output is None:
            raise UserError("no_output")
        inputs = file_search.search(files)
        read = [*inputs.files, *(Path(item.file) for item in inputs.set_aside)]
        keep_apart(read, [path for path in (output, json_output) if path])
        with progress() as bar:
            task = bar.add_task(say("cli.adding"), total=len(inputs.files))
            rollup = rolling_up.roll_up_files(
                inputs.files,
                lambda _: bar.advance(task),
                most=MOST,
                aside=inputs.set_aside,
            )
        if output is not None:
            with wording.speaking(workbook_language):
                write_rollup(rollup, output)
        if json_output is not None:
            write_text(json_output, dumps(rollup.as_json()))
        results.print_rollup(rollup, [p for p in (output, json_output) if p], out(), err())
        return FOUND if rollup.set_aside else CLEAN

    return command(
        "rollup",
        argument("files", many=True),
        output("rollup_out", required=False),
        option("--json", "json_output", help_key="rollup_json", type=TARGET),
        folders=False,
    )(run)
