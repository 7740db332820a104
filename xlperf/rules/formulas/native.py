"""Rules as spreadsheet formulas: the small language in which a rule says what a cell can check.

A formula here knows no cell. It names parts of its subject in braces: `{budget}` is the cell of the
budget, `{indicators/name}` a whole column, `{budget.amount}` a step on the way (see `steps`),
`{list:NAME}` a list of words, `{profile:NAME}` a threshold. A name that the subject lacks is looked
for in what it belongs to: an indicator's project, a project's department. The workbook puts
addresses in their place. Functions of Excel 2007 only, none that depends on the user's language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from xlperf.characters.xml_signs import FORBIDDEN_IN_XML
from xlperf.rules.formulas.conditions import is_plain, test_of

ARABIC_DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER_BLANKS = ("\u3000", "\u00a0")
NO_LINE = 1000000  # larger than any line
INDICATOR_LISTS = ("projects/indicators", "activities/indicators")
_NAME = re.compile(r"\{([a-z][^{},]*)\}")


class NativeCheck(NamedTuple):
    """The part of a rule that a cell can check: where it points to, and when it fires.

    `of` is the key path of what it looks at, for rules that look at the whole department;
    `whole` says that it fires exactly where the rule does, otherwise only where it does for sure;
    `required` that it holds only for fields which an edition requires; `levels` that it holds only
    where the edition's levels are the usual ones; `unless` keeps it from firing on a sheet that has
    the list which it names.
    """

    at: str
    when: str
    of: str = ""
    blank: bool = False
    whole: bool = True
    required: bool = False
    levels: bool = False
    unless: str = ""


NativeChecks = tuple[NativeCheck, ...]


def by_cell(  # noqa: PLR0913 - one argument a property
    at: str,
    when: str,
    *,
    of: str = "",
    blank: bool = False,
    whole: bool = True,
    required: bool = False,
    levels: bool = False,
    unless: str = "",
) -> NativeChecks:
    """One formula (`when`) a field of `at` (joined by blanks); `{it}` is the field itself."""
    return tuple(
        NativeCheck(key, when.replace("{it", "{" + key), of, blank, whole, required, levels, unless)
        for key in at.split() or [""]
    )


def not_blank(at: str, *, of: str = "", required: bool = False) -> NativeChecks:
    """Checks that fire where a field is blank, one for each field of `at` (joined by blanks)."""
    return by_cell(at, blank("{it}"), of=of, blank=True, required=required)


def expand(formula: str, resolve: Callable[[str], str]) -> str:
    """A formula with every name in braces replaced by what `resolve` gives: an address."""
    return _NAME.sub(lambda match: resolve(match[1]), formula)


def names_in(formula: str) -> list[str]:
    """The names in braces of a formula."""
    return _NAME.findall(formula)


def literal(text: str) -> str:
    """A text as a formula writes it: in double quotes, those inside doubled.

    Without the signs that XML cannot hold: in a cell's text they are escaped, in a formula they
    have no escape.
    """
    return '"' + FORBIDDEN_IN_XML.sub("", text).replace('"', '""') + '"'


def either(*conditions: str) -> str:
    """A formula: TRUE where one condition is; none after it that is slow or may fail."""
    *before, text = _together("OR", conditions)
    for condition in reversed(before):
        text = f"IF({test_of(condition)},TRUE,{text})"
    return text


def both(*conditions: str) -> str:
    """A formula: TRUE where all conditions are; none after a false one that is slow or may fail."""
    *before, text = _together("AND", conditions)
    for condition in reversed(before):
        text = f"IF({test_of(condition)},{text})"  # FALSE where there is no third part
    return text


def _together(function: str, conditions: Iterable[str]) -> Iterator[str]:
    """Conditions with plain ones that follow each other in one call: far fewer parts than IFs.

    Programs that open a workbook keep each part of a formula for each of its cells.
    """
    for plain, alike in groupby(conditions, is_plain):
        together = list(alike)
        if plain and len(together) > 1:
            yield f"{function}({','.join(together)})"
        else:
            yield from together


def no(condition: str) -> str:
    """A formula: TRUE where the condition is FALSE."""
    return f"NOT({test_of(condition)})"


def without(text: str, signs: Iterable[str]) -> str:
    """A formula for a text without these signs."""
    return replaced(text, [(sign, "") for sign in signs])


def replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A formula for a text with signs replaced, pair by pair: (sign, substitute)."""
    for sign, substitute in pairs:
        text = f"SUBSTITUTE({text},{literal(sign)},{literal(substitute)})"
    return text


def as_written(text: str) -> str:
    """A formula for a text without blanks around it or doubled, on one line."""
    inner = replaced(text, [(sign, " ") for sign in OTHER_BLANKS])
    return f'TRIM(SUBSTITUTE(SUBSTITUTE({inner},CHAR(10)," "),CHAR(9)," "))'


def trim_blanks(text: str) -> str:
    """A text as `as_written` gives it."""
    return " ".join(filter(None, re.split(f"[ {''.join(OTHER_BLANKS)}\n\t]", text)))


def compact(text: str) -> str:
    """A formula for a text without any blank, line break or tab."""
    inner = without(text, (" ", *OTHER_BLANKS))
    return f'SUBSTITUTE(SUBSTITUTE({inner},CHAR(10),""),CHAR(9),"")'


def tight(text: str) -> str:
    """A text that has only usual blanks without them."""
    return f'SUBSTITUTE({text}," ","")'


def blank(text: str) -> str:
    """A formula: whether a text is empty but for blanks and line breaks."""
    return f'{compact(text)}=""'


def absent(cell: str) -> str:
    """A formula: whether a cell is empty or an empty text."""
    return f"LEN({cell})=0"


def ends(text: str, words: str) -> str:
    """Whether a text ends with a word of a list."""
    listed = "{list:" + words + "}"
    return f"SUMPRODUCT(--EXACT(RIGHT({text},LEN({listed})),{listed}))>0"


def holds(text: str, words: str) -> str:
    """Whether a word of a list stands in a text."""
    return f"SUMPRODUCT(COUNT(FIND({{list:{words}}},{text})))>0"


def one_of(text: str, column: str) -> str:
    """A formula: whether a text is one of a column's, capitals and small letters told apart."""
    return f"SUMPRODUCT(--EXACT({column},{text}))>0"


def in_list(text: str, words: str) -> str:
    """Whether a text is a word of a list."""
    return one_of(text, "{list:" + words + "}")


def beside(text: str, words: str, others: str, otherwise: str = '""') -> str:
    """The word that stands in one list where the text stands in another; else another text."""
    return f"IFERROR({facing(text, words, others)},{otherwise})"


def facing(text: str, words: str, others: str) -> str:
    """The word that stands in one list where the text stands in another; else an error."""
    from_list, to_list = "{list:" + words + "}", "{list:" + others + "}"
    return f"LOOKUP(2,1/EXACT({from_list},{text}),{to_list})"  # beside the 1; others are errors


def count_of(text: str, signs: str) -> str:
    """How many of a text's characters stand in a list of single signs."""
    return f'SUMPRODUCT(LEN({text})-LEN(SUBSTITUTE({text},{{list:{signs}}},"")))'


def made_of(text: str, signs: str) -> str:
    """Whether a text has no character but those of a list of signs; true of an empty one."""
    return f"{count_of(text, signs)}=LEN({text})"


def of_digits(text: str) -> str:
    """Whether a text is made of digits only; true of an empty one."""
    return made_of(text, "digits")


def is_digit(character: str) -> str:
    """Whether one character is a digit; true of none at all."""
    return f'ISNUMBER(FIND({character},"{ARABIC_DIGITS}"))'


def lowest(numbers: str, where: str) -> str:
    """The lowest of a column's numbers where a condition holds for its row; large if for none."""
    return f"SUMPRODUCT(MIN({numbers}+{NO_LINE}*(1-1*{where})))"


def homes(subject: str, native: NativeCheck) -> tuple[tuple[str, str], ...]:
    """What a formula looks at (key paths), and the field below that it points to."""
    if subject == "Indicator" or native.of == "indicators":
        return tuple((indicator, native.at) for indicator in INDICATOR_LISTS)
    if subject == "Project" and native.at.startswith("indicators/"):
        return (("projects/indicators", native.at.removeprefix("indicators/")),)
    of = {"Project": "projects", "Activity": "activities"}.get(subject, native.of)
    return ((of, native.at),)


def division(code: str) -> str:
    """Whether a text may be the code of an administrative division."""
    in_a_list = (in_list(f"LEFT({code},2)", words) for words in ("provinces", "beside_provinces"))
    return both(f"LEN({code})=6", of_digits(code), either(*in_a_list))
