"""Automatic numbering as text: the number Word prints before a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from xlperf.documents.blocks.list_formats import NOTHING, written
from xlperf.documents.word.parts import is_on, number, value

DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written and when it begins anew."""

    style: str
    pattern: str
    start: int = 0
    gap: str = " "
    restart: int | None = None
    digits: bool = False  # write the levels above in digits too
    paragraphs: str = ""  # the paragraph style that stands on this level

    @classmethod
    def of(cls, level: Element) -> Level:
        """A level as the numbering part defines it."""
        restart = level.find("lvlRestart")
        return cls(
            style=_style(level),
            pattern=value(level.find("lvlText")),
            start=number(level.find("start")),
            gap="" if value(level.find("suff")) == "nothing" else " ",
            restart=None if restart is None else number(restart),
            digits=is_on(level.find("isLgl")),
            paragraphs=value(level.find("pStyle")),
        )


def _style(level: Element) -> str:
    found = level.find("numFmt")
    for alternatives in level.iter("mc-AlternateContent") if found is None else ():
        ways = [way.find("numFmt") for way in alternatives]
        found = next((way for way in ways if way is not None and value(way) != "custom"), None)
    return value(found, "decimal")


@dataclass(frozen=True, slots=True)
class List:
    """A list: which definition it counts in, and what it changes of it."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of a document in the order they are printed."""

    def __init__(self, definitions: Element | None, styles: Element | None) -> None:
        self.styles = {} if styles is None else _styles(styles)
        self.usual = next((key for key, one in self.styles.items() if _is_usual(one)), "")
        self.lists = {} if definitions is None else _lists(definitions, self.styles)
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """The number of the next paragraph with what sets it off; nothing where it has none."""
        name, depth = self.place(paragraph)
        found = self.lists.get(name)
        if found is None or depth not in found.levels:
            return ""
        counts = self.count(name, found, depth)
        level = found.levels[depth]
        if level.style in NOTHING:
            return ""

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            above = found.levels.get(at, level)
            style = "decimal" if level.digits else above.style
            return written(counts.get(at, above.start), style)

        text = re.sub("%([1-9])", shown, level.pattern)
        return text + level.gap if text else ""

    def count(self, name: str, found: List, depth: int) -> dict[int, int]:
        """Count on; levels below begin anew."""
        counts = self.counts.setdefault(found.definition, {})
        if depth in found.starts and (name, depth) not in self.begun:
            counts[depth] = found.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = found.levels[depth].start
        self.begun.add((name, depth))
        for below in [count for count in counts if count > depth]:
            again = found.levels[below].restart if below in found.levels else None
            if again is None or depth < again:
                del counts[below]
        return counts

    def place(self, paragraph: Element) -> tuple[str, int]:
        """The list a paragraph stands in, and how deep."""
        name = value(paragraph.find("pPr/pStyle"), self.usual)
        chain = list(self.chain(name))
        marks = [paragraph.find("pPr/numPr"), *(one.find("pPr/numPr") for one in chain)]
        seen = [mark for mark in marks if mark is not None]
        lists = [value(mark.find("numId")) for mark in seen if mark.find("numId") is not None]
        depths = [mark.find("ilvl") for mark in seen if mark.find("ilvl") is not None]
        if not lists:
            return "", 0
        if depths:
            return lists[0], max(0, min(number(depths[0]), DEEPEST))
        levels = self.lists[lists[0]].levels if lists[0] in self.lists else {}
        names = [name, *(one.get("styleId", "") for one in chain)]
        own = (
            at
            for name in names
            for at, level in levels.items()
            if name and level.paragraphs == name
        )
        return lists[0], next(own, 0)

    def chain(self, name: str) -> Iterator[Element]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            yield self.styles[name]
            name = value(self.styles[name].find("basedOn"))


def _styles(styles: Element) -> dict[str, Element]:
    return {one.get("styleId", ""): one for one in styles.iter("style")}


def _is_usual(style: Element) -> bool:
    return style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on")


def _lists(definitions: Element, styles: dict[str, Element]) -> dict[str, List]:
    abstract = {one.get("abstractNumId", ""): one for one in definitions.iter("abstractNum")}
    lists = {one.get("numId", ""): one for one in definitions.iter("num")}
    result = {}
    for name, one in lists.items():
        own = value(one.find("abstractNumId"))
        definition = _linked(own, abstract, lists, styles)
        if definition not in abstract:
            continue
        levels = {number_of(item): Level.of(item) for item in abstract[definition].iter("lvl")}
        starts = {}
        for change in one.iter("lvlOverride"):
            levels |= {number_of(item): Level.of(item) for item in change.iter("lvl")}
            if change.find("startOverride") is not None:
                starts[number_of(change)] = number(change.find("startOverride"))
        result[name] = List(definition, levels, starts)
    return result


def number_of(level: Element) -> int:
    """Which level an element is for."""
    text = level.get("ilvl", "0")
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def _linked(
    name: str, abstract: dict[str, Element], lists: dict[str, Element], styles: dict[str, Element]
) -> str:
    """The definition itself, or the one that a style of lists stands for."""
    style = styles.get(value(abstract[name].find("numStyleLink"))) if name in abstract else None
    mark = None if style is None else style.find("pPr/numPr/numId")
    other = lists.get(value(mark)) if mark is not None else None
    return name if other is None else value(other.find("abstractNumId"), name)
