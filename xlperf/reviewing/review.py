"""A reviewer's draft: findings by the four headings of a review, an opinion, a proposed grade.

The grade is a proposal with its reasons, for a person to decide on: see `xlperf.reviewing.grading`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlperf.reading import Place, Reading
from xlperf.record import view
from xlperf.regulations import heading
from xlperf.reviewing.grading import Judgement, judge
from xlperf.rules import catalogue
from xlperf.rules.core import ERROR, INFO, WARNING, Finding
from xlperf.rules.profiles import DEFAULT, profile
from xlperf.rules.stages.outcomes import Outcome, grade_for, is_graded_otherwise
from xlperf.wording import say

OPINION_HEADINGS = ("completeness", "relevance", "adequacy", "feasibility")
BY_FAMILY = {
    "AMT": "adequacy",
    "PLN": "feasibility",
    **dict.fromkeys(("VAL", "TYP", "REL"), "relevance"),
}
KINDS_NAMED = 3


@dataclass(frozen=True)
class DraftOpinion:
    """What is drafted under one of the four headings, with its open errors and warnings."""

    heading: str
    errors: int
    warnings: int
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reviewed: a project, or a department's own part."""

    department: str
    name: str
    unit: str
    code: str
    budget: Decimal | None = None


@dataclass(frozen=True)
class ReviewDraft:
    """The draft for one subject."""

    subject: Subject
    judgement: Judgement
    opinions: tuple[DraftOpinion, ...]
    explained: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many open findings of each severity."""
        return self.judgement.counts

    @property
    def grade(self) -> int:
        """The grade that is proposed, 1 to 4."""
        return self.judgement.grade

    @property
    def reason(self) -> str:
        """How the grade came about: what is open under which heading, the money, the score."""
        reasons = [
            say(
                "review.because",
                heading=say(f"review.{o.heading}"),
                error=o.errors,
                warning=o.warnings,
            )
            for o in self.opinions
            if o.errors or o.warnings
        ]
        reasons = reasons or [say("review.because_none")]
        reasons += [say("waiver.more_explained", n=self.explained)] if self.explained else []
        return say("review.comma").join([*reasons, self.judgement.reason])


def review(reading: Reading, findings: Sequence[Finding]) -> Iterator[ReviewDraft]:
    """A draft for the department's own part, then one for each project."""
    record = view(reading.record)
    name = record.name or reading.source
    own_findings = [f for f in findings if not (f.path[:1] == ("projects",) and len(f.path) > 1)]
    yield draft(own_findings, Subject(name, say("review.whole"), "", record.code))
    for number, project in enumerate(record.projects):
        here = [f for f in findings if f.path[:2] == ("projects", number)]
        subject = Subject(name, project.name, project.unit, project.code, project.budget)
        yield draft(here, subject)


def draft(findings: Sequence[Finding], subject: Subject) -> ReviewDraft:
    """A draft by what is open; what is adequately explained is only counted."""
    explained = sum(finding.explained for finding in findings)
    findings = [finding for finding in findings if not finding.explained]
    by_heading: dict[str, list[Finding]] = {name: [] for name in OPINION_HEADINGS}
    for finding in findings:
        by_heading[heading_of(finding.code)].append(finding)
    opinions = tuple(_opinion(name, by_heading[name]) for name in OPINION_HEADINGS)
    return ReviewDraft(subject, judge(findings, subject.budget), opinions, explained)


def heading_of(code: str) -> str:
    """Which of `OPINION_HEADINGS` a rule counts under: its source's, else its family's."""
    sources = catalogue()[code].sources
    by_source = next((name for source in sources if (name := heading(source))), "")
    return by_source or BY_FAMILY.get(code[:3], "completeness")


def _opinion(name: str, findings: Sequence[Finding]) -> DraftOpinion:
    errors = sum(finding.severity == ERROR for finding in findings)
    warnings = sum(finding.severity == WARNING for finding in findings)
    if errors:
        key, worst = "review.amend", ERROR
    elif warnings:
        key, worst = "review.improve", WARNING
    else:
        key, worst = "review.remark", INFO
    gravest = [finding for finding in findings if finding.severity == worst]
    text = say(key, faults=_faults(gravest)) if gravest else say(f"review.clean_{name}")
    return DraftOpinion(name, errors, warnings, text)


def _faults(findings: Sequence[Finding]) -> str:
    """The commonest kinds of faults by name, with how often."""
    kinds = Counter(finding.code for finding in findings).most_common()
    phrases = [say("review.times", name=say(f"rule.{code}.name"), n=n) for code, n in kinds]
    rest = len(phrases) - KINDS_NAMED
    more = [say("review.more", n=rest)] if rest > 0 else []
    return say("review.comma").join([*phrases[:KINDS_NAMED], *more])


@dataclass(frozen=True)
class OutcomeView:
    """What a project reports in the end, and the grade that its points earn ("" for none)."""

    owner: tuple[str, str]  # its department's code and name
    file: str
    subject: Subject
    place: Place | None
    outcome: Outcome
    earned: str
    is_graded_otherwise: bool

    @property
    def rank(self) -> tuple[bool, Decimal, bool, Decimal]:
        """What it is sorted by: its rate of execution, then its points; unknown ones last."""
        rate, score = self.outcome.rate, self.outcome.score
        return (rate is None, rate or Decimal(0), score is None, score or Decimal(0))


def outcome_view(
    owner: tuple[str, str], file: str, subject: Subject, place: Place | None, outcome: Outcome
) -> OutcomeView:
    """What is shown of an outcome; grades are judged by the bands of the usual profile."""
    usual = profile(DEFAULT)
    earned, otherwise = grade_for(outcome, usual), is_graded_otherwise(outcome, usual)
    return OutcomeView(owner, file, subject, place, outcome, earned, otherwise)
