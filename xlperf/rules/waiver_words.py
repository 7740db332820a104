"""What is said of an explanation and of its standing, in every report and in the workbook."""

from __future__ import annotations

from xlperf.rules.core import Finding
from xlperf.waivers import Standing, Waiver
from xlperf.wording import say


def explanation(waiver: Waiver) -> str:
    """An explanation on one line: why, who, when; what is not stated is said to be so."""
    parts = {key: " ".join(getattr(waiver, key).split()) for key in ("reason", "who", "when")}
    return say("waiver.line", **{key: text or say("waiver.blank") for key, text in parts.items()})


def standing_words(finding: Finding) -> str:
    """What a finding's explanation is worth, and why no more."""
    faults = (say(f"rule.{code}.name") for code in finding.wanting)
    why = say("rule_part.comma").join(faults)
    if finding.standing == Standing.INADEQUATE:
        return say("standing.inadequate", why=why)
    return say(f"standing.{finding.standing}")
