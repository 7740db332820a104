"""Two records compared: what is the same thing, what changed, and why the money did."""

from xlperf.comparison.changes import Change, Kind, changes
from xlperf.comparison.money import Money, counts, money_of

__all__ = ["Change", "Kind", "Money", "changes", "counts", "money_of"]
