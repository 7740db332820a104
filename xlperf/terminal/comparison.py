"""Two versions on the terminal: every change with its words, and what has to be renewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from xlperf.characters.control import visible
from xlperf.comparison import ChangeKind
from xlperf.comparison.marked_words import DiffPiece, DiffSide
from xlperf.jobs.comparing import ComparisonResult, sentence
from xlperf.reports.changes.comparison_view import (
    ChangeGroup,
    ChangeView,
    Comparison,
    groups_of,
    in_short,
    kind_word,
    reasons,
    signed,
)
from xlperf.rules.message_facts import money
from xlperf.wording import say

if TYPE_CHECKING:
    from xlperf.jobs.renewing import RenewalResult

CHANGE_COLOURS = {
    ChangeKind.ADDED: "green",
    ChangeKind.REMOVED: "red",
    ChangeKind.CHANGED: "cyan",
    ChangeKind.MOVED: "yellow",
    ChangeKind.RENAMED: "cyan",
}
UNCHANGED_CONTEXT = 24  # signs of a long unchanged piece that are kept beside a change


def print_comparison(result: ComparisonResult, console: Console) -> None:
    """Everything that changed, the department's part first; that nothing did, where it is so."""
    for line in lines(result):
        console.print(line)


def print_written(result: ComparisonResult, target: object, console: Console) -> None:
    """How much changed, and the file that it was written to."""
    console.print(next(lines(result)))
    console.print(Text(say("show.written", file=target), "green"))


def lines(result: ComparisonResult) -> Iterator[Text]:
    """The comparison line by line."""
    compared = result.compared
    yield Text(sentence(result), "bold" if compared.changes else "green")
    yield from (Text(visible(note), "yellow") for note in result.notes)
    yield from _money(compared)
    for group in groups_of(compared):
        yield Text("")
        yield _title(group)
        for view in group.changes:
            yield from _change(view)


def _money(compared: Comparison) -> Iterator[Text]:
    sums = compared.money.sums["budget"]
    if not sums.difference and all(not unit.budget.difference for unit in compared.money.units):
        return
    yield Text(say("compare.money"), "bold")
    for unit in compared.money.units:
        if unit.budget.difference:
            name = say("compare.unit", name=unit.name, code=unit.code) if unit.code else ""
            yield Text(f"  {visible(name) or say('compare.no_unit')}  {_moved(unit.budget)}")
            yield Text("    " + say("compare.reasons", reasons=reasons(unit)), "dim")
    yield Text(f"  {say('compare.total')}  {_moved(sums)}", "bold")


def _moved(sums: object) -> str:
    before, after, difference = (getattr(sums, key) for key in ("before", "after", "difference"))
    return say(
        "compare.yuan_change",
        before=money(before),
        after=money(after),
        difference=signed(difference),
    )


def _title(group: ChangeGroup) -> Text:
    title = Text(visible(group.title), "bold underline")
    if group.kind is not ChangeKind.CHANGED:
        title.append(f"  {kind_word(group.kind)}", CHANGE_COLOURS[group.kind])
    return title


def _change(view: ChangeView) -> Iterator[Text]:
    head = Text("  ")
    head.append(view.kind, CHANGE_COLOURS[view.change.kind])
    head.append(f"  {visible(view.label)}")
    if view.difference is not None:
        head.append(f"  {signed(view.difference)}", "bold")
    if place := view.where or view.where_before:
        head.append(f"  {visible(str(place))}", "dim")
    yield head
    old, new = view.sides
    if view.change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        value = view.change.before if view.change.after is None else view.change.after
        key = "after" if view.change.before is None else "before"
        yield _side(
            say(f"compare.{key}"), [DiffPiece(in_short(value, view.change.field), False)], ""
        )
        return
    if view.change.before is not None:
        yield _side(say("compare.before"), old, "bold red")
    if view.change.after is not None:
        yield _side(say("compare.after"), new, "bold green")


def _side(label: str, side: DiffSide, colour: str) -> Text:
    line = Text(f"    {label}", "dim")
    if not side:
        line.append(say("compare.nothing"), "dim")
    for number, piece in enumerate(side):
        text = piece.text.replace("\n", "\u21b5")
        if piece.same:
            line.append(_cut(text, first=number == 0, last=number == len(side) - 1), "not dim")
        else:
            line.append(visible(text), colour if len(side) > 1 else "not dim")
    return line


def _cut(text: str, *, first: bool, last: bool) -> str:
    """A piece that did not change, its middle left out where it is long."""
    if len(text) <= 2 * UNCHANGED_CONTEXT:
        return visible(text)
    head = "" if first else text[:UNCHANGED_CONTEXT]
    tail = "" if last else text[-UNCHANGED_CONTEXT:]
    return visible(f"{head}…{tail}")


def print_renewed(
    result: RenewalResult, year: int, target: object, console: Console, remarks: Console
) -> None:
    """What next year's workbook holds, and how much in it has to be renewed."""
    for remark in result.remarks:
        remarks.print(Text(visible(remark), "yellow"))
    projects = len(result.reading.record.get("projects", ()))
    facts = {"year": year, "projects": projects, "points": len(result.lines)}
    console.print(Text(say("renewal.done", **facts), "bold"))
    numbers = Counter(point.reason for line in result.lines for point in line.points)
    counts = (
        say("renewal.count", what=say(f"renewal.count_{reason}"), n=n)
        for reason, n in numbers.items()
    )
    if numbers:
        console.print(say("renewal.counts", counts=say("renewal.comma").join(counts)))
    console.print(Text(say("show.written", file=target), "green"))
