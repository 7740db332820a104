"""Runs an input in a process of its own, bounded in time and memory, and judges what came of it."""

from __future__ import annotations

import importlib
import os
import pkgutil
import resource
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import xlperf
from tests.fuzz.inputs import Input, record
from xlperf import rules
from xlperf.__main__ import run
from xlperf.publishing import pdf
from xlperf.reading import Reading
from xlperf.rules import core as rules_core

SECONDS = 20  # of the processor, for one command
PATIENCE = 200  # seconds by the clock, however busy the machine is
MEMORY = 3 * 2**30
BY_EXCEL_ALONE = ("xlperf.live", "xlperf.addin", "xlperf._shipped")
TEMPORARY = "temporary"  # where a command finds a place for temporary files
ASIDE = "未校验"  # of several files, one that could not be checked: each has its line
CRASHED = ("Traceback", "意料之外", "Exception ignored", "Warning:")


@dataclass(frozen=True)
class Done:
    """A command that has run: where, with which status (below 0: a signal), what it said."""

    words: list[str]
    folder: Path
    status: int
    out: str
    err: str


def faults(made: Input, keep: Path | None = None) -> list[str]:
    """What is wrong with how the commands treat an input; nothing if all is well."""
    with _folder(keep) as folder:
        for name, data in made.files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
        output = ""
        for words in made.commands:
            status, out, err = _run(words, folder)
            output += out + err
            done = Done(words, folder, status, out, err)
            amiss = list(_amiss(made, done))
            if amiss or status == 2:
                return amiss
        return [*_lost(made, folder, output)]


@cache
def warm() -> None:
    """Load here what every process would load for itself: modules, word lists, patterns."""
    for module in pkgutil.walk_packages(xlperf.__path__, "xlperf."):
        if not module.name.startswith(BY_EXCEL_ALONE):
            importlib.import_module(module.name)
    importlib.import_module("jsonschema")
    reading = Reading(record(), source="x")
    rules_core.run(reading, rules.catalogue().values())


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name).resolve()


def _run(words: list[str], folder: Path) -> tuple[int, str, str]:
    """A command's status (below 0: the signal that ended it), and what it said."""
    warm()
    temporary = folder / TEMPORARY
    temporary.mkdir(exist_ok=True)
    out, err = (folder.parent / f"{folder.name}.{name}" for name in ("out", "err"))
    child = os.fork()
    if child == 0:
        _become(words, folder, out, err)
    _, status = os.waitpid(child, 0)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in (out, err)]
    for path in (out, err):
        path.unlink()
    return os.waitstatus_to_exitcode(status), *texts


def _become(words: list[str], folder: Path, out: Path, err: Path) -> None:
    """Run the command in this process, and end it."""
    status = 99
    try:
        for path, descriptor in ((out, 1), (err, 2)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
        own_streams()
        os.chdir(folder)
        os.environ.update(TMPDIR=str(folder / TEMPORARY), XLPERF_LANG="zh")
        tempfile.tempdir = None
        pdf.office_program = lambda: ""  # a page's number is not what is tried here
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(PATIENCE)
        status = run(words)
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        flush()
        os._exit(status)


def own_streams() -> None:
    """Standard output and error as a new process has them, whoever took them here."""
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115


def flush() -> None:
    """Write out what was said."""
    sys.stdout.flush()
    sys.stderr.flush()


def _amiss(made: Input, done: Done) -> Iterator[str]:
    folder, status, out, err = done.folder, done.status, done.out, done.err
    if status < 0:
        ends = {-signal.SIGXCPU: "hang", -signal.SIGALRM: "hang", -signal.SIGKILL: "hang"}
        yield ends.get(status, f"signal {-status}")
        return
    if status not in (0, 1, 2):
        yield f"status {status}"
    if any(sign in err for sign in CRASHED):
        logs = [log.read_text(encoding="utf-8") for log in (folder / TEMPORARY).glob("*.log")]
        yield f"unexpected: {logs[-1][-500:] if logs else err[-300:]}"
    sentences = [line for line in err.strip().splitlines() if not line.startswith(ASIDE)]
    if status == 2 and len(sentences) > 1:
        yield f"not one sentence: {err[-300:]}"
    if "\x1b" in out + err or "\x9b" in out + err:
        yield "control characters for a terminal"
    for name, data in made.files.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != data:
            yield f"input changed: {name}"
    yield from _left_behind(made, done)


def _left_behind(made: Input, done: Done) -> Iterator[str]:
    folder, words = done.folder, done.words
    if left := [path.name for path in (folder / TEMPORARY).iterdir() if path.suffix != ".log"]:
        yield f"temporary files left: {left}"
    now = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    now = {name for name in now if not name.startswith(TEMPORARY)}
    before = {name for command in made.commands for name in command} | made.files.keys()
    if "demo" in words or "addin" in words:
        return
    if strange := [name for name in now - before if name not in ("o.json", "r.xlsx")]:
        yield f"files left: {strange}"
    if done.status == 2 and words == made.commands[0] and (half := now - made.files.keys()):
        yield f"refused, but written: {half}"


def _lost(made: Input, folder: Path, output: str) -> Iterator[str]:
    if made.words:
        record = (folder / "o.json").read_text(encoding="utf-8")
        if lost := [word for word in made.words if word not in record and word not in output]:
            yield f"lost words: {lost}"
