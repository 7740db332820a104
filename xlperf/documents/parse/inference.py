"""What a document does not state and its codes tell: the year, the department, the region."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from xlperf.documents.words import word, words
from xlperf.editions import UNKNOWN_EDITION
from xlperf.paths import RecordPath, get, put
from xlperf.record import Raw

PROJECT_CODE = re.compile(r"(?P<region>[0-9]{6})(?P<year>[0-9]{2})[0-9A-Za-z]{13}")


CODE_BEFORE = re.compile(r"^[\[【(（]?\d{3,12}[\])）】]?\s*[-—_]?\s*")


def infer(record: Raw, guessed: Iterable[str] = ()) -> None:
    """Fill in what is not stated, and list it under `inferred`, after what was guessed before."""
    inferred = list(guessed)
    for path, value in _inferences(record):
        if value and get(record, path) is None:
            put(record, path, value)
            inferred.append("/".join(map(str, path)))
    if inferred:
        record["inferred"] = inferred


def _inferences(record: Raw) -> Iterator[tuple[RecordPath, Any]]:
    """In this order: the region's name is taken from the department's."""
    ours = record.get("edition") != UNKNOWN_EDITION  # elsewhere a code may be of a higher level
    projects = record["projects"] if ours else []
    codes = [PROJECT_CODE.fullmatch(str(project.get("code", ""))) for project in projects]
    years = Counter(code["year"] for code in codes if code)
    yield ("fiscal_year",), 2000 + int(years.most_common(1)[0][0]) if years else None
    units = [str(unit.get("code", "")) for unit in record["units"]]
    yield ("department", "code"), _agreed([code[:3] for code in units if code])
    yield ("department", "name"), department_name([str(u.get("name", "")) for u in record["units"]])
    for key in () if ours else ("unit_name", "managing_department"):
        names = [str(item.get(key, "")) for item in record["projects"]]
        agreed_name = _agreed(names) or ""
        yield ("department", "name"), CODE_BEFORE.sub("", department_name([agreed_name]) or "")
    yield ("region", "code"), _agreed([code["region"] for code in codes if code])
    yield ("region", "name"), region_name(str(get(record, ("department", "name")) or ""))


def _agreed(values: list[str]) -> str | None:
    return values[0] if values and len(set(values)) == 1 else None


def department_name(units: list[str]) -> str | None:
    """The name of the unit that is the department itself, else of the first one."""
    ends = words("inference", "main_unit_end")
    for name in units:
        for end in ends:
            for suffix in (end, end.replace("(", "（").replace(")", "）")):
                if name.endswith(suffix) and name != suffix:
                    return name.removesuffix(suffix)
    return units[0] if units else None


def region_name(department: str) -> str | None:
    """The last administrative division that a department's name begins with."""
    match = re.match(rf"(?:{word('inference', 'division')})+", department)
    parts = re.findall(word("inference", "division"), match[0]) if match else []
    return parts[-1] if parts else None
