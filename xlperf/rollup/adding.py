"""Adding lines up: by department, by unit, over all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from xlperf.record import MONTHS
from xlperf.rollup import naming
from xlperf.totals import Group, Line, Rollup, SetAside, Sums
from xlperf.wording import say

DEPARTMENT = ["department", "department_name"]
AMOUNTS = ("budget", "fiscal", "other", *(f"by_{month}" for month in MONTHS))


@dataclass(frozen=True)
class ReadFile:
    """One file that can be added: its lines and its year."""

    file: str
    year: str
    lines: Sequence[Line]
    left_out: Sequence[str] = ()  # paths of what its forms do not have and no sum counts


def roll_up(files: Iterable[ReadFile], set_aside: Iterable[SetAside] = ()) -> Rollup:
    """The totals of many files over all, by department and by unit, with what to look at."""
    read_files = list(files)
    lines = naming.one_name_a_department([line for item in read_files for line in item.lines])
    frame = _frame(lines)
    years = tuple(sorted({item.year for item in read_files if item.year}))
    return Rollup(
        totals=_sums(frame),
        departments=tuple(_departments(frame)),
        units=tuple(_units(frame)),
        lines=tuple(lines),
        files=len(read_files),
        years=years,
        set_aside=tuple(set_aside),
        remarks=(
            *_without_projects(read_files),
            *_partly_added(read_files),
            *_remarks(lines, years),
        ),
    )


def _frame(lines: Sequence[Line]) -> pd.DataFrame:
    columns: dict[str, list[object]] = {
        name: [getattr(line, name) for line in lines]
        for name in ("department", "department_name", "unit", "unit_name")
    }
    for name in ("budget", "fiscal", "other"):
        columns[name] = [_cents(getattr(line, name)) for line in lines]
    for month in MONTHS:
        columns[f"by_{month}"] = [_cents(line.planned.get(month, Decimal(0))) for line in lines]
    return pd.DataFrame(columns).astype(dict.fromkeys(AMOUNTS, "int64"))


def _cents(yuan: Decimal) -> int:
    return int(yuan.scaleb(2))


def _departments(frame: pd.DataFrame) -> Iterator[Group]:
    """Sums by department, in the order of the codes."""
    for (code, name), part in frame.groupby(DEPARTMENT, sort=True):
        yield Group(str(code), str(name), _sums(part))


def _units(frame: pd.DataFrame) -> Iterator[Group]:
    """Sums by unit within its department; the first name that is given for it."""
    for (department, of, code), part in frame.groupby([*DEPARTMENT, "unit"], sort=True):
        names = [name for name in part["unit_name"] if name]
        first = names[0] if names else ""
        yield Group(str(code), first, _sums(part), str(department), str(of))


def _sums(frame: pd.DataFrame) -> Sums:
    # of Python's integers: a sum of 64-bit ones may not fit in 64 bits
    yuan = {name: Decimal(sum(frame[name].tolist())).scaleb(-2) for name in AMOUNTS}
    return Sums(
        budget=yuan["budget"],
        fiscal=yuan["fiscal"],
        other=yuan["other"],
        planned={month: yuan[f"by_{month}"] for month in MONTHS},
        projects=len(frame),
    )


def _without_projects(files: Iterable[ReadFile]) -> Iterator[str]:
    return (say("rollup.no_projects", file=file.file) for file in files if not file.lines)


def _partly_added(files: Iterable[ReadFile]) -> Iterator[str]:
    """What the sums leave out of documents whose forms do not have it."""
    for file in files:
        if file.left_out:
            fields = (say(f"field.{path}") for path in file.left_out)
            yield say("rollup.left_out", file=file.file, fields=say("rollup.comma").join(fields))


def _remarks(lines: Sequence[Line], years: tuple[str, ...]) -> Iterator[str]:
    """What a person should look at: shared codes, one project in two files, several years."""
    yield from naming.remarks(lines)
    file_of_code: dict[str, str] = {}
    for line in lines:
        earlier_file = file_of_code.setdefault(line.code, line.file) if line.code else line.file
        if earlier_file != line.file:
            yield say("rollup.code_in_both", code=line.code, a=earlier_file, b=line.file)
    if len(years) > 1:
        yield say("rollup.several_years", years=", ".join(years))
