"""Steps to a number in Chinese numerals, up to 999: a count with a known unit, or a share."""

from __future__ import annotations

from xlperf.characters.numerals import CHINESE_DIGITS as NUMERALS
from xlperf.characters.numerals import chinese
from xlperf.rules.formulas.native import ARABIC_DIGITS, both, in_list, made_of, replaced, without

TEN_SIGN, HUNDRED_SIGN, NUMERAL_TWO, POINT = "\u5341", "\u767e", "\u4e24", "\u70b9"
PERCENT_WORDS = "\u767e\u5206\u4e4b"
NUMERAL_ONE, ONES = NUMERALS[1], NUMERALS[1:]
NUMERAL_SIGNS = NUMERALS + TEN_SIGN + HUNDRED_SIGN + NUMERAL_TWO
MOST_SHARE_DECIMALS = 12  # decimals of a share
LARGEST_NUMERAL = 999  # number in numerals
# places in their list behind which a numeral stands that is written otherwise
VARIANTS_OFFSET = LARGEST_NUMERAL + 1
NUMERAL_WIDTH = 8  # characters of a place: a numeral between blanks, and signs of points


def numeral_steps(key: str) -> dict[str, str]:
    """Steps from `{key.core}` to `key.numeral`, the whole number of a numeral, 0 for none.

    `key.counted` is the unit of a count.
    """
    core, unit = f"{{{key}.core}}", f"{{{key}.counted}}"
    point = f'FIND("{POINT}",{core}&"{POINT}")'
    count = f'SUBSTITUTE(LEFT({core},LEN({core})-LEN({unit})),"{NUMERAL_TWO}","{ONES[1]}")'
    words = f"IF({_is_share(core)},MID({core},4,{point}-4),{count})"
    position = f'FIND(" "&{words}&" ",INDEX({{list:numerals}},1))'
    number = f"IFERROR(MOD(({position}+{NUMERAL_WIDTH - 2})/{NUMERAL_WIDTH},{VARIANTS_OFFSET}),0)"
    return {
        f"{key}.counted": without(core, NUMERAL_SIGNS),
        f"{key}.numeral": f"IF(LEN({unit})=LEN({core}),0,{number})",
    }


def _is_share(core: str) -> str:
    return f'LEFT({core},3)="{PERCENT_WORDS}"'


def in_numerals(key: str) -> str:
    """The number of a text in numerals, "" for none."""
    is_share = _is_share(f"{{{key}.core}}")
    return f'IF({{{key}.numeral}}=0,"",IF({is_share},{_share(key)},{_count(key)}))'


def unit_of(key: str) -> str:
    """The unit of a text's number, in digits or in numerals; nothing certain where it has none."""
    unit = f'IF({_is_share(f"{{{key}.core}}")},"%",{{{key}.counted}})'
    return f"IF(ISNUMBER({{{key}.value}}),{{{key}.kept}},{unit})"


def _share(key: str) -> str:
    """A share in percent: the numeral behind “per cent of”, and signs of digits behind a point."""
    core, number = f"{{{key}.core}}", f"{{{key}.numeral}}"
    point = f'FIND("{POINT}",{core}&"{POINT}")'
    behind = f"MID({core},{point}+1,99)"
    digits = replaced(behind, zip(NUMERALS, ARABIC_DIGITS, strict=True))
    sound = both(
        f"LEN({behind})>0", f"LEN({behind})<={MOST_SHARE_DECIMALS}", made_of(behind, "decimals")
    )
    with_decimals = f'IF({sound},VALUE({number}&"."&{digits}),"")'
    return f"IF({point}>LEN({core}),{number},{with_decimals})"


def _count(key: str) -> str:
    """A count, of which the unit is known."""
    core, unit = f"{{{key}.core}}", f"{{{key}.counted}}"
    is_count = both(f"EXACT(RIGHT({core},LEN({unit})),{unit})", in_list(unit, "units_in_words"))
    return f'IF({is_count},{{{key}.numeral}},"")'


def lists_of_numerals() -> dict[str, tuple[str, ...]]:
    """The numerals from 1 on in one text, each at its own place, and the signs of decimals.

    Behind them, `VARIANTS_OFFSET` places on, stand those that may be written in another way: no
    leading one before hundreds, with one before tens.
    """
    usual = [chinese(number) for number in range(1, VARIANTS_OFFSET)]
    others = {number: NUMERAL_ONE + chinese(number) for number in range(10, 20)}
    others |= {number: chinese(number)[1:] for number in range(100, 200)}
    again = (others.get(number, POINT) for number in range(max(others) + 1))
    places = (f" {words} ".ljust(NUMERAL_WIDTH, POINT) for words in (*usual, *again))
    return {"numerals": (POINT + "".join(places),), "decimals": tuple(NUMERALS + ARABIC_DIGITS)}
