"""What a mending did or would do: every place with its value before and after, coloured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from xlperf.characters.control import visible
from xlperf.comparison.sequence_diff import steps
from xlperf.jobs.fix_repair.fix_rounds import FixedValue, FixResult, HeldChange
from xlperf.reading import Spot
from xlperf.wording import say

CHANGE_CONTEXT = 12  # characters kept before and after what differs
SIDES = {"-": ("red", "bold red reverse"), "+": ("green", "bold green reverse")}


def print_fixed(
    fixed: FixResult, target: Path | None, console: Console, remarks: Console, *, diff: bool = False
) -> None:
    """The changes where they are asked for, how many there are, and what was left alone."""
    changes = list(joined(fixed.changes))
    for change in changes if diff else ():
        for line in lines(change):
            console.print(line)
    key = "changed" if target else "would_change"
    console.print(Text(say(f"fixing.{key if changes else 'nothing'}", n=len(changes)), "bold"))
    if target:
        console.print(Text(say("show.written", file=target), "green"))
    for held in fixed.held:
        remarks.print(Text(f"{at(held.change)}  {held.change.code}  {why(held)}", "yellow"))
    if fixed.unsafe:
        remarks.print(Text(say("fixing.unsafe_left", n=len(fixed.unsafe)), "yellow"))
    if not fixed.settled:
        remarks.print(Text(say("fixing.unsettled"), "yellow"))


def joined(changes: Iterable[FixedValue]) -> Iterator[FixedValue]:
    """One change a place: the first value, the last one, and the codes in between."""
    result: dict[Any, FixedValue] = {}
    for change in changes:
        first = result.setdefault(change.path, change)
        if first is not change:
            code = f"{first.code}, {change.code}"
            result[change.path] = replace(first, code=code, after=change.after)
    return iter(result.values())


def at(change: FixedValue) -> str:
    """Where a change is: a cell, a line, a place in a document, or a path into the record."""
    place = change.place
    if place and place.cell:
        return str(place)
    if place and place.line:
        return say("report.line", line=place.line)
    if place and place.at:
        return str(Spot(place.at))
    return "/".join(str(step) for step in change.path)


def why(held: HeldChange) -> str:
    """Why a change was not made."""
    return say(f"fixing.{held.reason}", codes=", ".join(held.codes))


def lines(change: FixedValue) -> Iterator[Text]:
    """A change on three lines: where and by which rule, before, after."""
    yield Text.assemble((at(change), "bold"), f"  {change.code}")
    before, after = _plain(change.before), _plain(change.after)
    pieces = steps(before, after)
    yield _side("-", [(tag == "equal", before[a:b]) for tag, a, b, _, _ in pieces])
    yield _side("+", [(tag == "equal", after[c:d]) for tag, _, _, c, d in pieces])


def _plain(value: Any) -> str:
    return visible("\n".join(map(str, value)) if isinstance(value, list) else str(value))


def _side(sign: str, parts: list[tuple[bool, str]]) -> Text:
    """One line of a change, what differs made to be seen, what is far from it left out."""
    usual, marked = SIDES[sign]
    line = Text(f"  {sign} ", usual)
    for n, (equal, text) in enumerate(parts):
        if equal:
            line.append(_cut(text, first=n == 0, last=n == len(parts) - 1), usual)
        else:
            line.append(re.sub(r"[^\S\n]", "␣", text).replace("\n", "↵"), marked)
    return line


def _cut(text: str, *, first: bool, last: bool) -> str:
    """What is next to a change of a text that did not change."""
    text = text.replace("\n", "↵")
    head, tail = ("" if first else text[:CHANGE_CONTEXT]), ("" if last else text[-CHANGE_CONTEXT:])
    return text if len(text) <= 2 * CHANGE_CONTEXT + 1 else f"{head}…{tail}"
