"""The ribbon's XML: what Excel asks of it, and whether VBA has what it calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xlperf.addin.source_faults import Fault, fault
from xlperf.addin.vba.source import Module
from xlperf.addin.xlam.xml_lines import Element

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
PARENTS = {  # the elements we use and where each may stand
    "customUI": {""},
    "ribbon": {"customUI"},
    "tabs": {"ribbon"},
    "tab": {"tabs"},
    "group": {"tab"},
    "button": {"group", "menu"},
    "menu": {"group", "menu"},
    "separator": {"group"},
    "menuSeparator": {"menu"},
}
CONTROLS = PARENTS.keys() - {"customUI", "ribbon", "tabs"}
IDS = ("id", "idMso", "idQ")
PLACES = {"insertAfterMso", "insertBeforeMso", "insertAfterQ", "insertBeforeQ"}
COMMON = {*IDS, "label", "getLabel", "visible", "getVisible", "keytip", "getKeytip", "tag", *PLACES}
FACE = {
    "image", "imageMso", "getImage", "screentip", "getScreentip", "supertip", "getSupertip",
    "enabled", "getEnabled", "showLabel", "getShowLabel", "showImage", "getShowImage",
    "size", "getSize", "description", "getDescription",
}  # fmt: skip
ATTRIBUTES = {
    "customUI": {"onLoad", "loadImage"},
    "ribbon": {"startFromScratch"},
    "tabs": set[str](),
    "tab": COMMON,
    "group": COMMON | {"image", "imageMso", "getImage", "screentip", "supertip", "autoScale"},
    "button": COMMON | FACE | {"onAction"},
    "menu": COMMON | FACE | {"itemSize"},
    "separator": {*IDS, "visible", "getVisible", *PLACES},
    "menuSeparator": {*IDS, "title", "getTitle", *PLACES},
}
IMAGES = ("image", "imageMso", "getImage")
LONGEST_TIP = 1024
RIBBON, CONTROL, BACK = "ribbon", "control", "get"
SIGNATURES = {
    RIBBON: re.compile(r"(ByVal\s+)?\w+ As IRibbonUI", re.IGNORECASE),
    CONTROL: re.compile(r"(ByVal\s+)?\w+ As IRibbonControl", re.IGNORECASE),
    BACK: re.compile(r"(ByVal\s+)?\w+ As IRibbonControl,\s*ByRef \w+( As Variant)?", re.IGNORECASE),
}


def callbacks(root: Element) -> Iterator[tuple[int, str, str]]:
    """Line, attribute and procedure of everything the ribbon calls."""
    for element in root.all():
        for attribute, value in element.attributes.items():
            if attribute.startswith("get") or attribute in ("onAction", "onLoad", "loadImage"):
                yield element.line, attribute, value.rpartition(".")[2]


def faults(root: Element, file: str) -> Iterator[Fault]:
    """What Excel would refuse, in silence or with a box at start."""
    if root.tag != f"{NAMESPACE}}}customUI":
        yield fault("ribbon_namespace", f"{file}:{root.line}")
    yield from _element_faults(root, "", file)
    seen: dict[str, int] = {}
    for element in root.all():
        given = element.attributes.get("id", "")
        if given and given in seen:
            yield fault("same_id", f"{file}:{element.line}", id=given, line=seen[given])
        seen.setdefault(given, element.line)


def _element_faults(element: Element, parent: str, file: str) -> Iterator[Fault]:
    where, name, given = f"{file}:{element.line}", element.name, element.attributes
    if parent not in PARENTS.get(name, ()):
        yield fault("ribbon_element", where, element=name, parent=parent)
        return
    for odd in sorted(given.keys() - ATTRIBUTES[name]):
        yield fault("ribbon_attribute", where, element=name, attribute=odd)
    if name in CONTROLS and sum(item in given for item in IDS) != 1:
        yield fault("one_id", where, element=name)
    for attribute in sorted(given):
        twin = f"get{attribute[0].upper()}{attribute[1:]}"
        if twin in given and attribute not in IMAGES:
            yield fault("said_twice", where, attribute=attribute, twin=twin)
        if attribute in ("screentip", "supertip") and len(given[attribute]) > LONGEST_TIP:
            yield fault("long_tip", where, attribute=attribute)
    if sum(image in given for image in IMAGES) > 1:
        yield fault("two_images", where, element=name)
    for child in element.children:
        yield from _element_faults(child, name, file)


def call_faults(root: Element, file: str, modules: Sequence[Module]) -> Iterator[Fault]:
    """Every procedure the ribbon names must be a public Sub with the right arguments."""
    result = {
        match["name"].lower(): (module, line, match)
        for module in modules
        if module.kind == "std"
        for line, match in module.procedures()
        if (match["scope"] or "").strip().lower() != "private" and match["kind"].lower() == "sub"
    }
    for line, attribute, name in sorted(set(callbacks(root)), key=lambda each: each[::-1]):
        if name.lower() not in result:
            yield fault("no_procedure", f"{file}:{line}", attribute=attribute, name=name)
            continue
        module, at, match = result[name.lower()]
        if not SIGNATURES[_kind(attribute)].fullmatch(match["parameters"].strip()):
            yield fault("signature", f"{module.file}:{at}", attribute=attribute, name=name)


def _kind(attribute: str) -> str:
    if attribute == "onLoad":
        return RIBBON
    return CONTROL if attribute == "onAction" else BACK


def word_faults(root: Element, file: str, keys: Iterable[str]) -> Iterator[Fault]:
    """Every control that asks for a word must have it in the wording."""
    known = set(keys)
    for element in root.all():
        for part in ("Label", "Screentip", "Supertip"):
            key = f"{element.attributes.get('id')}.{part.lower()}"
            if f"get{part}" in element.attributes and key not in known:
                yield fault("no_word", f"{file}:{element.line}", key=key)
