"""Two records compared: what is the same thing, what changed, and why the money did."""

from xlperf.comparison.changes import Change, ChangeKind, changes
from xlperf.comparison.money import Money, counts, money_of

__all__ = ["Change", "ChangeKind", "Money", "changes", "counts", "money_of"]
