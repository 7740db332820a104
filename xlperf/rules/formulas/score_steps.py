"""Steps of monitoring and self-evaluation: shares reached, proposed weights and scores, totals.

What `stages.scoring`, `stages.weights` and `stages.results` calculate, cell by cell. A person's
weight or score counts where there is one; what is proposed stands in a cell of its own.
"""

from __future__ import annotations

from xlperf.rules.formulas.native import both, either, in_list
from xlperf.rules.formulas.stage_natives import LISTED
from xlperf.rules.formulas.steps import number_steps
from xlperf.rules.formulas.unit_steps import exchange_steps
from xlperf.rules.stages.qualitative import MET, STEPS
from xlperf.rules.stages.results import BEYOND, SHORT
from xlperf.rules.stages.scoring import ALL_OF_IT, HIGH, PERCENT
from xlperf.rules.stages.weights import BENEFIT, COST, LEVELS, OUTPUT, SATISFACTION, WITH_COST
from xlperf.rules.text import lexicon

LARGER, SMALLER = 1, 2  # which number is the better one, as `{direction}` says; 0 where unknown
ARE_NUMBERS = "AND(ISNUMBER({reached.part}),ISNUMBER({reached.whole}),ISNUMBER({reached.percent}))"


def reached_steps(key: str, name: str) -> dict[str, str]:
    """Steps from `{target...}` and `{key...}` to how far the target was met: `name.part` of
    `name.whole`, "" where that cannot be told, and `name.percent`.
    """
    value, part, whole = f"{{{name}.value}}", f"{{{name}.part}}", f"{{{name}.whole}}"
    low, high, of = "{target.low}", "{target.high}", "{target.operator}"
    parts = _part_and_whole(value, low, high, f"{{{name}.smaller}}")
    are_numbers = f"AND({{{name}.known}},ISNUMBER({value}),ISNUMBER({low}),ISNUMBER({high}))"
    percent = f"ROUND({part}/{whole}*100,9)"
    return {
        **exchange_steps(name, f"{{{key}.low}}", f"{{{key}.unit}}", "{target.unit}"),
        f"{name}.smaller": either(
            f'OR({of}="\u2264",{of}="<")',
            f'IF({of}="",OR({{direction}}={SMALLER},AND({low}=0,{high}=0)),FALSE)',
        ),
        f"{name}.known": both(
            f"ISNUMBER({value})",
            f"ISNUMBER({low})",
            f"ISNUMBER({high})",
            either(f'{of}<>""', f"AND({low}=0,{high}=0)", "{direction}>0"),
        ),
        f"{name}.part": f'IF({are_numbers},{parts[0]},"")',
        f"{name}.whole": f'IF({are_numbers},{parts[1]},"")',
        f"{name}.percent": f'IF(AND(ISNUMBER({part}),ISNUMBER({whole})),{percent},"")',
    }


def _part_and_whole(value: str, low: str, high: str, smaller: str) -> tuple[str, str]:
    """What was reached and of what, as formulas: 1 and 1 where all was, or nothing was to be."""
    up, up_from_high = (_at_least(end, value) for end in (low, high))
    down = f"IF({value}>0,{{of}},1)"  # high, or low, of value
    exact = f"IF(AND({low}<=0,{value}<=0),1,IF({value}<{low},{{up}},{{down}}))"
    pairs = []
    for n in (0, 1):
        ups = up.replace("{of}", (value, low)[n])
        beyond = up_from_high.replace("{of}", (value, high)[n])
        downs = down.replace("{of}", (low, value)[n])
        far = down.replace("{of}", (high, value)[n])
        equal_to = exact.replace("{up}", (value, low)[n]).replace("{down}", (low, value)[n])
        few = f"IF({value}>{high},{far},1)"
        many = f"IF({value}<{low},{ups},IF({value}<={high},1,{beyond}))"
        single = f'IF({{target.operator}}="=",{equal_to},{ups})'
        at_most = f"IF({value}>{low},{downs},1)"
        between = f"IF({smaller},{few},{many})"
        pairs.append(f"IF({low}<{high},{between},IF({smaller},{at_most},{single}))")
    return pairs[0], pairs[1]


def _at_least(end: str, value: str) -> str:
    """A value of what it should come to at least, as a formula with `{of}`; 1 for all there is."""
    high_share = f'AND(EXACT({{target.unit}},"{PERCENT}"),{end}>={HIGH})'
    no_more = f"AND({value}>{end},{value}<={ALL_OF_IT})"  # than there is
    return f"IF(AND({end}>0,NOT(AND({high_share},{no_more}))),{{of}},1)"


def words_steps() -> dict[str, str]:
    """A step to which of the measures' words stand for what was completed: 1 for met; 0 for none.

    Only where the target is no number.
    """
    place = "0"
    for number, words in reversed(list(enumerate(STEPS, 1))):
        place = f"IF({in_list('{completed.flat}', words)},{number},{place})"
    no_number = both(
        "NOT(ISNUMBER({target.low}))",
        "LEN({target.flat})>0",
        f"NOT({in_list('{target.flat}', 'says_nothing')})",
        "NOT(EXACT({target.flat},{completed.flat}))",
    )
    return {"reached.words": f"IF({no_number},{place},0)"}


def weight_steps() -> dict[str, str]:
    """Steps to the weight that is proposed for a row, and to the one that counts.

    `{all:...}` are the columns of all rows; `{level1.implied}` is the kind of the first level,
    `{in_list}` 1 for a row of the list.
    """
    kind, kinds, own = "{level1.implied}", "{all:level1.implied}", "{weight.amount}"
    alike = f"EXACT({kinds},{kind})"
    left, open_ones, before = "{weight.left}", "{weight.open_ones}", "{weight.before}"
    shares = [f"ROUND({left}*{n}/{open_ones},1)" for n in (f"({before}+1)", before)]
    share = f"ROUND({shares[0]}-{shares[1]},1)"
    is_proposed = f"AND({{weight.open}}=1,{{weight.unknown}}=0,{left}>0)"
    return {
        **number_steps("weight", "amount"),
        "weight.open": f"IF(AND({LISTED},NOT(ISNUMBER({own}))),1,0)",
        "weight.given": f"IF(AND({LISTED},ISNUMBER({own})),{own},0)",
        "weight.nameless": f'IF(AND({LISTED},{kind}=""),1,0)',
        **{
            f"level.{name}": f'IF(SUMPRODUCT(EXACT({kinds},"{name}")*{{all:in_list}})>0,1,0)'
            for name in WITH_COST
        },
        "weight.unknown": "SUM({all:weight.nameless})",
        "weight.open_ones": f"SUMPRODUCT({alike}*{{all:weight.open}})",
        "weight.before": f"SUMPRODUCT({alike}*{{all:weight.open}}*({{all:line}}<{{line}}))",
        "weight.left": f"ROUND({_level_points(kind)}-SUMPRODUCT({alike}*{{all:weight.given}}),2)",
        "weight.proposed": f'IF({is_proposed},{share},"")',
        "weight.counted": f"IF(ISNUMBER({own}),{own},{{weight.proposed}})",
        "weight.points": f"IF(AND({LISTED},ISNUMBER({{weight.counted}})),{{weight.counted}},0)",
    }


def _level_points(kind: str) -> str:
    """The points of a row's first level, with those of levels that the project has not."""
    points = {name: _points_of(name) for name in WITH_COST}
    gone = {name: f"{{level.{name}}}=0" for name in WITH_COST}
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
    result = "0"
    for name, heirs_of in takes.items():
        sums = [points[name]]
        for other, absent in heirs_of.items():
            where = ",".join(gone[each] for each in (other, *absent))
            sums.append(f"IF(AND({where}),{points[other]},0)")
        result = f'IF({kind}="{name}",{"+".join(sums)},{result})'
    return result


def _points_of(name: str) -> str:
    """The points of a first level by the profile; of costs only where they are one."""
    with_cost = f"{{profile:level_points_with_cost.{WITH_COST.index(name)}}}"
    if name == COST:
        return with_cost
    return f"IF({{level.{COST}}}=1,{with_cost},{{profile:level_points.{LEVELS.index(name)}}})"


def score_steps() -> dict[str, str]:
    """Steps to a row's proposed score, the one that counts, and how its value deviates."""
    weight, part, whole = "{weight.counted}", "{reached.part}", "{reached.whole}"
    far = "{profile:far_beyond}"
    beyond = f"{{reached.percent}}>{far}"
    usual = (
        f"IF({part}>={whole},ROUND({weight},2),IF({part}<=0,0,ROUND({weight}*{part}/{whole},2)))"
    )
    number = f"IF({beyond},ROUND({weight}*{far}*{whole}/(100*{part}),2),{usual})"
    in_words, at_most = (
        f'IF({{reached.words}}>0,ROUND({weight}*CHOOSE({{reached.words}},{shares})/100,2),"")'
        for shares in (",".join(map(of, range(len(STEPS)))) for of in (_points_of_words, _most_of))
    )
    own = "{score.amount}"
    return {
        **number_steps("score", "amount"),
        "score.proposed": f'IF(ISNUMBER({weight}),IF({ARE_NUMBERS},{number},{in_words}),"")',
        "score.most": f'IF({{reached.words}}>0,IF(ISNUMBER({weight}),{at_most},""),'
        "{score.proposed})",
        "score.counted": f"IF(ISNUMBER({own}),{own},{{score.proposed}})",
        "score.points": f"IF(AND({LISTED},ISNUMBER({{score.counted}})),{{score.counted}},0)",
        "score.missing": f"IF(AND({LISTED},NOT(ISNUMBER({{score.counted}}))),1,0)",
    }


def deviation() -> str:
    """How far what was completed deviates from the target: short of it, far beyond it, or ""."""
    of_number = (
        f'IF({{reached.part}}<{{reached.whole}},"{SHORT}",'
        f'IF({{reached.percent}}>{{profile:far_beyond}},"{BEYOND}",""))'
    )
    return f'IF({ARE_NUMBERS},{of_number},IF({{reached.words}}>{MET + 1},"{SHORT}",""))'


def _points_of_words(step: int) -> str:
    """The percent of the points for a step of the measures' words, by the profile's bands."""
    low = f"{{profile:qualitative_bands.{len(STEPS) - 1 - step}}}"
    return _most_of(step) if step == MET else f"({low}+{_most_of(step)})/2"


def _most_of(step: int) -> str:
    """The most percent of the points for a step of the measures' words."""
    return f"{{profile:qualitative_bands.{len(STEPS) - step}}}"


def total_steps() -> dict[str, str]:
    """Steps of a project: execution's points, the total so far, what is missing, the grade."""
    spent, budget = "{executed.amount}", "{budget_now.amount}"
    known = both(f"ISNUMBER({spent})", f"ISNUMBER({budget})", f"{budget}>0")
    points = "{profile:execution_points}"
    execution = (
        f"IF({spent}>={budget},{points},IF({spent}<=0,0,ROUND({points}*{spent}/{budget},2)))"
    )
    own, counted = "{execution_score.amount}", "{execution.counted}"
    grade = grade_for("{total.so_far}")
    return {
        "rate": f'IF({known},ROUND({spent}/{budget}*100,9),"")',
        "execution.proposed": f'IF({known},{execution},"")',
        "execution.counted": f"IF(ISNUMBER({own}),{own},{{execution.proposed}})",
        "total.so_far": f"ROUND(SUM({{all:score.points}})+N({counted}),2)",
        "total.missing": f"SUM({{all:score.missing}})+IF(ISNUMBER({counted}),0,1)",
        "total.grade": f'IF(AND({{total.missing}}=0,SUM({{all:in_list}})>0),{grade},"")',
    }


def grade_for(total: str) -> str:
    """The word of the grade for a number of points."""
    names = lexicon.words("grades_of_evaluation")
    grade = f'"{names[-1]}"'
    for place, name in enumerate(reversed(names[:-1])):
        grade = f'IF({total}>={{profile:grade_bands.{place}}},"{name}",{grade})'
    return grade
