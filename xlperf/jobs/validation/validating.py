"""Validating files, each by the settings that apply to it; the report in the form asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlperf.errors import SetAside
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.many_files.skip_reasons import reason_of
from xlperf.jobs.validation.settings import Settings, load
from xlperf.paths import RecordPath
from xlperf.reading import Reading
from xlperf.reports.formats import Content, render
from xlperf.rules.core import ERROR, Finding, run
from xlperf.rules.subsumed_findings import COVERS


@dataclass(frozen=True)
class CheckedFile:
    """One file, what was read from it, what was found, and by which settings."""

    path: Path
    reading: Reading
    findings: list[Finding]
    settings: Settings


def check(
    path: Path,
    wished: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    *,
    without: bool = False,
) -> CheckedFile:
    """The findings of one file, by the settings that apply to it; see `settings.load`.

    `wished`: a profile's name; `without`: no settings file is looked for. Raises UserError for
    what cannot be read.
    """
    reading = open_any(path)
    settings = load(
        path, wished, stated_profile=reading.profile, select=select, ignore=ignore, without=without
    )
    return with_findings(path, reading, settings)


def with_findings(path: Path, reading: Reading, settings: Settings) -> CheckedFile:
    """The findings of what was read from a file, by settings that are known."""
    return CheckedFile(path, reading, run(reading, settings.rules(), settings.profile), settings)


def open_points(reading: Reading, path: Path) -> dict[str, int]:
    """Numbers of open errors ("error") and of places that nobody filled in ("blank")."""
    settings = load(path, None, stated_profile=reading.profile)
    rules = [rule for rule in settings.rules() if rule.code not in COVERS]  # each blank counts
    blank = {rule.code for rule in rules if any(native.blank for native in rule.native)}
    result = [item for item in run(reading, rules, settings.profile) if not item.explained]
    return {
        "error": sum(item.severity == ERROR for item in result),
        "blank": sum(item.code in blank for item in result),
    }


def errors_within(reading: Reading, path: Path, part: RecordPath) -> int:
    """The number of open errors in one part of a record, such as one of its stages."""
    settings = load(path, None, stated_profile=reading.profile)
    findings = run(reading, settings.rules(), settings.profile)
    return sum(
        f.path[: len(part)] == part and f.severity == ERROR and not f.explained for f in findings
    )


def notes(checked: Iterable[CheckedFile]) -> list[str]:
    """What to tell beside the findings: which settings files were used, what each changed."""
    return list(dict.fromkeys(note for item in checked if (note := item.settings.sentence())))


def check_or_set_aside(path: Path, **how: Any) -> CheckedFile | SetAside:
    """`check` for one of many files: whatever is raised, the file is set aside with the reason."""
    try:
        return check(path, **how)
    except Exception as error:
        return SetAside(str(path), reason_of(error))


def report(
    checked: Sequence[CheckedFile],
    findings: Sequence[Finding],
    form: str,
    aside: Sequence[SetAside] = (),
) -> str:
    """The findings in one of the formats of `REPORTS`, with the files that were set aside."""
    return render(
        form,
        Content(
            findings,
            [item.path for item in checked],
            [item.reading for item in checked],
            aside,
            {str(c.path): effect for c in checked if (effect := c.settings.effect())},
            notes(checked),
        ),
    )
