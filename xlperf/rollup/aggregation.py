"""Adding lines up: by department, by unit, over all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from xlperf.errors import SetAside
from xlperf.record import PLAN_MONTHS
from xlperf.rollup import naming
from xlperf.totals import Rollup, Sums, TotalsGroup, TotalsLine
from xlperf.wording import say

ZERO = Decimal(0)


@dataclass(frozen=True)
class ReadFile:
    """One file that can be added: its lines and its year."""

    file: str
    year: str
    lines: Sequence[TotalsLine]
    left_out: Sequence[str] = ()  # paths of what its forms do not have and no sum counts


def roll_up(files: Iterable[ReadFile], set_aside: Iterable[SetAside] = ()) -> Rollup:
    """The totals of many files over all, by department and by unit, with what to look at."""
    read_files = list(files)
    lines = naming.one_name_a_department([line for item in read_files for line in item.lines])
    years = tuple(sorted({item.year for item in read_files if item.year}))
    repeated = tuple(_repeated(lines))
    return Rollup(
        totals=_sums(lines),
        departments=tuple(_departments(lines)),
        units=tuple(_units(lines)),
        lines=tuple(lines),
        files=len(read_files),
        years=years,
        set_aside=tuple(set_aside),
        remarks=(
            *_without_projects(read_files),
            *_partly_added(read_files),
            *naming.remarks(lines),
            *repeated,
            *_several_years(years),
        ),
        counts_twice=bool(repeated),
    )


def _departments(lines: Iterable[TotalsLine]) -> Iterator[TotalsGroup]:
    """Sums by department, in the order of the codes."""
    for (code, name), part in _groups(lines, "department", "department_name"):
        yield TotalsGroup(code, name, _sums(part))


def _units(lines: Iterable[TotalsLine]) -> Iterator[TotalsGroup]:
    """Sums by unit within its department; the first name that is given for it."""
    for (code, name, unit), part in _groups(lines, "department", "department_name", "unit"):
        first = next((line.unit_name for line in part if line.unit_name), "")
        yield TotalsGroup(unit, first, _sums(part), code, name)


def _groups(
    lines: Iterable[TotalsLine], *keys: str
) -> list[tuple[tuple[str, ...], list[TotalsLine]]]:
    """The lines that are equal in these properties, sorted by them; each group in its order."""
    result: dict[tuple[str, ...], list[TotalsLine]] = {}
    for line in lines:
        result.setdefault(tuple(getattr(line, key) for key in keys), []).append(line)
    return sorted(result.items(), key=lambda group: group[0])


def _sums(lines: Sequence[TotalsLine]) -> Sums:
    return Sums(
        budget=_total(line.budget for line in lines),
        fiscal=_total(line.fiscal for line in lines),
        other=_total(line.other for line in lines),
        planned={
            month: _total(line.planned.get(month, ZERO) for line in lines) for month in PLAN_MONTHS
        },
        projects=len(lines),
        **_spent(lines),
    )


def _spent(lines: Sequence[TotalsLine]) -> dict[str, Any]:
    """What was spent by the projects that say so, of which budget, and how many they are."""
    amounts = [
        (line.outcome.executed, line.outcome.of_budget or ZERO)
        for line in lines
        if line.outcome and line.outcome.executed is not None
    ]
    return {
        "executed": _total(executed for executed, _ in amounts),
        "of_budget": _total(budget for _, budget in amounts),
        "reported": len(amounts),
    }


def _total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts in yuan, added as whole cents: exact, however many there are."""
    return Decimal(sum(int(amount.scaleb(2)) for amount in amounts)).scaleb(-2)


def _without_projects(files: Iterable[ReadFile]) -> Iterator[str]:
    return (say("rollup.no_projects", file=file.file) for file in files if not file.lines)


def _partly_added(files: Iterable[ReadFile]) -> Iterator[str]:
    """What the sums leave out of documents whose forms do not have it."""
    for file in files:
        if file.left_out:
            fields = (say(f"field.{path}") for path in file.left_out)
            yield say("rollup.left_out", file=file.file, fields=say("rollup.comma").join(fields))


def _several_years(years: Sequence[str]) -> Iterator[str]:
    if len(years) > 1:
        yield say("rollup.several_years", years=", ".join(years))


def _repeated(lines: Sequence[TotalsLine]) -> Iterator[str]:
    """Files with the same projects, and projects that stand in two files: both are added."""
    original = dict(_copies(lines))
    for copied, file in original.items():
        yield say("rollup.same_projects", a=file, b=copied)
    files: dict[tuple[str, ...], str] = {}
    for line in lines:
        earlier_file = files.setdefault(key, line.file) if (key := _identity(line)) else line.file
        if earlier_file not in (line.file, original.get(line.file)):
            kind = "code_in_both" if line.code else "name_in_both"
            facts = {"code": line.code, "name": line.name, "a": earlier_file, "b": line.file}
            yield say(f"rollup.{kind}", **facts)


def _identity(line: TotalsLine) -> tuple[str, ...]:
    """What one project alone has: its code, else its department, unit and name; () if neither."""
    if line.code:
        return (line.code,)
    owner = (line.region, line.department, line.department_name)
    return (*owner, line.unit, line.name) if any(owner[1:]) and line.name else ()


def _copies(lines: Iterable[TotalsLine]) -> Iterator[tuple[str, str]]:
    """Files with the very projects of an earlier one, as where one was saved in two formats."""
    digests: dict[str, Any] = {}
    for line in lines:
        owner = line.region, line.department, line.department_name, line.unit
        money = line.budget, line.fiscal, line.other
        identity = repr((*owner, line.code, line.name, *map(str, money)))
        digest = digests.setdefault(line.file, sha256())
        digest.update(identity.encode("utf-8", "backslashreplace"))
    first: dict[bytes, str] = {}
    for file, digest in digests.items():
        earlier = first.setdefault(digest.digest(), file)
        if earlier != file:
            yield file, earlier
