"""Steps to the number that a target or a completed value states: operator, number or range, unit.

What `stages.quantities.quantity` reads and nothing else, cell by cell: a sign or a word for it,
digits that may be grouped, or a numeral or a share in words, a unit, a word after it; or two
numbers with a dash between. A step is named like a part of its subject: `{completed.low}` is the
number of what was completed, "" where there is none.
"""

from __future__ import annotations

from xlperf.rules.formulas.native import (
    ARABIC_DIGITS,
    as_written,
    both,
    either,
    literal,
    replaced,
    tight,
    without,
)
from xlperf.rules.formulas.numeral_steps import in_numerals, numeral_steps, unit_of
from xlperf.rules.formulas.unit_steps import canonical_unit, is_unit
from xlperf.rules.stages.quantities import YEAR_NUMBERS, YEAR_UNIT
from xlperf.rules.text import lexicon
from xlperf.targets import LONGEST_TARGET, NOUGHTS
from xlperf.targets.words import table

ZERO_WIDTH_SIGNS = "\u200b\ufeff\u00ad\u2060"  # signs without a width
MOST_NUMBER_DIGITS, DECIMALS = 15, 8  # digits of a number, and behind its point
RANGE_SIGNS = "-~\uff5e\u2014\u2013\u81f3\u5230"  # two numbers of a range; look-alikes are mended
OPERATOR_SIGNS = "".join(table("signs"))
OPERATORS_BEFORE, OPERATORS_AFTER = "operators_before", "operators_after"  # lists of words
OF_RESULTS = "_result"  # ends the names of lists of words before what was reached


def quantity_steps(key: str, *, ranges: bool = False) -> dict[str, str]:
    """Steps from a text (`{key}`, as its cell shows it) to its number, `key.low`; see `unit_of`.

    With `ranges` also to `key.high`, the same as `key.low` of a single number, to `key.operator`
    and `key.unit`. Without it is what was reached: a range of two numbers is none, and a word that
    says no more than that it was reached may stand before the number.
    """
    before = OPERATORS_BEFORE if ranges else OPERATORS_BEFORE + OF_RESULTS
    steps = {**flat_steps(key), **word_steps(key, before)}
    if ranges:
        steps |= {**range_steps(key), f"{key}.operator": operator(key)}
    else:
        steps[f"{key}.core"] = between_words(key, before)
    steps |= {**amount_steps(key, f"{{{key}.core}}"), **numeral_steps(key)}
    if ranges:
        tail, like = f"{{{key}.from.tail}}", f"{{{key}.kept}}"
        same = either(f'{tail}=""', f"EXACT({canonical_unit(tail)},{like})")
        from_steps = number_steps(f"{key}.from", f"{{{key}.first}}", same)
        return {**steps, **from_steps, **end_steps(key), f"{key}.unit": unit_of(key)}
    value, counts = f"{{{key}.value}}", in_numerals(key)
    in_digits = f'IF({both(*_in_a_year(key, value))},"",{value})'
    number = f"IF(ISNUMBER({value}),{in_digits},{counts})"
    is_read = both(sound(key), agreed(key, OF_RESULTS))
    return {**steps, f"{key}.low": f'IF({is_read},{number},"")'}


def flat_steps(key: str) -> dict[str, str]:
    """Steps to a text without blanks, look-alikes and the last two marks at its end."""
    characters = table("characters")
    look_alikes = [*zip(characters["written"], characters["read"], strict=True)]
    spelled = [(w, sign) for sign, words in table("signs").items() for w in words if w != sign]
    visible, mapped = f"{{{key}.visible}}", f"{{{key}.mapped}}"
    marks = literal(table("ends")["written"])
    second = f"ISNUMBER(FIND(RIGHT(LEFT({mapped},LEN({mapped})-1)),{marks}))"
    ended = f"IF(ISNUMBER(FIND(RIGHT({mapped}),{marks})),IF({second},2,1),0)"
    return {
        f"{key}.visible": as_written(
            without(replaced(f"{{{key}}}", look_alikes), ZERO_WIDTH_SIGNS)
        ),
        f"{key}.mapped": replaced(tight(visible), sorted(spelled, key=lambda pair: -len(pair[0]))),
        f"{key}.flat": f"LEFT({mapped},MAX(0,LEN({mapped})-{ended}))",
    }


def sound(key: str) -> str:
    """Whether a text may state a number.

    Two numbers that only a blank keeps apart are no number, nor is what is long, nor what has a
    scanned letter for a nought.
    """
    visible, flat = f"{{{key}.visible}}", f"{{{key}.flat}}"
    zeros = replaced(visible, [(digit, "0") for digit in ARABIC_DIGITS[1:]])
    return both(
        f"LEN({tight(visible)})<={LONGEST_TARGET}",
        f'ISERROR(FIND("0 0",{zeros}))',
        f"LEN({without(flat, sorted(NOUGHTS))})=LEN({flat})",
    )


def word_steps(key: str, words: str) -> dict[str, str]:
    """Steps to the words before and after a number, by their places in their lists.

    `words`: the list of those before it. The first word of a list is a blank one.
    """
    return {
        f"{key}.before": _longest("LEFT", _behind_sign(key), words),
        f"{key}.after": _longest("RIGHT", _behind_sign(key), OPERATORS_AFTER),
    }


def _behind_sign(key: str) -> str:
    text = f"{{{key}.flat}}"
    return f"MID({text},IF(ISNUMBER(FIND(LEFT({text}),{literal(OPERATOR_SIGNS)})),2,1),99)"


def _longest(end: str, text: str, words: str) -> str:
    """The place of the longest word of a list that stands at an end of a text.

    The words of the list become longer; two of one length cannot both stand there.
    """
    listed = f"{{list:{words}}}"
    is_there = f"EXACT({end}({text},LEN({listed})),{listed})"
    return f"SUMPRODUCT(MAX({is_there}*{{list:{words}_places}}))"


def between_words(key: str, before: str) -> str:
    """The text between the words before and after a number; `before`: the list of the former."""
    rest = _behind_sign(key)
    lengths = [
        f"LEN(INDEX({{list:{words}}},{{{key}.{place}}}))"
        for words, place in ((before, "before"), (OPERATORS_AFTER, "after"))
    ]
    return f"MID({rest},{lengths[0]}+1,MAX(0,LEN({rest})-{lengths[0]}-{lengths[1]}))"


def _operators(key: str, of: str = "") -> str:
    """The operators that the sign and the words say, one character each."""
    text = f"{{{key}.flat}}"
    sign = f"LEFT({text},IF(ISNUMBER(FIND(LEFT({text}),{literal(OPERATOR_SIGNS)})),1,0))"
    return (
        f"{sign}&INDEX({{list:meant_before{of}}},{{{key}.before}})"
        f"&INDEX({{list:meant_after}},{{{key}.after}})"
    )


def agreed(key: str, of: str = "") -> str:
    """Whether the sign and the words of a text say the same operator, or none.

    `of` ends the name of the list of what words before the number mean.
    """
    return f'SUBSTITUTE({_operators(key, of)},LEFT({_operators(key, of)}),"")=""'


def operator(key: str) -> str:
    """The operator of a text: what the sign says, else the word before, the word after it.

    Some words before a number say one only where nothing else does.
    """
    softly = f'INDEX({{list:meant_softly}},{{{key}.before}})&""'
    return f'IF({_operators(key)}="",{softly},LEFT({_operators(key)}))'


def amount_steps(name: str, text: str) -> dict[str, str]:
    """Steps from digits and a unit behind them to both: `name.value`, `name.kept`.

    `name.value` is "" where they are not written as a number and a unit.
    """
    tail, unit = f"{{{name}.tail}}", f"{{{name}.kept}}"
    numbers = number_steps(name, text, is_unit(unit))
    steps = {f"{name}.tail": numbers.pop(f"{name}.tail"), f"{name}.kept": canonical_unit(tail)}
    return {**steps, **numbers}


def number_steps(name: str, text: str, is_fit: str) -> dict[str, str]:
    """Steps from digits and what stands behind them to the number, where that is fit for a unit."""
    tail, body = f"{{{name}.tail}}", f"{{{name}.body}}"
    digits = f"LEFT({text},LEN({text})-LEN({tail}))"
    has_sign = f'ISNUMBER(FIND(LEFT({text}),"+-"))'
    is_number = both(f"EXACT(RIGHT({text},LEN({tail})),{tail})", _sound(body), is_fit)
    signed = f'IF(LEFT({text})="-",-1,1)'
    return {
        f"{name}.tail": without(text, ARABIC_DIGITS + ".,+-\uff0c"),
        f"{name}.body": replaced(f"MID({digits},IF({has_sign},2,1),99)", [("\uff0c", ",")]),
        f"{name}.value": f'IF({is_number},VALUE({without(body, ",")})*{signed},"")',
    }


def _sound(body: str) -> str:
    """Whether digits are written as numbers are: grouped or not, and not more than a cell keeps.

    Of what stands there only signs are no digits, points or commas.
    """
    point = f'FIND(".",{body}&".")'
    whole = f"LEFT({body},{point}-1)"
    grouped = f'EXACT(TEXT(VALUE({without(whole, ",")}),"#,##0"),{whole})'
    return (
        "AND("
        + ",".join(
            (
                f"LEN({without(body, '+-')})=LEN({body})",
                f'ISERROR(FIND(".",{body},{point}+1))',
                f"{point}>1",
                f"{point}<>LEN({body})",
                f'ISERROR(FIND(",",{body},{point}))',
                f'IF(LEFT({body})="0",{point}=2,TRUE)',
                f"LEN({without(body, ',.')})<={MOST_NUMBER_DIGITS}",
                f"LEN({body})-{point}<={DECIMALS}",
                f'IF(ISERROR(FIND(",",{body})),TRUE,IFERROR({grouped},FALSE))',
            )
        )
        + ")"
    )


def range_steps(key: str) -> dict[str, str]:
    """Steps to the two sides of a range, where one dash parts two that begin like numbers.

    `key.first` is the text before the dash, "" without a range; `key.core` the one behind it, or
    that of a single number: no text is both.
    """
    text, at, first = f"{{{key}.flat}}", f"{{{key}.dash}}", f"{{{key}.first}}"
    dashes = ",".join(f'FIND("{dash}",{text}&"{RANGE_SIGNS}",2)' for dash in RANGE_SIGNS)
    twice = f'IF(ISNUMBER(FIND(MID({text},{at}+1,1),"{RANGE_SIGNS}")),2,1)'
    second = f"MID({text},{at}+{twice},99)"
    begin_so = [f'ISNUMBER(FIND(LEFT({side}&"|"),"{ARABIC_DIGITS}+-"))' for side in (text, second)]
    return {
        f"{key}.dash": f'IF({text}="",1,MIN({dashes}))',
        f"{key}.first": f'IF({both(*begin_so)},LEFT({text},{at}-1),"")',
        f"{key}.core": f'IF({first}="",{between_words(key, OPERATORS_BEFORE)},{second})',
    }


def end_steps(key: str) -> dict[str, str]:
    """Steps to the ends of what a text states, equal for a single number."""
    first, low = f"{{{key}.first}}", f"{{{key}.from.value}}"
    value, counts, high = f"{{{key}.value}}", in_numerals(key), f"{{{key}.high}}"
    single = f'IF({agreed(key)},IF(ISNUMBER({value}),{value},{counts}),"")'
    rises = both(f"ISNUMBER({low})", f"ISNUMBER({value})", f"{low}<{value}")
    lowest = f'IF({first}="",{high},N({low}))'
    is_year = both(f'{{{key}.kept}}="{YEAR_UNIT}"', either(_is_year(lowest), _is_year(high)))
    number = f'IF({first}="",{single},IF({rises},{value},""))'
    return {
        f"{key}.high": f'IF({sound(key)},{number},"")',
        f"{key}.low": f'IF(ISNUMBER({high}),IF({is_year},"",{lowest}),"")',
    }


def _in_a_year(key: str, number: str) -> tuple[str, str]:
    """Conditions that a number in digits is a calendar year."""
    return f'{{{key}.kept}}="{YEAR_UNIT}"', _is_year(number)


def _is_year(number: str) -> str:
    return (
        f"AND({number}>={YEAR_NUMBERS.start},{number}<{YEAR_NUMBERS.stop},INT({number})={number})"
    )


def lists_of_operators() -> dict[str, tuple[str | int, ...]]:
    """The words before and after a number, their places, and the operators that they stand for.

    By their length, a blank one first; what only says softly which operator is meant apart.
    """
    hard = {word: sign for sign, words in table("prefixes").items() for word in words}
    soft = {word: sign for sign, words in table("soft_prefixes").items() for word in words}
    late = {word: sign for sign, words in table("suffixes").items() for word in words}
    results = soft | dict.fromkeys(lexicon.words("words_before_a_result"), "")
    lists: dict[str, tuple[str | int, ...]] = {}
    for end, of, name, means in (
        (OPERATORS_BEFORE, "", "meant_before", hard | dict.fromkeys(soft, "")),
        (OPERATORS_BEFORE, OF_RESULTS, "meant_before", hard | dict.fromkeys(results, "")),
        (OPERATORS_AFTER, "", "meant_after", late),
    ):
        words = ("", *sorted(means, key=len))
        lists[end + of] = words
        lists[f"{end}{of}_places"] = tuple(range(1, len(words) + 1))
        lists[name + of] = tuple(means.get(word, "") for word in words)
    lists["meant_softly"] = tuple(soft.get(str(word), "") for word in lists[OPERATORS_BEFORE])
    return lists
