"""Single entries of TOML files say what `tomllib` reads in the whole files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import xlperf
from xlperf.toml_entries import entries_of, tables_of, value_of

PACKAGE = Path(xlperf.__file__).parent
CUT = [*PACKAGE.glob("wording/**/*.toml"), *PACKAGE.glob("rules/text/lexicon*.toml")]


def dotted(table: dict[str, Any], above: str = "") -> dict[str, Any]:
    """The entries of a whole file by their dotted keys; tables that stand in a line are values."""
    entries = {}
    for key, value in table.items():
        if isinstance(value, dict) and not (above and {"where", "right"} == value.keys()):
            entries |= dotted(value, f"{above}{key}.")
        else:
            entries[above + key] = value
    return entries


@pytest.mark.parametrize("file", CUT, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_entries_are_those_of_the_whole_file(file: Path) -> None:
    whole = dotted(tomllib.loads(file.read_text(encoding="utf-8")))
    assert {key: value_of(entry) for key, entry in entries_of([file]).items()} == whole != {}


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.toml")), ids=lambda file: file.name)
def test_tables_are_those_of_the_whole_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    whole = tomllib.loads(text)
    assert tables_of(text) == whole
    assert list(tables_of(text)) == list(whole)


@pytest.mark.parametrize(
    "entry",
    [
        'a = "b"  # said first\n# and a remark "of its own"\n',
        'a = "b\\\\d\\n\\"\\u4e00"',
        'a = ["b", "c"]  # "d"]',
        'a = [\n    "b", # "c"\n    "d\\\\",\n    1,\n    [2, "e"],\n]\n',
        "a = [1, 20]\n# remark",
        "a = 'b\\d'",
        "a = '''\nb\\d\n'c'\n'''\n",
        'a = """\nb\\\\d\n"""',
        'a = { b = \'c\\d\', "d e" = "f\\\\g", h = true, i = 12 }  # j = 1}',
        "a = {}",
        "a = []",
        "a = false",
        "a = 83.3",
        "a = [[1.5, 2], [true]]",
        'a = { b = ["c"] }',
        '"a = b" = "c"',
    ],
)
def test_an_entry_says_what_tomllib_reads(entry: str) -> None:
    (value,) = tomllib.loads(entry).values()
    (read,) = tables_of(entry).values()
    assert read == value
    assert type(read) is type(value)


def test_an_entry_may_have_several_lines_quotes_and_remarks(tmp_path: Path) -> None:
    file = tmp_path / "some.toml"
    file.write_text(
        'first = "a"  # said first\n[a.b]\n"x/y" = "b\\"c"\n"" = "none"\n'
        'many = [\n    "d",  # two\n    "e",\n]\n'
        "[c]\n# nothing = here\nlong = '''\n  [c]\n  no = entry\n'''\nnumber = 4\n",
        encoding="utf-8",
    )
    assert {key: value_of(entry) for key, entry in entries_of([file]).items()} == {
        "first": "a",
        "a.b.x/y": 'b"c',
        "a.b.": "none",
        "a.b.many": ["d", "e"],
        "c.long": "  [c]\n  no = entry\n",
        "c.number": 4,
    }


def test_a_table_may_stand_in_two_files_an_entry_in_one_only(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text('[t]\na = "1"\n', encoding="utf-8")
    other.write_text('[t]\nb = "2"\n', encoding="utf-8")
    assert list(entries_of([one, other])) == ["t.a", "t.b"]
    other.write_text('[t]\na = "2"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"t\.a \(other\.toml\)"):
        entries_of([one, other])
