"""What differs by edition stands in the editions' data and forms, and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import xlperf
from tests.editions.records import PLAIN_FILE
from xlperf.editions import FILES, TRAITS, Traits, read, recognised
from xlperf.fields import keys_of, table
from xlperf.forms import EDITIONS, refs_of

PACKAGE = Path(xlperf.__file__).resolve().parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FORMS = {PACKAGE / "forms" / "official" / f"{name}.py" for name in FILES}
MONTHS = keys_of("projects/spending_plan")
SOURCE = "hebei-form"  # of rules: a document, not an edition
AT_A_MONTH = re.compile(r"(?:by_|spending_plan/|XP_PLAN_)(?:0[1-9]|1[0-2])\b")
# Files with words of levels that are no edition's: what they say in examples, how they are
# understood whatever the edition is, how documents have written them, what regulations divide.
MAY_NAME_LEVELS = {
    "regulations/regulations.toml",
    "rules/text/lexicon.toml", "rules/text/lexicon_directions.toml",
    "wording/zh/rules.toml", "wording/zh/rules_texts.toml",
    "wording/zh/rules_relations.toml", "rules/text/lexicon_stages.toml",
    "wording/zh/checks.toml", "documents/words.toml",
}  # fmt: skip


def texts(module: Path) -> Iterator[tuple[str, int]]:
    """The text constants of a module but for its docstrings, with their lines."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.value, node.lineno


def test_no_module_names_an_edition() -> None:
    names = (*TRAITS, "hebei_2021", "hebei-")
    lines = [
        f"{module.relative_to(PACKAGE)}:{line} {text}"
        for module in MODULES
        if module not in FORMS
        for text, line in texts(module)
        if any(name in text for name in names) and text not in FILES and SOURCE not in text
    ]
    assert lines == []


def test_no_module_names_a_month_of_a_plan() -> None:
    lines = [
        f"{module.relative_to(PACKAGE)}:{line} {text}"
        for module in MODULES
        if module not in FORMS
        for text, line in texts(module)
        if text in MONTHS or AT_A_MONTH.search(text)
    ]
    assert lines == []


def test_words_of_levels_stand_in_the_editions_only() -> None:
    words = {
        word for traits in TRAITS.values() for word in (*traits.levels, *traits.second_levels())
    }
    files = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*")
        if path.suffix in (".toml", ".py", ".json", ".jinja") and path.parent.name != "editions"
        and any(f'"{word}"' in path.read_text(encoding="utf-8") for word in words)
    }  # fmt: skip
    assert files <= MAY_NAME_LEVELS


@pytest.mark.parametrize("name", TRAITS)
def test_the_forms_of_an_edition_have_the_fields_of_its_file(name: str) -> None:
    edition = EDITIONS[name]
    printed = {ref for role, ref in refs_of(edition.project) if role == "field"}
    listed = {
        path.removeprefix("projects/")
        for path in edition.traits.fields
        if path.startswith("projects/")
    }
    assert listed - {"unit_name"} == printed
    months = {f"spending_plan/{month}" for month in edition.traits.months}
    assert {ref for ref in printed if ref.startswith("spending_plan")} == months
    for above, keys in edition.traits.required.items():
        assert all(edition.traits.has(f"{above}/{key}") for key in keys)


def test_every_edition_is_recognised_by_what_its_own_forms_print() -> None:
    for name, edition in EDITIONS.items():
        plan = {"plan", "money"} if edition.traits.months else set()
        match = recognised({*edition.columns, *plan})
        assert match is not None and match.name == name


def test_a_document_that_fits_none_or_several_editions_is_recognised_as_none() -> None:
    assert recognised({"level1", "name"}) is None
    assert recognised({"level1", "name", "weight", "basis"}) is None
    assert recognised({"operator", "completed"}) is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('projects = "name title', 'projects = "nam title', "projects/nam is no field"),
        ("[required]", '[required]\nunits = "colour"', "units/colour is no field"),
    ],
)
def test_an_edition_that_names_no_field_says_so(old: str, new: str, fault: str) -> None:
    assert PLAIN_FILE.count(old) == 1
    with pytest.raises(ValueError, match=fault):
        read(PLAIN_FILE.replace(old, new))


def test_an_edition_has_what_its_fields_stand_in() -> None:
    traits: Traits = TRAITS[FILES[0].replace("_", "-")]
    assert traits.has("activities/indicators") and traits.has("region")
    assert not traits.has("projects/weight") and not traits.lacks("projects/weight")  # no field
    assert traits.lacks("projects/indicators/weight")
    assert set(keys_of("projects/spending_plan")) >= set(traits.months)
    assert all(path in table() for edition in TRAITS.values() for path in edition.fields)
