"""An extract, small: what every total and the survey need as one text, the words deflated.

A roll-up of ten thousands of files keeps the facts of each of them in memory: amounts, names, how
many findings of each kind are open, what its texts are known by. The words of findings and the
texts are looked up where they are shown.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from xlperf.record import PLAN_MONTHS, PROJECT_AMOUNTS
from xlperf.reviewing.copies_between_departments import LONGEST_COPY, CopyCandidate, key_of
from xlperf.rollup.extract import Extract, ExtractRow

REPORTED_AMOUNTS = ("executed", "of_budget", "score")
MONEY_FIELDS = (
    *PROJECT_AMOUNTS,
    *(f"by_{month}" for month in PLAN_MONTHS),
    "judged_budget",
    *REPORTED_AMOUNTS,
)
PACKED_LISTS = ("findings", "passages")


@dataclass(frozen=True, slots=True)
class PackedFile:
    """What is kept of one file: `facts` is JSON, `words` deflated JSON of findings and passages."""

    facts: str
    words: bytes

    def opened(self) -> dict[str, Any]:
        """The facts: `head`, `projects` (rows), `kinds` by project, `keys` and `lengths`."""
        facts: dict[str, Any] = json.loads(self.facts)
        rows = rows_of(facts["projects"])
        amounts: dict[str, Decimal] = {}  # like ones are kept once
        for row in rows:
            for key in MONEY_FIELDS:
                if (text := row[key]) is not None:
                    row[key] = amounts.get(text) or amounts.setdefault(text, Decimal(text))
        return facts | {"projects": rows}


def pack(extract: Extract) -> PackedFile:
    """An extract as what is kept of it; its indicators are in the tables only."""
    kinds: dict[int, Counter[tuple[str, str]]] = {}
    for row in extract.findings:
        if not row["is_explained"]:
            kinds.setdefault(row["project"], Counter())[row["code"], row["severity"]] += 1
    passages = [
        CopyCandidate(row["kind"], row["key"], row["text"], "", None) for row in extract.passages
    ]
    facts = {
        "head": extract.head,
        "projects": columns_of([_as_text(row) for row in extract.projects]),
        "kinds": [
            [number, [[*kind, n] for kind, n in counter.items()]]
            for number, counter in kinds.items()
        ],
        "keys": [key_of(passage) for passage in passages],
        "lengths": [min(len(passage.text), LONGEST_COPY) for passage in passages],
    }
    words = {name: columns_of(getattr(extract, name)) for name in PACKED_LISTS}
    return PackedFile(_json(facts), zlib.compress(_json(words).encode("utf-8")))


class PackedColumns(NamedTuple):
    """The findings and passages of a file as columns, and which findings each part has."""

    findings: dict[str, list[Any]]
    passages: dict[str, list[Any]]
    of_part: dict[int, list[int]]

    def finding(self, at: int) -> ExtractRow:
        """A finding as a row."""
        return {key: column[at] for key, column in self.findings.items()}

    def passage(self, at: int) -> ExtractRow:
        """A passage as a row."""
        return {key: column[at] for key, column in self.passages.items()}


def words_of(data: bytes) -> PackedColumns:
    """The findings and passages of deflated words. Raises ValueError, zlib.error."""
    words = json.loads(zlib.decompress(data))
    of_part: dict[int, list[int]] = {}
    for at, part in enumerate(words["findings"].get("project", ())):
        of_part.setdefault(part, []).append(at)
    return PackedColumns(words["findings"], words["passages"], of_part)


def columns_of(rows: Sequence[ExtractRow]) -> dict[str, list[Any]]:
    """Rows with the same keys as columns."""
    return {key: [row[key] for row in rows] for key in rows[0]} if rows else {}


def rows_of(columns: dict[str, list[Any]]) -> list[ExtractRow]:
    """Columns as rows."""
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def _as_text(row: ExtractRow) -> ExtractRow:
    amounts = {key: None if row[key] is None else str(row[key]) for key in MONEY_FIELDS}
    return row | amounts


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
