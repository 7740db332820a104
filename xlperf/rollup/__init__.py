"""Many records into totals: the only package that imports pandas.

Amounts are added as whole cents, so a total is exact whatever the order.
"""

from xlperf.rollup.adding import Rolled, roll_up
from xlperf.rollup.lines import Unsummable, lines_of

__all__ = ["Rolled", "Unsummable", "lines_of", "roll_up"]
