"""What a finding may say, and mend, on the forms of a record's edition."""

from __future__ import annotations

from xlperf.editions import Traits
from xlperf.paths import RecordPath, get
from xlperf.record import Raw, is_blank


def beside_the_forms(path: RecordPath, record: Raw, traits: Traits) -> bool:
    """Whether a path is blank in the record and its field is none of the edition's forms.

    Stages have forms of their own, the same for all editions.
    """
    if path[:1] == ("stages",):
        return False
    keys = "/".join([step for step in path if isinstance(step, str)])
    if not traits.lacks(keys):
        return False
    value = get(record, path)
    return value in ([], {}) or is_blank(value)


def is_parted(record: Raw, path: RecordPath) -> bool:
    """Whether an indicator has columns of its own for the sign or the unit of its target."""
    indicator = get(record, path)
    return isinstance(indicator, dict) and not {"operator", "unit"}.isdisjoint(indicator)
