"""All formulas of a workbook, checked with the kinds of the cells that they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from tests.formulas import limits
from tests.formulas.checker import Checker, Fault
from tests.formulas.kinds import Kind, Value
from tests.formulas.parse import NotAFormulaError, Piece, pieces_of, tree_of
from tests.formulas.places import Area, Places
from tests.formulas.tree import Constants, Node, nodes, shown

MOST_ROUNDS = 60  # a chain of cells that goes against the order of the rounds gets longer by one


@dataclass(frozen=True)
class Report:
    """What is wrong, and where."""

    sheet: str
    place: str
    formula: str
    reason: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.place}: {self.reason}\n    {self.formula}"


@dataclass(frozen=True, eq=False)
class Shape:
    """What formulas have in common that differ in their references only."""

    tree: Node
    too_large: tuple[str, ...]

    @cached_property
    def has_constants(self) -> bool:
        return any(isinstance(node, Constants) for node in nodes(self.tree))


@dataclass(frozen=True)
class Written:
    """A formula as it stands on a sheet."""

    sheet: str
    place: str
    formula: str
    shape: Shape
    references: tuple[str, ...]


@cache
def shape_of(pieces: tuple[Piece, ...]) -> Shape:
    """The one shape of these tokens; raises NotAFormulaError."""
    tree = tree_of(pieces)
    return Shape(tree, tuple(limits.of_tree(tree)))


@cache
def judged(shape: Shape, references: tuple[Value, ...]) -> tuple[Kind, tuple[Fault, ...]]:
    """The kinds that a formula can give, and what is wrong with it."""
    checker = Checker(references)
    value = checker.formula(shape.tree)
    return value.kinds, tuple(dict.fromkeys(checker.faults))


def reports(book: Workbook) -> list[Report]:
    """Everything that is wrong in a workbook."""
    return list(_BookCheck(book).reports())


class _BookCheck:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.places = Places(book)
        self.unreadable: list[Report] = []
        self.cells: dict[tuple[str, int, int], Written] = {}
        for sheet in book.worksheets:
            self._read(sheet)
        self._infer()

    def _read(self, sheet: Worksheet) -> None:
        for (row, col), cell in sheet._cells.items():
            value = cell.value
            if isinstance(value, ArrayFormula | DataTableFormula):
                self._report(sheet.title, cell.coordinate, "", "an array formula or data table")
            elif cell.data_type == "f":
                self._add((sheet.title, row, col), cell.coordinate, str(value))

    def _add(self, coord: tuple[str, int, int], place: str, formula: str) -> None:
        if written := self._written(coord[0], place, formula):
            self.cells[coord] = written

    def _written(self, sheet: str, place: str, formula: str) -> Written | None:
        try:
            pieces, references = pieces_of(formula)
            shape = shape_of(pieces)
        except (NotAFormulaError, KeyError, IndexError) as error:
            self._report(sheet, place, formula, f"cannot be read: {error}")
            return None
        return Written(sheet, place, formula, shape, references)

    def _report(self, sheet: str, place: str, formula: str, reason: str) -> None:
        self.unreadable.append(Report(sheet, place, formula, reason))

    def _infer(self) -> None:
        """Find the kinds of all cells with formulas: round after round, until none changes."""
        order = list(self.cells.items())
        before: dict[tuple[str, int, int], tuple[Value, ...]] = {}  # what the references gave
        formula_kinds = self.places.formula_kinds
        formula_kinds.update(dict.fromkeys(self.cells, Kind(0)))
        for _ in range(MOST_ROUNDS):
            changed = False
            self.places.forget_areas()
            for coord, written in order:
                values = self._values(written)
                if values == before.get(coord):
                    continue
                before[coord] = values
                kinds, _faults = judged(written.shape, values)
                if kinds != formula_kinds[coord]:
                    formula_kinds[coord], changed = kinds, True
            if not changed:
                return
            order.reverse()
        raise AssertionError("kinds of cells that change for ever")

    def _values(self, written: Written) -> tuple[Value, ...]:
        return tuple(self.places.value(name, written.sheet) for name in written.references)

    def reports(self) -> Iterator[Report]:
        yield from self.unreadable
        self.places.forget_areas()
        for written in self.cells.values():
            yield from self._of(written)
        for sheet in self.book.worksheets:
            for place, formula in (*_formats(sheet), *_validations(sheet)):
                if rule_formula := self._written(sheet.title, place, formula):
                    yield from self._of(rule_formula)
                    reasons = _not_in_rules(rule_formula)
                    yield from (Report(sheet.title, place, formula, why) for why in reasons)
            yield from (Report(sheet.title, p, "", why) for p, why in limits.of_sheet(sheet))
        for place, why in limits.of_book(self.book):
            yield Report("", place, "", why)
        yield from self._names()

    def _of(self, written: Written) -> Iterator[Report]:
        _, faults = judged(written.shape, self._values(written))
        reasons = [f"{fault.reason}: {shown(fault.node, written.references)}" for fault in faults]
        reasons += [f"no such place: {name}" for name in self._lost(written)]
        reasons += [*written.shape.too_large, *limits.of_formula(written.formula)]
        for reason in reasons:
            yield Report(written.sheet, written.place, written.formula, reason)

    def _lost(self, written: Written) -> Sequence[str]:
        return [n for n in written.references if self.places.area(n, written.sheet) is None]

    def _names(self) -> Iterator[Report]:
        """Defined names stand for cells of one sheet that there is."""
        of_sheets = ((sheet.title, sheet.defined_names) for sheet in self.book.worksheets)
        for sheet, names in (("", self.book.defined_names), *of_sheets):
            for name, defined in names.items():
                target = str(defined.attr_text or "")
                if limits.length(target) > limits.CHARACTERS:
                    yield Report(sheet, name, target, "too long")
                if not isinstance(self.places.area(target, sheet), Area) and "_xlnm" not in name:
                    yield Report(sheet, name, target, "stands for no cells")


def _not_in_rules(written: Written) -> Iterator[str]:
    """What a cell's formula may have, and that of a format or a validation may not."""
    if any("!" in reference for reference in written.references):
        yield "refers to a sheet, which rules cannot before Excel 2010"
    if written.shape.has_constants:
        yield "array constants are not possible in a rule"


def _formats(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """The conditional formats of a sheet, as formulas that give TRUE or FALSE."""
    signs = {"equal": "=", "notEqual": "<>", "greaterThan": ">", "lessThan": "<"}
    for area in sheet.conditional_formatting:
        first = str(area.sqref).split()[0].split(":")[0]
        for rule in area.rules:
            place = f"format of {area.sqref}"
            for formula in rule.formula:
                whole = rule.type == "expression"
                yield place, f"={formula}" if whole else f"={first}{signs[rule.operator]}{formula}"


def _validations(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """What the fields of a sheet are compared with, as formulas."""
    for validation in sheet.data_validations.dataValidation:
        place = f"validation of {validation.sqref}"
        for formula in (validation.formula1, validation.formula2):
            if formula and validation.type == "list":
                yield place, f"=COUNTA({formula})"
            elif formula:
                yield place, f"={formula}" if validation.type == "custom" else f"=N({formula})"
