"""A stage that was begun, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from xlperf.characters.control import visible
from xlperf.jobs.beginning import Begun
from xlperf.wording import say


def print_begun(
    begun: Begun, kind: str, target: object, console: Console, remarks: Console
) -> None:
    """How many sheets and indicators were added, and what found no room."""
    for remark in begun.remarks:
        remarks.print(Text(visible(remark), "yellow"))
    facts = {"stage": say(f"stages.{kind}"), "sheets": len(begun.titles)}
    key = "begun_more" if begun.indicators else "begun"
    console.print(Text(say(f"stages.{key}", **facts, indicators=begun.indicators), "bold"))
    for title, count in begun.full:
        remarks.print(Text(say("stages.full", sheet=title, count=count), "yellow"))
    console.print(Text(say("show.written", file=target), "green"))
