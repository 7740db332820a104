"""Many records into totals, and what is kept of a file for that; the only package with pyarrow.

Amounts are added as whole cents, so a total is exact whatever the order.
"""

from xlperf.rollup.aggregation import ReadFile, roll_up
from xlperf.rollup.lines import UnsummableAmountError, left_out, lines_of

__all__ = ["ReadFile", "UnsummableAmountError", "left_out", "lines_of", "roll_up"]
