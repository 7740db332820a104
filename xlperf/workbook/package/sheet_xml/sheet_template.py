"""A sheet's XML with holes: what differs between sheets of one shape is put in, the rest is kept.

The XML is what this package writes (`saving`), so that its cells are found by their text. A title
and a number stand in it as marks: the title's has an apostrophe and a quotation mark, which show
how a title is quoted at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from html import escape

from xlperf.layout import Coord
from xlperf.layout.addresses import column
from xlperf.storage.deterministic_zips import Run, run

NUMBER_MARK = 918_273_000  # a project's number, counted on for each shape; no formula has it
# keys of holes; cells have theirs: "B5"
MERGES, TITLE_KEY, NUMBER_KEY = "merges", "title", "number"
KIND, VALUE_KEY = "t ", "v "  # of a formula ("v T56"): the type of what it gives, and that
HEIGHT, ROW_NUMBER = "height", "row"  # of a row ("height 4"), and the number of a line's own row
SMALLEST_PIECE = 2048  # bytes without a hole that are worth to be deflated for themselves

TITLE_START, NUMBER_START = "xp'", str(NUMBER_MARK)[:6]  # how marks begin

_TITLE = r"""xp('{1,2})(?P<shape>[0-9]+)(?P<mark>"{1,2}|&quot;)px"""
_PLACEHOLDER = re.compile(rf"(?P<title>{_TITLE})|(?P<number>{NUMBER_START}[0-9]{{3}})")
_HOLE = re.compile(
    r"""(?P<cell><c r="(?P<ref>(?P<col>[A-Z]+)(?P<line>[0-9]+))"[^>]*?(?:/>|>.*?</c>))"""
    r"""|(?P<merges><mergeCells .*?</mergeCells>)"""
    r"""|(?<=<row r=")(?P<row>[0-9]+)" ht="(?P<height>[^"]*)""",
    re.DOTALL,
)
_TEMPLATE_FORMULA = re.compile(r"(<c [^>]*)(><f.*)</c>", re.DOTALL)
_STRING = re.compile(r'<c [^>]*t="s"')


def title_mark(shape: int) -> str:
    """What stands in a sheet for its title, as the title itself would."""
    return f"xp'{shape}\"px"


def attribute(text: str) -> str:
    """A text as it stands between the quotation marks of an attribute."""
    return escape(text, quote=False).replace('"', "&quot;")


def titled(title: str, *, in_xml: bool = True) -> dict[str, str]:
    """A title for every hole that it may stand in, by the hole's key."""
    result = {}
    for apostrophe, quote in (("'", '"'), ("''", '"'), ("'", '""'), ("''", '""')):
        text = title.replace("'", apostrophe).replace('"', quote)
        result[f"{TITLE_KEY}{apostrophe}{quote}"] = escape(text, quote=False) if in_xml else text
    for apostrophe in ("'", "''"):  # in an attribute
        text = attribute(title.replace("'", apostrophe))
        result[f"{TITLE_KEY}{apostrophe}&quot;"] = text
    return result


def is_marked(text: str) -> bool:
    """Whether marks may stand in a text: soon known of most."""
    return TITLE_START in text or NUMBER_START in text


class Holes:
    """A text in pieces: between the pieces are holes, each with a key."""

    def __init__(self) -> None:
        self.pieces: list[str] = [""]
        self.keys: list[str] = []

    def text(self, text: str) -> None:
        """Go on with a text."""
        self.pieces[-1] += text

    def hole(self, key: str) -> None:
        """Leave a hole behind the text so far."""
        self.keys.append(key)
        self.pieces.append("")

    def marked(self, text: str) -> None:
        """Go on with a text in which marks stand for a title and a number."""
        end = 0
        for match in _PLACEHOLDER.finditer(text) if is_marked(text) else ():
            self.text(text[end : match.start()])
            end = match.end()
            self.hole(f"{TITLE_KEY}{match[2]}{match['mark']}" if match["title"] else NUMBER_KEY)
        self.text(text[end:])

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with a value in every hole, by its key."""
        result = [""] * (2 * len(self.keys) + 1)
        result[::2] = self.pieces
        result[1::2] = [values[key] for key in self.keys]
        return "".join(result)


def holes_in(text: str) -> Holes:
    """A text with holes where marks stand for a title and a number."""
    result = Holes()
    result.marked(text)
    return result


class SheetTemplate:
    """A sheet's XML, cut at the cells that are open, at rows' heights, merged cells and marks."""

    def __init__(
        self,
        xml: str,
        open_cells: Collection[str],
        rows: int,
        is_shown: Callable[[Coord], bool] = bool,
    ) -> None:
        self._is_shown = is_shown  # whether what a formula gives goes into the file
        self.blank: dict[str, str] = {}  # the XML of the open cells, as they were
        self.formulas: list[str] = []  # the other cells, whose formulas give values
        self.strings = len(_STRING.findall(xml))
        holes = self._cut(xml, open_cells, rows)
        self._runs = list(_runs(holes))

    def _cut(self, xml: str, open_cells: Collection[str], rows: int) -> Holes:
        holes, end = Holes(), 0
        for match in _HOLE.finditer(xml):
            ref = match["ref"]
            is_open = ref in open_cells
            at = (int(match["line"]), column(match["col"])) if ref else (0, 0)
            is_shown = bool(ref) and not is_open and self._is_shown(at)
            if ref and not (is_open or is_shown or is_marked(match[0])):
                continue
            holes.text(xml[end : match.start()])
            end = match.end()
            if match["merges"]:
                holes.hole(MERGES)
            elif match["row"]:
                holes.text(f'{match["row"]}" ht="')
                if int(match["row"]) <= rows:
                    holes.hole(f"{HEIGHT} {match['row']}")
                else:
                    holes.text(match["height"])
            elif is_open:
                self.blank[ref] = match[0]
                holes.hole(ref)
            elif is_shown and (formula := _TEMPLATE_FORMULA.fullmatch(match[0])):
                self.formulas.append(ref)
                holes.text(formula[1])
                holes.hole(f"{KIND}{ref}")
                holes.marked(formula[2])
                holes.hole(f"{VALUE_KEY}{ref}")
                holes.text("</c>")
            elif is_shown:
                holes.text(match[0])
            else:
                holes.marked(match[0])
        holes.text(xml[end:])
        return holes

    def stamped(self, values: Mapping[str, str]) -> Iterator[Run]:
        """The sheet with a value in every hole, by its key, deflated."""
        for piece in self._runs:
            yield piece if isinstance(piece, Run) else run(piece.fill(values).encode())


def _runs(holes: Holes) -> Iterator[Run | Holes]:
    """Long pieces deflated once and for all, and what is between them."""
    current = Holes()
    for piece, key in zip(holes.pieces, [*holes.keys, ""], strict=True):
        if len(piece) >= SMALLEST_PIECE:
            if current.keys or current.pieces[0]:
                yield current
            current = Holes()
            yield run(piece.encode())
        else:
            current.text(piece)
        if key:
            current.hole(key)
    if current.keys or current.pieces[0]:
        yield current
