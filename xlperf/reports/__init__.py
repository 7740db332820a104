"""Findings as text for a terminal and as JSON for programs."""

from xlperf.reports.machine import as_json
from xlperf.reports.terminal import counts, print_findings

__all__ = ["as_json", "counts", "print_findings"]
