"""A proposed grade, with its reasons: by the gravity of what is open and by the money concerned.

A project's score is 100 × exp(−money × gravity). The gravity is the sum over the rules broken of
their severity's weight, a rule that is broken n times counting 1 + log2(n) / 2 times: nine copies
of one slip are worse than one, but not nine different faults. The money factor is a step by the
project's budget: faults in ten yuan of a hundred do not cost the public what those in millions do.
A department's score is the mean of its projects' scores by their budgets (four fifths), and that
of its own part (one fifth). 90 and more is grade 1, 80 grade 2, 60 grade 3, less grade 4: the
bounds that reviews of budget performance goals use (document No. 88 of 2015, by general knowledge;
its table was not checked). What has an open error is grade 2 at best; a form that was not filled
in is grade 4. Weights and steps are this program's own proposal, for a person to decide on.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xlperf.rules.core import ERROR, INFO, WARNING, Finding, Severity
from xlperf.wording import say

WEIGHTS = {ERROR: 0.10, WARNING: 0.025, INFO: 0.003}
MONEY_FACTORS = (  # yuan from which on, and the factor
    (Decimal(10_000_000), 1.5),
    (Decimal(1_000_000), 1.25),
    (Decimal(100_000), 1.0),
    (Decimal(10_000), 0.8),
    (Decimal(0), 0.6),
)
USUAL_FACTOR = 1.0  # the factor of what has no budget of its own
BOUNDS = (90, 80, 60)  # least score of the grades 1, 2 and 3
GRADES = (1, 2, 3, 4)
UNFILLED_RULE = "STR040"
OWN_PART = 0.2  # of a department's score


RuleCounts = tuple[tuple[tuple[str, Severity], int], ...]  # rule and severity: how many are open


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is proposed for a project, a department's own part, or a whole department.

    `score` is of 100, to one decimal; `budget` in yuan, None where there is none; `counts` are of
    open findings by severity.
    """

    score: float
    grade: int
    counts: dict[str, int]
    budget: Decimal | None = None
    factor: float = USUAL_FACTOR
    is_unfilled: bool = False

    @property
    def reason(self) -> str:
        """How the grade came about, in words: what is open, for how much money, the score."""
        parts = [say("grading.unfilled")] if self.is_unfilled else []
        if self.budget is not None and self.factor != USUAL_FACTOR and any(self.counts.values()):
            key = "grading.large" if self.factor > USUAL_FACTOR else "grading.small"
            parts.append(say(key, budget=f"{self.budget:,.2f}", factor=f"{self.factor:g}"))
        parts.append(say("grading.score", score=f"{self.score:.1f}"))
        if self.counts[str(ERROR)] and self.score >= BOUNDS[0]:
            parts.append(say("grading.not_best"))
        return say("review.comma").join(parts)


def kinds_of(findings: Iterable[Finding]) -> RuleCounts:
    """How many findings of each rule and severity are open, in the order of the first of each."""
    open_ones = (finding for finding in findings if not finding.explained)
    return tuple(Counter((item.code, Severity(item.severity)) for item in open_ones).items())


def judge(findings: Iterable[Finding], budget: Decimal | None = None) -> Judgement:
    """The judgement of a project, or of a part without a budget, by its open findings."""
    return judge_kinds(kinds_of(findings), budget)


def judge_kinds(kinds: RuleCounts, budget: Decimal | None = None) -> Judgement:
    """The judgement of a part by how many findings of each kind are open."""
    factor = money_factor(budget)
    score = round(100 * math.exp(-factor * _gravity(kinds)), 1)
    counts = _severity_counts(kinds)
    is_unfilled = any(code == UNFILLED_RULE for (code, _), _ in kinds)
    grade = GRADES[-1] if is_unfilled else _grade(score, counts)
    return Judgement(score, grade, counts, budget, factor, is_unfilled)


def together(own_part: Judgement, projects: Sequence[Judgement]) -> Judgement:
    """The judgement of a department: its projects, weighed by their budgets, and its own part."""
    counts = {
        key: sum(project.counts[key] for project in (own_part, *projects))
        for key in own_part.counts
    }
    if not projects:
        return Judgement(own_part.score, own_part.grade, counts)
    money = [max(project.budget or Decimal(0), Decimal(0)) for project in projects]
    shares = [float(item) for item in money] if any(money) else [1.0] * len(projects)
    pairs = zip(projects, shares, strict=True)
    mean = sum(_worth(project) * share for project, share in pairs) / sum(shares)
    score = round(OWN_PART * own_part.score + (1 - OWN_PART) * mean, 1)
    return Judgement(score, _grade(score, counts), counts, sum(money, Decimal(0)))


def _worth(judgement: Judgement) -> float:
    """A project's score within its department: a form that was not filled in is worth nothing."""
    return 0.0 if judgement.is_unfilled else judgement.score


def gravity(findings: Iterable[Finding]) -> float:
    """The sum over the rules broken of weight × (1 + log2(n) / 2), n the findings of the rule."""
    kinds = Counter((finding.code, Severity(finding.severity)) for finding in findings)
    return _gravity(tuple(kinds.items()))


@lru_cache(10_000)
def _gravity(kinds: RuleCounts) -> float:
    return sum(WEIGHTS[severity] * (1 + math.log2(n) / 2) for (_, severity), n in kinds)


def money_factor(budget: Decimal | None) -> float:
    """How much faults weigh by the budget concerned, in yuan; the usual one without a budget."""
    if budget is None:
        return USUAL_FACTOR
    return next(
        (factor for least, factor in MONEY_FACTORS if budget >= least), MONEY_FACTORS[-1][1]
    )


@lru_cache(10_000)  # most parts have the counts of others, and keep these once
def _severity_counts(kinds: RuleCounts) -> dict[str, int]:
    """How many findings of each severity: {"error": 2, "warning": 0, "info": 1}."""
    number = dict.fromkeys((ERROR, WARNING, INFO), 0)
    for (_, severity), n in kinds:
        number[severity] += n
    return {str(severity): n for severity, n in number.items()}


def _grade(score: float, counts: dict[str, int]) -> int:
    by_score = next((n for n, least in enumerate(BOUNDS, 1) if score >= least), GRADES[-1])
    return max(by_score, 2) if counts[str(ERROR)] else by_score
