"""The bundle's own installer, copied into it as `install.py`: standard library only.

It runs with the bundle's Python, on a machine without internet and without admin rights: verifies
every file against SHA256SUMS, installs the wheels beside it, then lets xlperf install the add-in.
What it says stands in `install.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SUMS_FILE, WORDS_FILE, WHEELS = "SHA256SUMS", "install.json", "wheels"
PACKAGES, SITE = "Lib\\site-packages", "import site"


def wrong_files(folder: Path) -> Iterator[tuple[str, str]]:
    """What is wrong (missing, changed or not listed) and with which file."""
    lines = (folder / SUMS_FILE).read_text(encoding="utf-8").splitlines()
    listed = {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines) if name}
    for name, expected in listed.items():
        file = folder / name
        if not file.is_file():
            yield "missing", name
        elif sha256(file) != expected:
            yield "changed", name
    for file in sorted((folder / WHEELS).iterdir()):
        if f"{WHEELS}/{file.name}" not in listed:
            yield "unlisted", f"{WHEELS}/{file.name}"


def sha256(file: Path) -> str:
    """The sum of a file, read in pieces."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_to_packages(home: Path) -> None:
    """Let an embeddable Python see installed packages: it sees only what its ._pth names."""
    for file in home.glob("python3*._pth"):
        lines = file.read_text(encoding="utf-8").splitlines()
        other_lines = [
            line for line in lines if line and line[0] != "#" and line not in (PACKAGES, SITE)
        ]
        file.write_text("\n".join([*other_lines, PACKAGES, SITE, ""]), encoding="utf-8")


def pip_command(folder: Path, version: str) -> list[str]:
    """pip, run from its own wheel, told to look nowhere but here."""
    (pip,) = (folder / WHEELS).glob("pip-*.whl")
    return [
        *(sys.executable, str(pip / "pip"), "--isolated", "install", "--no-index"),
        *("--find-links", str(folder / WHEELS), "--no-warn-script-location"),
        *("--disable-pip-version-check", "--no-cache-dir", "--force-reinstall"),
        f"xlperf=={version}",
    ]


def say(text: str) -> None:
    """A line for the user, whatever the console can show."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def install(folder: Path, to: str) -> int:
    """Verify, install, put the add-in in place; 0 done, 2 not."""
    words = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
    say(words["verifying"])
    if wrong := list(wrong_files(folder)):
        for key, name in wrong:
            say(words[key].format(file=name))
        return 2
    say(words["installing"])
    open_to_packages(Path(sys.executable).parent)
    target = ["--to", to] if to else []
    steps = (
        pip_command(folder, words["version"]),
        [sys.executable, "-P", "-m", "xlperf", "addin", "install", *target],
    )
    for step in steps:
        if subprocess.run(step, check=False).returncode:  # noqa: S603 - this very Python
            say(words["failed"])
            return 2
    say(words["done"])
    return 0


def main() -> None:
    """Install from the folder this file stands in."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", default="")
    sys.exit(install(Path(__file__).resolve().parent, parser.parse_args().to))


if __name__ == "__main__":
    main()
