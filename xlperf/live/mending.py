"""Safe fixes for a live book, as texts of cells."""

from __future__ import annotations

from xlperf.jobs import fixing
from xlperf.live.validating import Judged
from xlperf.plan import Plan
from xlperf.wording import say
from xlperf.workbook.amend import changed_cells


def mend(judged: Judged) -> Plan:
    """The plan that applies the safe fixes of a live book."""
    reading, chosen = judged.reading, judged.chosen
    fixed = fixing.fix(reading, chosen.rules(), chosen=chosen.profile)
    texts = changed_cells(reading.where, reading.record, fixed.record)
    cells = sum(len(each) for each in texts.values())
    return Plan(texts=texts, message=say("live.mended", count=cells, held=len(fixed.held)))
