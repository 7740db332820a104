"""Tables pasted into plain text: lines with tabs, pipes or commas, or columns lined up by blanks.

A row is a line; where a cell has several lines, Excel puts quotation marks around it when it is
pasted. Signs that part the cells are no text and belong to nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from xlperf.documents.blocks.composing import Prose, SourceItem
from xlperf.documents.blocks.sheet_items import sheet_items
from xlperf.documents.layouts.prose.line_labels import is_section
from xlperf.documents.layouts.titles import column_meanings, label_meaning
from xlperf.documents.words import plain, words
from xlperf.layout import Coord
from xlperf.printed_sheet import PrintedSheet
from xlperf.wording import official

TAB, QUOTE, PIPE, COMMA = "\t", '"', "|", ","
PROJECT_TITLE_LINE = re.compile(r"[0-9]{1,3}[.．、].*" + official("form.project_title"))
FEW_ROWS = 2  # rows that do not make a table yet, unless one holds titles
LONGEST_PAGE = 20  # signs of a page's number
KNOWN_TITLES = 3  # of columns that are known
BAR_TRANSLATION = str.maketrans(dict.fromkeys("│┃║｜", PIPE))
RULE = re.compile(r"[\s|:+=\-─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛]*")
LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
CELL_GAP = re.compile("[ \u3000]{2,}")
MOST_LINES_OF_CELL = 500  # lines of a cell
# half-width signs by which the beginnings of a column's cells may differ
COLUMN_OFFSET_TOLERANCE = 1


@dataclass
class _Line:
    """A line with its number, and the texts of its cells by column; none where it is no row."""

    number: int
    text: str
    cells: dict[int, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)  # the lines that go on with it
    lines: int = 1


def table_items(text: str, *, commas: bool = False) -> list[SourceItem] | None:
    """The paragraphs and tables of a text whose tables have a line a row; None where it has none.

    `commas`: the text is a file of values parted by commas.
    """
    lines = [_Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    for ways in (_tabbed, _piped, _commas if commas else None, _lined_up):
        read = ways(lines) if ways else None
        if read is not None:
            return list(_items(read))
    return None


def _items(lines: Sequence[_Line]) -> Iterator[SourceItem]:
    """Rows up to the next paragraph are one sheet; a blank line is a blank row of it."""
    rows: list[_Line] = []
    for line in lines:
        if line.cells:
            rows.append(line)
        elif line.text.strip():
            yield from _sheet(rows)
            rows = []
            yield Prose(line.text.strip(), f"L{line.number}")
    yield from _sheet(rows)


def _sheet(rows: Sequence[_Line]) -> list[SourceItem]:
    """The items of rows; those that a cell of several lines has behind its first are no gap."""
    cells: dict[Coord, str] = {}
    numbers: dict[int, int] = {}
    row = after = 0
    for line in rows:
        row += 1 if line.number == after else 2
        after = line.number + line.lines
        numbers[row] = line.number
        cells |= {(row, col + 1): text for col, text in line.cells.items()}
    return sheet_items(PrintedSheet("", cells), lambda row, _: f"L{numbers[row]}") if cells else []


def _cells(texts: Sequence[str]) -> dict[int, str]:
    """The cells of a row that say something; a row of blanks keeps an empty one."""
    filled_texts = {col: text for col, text in enumerate(texts) if text.strip()}
    return {col: LINE_BREAK_TAG.sub("\n", text.strip()) for col, text in filled_texts.items()}


def _tabbed(lines: Sequence[_Line]) -> list[_Line] | None:
    """Lines with tabs between the cells; one tab at the beginning of lines is another format."""
    among = sum(1 for line in lines if TAB in line.text.strip())
    alone = sum(1 for line in lines if line.text.startswith(TAB) and TAB not in line.text[1:])
    enough = among > FEW_ROWS or _has_titles(lines, lambda line: line.text.split(TAB))
    return _separated(lines, TAB) if enough and among > alone else None


def _has_titles(lines: Iterable[_Line], cells: Callable[[_Line], Sequence[str]]) -> bool:
    """Whether a line, parted into cells, holds the titles of a table of indicators."""
    return any(
        sum(bool(column_meanings("indicator", cell)) for cell in cells(line)) >= KNOWN_TITLES
        for line in lines
    )


def _commas(lines: Sequence[_Line]) -> list[_Line] | None:
    among = sum(1 for line in lines if COMMA in line.text)
    enough = among > FEW_ROWS or _has_titles(lines, lambda line: line.text.split(COMMA))
    return _separated(lines, COMMA) if enough else None


def _separated(lines: Sequence[_Line], sign: str) -> list[_Line]:
    """Rows whose cells a sign parts; a cell in quotation marks may hold lines and the sign."""
    joined = _whole(lines, sign)
    quoting = len(joined) < len(lines)
    result: list[_Line] = []
    sections = _lines_of_sections(joined, sign)
    for line in joined:
        before = result[-1] if result and result[-1].cells else None
        text = line.text.strip()
        goes_on = text and not PROJECT_TITLE_LINE.fullmatch(text) and line.number not in sections
        if sign in line.text:
            result += _row(line, sign)
        elif before and _is_row_of_its_own(text):
            line.cells = {0: text}
            result.append(line)
        elif before and not quoting and goes_on:
            before.cells[max(before.cells)] += f"\n{text}"
            before.lines += 1
        else:
            result.append(line)
    return result


def _is_row_of_its_own(text: str) -> bool:
    """Whether a line between rows is a page's number, or begins with a label below tables."""
    is_number = text.strip("0123456789") == ""  # or blank: that may go on with a cell
    may_be_page = not is_number and len(text) <= LONGEST_PAGE
    if may_be_page and any(re.fullmatch(way, plain(text)) for way in words("margin", "page")):
        return True
    label, colon, _ = text.replace("\uff1a", ":").partition(":")
    return bool(colon) and bool(label_meaning("ends", label))


def _lines_of_sections(lines: Sequence[_Line], sign: str) -> set[int]:
    """The numbers of the lines between two rows that are of prose: a section begins there."""
    groups = groupby(lines, key=lambda line: sign in line.text)
    parts = [[*group] for is_row, group in groups if not is_row]
    return {
        line.number
        for group in parts
        if any(is_section(line.text.strip()) for line in group)
        for line in group
    }


def _whole(lines: Sequence[_Line], sign: str) -> list[_Line]:
    """Lines put together where a quoted cell goes on; as they are where one is never closed."""
    result: list[_Line] = []
    open_ = False
    for line in lines:
        if open_:
            last = result[-1]
            last.parts.append(line.text)
            last.lines += 1
            if last.lines > MOST_LINES_OF_CELL:
                return [_Line(line.number, line.text) for line in lines]
        else:
            result.append(_Line(line.number, line.text))
        open_ = _open_after(line.text, sign, open_)
    if open_:
        return [_Line(line.number, line.text) for line in lines]
    for line in result:
        line.text = "\n".join([line.text, *line.parts])
    return result


def _open_after(text: str, sign: str, open_: bool) -> bool:
    """Whether a quoted cell is open after a line, which was open or not before it."""
    before = "" if open_ else sign
    for at in re.finditer(f"{QUOTE}+", text):
        count = at.end() - at.start()
        begins = (text[at.start() - 1] if at.start() else before) == sign
        if open_:
            open_ = count % 2 == 0
        elif begins:
            open_ = count % 2 == 1
    return open_


def _row(line: _Line, sign: str) -> list[_Line]:
    """A line as a row; a project's title before its first cells is a paragraph of its own."""
    texts = [_unquoted(text) for text in _split(line.text, sign)]
    line.cells = _cells(texts)
    first = line.cells.get(0, "")
    if len(line.cells) > 1 and PROJECT_TITLE_LINE.fullmatch(first):
        rest = {col: text for col, text in line.cells.items() if col}
        return [_Line(line.number, first), _Line(line.number, line.text, rest)]
    return [line]


def _split(text: str, sign: str) -> list[str]:
    """The cells of a row as written, those in quotation marks whole."""
    quoted = rf'"(?:[^"]|"")*"(?={sign}|\Z)'
    cells = re.finditer(rf"(?:^|{sign})({quoted}|[^{sign}]*)", text)
    return [cell[1] for cell in cells]


def _unquoted(text: str) -> str:
    """A cell without the marks that were put around it for a sign or a line break in it."""
    around = len(text) > 1 and text[0] == text[-1] == QUOTE
    inner = text[1:-1]
    is_quoted = around and re.search('[\n\t,]|""', inner)
    return inner.replace(QUOTE * 2, QUOTE) if is_quoted else text


def _piped(lines: Sequence[_Line]) -> list[_Line] | None:
    """Lines with pipes between the cells, as in Markdown or drawn by a program."""
    plain = {line.number: line.text.translate(BAR_TRANSLATION) for line in lines}
    rows = [line for line in lines if plain[line.number].count(PIPE) > 1]
    if len(rows) <= FEW_ROWS and not _has_titles(rows, lambda line: plain[line.number].split(PIPE)):
        return None
    framed = all(plain[line.number].strip().startswith(PIPE) for line in rows)
    result: list[_Line] = []
    for line in lines:
        text = plain[line.number]
        if RULE.fullmatch(text) and len(text.strip()) > FEW_ROWS:
            if result:
                result[-1].lines += 1
            continue
        if text.count(PIPE) > 1:
            cells = re.split(r"(?<!\\)\|", text.strip() if framed else text)
            line.cells = _cells(cells[1:] if framed else cells)
        result.append(line)
    return result


def _lined_up(lines: Sequence[_Line]) -> list[_Line] | None:
    """Lines whose cells begin below each other, at least two blanks apart."""
    cells_by_line = {line.number: list(_cells_with_places(line.text)) for line in lines}
    rows = [line for line in lines if len(cells_by_line[line.number]) > 2]
    is_table = len(rows) > FEW_ROWS or _has_titles(rows, lambda line: CELL_GAP.split(line.text))
    if not is_table or any(line.text.startswith(TAB) for line in lines):
        return None
    starts = _columns([at for line in rows for at, _ in cells_by_line[line.number]])
    for line in lines:
        cells = cells_by_line[line.number]
        if len(cells) > 1 or (cells and cells[0][0] > COLUMN_OFFSET_TOLERANCE):
            line.cells = {_column(starts, at): text for at, text in cells}
            if len(line.cells) < len(cells):
                line.cells = {}  # two cells in one column: these are words of a sentence
    return list(lines)


def _cells_with_places(text: str) -> Iterator[tuple[int, str]]:
    """The cells of a line, with the place of each counted in half-width signs."""
    at = 0
    for cell in re.split(f"({CELL_GAP.pattern})", text.rstrip()):
        if cell.strip():
            yield at, cell.strip()
        at += sum(map(_width, cell))


def _width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


def _columns(places: Sequence[int]) -> list[int]:
    """Where the columns begin: places that hardly differ are one."""
    starts: list[int] = []
    for place in sorted({*places}):
        if not starts or place - starts[-1] > COLUMN_OFFSET_TOLERANCE:
            starts.append(place)
    return starts


def _column(starts: Sequence[int], at: int) -> int:
    """The column that a place belongs to."""
    return max((number for number, start in enumerate(starts) if start <= at), default=0)
