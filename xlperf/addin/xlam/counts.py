"""How much there is in an add-in, for the sentences about it."""

from __future__ import annotations

from xlperf.addin.vba import project_reader
from xlperf.addin.xlam import package
from xlperf.addin.xlam.xml_lines import parse


def of(data: bytes) -> dict[str, int]:
    """How many modules and buttons a sound file has."""
    made = package.read(data)
    modules = project_reader.read(made.vba).modules
    buttons = parse(made.ribbon).named("button")
    return {"modules": len(modules), "buttons": sum(1 for _ in buttons)}
