"""Like formulas of neighbouring cells written once: the shared formulas of ECMA-376 (18.3.1.40).

The first cell of a run has the formula and the run's cells (`ref`), the others only its number
(`si`). Who reads it moves the references without `$` by the distance from the first cell. Left as
they are: formulas that name another sheet, whose relative references Excel does not move in a
shared formula (https://github.com/JanKallman/EPPlus/issues/92), array constants, brackets of
tables and of other files, and whole rows and columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, lru_cache

from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import coordinate_to_tuple

from xlperf.layout import Coord
from xlperf.layout.addresses import LAST_COLUMN, LAST_ROW, cell_address, column, letters
from xlperf.workbook.package.xml_events import reading_with

# A cell with a formula as openpyxl writes it: r comes first, an empty value is none but of a text.
_FORMULA_CELL = re.compile(
    r'<c r="([A-Z]+)([0-9]+)"[^>]*?( t="str")?>(<f>([^<]+)</f>)(?(3)|(?:<v ?/>|<v></v>)?)'
)
_PIECE = re.compile(
    r"""("(?:[^"]|"")*")"""
    r"""|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w(.])"""
)
# A reference where no text is: its column with `$` or without, the row's `$`, and the row.
_SHARED_REFERENCE = re.compile(
    r"([$A-Z](?<![\w.$].)(?:(?<=\$)[A-Z]{1,3}|(?<=[A-Z])[A-Z]{0,2}))"
    r"(\$?)([1-9][0-9]{0,6})(?![\w(.])"
)
_UNSHARED = re.compile(r"""[!{\[#']|:(?!\0)|(?<!\0):""")
# around a shared formula, without what stands in the quotes
SHARED_FORMULA_TAG = '<f t="shared" ref="" si="">'
CHILD = '<f t="shared" si="00"/>'  # instead of the formula in the others, about
# Characters of formulas that are written for each cell of a column: LibreOffice sees that these are
# alike and keeps them once, while it keeps the parts of a shared formula for each cell.
LONGEST_UNSHARED_FORMULA = 60
FIXED_OFFSET = 10_000_000  # added to a row or column that does not move; no distance is that long
REF = "\0"  # for a reference while the rest of a formula is looked at


def share(xml: str) -> str:
    """A sheet's XML whose runs of like formulas, downwards or to the right, are shared.

    In comes what openpyxl writes, formulas as texts. No result of a formula is lost; where there
    is none, the empty `<v>` is left out.
    """
    cells = {(int(match[2]), column(match[1])): match for match in _FORMULA_CELL.finditer(xml)}
    texts = ((at, match[5]) for at, match in cells.items())
    formulas = _changed_formulas(tuple((at, text) for at, text in texts if not _is_left(text)))
    parts: list[str] = []
    end = 0
    for at, match in cells.items():
        parts += (xml[end : match.start(4)], formulas.get(at, match[4]))
        end = match.end()
    return "".join([*parts, xml[end:]])


def _is_left(text: str) -> bool:
    """Whether it is soon seen that a formula stays as it is.

    It names another sheet before its first text, or is one text alone, a sheet's own.
    """
    if text.startswith('"'):
        return text.find('"', 1) == len(text) - 1
    return "'!" in text and "'!" in text[: text.find('"')]


@lru_cache(8)  # sheets of one form have the others in common
def _changed_formulas(cells: tuple[tuple[Coord, str], ...]) -> dict[Coord, str]:
    """The formulas that change, as XML, by their cells."""
    return dict(_shared(dict(cells)))


def _shared(cells: Mapping[Coord, str]) -> Iterator[tuple[Coord, str]]:
    """The formulas that change, as XML, by their cells."""
    unshared = {at: key for at, key in _keys(cells) if key}
    number = 0
    for at in cells:
        if at not in unshared:
            continue
        run = max((list(_run(unshared, at, step)) for step in ((1, 0), (0, 1))), key=len)
        size = len(cells[at])
        if (len(run) - 1) * (size + len("<f></f>") - len(CHILD)) <= len(SHARED_FORMULA_TAG) + 10:
            continue
        if size <= LONGEST_UNSHARED_FORMULA and run[0][0] < run[-1][0]:
            continue
        ref = f"{cell_address(*run[0])}:{cell_address(*run[-1])}"
        yield at, f'<f t="shared" ref="{ref}" si="{number}">{cells[at]}</f>'
        for other in run[1:]:
            yield other, f'<f t="shared" si="{number}"/>'
        for coord in run:
            del unshared[coord]
        number += 1


def _keys(cells: Mapping[Coord, str]) -> Iterator[tuple[Coord, int]]:
    """A number for each formula, the same for like ones; 0 for one that is not to be shared.

    Most formulas are those above them with the numbers of their rows one higher. Where that was
    proven of two by taking both apart, it is of all that follow.
    """
    numbers: dict[_Like, int] = {(): 0}
    keys: dict[Coord, int] = {}
    marked: dict[Coord, str] = {}
    proven = set[Coord]()
    for at, text in _beside_alike(cells):
        row, col = at
        above = (row - 1, col)
        marked[at] = _without_rows(text, row)
        # numbers of one size: 199 and 1100 are not one row apart, whatever 99 and 100 are
        is_like = marked.get(above) == marked[at] and len(str(row - 2)) == len(str(row + 1))
        if is_like and above in proven:
            keys[at] = keys[above]
        else:
            keys[at] = numbers.setdefault(_relative(text, row, col), len(numbers))
        if is_like and keys[at] == keys[above]:
            proven.add(at)
        yield at, keys[at]


def _without_rows(text: str, row: int) -> str:
    """A text with marks for the digits of a row and its neighbours."""
    text = text.replace(str(row), "\1")
    return text.replace(str(row - 1), "\2").replace(str(row + 1), "\3")


def _beside_alike(cells: Mapping[Coord, str]) -> Iterator[tuple[Coord, str]]:
    """The formulas that have one of as many brackets, commas and texts beside, below or above."""
    counts = {at: (text.count("("), text.count(","), text.count('"')) for at, text in cells.items()}
    beside = set[Coord]()
    for at, count in counts.items():
        for other in ((at[0] + 1, at[1]), (at[0], at[1] + 1)):
            if counts.get(other) == count:
                beside |= {at, other}
    return ((at, text) for at, text in cells.items() if at in beside)


def _run(keys: Mapping[Coord, int], at: Coord, step: Coord) -> Iterator[Coord]:
    """The cell and its neighbours in one direction as long as they have like formulas."""
    row, col = at
    while keys.get((row, col)) == keys[at]:
        yield row, col
        row, col = row + step[0], col + step[1]


@dataclass(frozen=True, slots=True)
class _Reference:
    """A cell that a formula names; `$` or nothing before its column and its row."""

    fixed_col: str
    col: int
    fixed_row: str
    row: int


@lru_cache(10_000)
def _parts(formula: str) -> tuple[str | _Reference, ...]:
    """A formula in pieces; none of one that is not to be shared."""
    parts: list[str | _Reference] = []
    bare: list[str] = []  # the formula without its texts, to see what it has
    end = 0
    for match in _PIECE.finditer(formula):
        between, end = formula[end : match.start()], match.end()
        text, fixed_col, name, fixed_row, number = match.groups()
        parts.append(between)
        bare += (between, "" if text else REF)
        if text:
            parts.append(text)
            continue
        reference = _Reference(fixed_col, column(name), fixed_row, int(number))
        if reference.col > LAST_COLUMN or reference.row > LAST_ROW:
            return ()  # a name that looks like a cell
        parts.append(reference)
    bare.append(formula[end:])
    return () if _UNSHARED.search("".join(bare)) else (*parts, formula[end:])


@cache
def _column(name: str) -> int:
    """The number of a column, with or without `$`."""
    return column(name.removeprefix("$"))


_Like = tuple[object, ...]  # what like formulas have in common, whatever cells they stand in


@lru_cache(100_000)  # the sheets of projects with lists of one length have the same formulas
def _relative(formula: str, row: int, col: int) -> _Like:
    """A formula with distances instead of the references that move; of like ones the same.

    () for a formula that is not to be shared.
    """
    texts = formula.split('"')  # what stands in quotation marks is every second piece
    pieces = _SHARED_REFERENCE.split('""'.join(texts[::2]))
    names, fixed, numbers = pieces[1::4], pieces[2::4], pieces[3::4]
    cols, rows = [*map(_column, names)], [*map(int, numbers)]
    if cols and (max(cols) > LAST_COLUMN or max(rows) > LAST_ROW):
        return ()  # a name that looks like a cell
    bare = REF.join(pieces[::4])
    if _UNSHARED.search(bare):
        return ()
    return (
        bare,
        *texts[1::2],
        *[
            FIXED_OFFSET + c if name[0] == "$" else c - col
            for c, name in zip(cols, names, strict=True)
        ],
        *[FIXED_OFFSET + r if sign else r - row for r, sign in zip(rows, fixed, strict=True)],
    )


class SharedFormulaTranslator:
    """A shared formula as it is read, moved to the other cells of its run.

    In the place of openpyxl's `Translator`, which takes each formula apart anew for each cell; what
    `share` would not have written is left to that.
    """

    def __init__(self, formula: str, origin: str) -> None:
        self.formula, self.origin = formula, origin

    def translate_formula(self, dest: str) -> str:
        """The formula in another cell, such as `C5`."""
        return _moved(self.formula, self.origin, dest)


def read_soon() -> AbstractContextManager[None]:
    """While openpyxl reads sheets, shared formulas are moved by `SharedFormulaTranslator`."""
    return reading_with("Translator", SharedFormulaTranslator, Translator)


@lru_cache(20_000)  # sheets of one form have most formulas in common, and keep them once
def _moved(formula: str, origin: str, dest: str) -> str:
    (row, col), (to_row, to_col) = coordinate_to_tuple(origin), coordinate_to_tuple(dest)
    down, across = to_row - row, to_col - col
    parts = [""]
    for piece in _parts(formula):
        if isinstance(piece, str):
            parts.append(piece)
            continue
        at_row = piece.row + (0 if piece.fixed_row else down)
        at_col = piece.col + (0 if piece.fixed_col else across)
        if not (0 < at_row <= LAST_ROW and 0 < at_col <= LAST_COLUMN):
            parts.clear()  # openpyxl knows what then
            break
        parts += (piece.fixed_col, letters(at_col), piece.fixed_row, str(at_row))
    if len(parts) > 1:
        return "".join(parts)
    return str(Translator(formula, origin).translate_formula(dest))
