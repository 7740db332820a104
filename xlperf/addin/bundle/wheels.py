"""The wheels of a bundle: which are needed on another system, got, and found to be complete.

pip asks the machine it runs on when a requirement depends on the system; so the requirements
of the wheels are read again with the target's answers, until nothing is missing.
"""

from __future__ import annotations

import email.parser
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, sys_tags
from packaging.utils import (
    InvalidWheelFilename,
    canonicalize_name,
    parse_wheel_filename,
)

from xlperf.addin.bundle.platforms import THIS_PLATFORM
from xlperf.errors import UserError
from xlperf.storage.files import shipped

LOCK = "pylock.toml"  # every version of every dependency, PEP 751
OWN_PACKAGE = "xlperf"
WINDOWS_MARKERS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}


@dataclass(frozen=True)
class Platform:
    """The system a bundle is for: a platform such as win_amd64, or this very machine."""

    platform: str = "win_amd64"
    python: str = "3.11"

    @property
    def environment(self) -> dict[str, str]:
        """The target's values of the markers in requirements, such as sys_platform (PEP 508)."""
        this_machine = {key: str(value) for key, value in default_environment().items()}
        if self.platform == THIS_PLATFORM:
            return this_machine
        versions = {"python_version": self.python, "python_full_version": f"{self.python}.0"}
        return {**this_machine, **WINDOWS_MARKERS, **versions}

    @property
    def tags(self) -> frozenset[Tag]:
        """The wheel tags that the target can install, such as cp311-cp311-win_amd64 (PEP 425)."""
        if self.platform == THIS_PLATFORM:
            return frozenset(sys_tags())
        major, minor = map(int, self.python.split("."))
        version, places = (major, minor), [self.platform]
        return frozenset(
            [
                *cpython_tags(version, platforms=places),
                *compatible_tags(version, f"cp{major}{minor}", places),
            ]
        )

    @property
    def pip_options(self) -> list[str]:
        """The options by which pip downloads wheels for the target."""
        if self.platform == THIS_PLATFORM:
            return ["--only-binary=:all:"]
        options = ("--platform", self.platform, "--python-version", self.python)
        return ["--only-binary=:all:", *options, "--implementation", "cp"]


def name_of(wheel: Path) -> str:
    """The project's canonical name, from a wheel's file name; UserError where it is none."""
    return _parsed(wheel)[0]


def version_of(wheel: Path) -> str:
    """The project's version, from a wheel's file name; UserError where it is none."""
    return _parsed(wheel)[1]


def _parsed(wheel: Path) -> tuple[str, str, frozenset[Tag]]:
    try:
        name, version, _, tags = parse_wheel_filename(wheel.name)
    except InvalidWheelFilename:
        raise UserError("bundle_not_wheel", file=wheel) from None
    return name, str(version), tags


def fits(wheel: Path, target: Platform) -> bool:
    """Whether the target takes a wheel."""
    return bool(_parsed(wheel)[2] & target.tags)


def requirements(wheel: Path) -> Iterator[Requirement]:
    """The entries `Requires-Dist` of a wheel's metadata; UserError where it cannot be read."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            metadata = next(
                name for name in archive.namelist() if name.endswith(".dist-info/METADATA")
            )
            text = archive.read(metadata).decode("utf-8")
        lines = email.parser.HeaderParser().parsestr(text).get_all("Requires-Dist", [])
        yield from map(Requirement, lines)
    except (zipfile.BadZipFile, StopIteration, UnicodeDecodeError, InvalidRequirement, OSError):
        raise UserError("bundle_not_wheel", file=wheel) from None


def missing(wheels: Sequence[Path], target: Platform) -> list[Requirement]:
    """Requirements of xlperf's wheel, and of what it requires in turn, that no wheel at hand meets.

    Only names are compared, for markers that hold on the target; sorted by name.
    """
    at_hand = {name_of(wheel): wheel for wheel in wheels if fits(wheel, target)}
    by_name: dict[str, Requirement] = {}
    waiting, visited = [(OWN_PACKAGE, "")], set[tuple[str, str]]()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in visited:
            continue
        visited.add((name, extra))
        for item in _requirements_of(at_hand, name, extra, target.environment):
            key = canonicalize_name(item.name)
            if key not in at_hand:
                by_name[key] = item
            waiting += [(key, ""), *((key, more) for more in item.extras)]
    if OWN_PACKAGE not in at_hand:
        by_name[OWN_PACKAGE] = Requirement(OWN_PACKAGE)
    return [by_name[key] for key in sorted(by_name)]


def _requirements_of(
    at_hand: Mapping[str, Path], name: str, extra: str, environment: Mapping[str, str]
) -> Iterator[Requirement]:
    if name in at_hand:
        for requirement in requirements(at_hand[name]):
            if requirement.marker is None or requirement.marker.evaluate(
                {**environment, "extra": extra}
            ):
                yield requirement


def pip(*arguments: str) -> None:
    """Run pip with this Python; UserError with its last error line where it fails."""
    process = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-P", "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if process.returncode:
        errors = [line for line in process.stderr.splitlines() if line.startswith("ERROR")]
        raise UserError("bundle_pip", why=(errors or process.stderr.splitlines() or ["-"])[-1])


def locked() -> list[str]:
    """What the lock file says, as pip's constraints: `name==version`, with its marker if any."""
    packages = tomllib.loads(shipped(LOCK).read_text(encoding="utf-8"))["packages"]
    return [
        f"{item['name']}=={item['version']}" + (f" ; {item['marker']}" if "marker" in item else "")
        for item in packages
    ]


def download(own_wheel: Path, target: Platform, folder: Path) -> None:
    """Download every wheel that xlperf's own needs on the target, and pip, in locked versions.

    Raises UserError where one cannot be got for the target.
    """
    constraints = folder.parent / "constraints.txt"
    constraints.write_text("\n".join(locked()), encoding="utf-8")
    chosen = ("--constraint", str(constraints))
    options = ("--quiet", "--dest", str(folder), *chosen, *target.pip_options)
    pip("download", *options, str(own_wheel), "pip")
    while lacking := missing(sorted(folder.glob("*.whl")), target):
        before = len(list(folder.iterdir()))
        specifiers = (f"{item.name}{item.specifier}" for item in lacking)
        pip("download", *options, "--no-deps", *specifiers)
        if len(list(folder.iterdir())) == before:
            raise UserError("bundle_incomplete", names=", ".join(item.name for item in lacking))
