"""The help and the complaints of the command line, in the user's language throughout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

from xlperf import error_log, wording
from xlperf.__main__ import run
from xlperf.cli import build
from xlperf.cli.localized import wrapped
from xlperf.wording import official_table, say

PROPER_NAMES = {
    "xlperf",
    "Excel",
    "WPS",
    "NSIS",
    "LibreOffice",
    "Ctrl",
    "C",
    "Word",
    "Windows",
    "Python",
    "python.org",
    "SHA-256",
    "UTF-8",
    "Dask",
    "Parquet",
}
FORMATS = {
    "JSON",
    ".docx",
    ".html",
    ".txt",
    ".pdf",
    ".xlsx",
    ".json",
    ".xlam",
    ".zip",
    ".whl",
    ".exe",
}
FILE_NAMES = {"xlperf-demo", "xlperf.toml", "python-3.x.y-embed-amd64.zip"}
PLACEHOLDERS = {"N", "tcp", "host"}  # in “--blank N”, “tcp://host:8786”
COMPLETION = {".bashrc", "eval", "_XLPERF_COMPLETE", "bash_source", "zsh_source", "fish_source",
              "bash", "zsh", "fish", "Tab"}  # fmt: skip
ASCII_WORD = re.compile(r"\.?[A-Za-z_](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
QUOTED = re.compile("“[^”]*”")


def every_command(language: str) -> Iterator[tuple[list[str], click.Command]]:
    with wording.speaking(language):
        root = build("zh")
    yield [], root
    for name, command in root.commands.items():
        yield [name], command
        if isinstance(command, click.Group):
            yield from (
                ([name, below], subcommand) for below, subcommand in command.commands.items()
            )


def words_of(command: click.Command) -> set[str]:
    """Names of a command, its options and their choices, and of the commands below it."""
    words = {"h", "help", *(getattr(command, "commands", ()))}
    for parameter in command.params:
        words |= {name.lstrip("-") for name in parameter.opts}
        words |= set(getattr(parameter.type, "choices", ()))
    return words


@pytest.mark.parametrize("path", [" ".join(path) for path, _ in every_command("zh")])
def test_chinese_help_has_no_english_word(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = next(one for names, one in every_command("zh") if " ".join(names) == path)
    assert run([*path.split(), "--help", "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    before, heading, after = shown.partition("示例：\n")
    assert heading and "用法：" in before and "显示本帮助" in before
    examples, _, rest = after.partition("\n\n")
    assert all(line.startswith("  xlperf ") for line in examples.splitlines())
    allowed_words = {*PROPER_NAMES, *FORMATS, *FILE_NAMES, *PLACEHOLDERS, *COMPLETION,
             *path.split(), *words_of(command)}  # fmt: skip
    allowed_words |= {"zh", "en", "lang", "here"}
    assert {
        word for word in ASCII_WORD.findall(before + rest) if word not in allowed_words
    } == set()


@pytest.mark.parametrize("path", [" ".join(path) for path, _ in every_command("en")])
def test_english_help_has_an_example_and_no_chinese(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*path.split(), "--help", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Usage: " in shown and f"Examples:\n  xlperf {path}".rstrip() in shown
    headings = {name for names in official_table("list_headings").values() for name in names}
    for name in sorted({*headings, *MONEY_UNITS}, key=len, reverse=True):
        shown = shown.replace(name, "")  # what a list's headings may say, in any language
    assert not re.search("[\u4e00-\u9fff]", shown)


MONEY_UNITS = ("万元",)


def test_every_command_is_listed_under_a_task() -> None:
    groups = [one for _, one in every_command("zh") if isinstance(one, click.Group)]
    assert groups
    for command in groups:
        tasks = getattr(command, "tasks")  # noqa: B009
        placed = [name for names in tasks.values() for name in names]
        assert sorted(placed) == sorted(command.commands)


def test_the_examples_of_the_help_are_commands_that_there_are() -> None:
    for language in wording.LANGUAGES:
        commands = {" ".join(path): command for path, command in every_command(language)}
        examples = [key for key in wording.keys(language) if key.startswith("example.")]
        assert len(examples) >= len(commands) // 2
        for key in examples:
            for line in wording.text(language, key).splitlines():
                words = line.split()
                path = " ".join(words[1:3]) if words[1] in ("addin", "begin") else words[1]
                options = {word for word in words if word.startswith("-")}
                names = {name for parameter in commands[path].params for name in parameter.opts}
                assert options <= names, line


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rolup", "a"], "xlperf 没有“rolup”这个命令，是不是想用“rollup”？"),
        (["zzz"], "xlperf 没有“zzz”这个命令。"),
        (["addin", "instal"], "xlperf addin 没有“instal”这个命令，是不是想用“install”？"),
        (["read", "a.xlsx"], "缺少“-o --output”。"),
        (["validate"], "缺少“文件…”。"),
        (["explain"], "缺少“规则编号”。"),
        (["read", "a.xlsx", "-o"], "选项“-o”后面要写一个值。"),
        (["read", "a.xlsx", "b", "-o", "c"], "多写了“b”，这里用不着。"),
        (["validate", "--only-errors=1", "a"], "选项“--only-errors”后面不写值，"),
        (["validate", "--formt", "x"], "没有“--formt”这个选项，是不是想写“--format”？"),
        (["validate", "--qqqq"], "没有“--qqqq”这个选项。"),
        (["generate", "--blank", "x", "-o", "a"], "“--blank”的值应为整数，如 5。"),
        (["validate", "--format", "xml", "a"], "“--format”的值不对，可用的有：text、json、"),
    ],
)
def test_what_is_wrong_with_a_command_is_said_in_chinese(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--lang", "zh"]) == 2
    message = capsys.readouterr().err
    assert message.startswith(sentence) and "--help" in message
    outside = QUOTED.sub("", message)
    assert set(ASCII_WORD.findall(outside)) <= {"xlperf", "addin", "help", *arguments,
                                                "text", "json", "sarif", "html",
                                                "plan"}  # fmt: skip


def test_a_command_without_anything_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "zh"]) == 0
    assert "检查与改正" in capsys.readouterr().out


def test_lines_are_broken_by_what_signs_take_up() -> None:
    text = "把主工作簿读回为记录，内容不丢。Python 3.11 以上（即新版）。"
    lines = wrapped(text, 20)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= 22 for line in lines)  # a sign that may not start a line hangs
    assert not any(line[0] in "，。）" for line in lines)
    assert wrapped("", 20) == [""]


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
def test_bash_completes_commands_and_options(tmp_path: Path) -> None:
    folder = Path(sys.executable).parent
    ask = "COMPREPLY=(); COMP_WORDS=({}); COMP_CWORD={}; _xlperf_completion xlperf\n"
    show = 'echo "${COMPREPLY[@]}"\n'
    lines = ("xlperf ro", 1), ("xlperf validate --form", 2), ("xlperf addin in", 2)
    script = 'eval "$(_XLPERF_COMPLETE=bash_source xlperf)"\n'
    script += "".join(ask.format(*line) + show for line in lines)
    if not (folder / "xlperf").exists():
        pytest.skip("xlperf is not installed beside this Python")
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env={**os.environ, "PATH": path}, cwd=tmp_path,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split("\n")[:3] == ["rollup", "--format", "install"], done.stderr


def test_an_unexpected_error_goes_to_the_one_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("遗漏")

    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(tmp_path))
    monkeypatch.setattr("xlperf.terminal.results.print_rules", broken)
    for _ in range(2):
        assert run(["rules", "--lang", "zh"]) == 2
        assert str(tmp_path / "xlperf" / "xlperf.log") in capsys.readouterr().err
    log = (tmp_path / "xlperf" / "xlperf.log").read_text(encoding="utf-8")
    assert log.count("ZeroDivisionError: 遗漏") == 2
    assert [path.name for path in (tmp_path / "xlperf").iterdir()] == ["xlperf.log"]


def test_the_log_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(tmp_path))
    error_log.note("x")
    for _ in range(3):
        error_log.place().write_text("x" * (error_log.MOST_LOG_BYTES + 1), encoding="utf-8")
        error_log.note("x")
    assert error_log.place().stat().st_size < 1000
    assert len(list(error_log.place().parent.iterdir())) == 2


def test_a_log_that_cannot_be_written_is_no_second_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(blocked))
    assert error_log.note("x") is None


def test_a_mark_of_an_option_is_in_the_users_language() -> None:
    for language in wording.LANGUAGES:
        with wording.speaking(language):
            assert say("help.required").strip() in build("zh").commands["read"].get_help(
                click.Context(build("zh").commands["read"], info_name="read")
            )


def test_the_doctor_says_where_the_log_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(tmp_path))
    run(["addin", "doctor", "--lang", "zh"])
    assert f"日志：{tmp_path / 'xlperf' / 'xlperf.log'}" in capsys.readouterr().out
