"""What people see of a stage's steps: in the form what nobody need type, beside it hints.

Nothing that somebody typed is touched: of the fields only a total and a grade that are blank show
what the steps have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlperf.forms.stages.central import RESULTS_LIST
from xlperf.formulas.sheet_checks import token_words
from xlperf.formulas.stages.columns import DEVIATION, HINT, PROPOSED_COLUMN, STATUS_ROW, WEIGHT
from xlperf.formulas.stages.scores import StageScores
from xlperf.formulas.typed import Text
from xlperf.layout import Box, Coord, Formula
from xlperf.record import BUDGET_PARTS
from xlperf.rules.formulas.native import literal
from xlperf.rules.formulas.stage_natives import ROWS_PATH
from xlperf.rules.stages.results import BEYOND_TARGET, SHORT_OF_TARGET
from xlperf.rules.stages.views import MONITORING
from xlperf.wording import say

CODES = "stage"  # of the lists of codes and words that hints are looked up in


def work_out(
    scores: StageScores, width: int, cells: dict[Coord, Any], others: dict[Coord, Any]
) -> None:
    """Add what a sheet works out to the cells of its form (`width` columns) and to those beside."""
    blank = {key: box for key, box in scores.at.items() if box.at not in cells}
    cells |= in_form(scores, blank)
    others |= beside(scores, width, others) | scores.write()


def in_form(scores: StageScores, blank: Mapping[str, Box]) -> dict[Coord, Formula]:
    """What cells of the form show by the steps; `blank` are the fields in which nobody wrote."""
    result = {}
    for slot in scores.layout.slots:
        if slot.cell.role == "display" and (text := _display_formula(scores, slot.cell.ref)):
            result[slot.box.at] = Formula(f"={text}")
    if scores.stage == MONITORING:
        return result
    no_points = f"{scores.result('rows')}*{scores.result('total.so_far')}=0"
    texts = {
        "total": f'=IF({no_points},"",{scores.result("total.so_far")})',
        "grade": f"={scores.result('total.grade')}",
    }
    return result | {blank[key].at: Formula(text) for key, text in texts.items() if key in blank}


def _display_formula(scores: StageScores, ref: str) -> str:
    """What a cell shows that the form has no field for: shares spent, points to be had."""
    part, _, name = ref.partition("/")
    if part == "rate" and name == "all":
        rate = scores.result("rate")
        return f'IF(ISNUMBER({rate}),{rate}/100,"")'
    if part == "rate" and name in BUDGET_PARTS:
        spent, budget = scores.result(f"executed_{name}"), scores.result(f"budget_{name}")
        is_known = f"IF(ISNUMBER({spent}),IF(ISNUMBER({budget}),{budget}>0,FALSE),FALSE)"
        return f'IF({is_known},ROUND({spent}/{budget},11),"")'
    if part == "points" and name == "execution":
        return str(scores.by["execution_points"])
    if part == "points":
        points = f"{scores.result('weights.counted')}+{scores.by['execution_points']}"
        return f'IF({scores.result("rows")}=0,"",{points})'
    return ""


def beside(scores: StageScores, width: int, others: Mapping[Coord, Any]) -> dict[Coord, Any]:
    """Hints, proposals, deviations and the status, beside the form; `width`: its columns.

    `others` are the hints that are there already: they come first.
    """
    rows, result = scores.rows, dict[Coord, Any]()
    for row in range(rows.row, rows.bottom + 1):
        tokens = "&".join(scores.in_row(name, row) for name in scores.fields(ROWS_PATH))
        hint = others.get((row, width + HINT), "").removeprefix("=")
        text = token_words(f"({tokens})", CODES)
        result[row, width + HINT] = Formula(f"={hint}&{text}" if hint else f"={text}")
        result[row, width + DEVIATION] = _deviation(scores, row)
        if scores.stage != MONITORING:
            result[row, width + WEIGHT] = Formula(f"={scores.in_row('weight.proposed', row)}")
            result[row, width + PROPOSED_COLUMN] = Formula(
                f"={scores.in_row('score.proposed', row)}"
            )
    head = rows.row - 1
    result[head, width + DEVIATION] = say("check.stage_deviation")
    if scores.stage != MONITORING:
        result[head, width + WEIGHT] = say("check.stage_weight")
        result[head, width + PROPOSED_COLUMN] = say("check.stage_score")
        if box := scores.at.get("execution_score"):
            execution = scores.result("execution.proposed")
            result[box.row, width + PROPOSED_COLUMN] = Formula(f"={execution}")
        if box := scores.at.get("grade"):
            result[box.row, width + HINT] = _missing(scores)
    result |= _hints_of_fields(scores, width, {**others, **result})
    result[STATUS_ROW, width + HINT] = Formula(f"={status(scores)}")
    return result


def _hints_of_fields(
    scores: StageScores, width: int, others: Mapping[Coord, Any]
) -> dict[Coord, Formula]:
    """The hints of single fields, beside each; of the whole list beside the row above it."""
    by_row: dict[int, list[str]] = {}
    for name in scores.fields(""):
        box = scores.at.get(name.removeprefix("tokens/"))
        row = box.row if box else scores.rows.row - 2
        by_row.setdefault(row, []).append(scores.result(name))
    result = {}
    for row, cells in by_row.items():
        words = token_words(f"({'&'.join(cells)})", CODES)
        other = others.get((row, width + HINT))
        text = f"{str(other).removeprefix('=')}&{words}" if isinstance(other, Formula) else words
        result[row, width + HINT] = Formula(f"={text}")
    return result


def _missing(scores: StageScores) -> Formula:
    """How many points are still unknown, where there are some and not all are."""
    missing, rows = scores.result("total.missing"), scores.result("rows")
    before, after = (literal(part) for part in say("check.stage_missing", n="\0").split("\0"))
    open_ones = f"AND({missing}>0,{missing}<={rows},{rows}>0)"
    return Formula(f'=IF({open_ones},{before}&{missing}&{after},"")')


def _deviation(scores: StageScores, row: int) -> Formula:
    """A mark and the share that was reached, where the value deviates; the share alone else."""
    how, percent = (scores.in_row(name, row) for name in ("deviation", "reached.percent"))
    short, beyond = (literal(say(f"check.stage_{key}")) for key in (SHORT_OF_TARGET, BEYOND_TARGET))
    mark = f'IF({how}="{SHORT_OF_TARGET}",{short},IF({how}="{BEYOND_TARGET}",{beyond},""))'
    share = f'IF(ISNUMBER({percent}),ROUND({percent},1)&"%","")'
    return Formula(f"={mark}&{share}")


def status(scores: StageScores) -> Text:
    """A sheet's status: what is to be filled in first, then faults, then doubts."""
    tokens = scores.result("tokens")
    words = {sign: literal(say(f"status.{key}")) for sign, key in STATUS_BY_SIGN.items()}
    text = literal(say("status.good"))
    for sign in reversed(STATUS_BY_SIGN):
        text = f'IF(ISNUMBER(FIND("{sign}",{tokens})),{words[sign]},{text})'
    return Text(f"IFERROR({text},{literal(say('status.broken'))})")


STATUS_BY_SIGN = {"_": "incomplete", "!": "faulty", "?": "doubt"}


def token_cells(scores: StageScores) -> dict[str, tuple[Box, str]]:
    """The fields with checks: the box to colour, and the cell with its first row's tokens."""
    result = {}
    rows = scores.rows
    for name in scores.fields(ROWS_PATH):
        key = name.removeprefix("tokens/")
        for ref, box in scores.at.items():
            column = ref.removeprefix(f"{RESULTS_LIST}/")
            if ref != column and column.partition("/")[0] == ("name" if key == "of" else key):
                result[ref] = (box, scores.in_row(name, rows.row))
    for name in scores.fields(""):
        key = name.removeprefix("tokens/")
        if key in scores.at:
            result[key] = (scores.at[key], scores.result(name))
    return result
