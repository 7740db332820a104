"""What every command is made of: consoles, progress, arguments and options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from xlperf.consoles import safe_console
from xlperf.errors import Refusal
from xlperf.wording import say

CLEAN, FOUND = 0, 1
FILE = click.Path(path_type=Path)
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
