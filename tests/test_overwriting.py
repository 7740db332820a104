"""No command writes over what it reads, nor two results to one file, however they are spelled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
import pytest

from xlperf.__main__ import run
from xlperf.cli import build
from xlperf.cli.frame import OutputFile

SPELLINGS = ("same", "relative", "roundabout", "symlink", "hardlink", "upper")


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name)


def parameters(name: tuple[str, ...]) -> list[click.Parameter]:
    command: click.Command = build("zh")
    for step in name:
        assert isinstance(command, click.Group)
        command = command.commands[step]
    return command.params


def paths(name: tuple[str, ...], *, written: bool) -> list[click.Parameter]:
    return [
        parameter
        for parameter in parameters(name)
        if isinstance(parameter.type, click.Path)
        and isinstance(parameter.type, OutputFile) == written
    ]


PAIRS = [
    (name, read, written)
    for name in commands(build("zh"))
    for read, written in product(paths(name, written=False), paths(name, written=True))
]
TWO_RESULTS = [
    (name, *written)
    for name in commands(build("zh"))
    if len(written := paths(name, written=True)) > 1
]


def words(name: tuple[str, ...], values: dict[str, str]) -> list[str]:
    """A command with paths for some parameters, and for those that it needs besides."""
    arguments = list(name)
    for parameter in parameters(name):
        value = values.get(parameter.name or "")
        if value is None and parameter.required:
            value = "2030" if parameter.type is click.INT else "another"
        if value is not None:
            arguments += (
                [value] if isinstance(parameter, click.Argument) else [parameter.opts[0], value]
            )
    return arguments


def spelled(path: Path, how: str) -> str:
    """Another path to the same file, where it is the current folder's."""
    beside = path.with_name("other" + path.suffix)
    if how == "symlink":
        beside.symlink_to(path)
    if how == "hardlink":
        beside.hardlink_to(path)
    return {
        "same": str(path),
        "relative": path.name,
        "roundabout": f"{path.parent}/../{path.parent.name}/{path.name}",
        "upper": str(path.with_name(path.name.upper())),
    }.get(how, str(beside))


def test_all_commands_that_read_and_write_files_are_looked_at() -> None:
    assert {name[-1] for name, _, _ in PAIRS} >= {
        "import", "generate", "read", "validate", "fix", "repair", "rollup", "publish", "build"
    }  # fmt: skip
    assert {name[-1] for name, *_ in TWO_RESULTS} == {"validate", "rollup"}


@pytest.mark.parametrize("how", SPELLINGS)
@pytest.mark.parametrize(
    ("name", "read", "written"), PAIRS, ids=lambda x: getattr(x, "name", None) or "-".join(x)
)
def test_no_command_writes_over_what_it_reads(  # noqa: PLR0917
    name: tuple[str, ...],
    read: click.Parameter,
    written: click.Parameter,
    how: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "source.xlsx"
    source.write_bytes(b"whatever it is")
    target = spelled(source, how)
    before = sorted(tmp_path.iterdir())
    values = {read.name or "": str(source), written.name or "": target}
    assert run(words(name, values)) == 2
    output = capsys.readouterr()
    assert output.out == "" and "正是要读取的文件" in output.err
    assert len(output.err.strip().splitlines()) == 1
    assert source.read_bytes() == b"whatever it is"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", [name for name, *_ in TWO_RESULTS], ids="-".join)
def test_no_command_writes_two_results_to_one_file(
    name: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    results = [parameter.name or "" for parameter in paths(name, written=True)]
    for one, other in product(results, results):
        if one != other:
            values = {one: "result.xlsx", other: str(tmp_path / "Result.XLSX")}
            assert run(words(name, {"files": "a.xlsx", **values})) == 2
            assert "后写的会覆盖先写的" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_roll_up_writes_over_no_file_of_the_folder_that_it_reads(
    small_master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = tmp_path / "in" / "deep"
    inner.mkdir(parents=True)
    book, record = inner / "a.xlsx", inner / "a.json"
    book.write_bytes(small_master.read_bytes())
    assert run(["read", str(book), "-o", str(record)]) == 0
    before = {path: path.read_bytes() for path in (book, record)}
    for option, target in (("-o", book), ("--json", record), ("--json", book)):
        assert run(["rollup", str(tmp_path / "in"), option, str(target)]) == 2
        assert "正是要读取的文件" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (book, record)} == before
    assert run(["rollup", str(tmp_path / "in"), "-o", str(inner / "sum.xlsx")]) == 1
    assert run(["rollup", str(inner / "a.xlsx"), "--json", str(inner / "sum.json")]) == 0


def test_no_command_writes_over_the_settings_that_it_reads(
    small_master: Path, tmp_path: Path
) -> None:
    book, settings = tmp_path / "a.xlsx", tmp_path / "xlperf.toml"
    book.write_bytes(small_master.read_bytes())
    settings.write_text('ignore = ["TXT"]\n', "utf-8")
    assert run(["validate", str(book), "--format", "json", "-o", str(settings)]) == 2
    assert settings.read_text("utf-8") == 'ignore = ["TXT"]\n'


def test_files_that_are_not_the_same_are_written_beside_each_other(
    small_master: Path, tmp_path: Path
) -> None:
    book, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.write_bytes(small_master.read_bytes())
    target.write_bytes(b"old")
    assert run(["validate", str(book), "--annotate", str(target), "--fail-on", "never"]) == 0
    assert target.read_bytes().startswith(b"PK")
