"""Adding lines up: by department, by unit, over all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from xlperf.record import MONTHS
from xlperf.totals import Group, Line, Rollup, SetAside, Sums
from xlperf.wording import say

AMOUNTS = ("budget", "fiscal", "other", *(f"by_{month}" for month in MONTHS))


@dataclass(frozen=True)
class Rolled:
    """One file that can be added: its lines and its year."""

    file: str
    year: str
    lines: Sequence[Line]


def roll_up(files: Iterable[Rolled], set_aside: Iterable[SetAside] = ()) -> Rollup:
    """The totals of many files."""
    taken = list(files)
    lines = [line for each in taken for line in each.lines]
    frame = _frame(lines)
    years = tuple(sorted({each.year for each in taken if each.year}))
    return Rollup(
        totals=_sums(frame),
        departments=tuple(_groups(frame, "department")),
        units=tuple(_groups(frame, "unit", within="department")),
        lines=tuple(lines),
        files=len(taken),
        years=years,
        set_aside=tuple(set_aside),
        remarks=tuple(_remarks(lines, years)),
    )


def _frame(lines: Sequence[Line]) -> pd.DataFrame:
    columns: dict[str, list[object]] = {
        name: [getattr(line, name) for line in lines]
        for name in ("department", "department_name", "unit", "unit_name")
    }
    for name in ("budget", "fiscal", "other"):
        columns[name] = [_cents(getattr(line, name)) for line in lines]
    for month in MONTHS:
        columns[f"by_{month}"] = [_cents(line.planned[month]) for line in lines]
    return pd.DataFrame(columns).astype(dict.fromkeys(AMOUNTS, "int64"))


def _cents(yuan: Decimal) -> int:
    return int(yuan.scaleb(2))


def _groups(frame: pd.DataFrame, key: str, within: str = "") -> Iterator[Group]:
    """Sums by a code, in the order of the codes; the first name that is given for it."""
    keys = [within, key] if within else [key]
    for codes, part in frame.groupby(keys, sort=True):
        names = [name for name in part[f"{key}_name"] if name]
        yield Group(str(codes[-1]), names[0] if names else "", _sums(part))


def _sums(frame: pd.DataFrame) -> Sums:
    yuan = {name: Decimal(int(frame[name].sum())).scaleb(-2) for name in AMOUNTS}
    return Sums(
        budget=yuan["budget"],
        fiscal=yuan["fiscal"],
        other=yuan["other"],
        planned={month: yuan[f"by_{month}"] for month in MONTHS},
        projects=len(frame),
    )


def _remarks(lines: Sequence[Line], years: tuple[str, ...]) -> Iterator[str]:
    """What a person should look at: one project in two files, more than one year."""
    seen: dict[str, str] = {}
    for line in lines:
        other = seen.setdefault(line.code, line.file) if line.code else line.file
        if other != line.file:
            yield say("rollup.code_in_both", code=line.code, a=other, b=line.file)
    if len(years) > 1:
        yield say("rollup.several_years", years=", ".join(years))
