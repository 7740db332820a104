"""What a repair mended, and what it could not, for people at a terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from xlperf.jobs.repairing import RepairResult, grouped_damages
from xlperf.wording import say


def print_repaired(
    repaired: RepairResult, target: Path, console: Console, remarks: Console
) -> None:
    """What was damaged and mended, each with its place; what could not be mended."""
    for damage, cells, details in grouped_damages(repaired.damages):
        sign = "note" if damage.is_note else "mended" if damage.is_mended else "open"
        colour = {"note": "cyan", "mended": "green", "open": "red"}[sign]
        place = f"{damage.sheet}!{cells}" if cells else damage.sheet
        words = say(f"repair.kind.{damage.kind}", detail=details)
        line = Text.assemble((say(f"repair.{sign}"), colour), "  ", (place, "bold"), "  ", words)
        (console if damage.is_mended else remarks).print(line)
    number = sum(damage.is_mended and not damage.is_note for damage in repaired.damages)
    open_ones = len(repaired.unmended)
    key = "nothing" if not number + open_ones else "left" if open_ones else "all"
    console.print(Text(say(f"repair.sum_{key}", n=number, open=open_ones), "bold"))
    console.print(Text(say("show.written", file=target), "green"))
