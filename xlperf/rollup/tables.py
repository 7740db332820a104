"""Three Parquet tables of all that was rolled up: projects, indicators, findings.

Every row names its file, sheet and cell, and the department and project that it is of.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from xlperf.errors import UserError
from xlperf.record import PLAN_MONTHS, PROJECT_AMOUNTS
from xlperf.rollup.extract import (
    DEPARTMENT_POSITION,
    INDICATOR_COLUMNS,
    NAME_COLUMNS,
    Extract,
    ExtractRow,
)
from xlperf.rollup.parquet import PLACE_COLUMNS, REPORTED_COLUMNS, library, types_of
from xlperf.storage import temporary_files
from xlperf.storage.files import make_folder, reason
from xlperf.wording import language

OWNER_COLUMNS = dict.fromkeys(("file", "department", "department_name"), "text")
PROJECT_COLUMNS = {"project_code": "text", "project_name": "text"}
TABLE_COLUMNS: dict[str, dict[str, str]] = {
    "projects": {
        "file": "text",
        **dict.fromkeys(NAME_COLUMNS, "text"),
        **dict.fromkeys((*PROJECT_AMOUNTS, *(f"by_{month}" for month in PLAN_MONTHS)), "money"),
        "is_measured": "truth",
        **PLACE_COLUMNS,
        "budget_cell": "text",
        **REPORTED_COLUMNS,
    },
    "indicators": {
        **OWNER_COLUMNS,
        **PROJECT_COLUMNS,
        **dict.fromkeys(("part", *INDICATOR_COLUMNS), "text"),
        **PLACE_COLUMNS,
    },
    "findings": {
        **OWNER_COLUMNS,
        **PROJECT_COLUMNS,
        **dict.fromkeys(("code", "severity"), "text"),
        "is_explained": "truth",
        **dict.fromkeys(("path", "message", "advice"), "text"),
        **PLACE_COLUMNS,
    },
}
BUFFERED_ROWS = 20_000  # of a table that are held before they are written


class TableWriter:
    """Writes the rows of extracts into open tables; findings in the language spoken now."""

    def __init__(self, pa: Any, files: dict[str, Path], stack: ExitStack) -> None:
        self.pa = pa
        self.language = language()
        self.schemas = {name: pa.schema(types_of(pa, TABLE_COLUMNS[name])) for name in files}
        self.writers = {
            name: stack.enter_context(pa.parquet.ParquetWriter(file, self.schemas[name]))
            for name, file in files.items()
        }
        self.rows: dict[str, list[ExtractRow]] = {name: [] for name in files}

    def add(self, file: str, extract: Extract) -> None:
        """Add the rows of one file."""
        for name, rows in self.rows.items():
            rows.extend(_rows(name, file, extract, self.language))
            if len(rows) >= BUFFERED_ROWS:
                self._flush(name)

    def flush(self) -> None:
        """Write what is held."""
        for name in self.rows:
            self._flush(name)

    def _flush(self, name: str) -> None:
        batch = self.pa.Table.from_pylist(self.rows[name], self.schemas[name])
        self.writers[name].write_table(batch)
        self.rows[name].clear()


def targets(folder: Path) -> list[Path]:
    """The files of the tables in a folder."""
    return [folder / f"{name}.parquet" for name in TABLE_COLUMNS]


@contextmanager
def tables_in(folder: Path) -> Iterator[TableWriter]:
    """A writer of the tables, which are put in place when all of them are whole."""
    pa = library()
    make_folder(folder)
    try:
        with ExitStack() as places:
            files = {
                target.stem: (target, places.enter_context(temporary_files.neighbour(target)))
                for target in targets(folder)
            }
            with ExitStack() as writers:
                opened = {name: beside for name, (_, beside) in files.items()}
                writer = TableWriter(pa, opened, writers)
                yield writer
                writer.flush()
            for target, beside in files.values():
                beside.chmod(0o644)
                beside.replace(target)
    except OSError as error:
        raise UserError("not_written", file=folder, why=reason(error)) from None


def _rows(name: str, file: str, extract: Extract, spoken: str) -> Iterator[ExtractRow]:
    """An extract's rows for one table; what is the same for all of a file or project stands first.

    `spoken`: the language of the findings' words.
    """
    head = extract.head
    owner = {"file": file, "department": head["code"], "department_name": head["name"]}
    words = {key: f"{key}_{spoken}" for key in ("message", "advice")}
    for row in getattr(extract, name):
        number = row["project"]
        project = (
            extract.projects[number] if number != DEPARTMENT_POSITION else {"code": "", "name": ""}
        )
        shared_columns = owner | {"project_code": project["code"], "project_name": project["name"]}
        shared_columns |= {key: row[column] for key, column in words.items() if column in row}
        yield {key: row[key] if key in row else shared_columns[key] for key in TABLE_COLUMNS[name]}
