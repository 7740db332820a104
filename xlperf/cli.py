"""The commands: arguments, progress and exit status, nothing else.

`build` makes them in the language spoken now; a command returns its exit status.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from xlperf import __version__, reports, wording
from xlperf.canonical import dumps
from xlperf.documents import read_document_with_residue
from xlperf.errors import Refusal
from xlperf.files import write_text
from xlperf.jobs import checking, demo, marking, opening, showing, summing
from xlperf.rules.profiles import names as profile_names
from xlperf.rules.profiles import profile
from xlperf.wording import say
from xlperf.workbook.read import read_workbook
from xlperf.workbook.totals_book import write_rollup

CLEAN, FOUND = 0, 1
FILE = click.Path(path_type=Path)
WIDE = 1000  # columns of an output that is no terminal: nothing is cut
SEVERITIES = ("error", "warning", "info", "never")

Command = Callable[..., int]


def out() -> Console:
    """Standard output; lines are not broken where nobody looks at a terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, soft_wrap=True, width=WIDE)


def err() -> Console:
    """Standard error, for progress and remarks."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def progress() -> Progress:
    """A bar on standard error, shown on a terminal only, gone when done."""
    console = err()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def build(workbook_language: str) -> click.Group:
    """All commands; workbooks speak `workbook_language`, whatever the terminal speaks."""
    settings = {"help_option_names": ["-h", "--help"]}
    group = click.Group("xlperf", help=say("cli.help"), context_settings=settings)
    lang = click.Choice(wording.LANGUAGES)
    group.params.append(
        click.Option(["--lang"], type=lang, help=say("cli.lang"), expose_value=False)
    )
    version = f"xlperf {__version__}"
    group = click.version_option(__version__, message=version, help=say("cli.version"))(group)
    for name, make in COMMANDS.items():
        group.add_command(make(workbook_language), name)
    return group


def command(key: str, *parameters: click.Parameter) -> Callable[[Command], click.Command]:
    """A command whose help stands in the wording files under `cli.KEY`."""

    def make(function: Command) -> click.Command:
        return click.Command(
            key, callback=function, params=list(parameters), help=say(f"cli.{key}")
        )

    return make


def argument(name: str, *, many: bool = False, required: bool = True) -> click.Argument:
    """A file, or several."""
    return click.Argument([name], type=FILE, nargs=-1 if many else 1, required=required)


def option(*names: str, help_key: str, **properties: Any) -> click.Option:
    """An option with its help from the wording files."""
    return click.Option(list(names), help=say(f"cli.{help_key}"), **properties)


def output(help_key: str, *, required: bool = True) -> click.Option:
    """-o, the file to write."""
    return option("-o", "--output", help_key=help_key, type=FILE, required=required)


def not_the_same(source: Path, target: Path) -> None:
    """A command never writes over what it reads."""
    if source.exists() and target.exists() and source.samefile(target):
        raise Refusal("same_file", file=target)


def _demo(workbook_language: str) -> click.Command:
    def run(folder: Path) -> int:
        return demo.run(folder, out(), workbook_language)

    where = click.Argument(["folder"], type=FILE, required=False, default=Path("xlperf-demo"))
    return command("demo", where)(run)


def _import(_: str) -> click.Command:
    def run(source: Path, output: Path) -> int:
        not_the_same(source, output)
        reading, coverage = read_document_with_residue(source)
        write_text(output, opening.record_text(reading))
        showing.print_import(reading, coverage, output, out())
        return CLEAN

    return command("import", argument("source"), output("record_out"))(run)


def _generate(workbook_language: str) -> click.Command:
    def run(source: Path, output: Path) -> int:
        not_the_same(source, output)
        with wording.speaking(workbook_language):
            reading = opening.generate(source, output)
        showing.print_generated(reading, output, out())
        return CLEAN

    return command("generate", argument("source"), output("workbook_out"))(run)


def _read(_: str) -> click.Command:
    def run(workbook: Path, output: Path) -> int:
        not_the_same(workbook, output)
        reading = read_workbook(workbook)
        write_text(output, opening.record_text(reading))
        showing.print_read(reading, output, out(), err())
        return CLEAN

    return command("read", argument("workbook"), output("record_out"))(run)


def _validate(workbook_language: str) -> click.Command:
    def run(files: tuple[Path, ...], **options: Any) -> int:
        for target in (options["annotate"], options["review"]):
            for path in files if target else ():
                not_the_same(path, target)
        rules = checking.chosen_rules(options["select"], options["ignore"])
        with progress() as bar:
            tracked = bar.track(files, description=say("cli.checking"))
            checked = [checking.check(path, rules, profile(options["profile"])) for path in tracked]
        findings = [finding for each in checked for finding in each.findings]
        shown = [f for f in findings if f.severity == "error" or not options["only_errors"]]
        if options["format"] == "json":
            click.echo(dumps(reports.as_json(shown, len(files))), nl=False)
        else:
            reports.print_findings(shown, out())
        with wording.speaking(workbook_language):
            marking.write(checked, options["annotate"], options["review"], rules)
        return FOUND if checking.fails(findings, options["fail_on"]) else CLEAN

    return command(
        "validate",
        argument("files", many=True),
        option("--format", help_key="format", type=click.Choice(("text", "json")), default="text"),
        option(
            "--profile", help_key="profile", type=click.Choice(profile_names()), default="default"
        ),
        option("--select", help_key="select", multiple=True),
        option("--ignore", help_key="ignore", multiple=True),
        option("--only-errors", help_key="only_errors", is_flag=True),
        option("--annotate", help_key="annotate", type=FILE),
        option("--review", help_key="review", type=FILE),
        option("--fail-on", help_key="fail_on", type=click.Choice(SEVERITIES), default="error"),
    )(run)


def _rules(_: str) -> click.Command:
    def run(format: str) -> int:  # noqa: A002 - the option's name
        if format == "json":
            click.echo(dumps(showing.rules_as_json()), nl=False)
        elif format == "markdown":
            click.echo(showing.rules_as_markdown(), nl=False)
        else:
            showing.print_rules(out())
        return CLEAN

    choice = click.Choice(("text", "json", "markdown"))
    return command("rules", option("--format", help_key="format", type=choice, default="text"))(run)


def _explain(_: str) -> click.Command:
    def run(code: str) -> int:
        showing.print_rule(code.upper(), out())
        return CLEAN

    return command("explain", click.Argument(["code"]))(run)


def _rollup(workbook_language: str) -> click.Command:
    def run(files: tuple[Path, ...], output: Path | None, json_output: Path | None) -> int:
        if output is None and json_output is None:
            raise Refusal("no_output")
        found = [path for path in summing.found_files(files) if path != output]
        with progress() as bar:
            task = bar.add_task(say("cli.adding"), total=len(found))
            rollup = summing.roll_up_files(found, lambda _: bar.advance(task))
        if output is not None:
            with wording.speaking(workbook_language):
                write_rollup(rollup, output)
        if json_output is not None:
            write_text(json_output, dumps(rollup.as_json()))
        showing.print_rollup(rollup, [p for p in (output, json_output) if p], out(), err())
        return FOUND if rollup.set_aside else CLEAN

    return command(
        "rollup",
        argument("files", many=True),
        output("rollup_out", required=False),
        option("--json", "json_output", help_key="rollup_json", type=FILE),
    )(run)


COMMANDS: dict[str, Callable[[str], click.Command]] = {
    "demo": _demo,
    "import": _import,
    "generate": _generate,
    "read": _read,
    "validate": _validate,
    "rules": _rules,
    "explain": _explain,
    "rollup": _rollup,
}
