"""Profiles: what differs by place, as data. Each says where its numbers come from.

A profile has thresholds and severities; both take from the default what they do not say. People
change single ones of them in a project file; what they may say there is checked here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from xlperf.errors import UserError
from xlperf.toml_entries import tables_of

DEFAULT = "default"
SWITCHED_OFF = "off"
RULE_SEVERITIES = ("error", "warning", "info", SWITCHED_OFF)  # what a rule may be set to


@dataclass(frozen=True)
class Profile:
    """Thresholds, required counts and expectations of one place, and its severities.

    The keys of `severities` are codes or their beginnings; the longest that fits a rule holds.
    """

    name: str
    source: str
    values: Mapping[str, Any]
    severities: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def severity(self, code: str, usual: str) -> str:
        """What a rule's findings are worth here, or "off"; `usual` where nothing is said of it."""
        keys = [key for key in self.severities if code.startswith(key)]
        return self.severities[max(keys, key=len)] if keys else usual

    def but(self, values: Mapping[str, Any], severities: Mapping[str, str]) -> Profile:
        """A copy of the profile with these thresholds and severities in place of its own."""
        return replace(
            self,
            values={**self.values, **values},
            severities={**self.severities, **severities},
        )


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tables_of(Path(__file__).with_name("profiles.toml").read_text(encoding="utf-8"))


def names() -> tuple[str, ...]:
    """The profiles there are."""
    return tuple(_file())


@cache
def profile(name: str) -> Profile:
    """A profile by its name, completed from the default; UserError for an unknown name."""
    if name not in _file():
        raise UserError("no_profile", profile=name, known=", ".join(names()))
    usual, local = _file()[DEFAULT], _file()[name]
    severities = {**usual.get("severity", {}), **local.get("severity", {})}
    values = {**usual, **local}
    values.pop("severity", None)
    return Profile(name, str(values.pop("source")), values, severities)


def fits(key: str, value: object) -> bool:
    """Whether a threshold may have this value: of the kind that the default has."""
    return _like(profile(DEFAULT)[key], value)


def _like(usual: object, value: Any) -> bool:
    if isinstance(usual, list) and all(isinstance(item, str) for item in usual):
        return isinstance(value, list) and set(map(str, value)) <= set(RULE_SEVERITIES) - {
            SWITCHED_OFF
        }
    if isinstance(usual, list):  # from, to
        same = isinstance(value, list) and len(value) == len(usual)
        return same and all(map(_number, value)) and bool(value == sorted(value))
    if isinstance(usual, float):
        return _number(value)
    if type(usual) is int:
        return _number(value) and isinstance(value, int)
    return type(value) is type(usual)


def _number(value: object) -> bool:
    """Whether it is a number that a threshold may be: not below zero, not endless, no truth."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and value >= 0
