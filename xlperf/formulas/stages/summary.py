"""What the summary shows of stages, in columns beside its tables: by project, by unit and in all.

A line finds its project on the department's sheet of the stage by its code, without one by its
name. So lines may be sorted, added and written by hand; a sheet that is renamed or moved is
followed by the department's sheet, and one that is gone leaves blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlperf.forms.defined_names import AID, MADE_FIELD
from xlperf.formulas.cross_sheet import linked_value, of_unit, sheet_link
from xlperf.formulas.stages.counting import unlisted
from xlperf.formulas.typed import Text, text
from xlperf.layout import Box, Coord, Formula
from xlperf.layout.addresses import address
from xlperf.record import Raw, words
from xlperf.rules.formulas.native import literal
from xlperf.rules.stages.views import EVALUATION, MONITORING
from xlperf.rules.text import lexicon
from xlperf.wording import say

BLOCK = AID + "stages"  # the name of all these columns
COLUMNS_BY_STAGE = {
    MONITORING: ("executed", "rate", "state"),
    EVALUATION: ("executed", "rate", "total", "grade", "state"),
}
STATES = ("incomplete", "faulty", "doubt")  # the gravest first
SUMMARY_WIDTHS = {"line": 8, "executed": 18, "rate": 11, "total": 10, "grade": 16, "state": 13}
SUMMARY_LOOKS = {"executed": "shown_money", "state": "status", "line": "hidden"}
LOOKS_IN_ALL = {"executed": "total_money", "state": "status", "line": "hidden"}
ROWS_ABOVE_TABLE = 2  # rows above a table of projects: its title, its headings


class Listing(NamedTuple):
    """A department's sheet of a stage: the kind of stage, what it is called, title and fields."""

    kind: str
    words: str
    title: str
    at: Mapping[str, Box]

    def column(self, key: str) -> str:
        """The address of a column of its projects."""
        return address(self.at[f"projects/{key}"], self.title)

    def cell(self, key: str) -> str:
        """The address of a single field."""
        return address(Box(*self.at[key].at), self.title)

    @property
    def head(self) -> str:
        """The address of the cell above the projects' codes."""
        box = self.at["projects/code"]
        return address(Box(box.row - 1, box.col), self.title)


class SummaryColumn(NamedTuple):
    """A column of the block: what it shows of which stage, and where it stands."""

    listing: Listing
    key: str
    col: int


def listing(stage: Raw, title: str, at: Mapping[str, Box]) -> Listing | None:
    """A department's sheet of a stage as the summary looks at it; None where it lists nothing."""
    kind, until = words(stage, "kind"), words(stage, "until")
    if kind not in (MONITORING, EVALUATION) or "projects/code" not in at:
        return None
    called = say(f"stages.{kind}")
    called = say("stages.on_summary", stage=called, until=until) if until else called
    return Listing(kind, called, title, at)


def latest(stages: Sequence[Raw], listings: Mapping[int, Listing | None]) -> list[Listing]:
    """The monitoring with the last day, and the last self-evaluation."""
    result = []
    for kind in (MONITORING, EVALUATION):
        days = [(words(stages[n], "until"), n) for n, listing in listings.items() if listing]
        days = [item for item in days if words(stages[item[1]], "kind") == kind]
        if days and (last := listings[max(days)[1]]):
            result.append(last)
    return result


def fields_of(names: Mapping[str, Box]) -> dict[str, Box]:
    """The fields of a generated sheet by their keys, of its names."""
    return {
        name.removeprefix(MADE_FIELD).replace("__", "/"): box
        for name, box in names.items()
        if name.startswith(MADE_FIELD)
    }


@dataclass(frozen=True)
class StageColumns:
    """The block of columns: `here` are the summary's fields by key, `left` its first column.

    In front stand hidden columns that find a project's line on the department's sheets.
    """

    here: Mapping[str, Box]
    listings: Sequence[Listing]
    left: int

    @property
    def lines(self) -> dict[str, int]:
        """By the title of a department's sheet, the hidden column with its lines."""
        return {listing.title: self.left + n for n, listing in enumerate(self.listings)}

    @property
    def columns(self) -> list[SummaryColumn]:
        """The columns that people see, from left to right."""
        keys = [
            (listing, key) for listing in self.listings for key in COLUMNS_BY_STAGE[listing.kind]
        ]
        first = self.left + len(self.listings)
        return [SummaryColumn(listing, key, first + n) for n, (listing, key) in enumerate(keys)]

    @property
    def box(self) -> Box:
        """All cells of the block, from the titles of the stages to the last project."""
        top, last = self.here["units/code"].row - 3, self.here["projects/number"].bottom
        return Box(top, self.left, len(self.listings) + len(self.columns), last - top + 1)

    def cells(self) -> dict[Coord, str]:
        """What stands in the cells: headings, and formulas."""
        return {
            at: Formula(words) if words.startswith("=") else words
            for at, words in self._words().items()
        }

    def _words(self) -> dict[Coord, str]:
        cells: dict[Coord, str] = {}
        for listing in self.listings:
            first = next(column for column in self.columns if column.listing == listing)
            cells[self.box.row, first.col] = self._title(listing)
            for row, note in zip(self._titled(), self._notes(listing), strict=True):
                cells[row, first.col] = f"={note}"
            for row in self._projects():
                cells[row, self.lines[listing.title]] = self._line(listing, row)
        for column in self.columns:
            cells |= {(row, column.col): say(f"stages.{column.key}") for row in self._headings()}
            cells |= {(row, column.col): self._of_project(column, row) for row in self._projects()}
            cells |= {(row, column.col): self._of_unit(column, row) for row in self._units()}
            cells[self.here["total/count"].row, column.col] = self._in_all(column)
            if column.key == "executed":
                cells[self.here["rest/count"].row, column.col] = self._rest(column)
        return cells

    def looks(self) -> Iterator[tuple[Coord, str]]:
        """The look of each cell."""
        headings, total = self._headings(), self.here["total/count"].row
        rows = [*self._units(), self.here["rest/count"].row, *self._projects()]
        for column in self.columns:
            yield from (((row, column.col), "label") for row in headings)
            yield from (((row, column.col), "heading") for row in self._titled())
            look = SUMMARY_LOOKS.get(column.key, "shown_center")
            yield from (((row, column.col), look) for row in rows)
            yield (total, column.col), LOOKS_IN_ALL.get(column.key, "total_count")
            yield (self.box.row, column.col), "link_center"
        for col in self.lines.values():
            yield from (((row, col), "hidden") for row in self._projects())

    def merged(self) -> Iterator[Box]:
        """The cells that are one: titles and remarks over the columns of each stage."""
        for listing in self.listings:
            cols = [column.col for column in self.columns if column.listing == listing]
            for row in (self.box.row, *self._titled()):
                yield Box(row, cols[0], len(cols))

    def area(self, column: SummaryColumn, key: str) -> Box:
        """The cells of a column beside a table of the summary, `units` or `projects`."""
        box = self.here[f"{key}/code"]
        return Box(box.row, column.col, 1, box.height)

    def _headings(self) -> tuple[int, int]:
        return self.here["units/code"].row - ROWS_ABOVE_TABLE, self.here["projects/number"].row - 1

    def _titled(self) -> tuple[int, int]:
        return self.here["units/code"].row - 1, self.here["projects/number"].row - ROWS_ABOVE_TABLE

    def _units(self) -> range:
        box = self.here["units/code"]
        return range(box.row, box.bottom + 1)

    def _projects(self) -> range:
        box = self.here["projects/number"]
        return range(box.row, box.bottom + 1)

    def _beside(self, key: str, row: int) -> str:
        """A cell of the summary's own columns in a row."""
        return address(Box(row, self.here[key].col)).replace("$" + str(row), str(row))

    def _title(self, listing: Listing) -> str:
        """What the stage is called, leading to its sheet."""
        return f"={sheet_link(listing.title, 'A1', Text(literal(listing.words)))}"

    def _notes(self, listing: Listing) -> tuple[str, str]:
        """Remarks on projects without a sheet of the stage, and on sheets that are not listed."""
        box = self.here["projects/number"]
        lines = address(Box(box.row, self.lines[listing.title], 1, box.height))
        missing = f"COUNT({address(box)})-SUMPRODUCT(--({lines}>0))"
        return (
            noted("stages.without_sheet", missing),
            noted("stages.unlisted", str(unlisted(listing.kind))),
        )

    def _line(self, listing: Listing, row: int) -> str:
        """Which line of the department's sheet a project has, 0 for none."""
        code, name = (self._beside(f"projects/{key}", row) for key in ("code", "name"))

        def line_with(key: str, text: str) -> str:
            cells = listing.column(key)
            at = f"(ROW({cells})-ROW({listing.head}))"
            return f"SUMPRODUCT(MAX(EXACT({cells},{text})*{at}))"

        by_either = f"IF(LEN({code})>0,{line_with('code', code)},{line_with('name', name)})"
        return f"=IFERROR({by_either},0)"

    def _of_project(self, column: SummaryColumn, row: int) -> str:
        line = address(Box(row, self.lines[column.listing.title]))
        line = line.replace("$" + str(row), str(row))
        cell = f"INDEX({column.listing.column(column.key)},{line})"
        return f'=IFERROR(IF({line}>0,{cell},""),"")'

    def _of_unit(self, column: SummaryColumn, row: int) -> str:
        """What a column shows of a unit."""
        code, name = (self._beside(f"units/{key}", row) for key in ("code", "name"))
        condition = f"{of_unit(column.listing.column('unit'), code, name)},"
        return f'=IF({code}="","",IFERROR({_of_many(column, condition)},""))'

    def _in_all(self, column: SummaryColumn) -> str:
        if column.key in ("grade", "state"):
            return f'=IFERROR({_of_many(column, "")},"")'
        return str(linked_value(column.listing.cell(f"sum/{column.key}")))

    def _rest(self, column: SummaryColumn) -> str:
        """What was spent by projects of no unit of the list."""
        total = address(Box(self.here["total/count"].row, column.col))
        units = address(self.area(column, "units"))
        return f'=IFERROR(ROUND(N({total})-SUM({units}),2),"")'


def noted(key: str, many: str) -> str:
    """A remark with a number in it where the number is more than 0, else ""."""
    before, after = (text(part) for part in say(key, n="\0").split("\0"))
    return f'IF({many}>0,{before}&({many})&{after},"")'


def _of_many(column: SummaryColumn, condition: str) -> str:
    """What a column shows of several projects; `condition` chooses them, "" all."""
    listing, key = column.listing, column.key
    if key == "state":
        return _worst(listing.column(key), condition)
    if key == "grade":
        return _tally(listing.column(key), condition)
    if key == "total":
        points, graded = listing.column(key), listing.column("grade")
        graded_rows = f"{condition}--(LEN({graded})>0),--ISNUMBER({points})"
        count = f"SUMPRODUCT({graded_rows})"
        return f'IF({count}=0,"",ROUND(SUMPRODUCT({graded_rows},{points})/{count},2))'
    spent = f"SUMPRODUCT({condition}{listing.column('executed')})"
    if key == "executed":
        return f"ROUND({spent},2)"
    budget = f"SUMPRODUCT({condition}{listing.column('adjusted')})"
    return f'IF({budget}>0,ROUND({spent}/{budget},11),"")'


def _worst(states: str, condition: str) -> str:
    """The gravest status among the sheets of a stage, "" where there is none."""
    result = f'IF(SUMPRODUCT({condition}--(LEN({states})>0))=0,"",{literal(say("status.good"))})'
    for key in reversed(STATES):
        word = literal(say(f"status.{key}"))
        result = f"IF(SUMPRODUCT({condition}--EXACT({states},{word}))>0,{word},{result})"
    return result


def _tally(grades: str, condition: str) -> str:
    """How many projects have which grade; a grade of more words counts by its first one."""
    parts = []
    for word in lexicon.words("grades_of_evaluation"):
        count = f"SUMPRODUCT({condition}--EXACT(LEFT({grades},{len(word)}),{literal(word)}))"
        parts.append(f'IF({count}>0,{literal(word)}&{count}&" ","")')
    return f"TRIM({'&'.join(parts)})"
