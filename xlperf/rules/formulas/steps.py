"""Steps on the way to a native check, each one cell: a text tidied, an amount read, a kind found.

`STEPS` has them by what they are about (a key path of the record), in the order in which they build
on each other. A step is named like a part of its subject: `{code.folded}`. Before a name, `all:`
means its whole column. `lists` gives the lists of words that the formulas name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlperf.record import MONTHS
from xlperf.rules.formulas.native import (
    CAPITALS,
    DIGITS,
    as_written,
    beside,
    both,
    compact,
    either,
    in_list,
    is_digit,
    lowest,
    made_of,
    of_digits,
    replaced,
    tight,
    without,
)
from xlperf.rules.formulas.shown_values import DATE, as_percent, is_shown_as
from xlperf.rules.text import lexicon
from xlperf.target_words import sides_of_choices, table
from xlperf.targets import parse
from xlperf.wording import official_list

UNSEEN = "\u200b\ufeff\u00ad\u2060"  # signs without a width, which come with pasted numbers
UNREADABLE = "#"  # what stands for the text of a cell that shows an error
LONGEST = 80  # characters of a target that is more than plain text
PUNCTUATION = "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff08\uff09\u201c\u201d,:;()\"'"
OPERATORS = "\u2265\u2264=<>"
BAR = "\uff5c"  # between a unit's code and its name where the code's end is not plain
BELONGS = "{kind} under {first}"


def wide(signs: str) -> list[tuple[str, str]]:
    """Full-width signs and the usual ones."""
    return [(chr(ord(sign) + 0xFEE0), sign) for sign in signs]


def number_steps(key: str, name: str, *, percent: bool = False) -> dict[str, str]:
    """Steps to the number of a cell, "" where it has none; texts are read as people write them."""
    cell, text, body = "{" + key + "}", "{" + key + ".text}", "{" + key + ".body}"
    visible = without(replaced(cell, wide(DIGITS + ",.+-%")), UNSEEN)
    usual = as_written(visible)
    if percent:
        usual = f'TRIM(SUBSTITUTE({usual}&"|","%|",""))'  # one sign of percent at the end
        usual = f"TRIM({without(usual, '|')})"
    usual = replaced(usual, [(" ", ",")])  # 6 400 is grouped as 6,400 is
    number = f"ROUND({as_percent(cell)},9)" if percent else f"ROUND({cell},2)"
    number = f'IF({is_shown_as(DATE, cell)},"",{number})'  # a date that was typed or pasted
    value = f'VALUE({without(body, ",")})*IF(LEFT({text},1)="-",-1,1)'
    return {
        f"{key}.text": f'IFERROR({usual},"{UNREADABLE}")',
        f"{key}.body": f'IF(OR(LEFT({text},1)="+",LEFT({text},1)="-"),MID({text},2,99),{text})',
        f"{key}.whole": f'LEFT({body},FIND(".",{body}&".")-1)',
        f"{key}.readable": readable(key),
        f"{key}.{name}": f'IF(ISNUMBER({cell}),{number},IF({{{key}.readable}},{value},""))',
    }


def side_by_side(*of_fields: Mapping[str, str]) -> dict[str, str]:
    """The steps of several fields, the like ones beside each other: such formulas are shared."""
    steps = {name: text for steps_ in of_fields for name, text in steps_.items()}
    kinds = list(dict.fromkeys(name.rpartition(".")[2] for name in steps))
    return dict(sorted(steps.items(), key=lambda step: kinds.index(step[0].rpartition(".")[2])))


def plan_steps(month: str, before: tuple[str, ...]) -> dict[str, str]:
    """Steps to a month's share between 0 and 100 percent, and to the last such share before it."""
    key, last = f"spending_plan/{month}", '""'
    share = "{" + key + ".share}"
    for earlier in before:
        sound = f"{{spending_plan/{earlier}.sound}}"
        last = f"IF(ISNUMBER({sound}),{sound},{last})"
    return {
        **number_steps(key, "share", percent=True),
        f"{key}.sound": f'IF(ISNUMBER({share}),IF(AND({share}>=0,{share}<=100),{share},""),"")',
        f"{key}.before": last,
    }


def readable(key: str) -> str:
    """Whether a text is digits with at most one point, and commas where they belong."""
    body, integer = "{" + key + ".body}", "{" + key + ".whole}"
    bare = without(integer, ",")
    plain = both(
        f"LEN({body})>0",
        made_of(body, "signs_of_numbers"),
        f'LEN({body})-LEN(SUBSTITUTE({body},".",""))<2',
        is_digit(f"LEFT({body},1)"),
        is_digit(f"RIGHT({body},1)"),
        f'ISERROR(FIND(",",{body},LEN({integer})+1))',
    )
    grouped = f'OR(LEN({bare})=LEN({integer}),EXACT(TEXT(VALUE({bare}),"#,##0"),{integer}))'
    return f"IF({plain},{grouped},FALSE)"


def unit_code(text: str) -> str:
    """The digits at the beginning of a unit's cell, or what stands before its bar."""
    ends = "{1,2,3,4,5,6,7,8,9,10,11,12}"
    begun = f'--({without(f"LEFT({text},{ends})", DIGITS)}="")'
    leading = f"LEFT({text},SUMPRODUCT({begun},--(LEN({text})>={ends})))"
    bar = f'FIND("{BAR}",{text})'
    return f"IF(ISNUMBER({bar}),TRIM(LEFT({text},{bar}-1)),{leading})"


def bracket(key: str) -> dict[str, str]:
    """Steps to where a bracket at a text's end opens (0 if there is none), and the text before."""
    text, cell, at = "{" + key + ".round}", "{" + key + "}", "{" + key + ".bracket}"
    opened = f"(LEN({text})-LEN({without(text, '(')}))"
    opening = f'FIND(CHAR(1),SUBSTITUTE({text},"(",CHAR(1),{opened}))'  # CHAR(1): the last "("
    tail = f"MID({text},{opening},LEN({text}))"
    closed = f"LEN({tail})-LEN({without(tail, ')')})"
    return {
        f"{key}.round": replaced(cell, [("\uff08", "("), ("\uff09", ")")]),
        f"{key}.bracket": f'IF(RIGHT({text},1)<>")",0,IF({opened}=0,0,IF({closed}=1,{opening},0)))',
        f"{key}.core": f"IF({at}=0,{cell},TRIM(LEFT({cell},{at}-1)))",
    }


def kind(key: str) -> dict[str, str]:
    """Steps from the words of a level to its kind."""
    word = lexicon.source("word_at_end_of_levels").removesuffix("$")
    core = tight("{" + key + ".core}")
    without_word = f"LEFT({core},LEN({core})-{len(word)})"
    bare = f'IF(RIGHT({core},{len(word)})="{word}",{without_word},{core})'
    return {
        **bracket(key),
        f"{key}.bare": bare,
        f"{key}.kind": beside(f"{{{key}.bare}}", f"{key}_words", f"{key}_kinds"),
    }


def target_steps() -> dict[str, str]:
    """Steps from a target to its sign, number and unit, where it is a plain number."""
    characters = table("characters")
    signs = [
        (word, sign) for sign, words in table("signs").items() for word in words if word != sign
    ]
    pairs = [*zip(characters["written"], characters["read"], strict=True)]
    pairs += sorted(signs, key=lambda pair: -len(pair[0]))
    mapped = "{target.mapped}"
    last = either(*(f'RIGHT({mapped},1)="{sign}"' for sign in table("ends")["written"]))
    first = "LEFT({target.flat},1)"
    return {
        "target.mapped": replaced(tight("{target}"), pairs),
        "target.flat": f"IF({last},LEFT({mapped},LEN({mapped})-1),{mapped})",
        **choice_steps(),
        "target.sign": f'IF({without(first, OPERATORS)}="",{first},"")',
        "target.core": "MID({target.flat},LEN({target.sign})+1,99)",
        "target.unit": without("{target.core}", DIGITS + "."),
        "target.digits": "LEFT({target.core},LEN({target.core})-LEN({target.unit}))",
        "target.number": f'IF({plain_number()},VALUE({{target.digits}}),"")',
    }


def choice_steps() -> dict[str, str]:
    """Steps to a target without boxes and without what stands between the sides of a choice."""
    words = table("choices")
    between = sorted(words["between"], key=len, reverse=True)
    return {
        "target.boxed": replaced("{target.flat}", words["boxes"].items()),
        "target.sides": without(
            without("{target.boxed}", words["ticked"] + words["empty"]), between
        ),
    }


def plain_number() -> str:
    """Whether a target is a sign, a number in digits and a unit that is known."""
    digits = "{target.digits}"
    decimals = f'LEN({digits})-FIND(".",{digits}&".")'
    return both(
        f"LEN({{target.flat}})<={LONGEST}",
        'ISERROR(FIND(" ",{target}))',
        "EXACT(RIGHT({target.core},LEN({target.unit})),{target.unit})",
        f"LEN({digits})>0",
        f"LEN({digits})-LEN({without(digits, '.')})<2",
        f'LEFT({digits},1)<>"."',
        f'RIGHT({digits},1)<>"."',
        f'OR(LEFT({digits},1)<>"0",LEN({digits})=1,MID({digits},2,1)=".")',
        f'FIND(".",{digits}&".")<=16',
        f"{decimals}<=8",
        either('{target.unit}=""', in_list("{target.unit}", "known_units")),
    )


def first_alike(text: str) -> str:
    """The first line of the same list that says the same."""
    return lowest("{all:line}", f"({{all:group}}={{group}})*EXACT({{all:{text}}},{{{text}}})")


def _bare(key: str) -> str:
    """A text without blanks, punctuation and full-width digits."""
    return without(replaced(tight("{" + key + "}"), wide(DIGITS + "%")), PUNCTUATION)


YEAR_WORDS = official_list("year_words")
DEPARTMENT = {
    "fiscal_year.text": as_written(without(replaced("{fiscal_year}", wide(DIGITS)), YEAR_WORDS)),
    "fiscal_year.number": f"IF({of_digits('{fiscal_year.text}')},"
    "IF(LEN({fiscal_year.text})=0,0,VALUE({fiscal_year.text})),0)",
    "region/code.folded": f"LEFT({compact(replaced('{region/code}', wide(DIGITS)))},6)",
    "department/code.folded": compact(replaced("{department/code}", wide(DIGITS))),
}
UNITS = {"code.folded": compact(replaced("{code}", wide(DIGITS)))}
PROJECT = {
    "code.said": as_written("{code}"),
    "code.folded": compact(replaced("{code}", wide(DIGITS + CAPITALS))),
    "code.plausible": both(
        "LEN({code.folded})={profile:project_code_length}",
        made_of("{code.folded}", "signs_of_codes"),
    ),
    "name.compact": compact("{name}"),
    "unit.said": as_written("{unit}"),
    "unit.code": unit_code("{unit.said}"),
    "unit.name": f"TRIM({without('MID({unit.said},LEN({unit.code})+1,200)', BAR)})",
    **side_by_side(
        *(number_steps(key, "amount") for key in ("budget", "fiscal", "other")),
        *(plan_steps(month, MONTHS[:at]) for at, month in enumerate(MONTHS)),
    ),
}
INDICATOR = {
    **bracket("name"),
    "name.unit": 'IF({name.bracket}=0,"",'
    "TRIM(MID({name},{name.bracket}+1,LEN({name})-{name.bracket}-1)))",
    "name.bare": _bare("name"),
    "name.first": first_alike("name.bare"),
    "description.bare": _bare("description"),
    "description.first": first_alike("description.bare"),
    **target_steps(),
}
OF_PROJECT = {
    **kind("level1"),
    **kind("level2"),
    "level1.implied": 'IF({level1}<>"",{level1.kind},'
    + beside("{level2.kind}", "kinds_below", "kinds_above")
    + ")",
    **INDICATOR,
}

STEPS: Mapping[str, Mapping[str, str]] = {
    "": DEPARTMENT,
    "units": UNITS,
    "activities": {},
    "activities/indicators": INDICATOR,
    "projects": PROJECT,
    "projects/indicators": OF_PROJECT,
}

FROM_LEXICON = (
    *("provinces", "beside_provinces", "generic_project_names", "payroll", "not_payroll"),
    *("vague_values", "ratio_endings", "not_ratio_endings", "units_of_ratios", "unbounded_ratios"),
    *("satisfaction", "dissatisfaction", "per_unit", "beyond_the_year", "units_in_names"),
    *("count_endings", "not_count_endings", "changes", "without_unit", "duties"),
)


def lists() -> dict[str, tuple[str, ...]]:
    """Every list of words that the formulas name."""
    units, belongs = table("units"), lexicon.table("belongs")
    result: dict[str, Iterable[str]] = {name: lexicon.words(name) for name in FROM_LEXICON}
    for level in ("level1", "level2"):
        kinds = lexicon.table(level)
        result[f"{level}_words"], result[f"{level}_kinds"] = kinds, kinds.values()
    result["kinds_below"] = belongs
    result["kinds_above"] = [above[0] for above in belongs.values()]
    result["belongs"] = [
        BELONGS.format(kind=below, first=first)
        for below, above in belongs.items()
        for first in above
    ]
    result["percents"] = units["percent"]
    result["money_units"] = units["money"]
    result["yuan_in_one"] = [str(factor) for factor in units["money"].values()]
    units_ = [*units["percent"], *units["money"], *units["known"], *units["time"]]
    result["known_units"] = [unit for unit in units_ if parse(f"1{unit}").unit == unit]  # no dates
    boxes = table("choices")
    result["digits"], result["signs_of_numbers"] = DIGITS, DIGITS + ",."
    result["signs_of_codes"] = DIGITS + CAPITALS
    result["ticked"], result["boxes"] = boxes["ticked"], boxes["ticked"] + boxes["empty"]
    result["choices"] = ["".join(sides) for sides in sides_of_choices()]
    return {name: tuple(words) for name, words in result.items()}
