"""Steps to the number that a target or a completed value states: operator, number or range, unit.

What `stages.quantities.quantity` reads and nothing else, cell by cell: a sign or a word for it,
digits that may be grouped, or a numeral or a share in words, a unit, a word after it; or two
numbers with a dash between. A step is named like a part of its subject: `{completed.low}` is the
number of what was completed, "" where there is none.
"""

from __future__ import annotations

from xlperf.rules.formulas.native import (
    DIGITS,
    as_written,
    beside,
    both,
    either,
    literal,
    replaced,
    tight,
    without,
)
from xlperf.rules.formulas.numeral_steps import numeral_steps
from xlperf.rules.formulas.unit_steps import is_unit, unit_steps
from xlperf.rules.stages.quantities import YEAR, YEARS
from xlperf.rules.text import lexicon
from xlperf.target_words import table
from xlperf.targets import LONGEST, NOUGHTS

UNSEEN = "\u200b\ufeff\u00ad\u2060"  # signs without a width
MOST, DECIMALS = 15, 8  # digits of a number, and behind its point
BETWEEN = "-~\uff5e\u2014\u2013\u81f3\u5230"  # two numbers of a range; look-alikes are mended
SIGNS = "".join(table("signs"))
OF_RESULTS = "_result"  # ends the names of lists of words before what was reached
SOFTLY = "?"  # before an operator that holds where nothing else says one


def quantity_steps(key: str, *, ranges: bool = False) -> dict[str, str]:
    """Steps from a text (`{key}`, as its cell shows it) to `key.low`, `key.high`, `key.unit`.

    Without `ranges` it is what was reached: a range of two numbers is none, there is no `key.high`,
    and a word that says no more than that it was reached may stand before the number.
    """
    single = {
        **flat_steps(key),
        **operator_steps(key, "" if ranges else OF_RESULTS),
        **amount_steps(key, f"{{{key}.core}}"),
        **numeral_steps(key),
        **number_steps_of(key),
    }
    if ranges:
        return {**single, **range_steps(key), **ends_steps(key)}
    number, unit = f"{{{key}.number}}", f"{{{key}.number.unit}}"
    return {**single, f"{key}.unit": unit, f"{key}.low": _no_year(number, number, unit)}


def flat_steps(key: str) -> dict[str, str]:
    """Steps to a text without blanks, look-alikes and marks at its end, and whether to read it.

    Two numbers that only a blank keeps apart are no number, nor is what is long, nor what has a
    scanned letter for a nought.
    """
    characters = table("characters")
    written = [*zip(characters["written"], characters["read"], strict=True)]
    spelled = [(w, sign) for sign, words in table("signs").items() for w in words if w != sign]
    visible, flat = f"{{{key}.visible}}", f"{{{key}.flat}}"
    zeros = replaced(visible, [(digit, "0") for digit in DIGITS[1:]])
    return {
        f"{key}.visible": as_written(without(replaced(f"{{{key}}}", written), UNSEEN)),
        f"{key}.mapped": replaced(tight(visible), sorted(spelled, key=lambda pair: -len(pair[0]))),
        f"{key}.ended": _without_end(f"{{{key}.mapped}}"),
        f"{key}.flat": _without_end(f"{{{key}.ended}}"),
        f"{key}.sound": both(
            f"LEN({flat})>0",
            f"LEN({tight(visible)})<={LONGEST}",
            f'ISERROR(FIND("0 0",{zeros}))',
            f"LEN({without(flat, sorted(NOUGHTS))})=LEN({flat})",
        ),
    }


def _without_end(text: str) -> str:
    """A text without one mark at its end that says nothing."""
    is_mark = f"ISNUMBER(FIND(RIGHT({text}),{literal(table('ends')['written'])}))"
    return f'IF({text}="","",IF({is_mark},LEFT({text},LEN({text})-1),{text}))'


def operator_steps(key: str, of: str = "") -> dict[str, str]:
    """Steps to the sign, the words before and after a number, and the operator that they say.

    `of` ends the names of the lists of words before it; `key.agreed` is FALSE where they contradict
    each other; `key.core` is the text between them.
    """
    text, rest, sign = f"{{{key}.flat}}", f"{{{key}.rest}}", f"{{{key}.sign}}"
    first, last = f"{{{key}.before}}", f"{{{key}.after}}"
    length = f"LEN({rest})-{first}-{last}"
    words, meanings = f"operators_before{of}", f"meant_before{of}"
    meant_first = beside(f"LEFT({rest},{first})", words, meanings)
    meant_last = beside(f"RIGHT({rest},{last})", "operators_after", "meant_after")
    hard, soft, late = (f"{{{key}.{step}}}" for step in ("hard", "softly", "meant_after"))
    operator = f"{{{key}.operator}}"
    said = f'IF({hard}<>"",{hard},IF({late}<>"",{late},{soft}))'
    return {
        f"{key}.sign": f'IF({text}="","",IF({without(f"LEFT({text})", SIGNS)}="",LEFT({text}),""))',
        f"{key}.rest": f"MID({text},LEN({sign})+1,99)",
        f"{key}.before": _longest(f"LEFT({rest},LEN({{list:{words}}}))", words),
        f"{key}.after": _longest(f"RIGHT({rest},LEN({{list:operators_after}}))", "operators_after"),
        f"{key}.core": f'IF({length}>0,MID({rest},{first}+1,{length}),"")',
        f"{key}.meant_before": meant_first,
        f"{key}.hard": f'IF(LEFT({{{key}.meant_before}})="{SOFTLY}","",{{{key}.meant_before}})',
        f"{key}.softly": f'IF({hard}<>"","",MID({{{key}.meant_before}},2,1))',
        f"{key}.meant_after": meant_last,
        f"{key}.operator": f'IF({sign}<>"",{sign},{said})',
        f"{key}.agreed": both(*(either(f'{m}=""', f"{m}={operator}") for m in (hard, late))),
    }


def _longest(part: str, words: str) -> str:
    """The length of the longest word of a list that a text begins or ends with; 0 for none."""
    listed = f"{{list:{words}}}"
    return f"SUMPRODUCT(MAX(EXACT({part},{listed})*LEN({listed})))"


def amount_steps(name: str, text: str) -> dict[str, str]:
    """Steps from digits and a unit behind them to both, and whether they are written as such."""
    tail, digits, body = f"{{{name}.tail}}", f"{{{name}.digits}}", f"{{{name}.body}}"
    return {
        f"{name}.tail": without(text, DIGITS + ".,+-\uff0c"),
        f"{name}.digits": f"LEFT({text},LEN({text})-LEN({tail}))",
        f"{name}.body": replaced(
            f'IF(OR(LEFT({digits})="+",LEFT({digits})="-"),MID({digits},2,99),{digits})',
            [("\uff0c", ",")],
        ),
        **unit_steps(name, tail),
        f"{name}.plain": both(
            f"EXACT(RIGHT({text},LEN({tail})),{tail})", _sound(body), is_unit(name)
        ),
        f"{name}.value": f"IF({{{name}.plain}},VALUE({without(body, ',')})"
        f'*IF(LEFT({digits})="-",-1,1),"")',
    }


def _sound(body: str) -> str:
    """Whether digits are written as numbers are: grouped or not, and not more than a cell keeps."""
    whole = f'LEFT({body},FIND(".",{body}&".")-1)'
    bare = without(whole, ",")
    decimals = f"LEN({body})-LEN({whole})-1"  # -1 without a point
    return both(
        f"LEN({without(body, '.,' + DIGITS)})=0",
        f"LEN({body})-LEN({without(body, '.')})<2",
        f"LEN({bare})>0",
        f'RIGHT({body})<>"."',
        f'ISERROR(FIND(",",{body},LEN({whole})+1))',
        either(f'LEFT({bare})<>"0"', f"LEN({bare})=1"),
        f"LEN({bare})+MAX(0,{decimals})<={MOST}",
        f"{decimals}<={DECIMALS}",
        either(f"LEN({bare})=LEN({whole})", f'EXACT(TEXT(VALUE({bare}),"#,##0"),{whole})'),
    )


def number_steps_of(key: str) -> dict[str, str]:
    """Steps to a single number, in digits or in words, and its unit."""
    is_read = both(f"{{{key}.sound}}", f"{{{key}.agreed}}")
    in_digits, counts = f"{{{key}.plain}}", f"{{{key}.counts}}"
    number = f"IF({in_digits},{{{key}.value}},{counts})"
    unit = f'IF({in_digits},{{{key}.kept}},IF({{{key}.share}}="",{{{key}.counted}},"%"))'
    return {
        f"{key}.number": f'IF({is_read},{number},"")',
        f"{key}.number.unit": f'IF(ISNUMBER({{{key}.number}}),{unit},"")',
    }


def range_steps(key: str) -> dict[str, str]:
    """Steps to the two numbers of a range: where the dash is, and what stands on both sides."""
    text, at, behind = f"{{{key}.flat}}", f"{{{key}.dash}}", f"{{{key}.behind}}"
    found = ",".join(f'FIND("{dash}",{text}&"{BETWEEN}",2)' for dash in BETWEEN)
    twice = f'ISNUMBER(FIND(LEFT({behind}),"{BETWEEN}"))'
    return {
        f"{key}.dash": f'IF({text}="",0,MIN({found}))',
        f"{key}.behind": f"MID({text},{at}+1,99)",
        f"{key}.first": f'IF({at}>1,LEFT({text},{at}-1),"")',
        f"{key}.second": f"IF({twice},MID({behind},2,99),{behind})",
        **amount_steps(f"{key}.from", f"{{{key}.first}}"),
        **amount_steps(f"{key}.to", f"{{{key}.second}}"),
    }


def ends_steps(key: str) -> dict[str, str]:
    """Steps to the ends of what a text states, equal for a single number, and their unit."""
    low, high = f"{{{key}.from.value}}", f"{{{key}.to.value}}"
    units = f"{{{key}.from.kept}}", f"{{{key}.to.kept}}"
    number, is_range, unit = f"{{{key}.number}}", f"{{{key}.is_range}}", f"{{{key}.unit}}"
    same = either(f'{units[0]}=""', f"EXACT({units[0]},{units[1]})")
    between = both(
        f"{{{key}.sound}}",
        f"NOT(ISNUMBER({number}))",
        f"ISNUMBER({low})",
        f"ISNUMBER({high})",
        same,
    )
    ends = [f"IF({is_range},{end},{number})" for end in (low, high)]
    return {
        f"{key}.is_range": f"IF({between},{low}<{high},FALSE)",
        f"{key}.unit": f"IF({is_range},{units[1]},{{{key}.number.unit}})",
        f"{key}.high": ends[1],
        f"{key}.low": _no_year(ends[0], f"{{{key}.high}}", unit),
    }


def _no_year(low: str, high: str, unit: str) -> str:
    """A number, "" where it or the other end of its range is a calendar year."""
    years = " ".join((str(YEARS.start), str(YEARS.stop))).split()
    one_of_them = (
        f"IF(ISNUMBER({n}),AND({n}>={years[0]},{n}<{years[1]},INT({n})={n}),FALSE)"
        for n in dict.fromkeys((low, high))
    )
    return f'IF({unit}<>"{YEAR}",{low},IF({either(*one_of_them)},"",{low}))'


def lists_of_operators() -> dict[str, tuple[str, ...]]:
    """The words before and after a number, and the operators that they stand for."""
    before = [(word, sign) for sign, words in table("prefixes").items() for word in words]
    for sign, words in table("soft_prefixes").items():
        before += [(word, SOFTLY + sign) for word in words]
    after = [(word, sign) for sign, words in table("suffixes").items() for word in words]
    of_results = [*before, *((word, SOFTLY) for word in lexicon.words("words_before_a_result"))]
    return {
        "operators_before": tuple(word for word, _ in before),
        "meant_before": tuple(sign for _, sign in before),
        f"operators_before{OF_RESULTS}": tuple(word for word, _ in of_results),
        f"meant_before{OF_RESULTS}": tuple(sign for _, sign in of_results),
        "operators_after": tuple(word for word, _ in after),
        "meant_after": tuple(sign for _, sign in after),
    }
