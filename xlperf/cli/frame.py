"""What every command is made of: consoles, progress, arguments and options.

Files that a command reads are of the type INPUT_FILE, files that it writes of the type
OUTPUT_TARGET; before a command begins, none of these may be one of those, nor two results one file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlperf.cli import localized
from xlperf.jobs.keep_apart import keep_apart
from xlperf.jobs.many_files.sources import Url, source_of
from xlperf.wording import has, say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

CLEAN, EXIT_FINDINGS, EXIT_FAILED = 0, 1, 2


class OutputFile(click.Path):
    """A file that is written."""


class AnySource(click.Path):
    """A file or folder that is read, or the URL of one, which stays as it is written."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """A path, or a URL."""
        source = source_of(value) if isinstance(value, str) else value
        return source if isinstance(source, Url) else super().convert(value, param, ctx)


INPUT_FILE = click.Path(path_type=Path)
OUTPUT_TARGET = OutputFile(path_type=Path)
UNCUT_WIDTH = 1000  # columns of an output that is no terminal: nothing is cut

CommandFunction = Callable[..., int]


def out() -> Console:
    """Standard output; lines are not broken where nobody looks at a terminal."""
    from xlperf.terminal.consoles import safe_console

    terminal = safe_console()
    return terminal if terminal.is_terminal else safe_console(soft_wrap=True, width=UNCUT_WIDTH)


def is_styled() -> bool:
    """Whether what goes to standard output may have colours: on a terminal, or if asked for.

    Where it may not, nothing has to be loaded that lays out a terminal.
    """
    return sys.stdout.isatty() or any(map(os.environ.get, ("FORCE_COLOR", "TTY_COMPATIBLE")))


def err() -> Console:
    """Standard error, for progress and remarks."""
    from xlperf.terminal.consoles import safe_console

    return safe_console(stderr=True, soft_wrap=True)


def progress() -> Progress:
    """A bar on standard error, shown on a terminal only, gone when done."""
    from xlperf.terminal import progress as bars

    return bars.progress()


def command(
    key: str, *parameters: click.Parameter, folders: bool = True
) -> Callable[[CommandFunction], click.Command]:
    """A command whose help stands in the wording files under `cli.KEY`.

    It begins only where it writes over nothing that it reads; without `folders` it looks itself
    after what it reads of the folders that it is given.
    """

    def make(function: CommandFunction) -> click.Command:
        def guarded(**values: Any) -> int:
            targets = list(_paths(parameters, values, is_output=True))
            sources = _paths(parameters, values, is_output=False)
            keep_apart((file for source in sources for file in _files(source, folders)), targets)
            return function(**values)

        return localized.Command(
            key, callback=guarded, params=list(parameters), help=say(f"cli.{key}")
        )

    return make


def _paths(
    parameters: Iterable[click.Parameter], values: dict[str, Any], *, is_output: bool
) -> Iterator[Path]:
    """The paths that were given for what is written, or for what is read."""
    for parameter in parameters:
        if (
            isinstance(parameter.type, click.Path)
            and isinstance(parameter.type, OutputFile) == is_output
        ):
            value = values.get(parameter.name or "")
            values_given = value if isinstance(value, tuple) else (value,)
            yield from (path for path in values_given if isinstance(path, Path))


def _files(path: Path, folders: bool) -> Iterator[Path]:
    yield path
    if folders and path.is_dir():
        yield from path.rglob("*")


def argument(
    name: str, *, many: bool = False, required: bool = True, **properties: Any
) -> click.Argument:
    """A file, or several."""
    metavar = say(f"metavar.{name}") if required else f"[{say(f'metavar.{name}')}]"
    count = -1 if many else 1
    properties = {"type": INPUT_FILE, **properties}
    return click.Argument([name], nargs=count, required=required, metavar=metavar, **properties)


def option(*names: str, help_key: str, **properties: Any) -> click.Option:
    """An option with its help from the wording files, and what its value is called there."""
    result = localized.Option(list(names), help=say(f"cli.{help_key}"), **properties)
    if not result.is_flag and not isinstance(result.type, click.Choice):
        result.metavar = next(
            say(key) for key in (f"metavar.{help_key}", f"metavar.{result.type.name}") if has(key)
        )
    return result


def output(help_key: str, *, required: bool = True) -> click.Option:
    """-o, the file to write."""
    return option("-o", "--output", help_key=help_key, type=OUTPUT_TARGET, required=required)
