"""Extracts as Parquet: one file with one row for each document.

Amounts are decimals of two places in yuan, never floating point numbers. pyarrow is optional:
what needs it is refused with a sentence where it is not installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlperf.errors import UserError
from xlperf.record import PLAN_MONTHS, PROJECT_AMOUNTS
from xlperf.rollup.extract import INDICATOR_COLUMNS, NAME_COLUMNS, Extract, ExtractRow
from xlperf.rollup.packed import PackedFile, pack

if TYPE_CHECKING:
    import pyarrow as pa

ROW_TABLES = ("projects", "findings", "passages", "indicators")
PACKED_COLUMNS = ("facts", "words")  # columns: once more what totals need, read at once
KEY = b"xlperf"  # of the metadata that say what an extract was made of, and by what
PLACE_COLUMNS = {"sheet": "text", "cell": "text", "line": "number", "at": "text"}
REPORTED_COLUMNS = {
    "stage": "text",
    **dict.fromkeys(("executed", "of_budget", "score"), "money"),
    "grade": "text",
}
COLUMN_KINDS: dict[str, dict[str, str]] = {
    "projects": {
        "project": "number",
        **dict.fromkeys(NAME_COLUMNS, "text"),
        **dict.fromkeys((*PROJECT_AMOUNTS, *(f"by_{month}" for month in PLAN_MONTHS)), "money"),
        "judged_budget": "money",
        "is_measured": "truth",
        **REPORTED_COLUMNS,
        **{f"budget_{key}": kind for key, kind in PLACE_COLUMNS.items()},
        **PLACE_COLUMNS,
    },
    "findings": {
        "project": "number",
        **dict.fromkeys(("code", "severity"), "text"),
        "is_explained": "truth",
        "path": "text",
        **PLACE_COLUMNS,
        **dict.fromkeys(("message_zh", "advice_zh", "message_en", "advice_en"), "text"),
    },
    "passages": {**dict.fromkeys(("kind", "key", "text", "project"), "text"), **PLACE_COLUMNS},
    "indicators": {
        "project": "number",
        **dict.fromkeys(("part", *INDICATOR_COLUMNS), "text"),
        **PLACE_COLUMNS,
    },
}


def library() -> Any:
    """pyarrow with its Parquet; a refusal that says how to install it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UserError("no_parquet") from None
    return pyarrow


def as_bytes(extract: Extract, key: str) -> bytes:
    """An extract as a Parquet file of one row; `key`: what it was made of, and by what.

    Raises ValueError where a value does not fit, such as an amount with parts of a cent.
    """
    pa = library()
    fields = [pa.field("head", pa.struct(_head(pa)))]
    fields += [pa.field("facts", pa.string()), pa.field("words", pa.binary())]
    fields += [
        pa.field(name, pa.list_(pa.struct(types_of(pa, COLUMN_KINDS[name])))) for name in ROW_TABLES
    ]
    schema = pa.schema(fields, metadata={KEY: key.encode("utf-8")})
    packed = pack(extract)
    row = {"head": extract.head, **{name: getattr(extract, name) for name in ROW_TABLES}}
    row |= {"facts": packed.facts, "words": packed.words}
    table = pa.Table.from_pylist([row], schema)
    sink = BytesIO()
    pa.parquet.write_table(
        table,
        sink,
        compression="zstd",
        use_dictionary=False,
        write_statistics=False,
        write_page_checksum=True,
    )
    return sink.getvalue()


def from_bytes(data: bytes, key: str) -> Extract | None:
    """The extract of such a file; None for what is damaged, or was made of or by something else."""
    table = _read(data, key, ["head", *ROW_TABLES])
    if table is None:
        return None
    rows = {name: _rows(table[name].combine_chunks().values) for name in ROW_TABLES}
    (head,) = table["head"].to_pylist()
    return Extract(head, **rows)


def packed_from_bytes(data: bytes, key: str) -> PackedFile | None:
    """What totals and the survey need of such a file, as `from_bytes`, in a tenth of the time."""
    table = _read(data, key, list(PACKED_COLUMNS))
    return (
        None if table is None else PackedFile(*(table[name][0].as_py() for name in PACKED_COLUMNS))
    )


def _read(data: bytes, key: str, columns: list[str]) -> Any:
    """Some columns of an extract's one row; None for what is not whole, or not of this key."""
    pa = library()
    try:
        file = pa.parquet.ParquetFile(BytesIO(data), page_checksum_verification=True)
        if (file.metadata.metadata or {}).get(KEY) != key.encode("utf-8"):
            return None
        table = file.read(columns=columns, use_threads=False)
    except (pa.ArrowException, OSError, ValueError, KeyError, AttributeError):
        return None
    is_whole = table.num_rows == 1 and len(set(table.column_names)) == len(columns)
    return table if is_whole else None


def _rows(structs: Any) -> list[ExtractRow]:
    """The rows of a column of structures; by columns, which is several times as fast."""
    names = [field.name for field in structs.type]
    columns = [structs.field(name).to_pylist() for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def types_of(pa: Any, kinds: Mapping[str, str]) -> list[pa.Field]:
    """The fields of a table, from the kind of each column: text, number, truth, money."""
    types = {
        "text": pa.string(),
        "number": pa.int32(),
        "truth": pa.bool_(),
        "money": pa.decimal128(22, 2),
    }
    return [pa.field(key, types[kind]) for key, kind in kinds.items()]


def _head(pa: Any) -> list[pa.Field]:
    texts = [pa.field(name, pa.string()) for name in ("year", "code", "name")]
    return [*texts, pa.field("left_out", pa.list_(pa.string()))]
