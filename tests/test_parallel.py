"""Many files side by side: the same results in the same order, whatever happens to a process."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from xlperf import wording
from xlperf.__main__ import run
from xlperf.canonical import dumps
from xlperf.errors import UserError
from xlperf.jobs.many_files import parallel as side
from xlperf.jobs.many_files.parallel import FILES_PER_PROCESS, in_parallel
from xlperf.record import Raw
from xlperf.rules.message_facts import money

FILES = [Path(f"{n}.xlsx") for n in range(3 * FILES_PER_PROCESS)]


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side, "cores", lambda: 2)


def process_of(path: Path) -> tuple[str, str, int]:
    """What a process can tell of itself."""
    return path.name, wording.language(), os.getpid()


def refusing(path: Path) -> str:
    if path.stem == "5":
        raise UserError("no_file", file=path)
    return path.name


def dying(path: Path, here: int) -> str:
    """Ends its process in the middle of the work, but never this one."""
    if path.stem == "5" and os.getpid() != here:
        os._exit(9)
    return path.name


def test_an_amount_goes_from_one_process_to_another_whole() -> None:
    amount = pickle.loads(pickle.dumps(money(Decimal("7804247.5"))))
    assert (amount, amount.settled) == ("7,804,247.50", "7804247.50")


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_results_come_in_order_from_processes_that_speak_as_this_one(language: str) -> None:
    with wording.speaking(language):
        names, languages, processes = zip(*in_parallel(process_of, FILES), strict=True)
    assert list(names) == [path.name for path in FILES]
    assert set(languages) == {language}
    assert os.getpid() not in processes and len(set(processes)) <= 2


@pytest.mark.parametrize(
    ("files", "most"), [(FILES[: 2 * FILES_PER_PROCESS - 1], 8), (FILES, 1), ([], 8)]
)
def test_for_few_files_no_process_is_started(files: list[Path], most: int) -> None:
    assert {process for _, _, process in in_parallel(process_of, files, most)} <= {os.getpid()}


def test_a_refusal_comes_when_it_is_its_turn() -> None:
    results = in_parallel(refusing, FILES)
    assert [next(results) for _ in range(5)] == [path.name for path in FILES[:5]]
    with pytest.raises(UserError) as caught:
        next(results)
    assert (caught.value.key, caught.value.facts) == ("no_file", {"file": FILES[5]})


def test_a_refusal_is_the_same_when_it_has_travelled() -> None:
    there = pickle.loads(pickle.dumps(UserError("no_file", file=Path("它.xlsx"), n=1)))
    assert isinstance(there, UserError)
    assert (there.key, there.facts) == ("no_file", {"file": Path("它.xlsx"), "n": 1})
    assert there.args == UserError("no_file", file=Path("它.xlsx"), n=1).args


def test_a_file_that_ends_its_process_is_told_and_the_others_are_done() -> None:
    done = in_parallel(
        partial(dying, here=os.getpid()), FILES, on_death=lambda path: f"{path.name}?"
    )
    assert list(done) == ["5.xlsx?" if path.stem == "5" else path.name for path in FILES]


def test_a_file_that_ends_its_process_is_refused_where_nothing_is_said_of_it() -> None:
    done = in_parallel(partial(dying, here=os.getpid()), FILES)
    assert [next(done) for _ in range(5)] == [path.name for path in FILES[:5]]
    with pytest.raises(UserError) as caught:
        next(done)
    assert (caught.value.key, caught.value.facts) == ("process_ended", {"file": FILES[5]})


def test_nothing_beside_the_files_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("multiprocessing", "openpyxl", "xlperf"):
        (tmp_path / f"{name}.py").write_text("print('planted')\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    assert [name for name, _, _ in in_parallel(process_of, FILES)] == [path.name for path in FILES]
    assert "planted" not in capfd.readouterr().out
    assert "PYTHONSAFEPATH" not in os.environ


def test_the_rest_is_done_here_when_no_process_can_be_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(side, "ProcessPoolExecutor", refuse)
    assert {process for _, _, process in in_parallel(process_of, FILES)} == {os.getpid()}


def test_commands_give_the_same_by_one_process_and_by_two(
    small: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{n}.json" for n in range(2 * FILES_PER_PROCESS)]
    for n, path in enumerate(files):
        path.write_text(dumps({**small, "overall_goal": f"第{n}版。"}), "utf-8")
    names = [str(path) for path in files]
    validated = check_both(
        monkeypatch,
        lambda out: run(["validate", *names, "--format", "json", "-o", str(out)]),
        tmp_path / "findings.txt",
    )
    assert '"files": 8' in validated
    files[3].write_bytes(b"nothing")
    shutil.copy(files[4], files[5])
    added = check_both(
        monkeypatch, lambda out: run(["rollup", *names, "--json", str(out)]), tmp_path / "sum.txt"
    )
    assert "3.json" in added and "5.json" in added


def check_both(monkeypatch: pytest.MonkeyPatch, work: Callable[[Path], int], target: Path) -> str:
    """What a command writes, the same by one process as by two."""
    written = []
    for number in (1, 2):
        monkeypatch.setattr(side, "cores", lambda n=number: n)
        assert work(target) == 1
        written.append(target.read_text("utf-8"))
    assert written[0] == written[1]
    return written[0]


PLANTED = ("multiprocessing", "concurrent", "tempfile", "click", "openpyxl", "decimal", "xlperf")
COMMAND = ["-P", "-c", "import sys; from xlperf.__main__ import main; main()"]  # as `xlperf` is


@pytest.mark.parametrize("start", [["-m", "xlperf"], COMMAND])
def test_nothing_that_lies_beside_the_inputs_is_imported(
    small: Raw, tmp_path: Path, start: list[str]
) -> None:
    """Enough files for two processes, in the folder that is worked in, with modules among them."""
    inputs, ran = tmp_path / "in", tmp_path / "ran"
    inputs.mkdir()
    for n in range(2 * FILES_PER_PROCESS):
        (inputs / f"{n}.json").write_text(dumps({**small, "overall_goal": f"第{n}版。"}), "utf-8")
    names = [path.name for path in inputs.iterdir()]
    for name in PLANTED[:-1] if "-m" in start else PLANTED:
        (inputs / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write('{name} ')", "utf-8")
    done = subprocess.run(
        [sys.executable, *start, "rollup", *names, "--json", str(tmp_path / "r.json")],
        cwd=inputs,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not ran.exists(), ran.read_text("utf-8")
    assert done.returncode == 1, done.stderr  # the same projects in every file
    assert "Traceback" not in done.stderr
    assert '"projects": 24' in (tmp_path / "r.json").read_text("utf-8")
