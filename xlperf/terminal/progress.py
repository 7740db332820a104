"""A bar on standard error while many files are worked on."""

from __future__ import annotations

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from xlperf.terminal.consoles import safe_console
from xlperf.wording import say

LOWEST_RATE_SHOWN = 0.01  # files a second below which no rate is told


class FileRateColumn(ProgressColumn):
    """How many files are done in a second."""

    def render(self, task: Task) -> Text:
        """The rate, blank until there is one."""
        speed = task.finished_speed or task.speed or 0.0
        return Text(say("cli.rate", rate=f"{speed:.1f}") if speed > LOWEST_RATE_SHOWN else "")


def progress() -> Progress:
    """A bar with rate and time that remains, shown on a terminal only, gone when done."""
    remarks = safe_console(stderr=True, soft_wrap=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        FileRateColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=remarks, transient=True, disable=not remarks.is_terminal)
