"""The house: floors, lengths, words in their files, one importer a library, documented commands."""

from __future__ import annotations

import ast
import builtins
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import xlperf
from xlperf import wording
from xlperf.cli import build
from xlperf.terminal.results import rules_as_markdown

ROOT = Path(xlperf.__file__).resolve().parents[1]
PACKAGE = ROOT / "xlperf"
MODULES = sorted(PACKAGE.rglob("*.py"))
ONLY_IN = {  # the floors that may import a library; "" are the modules of the ground floor
    "openpyxl": {"workbook"},
    "pyarrow": {"rollup"},
    "distributed": {"jobs"},
    "fsspec": {"jobs"},
    "xlwings": {"live"},
    "docx": {"publishing"},
    "jinja2": {"publishing", "reports"},
    "click": {"", "cli"},
    "rich": {"terminal", "cli"},
    "lxml": {"workbook"},  # openpyxl reads and writes through it, and raises its errors
    "defusedxml": {"workbook", "documents"},
    "simplejson": {""},
    "xlsxwriter": {"addin"},
    "packaging": {"addin"},
}
BUILT_IN_EXCEPTIONS = {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
FORBIDDEN_NAMES = re.compile(r"utils?|helpers?|managers?|handlers?|misc|common")
PARTICIPLES = {  # and pronouns: they say that something is, or which one, but not what
    "found", "said", "told", "lately", "abreast", "wanted", "known", "made", "kept", "given",
    "asked", "taken", "seen", "gone", "each", "own", "one", "stated", "used", "named", "drawn",
    "counted", "filled", "placed", "shown", "every", "some", "written",
}  # fmt: skip
BARE_WORDS = {  # of constants: they compare or point, and do not say what
    "MOST", "LONGEST", "FEWEST", "SHORTEST", "LEAST", "LARGEST", "SMALLEST", "HIGHEST", "LOWEST",
    "WIDEST", "NARROWEST", "DEEPEST", "FURTHEST", "FINEST", "LONG_ENOUGH", "ENOUGH", "LONG",
    "SHORT", "WIDE", "HIGH", "LARGE", "SMALL", "FEW", "MANY", "SEVERAL", "OFTEN", "LONGER",
    "SHORTER", "LARGER", "SMALLER", "WIDER", "LATER", "EARLIER", "FURTHER", "AT_LEAST", "AT_MOST",
    "ABOUT", "NEAR", "NEARLY", "ROUGHLY", "MOSTLY", "EXACTLY", "ALIKE", "APART", "ASIDE",
    "BETWEEN", "BESIDE", "AROUND", "ABOVE", "BELOW", "BEFORE", "AFTER", "BEYOND", "WITHIN",
    "INSIDE", "HERE", "NOWHERE", "AHEAD", "FIRST", "LAST", "SAME", "OTHER", "OTHERS", "OURS",
    "OWN", "USUAL", "SPECIAL", "PLAIN", "SPARE", "WHOLE", "FULL", "EMPTY", "NOTHING", "NOBODY",
    "EVERYTHING", "ANYTHING", "ALL", "ALL_OF_IT", "NONE", "EACH", "ONE", "SHOWN", "HIDDEN",
    "NAMED", "NUMBERED", "LISTED", "COUNTED", "MADE", "SAID", "TOLD", "ASKED", "GONE", "KEPT",
    "LOST", "MET", "NEEDED", "EXPECTED", "EXPLAINED", "DRAWN", "WRITTEN", "TYPED", "FILLED",
    "FIXED", "REFUSED", "FORBIDDEN", "ALLOWED", "ADDED", "CHANGED", "COPIED", "MERGED", "PRINTED",
    "REPEATED", "SHARED", "SUMMED", "SEEN", "UNSEEN", "FOUND", "KNOWN", "UNKNOWN", "UNFIT",
    "ROUNDED", "REPORTED", "RECEIVED", "REQUIRED", "SPENT", "STORED", "TICKED", "CONVERTED",
}  # fmt: skip
CONSTANT = re.compile("_?[A-Z][A-Z0-9_]+")  # no type variable, which is a letter
EDITIONS = ROOT / "xlperf" / "forms" / "official"  # whose modules give the same names each
TYPE_NAME = re.compile("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")  # no constant, not private
CHINESE = re.compile("[\u4e00-\u9fff]")
NUMERALS = "numerals.py"  # the numerals themselves


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def functions(module: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef))


@cache
def imported(module: Path) -> set[str]:
    packages = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            packages |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            packages.add(node.module.partition(".")[0])
    return packages


def test_no_function_is_over_forty_lines_and_most_are_short() -> None:
    lengths = {
        f"{module.relative_to(ROOT)}:{function.name}": function.end_lineno - function.lineno + 1
        for module in MODULES
        for function in functions(module)
        if function.end_lineno
    }
    assert {name: n for name, n in lengths.items() if n > 40} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= 10


def test_no_module_is_over_three_hundred_lines() -> None:
    long = {
        str(module.relative_to(ROOT)): lines
        for module in MODULES
        if (lines := len(module.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_chinese_words_stand_in_the_wording_files_only() -> None:
    astray = [
        f"{module.relative_to(ROOT)}:{number}"
        for module in MODULES
        if module.name != NUMERALS
        for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), 1)
        if CHINESE.search(line)
    ]
    assert astray == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_each_library_has_one_importer(library: str) -> None:
    floors = {
        module.relative_to(PACKAGE).parts[0] if len(module.relative_to(PACKAGE).parts) > 1 else ""
        for module in MODULES
        if library in imported(module)
    }
    assert floors <= ONLY_IN[library]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [m.name for m in MODULES if FORBIDDEN_NAMES.fullmatch(m.stem)]


def named(module: Path) -> Iterator[str]:
    """Every name that a module gives; not those of the facts of messages.

    The seals of explanations are hashes of facts by their names: other names, and explanations
    that were given would count as out of date.
    """
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def test_a_name_says_what_a_thing_is() -> None:
    bare = {(m.name, name) for m in MODULES for name in named(m) if name.strip("_") in PARTICIPLES}
    assert bare == set()
    assert not [module.name for module in MODULES if module.stem in PARTICIPLES]


def types_of(module: ast.Module) -> Iterator[str]:
    """The public classes of a module, and the types that it gives a name to."""
    for node in module.body:
        names = [node.name] if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [name.id for name in targets if isinstance(name, ast.Name)]
        yield from filter(TYPE_NAME.fullmatch, names)


def namesakes(modules: Mapping[str, ast.Module]) -> dict[str, list[str]]:
    """The types that several modules call by one name, with these modules."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name, module in modules.items():
        for kind in types_of(module):
            owners[kind].append(name)
    return {kind: names for kind, names in owners.items() if len(names) > 1}


def test_no_two_modules_call_two_types_by_one_name() -> None:
    sources = {"sheets": "class Row: ...\nclass _Line: ...\nPart = str | None\nTOP = 1",
               "html": "class Row: ...\nclass _Line: ...\nclass Cell: ...\nTOP = 2",
               "pdf": "Part: TypeAlias = int\nCell = None"}  # fmt: skip
    planted = namesakes({name: ast.parse(source) for name, source in sources.items()})
    assert planted == {
        "Row": ["sheets", "html"],
        "Part": ["sheets", "pdf"],
        "Cell": ["html", "pdf"],
    }
    assert namesakes({str(module.relative_to(ROOT)): tree(module) for module in MODULES}) == {}


def constants_of(module: ast.Module) -> Iterator[str]:
    """The constants that a module defines, those of a pair too."""
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                names = (name.id for name in ast.walk(target) if isinstance(name, ast.Name))
                yield from filter(CONSTANT.fullmatch, names)


def test_a_constant_says_of_what_it_is_the_most() -> None:
    planted = "MOST, FEWEST_ROWS = 3, 2\nMOST_ROWS: int = 4\n_LONGEST: int = 5\nlast = 1"
    assert bare_constants(ast.parse(planted)) == {"MOST", "_LONGEST"}
    bare = {str(m.relative_to(ROOT)): names for m in MODULES if (names := bare_constants(tree(m)))}
    assert bare == {}


def bare_constants(module: ast.Module) -> set[str]:
    return {name for name in constants_of(module) if name.strip("_") in BARE_WORDS}


def test_no_more_than_two_modules_define_constants_of_one_name() -> None:
    planted = {
        "a": "TOP, T = 1, 2",
        "b": "TOP: int = 2",
        "c": "if True:\n    TOP = 3",
        "d": "TOP = 4",
    }
    assert repeated_constants({n: ast.parse(s) for n, s in planted.items()}) == {
        "TOP": ["a", "b", "d"]
    }
    sources = {str(m.relative_to(ROOT)): tree(m) for m in MODULES if not m.is_relative_to(EDITIONS)}
    assert repeated_constants(sources) == {}


def repeated_constants(sources: dict[str, ast.Module]) -> dict[str, list[str]]:
    """The names that constants of more than two modules have, with these modules."""
    modules: dict[str, list[str]] = {}
    for name, module in sources.items():
        for constant in set(constants_of(module)):
            modules.setdefault(constant, []).append(name)
    return {constant: names for constant, names in modules.items() if len(names) > 2}


def test_every_package_says_what_lives_there() -> None:
    packages = list(PACKAGE.rglob("__init__.py"))
    assert packages
    for package in packages:
        assert ast.get_docstring(tree(package)), package


def test_both_languages_say_the_same_things_with_the_same_facts() -> None:
    assert english_keys() - wording.keys("zh") == set()
    assert {key for key in wording.keys("zh") - wording.keys("en") if not is_page(key)} == set()
    for key in wording.keys("en"):
        facts = [set(re.findall(r"\{(\w+)", wording.text(lang, key))) for lang in ("zh", "en")]
        assert facts[0] == facts[1], key


def english_keys() -> frozenset[str]:
    return wording.keys("en")


def is_page(key: str) -> bool:
    """A rule's page in English is its docstring."""
    return key.startswith("rule.") and key.rpartition(".")[2] in ("why", "bad", "good")


def test_every_key_that_is_said_has_words() -> None:
    keys = set()
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        keys |= set(re.findall(r'\bsay\(\s*"([\w.]+)"\s*[,)]', text))
        keys |= {f"error.{key}" for key in re.findall(r'\bUserError\(\s*"(\w+)"', text)}
    assert {"error.damaged", "place.comma"} <= keys
    assert keys - wording.keys("zh") == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_of_rules_is_the_catalogue(language: str) -> None:
    with wording.speaking(language):
        made = rules_as_markdown()
    path = PACKAGE / "rules" / f"CATALOGUE.{language}.md"
    if os.environ.get("XLPERF_REGENERATE") == "1":
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert build("zh").commands
    for name in build("zh").commands:
        assert f"xlperf {name}" in readme, name


def test_top_level_holds_only_what_was_agreed() -> None:
    agreed = {"pyproject.toml", "xlperf", "workbook_templates", "macros", "tests", "README.md",
              "LICENSE", "CHANGELOG.md", "pylock.toml"}  # fmt: skip
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    if not listed:
        pytest.skip("not a git checkout")
    tops = {line.partition("/")[0].strip('"') for line in listed}
    assert {top for top in tops if not top.startswith(".")} <= agreed


def test_floors_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_xlwings_is_pinned_and_the_other_libraries_leave_room() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {line.partition("==")[0] for line in project["dependencies"] if "==" in line}
    assert pinned == {"xlwings"}


def test_every_place_that_the_readme_names_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:xlperf|macros|tests|workbook_templates)/[^`\s]*)`", readme))
    plain = {place for place in named if not re.search(r"[A-Z]{4,}|[*]", place)}
    assert len(plain) > 10
    assert [place for place in sorted(plain) if not (ROOT / place).exists()] == []


def test_the_house_on_one_screen_names_every_package() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (screen,) = re.findall(r"```\nxlperf/\n(.*?)```", readme, re.DOTALL)
    packages = {init.parent.name for init in PACKAGE.rglob("__init__.py")} - {"xlperf"}
    assert [name for name in sorted(packages) if f"{name}/" not in screen] == []


def test_only_the_steps_of_a_place_are_joined_without_a_mark() -> None:
    """In Chinese the parts of a place follow each other bare; words in a list never do."""
    with wording.speaking("zh"):
        assert wording.say("place.comma") == ""
    users = [
        str(module.relative_to(PACKAGE))
        for module in MODULES
        if "place.comma" in module.read_text("utf-8")
    ]
    assert users == ["reading.py"]


def test_every_exception_of_ours_has_one_base_and_is_called_an_error() -> None:
    """`except XlperfError` catches all that we raise ourselves, and no other."""
    bases = {
        node.name: {ast.unparse(base) for base in node.bases}
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ClassDef)
    }
    direct = {name for name, above in bases.items() if above & BUILT_IN_EXCEPTIONS}
    assert direct == {"XlperfError"}
    ours, before = {"XlperfError"}, set[str]()
    while ours != before:
        before, ours = ours, ours | {name for name, above in bases.items() if above & ours}
    assert {"UserError", "EvaluationError", "ExcelRefusalError"} < ours
    assert not [name for name in ours if not name.endswith("Error")]
