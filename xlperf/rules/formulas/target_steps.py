"""Steps from a target as it is written to its sign, number and unit."""

from __future__ import annotations

from xlperf.rules.formulas.native import (
    ARABIC_DIGITS,
    both,
    count_of,
    either,
    in_list,
    literal,
    replaced,
    tight,
    without,
)
from xlperf.targets.words import table

LONGEST_TARGET = 80  # characters of a target that is more than plain text
OPERATORS = "\u2265\u2264=<>"
WILDCARD = "*"  # between the two sides of a choice, as SEARCH takes it


def target_steps() -> dict[str, str]:
    """Steps from a target to its sign, number and unit, where it is a plain number."""
    characters = table("characters")
    signs = [
        (word, sign) for sign, words in table("signs").items() for word in words if word != sign
    ]
    pairs = [*zip(characters["written"], characters["read"], strict=True)]
    pairs += sorted(signs, key=lambda pair: -len(pair[0]))
    mapped = "{target.mapped}"
    flat, first = "{target.flat}", "LEFT({target.flat})"
    is_mark = f"ISNUMBER(FIND(RIGHT({mapped}),{literal(''.join(table('ends')['written']))}))"
    return {
        "target.mapped": replaced(tight("{target}"), pairs),
        "target.flat": f'IF({mapped}="","",IF({is_mark},LEFT({mapped},LEN({mapped})-1),{mapped}))',
        **choice_steps(),
        "target.sign": f'IF({flat}="","",IF(ISNUMBER(FIND({first},"{OPERATORS}")),{first},""))',
        "target.core": "MID({target.flat},LEN({target.sign})+1,99)",
        "target.unit": without("{target.core}", ARABIC_DIGITS + "."),
        "target.digits": "LEFT({target.core},LEN({target.core})-LEN({target.unit}))",
        "target.number": f'IF({plain_number()},VALUE({{target.digits}}),"")',
    }


def choice_steps() -> dict[str, str]:
    """A step to a target with one sign for each box, and without the words between two sides."""
    boxes = list(table("choices")["boxes"].items())
    words = [(word, "") for word in table("choices")["between"] if len(word) > 1]
    return {"target.boxed": replaced("{target.flat}", [*boxes, *words])}


def is_choice() -> str:
    """Whether a target is made of two sides of a choice, boxes, and signs between the sides.

    It is if both sides stand in it, one behind the other, and all the rest are such signs.
    """
    text, sides = "{target.boxed}", "{list:choices}"
    rest = f"LEN({text})-{count_of(text, 'beside_choices')}"
    both_stand = f"--ISNUMBER(SEARCH({sides},{text}))"
    return f"SUMPRODUCT({both_stand},--(LEN({sides})-{len(WILDCARD)}={rest}))>0"


def plain_number() -> str:
    """Whether a target is a sign, a number in digits and a unit that is known."""
    digits = "{target.digits}"
    decimals = f'LEN({digits})-FIND(".",{digits}&".")'
    return both(
        f"LEN({{target.flat}})<={LONGEST_TARGET}",
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
