"""What every command is made of: consoles, progress, arguments and options.

Files that a command reads are of the type FILE, files that it writes of the type TARGET; before a
command begins, none of these may be one of those, nor two results one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from xlperf.cli import speaking
from xlperf.jobs.keep_apart import keep_apart
from xlperf.terminal.consoles import safe_console
from xlperf.wording import has, say

CLEAN, FOUND, IMPOSSIBLE = 0, 1, 2


class Target(click.Path):
    """A file that is written."""


FILE = click.Path(path_type=Path)
TARGET = Target(path_type=Path)
WIDE = 1000  # columns of an output that is no terminal: nothing is cut

Command = Callable[..., int]


def out() -> Console:
    """Standard output; lines are not broken where nobody looks at a terminal."""
    terminal = safe_console()
    return terminal if terminal.is_terminal else safe_console(soft_wrap=True, width=WIDE)


def err() -> Console:
    """Standard error, for progress and remarks."""
    return safe_console(stderr=True, soft_wrap=True)


def progress() -> Progress:
    """A bar on standard error, shown on a terminal only, gone when done."""
    remarks = err()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=remarks, transient=True, disable=not remarks.is_terminal)


def command(
    key: str, *parameters: click.Parameter, folders: bool = True
) -> Callable[[Command], click.Command]:
    """A command whose help stands in the wording files under `cli.KEY`.

    It begins only where it writes over nothing that it reads; without `folders` it looks itself
    after what it reads of the folders that it is given.
    """

    def make(function: Command) -> click.Command:
        def guarded(**values: Any) -> int:
            targets = list(_paths(parameters, values, written=True))
            sources = _paths(parameters, values, written=False)
            keep_apart((file for source in sources for file in _files(source, folders)), targets)
            return function(**values)

        return speaking.Command(
            key, callback=guarded, params=list(parameters), help=say(f"cli.{key}")
        )

    return make


def _paths(
    parameters: Iterable[click.Parameter], values: dict[str, Any], *, written: bool
) -> Iterator[Path]:
    """The paths that were given for what is written, or for what is read."""
    for parameter in parameters:
        if isinstance(parameter.type, click.Path) and isinstance(parameter.type, Target) == written:
            value = values.get(parameter.name or "")
            yield from value if isinstance(value, tuple) else [value] if value else []


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
    properties = {"type": FILE, **properties}
    return click.Argument([name], nargs=count, required=required, metavar=metavar, **properties)


def option(*names: str, help_key: str, **properties: Any) -> click.Option:
    """An option with its help from the wording files, and what its value is called there."""
    result = speaking.Option(list(names), help=say(f"cli.{help_key}"), **properties)
    if not result.is_flag and not isinstance(result.type, click.Choice):
        result.metavar = next(
            say(key) for key in (f"metavar.{help_key}", f"metavar.{result.type.name}") if has(key)
        )
    return result


def output(help_key: str, *, required: bool = True) -> click.Option:
    """-o, the file to write."""
    return option("-o", "--output", help_key=help_key, type=TARGET, required=required)
