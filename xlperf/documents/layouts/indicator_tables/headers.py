"""Headers of tables of indicators: which column is what, told by its title wherever it stands.

A header is one row or two; it may have columns for two periods, and columns for projects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlperf.documents.layouts.indicator_tables.slots import Slot, Slots, at_column, nonblank, same
from xlperf.documents.layouts.titles import (
    RATE,
    bare,
    column_meanings,
    label_meaning,
    level_depth,
    month_reported,
    period_words,
    words_of,
)

HEADER_SECTIONS = ("indicator", "stage", "project", "aside")
CORE = ("level1", "level2", "name", "target")
FEWEST_KNOWN_COLUMNS = 3  # how many columns a header must have that are known


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its section and key in `columns.toml` (none if unknown), its period, its title."""

    section: str
    key: str
    slot: Slot
    period: str = ""

    @property
    def title(self) -> str:
        """Its title on one line."""
        return "".join(self.slot.text.split())


@dataclass(frozen=True)
class Header:
    """The header of a table of indicators: its columns, how many rows it takes, all its cells."""

    columns: tuple[TableColumn, ...]
    depth: int
    cells: tuple[Slot, ...]

    @property
    def unknown(self) -> list[TableColumn]:
        """The columns whose titles are not known."""
        return [column for column in self.columns if not column.key]

    @property
    def periods(self) -> list[str]:
        """The periods that have columns of their own, in the order of the print; or one of none."""
        periods = dict.fromkeys(column.period for column in self.columns if column.period)
        return list(periods) or [""]

    def for_period(self, period: str) -> Header:
        """The header of a table that is of one period, as the title of its section says."""
        if not period or self.periods != [""]:
            return self
        of_period = (
            replace(c, period=period) if (c.section, c.key) == ("indicator", "target") else c
            for c in self.columns
        )
        return replace(self, columns=tuple(of_period))

    def keys(self, section: str) -> set[str]:
        """The keys of a section that have a column."""
        return {column.key for column in self.columns if column.section == section}

    def of(self, section: str, key: str, period: str = "") -> TableColumn | None:
        """The column of a key that holds for a period, or for all of them; None if none does."""
        fits = (c for c in self.columns if (c.section, c.key) == (section, key))
        return next((c for c in fits if c.period in ("", period)), None)


def header_at(lines: Sequence[Slots], row: int) -> Header | None:
    """The header that begins at a row, one or two rows deep; None if none does."""
    upper = nonblank(lines[row])
    if len(upper) < 2:
        return None
    lower = _second_row(lines, row)
    leaves = leaves_under(upper, lower)
    if not _is_header(upper) and not (lower and _parts_titles(upper, leaves)):
        return None
    columns = _by_period(assigned(leaves), lines, row)
    return Header(tuple(columns), 2 if lower else 1, (*upper, *lower))


def _is_header(upper: Sequence[Slot]) -> bool:
    """Whether titles are those of a table of indicators; they are short, and no levels."""
    keys = {key for slot in upper for key, _ in column_meanings("indicator", slot.text)}
    titles = [slot for slot in upper if any(column_meanings(s, slot.text) for s in HEADER_SECTIONS)]
    telling = {"level1", "level2"} & keys or {"name", "target"} <= keys
    levels = sum(level_depth(slot.text) > 0 for slot in upper)
    return bool(telling) and len(titles) >= min(FEWEST_KNOWN_COLUMNS, len(upper)) and levels < 2


def _parts_titles(upper: Sequence[Slot], leaves: Sequence[tuple[Slot, Slot | None]]) -> bool:
    """Whether a header is one by its second row: its first has known titles, some of them wide."""
    are_known = (
        bool(label_meaning("group", slot.text))
        or any(column_meanings(section, slot.text) for section in HEADER_SECTIONS)
        for slot in upper
    )
    return all(are_known) and _is_header([slot for slot, _ in leaves])


def _second_row(lines: Sequence[Slots], row: int) -> list[Slot]:
    """The titles of a second row of the header: they part wide titles of the first."""
    following = lines[row + 1] if row + 1 < len(lines) else ()
    fresh = []
    for slot in nonblank(following):
        over = at_column(lines[row], slot.start)
        if over is None or over.blank:
            parts = over is not None and _wide_to_the_left(lines[row], slot)
        elif same(over.text, slot.text):
            continue
        else:
            parts = slot.end - slot.start < over.end - over.start or _goes_on(lines[row], over)
        if not parts:
            return []
        fresh.append(slot)
    titled = [
        s for s in fresh if any(column_meanings(section, s.text) for section in HEADER_SECTIONS)
    ]
    return fresh if len(fresh) > 1 and titled else []


def _wide_to_the_left(upper: Slots, slot: Slot) -> bool:
    """Whether a blank title goes on with one to its left, as in tables whose cells lost merging."""
    before = [item for item in upper if item.end <= slot.start and not item.blank]
    return bool(before)


def _goes_on(upper: Slots, over: Slot) -> bool:
    """Whether the title to the right of one is blank, so that it may have been as wide."""
    after = at_column(upper, over.end)
    return after is not None and after.blank


def leaves_under(upper: Sequence[Slot], lower: Sequence[Slot]) -> list[tuple[Slot, Slot | None]]:
    """The titles of the columns, each with the wider title over it, if there is one."""
    parted = [over for over in upper if any(item.within(over) for item in lower)]
    leaves: list[tuple[Slot, Slot | None]] = [(s, None) for s in upper if s not in parted]
    for slot in lower:
        over = next((item for item in parted if slot.within(item)), None)
        before = [item for item in upper if item.start <= slot.start]
        leaves.append((slot, over or (before[-1] if before else None)))
    return sorted(leaves, key=lambda pair: pair[0].start)


def period_of(text: str) -> str:
    """The period that a title speaks of, in brackets or at its beginning."""
    title = "".join(text.split())
    for period, ways in period_words().items():
        if any(title.startswith(way) or f"({way}" in title or f"（{way}" in title for way in ways):
            return period
    return ""


def _core(text: str) -> str:
    """A title without the word for its period at its beginning."""
    title = bare(text)
    ways = [way for word in period_words().values() for way in word]
    return next((title.removeprefix(way) for way in ways if title.startswith(way)), title)


def _meanings(slot: Slot, over: Slot | None) -> list[tuple[str, str, int]]:
    """What a title may mean: section, key and rank, the likeliest first."""
    if month_reported(slot.text) and RATE not in slot.text:
        return [("stage", "completed", 0)]
    result = []
    if over is not None and bare(slot.text) in words_of("signs", "sums"):
        if label_meaning("group", over.text) == "funds":
            return [("project", "budget", 0)]
        return [("project", *item) for item in column_meanings("project", over.text)]
    for text in dict.fromkeys((slot.text, _core(slot.text))):
        for section in HEADER_SECTIONS:
            for key, rank in column_meanings(section, text):
                result.append((section, key, rank))
        if result:
            break
    causes = over is not None and any(k == "reason" for k, _ in column_meanings("stage", over.text))
    if not causes:
        result = [item for item in result if not item[1].startswith("causes/")]
    return result


def assigned(leaves: Sequence[tuple[Slot, Slot | None]]) -> list[TableColumn]:
    """Each title as the column that it means; of several for one meaning, the best."""
    of_projects = _project_columns(leaves)
    wishes = [
        (rank, at, section, key)
        for at, (slot, over) in enumerate(leaves)
        for section, key, rank in _meanings(slot, over)
        if (section == "project") <= (at in of_projects)
        and ((section, key) == ("aside", "number") or section == "project") >= (at in of_projects)
    ]
    meanings: dict[int, tuple[str, str]] = {}
    takers: dict[tuple[str, str, str], int] = {}
    twice = _repeated(leaves)
    for _, at, section, key in sorted(wishes, key=lambda wish: (wish[0], wish[1])):
        slot, over = leaves[at]
        period = period_of(slot.text) or (over and period_of(over.text)) or ""
        alone = section == "aside" or bare(slot.text) in twice
        side = str(at) if alone else (period if section != "project" else "")
        free = (section, key, side) not in takers
        if at not in meanings and free:
            meanings[at] = (section, key)
            takers[section, key, side] = at
    return [
        TableColumn(*_or_group(meanings, at, leaves), slot, period_of(slot.text) or _above(over))
        for at, (slot, over) in enumerate(leaves)
    ]


def _project_columns(leaves: Sequence[tuple[Slot, Slot | None]]) -> set[int]:
    """The columns of projects: those before the first of indicators, where one names projects."""
    indicators = {"level1", "level2", "target"}
    first = next(
        (
            at
            for at, (slot, _) in enumerate(leaves)
            if indicators & {key for key, _ in column_meanings("indicator", slot.text)}
        ),
        len(leaves),
    )
    before = range(first)
    has_name = any(
        key == "name" for at in before for key, _ in column_meanings("project", leaves[at][0].text)
    )
    return set(before) if has_name else set()


def _above(over: Slot | None) -> str:
    return period_of(over.text) if over else ""


def _or_group(
    meanings: dict[int, tuple[str, str]], at: int, leaves: Sequence[tuple[Slot, Slot | None]]
) -> tuple[str, str]:
    """The meaning of a title; one at the left that only names the table has a section of none."""
    slot = leaves[at][0]
    group = label_meaning("group", slot.text)
    first = at == 0 and bool(group)
    name_only = meanings.get(at) == ("indicator", "name") and first and len(leaves) > 1
    if name_only and any(pair == ("indicator", "level2") for pair in meanings.values()):
        has_first = any(pair == ("indicator", "level1") for pair in meanings.values())
        has_name = any(k == ("indicator", "name") and a != at for a, k in meanings.items())
        if has_first or has_name:
            return ("group", "indicators") if has_first else ("indicator", "level1")
    if at in meanings:
        return meanings[at]
    levels = {key for section, key in meanings.values() if section == "indicator"}
    if first and "level1" not in levels and "level2" in levels:
        return ("indicator", "level1")
    return ("group", group) if group else ("", "")


def _repeated(leaves: Sequence[tuple[Slot, Slot | None]]) -> set[str]:
    """The titles that stand twice: once for each of two periods."""
    titles = [bare(slot.text) for slot, _ in leaves]
    return {title for title in titles if titles.count(title) == 2}


def _by_period(columns: list[TableColumn], lines: Sequence[Slots], row: int) -> list[TableColumn]:
    """The columns with their periods: only where a table has columns for two of them."""
    doubled: dict[tuple[str, str], list[TableColumn]] = {}
    for column in columns:
        if column.key and column.section in ("indicator", "stage"):
            doubled.setdefault((column.section, column.key), []).append(column)
    pairs = [item for item in doubled.values() if len(item) == 2]
    if not pairs:
        return [replace(column, period="") for column in columns]
    result: dict[TableColumn, TableColumn] = {}
    for first, second in pairs:
        sides = _sides(first, second, lines, row)
        result |= {first: replace(first, period=sides[0]), second: replace(second, period=sides[1])}
    return [result.get(column, replace(column, period="")) for column in columns]


def _sides(
    first: TableColumn, second: TableColumn, lines: Sequence[Slots], row: int
) -> tuple[str, str]:
    """The periods of two columns with one meaning: by their titles, or by what stands above."""
    periods = (first.period, second.period)
    if all(periods) and periods[0] != periods[1]:
        return periods
    for line in reversed(lines[:row]):
        over = [at_column(line, item.slot.start) for item in (first, second)]
        sides = tuple(period_of(slot.text) if slot else "" for slot in over)
        if all(sides) and sides[0] != sides[1]:
            return (sides[0], sides[1])
    return ("mid-term", "annual")
