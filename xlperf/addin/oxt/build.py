"""The extension for LibreOffice (`.oxt`), with the buttons and words of Excel's ribbon.

Layout of the package after LibreOffice's Developer's Guide (Extensions, Protocol Handler, Add-ons):
a zip with a manifest, a description, two pieces of configuration, and the Python component.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET  # to write only

from xlperf import __version__
from xlperf.addin.xlam import build as xlam
from xlperf.addin.xlam.xml_lines import parse
from xlperf.errors import UserError
from xlperf.host_members import as_data
from xlperf.storage.deterministic_zips import pack
from xlperf.wording import LANGUAGES, text

OXT_FILE = "xlperf.oxt"
IDENTIFIER = "xlperf.LibreOffice"
COMMANDS_NODE = "xlperf.LibreOffice.Commands"  # as the component names itself
SCRIPT_FOLDER, COMPONENT = "libreoffice", "xlperf_addon.py"
MODULES = ("xlperf_calc.py", "xlperf_session.py")
PROTOCOL = "xlperf:"
LOCALES = {"zh": "zh-CN", "en": "en-US"}
SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
ALWAYS_TAG = "always"  # the tag of a button that any document enables
EXTENSION_SENTENCES = ("no_python", "failed", "read_only")  # what the extension says by itself

OOR = "http://openoffice.org/2001/registry"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DESCRIPTION = "http://openoffice.org/extensions/description/2006"
MANIFEST_NAMESPACE = "http://openoffice.org/2001/manifest"
for _prefix, _namespace in (("oor", OOR), ("manifest", MANIFEST_NAMESPACE), ("d", DESCRIPTION)):
    ET.register_namespace(_prefix, _namespace)
ADDONS = "application/vnd.sun.star.configuration-data"
PYTHON = "application/vnd.sun.star.uno-component;type=Python"


@dataclass(frozen=True)
class Button:
    """One button of the ribbon: its action, and whether any document enables it."""

    action: str
    always: bool


def buttons(sources: Path) -> list[list[Button]]:
    """The groups of buttons, in the order of the ribbon."""
    root = parse((sources / xlam.RIBBON_FILE).read_bytes())
    return [
        [
            Button(item.attributes["id"], item.attributes.get("tag") == ALWAYS_TAG)
            for item in group.all()
            if item.name == "button"
        ]
        for group in root.all()
        if group.name == "group"
    ]


def build(sources: Path) -> bytes:
    """The extension made of a folder of sources: the same text gives the same bytes.

    Raises UserError where the folder does not hold them.
    """
    folder = sources / SCRIPT_FOLDER
    if not (folder / COMPONENT).is_file() or not (sources / xlam.RIBBON_FILE).is_file():
        raise UserError("addin_no_sources", folder=folder, file=COMPONENT)
    groups = buttons(sources)
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "Addons.xcu": _addons(groups),
        "ProtocolHandler.xcu": _protocol_handler(),
        "CalcWindowState.xcu": _window_state(),
        COMPONENT: (folder / COMPONENT).read_bytes(),
        "words.json": _json(words(groups)),
        "pythonpath/members.json": _json(as_data()),
    }
    for name in MODULES:
        parts[f"pythonpath/{name}"] = (folder / "pythonpath" / name).read_bytes()
    return pack(parts)


def words(groups: list[list[Button]]) -> dict[str, object]:
    """What the component needs to know of the buttons, and what it says by itself."""
    all_buttons = [button for group in groups for button in group]
    spoken = {
        lang: {
            "buttons": {b.action: text(lang, f"ribbon.{b.action}.label") for b in all_buttons},
            **{key: text(lang, f"oxt.{key}") for key in EXTENSION_SENTENCES},
        }
        for lang in LANGUAGES
    }
    return {**spoken, ALWAYS_TAG: [button.action for button in all_buttons if button.always]}


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _manifest() -> bytes:
    root = ET.Element(f"{{{MANIFEST_NAMESPACE}}}manifest")
    for path, kind in (
        ("Addons.xcu", ADDONS),
        ("CalcWindowState.xcu", ADDONS),
        ("ProtocolHandler.xcu", ADDONS),
        (COMPONENT, PYTHON),
    ):
        entry = ET.SubElement(root, f"{{{MANIFEST_NAMESPACE}}}file-entry")
        entry.set(f"{{{MANIFEST_NAMESPACE}}}full-path", path)
        entry.set(f"{{{MANIFEST_NAMESPACE}}}media-type", kind)
    return _xml(root)


def _description() -> bytes:
    root = ET.Element(f"{{{DESCRIPTION}}}description")
    ET.SubElement(root, f"{{{DESCRIPTION}}}identifier").set("value", IDENTIFIER)
    ET.SubElement(root, f"{{{DESCRIPTION}}}version").set("value", __version__)
    names = ET.SubElement(root, f"{{{DESCRIPTION}}}display-name")
    for lang, locale in LOCALES.items():
        name = ET.SubElement(names, f"{{{DESCRIPTION}}}name")
        name.set("lang", locale)
        name.text = text(lang, "oxt.name")
    return _xml(root)


def _configuration(name: str, package: str = "org.openoffice.Office") -> ET.Element:
    root = ET.Element(f"{{{OOR}}}component-data")
    root.set(f"{{{OOR}}}name", name)
    root.set(f"{{{OOR}}}package", package)
    return root


def _node(parent: ET.Element, name: str, *, added: bool = False) -> ET.Element:
    node = ET.SubElement(parent, "node")
    node.set(f"{{{OOR}}}name", name)
    if added:
        node.set(f"{{{OOR}}}op", "replace")
    return node


def _property(parent: ET.Element, name: str, *values: tuple[str, str]) -> None:
    """A property with its value, or one a language; `values`: (locale or "", text)."""
    prop = ET.SubElement(parent, "prop")
    prop.set(f"{{{OOR}}}name", name)
    for locale, words_shown in values:
        value = ET.SubElement(prop, "value")
        if locale:
            value.set(LANG, locale)
        value.text = words_shown


def _protocol_handler() -> bytes:
    root = _configuration("ProtocolHandler")
    handler = _node(_node(root, "HandlerSet"), COMMANDS_NODE, added=True)
    prop = ET.SubElement(handler, "prop")
    prop.set(f"{{{OOR}}}name", "Protocols")
    prop.set(f"{{{OOR}}}type", "oor:string-list")
    ET.SubElement(prop, "value").text = f"{PROTOCOL}*"
    return _xml(root)


def _window_state() -> bytes:
    """The toolbar's name, and that it stands above the sheet."""
    root = _configuration("CalcWindowState", "org.openoffice.Office.UI")
    states = _node(_node(root, "UIElements"), "States")
    toolbar = _node(states, f"private:resource/toolbar/addon_{IDENTIFIER}.toolbar", added=True)
    _property(toolbar, "UIName", *_in_languages("ribbon.tab.label"))
    _property(toolbar, "Docked", ("", "true"))
    _property(toolbar, "DockingArea", ("", "0"))  # the top
    _property(toolbar, "Visible", ("", "true"))
    return _xml(root)


def _addons(groups: list[list[Button]]) -> bytes:
    root = _configuration("Addons")
    face = _node(root, "AddonUI")
    toolbar = _node(_node(face, "OfficeToolBar"), f"{IDENTIFIER}.toolbar", added=True)
    menu = _node(_node(face, "OfficeMenuBar"), f"{IDENTIFIER}.menu", added=True)
    _property(menu, "Title", *_in_languages("ribbon.tab.label"))
    _property(menu, "Context", ("", SPREADSHEET))
    submenu = _node(menu, "Submenu")
    for number, button in enumerate(_with_separators(groups)):
        for place, image_property in ((toolbar, "ImageIdentifier"), (submenu, "")):
            entry = _node(place, f"b{number:02d}", added=True)
            if button is None:
                _property(entry, "URL", ("", "private:separator"))
                continue
            _property(entry, "URL", ("", PROTOCOL + button.action))
            _property(entry, "Title", *_in_languages(f"ribbon.{button.action}.label"))
            _property(entry, "Target", ("", "_self"))
            _property(entry, "Context", ("", SPREADSHEET))
            if image_property:
                _property(entry, image_property, ("", ""))
    return _xml(root)


def _in_languages(key: str) -> list[tuple[str, str]]:
    return [(locale, text(lang, key)) for lang, locale in LOCALES.items()]


def _with_separators(groups: list[list[Button]]) -> Iterator[Button | None]:
    """All buttons, None between two groups."""
    for number, group in enumerate(groups):
        if number:
            yield None
        yield from group
