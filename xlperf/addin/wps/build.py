"""The add-in for WPS, for use without a server: a folder for `jsaddons` and the list that names it.

What WPS looks for is what `wpsjs build` makes (npm, wpsjs 2.2): a folder NAME_VERSION with an
`index.html` and a `ribbon.xml`, and beside it `publish.xml`.
"""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET  # to write only

from xlperf import __version__
from xlperf.addin.oxt.build import ALWAYS_TAG, Button, buttons
from xlperf.addin.xlam import build as xlam
from xlperf.addin.xlam.xml_lines import Element, parse
from xlperf.errors import UserError
from xlperf.host_members import as_data
from xlperf.storage.deterministic_zips import pack
from xlperf.wording import LANGUAGES, keys, text

ADDIN_NAME, KIND = "xlperf", "et"  # et: WPS's spreadsheets
WPS_FOLDER = "wps"
WPS_SOURCES = ("index.html", "xlperf.js")
PUBLISH_FILE = "publish.xml"
CENTRAL = "jsplugins.xml"  # for the administrators' server, whose address is to be put in
SERVER = "http://SERVER/"
SMOKE = "SMOKE.md"
RIBBON_TEXTS = ("label", "screentip", "supertip")
WPS_SENTENCES = ("no_helper", "failed")


def folder_name() -> str:
    """The folder in `jsaddons` that WPS reads."""
    return f"{ADDIN_NAME}_{__version__}"


def files(sources: Path) -> dict[str, bytes]:
    """The add-in's files by name. Raises UserError where the folder does not hold the sources."""
    folder = sources / WPS_FOLDER
    if not (folder / WPS_SOURCES[1]).is_file() or not (sources / xlam.RIBBON_FILE).is_file():
        raise UserError("addin_no_sources", folder=folder, file=WPS_SOURCES[1])
    all_buttons = [button for group in buttons(sources) for button in group]
    return {
        **{name: (folder / name).read_bytes() for name in WPS_SOURCES},
        "ribbon.xml": (sources / xlam.RIBBON_FILE).read_bytes().replace(b"\r\n", b"\n"),
        "members.js": _script("XLPERF_MEMBERS", as_data()),
        "words.js": _script("XLPERF_WORDS", words(all_buttons)),
    }


def build(sources: Path) -> bytes:
    """A zip of the folder, the list, and what a person with WPS should try."""
    inside = {f"{folder_name()}/{name}": data for name, data in files(sources).items()}
    smoke = (sources / WPS_FOLDER / SMOKE).read_bytes()
    return pack({**inside, PUBLISH_FILE: listed(b""), CENTRAL: central(), SMOKE: smoke})


def central() -> bytes:
    """The list by which WPS takes the add-in from a server of the office: `oem.ini` names it."""
    root = ET.Element("jsplugins")
    url = f"{SERVER}{folder_name()}/"
    ET.SubElement(root, "jspluginonline", {"name": ADDIN_NAME, "type": KIND, "url": url})
    return _xml_bytes(root)


def words(all_buttons: list[Button]) -> dict[str, object]:
    """What the add-in says, by language."""
    return {
        lang: {
            "buttons": _button_words(lang, all_buttons),
            ALWAYS_TAG: [button.action for button in all_buttons if button.always],
            **{key: text(lang, f"wps.{key}") for key in WPS_SENTENCES},
        }
        for lang in LANGUAGES
    }


def _button_words(lang: str, all_buttons: list[Button]) -> dict[str, dict[str, str]]:
    word_keys = keys(lang)
    ids = ["tab", *(f"group_{name}" for name in ("check", "project", "summary", "publish", "help"))]
    return {
        key: {
            part: text(lang, f"ribbon.{key}.{part}")
            for part in RIBBON_TEXTS
            if f"ribbon.{key}.{part}" in word_keys
        }
        for key in (*ids, *(button.action for button in all_buttons))
    }


def _script(name: str, data: object) -> bytes:
    return f"const {name} = {json.dumps(data, ensure_ascii=False, indent=1)};\n".encode()


def listed(before: bytes) -> bytes:
    """WPS's list of add-ins with ours in it; `before`: the list that is there, or nothing.

    Raises DamagedFileError for a list that is no XML.
    """
    root = _list(before)
    _remove(root, "jsplugin", "jspluginonline")
    ours = {"name": ADDIN_NAME, "type": KIND, "url": folder_name(), "version": __version__}
    ET.SubElement(root, "jsplugin", {**ours, "enable": "enable_dev", "install": "null"})
    return _xml_bytes(root)


def unlisted(before: bytes) -> bytes:
    """The list without ours. Raises DamagedFileError for a list that is no XML."""
    root = _list(before)
    _remove(root, "jsplugin")
    return _xml_bytes(root)


def _remove(root: ET.Element, *kinds: str) -> None:
    """Take our entries of some kinds off a list, wherever they stand."""
    for above in [*root.iter()]:
        for entry in [*above]:
            if entry.tag in kinds and entry.get("name") == ADDIN_NAME:
                above.remove(entry)


def _list(data: bytes) -> ET.Element:
    if not data.strip():
        return ET.Element("jsplugins")
    return _copied(parse(data))


def _copied(element: Element) -> ET.Element:
    """An element with all below it, to be changed and written."""
    copy = ET.Element(element.name, element.attributes)
    copy.extend(map(_copied, element.children))
    return copy


def _xml_bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"
