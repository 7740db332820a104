"""Steps of a stage's sheet, for a row and for the project: what its checks and results build on.

A row's steps stand beside it, the project's in one row above the list. Names are those of the
form's fields; `{all:...}` is a column over all rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from xlperf.rules.formulas.amount_steps import amount_steps
from xlperf.rules.formulas.native import (
    ARABIC_DIGITS,
    as_written,
    beside,
    both,
    compact,
    in_list,
)
from xlperf.rules.formulas.numeral_steps import NUMERAL_SIGNS, lists_of_numerals
from xlperf.rules.formulas.quantity_steps import lists_of_operators, quantity_steps
from xlperf.rules.formulas.reached_steps import (
    compared_steps,
    part_of,
    reached_steps,
    whole_of,
)
from xlperf.rules.formulas.score_steps import (
    deviation,
    grade_for,
    how_many,
    level_steps,
    of_rows,
    score_steps,
    step_of_words,
    total_steps,
    weight_steps,
)
from xlperf.rules.formulas.stage_natives import ROW_IN_LIST
from xlperf.rules.formulas.steps import (
    bare_level,
    side_by_side,
)
from xlperf.rules.formulas.unit_steps import lists_of_units, place_of
from xlperf.rules.stages.comparing import COPIES
from xlperf.rules.stages.qualitative import MEASURE_WORDS
from xlperf.rules.stages.views import MONITORING
from xlperf.rules.text import lexicon
from xlperf.targets.words import table
from xlperf.wording import official_list

FEWEST_SHARES = COPIES  # amounts of work from which the goals' progress is told


@cache
def row_steps(stage: str) -> Mapping[str, str]:
    """The steps of an indicator's row in a kind of stage."""
    read = {
        **quantity_steps("target", ranges=True),
        "target.place": place_of("{target.unit}"),
        **quantity_steps("completed"),
        **reached_steps("completed", "reached"),
    }
    if stage == MONITORING:
        return {**read, "deviation": deviation(step_of_words()), **_monitored()}
    words = {"reached.words": step_of_words(), "deviation": deviation()}
    return {**read, **words, **_level(), **weight_steps(), **score_steps()}


def _level() -> dict[str, str]:
    """Steps to the kind of a row's first level, which the second one tells where it is blank."""
    text = 'IF({level1}="",{level2},{level1})'
    implied = beside("{level.bare}", "level2_words", "level2_above")
    kind_of_word = beside("{level.bare}", "level1_words", "level1_kinds")
    return {
        **bare_level("level", text),
        "level1.implied": f'IF({{level1}}="",{implied},{kind_of_word})',
    }


def count_filled(key: str) -> str:
    """How many rows of the list say something in a field."""
    return f'SUMPRODUCT({{all:in_list}}*({compact(f"{{all:{key}}}")}<>""))'


def _monitored() -> dict[str, str]:
    counts = both(
        ROW_IN_LIST,
        "{reached.how}>0",
        "{target.low}={target.high}",
        f"NOT({in_list('{target.unit}', 'percents')})",
        f"NOT({_at_most()})",
    )
    part, whole = part_of("reached"), whole_of("reached")
    promised = compared_steps("expected", "promised")
    del promised["promised.how"]  # which is asked for once
    share = f"IF({part}>={whole},1,{part}/{whole})"
    return {
        **quantity_steps("expected"),
        **promised,
        "progress.share": f'IF({counts},{share},"")',
    }


def _at_most() -> str:
    return 'OR({target.operator}="\u2264",{target.operator}="<")'


def answer_steps(key: str, answers: Sequence[str], *, is_single: bool) -> dict[str, str]:
    """Steps to how many answers are ticked, by their cells from left to right.

    If `is_single`, also to the place of the one (`key.answer`), 0 if none or several are ticked.

    What a cell shows instead of an error is no answer.
    """
    *_, last = answers
    cells = answers[0] if len(answers) == 1 else f"{answers[0]}:{last}"
    answer_count = f"SUMPRODUCT(--ISNUMBER(1/LEN({compact(cells)})))"
    place = "0"
    for number, answer in reversed(list(enumerate(answers, 1))):
        is_ticked = f"IFERROR({in_list(as_written(answer), 'ticks')},FALSE)"
        place = f"IF({is_ticked},{number},{place})"
    steps = {f"{key}.given": answer_count}
    return {**steps, f"{key}.answer": f"IF({{{key}.given}}=1,{place},0)"} if is_single else steps


def project_steps(
    stage: str, month: int, months: tuple[str, ...], has: Collection[str]
) -> dict[str, str]:
    """The steps of the project.

    `months`: those that the goals' plan has shares for; `has`: which amounts there are cells for.
    """
    further = ("expected_spending",) if stage == MONITORING else ("execution_score", "total")
    money = ("goal_budget", "adjusted", "executed", *further)
    now = "IF(ISNUMBER({adjusted.amount}),{adjusted.amount},{goal_budget.amount})"
    steps = {
        **side_by_side(*(amount_steps(key, "amount") for key in money if key in has)),
        **{f"{key}.{end}": '""' for key in money if key not in has for end in ("text", "amount")},
        "budget_now.amount": now,
        "completed.count": count_filled("completed"),
    }
    if stage == MONITORING:
        return {**steps, "rows": "SUM({all:in_list})", **_progress(month, months)}
    has_score = "ISNUMBER(1/LEN({all:cell:score}))"
    return {
        **steps,
        **level_steps(),
        **total_steps(),
        "weights.typed": how_many("weight.amount"),
        "weights.sum": f"ROUND({of_rows('weight.amount')},2)",
        "weights.counted": f"ROUND({of_rows('weight.counted')},2)",
        "scores.count": f"SUMPRODUCT({{all:in_list}}*{has_score})",
        "scores.typed": how_many("score.amount"),
        "scores.sum": f"ROUND({of_rows('score.amount')},2)",
        "grade.due": f'IF(ISNUMBER({{total.amount}}),{grade_for("{total.amount}")},"")',
    }


def _progress(month: int, months: tuple[str, ...]) -> dict[str, str]:
    passed = [key for key in months if int(key) <= month]
    keys = [f"spending_plan/{key}" for key in passed]
    plan = side_by_side(*(amount_steps(key, "share", percent=True) for key in keys))
    planned = '""'
    for key in passed:
        share = f"{{spending_plan/{key}.share}}"
        planned = f"IF(ISNUMBER({share}),{share},{planned})"
    spent, budget = "{executed.amount}", "{budget_now.amount}"
    has_rate = both(f"ISNUMBER({spent})", f"ISNUMBER({budget})", f"{budget}>0")
    known_count = "{progress.known}"
    progress = f"ROUND(SUM({{all:progress.share}})/{known_count}*100,9)"
    return {
        **plan,
        "planned": planned,
        "rate": f'IF({has_rate},ROUND({spent}/{budget}*100,9),"")',
        "possibility.count": "SUMPRODUCT({all:in_list}*({all:possibility.given}>0))",
        "progress.known": "COUNT({all:progress.share})",
        "progress": f'IF({known_count}<{FEWEST_SHARES},"",{progress})',
    }


def above_of_level2() -> list[str]:
    """The kind of first level under which each word of the second one belongs first."""
    belongs = lexicon.table("belongs")
    return [belongs[kind_][0] for kind_ in lexicon.table("level2").values()]


def lists_of_stages() -> Mapping[str, tuple[str | int, ...]]:
    """Every list of words that these steps name beside those of the goals' checks."""
    return {
        **lists_of_operators(),
        **lists_of_numerals(),
        **lists_of_units(),
        **{name: lexicon.words(name) for name in (*MEASURE_WORDS, "words_for_none")},
        "grades_of_evaluation": lexicon.words("grades_of_evaluation"),
        "says_nothing": tuple(table("blank")["written"]),
        "signs_of_amounts": tuple(ARABIC_DIGITS + NUMERAL_SIGNS),
        "level2_above": tuple(above_of_level2()),
        "ticks": tuple(official_list("stage.ticks")),
    }
