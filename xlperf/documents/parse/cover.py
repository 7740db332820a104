"""The cover: the department's name, the year, who compiled the document and who reviewed it."""

from __future__ import annotations

import re
from functools import cache

from xlperf.documents.blocks.source import Piece
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.outline import OutlineLine
from xlperf.documents.words import is_page_number, plain, word, words
from xlperf.paths import RecordPath, get

LONGEST_LINE = 200
SHORTEST_DEPARTMENT_NAME, LONGEST_DEPARTMENT_NAME = 3, 40
YEAR_PATTERNS = ("year_first", "year_within", "year_last")
YEAR_PATH, DEPARTMENT_PATH, REGION_PATH = (
    ("fiscal_year",),
    ("department", "name"),
    ("region", "name"),
)


def read_cover(draft: Draft, lines: list[OutlineLine]) -> None:
    """Read what a cover says; lines it does not know are left over."""
    for line in lines:
        if line.heading and line.heading.paged:
            draft.furniture(line.piece)
        elif len(line.piece.text) <= LONGEST_LINE and not _read(draft, line.piece):
            for match in re.finditer(r"\S+", line.piece.text):
                _read(draft, line.piece.cut(*match.span()))


def read_margin(draft: Draft, piece: Piece) -> None:
    """Read what a page's head or foot says: a page number is furniture, the rest as on a cover."""
    if is_page_number(piece.text):
        draft.furniture(piece)
    elif len(piece.text) <= LONGEST_LINE:
        _read(draft, piece)


def _read(draft: Draft, piece: Piece) -> bool:
    return _people(draft, piece) or _title(draft, piece)


def _people(draft: Draft, piece: Piece) -> bool:
    """A line that says who compiled or reviewed it: the department, or the region's bureau."""
    for pattern, path in ((_compiled(), DEPARTMENT_PATH), (_reviewed(), REGION_PATH)):
        if match := pattern.fullmatch(piece.text):
            name = piece.cut(*match.span(match.lastgroup or 0))
            draft.furniture_around(piece, [name])
            _state(draft, path, name, name.text)
            return True
    return False


def _title(draft: Draft, piece: Piece) -> bool:
    """A line of the department's name, the year and the title of the document, or some of them."""
    match = _titles().fullmatch(piece.text)
    if match is None:
        return False
    name = piece.cut(*match.span("name"))
    if not name.blank and not like_department(name.text):
        return False
    group = next((year for year in YEAR_PATTERNS if match[year]), "")
    year = piece.cut(*match.span(group)) if group else piece.cut(0, 0)
    parts = [item for item in (name, year) if not item.blank]
    draft.furniture_around(piece, sorted(parts, key=lambda part: part.start))
    _state(draft, DEPARTMENT_PATH, name, name.text)
    if group:
        _state(draft, YEAR_PATH, year, _number(year.text))
    return True


def _state(draft: Draft, path: RecordPath, piece: Piece, value: object) -> None:
    """Keep what is stated; said again it is claimed, said otherwise it is left over."""
    recorded = get(draft.record, path)
    if recorded is None:
        draft.keep(path, piece, value)
    elif recorded == value:
        draft.ledger.field(path, piece)


def like_department(name: str) -> bool:
    """Whether a text ends as names of departments do, and is not longer than such names are."""
    ends = words("cover", "department_end")
    return (
        SHORTEST_DEPARTMENT_NAME <= len(name) <= LONGEST_DEPARTMENT_NAME
        and not re.search("[，。：；:,;]", name)
        and name.endswith(ends)
    )


def _number(year: str) -> int:
    signs = word("cover", "digits")
    numerals = {sign: str(max(0, place - 2)) for place, sign in enumerate(signs)}
    return int("".join(numerals.get(sign, sign) for sign in plain(year)))


def _spaced(text: str) -> str:
    """A pattern for a word that may be set with spaces between its signs."""
    return r"\s*".join(map(re.escape, text))


@cache
def _titles() -> re.Pattern[str]:
    year = rf"(?:20\d\d|[{word('cover', 'digits')}]{{4}})"
    titles = "|".join(map(_spaced, sorted(words("cover", "titles"), key=len, reverse=True)))
    first, within, last = (
        rf"(?:[（(]?(?P<{group}>{year})\s*{word('cover', 'year')}[)）]?)?"
        for group in YEAR_PATTERNS
    )
    return re.compile(rf"{first}\s*(?P<name>.*?)\s*{within}\s*(?P<title>{titles})?\s*{last}")


@cache
def _compiled() -> re.Pattern[str]:
    ways = "|".join(map(_spaced, words("cover", "compiled_by")))
    return re.compile(rf"(?:{ways})\s*[:：]\s*(?P<named>\S+)|(?P<name>\S+?)\s*(?:{ways})")


@cache
def _reviewed() -> re.Pattern[str]:
    ways = "|".join(map(_spaced, words("cover", "reviewed_by")))
    return re.compile(rf"(?P<name>\S+?)\s*(?:{ways})")
