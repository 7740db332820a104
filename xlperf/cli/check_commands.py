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
    EXIT_FAILED,
    EXIT_FINDINGS,
    INPUT_FILE,
    OUTPUT_TARGET,
    argument,
    command,
    err,
    is_styled,
    option,
    out,
    output,
    progress,
)
from xlperf.errors import UserError
from xlperf.jobs.keep_apart import keep_apart
from xlperf.reports.formats import REPORTS
from xlperf.rules.profiles import names as profile_names
from xlperf.storage.files import write_text
from xlperf.wording import say

if TYPE_CHECKING:
    from xlperf.errors import SetAside
    from xlperf.jobs.validation.validating import CheckedFile
    from xlperf.rules.core import Finding

FORMATS = ("text", *REPORTS)
OUTPUT_OPTIONS = ("annotate", "review", "letter", "output")
COUNT_FORMATS = ("text", "json")  # forms of a report that can hold the counts alone
FAILING_SEVERITIES = ("error", "warning", "info", "never")


def remark(sentences: Iterable[str]) -> None:
    """Say on standard error what was not done, or left out."""
    for sentence in sentences:
        err().print(sentence, markup=False, style="yellow")


def validate_command(workbook_language: str) -> click.Command:
    """`xlperf validate`."""

    def run(files: tuple[Path, ...], **options: Any) -> int:
        return _validate(files, options, workbook_language)

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
        option("--full", help_key="full", is_flag=True),
        option("--statistics", help_key="statistics", is_flag=True),
        option("--annotate", help_key="annotate", type=OUTPUT_TARGET),
        option("--review", help_key="review", type=OUTPUT_TARGET),
        option("--letter", help_key="letter", type=OUTPUT_TARGET),
        option("--opinions", help_key="opinions", type=INPUT_FILE),
        option(
            "--fail-on", help_key="fail_on", type=click.Choice(FAILING_SEVERITIES), default="error"
        ),
        folders=False,
    )(run)


def _validate(files: tuple[Path, ...], options: Mapping[str, Any], workbook_language: str) -> int:
    """What `xlperf validate` does; the status with which it ends."""
    from xlperf.jobs.validation import folders, rule_selection

    if options["statistics"] and options["format"] not in COUNT_FORMATS:
        raise UserError("statistics_format", format=options["format"])
    paths, passed_over = folders.files_in(files)
    _keep_read_files(paths, options)
    if options["annotate"] and len(paths) > 1:
        raise UserError("annotate_one")
    checked, aside = checked_files(paths, options, alone=(*paths,) == files and len(files) == 1)
    aside = [*passed_over, *aside]
    remark(say("show.unchecked", file=item.file, reason=item.reason) for item in aside)
    if not checked:
        return EXIT_FAILED
    findings = [finding for item in checked for finding in item.findings]
    listed = [f for f in findings if f.severity == "error" or not options["only_errors"]]
    show(checked, listed, aside, options)
    targets = [options[key] for key in ("annotate", "review", "letter", "opinions")]
    if any(targets):
        from xlperf.jobs.validation import annotating

        with wording.speaking(workbook_language):
            remark(annotating.write_outputs(checked, *targets))
    return EXIT_FINDINGS if aside or rule_selection.fails(findings, options["fail_on"]) else CLEAN


def _keep_read_files(paths: Sequence[Path], options: Mapping[str, Any]) -> None:
    """Refuse to write over a file that is validated, its settings, or a reviewer's worksheet."""
    from xlperf.jobs.validation.settings import find

    targets = [path for key in OUTPUT_OPTIONS if (path := options[key])]
    here = Path.cwd()
    settings = [file for path in paths if (file := find(path, here))]
    opinions = [options["opinions"]] if options["opinions"] else []
    keep_apart([*settings, *paths, *opinions], targets)


def checked_files(
    files: Sequence[Path], options: Mapping[str, Any], *, alone: bool
) -> tuple[list[CheckedFile], list[SetAside]]:
    """The files that were checked, and those that could not be, with the reason.

    A file that was asked for `alone` is refused instead.
    """
    from xlperf.errors import SetAside
    from xlperf.jobs.validation import rule_selection, validating

    chosen = {key: options[key] for key in ("select", "ignore")}
    rule_selection.chosen_rules(**chosen)  # what is wrong with the command is no fault of a file
    how = {"wished": options["profile"], **chosen, "without": options["no_settings"]}
    if alone:
        return [validating.check(files[0], **how)], []
    from xlperf.jobs.many_files import skip_reasons
    from xlperf.jobs.many_files.parallel import MOST_PROCESSES, in_parallel

    check = partial(validating.check_or_set_aside, **how)
    with progress() as bar:
        outcomes = in_parallel(check, files, MOST_PROCESSES, skip_reasons.process_death)
        judged = list(bar.track(outcomes, len(files), description=say("cli.checking")))
    aside = [item for item in judged if isinstance(item, SetAside)]
    return [item for item in judged if not isinstance(item, SetAside)], aside


def show(
    checked: Sequence[CheckedFile],
    findings: Sequence[Finding],
    aside: Sequence[SetAside],
    options: Mapping[str, Any],
) -> None:
    """Findings in the form that was asked for, on standard output or in a file."""
    from xlperf.jobs.validation import validating

    form, target, notes = options["format"], options["output"], validating.notes(checked)
    if form == "text":
        lines = [say("show.unchecked", file=a.file, reason=a.reason) for a in aside]
        _show_text(findings, options, notes, lines if target else [])
        return
    if options["statistics"]:
        from xlperf.reports.machine import counts_as_json

        text = dumps(counts_as_json(findings, len(checked)))
    else:
        text = validating.report(checked, findings, form, aside)
    _give(text, target)


def _show_text(
    findings: Sequence[Finding],
    options: Mapping[str, Any],
    notes: Sequence[str],
    before: Iterable[str],
) -> None:
    """Findings for people: in colours where they are looked at, else as plain text.

    `before`: lines that stand above them.
    """
    from xlperf.reports.text import as_text

    target, full, statistics = (options[key] for key in ("output", "full", "statistics"))
    if target is None and is_styled():
        from xlperf.terminal.findings import print_findings, print_statistics

        if statistics:
            print_statistics(findings, out(), notes)
        else:
            print_findings(findings, out(), full=full, notes=notes)
        return
    if statistics:
        from xlperf.terminal.findings import statistics_as_text

        text = statistics_as_text(findings, notes)
    else:
        text = as_text(findings, full=full, notes=notes)
    _give("".join(f"{line}\n" for line in before) + text, target)


def _give(text: str, target: Path | None) -> None:
    """Write a report into its file, or to standard output."""
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
