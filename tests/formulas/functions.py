"""The functions that a formula may use, all of them in Excel 2007, and what they ask and give.

What is asked, an argument a word:
  number, text, value  one value (of a kind); many of them give many, where arrays are calculated
  truth     a Boolean, or a number that stands for one
  one       one value, never many
  numbers   cells or an array that are added up or the like: Booleans and texts would be left out
  values    cells or an array of anything
  cells     a reference
?  behind a word: may be left out; * : any number of them
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.formulas.kinds import Kind

N, T, B, E = Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN, Kind.ERROR
SAME = Kind(0)  # what it gives follows from its arguments: see `checker`

# of functions that are calculated anew at every change, those that are allowed, and why
VOLATILE = {
    "CELL": "only it tells a sheet's own title, and whether a cell shows percent",
    "INDIRECT": "only it follows the title of a copied sheet that people write into the summary",
}
NEVER = ("OFFSET", "NOW", "TODAY", "RAND", "RANDBETWEEN", "INFO")

# which calculate their arguments as arrays, without Ctrl+Shift+Enter
OF_ARRAYS = {"SUMPRODUCT", "LOOKUP", "MMULT"}  # and INDEX, in its first argument
THROUGH_SHEETS = {"SUM", "COUNT", "COUNTA", "MAX", "MIN", "AVERAGE", "PRODUCT"}
CATCHING = {"IFERROR", "ISERROR", "ISERR", "ISNUMBER"}  # an error within them does no harm


@dataclass(frozen=True)
class Function:
    parameters: tuple[str, ...]
    gives: Kind

    @property
    def least(self) -> int:
        return sum(not word.endswith(("?", "*")) for word in self.parameters)

    @property
    def most(self) -> int:
        return (
            255
            if self.parameters[-1:] and self.parameters[-1].endswith("*")
            else len(self.parameters)
        )

    def asks(self, position: int) -> str:
        return self.parameters[min(position, len(self.parameters) - 1)].rstrip("?*")


_TABLE = {
    # to be decided
    "IF": ("truth value value?", SAME),
    "IFERROR": ("value value", SAME),
    "CHOOSE": ("one value*", SAME),
    "AND": ("truth*", B),
    "OR": ("truth*", B),
    "NOT": ("truth", B),
    "TRUE": ("", B),
    "FALSE": ("", B),
    "NA": ("", E),
    # kinds of values
    **dict.fromkeys(("ISNUMBER", "ISTEXT", "ISERROR", "ISERR", "ISNA"), ("value", B)),
    **dict.fromkeys(("ISBLANK", "ISLOGICAL", "ISNONTEXT"), ("value", B)),
    "N": ("one", N),
    "T": ("one", T),
    "VALUE": ("text", N | E),
    # texts
    **dict.fromkeys(("LEFT", "RIGHT"), ("text number?", T)),
    "MID": ("text number number", T),
    "LEN": ("text", N),
    **dict.fromkeys(("FIND", "SEARCH"), ("text text number?", N | E)),
    "SUBSTITUTE": ("text text text number?", T),
    "REPLACE": ("text number number text", T),
    "REPT": ("text truth", T),  # once or never
    **dict.fromkeys(("TRIM", "CLEAN", "UPPER", "LOWER", "PROPER"), ("text", T)),
    "CHAR": ("number", T),
    "CODE": ("text", N | E),
    "EXACT": ("text text", B),
    "TEXT": ("number text", T),
    "CONCATENATE": ("text*", T),
    # numbers
    **dict.fromkeys(("ABS", "INT", "SIGN", "SQRT"), ("number", N)),
    **dict.fromkeys(("ROUND", "ROUNDUP", "ROUNDDOWN", "MOD", "POWER"), ("number number", N)),
    "TRUNC": ("number number?", N),
    "DATE": ("number number number", N),
    **dict.fromkeys(("YEAR", "MONTH", "DAY"), ("number", N)),
    # many values
    **dict.fromkeys(("SUM", "COUNT", "MAX", "MIN", "AVERAGE", "PRODUCT"), ("numbers*", N)),
    "COUNTA": ("values*", N),
    "COUNTBLANK": ("cells", N),
    **dict.fromkeys(("SMALL", "LARGE"), ("numbers number", N | E)),
    "SUMPRODUCT": ("numbers*", N),
    "MMULT": ("numbers numbers", N),
    "SUMIF": ("cells value cells?", N),
    "COUNTIF": ("cells value", N),
    "SUMIFS": ("cells cells value cells? value? cells? value?", N),
    "COUNTIFS": ("cells value cells? value? cells? value?", N),
    # places
    "INDEX": ("values one one?", SAME),
    "MATCH": ("value values one?", N | E),
    "LOOKUP": ("one values values?", SAME),
    **dict.fromkeys(("ROW", "COLUMN"), ("cells?", N)),
    **dict.fromkeys(("ROWS", "COLUMNS"), ("values", N)),
    "HYPERLINK": ("text value", SAME),
    "CELL": ("text cells", T | E),
    "INDIRECT": ("text", Kind.ANY),
}
FUNCTIONS = {name: Function(tuple(words.split()), gives) for name, (words, gives) in _TABLE.items()}
