"""How a stage's sheet points to goals: formulas that hold a reference and what it was called.

A row's name is shown by one formula that holds both: where the goal's row stands, which Excel
moves with the row, and the level and the name that the indicator had, by which it is found again
once the rows are sorted. So the formula goes wherever people sort or cut the row to, and what it
points to is known without its result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xlperf.characters.xml_signs import FORBIDDEN_IN_XML
from xlperf.forms.defined_names import AID
from xlperf.layout import Box, Form, Formula
from xlperf.layout.addresses import address, box_of
from xlperf.rules.formulas.native import NO_LINE, as_written, literal, lowest

LONGEST_LITERAL = 255  # characters of a text in a formula
LONGEST_NAME_IN_FORMULA = 900  # characters of a name that a formula holds: it says it four times
LEVEL_NAME_SEPARATOR = "|"  # between level and name in a key
LINE_BREAK_FORMULA = "CHAR(10)"
_LITERAL = r'(?:"(?:[^"]|"")*"|CHAR\(10\))'
_LITERAL_AT_END = re.compile(rf",(?P<text>{_LITERAL}(?:&{_LITERAL})*)\)\s*$", re.DOTALL)
_SHEET = r"(?P<sheet>'(?:[^']|'')+'!|[^'!(),\"]+!)?"
_REF = re.compile(rf"LEN\({_SHEET}(?P<cell>\$?[A-Z]{{1,3}}\$?[0-9]+|[^()\"]*#REF![^()\"]*)\)=0")
_AREA = r"\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?"
_ROWS = re.compile(rf"ROWS\({_SHEET}(?P<above>{_AREA})\)\+ROWS\([^()]*?(?P<below>{_AREA})\)<=")
_CELL_ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]+")
LINK_OPENING = "=IFERROR("


@dataclass(frozen=True)
class GoalLink:
    """What a formula of ours points to: the sheet and row of a goal, 0 where these are gone.

    `text` is what stood there when the stage was begun.
    """

    text: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class GoalSheet:
    """Where everything stands on the sheet of a project's goals.

    `fields` are its fields by key; `lines` the columns of its checks by name, one line for each
    row of its list of indicators; `names` are its names from the headings to the row below them.
    """

    title: str
    fields: Mapping[str, Box]
    lines: Mapping[str, Box]
    names: Box

    def cell(self, key: str) -> str:
        """The address of a single field."""
        return address(Box(*self.fields[key].at), self.title)

    def line(self, name: str) -> str:
        """The address of a column of the lines."""
        return address(self.lines[name], self.title)

    def shown_line(self, key: str, form: Form) -> str:
        """The same for a form's list: a target that has columns of its own there as written."""
        has_parts = any(cell.ref == "operator" for part in form.lists() for cell in part.cells)
        return self.line("target.raw" if key == "target" and has_parts else key)

    def names_to(self, row: int) -> str:
        """The address of the names from the list's headings to a row."""
        box = self.names
        return address(Box(box.row, box.col, 1, row - box.row + 1), self.title)

    def is_gone(self, row: int) -> str:
        """Whether a row of the list was deleted, as a formula.

        The rows down to it and those from it on overlap in it, and no longer once it is gone. A
        reference to the row alone would become one that LibreOffice cannot read (`'a b'!#REF!`)
        when Excel deletes the row.
        """
        box = self.names
        rest = address(Box(row, box.col, 1, box.bottom - row + 1), self.title)
        return f"ROWS({self.names_to(row)})+ROWS({rest})<=ROWS({address(box, self.title)})"


def text_literal(text: str) -> str:
    """A text of any length as a formula writes it: no piece is longer than Excel allows."""
    lines = []
    for line in text.split("\n"):
        pieces = [line[at : at + LONGEST_LITERAL] for at in range(0, len(line), LONGEST_LITERAL)]
        lines.append("&".join(map(literal, pieces or [""])))
    return f"&{LINE_BREAK_FORMULA}&".join(lines)


def tidy(text: str) -> str:
    """A text as the lines of the checks have it: one line, without blanks around or doubled.

    Without the signs that no formula can hold.
    """
    text = FORBIDDEN_IN_XML.sub("", text)
    for sign in ("\u3000", "\u00a0", "\n", "\t"):
        text = text.replace(sign, " ")
    return " ".join(part for part in text.split(" ") if part)


def key_of(level2: str, name: str) -> str:
    """By what an indicator is found again on its sheet."""
    return f"{tidy(level2)}{LEVEL_NAME_SEPARATOR}{tidy(name)}"


@dataclass(frozen=True)
class RowLink:
    """A row of a stage that points to a row of the goals; `keys`: the keys of all rows."""

    goal: GoalSheet
    row: int
    level2: str
    name: str
    keys: str

    @property
    def _is_called_so(self) -> str:
        """Whether the row is to be shown as it was called: found, gone, or another row's."""
        goal, ref = self.goal, self._ref
        names = f"EXACT({goal.line('name')},{text_literal(tidy(self.name))})"
        levels = f"EXACT({goal.line('level2')},{text_literal(tidy(self.level2))})"
        key = f'{self._level}&"{LEVEL_NAME_SEPARATOR}"&{as_written(ref)}'
        return (
            f"OR(SUMPRODUCT({names}*{levels})>0,{goal.is_gone(self.row)},LEN({ref})=0,"
            f"SUMPRODUCT(--EXACT({self.keys},{key}))>0)"
        )

    @property
    def _ref(self) -> str:
        """The name in the row, wherever the row is now."""
        above = self.goal.names_to(self.row)
        return f"INDEX({above},ROWS({above}))"

    @property
    def _level(self) -> str:
        goal = self.goal
        return f"INDEX({goal.line('level2')},ROWS({goal.names_to(self.row)})-1)"

    def shown_name(self) -> Formula:
        """The indicator's name, also once it is renamed."""
        was, ref = text_literal(self.name), self._ref
        return Formula(f'{LINK_OPENING}IF({self._is_called_so},{was},{ref}&""),{was})')

    def shown_level(self) -> Formula:
        """The indicator's second level."""
        was = text_literal(self.level2)
        return Formula(f'{LINK_OPENING}IF({self._is_called_so},{was},{self._level}&""),{was})')


def line_of(goal: GoalSheet, name: str, level2: str, row: int = 0) -> Formula:
    """The line of the goals' list that a row of a stage is about, by what the row shows.

    `name` and `level2`: the cells of its steps; `row`: the goals' row that comes first where
    several are called the same; 0 for none.
    """
    called = name, level2
    is_like = "*".join(
        f"EXACT({goal.line(key)},{text})"
        for key, text in zip(("name", "level2"), called, strict=True)
    )
    lines = lowest(goal.line("line"), f"({is_like})")
    if row:
        at = f"ROWS({goal.names_to(row)})-1"
        is_called_so = "*".join(
            f"EXACT(INDEX({goal.line(key)},{at}),{text})"
            for key, text in zip(("name", "level2"), called, strict=True)
        )
        there = f"IF({goal.is_gone(row)},0,{is_called_so})"
        lines = f"IF(IFERROR({there},0)=1,{at},{lines})"
    return Formula(f"=IFERROR(IF(LEN({name})=0,{NO_LINE},{lines}),{NO_LINE})")


def of_line(column: str, line: str, otherwise: str = "") -> Formula:
    """What a column has in a line; `otherwise` where the line is gone."""
    text, was = f'INDEX({column},{line})&""', text_literal(otherwise)
    return Formula(f"{LINK_OPENING}IF({line}<{NO_LINE},{text},{was}),{was})")


def of_cell(cell: str, otherwise: str = "") -> Formula:
    """What a cell of the goals says as a text; `otherwise` where it is blank or gone."""
    was = text_literal(otherwise)
    return Formula(f'{LINK_OPENING}IF(LEN({cell})=0,{was},{cell}&""),{was})')


def is_computed(formula: str, names: Mapping[str, Box]) -> bool:
    """Whether a formula shows a cell of ours on its own sheet, and nothing else does it look at.

    So are points and grades shown that nobody typed.
    """
    bare = re.sub(_LITERAL, "", formula)
    cells = _CELL_ADDRESS.findall(bare)
    boxes = [box for name, box in names.items() if name.startswith(AID)]
    coords = [box.at for cell in cells if (box := box_of(cell))]
    return (
        bool(coords)
        and "!" not in bare
        and all(any(at in box.coords() for box in boxes) for at in coords)
    )


def read_link(formula: str) -> GoalLink | None:
    """What a formula of ours points to; None for a formula that is none of ours."""
    text = formula.strip()
    end = _LITERAL_AT_END.search(text) if text.startswith(LINK_OPENING) else None
    if end is None:
        return None
    parts = re.findall(_LITERAL, end["text"])
    was = "".join(
        "\n" if part == LINE_BREAK_FORMULA else part[1:-1].replace('""', '"') for part in parts
    )
    if rows := _ROWS.search(text):
        above, below = box_of(rows["above"]), box_of(rows["below"])
        is_there = above is not None and below is not None and above.bottom == below.row
        return GoalLink(was, _title(rows["sheet"]), above.bottom if above and is_there else 0)
    ref = _REF.search(text)
    box = box_of(ref["cell"]) if ref else None
    if ref is None or box is None:
        return GoalLink(was)
    return GoalLink(was, _title(ref["sheet"]), box.row)


def _title(before: str | None) -> str:
    """The title of a sheet from what a formula writes before a cell of it."""
    title = (before or "")[:-1]
    return title[1:-1].replace("''", "'") if title.startswith("'") else title
