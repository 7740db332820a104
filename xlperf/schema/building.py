"""The record's JSON Schema, made from the table of fields."""

from __future__ import annotations

from typing import Any

from xlperf.fields import GROUP_KIND, LIST_KIND, Field, keys_of, table, title

REQUIRED_KEYS = ["edition", "department", "units", "projects"]
SCHEMA_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:xlperf:record:1",
}
DESCRIPTIONS = {
    "": "One department's budget-performance document for one year. Money in yuan; shares in "
    "percent. A value that could not be read as its type is kept as text: the schema lets it "
    "pass and a rule reports it.",
    "amount": "Yuan, at most two decimals; text only where it could not be read",
    "share": "Percent; text only where it could not be read",
}
JSON_TYPES: dict[str, Any] = {  # of the kinds that are not plain texts
    "amount": ["number", "string"],
    "share": ["number", "string"],
    "number": ["number", "string"],
    "year": ["integer", "string"],
    "flag": ["boolean", "string"],
    "place": ["string", "integer"],
}


def build_schema() -> dict[str, Any]:
    """The whole schema, as plain JSON data (draft 2020-12)."""
    return {
        **SCHEMA_HEAD,
        "title": title(),
        "description": DESCRIPTIONS[""],
        **_object("", REQUIRED_KEYS),
    }


def _object(path: str, required: list[str] | None = None) -> dict[str, Any]:
    """An object with the fields below a path, and no others."""
    parts = {key: _field(table()[f"{path}/{key}".lstrip("/")]) for key in keys_of(path)}
    needed = {"required": required} if required else {}
    return {"type": "object", **needed, "additionalProperties": False, "properties": parts}


def _field(field: Field) -> dict[str, Any]:
    about = field.about or DESCRIPTIONS.get(field.kind, "")
    if field.kind in (GROUP_KIND, LIST_KIND):
        value = _object(field.path)
    else:
        value = {"type": JSON_TYPES.get(field.kind, "string")}
    if field.many or field.kind == LIST_KIND:
        value = {"type": "array", "items": value}
    return {"description": about, **value} if about else value
