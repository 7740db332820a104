"""Is the ribbon sound? What Excel asks of its XML, and whether VBA has what it calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xlperf.addin.source_faults import AddinFault, fault
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
ON_LOAD, CONTROL, GETTER = "ribbon", "control", "get"
SIGNATURES = {
    ON_LOAD: re.compile(r"(ByVal\s+)?\w+ As IRibbonUI", re.IGNORECASE),
    CONTROL: re.compile(r"(ByVal\s+)?\w+ As IRibbonControl", re.IGNORECASE),
    GETTER: re.compile(
        r"(ByVal\s+)?\w+ As IRibbonControl,\s*ByRef \w+( As Variant)?", re.IGNORECASE
    ),
}


def callbacks(root: Element) -> Iterator[tuple[int, str, str]]:
    """Every procedure that the ribbon calls: line, attribute, the procedure's name."""
    for element in root.all():
        for attribute, value in element.attributes.items():
            if attribute.startswith("get") or attribute in ("onAction", "onLoad", "loadImage"):
                yield element.line, attribute, value.rpartition(".")[2]


def faults(root: Element, file: str) -> Iterator[AddinFault]:
    """What Excel would refuse, silently or with a message at start: elements, attributes, ids."""
    if root.tag != f"{NAMESPACE}}}customUI":
        yield fault("ribbon_namespace", f"{file}:{root.line}")
    yield from _element_faults(root, "", file)
    first_lines: dict[str, int] = {}
    for element in root.all():
        control_id = element.attributes.get("id", "")
        if control_id and control_id in first_lines:
            yield fault(
                "same_id", f"{file}:{element.line}", id=control_id, line=first_lines[control_id]
            )
        first_lines.setdefault(control_id, element.line)


def _element_faults(element: Element, parent: str, file: str) -> Iterator[AddinFault]:
    where, name, attributes = f"{file}:{element.line}", element.name, element.attributes
    if parent not in PARENTS.get(name, ()):
        yield fault("ribbon_element", where, element=name, parent=parent)
        return
    for odd in sorted(attributes.keys() - ATTRIBUTES[name]):
        yield fault("ribbon_attribute", where, element=name, attribute=odd)
    if name in CONTROLS and sum(item in attributes for item in IDS) != 1:
        yield fault("one_id", where, element=name)
    for attribute in sorted(attributes):
        twin = f"get{attribute[0].upper()}{attribute[1:]}"
        if twin in attributes and attribute not in IMAGES:
            yield fault("said_twice", where, attribute=attribute, twin=twin)
        if attribute in ("screentip", "supertip") and len(attributes[attribute]) > LONGEST_TIP:
            yield fault("long_tip", where, attribute=attribute)
    if sum(image in attributes for image in IMAGES) > 1:
        yield fault("two_images", where, element=name)
    for child in element.children:
        yield from _element_faults(child, name, file)


def call_faults(root: Element, file: str, modules: Sequence[Module]) -> Iterator[AddinFault]:
    """Faults for called procedures that are no public Sub, or whose arguments are others."""
    result = {
        match["name"].lower(): (module, line, match)
        for module in modules
        if module.kind == "std"
        for line, match in module.procedures()
        if (match["scope"] or "").strip().lower() != "private" and match["kind"].lower() == "sub"
    }
    for line, attribute, name in sorted(set(callbacks(root)), key=lambda call: call[::-1]):
        if name.lower() not in result:
            yield fault("no_procedure", f"{file}:{line}", attribute=attribute, name=name)
            continue
        module, at, match = result[name.lower()]
        if not SIGNATURES[_kind(attribute)].fullmatch(match["parameters"].strip()):
            yield fault("signature", f"{module.file}:{at}", attribute=attribute, name=name)


def _kind(attribute: str) -> str:
    if attribute == "onLoad":
        return ON_LOAD
    return CONTROL if attribute == "onAction" else GETTER


def word_faults(root: Element, file: str, keys: Iterable[str]) -> Iterator[AddinFault]:
    """Faults for controls whose label or tip is asked for and has no word among `keys`."""
    known_keys = set(keys)
    for element in root.all():
        for part in ("Label", "Screentip", "Supertip"):
            key = f"{element.attributes.get('id')}.{part.lower()}"
            if f"get{part}" in element.attributes and key not in known_keys:
                yield fault("no_word", f"{file}:{element.line}", key=key)
