"""Automatic numbering as text: the number Word prints before a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from xlperf.documents.blocks.list_formats import FORMATS_WITHOUT_NUMBER, number_text
from xlperf.documents.word.parts import is_on, number, value

DEEPEST_LIST_LEVEL = 8


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how its number is written (`pattern`: %1.%2) and when it begins anew."""

    style: str
    pattern: str
    start: int = 0
    gap: str = " "
    restart: int | None = None
    digits: bool = False  # write the levels above in digits too
    paragraphs: str = ""  # the paragraph style that stands on this level

    @classmethod
    def of(cls, level: Element) -> ListLevel:
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
    number_format = level.find("numFmt")
    for alternatives in level.iter("mc-AlternateContent") if number_format is None else ():
        ways = [way.find("numFmt") for way in alternatives]
        number_format = next(
            (way for way in ways if way is not None and value(way) != "custom"), None
        )
    return value(number_format, "decimal")


@dataclass(frozen=True, slots=True)
class List:
    """A list (`num`): its definition, and the levels and first numbers that hold for it."""

    definition: str
    levels: dict[int, ListLevel]
    starts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of a document in the order they are printed."""

    def __init__(self, definitions: Element | None, styles: Element | None) -> None:
        self.styles = {} if styles is None else _styles(styles)
        self.usual = next((key for key, style in self.styles.items() if _is_usual(style)), "")
        self.lists = {} if definitions is None else _lists(definitions, self.styles)
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """The number printed before the next paragraph, with its blank; "" where it has none."""
        name, depth = self.place(paragraph)
        numbered_list = self.lists.get(name)
        if numbered_list is None or depth not in numbered_list.levels:
            return ""
        counts = self.count(name, numbered_list, depth)
        level = numbered_list.levels[depth]
        if level.style in FORMATS_WITHOUT_NUMBER:
            return ""

        def level_number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            above = numbered_list.levels.get(at, level)
            style = "decimal" if level.digits else above.style
            return number_text(counts.get(at, above.start), style)

        text = re.sub("%([1-9])", level_number, level.pattern)
        return text + level.gap if text else ""

    def count(self, name: str, numbered_list: List, depth: int) -> dict[int, int]:
        """Count one more paragraph of a list at a depth (from 0); deeper levels begin anew.

        Returns the number that each depth of the list's definition stands at.
        """
        counts = self.counts.setdefault(numbered_list.definition, {})
        if depth in numbered_list.starts and (name, depth) not in self.begun:
            counts[depth] = numbered_list.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = numbered_list.levels[depth].start
        self.begun.add((name, depth))
        for below in [count for count in counts if count > depth]:
            again = numbered_list.levels[below].restart if below in numbered_list.levels else None
            if again is None or depth < again:
                del counts[below]
        return counts

    def place(self, paragraph: Element) -> tuple[str, int]:
        """The list (`numId`) that a paragraph stands in, "" for none, and how deep, from 0."""
        name = value(paragraph.find("pPr/pStyle"), self.usual)
        chain = list(self.chain(name))
        marks = [paragraph.find("pPr/numPr"), *(style.find("pPr/numPr") for style in chain)]
        present = [mark for mark in marks if mark is not None]
        lists = [value(mark.find("numId")) for mark in present if mark.find("numId") is not None]
        depths = [mark.find("ilvl") for mark in present if mark.find("ilvl") is not None]
        if not lists:
            return "", 0
        if depths:
            return lists[0], max(0, min(number(depths[0]), DEEPEST_LIST_LEVEL))
        levels = self.lists[lists[0]].levels if lists[0] in self.lists else {}
        names = [name, *(style.get("styleId", "") for style in chain)]
        linked_depths = (
            at
            for name in names
            for at, level in levels.items()
            if name and level.paragraphs == name
        )
        return lists[0], next(linked_depths, 0)

    def chain(self, name: str) -> Iterator[Element]:
        """A style and those it is based on."""
        names: set[str] = set()
        while name in self.styles and name not in names:
            names.add(name)
            yield self.styles[name]
            name = value(self.styles[name].find("basedOn"))


def _styles(styles: Element) -> dict[str, Element]:
    return {style.get("styleId", ""): style for style in styles.iter("style")}


def _is_usual(style: Element) -> bool:
    return style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on")


def _lists(definitions: Element, styles: dict[str, Element]) -> dict[str, List]:
    abstract = {
        element.get("abstractNumId", ""): element for element in definitions.iter("abstractNum")
    }
    lists = {element.get("numId", ""): element for element in definitions.iter("num")}
    result = {}
    for name, element in lists.items():
        abstract_id = value(element.find("abstractNumId"))
        definition = _linked(abstract_id, abstract, lists, styles)
        if definition not in abstract:
            continue
        levels = {number_of(item): ListLevel.of(item) for item in abstract[definition].iter("lvl")}
        starts = {}
        for change in element.iter("lvlOverride"):
            levels |= {number_of(item): ListLevel.of(item) for item in change.iter("lvl")}
            if change.find("startOverride") is not None:
                starts[number_of(change)] = number(change.find("startOverride"))
        result[name] = List(definition, levels, starts)
    return result


def number_of(level: Element) -> int:
    """The level (`ilvl`, from 0) that an element is about; 0 where it names none."""
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
