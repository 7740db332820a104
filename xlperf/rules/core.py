"""What a rule is, and running rules over a reading. Judges; opens no file, knows no cell.

A rule is a function named for the bad thing; its parameters are what it looks at (of `SUBJECTS`)
and, if it has a second one, the profile. Its docstring is its page, `rule.CODE` are its words.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from xlperf.editions import Traits, traits_of
from xlperf.paths import RecordPath
from xlperf.reading import Place, Reading
from xlperf.record import Department, Raw, view
from xlperf.rules.absent_fields import without_lacking
from xlperf.rules.docstring_page import DocstringPage, page
from xlperf.rules.edition_forms import beside_the_forms, is_parted
from xlperf.rules.formulas.native import NativeChecks
from xlperf.rules.further_places import OtherPlace, other_places, place_of
from xlperf.rules.garbage import search_put_off
from xlperf.rules.message_facts import money, without_quotes
from xlperf.rules.printed_order import place_in_print
from xlperf.rules.profiles import SWITCHED_OFF, Profile, profile
from xlperf.rules.questions import Questions, RuleSubject
from xlperf.rules.subjects import kinds_of_subjects, subjects_of
from xlperf.rules.subsumed_findings import uncovered
from xlperf.rules.text.columns import paths_with
from xlperf.rules.waivers import quality
from xlperf.rules.waivers.finding_identity import NO_IDENTITY, Identifier, Identity
from xlperf.rules.waivers.matching import WaiverMatch, explaining, match_waivers, project_of
from xlperf.waivers import Standing, Waiver, waivers_of
from xlperf.wording import LANGUAGES, has, say, speaking


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Check = Callable[..., Iterable["Hit"]]
Facts = dict[str, Any]  # what a message says
WAIVER_SUBJECT = "WaiverMatch"  # of rules about explanations, which need the others' findings

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
SUBJECTS = ("Reading", "Fault", "Department", "Activity", "Project", "Indicator", WAIVER_SUBJECT)
RANK = {ERROR: 0, WARNING: 1, INFO: 2}


class Fix(NamedTuple):
    """A new value for the finding's path. Safe: only how it is written changes."""

    value: Any
    safe: bool = True


class Hit(NamedTuple):
    """What a rule yields: a path below its subject, and the facts of the message."""

    path: RecordPath
    facts: Mapping[str, Any]
    fix: Fix | None = None
    place: Place | None = None
    also: tuple[RecordPath, ...] = ()  # its other places, below the subject too


def hit(
    *path: str | int, fix: Fix | None = None, also: Iterable[RecordPath] = (), **facts: Any
) -> Hit:
    """A hit at a path below the subject, `also` its other places: `hit("budget", other=...)`."""
    return Hit(path, facts, fix, None, tuple(also))


@dataclass(frozen=True)
class Rule:
    """One judgement of the catalogue."""

    code: str
    name: str
    severity: Severity
    sources: tuple[str, ...]
    subject: str
    check: Callable[..., Iterable[Hit]]
    wants: tuple[str, ...]  # what its function takes beside its subject: "Profile", "Traits", …
    fix: str = ""  # "safe" or "unsafe" if it can offer one
    native: NativeChecks = ()  # what a cell can check by itself, as formulas
    fields: tuple[str, ...] = ()  # of the record: an edition that lacks one lacks the rule
    of: tuple[str, ...] = ()  # the kinds of indicators that it looks at, () for every one
    needs: tuple[str, ...] = ()  # what must stand in their texts, () for nothing: see text.columns

    @property
    def page(self) -> DocstringPage:
        """What its function's docstring says."""
        return page(inspect.getdoc(self.check) or "")

    def bound(self, chosen: Profile, traits: Traits, department: Department) -> Check:
        """The rule's function of its subject alone, what else it wants given."""
        arguments = {"Profile": chosen, "Traits": traits, "Department": department}
        check, further_arguments = self.check, [arguments[name] for name in self.wants]
        return (lambda subject: check(subject, *further_arguments)) if further_arguments else check


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault found: which rule, where, with which facts. The words come when it is shown."""

    code: str
    severity: Severity
    path: RecordPath
    facts: Mapping[str, Any] = field(default_factory=dict)
    fix: Fix | None = None
    place: Place | None = None
    file: str = ""
    identifier: Identifier | None = field(default=None, compare=False, repr=False)
    also: tuple[OtherPlace, ...] = ()
    waiver: Waiver | None = None
    standing: Standing = Standing.OPEN
    wanting: tuple[str, ...] = ()  # the rules that its explanation breaks
    reviewed: Waiver | None = None  # where only a reviewer wrote something: no explanation

    @property
    def explained(self) -> bool:
        """Whether an adequate explanation settles it."""
        return self.standing == Standing.EXPLAINED

    @property
    def about(self) -> Identity:
        """Its place by codes and names, and a hash of its facts: explanations find it by these."""
        return self.identifier.identity(self.path, self.facts) if self.identifier else NO_IDENTITY

    @property
    def message(self) -> str:
        """What is wrong, in the user's language: the wording `rule.CODE.message` with the facts."""
        return self._sentence("message")

    @property
    def advice(self) -> str:
        """How to mend it, in the user's language: the wording `rule.CODE.advice` with the facts."""
        return self._sentence("advice")

    def _sentence(self, part: str) -> str:
        """A sentence with its facts: amounts as people read them, no quotes around “the 2nd”."""
        facts = self.facts.items()
        texts = {key: money(fact) if isinstance(fact, Decimal) else fact for key, fact in facts}
        return without_quotes(say(f"rule.{self.code}.{part}", **texts), texts.values())


def rule(  # noqa: PLR0913 - one argument a property
    code: str,
    severity: Severity,
    *,
    source: str,
    of: str = "",
    needs: str = "",
    fix: str = "",
    native: NativeChecks = (),
    fields: str = "",
) -> Callable[[Callable[..., Any]], Rule]:
    """Make a rule of a function. `source`: regulation/dimension, joined by "; "; `fields`: paths
    of the record, joined by blanks, without which there is nothing to judge; `of`: the kinds of
    indicators that it looks at, by second level or by target (see `subjects_of`); `needs`: words
    of which one must stand there, as in "name/satisfaction" (see `paths_with`)."""

    def make(function: Callable[..., Iterable[Hit]]) -> Rule:
        types = [kind for name, kind in function.__annotations__.items() if name != "return"]
        return Rule(
            code=code,
            name=function.__name__.replace("_", " "),
            severity=severity,
            sources=tuple(source.split("; ")),
            subject=str(types[0]),
            check=function,
            wants=tuple(map(str, types[1:])),
            fix=fix,
            native=native,
            fields=tuple(fields.split()),
            of=tuple(of.split()),
            needs=tuple(needs.split()),
        )

    return make


@search_put_off()
def run(reading: Reading, rules: Iterable[Rule], chosen: Profile | None = None) -> list[Finding]:
    """Every finding of the rules on a reading, in the order of the record, then of severity."""
    chosen = chosen or profile("default")
    questions: Questions[tuple[Rule, Check]] = Questions()
    traits, department = traits_of(reading.record), view(reading.record)
    for rule_ in with_severities(rules, chosen):
        if rule_.subject not in SUBJECTS:
            raise ValueError(rule_.subject)
        if all(map(traits.has, rule_.fields)):
            paths = paths_with(department, rule_.needs) if rule_.needs else None
            question = rule_, rule_.bound(chosen, traits, department)
            questions.add(question, kinds_of_subjects(rule_.subject, rule_.of), paths)
    items = _findings(questions, subjects_of(reading, department, questions), reading)
    on_forms = (item for item in items if not beside_the_forms(item.path, reading.record, traits))
    ordinary = uncovered(without_lacking(on_forms, reading.record))
    wide = {rule_.code for rule_, _ in questions.of_kind("Department")}
    findings, waived = with_waivers(ordinary, reading.record, chosen, wide)
    if waived and WAIVER_SUBJECT in questions:
        of_waivers = (((WAIVER_SUBJECT,), item, ("waivers", item.position)) for item in waived)
        findings += _findings(questions, of_waivers, reading)
    return sorted(findings, key=_order)


def _findings(
    questions: Questions[tuple[Rule, Check]], subjects: Iterable[RuleSubject], reading: Reading
) -> Iterator[Finding]:
    """The findings of the rules that are asked on some subjects."""
    identifier = Identifier(reading.record)
    for (rule_, check), those in questions.by_turns(subjects):
        for _, subject, path in those:
            for hit_ in check(subject):
                yield _finding(rule_, hit_, path, reading, identifier)


def with_waivers(
    findings: list[Finding], record: Raw, chosen: Profile, wide: Collection[str] = ()
) -> tuple[list[Finding], list[WaiverMatch]]:
    """The findings, each with its explanation and standing; the explanations joined to one."""
    waivers = list(waivers_of(record))
    if not waivers:
        return findings, []
    listed = [(item.code, item.about) for item in findings]
    projects = Identifier(record).labels(("projects",))
    joined = explaining(match_waivers(waivers, listed, projects, wide), findings)
    matters = [
        (item, (findings[item.finding].code, project_of(findings[item.finding].about.at)))
        for item in joined
    ]
    alike = quality.is_copy_of(matters)
    judged = [
        replace(
            item, alike=alike[item.position], program_texts=_sentence_of(findings[item.finding])
        )
        for item in joined
    ]
    for item in judged:
        finding = findings[item.finding]
        wanting = tuple(quality.faults(item, chosen))
        standing = _standing(item, finding.severity, wanting, chosen)
        findings[item.finding] = replace(
            finding, waiver=item.waiver, standing=standing, wanting=wanting
        )
    return findings, judged


def _standing(
    waived: WaiverMatch, severity: Severity, wanting: tuple[str, ...], chosen: Profile
) -> Standing:
    if severity not in chosen["waivable"]:
        return Standing.REFUSED
    if waived.stale and wanting:
        return Standing.STALE
    return Standing.INADEQUATE if wanting else Standing.EXPLAINED


def _sentence_of(finding: Finding) -> tuple[str, ...]:
    """What the program says of a finding in any language, to compare an explanation with."""
    keys = [f"rule.{finding.code}.{part}" for part in ("name", "why", "bad", "good")]
    sentences: list[str] = []
    for language in LANGUAGES:
        with speaking(language):
            sentences += [finding.message, finding.advice, *(say(key) for key in keys if has(key))]
    return tuple(sentences)


def with_severities(rules: Iterable[Rule], chosen: Profile) -> list[Rule]:
    """The rules with the severities of a profile, without those that it switches off."""
    worth = [(rule_, chosen.severity(rule_.code, rule_.severity)) for rule_ in rules]
    return [
        rule_ if severity == rule_.severity else replace(rule_, severity=Severity(severity))
        for rule_, severity in worth
        if severity != SWITCHED_OFF
    ]


def _finding(
    rule_: Rule, hit_: Hit, above: RecordPath, reading: Reading, identifier: Identifier
) -> Finding:
    below, facts, fix, place, also = hit_
    path = above + below
    if fix and path[-1:] == ("target",) and is_parted(reading.record, path[:-1]):
        fix = None  # it is for the whole of a target that stands in several columns
    further = other_places(path, [above + item for item in also], reading.where) if also else ()
    parts = (rule_.code, rule_.severity, path, facts, fix, place or place_of(path, reading.where))
    return Finding(*parts, reading.source, identifier, further)


def _order(finding: Finding) -> tuple[Any, ...]:
    return (place_in_print(finding.path), RANK[finding.severity], finding.code)
