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

from xlperf.addin.bundle.platforms import HERE
from xlperf.errors import UserError
from xlperf.files import shipped

LOCK = "pylock.toml"  # every version of every dependency, PEP 751
OWN = "xlperf"
WINDOWS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}


@dataclass(frozen=True)
class Target:
    """The system a bundle is for: a platform such as win_amd64, or this very machine."""

    platform: str = "win_amd64"
    python: str = "3.11"

    @property
    def environment(self) -> dict[str, str]:
        """What the target answers to the conditions of requirements."""
        own = {key: str(value) for key, value in default_environment().items()}
        if self.platform == HERE:
            return own
        versions = {"python_version": self.python, "python_full_version": f"{self.python}.0"}
        return {**own, **WINDOWS, **versions}

    @property
    def tags(self) -> frozenset[Tag]:
        """The kinds of wheels that the target takes."""
        if self.platform == HERE:
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
        """How pip is told of the target."""
        if self.platform == HERE:
            return ["--only-binary=:all:"]
        given = ("--platform", self.platform, "--python-version", self.python)
        return ["--only-binary=:all:", *given, "--implementation", "cp"]


def name_of(wheel: Path) -> str:
    """The canonical name of what is in a wheel."""
    return _parsed(wheel)[0]


def version_of(wheel: Path) -> str:
    """The version of what is in a wheel."""
    return _parsed(wheel)[1]


def _parsed(wheel: Path) -> tuple[str, str, frozenset[Tag]]:
    try:
        name, version, _, tags = parse_wheel_filename(wheel.name)
    except InvalidWheelFilename:
        raise UserError("bundle_not_wheel", file=wheel) from None
    return name, str(version), tags


def fits(wheel: Path, target: Target) -> bool:
    """Whether the target takes a wheel."""
    return bool(_parsed(wheel)[2] & target.tags)


def requirements(wheel: Path) -> Iterator[Requirement]:
    """What a wheel says it needs."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            metadata = next(
                name for name in archive.namelist() if name.endswith(".dist-info/METADATA")
            )
            text = archive.read(metadata).decode("utf-8")
        given = email.parser.HeaderParser().parsestr(text).get_all("Requires-Dist", [])
        yield from map(Requirement, given)
    except (zipfile.BadZipFile, StopIteration, UnicodeDecodeError, InvalidRequirement, OSError):
        raise UserError("bundle_not_wheel", file=wheel) from None


def missing(wheels: Sequence[Path], target: Target) -> list[Requirement]:
    """What the wheels, starting with our own, still need on the target."""
    at_hand = {name_of(wheel): wheel for wheel in wheels if fits(wheel, target)}
    wanted: dict[str, Requirement] = {}
    waiting, seen = [(OWN, "")], set[tuple[str, str]]()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for item in _asked(at_hand, name, extra, target.environment):
            key = canonicalize_name(item.name)
            if key not in at_hand:
                wanted[key] = item
            waiting += [(key, ""), *((key, more) for more in item.extras)]
    if OWN not in at_hand:
        wanted[OWN] = Requirement(OWN)
    return [wanted[key] for key in sorted(wanted)]


def _asked(
    at_hand: Mapping[str, Path], name: str, extra: str, environment: Mapping[str, str]
) -> Iterator[Requirement]:
    if name in at_hand:
        for requirement in requirements(at_hand[name]):
            if requirement.marker is None or requirement.marker.evaluate(
                {**environment, "extra": extra}
            ):
                yield requirement


def pip(*arguments: str) -> None:
    """Run pip; a refusal with its last words where it fails."""
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-P", "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise UserError("bundle_pip", why=(said or done.stderr.splitlines() or ["-"])[-1])


def locked() -> list[str]:
    """What the lock file says, as pip's constraints: `name==version`, with its marker if any."""
    packages = tomllib.loads(shipped(LOCK).read_text(encoding="utf-8"))["packages"]
    return [
        f"{item['name']}=={item['version']}" + (f" ; {item['marker']}" if "marker" in item else "")
        for item in packages
    ]


def download(own: Path, target: Target, folder: Path) -> None:
    """Get everything that our own wheel needs on the target, in the versions of the lock file."""
    constraints = folder.parent / "constraints.txt"
    constraints.write_text("\n".join(locked()), encoding="utf-8")
    chosen = ("--constraint", str(constraints))
    given = ("--quiet", "--dest", str(folder), *chosen, *target.pip_options)
    pip("download", *given, str(own), "pip")
    while lacking := missing(sorted(folder.glob("*.whl")), target):
        before = len(list(folder.iterdir()))
        asked = (f"{item.name}{item.specifier}" for item in lacking)
        pip("download", *given, "--no-deps", *asked)
        if len(list(folder.iterdir())) == before:
            raise UserError("bundle_incomplete", names=", ".join(item.name for item in lacking))
