"""The one way of writing a record, and its JSON text.

Two records that say the same are written the same: lists present, blanks absent, amounts with two
decimals, keys in the order of the schema. Nothing that says anything is lost on the way.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import simplejson

from xlperf.characters.control import CONTROL_CHARACTERS
from xlperf.errors import UserError
from xlperf.fields import keys, keys_of
from xlperf.record import (
    CENT,
    MOST_READ_DIGITS,
    Raw,
    amount,
    is_blank,
    share,
    words,
    year_of,
)
from xlperf.waivers import order
from xlperf.wording import official

MOST_DEPTH = 50  # levels of nesting; a record has eight
RECORD_LISTS = ("activities", "safeguards", "units", "projects")
CAUSES = ("funding", "rules", "staff", "hardware", "other")  # of a deviation, as forms print them


def written_amount(value: object) -> object:
    """An amount in yuan as it is kept: with two decimals; what cannot be read, as it was."""
    number = amount(value)
    if number is None:
        return value
    rounded = number.quantize(CENT) if abs(number) < Decimal(10) ** 20 else number
    return rounded if rounded == number else number


def written_share(value: object) -> object:
    """How a percentage is kept: 25 for 25.00; what cannot be read, as it was."""
    return _short(value, share(value))


def written_number(value: object) -> object:
    """How a number is kept: 10 for 10.0; what cannot be read, as it was."""
    return _short(value, amount(value))


def _short(value: object, number: Decimal | None) -> object:
    if number is None:
        return value
    return int(number) if number == number.to_integral_value() else number.normalize()


def canonical(raw: Raw) -> Raw:
    """The one way of writing a record: lists present, blanks absent, amounts with two decimals.

    Nothing that says anything is lost; what has the wrong shape is left as it is for the schema
    to report.
    """
    record = _clean(raw) or {}
    for key in RECORD_LISTS:
        record.setdefault(key, [])
    if isinstance(record.get("waivers"), list):
        record["waivers"] = sorted(record["waivers"], key=order)
    for key in ("leftovers", "inferred", "waivers"):
        if record.get(key) == []:
            del record[key]
    if "fiscal_year" in record:
        year = year_of(record["fiscal_year"])
        record["fiscal_year"] = record["fiscal_year"] if year is None else year
    for activity in _dicts(record["activities"]):
        activity.setdefault("indicators", [])
    names = unit_names(record)
    for project in _dicts(record["projects"]):
        _canonical_project(project, names)
    for stage in _dicts(record.get("stages")):
        stage.setdefault("projects", [])
        for reported in _dicts(stage.get("projects")):
            _canonical_report(reported)
    ordered: Raw = _ordered(record)
    return ordered


def unit_names(record: Raw) -> dict[str, str]:
    """Unit code to the first name that a record lists for it."""
    names: dict[str, str] = {}
    for unit in _dicts(record.get("units")):
        names.setdefault(words(unit, "code"), words(unit, "name"))
    return names


def _canonical_project(project: Raw, names: dict[str, str]) -> None:
    project.setdefault("goals", [])
    project.setdefault("indicators", [])
    _write_amounts(project, "projects")
    for line in _dicts(project.get("funds")):
        _write_amounts(line, "projects/funds")
    plan = project.get("spending_plan")
    if isinstance(plan, dict):
        project["spending_plan"] = {k: written_share(v) for k, v in plan.items()}
    for indicator in _dicts(project["indicators"]):
        _write_numbers(indicator, "projects/indicators")
    if "unit_name" in project and project["unit_name"] == names.get(words(project, "unit")):
        del project["unit_name"]
    if "title" in project and project["title"] == derived_title(words(project, "name")):
        del project["title"]


def _canonical_report(project: Raw) -> None:
    """A project of a stage: causes in the order of the form, each once; no empty lists."""
    _write_amounts(project, "stages/projects")
    _write_numbers(project, "stages/projects")
    for line in _dicts(project.get("funds")):
        _write_amounts(line, "stages/projects/funds")
    for item in _dicts(project.get("indicators")):
        _write_numbers(item, "stages/projects/indicators")
        causes, of = item.get("causes"), item.get("of")
        if isinstance(of, list):
            item["of"] = _written_identity(of)
        if isinstance(causes, list):
            known_causes = [cause for cause in CAUSES if cause in causes]
            others = [cause for cause in causes if cause not in known_causes]
            item["causes"] = [*known_causes, *others]
            if not item["causes"]:
                del item["causes"]
    for key in ("indicators", "funds"):
        if project.get(key) == []:
            del project[key]


def _written_identity(of: list[Any]) -> list[Any]:
    """Two levels, a name and a number; what is not stated is "" and 0."""
    names, nth = (of[:-1], of[-1]) if of and isinstance(of[-1], int) else (of, 0)
    return [*[""] * (3 - len(names)), *names, nth]


def _write_numbers(holder: Raw, path: str) -> None:
    """The points and weights of an object at a path of the record, as they are written."""
    for key in keys(("number",), path):
        if key in holder:
            holder[key] = written_number(holder[key])


def _write_amounts(holder: Raw, path: str) -> None:
    """The amounts of an object at a path of the record, as they are written."""
    for key in keys(("amount",), path):
        if key in holder:
            holder[key] = written_amount(holder[key])


def _ordered(node: Any, path: str = "") -> Any:
    """A part of a record with its keys in the order of the fields, unknown ones last."""
    if isinstance(node, list):
        return [_ordered(item, path) for item in node]
    if not isinstance(node, dict):
        return node
    in_order = [key for key in keys_of(path) if key in node]
    all_keys = [*in_order, *(key for key in node if key not in in_order)]
    return {key: _ordered(node[key], f"{path}/{key}".lstrip("/")) for key in all_keys}


def derived_title(name: str) -> str:
    """The title a project's form prints: its name and the name of the form."""
    return name + official("form.project_title")


def _dicts(value: object) -> list[Raw]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _clean(node: object, key: str = "") -> Any:
    """Without nulls, blank texts and objects that say nothing; line breaks as \\n."""
    if isinstance(node, dict):
        fields = {name: _clean(value, name) for name, value in node.items()}
        return {name: part for name, part in fields.items() if part != {} and not is_blank(part)}
    if isinstance(node, list):
        cleaned = [_clean(item) for item in node]
        if all(isinstance(item, str) for item in cleaned) or key in ("projects", "of"):
            return (
                cleaned  # a blank line of goals, a form still to be filled in, a level not printed
            )
        return [item for item in cleaned if item not in (None, "", {}, {"indicators": []})]
    if isinstance(node, str):
        return node.replace("\r\n", "\n").replace("\r", "\n")
    return node


def loads(text: str, file: object = "") -> Any:
    """The data of a JSON text, decimals exact; UserError naming `file` if it is broken."""
    try:
        data = simplejson.loads(text, allow_nan=False, parse_float=_decimal)
        _must_be_flat(data)
        simplejson.dumps(data, ensure_ascii=False, use_decimal=True).encode("utf-8")
    except simplejson.JSONDecodeError as error:
        raise UserError("broken_json", file=file, line=error.lineno, column=error.colno) from None
    except UnicodeEncodeError:
        raise UserError("half_characters", file=file) from None
    except (ValueError, RecursionError):
        raise UserError("odd_json", file=file) from None
    return data


def _decimal(text: str) -> Decimal:
    """A number as written; ValueError for one that no amount can be."""
    number = Decimal(text)
    if abs(number.adjusted()) > MOST_READ_DIGITS:
        raise ValueError(text)
    return number


def _must_be_flat(data: Any) -> None:
    """Raise RecursionError for data nested far deeper than any record."""
    level = [data]
    for _ in range(MOST_DEPTH):
        level = [
            below
            for node in level
            for below in (
                node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
            )
        ]
        if not level:
            return
    raise RecursionError


def dumps(data: Any) -> str:
    """JSON text as people read it: UTF-8, two spaces, decimals as written."""
    text = str(simplejson.dumps(data, ensure_ascii=False, indent=2, use_decimal=True))
    return CONTROL_CHARACTERS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n"
