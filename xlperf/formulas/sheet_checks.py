"""The cells that check a sheet: where each step and each check stands, as formulas.

Below a form, on hidden rows, there are rows of steps for its single fields, a line for each field
that has checks, and (`list_checks`) a line for each row of its lists. A line ends in its tokens:
a mark and a rule's code for each check that fires.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlperf.editions import Traits
from xlperf.forms.defined_names import LIST_PREFIX
from xlperf.layout import Box, Coord, Layout
from xlperf.layout.addresses import address, cell_address, quoted
from xlperf.rules import catalogue
from xlperf.rules.core import ERROR, INFO, Rule, with_severities
from xlperf.rules.finding_keys import OWNER_FIELD, is_explained, key_without_rule, owner_key
from xlperf.rules.formulas.conditions import shown_if, test_of
from xlperf.rules.formulas.native import (
    NativeCheck,
    both,
    expand,
    homes,
    literal,
    names_in,
    no,
)
from xlperf.rules.formulas.stage_natives import is_of_a_stage
from xlperf.rules.profiles import Profile
from xlperf.rules.text.levels import are_known
from xlperf.wording import say

ROWS_ABOVE_CHECKS = 40  # rows between a form and its checks, for what people write below a form
FAULT, EMPTY_SIGN, DOUBT, NOTE = "!", "_", "?", "."
CHECK_SIGNS = EMPTY_SIGN + FAULT + DOUBT + NOTE
END_SIGN = ";"  # of a token: no blank, which LibreOffice takes off the ends of what formulas gave
TOKEN = 8  # characters of a token: mark, code, end
ALIAS = {"unit_name": "unit"}  # parts of the record that share a cell with another
# the first column of all lines: columns of the form come and go without them
FIRST_LINE_COLUMN = 20
# columns of a line
TOTAL_COLUMN, ROW_COLUMN, WORDS_COLUMN, SHEET_COLUMN = range(
    FIRST_LINE_COLUMN, FIRST_LINE_COLUMN + 4
)
CHECKED_LISTS = ("indicators", "activities", "safeguards")
NUMERIC_KINDS = ("money", "percent")  # kinds of fields whose checks look at the number itself

Checks = Mapping[tuple[str, str], Sequence[tuple[Rule, NativeCheck]]]
CheckNames = Mapping[str, str]


class RowLine(NamedTuple):
    """What is checked in the single fields of one row of a form."""

    tokens: str  # the cell with the tokens of all of them
    words: str  # the cell that says in words what is to be done
    cells: tuple[str, ...]  # the cells with the tokens of each


@dataclass
class SheetChecks:
    """The checks of one sheet as formulas, and where everything stands."""

    layout: Layout
    root: str  # what the form is about: "projects", or "" for the department
    profile: Profile
    checks: Checks
    traits: Traits
    outer: CheckNames = field(default_factory=dict)  # names on other sheets
    places: int = 0  # units whose sums the summary shows
    cells: dict[Coord, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    tokens: dict[tuple[str, str, int], Coord] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)  # single fields → the cell of their tokens
    ranges: dict[str, Box] = field(default_factory=dict)  # lists → the totals of their lines
    columns: dict[str, Box] = field(default_factory=dict)  # list fields → their lines' tokens
    rows: dict[int, RowLine] = field(default_factory=dict)  # rows of the form → their single fields
    lines: list[Coord] = field(default_factory=list)
    contribution: Box | None = None  # a project's numbers, and left of them their columns

    @property
    def steps_row(self) -> int:
        """The row of steps for the form's single fields, above all lines."""
        return self.layout.rows + ROWS_ABOVE_CHECKS

    @property
    def results_row(self) -> int:
        """The row of what lists and lines as a whole give, below the steps."""
        return self.steps_row + rows_of_steps(self.layout)

    @property
    def first_line(self) -> int:
        """The row of the first line; the one above it is empty."""
        return self.results_row + 2

    def put(self, row: int, col: int, formula: object) -> str:
        """Put a formula into a cell; the cell's address.

        Cells of its own row are written without `$`, so that like formulas beside each other can
        be shared.
        """
        text = str(formula)
        if f"${row}" in text:
            text = re.sub(rf"(?<![!:])\$([A-Z]+)\${row}(?![0-9:])", rf"\g<1>{row}", text)
        self.cells[row, col] = f"={text}"
        return address(Box(row, col))

    def resolve(self, name: str, near: CheckNames | None = None) -> str:
        """What a name in braces stands for: an address, a defined list, a number of the profile.

        `list:` and `profile:` begin names of these kinds; any other is looked up in `near` (a
        line's own names), the sheet's and those of other sheets. KeyError where none has it.
        """
        kind, _, rest = name.partition(":")
        if kind == "list":
            return LIST_PREFIX + rest
        if kind == "profile":
            return self.threshold(rest)
        if name == OWNER_FIELD:
            return self.names[owner_key(self.traits)]
        for names in (near or {}, self.names, self.outer):
            if name in names:
                return names[name]
        raise KeyError(name)

    def threshold(self, name: str) -> str:
        """A number or TRUE/FALSE of the profile, as text; `name.0` is the first of a range."""
        key, _, part = name.partition(".")
        value = self.profile[key]
        return str(value[int(part)] if part else value).upper()

    def formula(self, text: str, near: CheckNames | None = None) -> str:
        """A rule's formula with each `{name}` in it resolved (see `resolve`)."""
        return expand(text, lambda name: self.resolve(name, near))

    def fired(self, of: str, at: str, near: CheckNames | None = None, key: str = "") -> str:
        """A formula that gives a token for each check of a field that fires and is not explained.

        `of` is what the checks look at, as a key path; `at` its field; `key` the cell that has
        the key of their findings without the rule. "" without checks.
        """
        parts = []
        for rule, native in self.checks.get((of, at), ()):
            condition = self.formula(self._condition(native), near)
            if condition.startswith("IF(FALSE,"):  # by the profile it is never so
                continue
            token = f'"{sign_of(rule, native)}{rule.code}{END_SIGN}"'
            if self.is_waivable(rule):
                key = key or self.formula(key_without_rule(of, at), near)
                explained = test_of(self.formula(is_explained(rule.code, key)))
                parts.append(f'IF({test_of(condition)},IF({explained},"",{token}),"")')
            else:
                parts.append(shown_if(condition, token))
        return "&".join(parts)

    def _condition(self, native: NativeCheck) -> str:
        """When a check fires on this sheet, which may have or lack what keeps it from firing."""
        has_all = set(names_in(native.unless)) <= self.names.keys()
        return both(native.when, no(native.unless)) if native.unless and has_all else native.when

    def is_waivable(self, rule: Rule) -> bool:
        """Whether what a rule finds may be explained."""
        return rule.severity in self.profile["waivable"]

    def has_keys(self, of: str, at: str) -> bool:
        """Whether several checks of a field look for the key of their findings."""
        checks = self.checks.get((of, at), ())
        return sum(self.is_waivable(rule) for rule, _ in checks) > 1

    def line(self, row: int, total: str, where: str) -> None:
        """The end of a line: all its tokens, and its row on the form."""
        self.put(row, TOTAL_COLUMN, total)
        self.put(row, ROW_COLUMN, where)
        self.lines.append((row, TOTAL_COLUMN))

    def line_of_list(self, row: int, total: str, where: str) -> None:
        """The end of a line of a list, whose tokens are said in words beside its row."""
        self.line(row, total, where)
        self.put(row, WORDS_COLUMN, token_words(cell_address(row, TOTAL_COLUMN)))

    def column_of_lines(self, col: int) -> str:
        """The address of a column's cells in all lines, blank rows between these included."""
        top, bottom = self.lines[0][0], self.lines[-1][0]
        return address(Box(top, col, 1, bottom - top + 1))

    @property
    def first(self) -> str:
        """The cell that has the first row of the form where something is open, if anything is."""
        return self.names["first"]

    @property
    def area(self) -> Box:
        """The rectangle of all cells that check: the row of steps and every line."""
        top, bottom = (pick(row for row, _ in self.cells) for pick in (min, max))
        right = max(col for _, col in self.cells)
        return Box(top, FIRST_LINE_COLUMN, right - FIRST_LINE_COLUMN + 1, bottom - top + 1)

    def from_afar(self, title: str) -> dict[str, str]:
        """Each name with its address, the sheet's title before it: for formulas on other sheets."""
        return {name: f"{quoted(title)}!{where}" for name, where in self.names.items()}


def checks_of(profile: Profile, traits: Traits) -> Checks:
    """Every check by what it looks at and the field that it points to, the gravest first.

    Those that look at something which the edition's forms have not are left out.
    """
    result: dict[tuple[str, str], list[tuple[Rule, NativeCheck]]] = {}
    for rule in with_severities(catalogue().values(), profile):
        if is_of_a_stage(rule.native):
            continue
        for native in rule.native if all(map(traits.has, rule.fields)) else ():
            for home in homes(rule.subject, native):
                if is_checked(native, home, traits):
                    result.setdefault(home, []).append((rule, native))
    for checks in result.values():
        checks.sort(key=lambda check: CHECK_SIGNS.index(sign_of(*check)))
    return result


def is_checked(native: NativeCheck, home: tuple[str, str], traits: Traits) -> bool:
    """Whether an edition has what a check looks at and points to, and requires it if it must."""
    of, at = home
    if (native.required and not traits.requires(of, at)) or (
        native.levels and not are_known(traits)
    ):
        return False
    return not traits.lacks(f"{of}/{at}".strip("/")) and not lacking(native.when, of, traits)


def lacking(formula: str, of: str, traits: Traits) -> bool:
    """Whether a formula names a field that the edition's forms have not.

    A name belongs to what the formula looks at or to what that belongs to: an indicator's project.
    """
    return any(is_lacking(name, of, traits) for name in names_in(formula))


def is_lacking(name: str, of: str, traits: Traits) -> bool:
    """Whether the edition's forms have not what a name of a formula is about."""
    kind, _, rest = name.rpartition(":")
    if kind in ("list", "profile"):
        return False
    field = rest.partition(".")[0]
    owners = (of.rsplit("/", n)[0] if n else of for n in range(of.count("/") + 1))
    paths = [f"{owner}/{field}".strip("/") for owner in (*owners, "")]
    return not any(map(traits.has, paths)) and any(map(traits.lacks, paths))


def sign_of(rule: Rule, native: NativeCheck) -> str:
    """The mark of a check's token: blank field, error, information, or doubt for the rest."""
    if native.blank:
        return EMPTY_SIGN
    return {ERROR: FAULT, INFO: NOTE}.get(rule.severity, DOUBT)


def token_words(tokens: str, listed: str = "check") -> str:
    """A formula that says the first of some tokens in words, and whether there are more.

    `listed`: what the names of the lists of codes and their words begin with.
    """
    signs = ",".join(literal(say(f"check.mark_{at}")) for at in range(1, len(CHECK_SIGNS) + 1))
    # an error where there are none
    first = f"MATCH(MID({tokens},2,6),{LIST_PREFIX}{listed}_codes,0)"
    sign = f'CHOOSE(FIND(LEFT({tokens}),"{CHECK_SIGNS}"),{signs})'
    more = literal(say("check.more"))
    sentence = (
        f'{sign}&INDEX({LIST_PREFIX}{listed}_words,{first})&IF(LEN({tokens})>{TOKEN},{more},"")'
    )
    return f'IFERROR({sentence},"")'


def number_fields(layout: Layout) -> list[str]:
    """The single fields of a form whose checks look at a number, in their order."""
    return [cell.ref for cell in layout.form.singles() if cell.kind in NUMERIC_KINDS]


def rows_of_steps(layout: Layout) -> int:
    """How many rows the steps of a form's single fields take: one for each number."""
    return max(1, len(number_fields(layout)))


def add_step(checks: SheetChecks, row: int, name: str, formula: object) -> None:
    """Put a formula into the next free cell of a row of steps, and enter its name."""
    col = 1 + max((col for at, col in checks.cells if at == row), default=FIRST_LINE_COLUMN - 1)
    checks.names[name] = checks.put(row, col, formula)
