"""Steps to how a value compares with a target: what `stages.scoring` calculates, cell by cell."""

from __future__ import annotations

from xlperf.rules.formulas.native import both, either
from xlperf.rules.formulas.numeral_steps import unit_of
from xlperf.rules.formulas.unit_steps import exchange_steps
from xlperf.rules.stages.scoring import HIGH_TARGET, PERCENT_UNIT, WHOLE_PERCENT

# which number is the better one, as `{direction}` says; 0 where unknown
LARGER_IS_BETTER, SMALLER_IS_BETTER = 1, 2
# how a value compares with a target
SHARE_NONE, SHARE_ALL, OF_LOW, LOW_OF, HIGH_OF, OF_HIGH = range(6)


def reached_steps(key: str, name: str) -> dict[str, str]:
    """Steps from `{target...}` and `{key...}` to how far the target was met.

    `name.percent`, "" where that cannot be told; `part_of` and `whole_of` say of what it is.
    """
    how, share = f"{{{name}.how}}", f"{part_of(name)}/{whole_of(name)}"
    return {
        **compared_steps(key, name),
        f"{name}.percent": f'IF({how}={SHARE_NONE},"",ROUND({share}*100,9))',
    }


def part_of(name: str) -> str:
    """What was reached, of `whole_of`: 1 and 1 where all was, or where nothing is told."""
    value, low, high = f"N({{{name}.value}})", "N({target.low})", "N({target.high})"
    return f"CHOOSE({{{name}.how}}+1,1,1,{value},{low},{high},{value})"


def whole_of(name: str) -> str:
    """What was to be reached."""
    value, low, high = f"N({{{name}.value}})", "N({target.low})", "N({target.high})"
    return f"CHOOSE({{{name}.how}}+1,1,1,{low},{value},{value},{high})"


def compared_steps(key: str, name: str) -> dict[str, str]:
    """Steps to a value in the target's unit, "" for none, and to how it compares (`name.how`).

    It does not (0), it meets the target or nothing was to be (1); the value is a part of the
    target's low (2) or high number (5), these (3, 4) are one of the value. `{target.place}` is
    where the target's unit stands in the list of units.
    """
    value = f"{{{name}.value}}"
    low, high, of = "{target.low}", "{target.high}", "{target.operator}"
    are_numbers = f"AND(ISNUMBER({value}),ISNUMBER({low}),ISNUMBER({high}))"
    is_none = f"AND({low}=0,{high}=0)"
    is_comparable = both(are_numbers, either(f'{of}<>""', is_none, "{direction}>0"))
    return {
        **exchange_steps(name, f"{{{key}.low}}", unit_of(key), "{target.unit}", "{target.place}"),
        f"{name}.how": f"IF({is_comparable},{_comparison(value, low, high)},{SHARE_NONE})",
    }


def is_few() -> str:
    """Whether the target is not to be exceeded: by its operator, or as few are better."""
    none = "AND({target.low}=0,{target.high}=0)"
    few = f"OR({{direction}}={SMALLER_IS_BETTER},{none})"
    of = "{target.operator}"
    return either(f'OR({of}="\u2264",{of}="<")', both(f'{of}=""', few))


def _comparison(value: str, low: str, high: str) -> str:
    """How a value compares with a target, where that can be told."""
    up = f"IF({_is_due(low, value)},{OF_LOW},{SHARE_ALL})"
    beyond = f"IF({_is_due(high, value)},{OF_HIGH},{SHARE_ALL})"
    exact = f"IF(AND({low}<=0,{value}<=0),{SHARE_ALL},IF({value}<{low},{OF_LOW},{LOW_OF}))"
    at_most = f"IF(AND({value}>{low},{value}>0),{LOW_OF},{SHARE_ALL})"
    few = f"IF(AND({value}>{high},{value}>0),{HIGH_OF},{SHARE_ALL})"
    many = f"IF({value}<{low},{up},IF({value}<={high},{SHARE_ALL},{beyond}))"
    single = f'IF({{target.operator}}="=",{exact},{up})'
    in_range = f"IF({is_few()},{few},{many})"
    return f"IF({low}<{high},{in_range},IF({is_few()},{at_most},{single}))"


def _is_due(end: str, value: str) -> str:
    """Whether a value is a part of what it should come to at least; a high share has no more."""
    high_share = f'AND(EXACT({{target.unit}},"{PERCENT_UNIT}"),{end}>={HIGH_TARGET})'
    no_more = f"AND({value}>{end},{value}<={WHOLE_PERCENT})"  # than there is
    return f"AND({end}>0,NOT(AND({high_share},{no_more})))"


def falls_short(key: str, name: str) -> str:
    """Whether a value is short of the target; `{name.value}` is that value in the target's unit."""
    value, low, high = f"N({{{name}.value}})", "N({target.low})", "N({target.high})"
    how = compared_steps(key, name)[f"{name}.how"]
    return f"CHOOSE({how}+1,FALSE,FALSE,{value}<{low},{low}<{value},{high}<{value},{value}<{high})"
