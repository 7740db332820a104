"""The commands between two versions of a document: diff, renew."""

from __future__ import annotations

from pathlib import Path

import click

from xlperf import wording
from xlperf.cli.frame import CLEAN, argument, command, err, option, out, output
from xlperf.editions import TRAITS
from xlperf.errors import UserError
from xlperf.storage.files import write_text

TEXT_SUFFIX = ".txt"
SUFFIXES = {"text": (TEXT_SUFFIX,), "json": (".json",), "html": (".html", ".htm")}


def diff_command(_: str) -> click.Command:
    """`xlperf diff`."""

    def run(before: Path, after: Path, form: str | None, output: Path | None) -> int:
        from xlperf.jobs import comparing
        from xlperf.terminal import comparison

        if output is not None:
            _check_target(output, form)
        result = comparing.compare_files(before, after)
        if output is None:
            if form in (None, "text"):
                comparison.print_comparison(result, out())
            else:
                click.echo(comparing.text_of(result, f".{form}"), nl=False)
            return CLEAN
        if output.suffix.lower() == TEXT_SUFFIX:
            lines = comparison.lines(result)
            write_text(output, "".join(f"{line.plain}\n" for line in lines))
        else:
            comparing.write(result, output)
        comparison.print_written(result, output, err())
        return CLEAN

    return command(
        "diff",
        argument("before"),
        argument("after"),
        option("--format", "form", help_key="diff_format", type=click.Choice(tuple(SUFFIXES))),
        output("diff_out", required=False),
    )(run)


def _check_target(target: Path, form: str | None) -> None:
    """UserError where the result cannot be written so, before anything is read."""
    from xlperf.jobs import comparing

    suffix = target.suffix.lower()
    if suffix != TEXT_SUFFIX and suffix not in comparing.WRITERS:
        suffix_list = " ".join(sorted({TEXT_SUFFIX, *comparing.WRITERS} - {".htm"}))
        raise UserError("diff_kind", file=target, known=suffix_list)
    suffixes = SUFFIXES.get(form or "", (suffix,))
    if suffix not in suffixes:
        raise UserError("diff_format_kind", file=target, wanted=suffixes[0], form=form)


def renew_command(workbook_language: str) -> click.Command:
    """`xlperf renew`."""

    def run(source: Path, output: Path, year: int, keep_amounts: bool, edition: str | None) -> int:
        from xlperf.jobs import output_kind, renewing
        from xlperf.terminal import comparison

        output_kind.is_meant_for(output, output_kind.WORKBOOK_SUFFIX)
        with wording.speaking(workbook_language):
            result = renewing.renew(
                source, output, year, keep_amounts=keep_amounts, form=edition or ""
            )
        comparison.print_renewed(result, year, output, out(), err())
        return CLEAN

    return command(
        "renew",
        argument("source"),
        output("workbook_out"),
        option("--year", help_key="renew_year", type=int, required=True),
        option("--keep-amounts", help_key="keep_amounts", is_flag=True),
        option("--edition", help_key="edition", type=click.Choice(tuple(TRAITS))),
    )(run)
