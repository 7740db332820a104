"""One table of fields: what goes through fields asks it, and a new row of it is seen everywhere."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import xlperf
from xlperf import fields
from xlperf.schema import schema

ROOT = Path(xlperf.__file__).resolve().parents[1]
PACKAGE = ROOT / "xlperf"
FORM, FILE = "forms/official/hebei_2021.py", "editions/hebei_2021.toml"
COLUMN = 'field("basis", look="center"),'
ROW = 'basis = { kind = "text", word = "basis", asks = "basis" }\n'
NOTE = 'note = { kind = "text", word = "note", asks = "basis" }\n'
UNTIDY = "按 照  １２号文件执行 "  # two blanks, full-width digits, a blank at the end
FINDINGS = """
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import run
record = {"edition": "hebei-2021", "department": {}, "units": [], "projects": [
    {"indicators": [{"name": "n", "KEY": "TEXT"}]}]}
for found in run(Reading(record), catalogue().values()):
    if found.path[-1] == "KEY":
        print(found.code, found.fix.value if found.fix else "")
"""


def test_the_published_schema_is_what_the_table_gives() -> None:
    path = PACKAGE / "schema" / "record.schema.json"
    made = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("XLPERF_REGENERATE") == "1":
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made


def copy_of_the_package(folder: Path) -> Path:
    """The package, to be changed; its templates as they are."""
    skipped = shutil.ignore_patterns("__pycache__", "_shipped", "CATALOGUE*")
    shutil.copytree(PACKAGE, folder / "xlperf", ignore=skipped)
    for name in ("workbook_templates", "macros"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def add(folder: Path, name: str, after: str, new: str) -> None:
    """Put a line behind another one of a file of the copy."""
    path = folder / "xlperf" / name
    text = path.read_text(encoding="utf-8")
    assert after in text
    path.write_text(text.replace(after, after + new, 1), encoding="utf-8")


def run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """What a script says that imports the copy."""
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def findings(folder: Path, key: str) -> list[str]:
    """Codes and fixes at one field of an indicator that says something untidy."""
    done = run(folder, FINDINGS.replace("KEY", key).replace("TEXT", UNTIDY))
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_rules_on_texts_see_a_new_field_as_they_see_the_old_ones(tmp_path: Path) -> None:
    copy = copy_of_the_package(tmp_path)
    add(copy, "fields.toml", ROW, NOTE)
    lines = findings(copy, "note")
    assert any(line.startswith("STR028") for line in lines)
    assert any(line == "STR028 按 照 12号文件执行" for line in lines)
    assert lines == [line for line in findings(copy, "basis") if not line.startswith("STR011")]


def test_a_new_column_is_asked_for_read_and_kept(tmp_path: Path) -> None:
    copy = copy_of_the_package(tmp_path)
    add(copy, "fields.toml", ROW, NOTE)
    add(copy, FILE, 'basis = "指标值确定依据"\n', 'note = "备注"\n')
    add(copy, FILE, '"projects/indicators" = "level1 level2 name description target basis', " note")
    add(copy, FORM, COLUMN, ' field("note"),')
    add(copy, FORM, '*labels("target basis"),', ' label("note"),')
    text = (copy / "xlperf" / FORM).read_text(encoding="utf-8")
    for old, new in (
        ("(11, 13, 18, 15, 14, 11, 13)", "(11, 13, 18, 15, 14, 11, 13, 9)"),
        ('"title", 7', '"title", 8'),
        ('"yuan", 2', '"yuan", 3'),
        ('field("name", 3, look="center"),', 'field("name", 4, look="center"),'),
        ('field("other", kind="money")', 'field("other", 2, kind="money")'),
        ('"purpose", 6', '"purpose", 7'),
        ('"by_december", 2', '"by_december", 3'),
        ('"spending_plan/12", 2', '"spending_plan/12", 3'),
        ('"goals", 6', '"goals", 7'),
    ):  # fmt: skip
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (copy / "xlperf" / FORM).write_text(text, encoding="utf-8")
    done = run(
        copy,
        """
import tempfile, pathlib
from xlperf.canonical import canonical
from xlperf.documents.parse.project_forms.indicator_rows import STANDARD
from xlperf.forms import edition
from xlperf.workbook.draw.checks.validations import kinds_of
from xlperf.workbook.read import read_workbook
from xlperf.workbook.write import write_master
record = canonical({"edition": "hebei-2021", "department": {"code": "410"}, "projects": [
    {"code": "1", "name": "n", "indicators": [{"note": "b", "basis": "a", "name": "n"}]}]})
print(list(record["projects"][0]["indicators"][0]))
print(STANDARD[-1], kinds_of(edition("hebei-2021").project)["indicators/note"])
path = pathlib.Path(tempfile.mkdtemp()) / "m.xlsx"
write_master(record, path)
print(read_workbook(path).record == record)
""",
    )
    assert done.stdout.splitlines() == ["['name', 'basis', 'note']", "note basis", "True"], (
        done.stderr
    )


def test_a_column_without_an_official_word_is_told_when_the_program_starts(tmp_path: Path) -> None:
    copy = copy_of_the_package(tmp_path)
    add(copy, FORM, '*labels("target basis"),', ' label("note"),')
    done = run(copy, "import xlperf.forms")
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ValueError: edition hebei-2021, form project: no official word")
    assert "'note'" in last


def test_a_column_that_is_no_field_is_told_when_the_program_starts(tmp_path: Path) -> None:
    copy = copy_of_the_package(tmp_path)
    add(copy, FORM, COLUMN, ' field("note"),')
    last = run(copy, "import xlperf.forms").stderr.splitlines()[-1]
    assert "'projects/indicators/note' is no field of the record" in last


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[record]\na = { kind = "txt" }', "unknown kind"),
        ('[record]\na = { kind = "text", colour = "red" }', "property"),
        ('[record]\na = { kind = "group" }', "[a] is missing"),
        ('[record]\na = { kind = "text" }\n[b]\nc = { kind = "text" }', "[b]"),
    ],
)
def test_a_wrong_table_says_which_row_is_wrong(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=r"fields\.toml") as raised:
        fields.read(text)
    assert fault in str(raised.value)


def test_nothing_lists_the_fields_of_an_indicator_or_of_a_project_elsewhere() -> None:
    lists = [
        f"{module.relative_to(PACKAGE)}:{line}"
        for module in sorted(PACKAGE.rglob("*.py"))
        if str(module.relative_to(PACKAGE)) not in MAY_LIST
        and module.parent.name != "forms"  # geometry: where each field stands
        for line in lists_of_fields(module)
    ]
    assert lists == []


MAY_LIST = {
    "rollup/extract.py": "columns of tables that are kept under these names",
    "record.py": "typed views of a record",
    "totals.py": "keys of a roll-up's JSON, which programs read",
    "rules/families/document/structure_formulas.py": "how a cell tells that they are blank",
    "documents/parse/project_forms/project_table.py": "labels, and what may stand beside each",
    "workbook/draw/checks/validations.py": "messages by their own keys",
    "workbook/draw/books/review_book.py": "columns of a sheet that is made",
    "workbook/draw/checks/section_status.py": "parts of a form",
    "formulas/summary_lines.py": "columns of a sheet that is made",
    "formulas/summary_values.py": "columns of a sheet that is made",
    "workbook/draw/books/totals_book.py": "columns of a sheet that is made",
    "workbook/draw/books/survey_book.py": "columns of a sheet that is made",
    "jobs/inputs/containers.py": "what a reading must say to be one",
    "documents/layouts/titles.py": "sections of labels.toml",
    "documents/layouts/indicator_tables/headers.py": "which columns make a table of indicators",
    "documents/layouts/indicator_tables/indicators.py": "columns of texts kept as they are",
    "documents/layouts/recognition.py": "which columns our own layout has",
    "documents/parse/parser.py": "what tells that a form was read",
    "rules/families/document/unfilled.py": "what is blank in a row that nobody filled in",
}
LEAST = 4  # keys of one object in one literal that make a list of fields


def lists_of_fields(module: Path) -> Iterator[int]:
    """The lines of literals that name many keys of an indicator or of a project."""
    objects = [set(fields.keys_of(path)) for path in ("projects", "projects/indicators")]
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            words = node.elts
        elif isinstance(node, ast.Dict):
            words = [key for key in node.keys if key]
        elif isinstance(node, ast.Constant):
            split = str(node.value).split()
            words = [ast.Constant(word) for word in split if set(split) <= set.union(*objects)]
        else:
            continue
        named = {word.value for word in words if isinstance(word, ast.Constant)}
        if any(len(named & keys) >= LEAST for keys in objects):
            yield getattr(node, "lineno", 0)
