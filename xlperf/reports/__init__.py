"""Findings as text for a terminal and as JSON for programs."""

from xlperf.reports.machine import as_json
from xlperf.terminal.findings import as_text, counts, print_findings

__all__ = ["as_json", "as_text", "counts", "print_findings"]
