"""The bill of materials of a bundle, as CycloneDX 1.5 JSON: each wheel, its sum, its licence."""

from __future__ import annotations

import email.parser
import json
import re
import zipfile
from collections.abc import Iterable
from email.message import Message
from pathlib import Path

from xlperf.addin.bundle import install_script, wheels

MATERIALS_FILE = "sbom.json"
# an expression of SPDX's names of licences
SPDX = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")


def bill(version: str, at_hand: Iterable[Path], python: Path | None) -> bytes:
    """The bill for xlperf of a version, its wheels, and the embeddable Python if there is one."""
    components = [
        _wheel(path) for path in sorted(at_hand) if wheels.name_of(path) != wheels.OWN_PACKAGE
    ]
    if python is not None:
        components.append(_component("python", _python_version(python), python, "PSF-2.0"))
    component = {"type": "application", "name": wheels.OWN_PACKAGE, "version": version}
    data = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**component, "licenses": [{"license": {"id": "MIT"}}]}},
        "components": components,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _wheel(path: Path) -> dict[str, object]:
    name, version = wheels.name_of(path), wheels.version_of(path)
    purl = f"pkg:pypi/{name}@{version}"
    return {**_component(name, version, path, _licence(_metadata(path))), "purl": purl}


def _component(name: str, version: str, path: Path, licence: str) -> dict[str, object]:
    component: dict[str, object] = {
        "type": "library",
        "name": name,
        "version": version,
        "hashes": [{"alg": "SHA-256", "content": install_script.sha256(path)}],
        "properties": [{"name": "file", "value": path.name}],
    }
    if licence:
        is_expression = SPDX.fullmatch(licence) is not None
        licence_name: object = {"name": licence}
        component["licenses"] = [
            {"expression": licence} if is_expression else {"license": licence_name}
        ]
    return component


def _metadata(path: Path) -> Message:
    with zipfile.ZipFile(path) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return email.parser.HeaderParser().parsestr(archive.read(name).decode("utf-8", "replace"))


def _licence(metadata: Message) -> str:
    """What a package says of its licence: an expression, a line, or its classifiers."""
    for key in ("License-Expression", "License"):
        line = str(metadata.get(key) or "").strip().partition("\n")[0]
        if line and len(line) < 100:
            return line
    classifiers = [str(item) for item in metadata.get_all("Classifier", [])]
    licences = (item for item in classifiers if item.startswith("License ::"))
    return "; ".join(item.rpartition(":: ")[2] for item in licences)


def _python_version(path: Path) -> str:
    return path.name.removeprefix("python-").partition("-embed")[0]
