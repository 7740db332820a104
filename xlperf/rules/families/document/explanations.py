"""Explanations (waivers) that do not explain: WAI9xx. An explanation settles its finding only if
none of these is found; what makes one adequate is in `waivers.quality`.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.rules.core import WARNING, Facts, Hit, hit, rule
from xlperf.rules.message_facts import Word, shorten
from xlperf.rules.profiles import Profile
from xlperf.rules.waivers import quality
from xlperf.rules.waivers.matching import WaiverMatch


def _facts(waived: WaiverMatch) -> Facts:
    """The facts of every message on an explanation: its reason, and the code it answers."""
    return {"reason": shorten(waived.waiver.reason), "of": waived.waiver.code}


@rule("WAI901", WARNING, source="form")
def explanation_says_nothing(waived: WaiverMatch, profile: Profile) -> Iterator[Hit]:
    """An explanation is empty, one word, or made of stock phrases only.

    **Why**: an explanation stands in place of a correction; whoever reviews the document must be
    able to judge from it why the finding may stay.
    **Bad**: "agreed", "none", "checked".
    **Good**: "The bonus of 2020 is paid in March by the city's notice, so the plan is uneven."
    """
    if quality.says_nothing(waived, profile):
        yield hit("reason", **_facts(waived))


@rule("WAI902", WARNING, source="form")
def explanation_repeats_the_rule(waived: WaiverMatch, profile: Profile) -> Iterator[Hit]:
    """An explanation only says again what the program says of the finding.

    **Why**: that something was found is known; what is asked for is why it may stay so. Heuristic:
    fewer than a quarter of its pairs of characters are its own.
    **Bad**: "The plan for October is below the share of the year that has passed."
    **Good**: "The works are accepted in November; payment before acceptance is not allowed."
    """
    if not quality.says_nothing(waived, profile) and quality.repeats_the_rule(waived, profile):
        yield hit("reason", **_facts(waived))


@rule("WAI903", WARNING, source="form")
def explanation_copied_over_many_findings(waived: WaiverMatch, profile: Profile) -> Iterator[Hit]:
    """One explanation was given, without difference, for many different findings.

    **Why**: different matters have different reasons; one text for all of them was not written for
    any. The same rule in several rows of one project is one matter; how many may share a text is
    set by the profile.
    **Bad**: "Arranged by the needs of this year's work" for ten findings of ten projects.
    **Good**: each explanation names what is particular to its own project.
    """
    if quality.is_copied(waived, profile) and not quality.says_nothing(waived, profile):
        yield hit("reason", **_facts(waived), times=waived.alike)


@rule("WAI904", WARNING, source="form")
def explanation_without_person_or_date(waived: WaiverMatch, profile: Profile) -> Iterator[Hit]:
    """An explanation does not say who gave it, or on which day.

    **Why**: an explanation is somebody's word; a reviewer must know whom to ask, and whether it is
    older than the last change.
    **Bad**: person blank, date "recently".
    **Good**: person and date "2021-03-15".
    """
    if quality.is_unsigned(waived, profile):
        where = "when" if waived.waiver.who.strip() else "who"
        yield hit(where, **_facts(waived), missing=Word(f"field.waivers/{where}"))


@rule("WAI905", WARNING, source="form")
def explanation_of_other_facts(waived: WaiverMatch, profile: Profile) -> Iterator[Hit]:
    """What an explanation was given for has changed since.

    **Why**: an explanation holds for the figures and words that its author saw; after a change
    somebody has to say that it still does.
    **Bad**: explained at an October share of 60%, which now is 30%.
    **Good**: the explanation is written anew, or at least dated anew, after the change.
    """
    if quality.is_stale(waived, profile):
        yield hit("reason", **_facts(waived))
