"""Findings as JSON, SARIF and HTML, and how many there are."""

from xlperf.reports.machine import as_json, counts_as_json
from xlperf.reports.tally import counts, tally_words

__all__ = ["as_json", "counts", "counts_as_json", "tally_words"]
