"""The parts of a Word file: XML without entities, of bounded size, with short names.

Plain zip and XML rather than a library for writing Word: tracked changes, numbering, field codes,
text boxes and content controls are below what such a library shows, and are what matters here.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from xlperf.errors import UserError
from xlperf.storage import files, office_zips

MOST_XML = 32 * 2**20  # of one part, unpacked: some 1,000 forms; a second for 3 MiB
MAIN_PART = "word/document.xml"

# Word's own names stand without a prefix, as `p` and `tbl`; ISO 29500 Strict has other addresses.
PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r-",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r-",
    "http://schemas.openxmlformats.org/package/2006/relationships": "r-",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m-",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m-",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc-",
}
OTHER_PREFIX = "x-"

# Word, LibreOffice and WPS all open what is damaged in one of these ways only after a repair.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, LookupError),
    *(NotImplementedError, RuntimeError, ParseError),
)


class WordParts:
    """The XML parts of one file, by name or by how another part refers to them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names = office_zips.checked_names(path)
        self.archive = zipfile.ZipFile(BytesIO(files.bytes_of(path)))

    def main(self) -> str:
        """The name of the part that holds the text."""
        return next(self.related("", "officeDocument"), MAIN_PART)

    def related(self, part: str, kind: str) -> Iterator[str]:
        """The parts of a kind that a part refers to, in its order."""
        folder, name = posixpath.split(part)
        listed = self.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        for link in [] if listed is None else listed:
            if link.get("Type", "").endswith(f"/{kind}") and link.get("TargetMode") != "External":
                target = posixpath.join("/", folder, link.get("Target", ""))
                yield posixpath.normpath(target).lstrip("/")

    def read(self, name: str) -> Element | None:
        """A part as a tree, or nothing if there is none."""
        if name not in self.names:
            return None
        try:
            if self.archive.getinfo(name).file_size > MOST_XML:
                raise UserError("bomb", file=self.path)
            return _short(fromstring(self.archive.read(name), forbid_dtd=True))
        except DefusedXmlException:
            raise UserError("unsafe_xml", file=self.path) from None
        except DAMAGE:
            raise UserError("damaged", file=self.path) from None


def _short(root: Element) -> Element:
    """The same tree with short names: `p` for w:p, `mc-Choice` for mc:Choice."""
    names: dict[str, str] = {}
    for element in root.iter():
        element.tag = _name(element.tag, names)
        if any(key.startswith("{") for key in element.attrib):
            short_attributes = {_name(key, names): value for key, value in element.attrib.items()}
            element.attrib.clear()
            element.attrib.update(short_attributes)
    return root


def _name(name: str, names: dict[str, str]) -> str:
    if name not in names:
        address, brace, local = name.rpartition("}")
        names[name] = PREFIXES.get(address[1:], OTHER_PREFIX) + local if brace else name
    return names[name]


def value(element: Element | None, default: str = "") -> str:
    """The `val` of an element."""
    return default if element is None else element.get("val", default)


def number(element: Element | None, default: int = 0) -> int:
    """The `val` of an element as a whole number; `default` where it is none."""
    text = value(element).strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else default


def is_on(element: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and value(element, "1") not in ("0", "false", "off", "none")


def alternate_content(alternatives: Element) -> Element | None:
    """Of content given in several ways, the first that has text, else the first; None for none."""
    ways = [way for way in alternatives if way.tag in ("mc-Choice", "mc-Fallback")]
    telling = (way for way in ways if any(element.tag == "t" for element in way.iter()))
    return next(telling, ways[0] if ways else None)


def outermost(element: Element, tag: str) -> Iterator[Element]:
    """The elements of a name below one, at any depth, without those inside another of them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == "mc-AlternateContent":
            if (way := alternate_content(child)) is not None:
                yield from outermost(way, tag)
        else:
            yield from outermost(child, tag)
