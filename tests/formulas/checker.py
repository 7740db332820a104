"""What a formula can give, and what is wrong with it, by the kinds of what it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.formulas import operators
from tests.formulas.facts import NONE, Facts, facts_of, together
from tests.formulas.functions import (
    CATCHING,
    FUNCTIONS,
    NEVER,
    OF_ARRAYS,
    SAME,
    THROUGH_SHEETS,
    Function,
)
from tests.formulas.kinds import NOTHING, WORDS, Kind, Value, narrowed
from tests.formulas.tree import (
    Binary,
    Boolean,
    Call,
    Constants,
    Error,
    Missing,
    Node,
    Number,
    Reference,
    Text,
    Unary,
)

LITERALS = {
    Number: Kind.NUMBER,
    Text: Kind.TEXT,
    Boolean: Kind.BOOLEAN,
    Error: Kind.ERROR,
    Missing: Kind.BLANK,
}
PLACES = ("ROW", "COLUMN")  # give a number for each row or column of what they are asked about


@dataclass(frozen=True)
class Context:
    """Where an expression stands."""

    arrays: bool = False  # arrays are calculated
    caught: bool = False  # an error does no harm
    guarded: bool = False  # in a branch of an IF
    through: bool = False  # as an argument that may go through several sheets
    facts: Facts = field(default_factory=dict)  # what is known here
    # what is known wherever a comparison here matters, as in AND(ISNUMBER(x),x>0)
    siblings: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    reason: str
    node: Node


class Checker:
    """Goes through one formula; `faults` has what is wrong."""

    def __init__(self, references: Sequence[Value]) -> None:
        self.references = references
        self.faults: list[Fault] = []

    def say(self, node: Node, *reasons: str) -> None:
        self.faults += [Fault(reason, node) for reason in reasons]

    def formula(self, node: Node) -> Value:
        """What a whole formula gives: one value."""
        result = self.value(node, Context())
        if result.array:
            self.say(node, "many values in one cell")
        return replace(result, array=False)

    def value(self, node: Node, at: Context) -> Value:
        """What an expression gives."""
        result = self._value(node, replace(at, through=False) if at.through else at, at.through)
        mask = at.facts.get(node)
        return result if mask is None else replace(result, kinds=narrowed(result.kinds, mask))

    def _value(self, node: Node, at: Context, through: bool) -> Value:
        match node:
            case Reference(index):
                return self._reference(node, self.references[index], through)
            case Constants(items):
                return Value(self._union(items, at), array=True)
            case Unary(sign, operand):
                return self._unary(node, sign, operand, at)
            case Binary(sign, left, right):
                return self._binary(node, sign, left, right, at)
            case Call():
                return self._call(node, at)
        return self._literal(node)

    def _literal(self, node: Node) -> Value:
        if isinstance(node, Error):
            self.say(node, "an error is written")
        if node == Text(""):
            return Value(Kind.EMPTY)
        return Value(LITERALS[type(node)])

    def _reference(self, node: Node, cells: Value, through: bool) -> Value:
        if cells.sheets and not through:
            self.say(node, "through several sheets outside SUM and the like")
        return cells

    def _union(self, items: Sequence[Node], at: Context) -> Kind:
        kinds = NOTHING
        for item in items:
            kinds |= self.value(item, at).kinds
        return kinds

    def _range(self, node: Node, first: Value, last: Value) -> Value:
        """From one end to another; what is between them is of the ends' kinds."""
        if not (first.cells and last.cells):
            self.say(node, "a range needs two references")
        return Value(first.kinds | last.kinds, array=True, cells=True)

    def _unary(self, node: Node, sign: str, operand: Node, at: Context) -> Value:
        match sign, operand:
            case "-", Unary("-", inner):  # how a Boolean is made a number
                value = self.value(inner, at)
                if value.kinds & WORDS and not at.caught:
                    self.say(node, "a text is made a number, and an error would show")
                self._many(node, value, at)
                return Value(Kind.NUMBER, value.array)
        value = self.value(operand, at)
        self.say(node, *operators.calculated(sign, value, Value(Kind.NUMBER), at.arrays))
        self._many(node, value, at)
        return Value(Kind.NUMBER, value.array)

    def _many(self, node: Node, value: Value, at: Context) -> None:
        if value.array and not at.arrays:
            self.say(node, "many values outside SUMPRODUCT")

    def _binary(self, node: Node, sign: str, left: Node, right: Node, at: Context) -> Value:
        first, second = self.value(left, at), self.value(right, at)
        array = first.array or second.array
        if sign == ":":
            return self._range(node, first, second)
        self._many(node, Value(NOTHING, array), at)
        if sign in operators.COMPARED:
            pair = [
                narrowed(side_value.kinds, at.siblings.get(side, ~NOTHING))
                for side, side_value in ((left, first), (right, second))
            ]
            self.say(node, *operators.compared(sign, *pair))
            return Value(Kind.BOOLEAN, array)
        if sign == "&":
            for value in (first, second):
                self.say(
                    node, *operators.argument_faults("text", replace(value, array=False), at.arrays)
                )
            both_empty = not (first.kinds | second.kinds) & ~(Kind.EMPTY | Kind.BLANK)
            return Value(Kind.EMPTY if both_empty else Kind.TEXT | Kind.EMPTY, array)
        self.say(node, *operators.calculated(sign, first, second, at.arrays))
        tally = sign == "+" and operators.is_tally(first) and operators.is_tally(second)
        return Value(Kind.NUMBER, array, tally=tally)

    def _call(self, node: Call, at: Context) -> Value:
        function = FUNCTIONS.get(node.name)
        if function is None:
            why = "is calculated at every change" if node.name in NEVER else "is not in Excel 2007"
            self.say(node, f"{node.name} {why}, or not among the functions that are allowed")
            return Value(Kind.ANY)
        if not function.least <= len(node.arguments) <= function.most:
            self.say(node, f"{len(node.arguments)} arguments of {node.name}")
            return Value(Kind.ANY)
        if node.name == "VALUE" and not (at.caught or at.guarded):
            self.say(node, "VALUE of a text that nothing was asked about")
        values = self._arguments(node, function, at)
        return self._result(node, function, values, at)

    def _arguments(self, node: Call, function: Function, at: Context) -> list[Value]:
        values = []
        for position, argument in enumerate(node.arguments):
            word = function.asks(position)
            here = self._context(node, position, at)
            value = self.value(argument, here)
            if not isinstance(argument, Missing):
                self.say(argument, *operators.argument_faults(word, value, here.arrays))
            values.append(value)
        return values

    def _context(self, node: Call, position: int, at: Context) -> Context:
        """Where an argument of a function stands."""
        name, arguments = node.name, node.arguments
        arrays = at.arrays or name in OF_ARRAYS or (name == "INDEX" and position == 0)
        here = replace(
            at,
            arrays=arrays,
            caught=at.caught or (name in CATCHING and position == 0),
            through=name in THROUGH_SHEETS and not arrays,
            siblings=NONE if name != "NOT" else at.siblings,
        )
        if name == "IF" and position:
            facts = together(at.facts, facts_of(arguments[0], position == 1))
            return replace(here, guarded=True, facts=facts)
        if name in ("AND", "OR"):
            others = (facts_of(a, name == "AND") for n, a in enumerate(arguments) if n != position)
            return replace(here, siblings=together(at.siblings, *others))
        return here

    def _result(
        self, node: Call, function: Function, values: Sequence[Value], at: Context
    ) -> Value:
        if function.gives != SAME:
            many = any(
                value.array and self._is_elementwise(node, function, position)
                for position, value in enumerate(values)
            )
            if many and node.name in PLACES and not at.arrays:
                self.say(node, "many values outside SUMPRODUCT")
            return Value(function.gives, many and at.arrays)
        return self._chosen(node, values, at)

    def _is_elementwise(self, node: Call, function: Function, position: int) -> bool:
        """Whether a function gives a value for each of an array's."""
        return node.name in PLACES or function.asks(position) in ("number", "text", "value")

    def _chosen(self, node: Call, values: Sequence[Value], at: Context) -> Value:
        """What functions give that choose among their arguments."""
        if node.name == "INDEX":
            wide = len(values) == 2 and node.arguments[1] == Number("0")
            cells = values[0].cells
            return Value(values[0].kinds, array=wide, cells=cells, ready=wide)
        if node.name == "LOOKUP":
            return Value(values[-1].kinds | Kind.ERROR)
        listed = values if node.name == "IFERROR" else values[1:]
        kinds = NOTHING
        for value in listed:
            kinds |= value.kinds
        if node.name == "IFERROR":
            kinds = (values[0].kinds & ~Kind.ERROR) | values[1].kinds
        if node.name == "IF" and len(values) == 2:
            kinds |= Kind.BOOLEAN
        several = [value for value in listed if value.array]
        if several and not (node.name == "IF" and all(value.cells for value in several)):
            self.say(node, f"{node.name} of many values needs Ctrl+Shift+Enter in Excel 2016")
        cells = all(value.cells for value in listed) and node.name != "HYPERLINK"
        return Value(kinds, array=bool(several) and at.arrays, cells=cells)
