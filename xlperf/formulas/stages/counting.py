"""How many sheets of a stage no department's sheet lists: copied ones, and such as were put aside.

As the numbers of projects (`contributions`) this is one sum over a span of sheets: a stage's sheet
gives 1, a department's sheet takes away those that it lists. Each cell tells by its own column
which number it is to show, so that a column more or less in a form moves none of them away.
"""

from __future__ import annotations

from xlperf.formulas.contributions import OWN_COLUMN, START, SUMMED_ROWS, span
from xlperf.formulas.typed import Number
from xlperf.layout import Box, Coord, Formula
from xlperf.layout.addresses import address
from xlperf.rules.stages.views import EVALUATION, MONITORING
from xlperf.wording import say

COLUMN_MARGIN = 3  # columns that may come or go in a form
COUNT_COLUMNS = {MONITORING: START - 12, EVALUATION: START - 11}  # left of what projects contribute
AREA = Box(1, COUNT_COLUMNS[MONITORING] - COLUMN_MARGIN, len(COUNT_COLUMNS) + 2 * COLUMN_MARGIN)


def contributed(kind: str, number: str) -> dict[Coord, Formula]:
    """The cells of a sheet with what it contributes to the count of a kind of stage."""
    column = COUNT_COLUMNS.get(kind, COUNT_COLUMNS[EVALUATION])
    formula = Formula(f"=IFERROR(IF({OWN_COLUMN}={column},{number},0),0)")
    return dict.fromkeys(AREA.coords(), formula)


def listed(states: Box) -> str:
    """Minus how many sheets a department's sheet lists, by the column of their states."""
    area, gone_word = address(states), say("status.gone")
    return f'SUMPRODUCT(--EXACT({area},"{gone_word}"))-ROWS({area})'


def unlisted(kind: str) -> Number:
    """How many sheets of a kind of stage are in the workbook and on no department's sheet."""
    column = COUNT_COLUMNS.get(kind, COUNT_COLUMNS[EVALUATION])
    return Number(f"SUM({span()}!{address(Box(1, column, 1, SUMMED_ROWS))})")
