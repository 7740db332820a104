"""Profiles: what differs by place, as data. Each says where its numbers come from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xlperf.errors import Refusal


@dataclass(frozen=True)
class Profile:
    """Thresholds, required counts and expectations of one place."""

    name: str
    source: str
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("profiles.toml").read_text(encoding="utf-8"))


def names() -> tuple[str, ...]:
    """The profiles there are."""
    return tuple(_file())


def profile(name: str) -> Profile:
    """A profile by its name; what it does not say, the default says."""
    if name not in _file():
        raise Refusal("no_profile", profile=name, known=", ".join(names()))
    values = {**_file()["default"], **_file()[name]}
    return Profile(name, str(values.pop("source")), values)
