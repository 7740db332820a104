"""How many of the rules a workbook can judge by itself, by formulas; of what kind the rest are."""

from __future__ import annotations

from collections import Counter
from functools import cache

from xlperf.rules import catalogue
from xlperf.wording import has, say


@cache
def counts() -> dict[str, int]:
    """How many rules there are: `all`, `native` (a cell checks them, wholly or in part), `rest`."""
    native = sum(bool(rule.native) for rule in catalogue().values())
    return {"all": len(catalogue()), "native": native, "rest": len(catalogue()) - native}


def rest_by_family() -> list[tuple[str, int]]:
    """The families of the rules that no cell checks, in words, with their numbers."""
    rest = Counter(code[:3] for code, rule in catalogue().items() if not rule.native)
    return [(family_word(family), number) for family, number in rest.most_common()]


def family_word(family: str) -> str:
    """What a family of rules is called; one without a name goes by its letters."""
    key = f"report_html.family.{family}"
    return say(key) if has(key) else family


def sentence() -> str:
    """A sentence for users: how many rules cells check, and how many of each family they do not."""
    kinds = say("rule_part.comma").join(
        say("natively.family", name=name, n=number) for name, number in rest_by_family()
    )
    return say("natively.sentence", kinds=kinds, **counts())
