"""What a reviewer asks of many documents: which department is worst, which money is not measured,
which faults are commonest, which texts stand in several departments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlperf.paths import RecordPath
from xlperf.reading import Place, Reading
from xlperf.record import Department, Project, view
from xlperf.reviewing import copies_between_departments as copied
from xlperf.reviewing.copies_between_departments import CopyCandidates, Owner
from xlperf.reviewing.grading import Judgement, RuleCounts, judge, judge_kinds, kinds_of, together
from xlperf.reviewing.review import OutcomeView, ReviewDraft, Subject, draft, outcome_view
from xlperf.rules.core import ERROR, RANK, Finding, Severity
from xlperf.rules.further_places import place_of
from xlperf.rules.stages.outcomes import Outcome, outcomes
from xlperf.rules.stages.views import EVALUATION, MONITORING, projects_in
from xlperf.rules.text.amounts import sound
from xlperf.rules.text.levels import first_or_implied, second_level
from xlperf.rules.text.similarity import text_key
from xlperf.targets import parse
from xlperf.wording import say

SHORTEST_PASSAGE = 12  # characters of a text that two departments do not write by chance
ZERO_YUAN = Decimal(0)
ENTRY = 4  # steps of the path of a project in a stage


class KeptFindings(Sequence[Finding]):
    """Findings that are looked up where they are asked for; how many are open is at hand."""

    __slots__ = ()
    kinds: RuleCounts


def kinds(findings: Sequence[Finding]) -> RuleCounts:
    """How many findings of each rule and severity are open."""
    return findings.kinds if isinstance(findings, KeptFindings) else kinds_of(findings)


@dataclass(frozen=True, slots=True)
class ProjectView:
    """One project with its findings and what is proposed for it; `budget` in yuan."""

    subject: Subject
    judgement: Judgement
    is_measured: bool
    findings: Sequence[Finding]
    place: Place | None
    outcome: Outcome | None = None  # what it reports of a stage

    @property
    def budget(self) -> Decimal:
        """Its budget in yuan; 0 where it has none."""
        return max(self.subject.budget or ZERO_YUAN, ZERO_YUAN)


@dataclass(frozen=True, slots=True)
class FileSurvey:
    """One document: whose it is, its own part, its projects, the texts that may be copied."""

    file: str
    owner: Owner
    department_findings: Sequence[Finding]
    projects: tuple[ProjectView, ...]
    passages: CopyCandidates

    def drafts(self) -> Iterator[ReviewDraft]:
        """A reviewer's draft for the department's own part, then one for each project."""
        code, name = self.owner
        yield draft(
            self.department_findings, Subject(name or self.file, say("review.whole"), "", code)
        )
        for project in self.projects:
            subject = replace(project.subject, department=name or self.file)
            yield draft(project.findings, subject)


def file_view(reading: Reading, findings: Sequence[Finding]) -> FileSurvey:
    """What the survey keeps of one document and its findings, without the record itself."""
    record = view(reading.record)
    light = [replace(finding, identifier=None) for finding in findings]
    of_projects: dict[object, list[Finding]] = {}
    reported = _reported(record)
    for item in light:
        of_projects.setdefault(_part(item.path, reported), []).append(item)
    by_project = outcomes(record)
    projects = tuple(
        replace(
            _project(project, of_projects.get(number, []), record, reading),
            outcome=by_project.get(project.path),
        )
        for number, project in enumerate(record.projects)
    )
    own_findings = tuple(of_projects.get("", ()))
    owner = (record.code, record.name)
    passages = copied.KnownPassages(tuple(_passages(record, reading)))
    return FileSurvey(reading.source, owner, own_findings, projects, passages)


def _reported(record: Department) -> dict[RecordPath, object]:
    """The number of the project that each entry of a stage is about, by the entry's path."""
    pairs = (pair for kind in (MONITORING, EVALUATION) for pair in projects_in(record, kind))
    return {entry.path: entry.goal.path[1] for _, entry in pairs if entry.goal is not None}


def _part(path: RecordPath, reported: Mapping[RecordPath, object]) -> object:
    """The number of the project that a finding is about; "" for the department's own part."""
    if path[:1] == ("projects",) and len(path) > 1:
        return path[1]
    return reported.get(path[:ENTRY], "")


def _project(
    project: Project, findings: list[Finding], record: Department, reading: Reading
) -> ProjectView:
    subject = Subject(record.name, project.name, project.unit, project.code, sound(project.budget))
    place = place_of((*project.path, "name"), reading.where)
    judgement = judge(findings, subject.budget)
    return ProjectView(subject, judgement, is_measured(project), tuple(findings), place)


def is_measured(project: Project) -> bool:
    """Whether an output of a project has a target that can be counted: a number in a unit, a date.

    A bare percentage, a cost and a satisfaction are no output that can be counted.
    """
    for indicator in project.indicators:
        if first_or_implied(indicator) not in ("output", "") or second_level(indicator) == "cost":
            continue
        target = parse(indicator.target)
        is_number = target.kind in ("number", "range") and target.unit not in ("", "%")
        if is_number or target.kind == "date":
            return True
    return False


def _passages(record: Department, reading: Reading) -> Iterator[copied.CopyCandidate]:
    """The texts of `SHORTEST_PASSAGE` characters or more; equal words have equal keys."""
    texts: list[tuple[str, str, str, RecordPath]] = []
    texts.append(("overall", record.overall_goal, "", ("overall_goal",)))
    for activity in record.activities:
        texts.append(("activity", activity.goal, activity.name, (*activity.path, "goal")))
    for project in record.projects:
        texts.append(("purpose", project.purpose, project.name, (*project.path, "purpose")))
        for number, goal in enumerate(project.goals):
            texts.append(("goal", goal, project.name, (*project.path, "goals", number)))
        for indicator in project.indicators:
            parts = (indicator.name, indicator.description, indicator.target)
            text = "　".join(filter(None, parts))
            texts.append(("indicator", text, project.name, (*indicator.path, "name")))
    for kind, text, owner, path in texts:
        words = text_key(text)
        if len(words) >= SHORTEST_PASSAGE:
            key = copied.key_of_words(words)
            yield copied.CopyCandidate(kind, key, text, owner, place_of(path, reading.where))


@dataclass(frozen=True)
class DepartmentView:
    """One department: its files, its projects, what is proposed for it, money in yuan."""

    owner: Owner
    files: tuple[str, ...]
    projects: tuple[ProjectView, ...]
    judgement: Judgement
    budget: Decimal
    at_issue: Decimal  # the budgets of projects with an open error
    unmeasured: Decimal  # the budgets of projects without an output that can be counted


@dataclass(frozen=True)
class RuleStatistics:
    """How often a rule is broken: findings, departments, and the budgets concerned in yuan."""

    code: str
    severity: Severity
    findings: int
    departments: int
    money: Decimal


def _outcomes(by_owner: Mapping[Owner, Sequence[FileSurvey]]) -> Iterator[OutcomeView]:
    for owner, files in by_owner.items():
        for file in files:
            for project in file.projects:
                if project.outcome:
                    whose = (owner, file.file, project.subject, project.place)
                    yield outcome_view(*whose, project.outcome)


@dataclass(frozen=True)
class Survey:
    """The answers, each sorted by what a reviewer looks at first."""

    departments: tuple[DepartmentView, ...]  # the lowest score first
    unmeasured: tuple[tuple[Owner, str, ProjectView], ...]  # department, file; most money first
    rules: tuple[RuleStatistics, ...]  # the gravest first, then the commonest
    copies: tuple[copied.Copy, ...]  # those of most departments first
    files: tuple[FileSurvey, ...] = ()
    outcomes: tuple[OutcomeView, ...] = ()  # the worst execution first, then the lowest points


def survey(files: Iterable[FileSurvey], owners: Mapping[str, Owner] | None = None) -> Survey:
    """The survey of many documents. `owners`: file to (code, name), where that was settled."""
    owners = owners or {}
    views = [replace(file, owner=owners.get(file.file, file.owner)) for file in files]
    by_owner: dict[Owner, list[FileSurvey]] = {}
    for document in views:
        owner = document.owner if any(document.owner) else ("", document.file)
        by_owner.setdefault(owner, []).append(document)
    departments = [_department(owner, documents) for owner, documents in by_owner.items()]
    unmeasured = [
        (owner, file.file, project)
        for owner, documents in by_owner.items()
        for file in documents
        for project in file.projects
        if not project.is_measured
    ]
    return Survey(
        departments=tuple(sorted(departments, key=lambda d: (d.judgement.score, -d.at_issue))),
        unmeasured=tuple(sorted(unmeasured, key=lambda row: -row[2].budget)),
        rules=tuple(_rules(by_owner)),
        copies=tuple(
            copied.copies(
                {
                    owner: [(file.file, file.passages) for file in documents]
                    for owner, documents in by_owner.items()
                }
            )
        ),
        files=tuple(views),
        outcomes=tuple(sorted(_outcomes(by_owner), key=lambda item: item.rank)),
    )


def _department(owner: Owner, files: Sequence[FileSurvey]) -> DepartmentView:
    projects = tuple(project for file in files for project in file.projects)
    own_kinds: Counter[tuple[str, Severity]] = Counter()
    for file in files:
        own_kinds.update(dict(kinds(file.department_findings)))
    own_judgement = judge_kinds(tuple(own_kinds.items()))
    judgement = together(own_judgement, [project.judgement for project in projects])

    def money(fits: Callable[[ProjectView], bool]) -> Decimal:
        return sum((project.budget for project in projects if fits(project)), ZERO_YUAN)

    return DepartmentView(
        owner=owner,
        files=tuple(file.file for file in files),
        projects=projects,
        judgement=judgement,
        budget=money(lambda project: True),
        at_issue=money(lambda project: project.judgement.counts[str(ERROR)] > 0),
        unmeasured=money(lambda project: not project.is_measured),
    )


def _rules(by_owner: Mapping[Owner, Sequence[FileSurvey]]) -> Iterator[RuleStatistics]:
    """Every rule that is broken, with the budgets of the projects in which it is."""
    owners: dict[tuple[str, Severity], set[Owner]] = {}
    findings: Counter[tuple[str, Severity]] = Counter()
    money: dict[tuple[str, Severity], Decimal] = {}
    for owner, files in by_owner.items():
        for budget, broken in _parts(files):
            for kind, number in broken:
                owners.setdefault(kind, set()).add(owner)
                findings[kind] += number
                money[kind] = money.get(kind, ZERO_YUAN) + budget
    rules = [
        RuleStatistics(code, severity, number, len(owners[code, severity]), money[code, severity])
        for (code, severity), number in findings.items()
    ]
    yield from sorted(rules, key=lambda rule: (RANK[rule.severity], -rule.findings, rule.code))


def _parts(files: Iterable[FileSurvey]) -> Iterator[tuple[Decimal, RuleCounts]]:
    """Each part's budget and faults; a department's own part has no budget of its own."""
    for file in files:
        yield ZERO_YUAN, kinds(file.department_findings)
        for project in file.projects:
            yield project.budget, kinds(project.findings)


def as_json(department: DepartmentView) -> dict[str, object]:
    """What the roll-up's JSON says of a department: findings, grade and money at issue."""
    return {
        "findings": dict(department.judgement.counts),
        "score": department.judgement.score,
        "grade": department.judgement.grade,
        "grade_name": say(f"review.grade_{department.judgement.grade}"),
        "money_at_issue": f"{department.at_issue:.2f}",
        "money_not_measured": f"{department.unmeasured:.2f}",
    }
