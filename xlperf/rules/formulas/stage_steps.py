"""Steps of a stage's sheet, for a row and for the project: what its checks and results build on.

A row's steps stand beside it, the project's in one row above the list. Names are those of the
form's fields; `{all:...}` is a column over all rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from xlperf.canonical import CAUSES
from xlperf.rules.formulas.native import blank, both, in_list
from xlperf.rules.formulas.quantity_steps import lists_of_operators, quantity_steps
from xlperf.rules.formulas.score_steps import (
    deviation,
    grade_for,
    reached_steps,
    score_steps,
    total_steps,
    weight_steps,
    words_steps,
)
from xlperf.rules.formulas.stage_natives import LISTED
from xlperf.rules.formulas.steps import OF_PROJECT, kind, number_steps
from xlperf.rules.formulas.unit_steps import lists_of_units
from xlperf.rules.stages.comparing import COPIES
from xlperf.rules.stages.qualitative import STEPS
from xlperf.rules.stages.views import MONITORING, POSSIBILITIES
from xlperf.rules.text import lexicon
from xlperf.target_words import table
from xlperf.wording import official_list

FEWEST = COPIES  # amounts of work from which the goals' progress is told


@cache
def row_steps(stage: str) -> Mapping[str, str]:
    """The steps of an indicator's row in a kind of stage."""
    read = {
        **quantity_steps("target", ranges=True),
        **quantity_steps("completed"),
        **reached_steps("completed", "reached"),
        **words_steps(),
        "completed.filled": filled("completed"),
        "deviation": deviation(),
    }
    if stage == MONITORING:
        return {**read, **_monitored()}
    return {
        **read,
        **kind("level1"),
        **kind("level2"),
        "level1.implied": OF_PROJECT["level1.implied"],
        **weight_steps(),
        **score_steps(),
        "score.filled": f"IF(AND({LISTED},LEN({{score.said}})>0),1,0)",
        "score.written": f"IF(AND({LISTED},ISNUMBER({{score.amount}})),{{score.amount}},0)",
        "score.typed": f"IF(AND({LISTED},ISNUMBER({{score.amount}})),1,0)",
        "weight.typed": f"IF(AND({LISTED},ISNUMBER({{weight.amount}})),1,0)",
    }


def filled(key: str) -> str:
    """1 for a row of the list with something in a field, else 0."""
    return f"IF(AND({LISTED},NOT({blank(f'{{{key}}}')})),1,0)"


def _monitored() -> dict[str, str]:
    answers = [f"{{possibility/{key}}}" for key in POSSIBILITIES]
    ticked = {
        key: in_list(answer, "ticks") for key, answer in zip(POSSIBILITIES, answers, strict=True)
    }
    given = "+".join(f"IF({blank(answer)},0,1)" for answer in answers)
    causes = "+".join(f"IF({blank(f'{{causes/{cause}}}')},0,1)" for cause in CAUSES)
    one = "{possibility.given}=1"
    chosen = '""'
    for key in reversed(POSSIBILITIES):
        chosen = f'IF({ticked[key]},"{key}",{chosen})'
    counts = both(
        LISTED,
        "ISNUMBER({reached.part})",
        "ISNUMBER({reached.whole})",
        "{target.low}={target.high}",
        f"NOT({in_list('{target.unit}', 'percents')})",
        f"NOT({_at_most()})",
    )
    share = "IF({reached.part}>={reached.whole},1,{reached.part}/{reached.whole})"
    return {
        **quantity_steps("expected"),
        **reached_steps("expected", "promised"),
        "possibility.given": given,
        "possibility.answer": f'IF({one},{chosen},"")',
        "possibility.filled": f"IF(AND({LISTED},{{possibility.given}}>0),1,0)",
        "causes.given": causes,
        "progress.counts": f"IF({counts},1,0)",
        "progress.share": "IF(AND({progress.counts}=1,ISNUMBER({reached.part}),"
        f"ISNUMBER({{reached.whole}})),{share},0)",
    }


def _at_most() -> str:
    return 'OR({target.operator}="\u2264",{target.operator}="<")'


def project_steps(stage: str, month: int, months: tuple[str, ...]) -> dict[str, str]:
    """The steps of the project; `months`: those that the goals' plan has shares for."""
    further = ("expected_spending",) if stage == MONITORING else ("execution_score", "total")
    money = ("goal_budget", "adjusted", "executed", *further)
    now = "IF(ISNUMBER({adjusted.amount}),{adjusted.amount},{goal_budget.amount})"
    steps = {
        **{name: text for key in money for name, text in number_steps(key, "amount").items()},
        "budget_now.amount": now,
        "rows": "SUM({all:in_list})",
        "completed.count": "SUM({all:completed.filled})",
    }
    if stage == MONITORING:
        return {**steps, **_progress(month, months)}
    return {
        **steps,
        **total_steps(),
        "weights.typed": "SUM({all:weight.typed})",
        "weights.sum": "ROUND(SUM({all:weight.given}),2)",
        "weights.counted": "ROUND(SUM({all:weight.points}),2)",
        "scores.count": "SUM({all:score.filled})",
        "scores.typed": "SUM({all:score.typed})",
        "scores.sum": "ROUND(SUM({all:score.written}),2)",
        "grade.due": f'IF(ISNUMBER({{total.amount}}),{grade_for("{total.amount}")},"")',
    }


def _progress(month: int, months: tuple[str, ...]) -> dict[str, str]:
    plan, planned = dict[str, str](), '""'
    for key in (key for key in months if int(key) <= month):
        plan |= number_steps(f"spending_plan/{key}", "share", percent=True)
        share = f"{{spending_plan/{key}.share}}"
        planned = f"IF(ISNUMBER({share}),{share},{planned})"
    spent, budget = "{executed.amount}", "{budget_now.amount}"
    known = both(f"ISNUMBER({spent})", f"ISNUMBER({budget})", f"{budget}>0")
    counted = "{progress.known}"
    return {
        **plan,
        "planned": planned,
        "rate": f'IF({known},ROUND({spent}/{budget}*100,9),"")',
        "possibility.count": "SUM({all:possibility.filled})",
        "progress.known": "SUM({all:progress.counts})",
        "progress": f'IF({counted}<{FEWEST},"",ROUND(SUM({{all:progress.share}})/{counted}*100,9))',
    }


def lists_of_stages() -> Mapping[str, tuple[str, ...]]:
    """Every list of words that these steps name beside those of the goals' checks."""
    return {
        **lists_of_operators(),
        **lists_of_units(),
        **{name: lexicon.words(name) for name in (*STEPS, "words_for_none")},
        "grades_of_evaluation": lexicon.words("grades_of_evaluation"),
        "says_nothing": tuple(table("blank")["written"]),
        "ticks": tuple(official_list("stage.ticks")),
    }
