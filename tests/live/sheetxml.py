"""Protection of sheets in a workbook's XML: taken off for LibreOffice, kept by the stand-in."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

TAG = re.compile(rb"<sheetProtection\b[^>]*/>")
ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
ALLOWED = {  # Excel's name of what may be done → the attribute that forbids it
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}


@dataclass
class Guard:
    """How a sheet is protected."""

    on: bool = False
    objects: bool = False
    scenarios: bool = False
    password: str = ""
    allowed: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(ALLOWED, False))

    def copy(self) -> Guard:
        return Guard(self.on, self.objects, self.scenarios, self.password, dict(self.allowed))


def unlocked(source: Path, target: Path) -> list[Guard]:
    """Write a copy without protection; how each sheet was protected, in the workbook's order."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    guards = []
    for name in _sheets(parts):
        tag = TAG.search(parts[name])
        guards.append(_guard(tag[0]) if tag else Guard())
        parts[name] = TAG.sub(b"", parts[name])
    _write(target, parts)
    return guards


def locked(path: Path, guards: list[Guard]) -> None:
    """Put the protection back into a file that LibreOffice wrote."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, guard in zip(_sheets(parts), guards, strict=True):
        if guard.on:
            before, end, after = parts[name].partition(b"</sheetData>")
            if not end:
                before, end, after = parts[name].partition(b"<sheetData/>")
            parts[name] = before + end + _tag(guard) + after
    _write(path, parts)


def _write(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _sheets(parts: dict[str, bytes]) -> list[str]:
    """The sheets' parts in the workbook's order."""
    relations = parts["xl/_rels/workbook.xml.rels"]
    targets = {}
    for tag in re.findall(rb"<Relationship\b[^>]*>", relations):
        attributes = dict(ATTRIBUTE.findall(tag))
        target = attributes[b"Target"].decode().lstrip("/")
        targets[attributes[b"Id"]] = target if target.startswith("xl/") else f"xl/{target}"
    listed = re.findall(rb'<sheet\b[^>]*?r:id="([^"]+)"', parts["xl/workbook.xml"])
    return [targets[key] for key in listed]


def _guard(tag: bytes) -> Guard:
    attributes = {key.decode(): value.decode() for key, value in ATTRIBUTE.findall(tag)}

    def forbidden(name: str, usual: bool) -> bool:
        return attributes.get(name, str(int(usual))) in ("1", "true")

    return Guard(
        on=forbidden("sheet", False),
        objects=forbidden("objects", False),
        scenarios=forbidden("scenarios", False),
        password="secret" if attributes.get("password") or attributes.get("hashValue") else "",
        allowed={name: not forbidden(attribute, True) for name, attribute in ALLOWED.items()},
    )


def _tag(guard: Guard) -> bytes:
    values: dict[str, object] = {"sheet": 1, "objects": int(guard.objects)}
    values |= {"scenarios": int(guard.scenarios)}
    values |= {ALLOWED[name]: int(not may) for name, may in guard.allowed.items()}
    if guard.password:
        values["password"] = "CC1A"
    attributes = " ".join(f'{key}="{value}"' for key, value in values.items())
    return f"<sheetProtection {attributes}/>".encode()
