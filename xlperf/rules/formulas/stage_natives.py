"""When the checks of a stage's sheet fire: the rules on monitoring and self-evaluation, in cells.

What they look at has key paths of its own (`MONITORING_PATH` ...): a stage's form is a sheet
beside the goals', and its cells see what is on it and, by steps, the goals.
"""

from __future__ import annotations

from xlperf.rules.formulas.native import (
    NO_LINE,
    NativeChecks,
    blank,
    both,
    by_cell,
    count_of,
    either,
    in_list,
)
from xlperf.rules.formulas.reached_steps import falls_short, is_few
from xlperf.rules.stages.results import BEYOND_TARGET, SHORT_OF_TARGET
from xlperf.rules.stages.views import POSSIBILITIES

FORMS = {"monitoring": "stages/monitoring", "self-evaluation": "stages/evaluation"}
MONITORING_PATH, EVALUATION_PATH = FORMS.values()
ROWS_PATH = "/indicators"
ROW_IN_LIST = "{in_list}=1"  # whether a row is one of the list's
# an answer by its place; 0 for none or several
CERTAIN_POSITION = 1 + POSSIBILITIES.index("certain")

SPENT_AMOUNT, BUDGET_AMOUNT = "{executed.amount}", "{budget_now.amount}"
EXPECTED_AMOUNT = "{expected_spending.amount}"
SCORE, WEIGHT, MOST_POINTS = "{score.amount}", "{weight.amount}", "{score.most}"
OWN_EXECUTION, EXECUTION = "{execution_score.amount}", "{execution.proposed}"
TOTAL = "{total.amount}"
NO_REASON = '{reason}=""'
DOUBT = "{possibility.answer}>" + str(CERTAIN_POSITION)
TYPED_AND_SHORT = f'AND({{deviation}}="{SHORT_OF_TARGET}",ISNUMBER({SCORE}),ISNUMBER({WEIGHT}))'

BEYOND_BUDGET = both(
    f"AND(ISNUMBER({SPENT_AMOUNT}),ISNUMBER({BUDGET_AMOUNT}))", f"{SPENT_AMOUNT}>{BUDGET_AMOUNT}"
)
BEHIND_PLAN = both(
    "AND(ISNUMBER({planned}),ISNUMBER({rate}))",
    "ROUND({planned}-{rate},9)>{profile:behind_plan}",
)
OUT_OF_STEP = both(
    "AND(ISNUMBER({progress}),ISNUMBER({rate}))",
    "ROUND(ABS({progress}-{rate}),9)>{profile:out_of_step}",
)
EXPECTED_IMPOSSIBLE = both(
    f"ISNUMBER({EXPECTED_AMOUNT})",
    either(
        both(f"ISNUMBER({SPENT_AMOUNT})", f"{EXPECTED_AMOUNT}<{SPENT_AMOUNT}"),
        both(f"ISNUMBER({BUDGET_AMOUNT})", f"{EXPECTED_AMOUNT}>{BUDGET_AMOUNT}"),
    ),
)
FAR_BEYOND = f'{{deviation}}="{BEYOND_TARGET}"'
GOALS_GONE = "{goals.there}=0"
NO_GOAL = both("{goals.there}=1", "{line.goal}>=" + str(NO_LINE), '{name}<>""')
ROW_BLANK = both(ROW_IN_LIST, "{completed.count}>0", blank("{completed}"))
NOT_SCORED = both(ROW_IN_LIST, "{scores.count}>0", "IFERROR(LEN({cell:score}),0)=0")
NOTHING_YET = "IF({rows}>0,OR({completed.count}=0,{scores.count}=0),FALSE)"
NO_PROGRESS = "IF({rows}>0,{completed.count}=0,FALSE)"
DOUBT_WITHOUT_REASON = both(DOUBT, NO_REASON)
CAUSE_WITHOUT_WORDS = both("{causes.given}>0", NO_REASON, f"NOT({DOUBT})")
NOT_ANSWERED = both(
    ROW_IN_LIST,
    either(
        both("{possibility.given}>0", "{possibility.answer}=0"),
        both("{possibility.given}=0", "{possibility.count}>0"),
    ),
)
CERTAIN_OF_LESS = both(
    f"{{possibility.answer}}={CERTAIN_POSITION}", falls_short("expected", "promised")
)
WEIGHTS_AMISS = both(
    "{rows}>0",
    "{weights.typed}={rows}",
    "ROUND({weights.sum}+{profile:execution_points}-100,2)<>0",
    either("{weights.sum}<>100", f"ISNUMBER({OWN_EXECUTION})"),
)
SCORE_OUT_OF_RANGE = both(
    f"ISNUMBER({SCORE})",
    either(f"{SCORE}<0", both(f"ISNUMBER({WEIGHT})", f"{SCORE}>{WEIGHT}")),
)
SCORE_TOO_HIGH = both(
    TYPED_AND_SHORT,
    f"ISNUMBER({MOST_POINTS})",
    f"{SCORE}<>{WEIGHT}",
    f"ROUND({SCORE}-{MOST_POINTS},9)>{{profile:score_tolerance}}",
)
EXECUTION_AMISS = both(
    f"AND(ISNUMBER({OWN_EXECUTION}),ISNUMBER({EXECUTION}))",
    f"ROUND(ABS({OWN_EXECUTION}-{EXECUTION}),9)>{{profile:score_tolerance}}",
)
GRADE_AMISS = both(
    f"ISNUMBER({TOTAL})",
    either("{total.missing}=0", f"ROUND({TOTAL}-{{total.so_far}},2)<>0"),
    in_list("LEFT({grade})", "grades_of_evaluation"),
    "NOT(EXACT(LEFT({grade}),{grade.due}))",
)
FULL_BUT_SHORT = both(TYPED_AND_SHORT, f"{SCORE}={WEIGHT}", f"{WEIGHT}<>0")
REST_OF_TOTAL = f"ROUND({TOTAL}-{{scores.sum}},2)"  # what a total has beyond the indicators' points
NOT_OF_A_RATE = both(
    f"{REST_OF_TOTAL}<>0", f"ROUND(ABS({REST_OF_TOTAL}-{EXECUTION}),9)>{{profile:score_tolerance}}"
)
NOT_OF_ANY_RATE = f"OR({REST_OF_TOTAL}<0,{REST_OF_TOTAL}>{{profile:execution_points}})"
TOTAL_AMISS = both(
    f"ISNUMBER({TOTAL})",
    "{rows}>0",
    "{scores.typed}={rows}",
    f"IF(ISNUMBER({OWN_EXECUTION}),{REST_OF_TOTAL}<>ROUND({OWN_EXECUTION},2),"
    f"IF(ISNUMBER({EXECUTION}),{NOT_OF_A_RATE},{NOT_OF_ANY_RATE}))",
)
MONEY_READ = {"executed": "executed", "adjusted": "adjusted", "expected": "expected_spending"}
POINTS_READ = {"execution_score": "execution_score", "total": "total"}
ROWS_READ = {f"indicators/{key}": key for key in ("weight", "score")}
UNREAD_AMOUNTS = {  # by the field, when what stands there is no number; amounts also below nothing
    stage: {
        at: both(f"LEN({{{step}.text}})>0", f"NOT(ISNUMBER({{{step}.amount}}))")
        for at, step in steps.items()
    }
    for stage, steps in (
        ("monitoring", {key: MONEY_READ[key] for key in ("executed", "expected")}),
        (
            "self-evaluation",
            {**{k: MONEY_READ[k] for k in ("executed", "adjusted")}, **POINTS_READ, **ROWS_READ},
        ),
    )
}
SHORT_WITHOUT_REASON = both(f'{{deviation}}="{SHORT_OF_TARGET}"', NO_REASON)
BEYOND_WITHOUT_REASON = both(FAR_BEYOND, NO_REASON)


def of_another_kind() -> str:
    """Whether a value cannot be of a target that is a number, as far as a cell is sure of it."""
    text = "{completed.flat}"
    return both(
        "ISNUMBER({target.low})",
        f"LEN({text})>0",
        f"NOT({in_list(text, 'says_nothing')})",
        f"NOT({both(is_few(), in_list(text, 'words_for_none'))})",
        either(
            f"{count_of(text, 'signs_of_amounts')}=0",
            'AND(ISNUMBER({completed.low}),{reached.value}="")',
        ),
    )


def of_monitoring(at: str, when: str, **traits: bool) -> NativeChecks:
    """A check of monitoring: of the project's field, or of its rows' (`indicators/...`)."""
    return _of(MONITORING_PATH, at, when, **traits)


def of_evaluation(at: str, when: str, **traits: bool) -> NativeChecks:
    """A check of self-evaluation: of the project's field, or of its rows'."""
    return _of(EVALUATION_PATH, at, when, **traits)


def _of(stage: str, at: str, when: str, *, blank: bool = False, whole: bool = True) -> NativeChecks:
    below = at.removeprefix(ROWS_PATH[1:] + "/")
    of = stage if below == at else stage + ROWS_PATH
    return by_cell(below, when, of=of, blank=blank, whole=whole)


def is_of_a_stage(natives: NativeChecks) -> bool:
    """Whether checks are of a stage's sheet, not of one of the goals'."""
    return any(native.of.startswith((MONITORING_PATH, EVALUATION_PATH)) for native in natives)
