"""What every command is made of: consoles, progress, arguments and options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from xlperf.cli import speaking
from xlperf.errors import Refusal
from xlperf.wording import has, say

CLEAN, FOUND = 0, 1
FILE = click.Path(path_type=Path)
WIDE = 1000  # columns of an output that is no terminal: nothing is cut

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


def command(key: str, *parameters: click.Parameter) -> Callable[[Command], click.Command]:
    """A command whose help stands in the wording files under `cli.KEY`."""

    def make(function: Command) -> click.Command:
        return speaking.Command(
            key, callback=function, params=list(parameters), help=say(f"cli.{key}")
        )

    return make


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
    made = speaking.Option(list(names), help=say(f"cli.{help_key}"), **properties)
    if not made.is_flag and not isinstance(made.type, click.Choice):
        made.metavar = next(
            say(key) for key in (f"metavar.{help_key}", f"metavar.{made.type.name}") if has(key)
        )
    return made


def output(help_key: str, *, required: bool = True) -> click.Option:
    """-o, the file to write."""
    return option("-o", "--output", help_key=help_key, type=FILE, required=required)


def not_the_same(source: Path, target: Path) -> None:
    """A command never writes over what it reads."""
    if source.exists() and target.exists() and source.samefile(target):
        raise Refusal("same_file", file=target)
