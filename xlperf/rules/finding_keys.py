"""How a cell's formula and the program both name a finding, so that a check knows it is explained.

The key has the rule, the field, the project's code (its name, where an edition has no codes), and
in a list the row's name and the field's text: what a formula can see without a position. Where an
open finding has the same key as an explained one, the key is not listed, and the cells go on
checking both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlperf.editions import Traits, traits_of
from xlperf.fields import COMPOSED_KINDS, TIDIED_KINDS, keys
from xlperf.paths import RecordPath, get
from xlperf.record import Raw, words
from xlperf.rules.core import Finding
from xlperf.rules.formulas.native import OTHER_BLANKS, literal

ROW_LISTS = ("projects/indicators", "activities/indicators", "activities", "safeguards", "units")
# what rows are known by; others by their name
NAME_FIELD_BY_LIST = {"safeguards": "title", "units": "code"}
EXPLAINED_KEYS = "{list:explained}"
OWNER_FIELD = "owner"  # what the project is known by
# texts that belong into the key beside the name of their row
VALUES = frozenset(keys((*COMPOSED_KINDS, *TIDIED_KINDS), "projects/indicators")) - {"name"}


def is_explained(code: str, key: str) -> str:
    """Whether a check's finding is on the list of the explained ones, as a formula.

    `key` is a formula for its key without the rule, as `key_without_rule` gives it.
    """
    joined = f'"{code}{key[1:]}' if key.startswith('"') else f'"{code}"&{key}'
    return f"SUMPRODUCT(--EXACT({EXPLAINED_KEYS},{joined}))>0"


def key_without_rule(of: str, at: str) -> str:
    """A formula for the key of a check's finding without the rule's code at its beginning."""
    owner = [f"TRIM({{{OWNER_FIELD}}})"] if of.startswith("projects") else []
    name = [f"{{{NAME_FIELD_BY_LIST.get(of, 'name')}}}"] if of in ROW_LISTS else []
    value = [f"{{{at}}}"] if of in ROW_LISTS and at in VALUES else []
    parts = [f"|{of}|{at}|", *owner, "|", *name, "|", *value]
    signs = (part if part.startswith("{") or part in owner else literal(part) for part in parts)
    return "&".join(signs).replace('"&"', "")


def explained_keys(findings: Iterable[Finding], record: Raw) -> tuple[str, ...]:
    """The keys of explained findings that no open finding has."""
    keys = [(key_of(finding, record), finding.explained) for finding in findings]
    still = {key for key, explained in keys if not explained}
    return tuple(sorted({key for key, explained in keys if explained and key} - still))


def key_of(finding: Finding, record: Raw) -> str:
    """A finding's key, "" where a formula could not tell it."""
    owner, of, at, row = _parts(finding.path, record)
    if of.startswith("projects") and not owner:
        return ""
    name = value = ""
    if of in ROW_LISTS:
        item = get(record, row)
        item = item if isinstance(item, dict) else {}
        name = _one_line(words(item, NAME_FIELD_BY_LIST.get(of, "name")))
        value = _one_line(words(item, at)) if at in VALUES else ""
    return "|".join((finding.code, of, at, owner, name, value))


def owner_key(traits: Traits) -> str:
    """What a project is known by in its edition: its code, or its name where there are none."""
    return "code" if traits.has("projects/code") else "name"


def _parts(path: RecordPath, record: Raw) -> tuple[str, str, str, RecordPath]:
    """The project's code, what the check looks at, the field, and the row's own path."""
    keys = [str(step) for step in path if isinstance(step, str)]
    project = get(record, path[:2]) if keys[:1] == ["projects"] and len(path) > 1 else None
    owner = (
        _one_line(words(project, owner_key(traits_of(record)))) if isinstance(project, dict) else ""
    )
    for of in ROW_LISTS:
        depth = 2 * (of.count("/") + 1)
        if "/".join(keys).startswith(of) and len(path) >= depth and _is_row(path, depth):
            return owner, of, "/".join(map(str, path[depth:])), path[:depth]
    below = path[2:] if project is not None else path
    of = "projects" if project is not None else ""
    return owner, of, "/".join(str(step) for step in below if isinstance(step, str)), path[:2]


def _is_row(path: RecordPath, depth: int) -> bool:
    return all(isinstance(step, int) == bool(n % 2) for n, step in enumerate(path[:depth]))


def _one_line(text: str) -> str:
    """A text as the checks see it: on one line, without blanks around it or doubled."""
    for sign in (*OTHER_BLANKS, "\n", "\t"):
        text = text.replace(sign, " ")
    return re.sub(" +", " ", text).strip(" ")
