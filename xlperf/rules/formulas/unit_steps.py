"""Steps to the unit behind a number: as it is kept, and whether the text is one at all."""

from __future__ import annotations

from xlperf.rules.formulas.native import (
    CAPITALS,
    beside,
    both,
    count_of,
    either,
    in_list,
    literal,
)
from xlperf.rules.stages.measures import MYRIAD, measures
from xlperf.rules.stages.quantities import OF_DATES, units_known
from xlperf.rules.stages.scoring import FINE_DECIMALS
from xlperf.rules.text import lexicon
from xlperf.targets.words import table

LATIN, LONGEST_OTHER_UNIT = 6, 8  # letters of a unit
POWERS = "\u00b2\u00b3"
BRACKET_SIDES = ("(\uff08", ")\uff09")
LETTERS = CAPITALS + CAPITALS.lower()
PRINTABLE = "".join(map(chr, range(33, 127)))
# Other signs that are no letters, which no unit has; those of degrees are allowed.
NO_LETTERS = (
    "\uff0c\u3001\u3002\uff1b\uff1a\uff1f\uff01\u201c\u201d\u2018\u2019\uff08\uff09\u300a\u300b\u3008"
    "\u3009\u3010\u3011\u300c\u300d\u300e\u300f\u3014\u3015\u2026\u2014\u2013\u2015\uff5e\u00b7\u00d7"
    "\u00f7\u00b1\u2265\u2264\u2260\u2248\u2030\u221a\u2192\u2190\u2191\u2193\u2605\u2606\u25cf\u25cb"
    "\u25a0\u25a1\u25b2\u25b3\u25c6\u25c7\u2611\u2610\u2713\u2714\uff5c\uff3b\uff3d\uff5b\uff5d\uff03"
    "\uff06\uff0a\uff20\uffe5\u00a5\u20ac\u00a7\u203b\u223c\u2236\uff3c\u2212\u30fb\u2022\u25ce\u25ef"
    "\uff1c\uff1e\uff1d\uff0b\uff0d\uff05\uff0e\uff0f\u2267\u2266"
)


def canonical_unit(tail: str) -> str:
    """The unit that stands behind a number: without brackets around it, of several names one."""
    signs = zip(("LEFT", "RIGHT"), BRACKET_SIDES, strict=True)
    closed = [f"ISNUMBER(FIND({end}({tail}),{literal(pair)}))" for end, pair in signs]
    inner = both(f"LEN({tail})>2", *closed)
    bare = f"IF({inner},MID({tail},2,LEN({tail})-2),{tail})"
    return beside(bare, "units_alike", "units_kept", otherwise=bare)


def is_unit(unit: str) -> str:
    """Whether a text is a unit, or none is written."""
    slash = f'FIND("/",{unit}&"/")'
    halves = f"LEFT({unit},{slash}-1)", f"MID({unit},{slash}+1,99)"
    word = both(
        *(f'LEFT({unit},{len(start)})<>"{start}"' for start in OF_DATES),
        f"SUMPRODUCT(COUNT(FIND({{list:units_never}},{unit})))=0",
        _is_word(halves[0]),
        either(f'ISERROR(FIND("/",{unit}))', _is_word(halves[1])),
    )
    return either(f'{unit}=""', in_list(unit, "units_of_any"), word)


def _is_word(text: str) -> str:
    """Whether a text may be a unit: a few letters of either script."""
    power = f"ISNUMBER(FIND(RIGHT({text}),{literal(POWERS)}))"
    latin = f"LEN({text})-IF({power},1,0)"
    few = f"AND({latin}>0,{latin}<={LATIN},{count_of(text, 'letters')}={latin})"
    others = f"AND(LEN({text})<={LONGEST_OTHER_UNIT},{count_of(text, 'no_letters')}=0)"
    return f"AND(LEN({text})>0,OR({others},{few}))"


def exchange_steps(name: str, number: str, unit_text: str, into: str, place: str) -> dict[str, str]:
    """Steps to a number of one unit in another (`name.value`), "" where they are of two kinds.

    As `stages.measures.exchange` has it. `unit_text` is its unit; `place` is where the other unit
    stands in the list of those that are known, 0 for none (`place_of`).
    """
    unit, places = f"{{{name}.unit}}", (f"{{{name}.from}}", place)
    bare = f'IF(LEFT({into})="{MYRIAD}",MID({into},2,99),{into})'
    kinds, sizes = (
        [f"INDEX({{list:{words}}},{at})" for at in places]
        for words in ("measures_of_units", "sizes_of_units")
    )
    same = either(f'{unit}=""', f"EXACT({unit},{into})")
    alike = both(f"{places[0]}*{places[1]}>0", f"EXACT({kinds[0]},{kinds[1]})")
    rate = f"VALUE({sizes[0]})/VALUE({sizes[1]})"
    more = either(_says_more(unit, into, places[0]), _says_more(into, unit, places[1]))
    other = f'IF({alike},ROUND({number}*{rate},{FINE_DECIMALS}),IF({more},{number},""))'
    is_known = f"AND(ISNUMBER({{target.low}}),ISNUMBER({number}))"
    return {
        f"{name}.unit": f'IF(EXACT({unit_text},"{MYRIAD}"),"{MYRIAD}"&{bare},{unit_text})',
        f"{name}.from": place_of(unit),
        f"{name}.value": f'IF({is_known},IF({same},{number},{other}),"")',
    }


def place_of(unit: str) -> str:
    """Where a unit stands in the list of those that are known, from 1; 0 for none."""
    area = "{list:units_measured}"
    return f"SUMPRODUCT(EXACT({area},{unit})*(ROW({area})-MIN(ROW({area}))+1))"


def _says_more(unit: str, than: str, place: str) -> str:
    """Whether a unit that is not known is another one with more said behind it."""
    following = f"MID({unit},LEN({than})+1,1)"
    return both(
        f"{place}=0",
        f"LEN({than})>0",
        f"EXACT(LEFT({unit},LEN({than})),{than})",
        f"NOT({in_list(following, 'makes_another_unit')})",
    )


def lists_of_units() -> dict[str, tuple[str, ...]]:
    """The units that are known, other names of some, and what no unit has."""
    alike = table("units")["alike"]
    return {
        "units_of_any": units_known(),
        "units_alike": tuple(alike),
        "units_kept": tuple(alike.values()),
        "units_never": tuple(table("units")["never"]),
        "letters": tuple(LETTERS),
        "no_letters": tuple(dict.fromkeys(PRINTABLE + NO_LETTERS)),
        "units_in_words": units_in_words(),
        "units_measured": tuple(measures()),
        "measures_of_units": tuple(of.kind for of in measures().values()),
        "sizes_of_units": tuple(str(of.size) for of in measures().values()),
        "makes_another_unit": lexicon.words("makes_another_unit"),
    }


def units_in_words() -> tuple[str, ...]:
    """The units that may follow a numeral."""
    kinds = ("known", "money")
    units = [unit for kind in kinds for unit in table("units")[kind]]
    return tuple(
        dict.fromkeys([*units, *(u for u in units_known() if u in table("units")["time"])])
    )
