"""A rule's page in the user's language: from the wording, in English from the rule's docstring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from xlperf.regulations import cite
from xlperf.rules import catalogue
from xlperf.rules.core import Finding, Rule
from xlperf.wording import has, language, say


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a reader is told of a rule."""

    rule: Rule
    family: str
    name: str
    why: str
    bad: str
    good: str
    sources: tuple[str, ...]

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def source(self) -> str:
        """Every document cited, in one line."""
        return "; ".join(self.sources)


def rule_page(rule: Rule) -> RulePage:
    """The page of a rule."""
    texts = {part: getattr(rule.page, part) for part in ("why", "bad", "good")}
    if language() != "en":
        keys = {part: f"rule.{rule.code}.{part}" for part in texts}
        texts |= {part: say(key) for part, key in keys.items() if has(key)}
    return RulePage(
        rule=rule,
        family=family_of(rule.code),
        name=_sentence(say(f"rule.{rule.code}.name")),
        sources=tuple(cite(source) for source in rule.sources),
        **{part: _sentence(text) for part, text in texts.items()},
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def pages_of(findings: Iterable[Finding]) -> list[RulePage]:
    """The pages of the rules met in findings, in the order of the catalogue."""
    met = {finding.code for finding in findings}
    return [rule_page(rule) for code, rule in catalogue().items() if code in met]


def family_of(code: str) -> str:
    """The family a rule belongs to: the letters its code begins with."""
    return "".join(takewhile(str.isalpha, code))


def family_name(family: str) -> str:
    """What a family is called; a family without a name yet goes by its letters."""
    key = f"report_html.family.{family}"
    return say(key) if has(key) else family
