"""The formats of a report, as one table: adding one is a module with `report`, and its row here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlperf.errors import SetAside
    from xlperf.reading import Reading
    from xlperf.rules.core import Finding

# Each has `report(content: Content) -> str`; imported at its use, as some need heavy libraries.
REPORTS = {
    "json": "xlperf.reports.machine",
    "sarif": "xlperf.reports.sarif",
    "html": "xlperf.reports.html",
    "plan": "xlperf.jobs.validation.plan_report",  # of a floor above, as it is made of plans
}


@dataclass(frozen=True)
class Content:
    """What a report is made of: findings, the files they are of, those set aside, settings."""

    findings: Sequence[Finding]
    files: Sequence[Path] = ()
    readings: Sequence[Reading] = ()
    aside: Sequence[SetAside] = ()
    effects: Mapping[str, Any] = field(default_factory=dict)  # of settings files, by file
    notes: Sequence[str] = ()


def render(form: str, content: Content) -> str:
    """A report in one of the formats, as the text of a file. Raises KeyError for an unknown one."""
    text: str = import_module(REPORTS[form]).report(content)
    return text
