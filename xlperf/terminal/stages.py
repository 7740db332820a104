"""A stage that was begun, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from xlperf.characters.control import visible
from xlperf.jobs.beginning import BeginResult, sentences
from xlperf.wording import say


def print_begun(
    begun: BeginResult, kind: str, target: object, console: Console, remarks: Console
) -> None:
    """How many sheets and indicators were added, and what found no room."""
    for remark in begun.remarks:
        remarks.print(Text(visible(remark), "yellow"))
    added, *full = sentences(begun, kind)
    console.print(Text(added, "bold"))
    for sentence in full:
        remarks.print(Text(sentence, "yellow"))
    console.print(Text(say("show.written", file=target), "green"))
