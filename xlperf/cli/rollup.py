"""The command `xlperf rollup`: many files into totals, here or on a cluster.

What does the work is imported where it is done: a command loads what it needs and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlperf import wording
from xlperf.canonical import dumps
from xlperf.cli.frame import (
    CLEAN,
    EXIT_FINDINGS,
    OUTPUT_TARGET,
    AnySource,
    argument,
    command,
    err,
    option,
    out,
    output,
    progress,
)
from xlperf.errors import UserError
from xlperf.hidden_libraries import hidden
from xlperf.jobs.keep_apart import keep_apart
from xlperf.jobs.many_files.sources import FileSource
from xlperf.storage.files import write_text
from xlperf.wording import say

if TYPE_CHECKING:
    from xlperf.jobs.many_files.rolling_up import RollupOptions


def rollup_command(workbook_language: str) -> click.Command:
    """`xlperf rollup`."""

    def run(files: tuple[FileSource, ...], **options: Any) -> int:
        return _roll_up(files, options, workbook_language)

    return command(
        "rollup",
        argument("files", many=True, type=AnySource(path_type=Path)),
        output("rollup_out", required=False),
        option("--json", "json_output", help_key="rollup_json", type=OUTPUT_TARGET),
        option("--review", help_key="review", type=OUTPUT_TARGET),
        option("--parquet", help_key="rollup_parquet", type=OUTPUT_TARGET),
        option("--cache", help_key="rollup_cache", type=OUTPUT_TARGET),
        option("--scheduler", help_key="rollup_scheduler", default=""),
        folders=False,
    )(run)


def _roll_up(
    files: tuple[FileSource, ...], options: Mapping[str, Any], workbook_language: str
) -> int:
    """What `xlperf rollup` does; the status with which it ends."""
    _load(options)
    from xlperf.jobs.many_files import file_search, rolling_up
    from xlperf.terminal import results

    totals, json_output, review = (options[key] for key in ("output", "json_output", "review"))
    targets = [path for path in (totals, json_output, review) if path]
    if not targets and not options["parquet"]:
        raise UserError("no_output")
    inputs = file_search.search(files)
    sources = [*inputs.files, *(Path(item.file) for item in inputs.set_aside)]
    keep_apart([source for source in sources if isinstance(source, Path)], targets)
    with ExitStack() as open_ones:
        with wording.speaking(workbook_language):
            way = _way(options, open_ones)
        with progress() as bar:
            task = bar.add_task(say("cli.adding"), total=len(inputs.files))
            rollup, answers = rolling_up.roll_up_and_survey(
                inputs.files,
                lambda _: bar.advance(task),
                way=way,
                aside=inputs.set_aside,
            )
    with wording.speaking(workbook_language):
        rolling_up.write(rollup, answers, totals, review)
    if json_output is not None:
        write_text(json_output, dumps(rolling_up.as_json(rollup, answers)))
    if options["parquet"]:
        from xlperf.rollup import tables

        targets += tables.targets(options["parquet"])
    results.print_rollup(rollup, answers, targets, out(), err())
    return EXIT_FINDINGS if rollup.set_aside or rollup.counts_twice else CLEAN


def _load(options: Mapping[str, Any]) -> None:
    """Import the large libraries that will be needed, without NumPy, which they can do without.

    It takes a tenth of the time of a run in which no file has changed.
    """
    needed = {
        "pyarrow.parquet": options["cache"] or options["parquet"],
        "openpyxl": options["output"] or options["review"],
    }
    for name in [name for name, value in needed.items() if value and not options["scheduler"]]:
        with hidden("numpy", "pandas"), suppress(ImportError):  # older ones of pyarrow need it
            import_module(name)


def _way(options: Mapping[str, Any], open_ones: ExitStack) -> RollupOptions:
    """How the files are read, what is kept of them, and the tables that are written."""
    from xlperf.jobs.many_files.parallel import MOST_PROCESSES
    from xlperf.jobs.many_files.rolling_up import RollupOptions
    from xlperf.rollup import cache, tables

    folder, cache_folder = options["parquet"], options["cache"]
    return RollupOptions(
        most=MOST_PROCESSES,
        cache=cache.opened(cache_folder) if cache_folder else None,
        tables=open_ones.enter_context(tables.tables_in(folder)) if folder else None,
        scheduler=options["scheduler"],
    )
