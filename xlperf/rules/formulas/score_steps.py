"""Steps of monitoring and self-evaluation: shares reached, proposed weights and scores, totals.

What `stages.scoring`, `stages.weights` and `stages.results` calculate, cell by cell. A person's
weight or score counts where there is one; what is proposed stands in a cell of its own.
"""

from __future__ import annotations

from xlperf.rules.formulas.amount_steps import amount_steps
from xlperf.rules.formulas.native import both, in_list
from xlperf.rules.formulas.reached_steps import part_of, whole_of
from xlperf.rules.formulas.stage_natives import ROW_IN_LIST
from xlperf.rules.stages.qualitative import MEASURE_MET, MEASURE_WORDS
from xlperf.rules.stages.results import BEYOND_TARGET, SHORT_OF_TARGET
from xlperf.rules.stages.weights import (
    BENEFIT,
    COST,
    OUTPUT,
    SATISFACTION,
    WEIGHTED_LEVELS,
    WITH_COST,
)
from xlperf.rules.text import lexicon

IS_TOLD = "{reached.how}>0"


def step_of_words() -> str:
    """Which of the measures' words stand for what was completed: 1 for met; 0 for none.

    Only where the target is no number.
    """
    place = "0"
    for number, words in reversed(list(enumerate(MEASURE_WORDS, 1))):
        place = f"IF({in_list('{completed.flat}', words)},{number},{place})"
    no_number = both(
        "NOT(ISNUMBER({target.low}))",
        "LEN({target.flat})>0",
        f"NOT({in_list('{target.flat}', 'says_nothing')})",
        "NOT(EXACT({target.flat},{completed.flat}))",
    )
    return f"IF({no_number},{place},0)"


def weight_steps() -> dict[str, str]:
    """Steps to the weight that is proposed for a row, and to the one that counts.

    `{all:...}` are the columns of all rows; `{level1.implied}` is the kind of the first level,
    `{in_list}` 1 for a row of the list, `{line}` its row; `level_steps` has what all rows of a
    level have in common.
    """
    kind, amount = "{level1.implied}", "{weight.amount}"
    points_left, open_ones = _of_level(kind, "left"), _of_level(kind, "open")
    before = "{weight.before}"
    alike = f"EXACT({{all:level1.implied}},{kind})*{{all:in_list}}"
    is_open = "(1-1*ISNUMBER({all:weight.amount}))"
    shares = [f"ROUND({points_left}*{n}/{open_ones},1)" for n in (f"({before}+1)", before)]
    share = f"ROUND({shares[0]}-{shares[1]},1)"
    is_proposed = both(
        ROW_IN_LIST, f"NOT(ISNUMBER({amount}))", "{weights.unknown}=0", f"{points_left}>0"
    )
    return {
        **amount_steps("weight", "amount"),
        "weight.before": f"SUMPRODUCT({alike}*{is_open}*({{all:line}}<{{line}}))",
        "weight.proposed": f'IF({is_proposed},{share},"")',
        "weight.counted": f"IF(ISNUMBER({amount}),{amount},{{weight.proposed}})",
    }


def _of_level(kind: str, name: str) -> str:
    """A step of the project for the first level of a row; 0 for another level."""
    result = "0"
    for level in WITH_COST:
        result = f'IF({kind}="{level}",{{{name}.{level}}},{result})'
    return result


def level_steps() -> dict[str, str]:
    """Steps of the project for each first level: whether it has rows, points that are left for
    those without a weight, how many these are; and how many rows are of no level that is known.
    """
    kinds = "{all:level1.implied}"
    rows = {name: f'EXACT({kinds},"{name}")*{{all:in_list}}' for name in ("", *WITH_COST)}
    steps = {f"level.{name}": f"IF(SUMPRODUCT({rows[name]})>0,1,0)" for name in WITH_COST}
    for name in WITH_COST:
        given_points = f"SUMPRODUCT({rows[name]},{{all:weight.amount}})"
        is_open = "(1-1*ISNUMBER({all:weight.amount}))"
        steps |= {
            f"left.{name}": f"ROUND({_level_points(name)}-{given_points},2)",
            f"open.{name}": f"SUMPRODUCT({rows[name]}*{is_open})",
        }
    return {**steps, "weights.unknown": f"SUMPRODUCT({rows['']})"}


def _level_points(name: str) -> str:
    """The points of a first level, with those of levels that the project has not."""
    points = {level: _points_of(level) for level in WITH_COST}
    no_rows = {level: f"{{level.{level}}}=0" for level in WITH_COST}
    takes: dict[str, dict[str, tuple[str, ...]]] = {
        BENEFIT: {SATISFACTION: (), OUTPUT: ()},
        OUTPUT: {BENEFIT: (), SATISFACTION: (BENEFIT,)},
        SATISFACTION: {BENEFIT: (OUTPUT,), OUTPUT: (BENEFIT, COST)},
        COST: {
            SATISFACTION: (BENEFIT, OUTPUT),
            BENEFIT: (OUTPUT, SATISFACTION),
            OUTPUT: (BENEFIT,),
        },
    }
    sums = [points[name]]
    for other, absent in takes[name].items():
        where = ",".join(no_rows[level] for level in (other, *absent))
        sums.append(f"IF(AND({where}),{points[other]},0)")
    return "+".join(sums)


def _points_of(name: str) -> str:
    """The points of a first level by the profile; of costs only where they are one."""
    with_cost = f"{{profile:level_points_with_cost.{WITH_COST.index(name)}}}"
    if name == COST:
        return with_cost
    return (
        f"IF({{level.{COST}}}=1,{with_cost},{{profile:level_points.{WEIGHTED_LEVELS.index(name)}}})"
    )


def score_steps() -> dict[str, str]:
    """Steps to a row's proposed score, the one that counts, and how its value deviates."""
    weight, part, whole = "{weight.counted}", part_of("reached"), whole_of("reached")
    far = "{profile:far_beyond}"
    beyond = f"N({{reached.percent}})>{far}"
    usual = (
        f"IF({part}>={whole},ROUND({weight},2),IF({part}<=0,0,ROUND({weight}*{part}/{whole},2)))"
    )
    number = f"IF({beyond},ROUND({weight}*{far}*{whole}/(100*{part}),2),{usual})"
    in_words, at_most = (
        f'IF({{reached.words}}>0,ROUND({weight}*CHOOSE({{reached.words}},{shares})/100,2),"")'
        for shares in (
            ",".join(map(of, range(len(MEASURE_WORDS)))) for of in (_points_of_words, _most_of)
        )
    )
    amount = "{score.amount}"
    return {
        **amount_steps("score", "amount"),
        "score.proposed": f'IF(ISNUMBER({weight}),IF({IS_TOLD},{number},{in_words}),"")',
        "score.most": f'IF({{reached.words}}>0,IF(ISNUMBER({weight}),{at_most},""),'
        "{score.proposed})",
        "score.counted": f"IF(ISNUMBER({amount}),{amount},{{score.proposed}})",
    }


def deviation(words: str = "{reached.words}") -> str:
    """How far what was completed deviates from the target: short of it, far beyond it, or "".

    `words`: what `step_of_words` gives.
    """
    of_number = (
        f'IF({part_of("reached")}<{whole_of("reached")},"{SHORT_OF_TARGET}",'
        f'IF(N({{reached.percent}})>{{profile:far_beyond}},"{BEYOND_TARGET}",""))'
    )
    return f'IF({IS_TOLD},{of_number},IF({words}>{MEASURE_MET + 1},"{SHORT_OF_TARGET}",""))'


def _points_of_words(step: int) -> str:
    """The percent of the points for a step of the measures' words, by the profile's bands."""
    low = f"{{profile:qualitative_bands.{len(MEASURE_WORDS) - 1 - step}}}"
    return _most_of(step) if step == MEASURE_MET else f"({low}+{_most_of(step)})/2"


def _most_of(step: int) -> str:
    """The most percent of the points for a step of the measures' words."""
    return f"{{profile:qualitative_bands.{len(MEASURE_WORDS) - step}}}"


def total_steps() -> dict[str, str]:
    """Steps of a project: execution's points, the total so far, what is missing, the grade."""
    spent, budget = "{executed.amount}", "{budget_now.amount}"
    has_rate = both(f"ISNUMBER({spent})", f"ISNUMBER({budget})", f"{budget}>0")
    points = "{profile:execution_points}"
    execution = (
        f"IF({spent}>={budget},{points},IF({spent}<=0,0,ROUND({points}*{spent}/{budget},2)))"
    )
    amount, counted_score = "{execution_score.amount}", "{execution.counted}"
    grade = grade_for("{total.so_far}")
    return {
        "rows": "SUM({all:in_list})",
        "rate": f'IF({has_rate},ROUND({spent}/{budget}*100,9),"")',
        "execution.proposed": f'IF({has_rate},{execution},"")',
        "execution.counted": f"IF(ISNUMBER({amount}),{amount},{{execution.proposed}})",
        "total.so_far": f"ROUND({of_rows('score.counted')}+N({counted_score}),2)",
        "total.missing": f"{{rows}}-{how_many('score.counted')}+IF(ISNUMBER({counted_score}),0,1)",
        "total.grade": f'IF(AND({{total.missing}}=0,{{rows}}>0),{grade},"")',
    }


def of_rows(name: str) -> str:
    """The sum of a step of all rows of the list, as far as it is a number."""
    return f"SUMPRODUCT({{all:in_list}},{{all:{name}}})"


def how_many(name: str) -> str:
    """In how many rows of the list a step is a number."""
    return f"SUMPRODUCT({{all:in_list}}*ISNUMBER({{all:{name}}}))"


def grade_for(total: str) -> str:
    """The word of the grade for a number of points."""
    names = lexicon.words("grades_of_evaluation")
    grade = f'"{names[-1]}"'
    for place, name in enumerate(reversed(names[:-1])):
        grade = f'IF({total}>={{profile:grade_bands.{place}}},"{name}",{grade})'
    return grade
