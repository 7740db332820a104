"""Which department a project belongs to, where codes are shared and names are spelled differently.

A code alone is not a department: two counties, or a slip of the hand, give two departments one
code. A department is its code and its name, and its region where both are the same.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlperf.totals import TotalsLine
from xlperf.wording import say

LinesByName = dict[
    str, dict[str, TotalsLine]
]  # by code: the first line of each name, by the folded name


def one_name_a_department(lines: Sequence[TotalsLine]) -> list[TotalsLine]:
    """The lines, every department under one name: lines of equal code and name are one department.

    A name spelled with other spaces or widths is the same; a blank one is the only one that its
    code has; equal departments of several regions get the region's name behind theirs.
    """
    renamed = [_with_name(line, _only(line, names)) for line, names in _of_code(lines)]
    regions = _regions(renamed)
    return [
        _with_name(line, _with_region(line))
        if line.region and len(regions[line.department, line.department_name]) > 1
        else line
        for line in renamed
    ]


def _with_name(line: TotalsLine, name: str) -> TotalsLine:
    """The line under this name of its department: itself where that is its name already."""
    return line if line.department_name == name else replace(line, department_name=name)


def remarks(lines: Sequence[TotalsLine]) -> Iterator[str]:
    """Sentences on codes and names that were added up apart, or together, and want a look.

    `lines`: as `one_name_a_department` gives them.
    """
    for code, names in _names(lines, "department").items():
        if len(names) > 1:
            yield say("rollup.department_names", code=code, names=_quoted(names, "department_name"))
    by_unit: dict[str, list[TotalsLine]] = defaultdict(list)
    for line in lines:
        if line.unit:
            by_unit[line.unit].append(line)
    for code, inside in by_unit.items():
        yield from _remarks_on_unit(code, inside)


def _remarks_on_unit(code: str, lines: Sequence[TotalsLine]) -> Iterator[str]:
    """Whether several departments have the unit, and whether one of them names it in two ways."""
    departments: dict[tuple[str, str], list[TotalsLine]] = defaultdict(list)
    for line in lines:
        departments[line.department, line.department_name].append(line)
    if len(departments) > 1:
        phrases = [say("rollup.department_of", code=d, name=n) for d, n in sorted(departments)]
        yield say("rollup.unit_shared", code=code, departments=say("rollup.comma").join(phrases))
    for _, department_lines in sorted(departments.items()):
        names = _names(department_lines, "unit").get(code, {})
        if len(names) > 1:
            yield say("rollup.unit_names", code=code, names=_quoted(names, "unit_name"))


def fold(name: str) -> str:
    """A name without what is only spelling: spaces, full-width letters and signs."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def _names(lines: Sequence[TotalsLine], key: str) -> LinesByName:
    """The names that each code has, blanks left out."""
    names: LinesByName = defaultdict(dict)
    for line in lines:
        code, name = getattr(line, key), getattr(line, f"{key}_name")
        if code and fold(name):
            names[code].setdefault(fold(name), line)
    return names


def _of_code(lines: Sequence[TotalsLine]) -> Iterator[tuple[TotalsLine, dict[str, TotalsLine]]]:
    """Each line with the names of its department's code."""
    names = _names(lines, "department")
    return ((line, names.get(line.department, {})) for line in lines)


def _only(line: TotalsLine, names: dict[str, TotalsLine]) -> str:
    """The name under which a line's department is added up."""
    name = fold(line.department_name)
    if name in names:
        return names[name].department_name.strip()
    if not name and len(names) == 1:
        return next(iter(names.values())).department_name.strip()
    return line.department_name.strip()


def _regions(lines: Sequence[TotalsLine]) -> dict[tuple[str, str], set[str]]:
    regions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in lines:
        if line.region:
            regions[line.department, line.department_name].add(line.region)
    return regions


def _with_region(line: TotalsLine) -> str:
    return say("rollup.in_region", name=line.department_name, region=line.region)


def _quoted(names: dict[str, TotalsLine], key: str) -> str:
    phrases = (
        say("rollup.name_in", name=getattr(name, key), file=name.file) for name in names.values()
    )
    return say("rollup.comma").join(phrases)
