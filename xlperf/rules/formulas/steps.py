"""Steps on the way to a native check, each one cell: a text tidied, an amount read, a kind found.

`RULE_STEPS` has them by what they are about (a key path of the record), in the order in which they
build on each other. A step is named like a part of its subject: `{code.folded}`. Before a name,
`all:` means its whole column. `lists` gives the lists of words that the formulas name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlperf.record import PLAN_MONTHS
from xlperf.rules.formulas.cell_numbers import number_steps, share_steps, wide
from xlperf.rules.formulas.native import (
    ARABIC_DIGITS,
    CAPITALS,
    NO_LINE,
    absent,
    as_written,
    beside,
    both,
    compact,
    division,
    ends,
    holds,
    lowest,
    made_of,
    no,
    of_digits,
    replaced,
    tight,
    without,
)
from xlperf.rules.formulas.target_steps import WILDCARD, target_steps
from xlperf.rules.text import lexicon
from xlperf.targets import parse
from xlperf.targets.words import sides_of_choices, table
from xlperf.wording import official_list

PUNCTUATION = "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff08\uff09\u201c\u201d,:;()\"'"
BAR = "\uff5c"  # between a unit's code and its name where the code's end is not plain
NUMBERING = ARABIC_DIGITS + ".\uff0e\u3001"
PAIR_OF_LEVELS = "{kind} under {first}"


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
        **share_steps(key),
        f"{key}.sound": f'IF(ISNUMBER({share}),IF(AND({share}>=0,{share}<=100),{share},""),"")',
        f"{key}.before": last,
    }


def unit_code(text: str) -> str:
    """The digits at the beginning of a unit's cell, or what stands before its bar."""
    places = "{1,2,3,4,5,6,7,8,9,10,11,12}"
    is_digit_or_end = f'ISNUMBER(FIND(MID({text},{places},1),"{ARABIC_DIGITS}"))'
    leading = f"LEFT({text},SUMPRODUCT(MIN(13,{places}+99*{is_digit_or_end}))-1)"
    bar = f'FIND("{BAR}",{text})'
    return f"IF(ISNUMBER({bar}),TRIM(LEFT({text},{bar}-1)),{leading})"


def bracket(key: str) -> dict[str, str]:
    """Steps to where a bracket at a text's end opens (0 if there is none), and the text before."""
    text, cell = "{" + key + ".round}", "{" + key + "}"
    opened, at = "{" + key + ".opened}", "{" + key + ".bracket}"
    number = f"LEN({text})-LEN({without(text, '(')})"  # 0: there is none, an error
    opening = f'FIND(CHAR(1),SUBSTITUTE({text},"(",CHAR(1),{number}))'  # CHAR(1): the last "("
    closed = f'IFERROR(FIND(")",{text},{opened}),0)'  # an error where none opens
    return {
        f"{key}.round": replaced(cell, [("\uff08", "("), ("\uff09", ")")]),
        f"{key}.opened": f"IFERROR({opening},0)",
        f"{key}.bracket": f"IF({closed}=LEN({text}),{opened},0)",
        f"{key}.core": f"IF({at}=0,{cell},TRIM(LEFT({cell},{at}-1)))",
    }


def kind(key: str) -> dict[str, str]:
    """Steps from the words of a level to its kind: "" where they are none of the known ones."""
    return {
        **bare_level(key, f"{{{key}}}"),
        f"{key}.kind": beside(f"{{{key}.bare}}", f"{key}_words", f"{key}_kinds"),
    }


def bare_level(key: str, text: str) -> dict[str, str]:
    """Steps to the words of a level without the bracket at their end; "" if another is in them.

    No known word has a bracket in it, so the words end at the first one.
    """
    words, end = f"{{{key}.round}}", "CHAR(1)"
    last = lexicon.source("word_at_end_of_levels").removesuffix("$")
    head = f'LEFT({words},FIND("(",{words}&"(")-1)'
    bare = f'SUBSTITUTE(SUBSTITUTE({head}&{end},"{last}"&{end},""),{end},"")'
    one_pair = f'LEN({without(words, "()")})+IF(RIGHT({words})=")",2,0)=LEN({words})'
    return {
        f"{key}.round": replaced(tight(text), [("\uff08", "("), ("\uff09", ")")]),
        f"{key}.bare": f'IF({one_pair},{bare},"")',
    }


def first_alike(text: str) -> str:
    """The first line of the same list that says the same."""
    return lowest("{all:line}", f"({{all:group}}={{group}})*EXACT({{all:{text}}},{{{text}}})")


def bare(first: str, second: str) -> dict[str, str]:
    """Steps to two texts without blanks, punctuation and full-width digits, by their keys.

    Both are tidied as one text, since such a formula has hundreds of parts. Each is one line.
    """
    seam, joined = "CHAR(10)", f"{{{second}.joined}}"
    text = f"{{{first}}}&{seam}&{{{second}}}"
    return {
        f"{second}.joined": without(replaced(tight(text), wide(ARABIC_DIGITS + "%")), PUNCTUATION),
        f"{first}.bare": f"LEFT({joined},FIND({seam},{joined})-1)",
        f"{second}.bare": f"MID({joined},FIND({seam},{joined})+1,LEN({joined}))",
    }


YEAR_WORDS = official_list("year_words")
DEPARTMENT_STEPS = {
    "fiscal_year.text": as_written(
        without(replaced("{fiscal_year}", wide(ARABIC_DIGITS)), YEAR_WORDS)
    ),
    "fiscal_year.number": f"IF({of_digits('{fiscal_year.text}')},"
    "IF(LEN({fiscal_year.text})=0,0,VALUE({fiscal_year.text})),0)",
    "region/code.folded": f"LEFT({compact(replaced('{region/code}', wide(ARABIC_DIGITS)))},6)",
    "department/code.folded": compact(replaced("{department/code}", wide(ARABIC_DIGITS))),
}
DEPARTMENT_STEPS["region/code.is_division"] = division("{region/code.folded}")
UNITS = {"code.folded": compact(replaced("{code}", wide(ARABIC_DIGITS)))}
PROJECT_STEPS = {
    "code.text": as_written("{code}"),
    "code.folded": compact(replaced("{code}", wide(ARABIC_DIGITS + CAPITALS))),
    "code.plausible": both(
        "LEN({code.folded})={profile:project_code_length}",
        made_of("{code.folded}", "signs_of_codes"),
    ),
    "code.region": "LEFT({code.folded},6)",
    "code.is_division": division("{code.region}"),
    "name.compact": compact("{name}"),
    "goals.compact": compact("{goals}"),
    "unit.text": as_written("{unit}"),
    "unit.code": unit_code("{unit.text}"),
    "unit.line": f'IF({{unit.code}}="",{NO_LINE},'
    + lowest("{units/line}", "EXACT({units/code},{unit.code})")
    + ")",
    "unit.name": f"TRIM({without('MID({unit.text},LEN({unit.code})+1,200)', BAR)})",
    **side_by_side(
        *(number_steps(key, "amount") for key in ("budget", "fiscal", "other")),
        *(plan_steps(month, PLAN_MONTHS[:at]) for at, month in enumerate(PLAN_MONTHS)),
    ),
    f"spending_plan/{PLAN_MONTHS[-1]}.nothing": both(
        *(absent(f"{{spending_plan/{month}.text}}") for month in PLAN_MONTHS)
    ),
    f"spending_plan/{PLAN_MONTHS[-1]}.pay": both(
        holds("{name}&{purpose}", "payroll"),
        no(holds("{name}&{purpose}", "not_payroll")),
        *(f"ISNUMBER({{spending_plan/{month}.sound}})" for month in PLAN_MONTHS),
    ),
}
INDICATOR = {
    **bracket("name"),
    "name.unit": 'IF({name.bracket}=0,"",'
    "TRIM(MID({name},{name.bracket}+1,LEN({name})-{name.bracket}-1)))",
    "name.is_ratio": both(
        ends("{name.core}", "ratio_endings"), no(ends("{name.core}", "not_ratio_endings"))
    ),
    "name.is_satisfaction": both(
        holds("{name}", "satisfaction"), no(holds("{name}", "dissatisfaction"))
    ),
    **bare("name", "description"),
    "name.first": first_alike("name.bare"),
    "description.first": first_alike("description.bare"),
    **target_steps(),
}
PROJECT_INDICATOR_STEPS = {
    **kind("level1"),
    **kind("level2"),
    "level1.implied": 'IF({level1}<>"",{level1.kind},'
    + beside("{level2.kind}", "kinds_below", "kinds_above")
    + ")",
    **INDICATOR,
}

FUND_STEPS = {  # the amounts of sources that are neither fiscal nor other funds
    **number_steps("amount", "number"),
    "beside": f'IF({holds("{source}", "sources_beside_fiscal")},{{amount.number}},"")',
}

RULE_STEPS: Mapping[str, Mapping[str, str]] = {
    "": DEPARTMENT_STEPS,
    "units": UNITS,
    "activities": {},
    "activities/indicators": INDICATOR,
    "projects": PROJECT_STEPS,
    "projects/funds": FUND_STEPS,
    "projects/indicators": PROJECT_INDICATOR_STEPS,
}

FROM_LEXICON = (
    *("provinces", "beside_provinces", "generic_project_names", "payroll", "not_payroll"),
    *("vague_values", "ratio_endings", "not_ratio_endings", "unbounded_ratios"),
    *("satisfaction", "dissatisfaction", "units_in_names"),
    *("count_endings", "not_count_endings", "changes", "without_unit", "duties"),
    "sources_beside_fiscal",
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
        PAIR_OF_LEVELS.format(kind=below, first=first)
        for below, above in belongs.items()
        for first in above
    ]
    result["percents"] = units["percent"]
    result["units_of_shares"] = [*units["percent"], *lexicon.words("units_of_ratios")]
    apart = ("per_unit", "beyond_the_year")
    result["not_of_the_budget"] = [word for name in apart for word in lexicon.words(name)]
    result["money_units"] = units["money"]
    result["yuan_in_one"] = [str(factor) for factor in units["money"].values()]
    units_ = [*units["percent"], *units["money"], *units["known"], *units["time"]]
    result["known_units"] = [unit for unit in units_ if parse(f"1{unit}").unit == unit]  # no dates
    boxes = table("choices")
    result["digits"], result["signs_of_numbers"] = ARABIC_DIGITS, ARABIC_DIGITS + ",."
    result["signs_of_codes"] = ARABIC_DIGITS + CAPITALS
    result["signs_of_numbering"] = NUMBERING
    result["ticked"], result["boxes"] = boxes["ticked"], boxes["ticked"] + boxes["empty"]
    single = [sign for sign in boxes["between"] if len(sign) == 1]
    result["beside_choices"] = [*result["boxes"], *single]
    result["choices"] = [WILDCARD.join(sides) for sides in sides_of_choices()]
    return {name: tuple(words) for name, words in result.items()}
