"""The names of provinces, cities, districts and counties, and which belong together by code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LONGEST_DIVISION_NAME = 15  # characters of a name


def codes_of(name: str) -> tuple[str, ...]:
    """The six-digit codes of the places of a name, none where no place is known by it."""
    return _codes().get(name, ())


def belongs(code: str, region: str) -> bool:
    """Whether one of two places, given by their codes, lies in the other, or both are one."""
    first, second = _significant(code), _significant(region)
    return first.startswith(second) or second.startswith(first)


def _significant(code: str) -> str:
    """A code without the pairs of noughts at its end: 130300 is 1303."""
    while code.endswith("00"):
        code = code[:-2]
    return code


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    text = Path(__file__).with_name("divisions.txt").read_text(encoding="utf-8")
    result: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            prefix, *names = line.split(" ")
            for name in names:
                result[name[2:]] = (*result.get(name[2:], ()), prefix + name[:2])
    return result
