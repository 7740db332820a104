"""The bundle as one setup program for Windows, made by makensis (NSIS) on any system.

For one user or for all, silent on demand, with an entry in Windows' list of programs. It is not
signed: that needs a certificate of the office that hands it out.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from xlperf import wording
from xlperf.errors import UserError
from xlperf.storage.files import shipped, write_whole

SCRIPT = "setup.nsi"
SUFFIX = ".exe"
SENTENCE_PLACEHOLDER = re.compile(r"@(\w+)@")
SETUP_SECONDS = 900  # s
MOST_UNPACKED_BYTES = 500 * 2**20  # bytes of an embeddable Python, unpacked


def makensis() -> str:
    """NSIS's compiler. Raises UserError where it is not installed."""
    program = shutil.which("makensis")
    if program is None:
        raise UserError("setup_no_nsis")
    return program


def unpack(python: Path, folder: Path) -> None:
    """Put an embeddable Python into a folder, so that Windows need not unpack it.

    Raises UserError for one that would be too large.
    """
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(python) as archive:
        if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED_BYTES:
            raise UserError("bundle_python_content", file=python)
        archive.extractall(folder)


def compile_setup(folder: Path, version: str, output: Path) -> None:
    """Write the setup of a bundle's folder, its Python unpacked in `python`.

    Raises UserError where makensis is not there or refuses.
    """
    program = makensis()
    work = folder.parent / f"{folder.name}-setup"
    work.mkdir()
    script, removed = work / SCRIPT, work / "removed.nsh"
    text = shipped("macros", "bundle", SCRIPT).read_text(encoding="utf-8")
    script.write_text(SENTENCE_PLACEHOLDER.sub(_word, text), encoding="utf-8-sig")
    names = [path.name for path in sorted(folder.iterdir()) if path.is_file()]
    lines = [f'  Delete "$INSTDIR\\{name}"\n' for name in names]
    removed.write_text("".join(lines), encoding="utf-8-sig")
    defined = {
        "FOLDER": folder,
        "REMOVED": removed,
        "VERSION": version,
        "NUMBERS": _numbers(version),
    }
    write_whole(output, lambda target: _run(program, script, {**defined, "OUTPUT": target}))


def _run(program: str, script: Path, defined: dict[str, object]) -> None:
    options = [f"-D{key}={value}" for key, value in defined.items()]
    process = subprocess.run(  # noqa: S603 - NSIS's own program
        [program, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, str(script)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=SETUP_SECONDS,
        check=False,
    )
    if process.returncode:
        lines = (process.stdout + process.stderr).strip().splitlines() or ["-"]
        raise UserError("setup_refused", why=lines[-1])


def _word(hole: re.Match[str]) -> str:
    """A sentence for a double-quoted text of NSIS."""
    sentence = wording.text(wording.language(), f"bundle.{hole[1]}")
    return sentence.replace("$", "$$").replace('"', '$\\"').replace("\n", "$\\r$\\n")


def _numbers(version: str) -> str:
    """A version as Windows has it: four numbers."""
    numbers = re.findall(r"\d+", version)[:4]
    return ".".join([*numbers, *["0"] * (4 - len(numbers))])
