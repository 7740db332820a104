"""The words of `columns.toml` and `labels.toml`, and texts made comparable with them."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from xlperf.documents.words import plain

LONGEST_LABEL = 8
LONGEST_BARE_TITLE = 24  # no title or label is longer, without its brackets


@cache
def _file(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def entry(section: str, key: str) -> Any:
    """One entry of `labels.toml` as it stands there: a list, a text or a table."""
    return _file("labels")[section][key]


NUMBERING = re.compile(entry("patterns", "numbering"))
POINTS_IN_TITLE = re.compile(entry("patterns", "points"))
BRACKETED_REMARK = re.compile(entry("patterns", "brackets"))
MONTHS_AT_FRONT = re.compile(entry("patterns", "months"))
YEAR_BEFORE = re.compile(entry("patterns", "year_before"))
FIRST_OF: str = entry("patterns", "first_of")
INDICATOR_WORD: str = entry("patterns", "indicator")
LEVEL_ENDS: tuple[str, ...] = (INDICATOR_WORD, entry("patterns", "goal"))
RATE: str = entry("patterns", "rate")
ANNUAL = re.compile(entry("patterns", "annual"))
WHOLE_TITLE = re.compile(entry("patterns", "whole"))
IN_ALL = re.compile(entry("patterns", "in_all"))
INDICATOR_TITLE = re.compile(entry("patterns", "indicators"))
GOAL_TITLES = {key: re.compile(entry("patterns", key)) for key in ("goals", "goals_mid_term")}


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A title or label without blanks, brackets, numbering, stars, points and colon."""
    title = plain(text).strip("*#☆★·•")
    without = BRACKETED_REMARK.sub("", title)
    within = NUMBERING.sub("", without, count=1) if NUMBERING.match(without) else without
    within = YEAR_BEFORE.sub("", within, count=1) if YEAR_BEFORE.match(within) else within
    return POINTS_IN_TITLE.sub(
        "", within.strip("*:;、,.").removeprefix(FIRST_OF).removeprefix(FIRST_OF[:-1])
    ).strip(":")


@cache
def _index(file: str, section: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """Each title to what it may mean, with its rank among the titles of that meaning."""
    result: dict[str, list[tuple[str, int]]] = {}
    for key, ways in _file(file)[section].items():
        for rank, way in enumerate(ways):
            meanings = result.setdefault(bare(way), [])
            if key not in [other for other, _ in meanings]:
                meanings.append((key, rank))
    return {way: tuple(keys) for way, keys in result.items()}


def column_meanings(section: str, text: str) -> tuple[tuple[str, int], ...]:
    """What a title may mean in a section of `columns.toml`: keys, each with its rank from 0."""
    listed = _index("columns", section).get(bare(text), ()) if text else ()
    if not listed and section == "project" and _goals_meant(text) == "goals":
        return (("goals", len(_file("columns")["project"]["goals"])),)
    return listed or _composed(section, bare(text))


@cache
def _composed_titles(section: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """What titles of a section may mean by their words: key, rank after those listed, pattern."""
    listed, patterns = _file("columns")[section], _file("columns")["composed"].get(section, {})
    return tuple((key, len(listed[key]), re.compile(way)) for key, way in patterns.items())


def _composed(section: str, title: str) -> tuple[tuple[str, int], ...]:
    """What a title that is not listed means by the words that it is put together of."""
    if not 3 < len(title) <= LONGEST_BARE_TITLE:
        return ()
    ways = _composed_titles(section)
    return tuple((key, rank) for key, rank, pattern in ways if pattern.fullmatch(title))


def label_meaning(section: str, text: str) -> str:
    """The key of a section of `labels.toml` that a label is a way of writing, or nothing."""
    meanings = _index("labels", section).get(bare(text), ()) if text else ()
    if not meanings and section == "goals":
        return _goals_meant(text)
    if not meanings and section == "funds" and ANNUAL.fullmatch(bare(text)):
        return "annual"
    if not meanings and section == "funds" and WHOLE_TITLE.fullmatch(bare(text)):
        return "whole"
    if not meanings and section == "funds" and IN_ALL.fullmatch(bare(text)):
        return "total"
    if not meanings and section == "group" and INDICATOR_TITLE.fullmatch(bare(text)):
        return "indicators"
    return meanings[0][0] if meanings else ""


def _goals_meant(text: str) -> str:
    """The goals that a title speaks of by its words, in whatever order they are put together."""
    title = bare(text) if len(text) <= LONGEST_BARE_TITLE * 2 else ""
    return next((key for key, pattern in GOAL_TITLES.items() if pattern.fullmatch(title)), "")


def words_of(section: str, key: str) -> tuple[str, ...]:
    """The words of one key of `labels.toml`."""
    return tuple(_file("labels")[section][key])


def period_words() -> dict[str, tuple[str, ...]]:
    """The words for each period, as `columns.toml` lists them."""
    return {key: tuple(ways) for key, ways in _file("columns")["period"].items()}


def level_depth(text: str) -> int:
    """Whether a text is the word for a first or a second level of indicators (1, 2; else 0).

    What is both, as cost is, counts as a first level only with nothing else to go by: 1.
    """
    return min(known_levels(text), default=0)


@lru_cache(maxsize=4096)
def known_levels(text: str) -> frozenset[int]:
    """The levels of indicators (1, 2) that a text is the word for; both of some."""
    short = _short_level(bare(text))
    keys = ("first", "second")
    return frozenset(n for n, key in enumerate(keys, 1) if short in words_of("levels", key))


def is_level(text: str, depth: int) -> bool:
    """Whether a text can stand in the column of a level: a known word, or one that says so."""
    core = bare(text)
    if not core or len(core) > LONGEST_BARE_TITLE:
        return False
    level_words = words_of("levels", ("first", "second")[depth - 1])
    return _short_level(core) in level_words or core.endswith(INDICATOR_WORD)


def _short_level(core: str) -> str:
    """A level without the word for indicator, or for goal, at its end."""
    return next((core.removesuffix(w) for w in LEVEL_ENDS if core.endswith(w)), core)


def month_reported(text: str) -> int:
    """The last month that a title reports of, 7 where it is the months 1 to 7; 0 if of none."""
    match = MONTHS_AT_FRONT.match(plain(text))
    return int(match["last"]) if match and 1 <= int(match["last"]) <= 12 else 0


LABEL_SECTIONS = (
    "text",
    "unit",
    "code",
    "year",
    "span",
    "goals",
    "funds",
    "group",
    "department",
    "later",
)


def is_label(text: str) -> bool:
    """Whether a text is a label of a form or the title of a column, and so never a value."""
    if len(plain(text)) > LONGEST_BARE_TITLE * 2:
        return False
    titles = ("indicator", "stage", "project")
    return any(label_meaning(section, text) for section in LABEL_SECTIONS) or any(
        column_meanings(title, text) for title in titles if len(bare(text)) > 1
    )


def like_label(text: str) -> bool:
    """Whether a short text ends as labels do, so that it is not taken for a value."""
    core = bare(text)
    return 2 < len(core) <= LONGEST_LABEL and core.endswith(words_of("signs", "label_end"))
