"""`python -m tests.fuzz.kills`: commands are killed at random moments, and run again.

No half file may stand where the result should, and after the next run nothing else may be left:
neither in the folder nor where temporary files are, nor a process.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from tests.fuzz.inputs import originals

COMMANDS = {
    "generate": ["generate", "in.json", "-o", "out.xlsx"],
    "fix": ["fix", "in.xlsx", "-o", "out.xlsx", "--unsafe"],
    "repair": ["repair", "hurt.xlsx", "-o", "out.xlsx"],
    "rollup": ["rollup", "many", "-o", "out.xlsx", "--json", "out.json"],
    "publish": ["publish", "in.xlsx", "-o", "out.html"],
}
OLD = b"what stood there before"
MANY = 8  # workbooks: enough for several processes
TEMPORARY = "temporary"


def prepare(folder: Path) -> None:
    """Everything that the commands read, and old results that a kill must not harm."""
    (folder / "many").mkdir()
    (folder / TEMPORARY).mkdir()
    (folder / "in.json").write_bytes(originals()["json"])
    for path in ("in.xlsx", *(f"many/{number}.xlsx" for number in range(MANY))):
        # one byte more behind the zip's end is a file of its own
        (folder / path).write_bytes(originals()["xlsx"])
    hurt(folder / "in.xlsx", folder / "hurt.xlsx")


def hurt(source: Path, target: Path) -> None:
    """A workbook that has lost a name, so that `repair` has something to do."""
    book = load_workbook(source)
    sheet = next(s for s in book.worksheets if "XPF_budget" in s.defined_names)
    del sheet.defined_names["XPF_budget"]
    book.save(target)


def results(words: list[str]) -> list[str]:
    """The files that a command writes."""
    return [word for word in words if word.startswith("out.")]


def start(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    environment = {**os.environ, "TMPDIR": str(folder / TEMPORARY), "PYTHONPATH": str(Path.cwd())}
    return subprocess.Popen(
        [sys.executable, "-m", "xlperf", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def faults(words: list[str], folder: Path, seconds: float) -> Iterator[str]:
    """Kill a command after a while, run it again, and say what is wrong."""
    for name in results(words):
        (folder / name).write_bytes(OLD)
    before = listing(folder)
    process = start(words, folder)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    yield from survivors(process.pid)
    for name in results(words):
        data = (folder / name).read_bytes()
        if data not in (OLD, whole(words, name)) and not same(data, whole(words, name)):
            yield f"half a file: {name}, {len(data)} bytes"
    status = start(words, folder).wait()
    if status not in (0, 1):
        yield f"the next run ends with {status}"
    if left := listing(folder) - before:
        yield f"left behind: {sorted(left)}"


def survivors(session: int) -> Iterator[str]:
    """Processes that outlive the one that started them for long."""
    for _ in range(100):
        alive = [
            pid
            for pid in (int(p.name) for p in Path("/proc").iterdir() if p.name.isdecimal())
            if in_session(pid, session)
        ]
        if not alive:
            return
        time.sleep(0.1)
    yield f"processes that go on: {alive}"
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def in_session(process: int, session: int) -> bool:
    try:
        return os.getsid(process) == session
    except OSError:
        return False


def same(data: bytes, reference: bytes) -> bool:
    """Whether two workbooks are the same but for the day and hour that they were made."""
    try:
        return parts(data) == parts(reference)
    except zipfile.BadZipFile:
        return False


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, without the one that says when it was made."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = (name for name in archive.namelist() if name != "docProps/core.xml")
        return {name: archive.read(name) for name in names}


REFERENCES: dict[tuple[str, str], bytes] = {}


def whole(words: list[str], name: str) -> bytes:
    """The result as an undisturbed run writes it."""
    return REFERENCES[words[0], name]


def listing(folder: Path) -> set[str]:
    """Every file and folder there is, hidden ones too."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.kills", description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    amiss = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        prepare(folder)
        usual = {}
        for command, words in COMMANDS.items():
            begun = time.monotonic()
            start(words, folder).wait()
            usual[command] = time.monotonic() - begun
            for result in results(words):
                REFERENCES[command, result] = (folder / result).read_bytes()
                (folder / result).unlink()
        for number in range(options.count):
            random = Random(f"{options.seed}/{number}")
            command, words = list(COMMANDS.items())[number % len(COMMANDS)]
            # the end of a run is where files are written
            seconds = usual[command] * random.choice((random.random(), random.uniform(0.7, 1.05)))
            for fault in faults(words, folder, seconds):
                amiss += 1
                print(f"{number} {command} killed after {seconds:.2f} s: {fault}", flush=True)
            for result in results(words):
                (folder / result).unlink(missing_ok=True)
    print(f"{options.count} kills, {amiss} faults")
    return 1 if amiss else 0


if __name__ == "__main__":
    sys.exit(main())
