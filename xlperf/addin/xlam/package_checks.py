"""Is the package sound? Types, relations and parts, by the Open Packaging Conventions."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping

from xlperf.addin.source_faults import AddinFault, DamagedFileError, fault
from xlperf.addin.xlam.package import (
    ADDIN_TYPE,
    BOOK,
    CODE_NAMES,
    RIBBON_PART,
    RIBBON_RELATION,
    TYPES_PART,
    VBA,
    WORKBOOK_MODULE,
    related,
    sheet_parts,
)
from xlperf.addin.xlam.xml_lines import parse

VBA_TYPE = "application/vnd.ms-office.vbaProject"
VBA_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
FOREIGN = ("externalLink", "oleObject", "package", "control", "attachedTemplate")

PackageParts = Mapping[str, bytes]


def faults(parts: PackageParts) -> Iterator[AddinFault]:
    """Faults of the package itself: parts, content types, relations, code names."""
    yield from _twins(parts)
    if TYPES_PART not in parts or BOOK not in parts:
        yield fault("no_part", part=TYPES_PART if TYPES_PART not in parts else BOOK)
        return
    yield from _type_faults(parts)
    yield from _relation_faults(parts)
    yield from _code_name_faults(parts)


def _twins(parts: PackageParts) -> Iterator[AddinFault]:
    for name, count in Counter(name.lower() for name in parts).items():
        if count > 1:
            yield fault("same_part", part=name)


def _types(parts: PackageParts) -> tuple[dict[str, str], dict[str, str]]:
    root = parse(parts[TYPES_PART])
    by_end = {
        item.attributes.get("Extension", "").lower(): item.attributes.get("ContentType", "")
        for item in root.elements_named("Default")
    }
    by_name = {
        item.attributes.get("PartName", "")[1:]: item.attributes.get("ContentType", "")
        for item in root.elements_named("Override")
    }
    return by_end, by_name


def _type_faults(parts: PackageParts) -> Iterator[AddinFault]:
    by_end, by_name = _types(parts)
    for name in sorted(by_name.keys() - parts.keys()):
        yield fault("no_part", TYPES_PART, part=name)
    for name in sorted(parts.keys() - by_name.keys() - {TYPES_PART}):
        if name.rpartition(".")[2].lower() not in by_end:
            yield fault("no_type", TYPES_PART, part=name)
    for name, expected_type in ((BOOK, ADDIN_TYPE), (VBA, VBA_TYPE)):
        content_type = by_name.get(name) or by_end.get(name.rpartition(".")[2], "")
        if name in parts and content_type != expected_type:
            yield fault(
                "other_type", TYPES_PART, part=name, actual=content_type, wanted=expected_type
            )


def _relation_faults(parts: PackageParts) -> Iterator[AddinFault]:
    reached, waiting = {TYPES_PART}, [""]
    while waiting:
        source = waiting.pop()
        folder, base = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        reached |= {rels} & parts.keys()
        if rels in parts:
            yield from _odd_relations(parts, rels)
        for _, target in related(parts, source).values():
            if target not in parts:
                yield fault("no_part", rels, part=target)
            elif target not in reached:
                reached.add(target)
                waiting.append(target)
    for name in sorted(parts.keys() - reached):
        yield fault("unreached", part=name)
    for source, kind, part in (("", RIBBON_RELATION, RIBBON_PART), (BOOK, VBA_RELATION, VBA)):
        if (kind, part) not in related(parts, source).values():
            yield fault("no_relation", source or "_rels/.rels", part=part)


def _odd_relations(parts: PackageParts, rels: str) -> Iterator[AddinFault]:
    """Ids said twice, and content from outside the file."""
    relations = [child.attributes for child in parse(parts[rels]).children]
    for number, count in Counter(relation.get("Id", "") for relation in relations).items():
        if count > 1:
            yield fault("same_id", rels, id=number, line="")
    for relation in relations:
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") == "External" or kind in FOREIGN:
            yield fault("external", rels, target=relation.get("Target", ""))


def code_names(parts: PackageParts) -> dict[str, str]:
    """The VBA module that each sheet names as its own, by sheet name; under "" the workbook's."""
    names = {"": _code_name(parts, BOOK, "workbookPr")}
    for name, part in sheet_parts(parts).items():
        names[name] = _code_name(parts, part, "sheetPr") if part in parts else ""
    return names


def _code_name(parts: PackageParts, part: str, element: str) -> str:
    if part not in parts:
        raise DamagedFileError(f"no {part}")
    values = (
        item.attributes.get("codeName", "") for item in parse(parts[part]).elements_named(element)
    )
    return next(values, "")


def _code_name_faults(parts: PackageParts) -> Iterator[AddinFault]:
    names = code_names(parts)
    for name, expected_name in {"": WORKBOOK_MODULE, **CODE_NAMES}.items():
        if names.get(name) != expected_name:
            yield fault("code_name", BOOK, sheet=name or BOOK, actual=names.get(name, ""))
    states = {
        sheet.attributes.get("name", ""): sheet.attributes.get("state", "visible")
        for sheet in parse(parts[BOOK]).elements_named("sheet")
    }
    for name in list(CODE_NAMES)[1:]:
        if states.get(name, "veryHidden") != "veryHidden":
            yield fault("not_hidden", BOOK, sheet=name)
