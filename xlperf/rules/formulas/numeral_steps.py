"""Steps to a number in Chinese numerals, up to 999: a count with a known unit, or a share."""

from __future__ import annotations

from xlperf.characters.numerals import DIGITS as NUMERALS
from xlperf.rules.formulas.native import DIGITS, both, either, in_list, replaced, without

TEN, HUNDRED, TWO, POINT = "\u5341", "\u767e", "\u4e24", "\u70b9"
PER_CENT = "\u767e\u5206\u4e4b"
NOUGHT, ONE, ONES = NUMERALS[0], NUMERALS[1], NUMERALS[1:]
LONGEST, MOST = 6, 12  # signs of a numeral; decimals of a share


def numeral_steps(key: str) -> dict[str, str]:
    """Steps from `{key.core}` to `key.counts`, the number, "" for none.

    `key.share` is what stands behind “per cent of”; `key.counted` is the unit of a count.
    """
    core, share, counted = f"{{{key}.core}}", f"{{{key}.share}}", f"{{{key}.counted}}"
    words, below = f"{{{key}.numeral}}", f"{{{key}.below}}"
    whole = f'LEFT({share},FIND("{POINT}",{share}&"{POINT}")-1)'
    count = f'SUBSTITUTE(LEFT({core},LEN({core})-LEN({counted})),"{TWO}","{ONES[1]}")'
    after = f'MID({words},IFERROR(FIND("{HUNDRED}",{words}),0)+1,9)'
    last = f'MID({below},IFERROR(FIND("{TEN}",{below}),0)+1,1)'
    return {
        f"{key}.share": f'IF(LEFT({core},3)="{PER_CENT}",MID({core},4,99),"")',
        f"{key}.counted": without(core, NUMERALS + TEN + HUNDRED + TWO),
        f"{key}.numeral": f'IF({share}="",{count},{whole})',
        f"{key}.below": f'IF(LEFT({after})="{NOUGHT}",MID({after},2,9),{after})',
        f"{key}.hundreds": _before(words, HUNDRED),
        f"{key}.tens": _before(below, TEN),
        f"{key}.ones": f'IF({last}="",0,IFERROR(FIND({last},"{ONES}"),0))',
        f"{key}.usual": _usual(key),
        f"{key}.decimals": replaced(
            f"MID({share},LEN({words})+2,99)", zip(NUMERALS, DIGITS, strict=True)
        ),
        f"{key}.counts": _counts(key),
    }


def _before(text: str, place: str) -> str:
    """The digit before the sign of a place: 1 where none is written, 0 without that sign."""
    digit = f'IF(LEFT({text})="{place}",1,IFERROR(FIND(LEFT({text}),"{ONES}"),0))'
    return f'IF(ISERROR(FIND("{place}",{text})),0,{digit})'


def _usual(key: str) -> str:
    """The numeral as it is usually written."""
    hundreds, tens, ones = (f"{{{key}.{part}}}" for part in ("hundreds", "tens", "ones"))

    def sign(digit: str) -> str:
        return f'MID("{ONES}",{digit},1)'

    gap = f'IF({hundreds}*{ones}=0,"","{NOUGHT}")'
    ten = f'IF({hundreds}*10+{tens}=1,"",{sign(tens)})&"{TEN}"'
    first = f'IF({hundreds}=0,"",{sign(hundreds)}&"{HUNDRED}")'
    return f'{first}&IF({tens}=0,{gap},{ten})&IF({ones}=0,"",{sign(ones)})'


def _counts(key: str) -> str:
    """The number, where the numeral is written as numerals are; a leading one is free."""
    core, share, counted = f"{{{key}.core}}", f"{{{key}.share}}", f"{{{key}.counted}}"
    words, usual, decimals = (f"{{{key}.{part}}}" for part in ("numeral", "usual", "decimals"))
    hundreds, tens, ones = (f"{{{key}.{part}}}" for part in ("hundreds", "tens", "ones"))
    number = f"{hundreds}*100+{tens}*10+{ones}"
    written = either(
        f"EXACT({words},{usual})",
        f'EXACT("{ONE}"&{words},{usual})',
        f'IF(LEFT({usual})="{TEN}",EXACT({words},"{ONE}"&{usual}),FALSE)',
    )
    sound = both(f"LEN({words})>0", f"LEN({words})<={LONGEST}", f"{number}>0", written)
    is_count = both(
        f"EXACT(RIGHT({core},LEN({counted})),{counted})", in_list(counted, "units_in_words")
    )
    no_point = f"LEN({share})=LEN({words})"
    digits = both(
        f"LEN({decimals})>0",
        f"LEN({decimals})<={MOST}",
        f"LEN({without(decimals, DIGITS)})=0",
    )
    share_of = f'IF({no_point},{number},IF({digits},VALUE(({number})&"."&{decimals}),""))'
    return f'IF({sound},IF({share}<>"",{share_of},IF({is_count},{number},"")),"")'
