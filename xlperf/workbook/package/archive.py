"""A workbook's file as its parts: what is not changed is copied as it is packed, byte for byte.

Parts are named as in the zip, without a slash in front (`xl/styles.xml`). XML is parsed by lxml
with entities off; a part with a document type is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from xlperf.errors import UserError
from xlperf.storage import deterministic_zips
from xlperf.storage.office_zips import main_part
from xlperf.workbook.part_names import CONTENT_TYPES, OFFICE_RELATIONSHIPS

SIGNATURES = "_xmlsignatures/"  # what they sign is no longer what is there once a part changes
EMPTY_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
ERRORS_OF_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, etree.LxmlError, NotImplementedError),
    *(KeyError, ValueError, EOFError),
)
XmlNode = Any  # an element of lxml, which has no types of its own


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part leads to: number, kind (`comments`, `drawing`, ...), the part or the address."""

    number: str
    kind: str
    target: str
    is_external: bool = False


def parse(data: bytes, path: Path) -> XmlNode:
    """The first element of a part; UserError (`unsafe_xml`) where it has a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, strip_cdata=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise UserError("unsafe_xml", file=path)
    return root


def serialize(root: XmlNode) -> bytes:
    """A part's bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def relations_part(part: str) -> str:
    """The part with the relations of a part; of the file itself for ""."""
    folder, _, name = part.rpartition("/")
    return join(folder, "_rels", f"{name}.rels")


def relative(root: XmlNode, name: str) -> str:
    """A name in the namespace of an element, as lxml writes it."""
    return f"{{{etree.QName(root).namespace or ''}}}{name}" if root.tag[0] == "{" else name


class Package:
    """The parts of one file, and what is changed of them until `write` makes a copy.

    Every method raises KeyError for a part that is not there.
    """

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self.path = path
        self.main = main_part(archive)
        self._archive = archive
        self._names = set(archive.namelist())
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._types: XmlNode = None  # the table of content types, once one of them changes
        self._by_part: dict[str, XmlNode] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._changed or (name in self._names and name not in self._dropped)

    @property
    def is_changed(self) -> bool:
        """Whether any part is not as it was."""
        return bool(self._changed or self._dropped)

    def read(self, name: str) -> bytes:
        """A part as it is now."""
        if name not in self:
            raise KeyError(name)
        return self._changed[name] if name in self._changed else self._archive.read(name)

    def tree(self, name: str) -> XmlNode:
        """The first element of a part, to be looked at."""
        return parse(self.read(name), self.path)

    def put(self, name: str, data: bytes | XmlNode, kind: str = "") -> None:
        """Give a part other content; `kind`: its content type, where it is new."""
        self._changed[name] = data if isinstance(data, bytes) else serialize(data)
        if kind:
            self.set_type(name, kind)

    @contextmanager
    def changing(self, name: str) -> Iterator[XmlNode]:
        """The first element of a part, which is written back with what was done to it."""
        root = self.tree(name)
        yield root
        self.put(name, root)

    def drop(self, name: str) -> None:
        """Leave a part out, with its relations."""
        for part in (name, relations_part(name)):
            self._changed.pop(part, None)
            self._dropped.add(part)
        self.set_type(name, "")

    def free_name(self, pattern: str) -> str:
        """The first name like `xl/comments{}.xml` with a number that no part has."""
        names_in_use = {name.lower() for name in (*self._names, *self._changed)}
        numbers = range(1, len(names_in_use) + 2)
        return next(
            name for n in numbers if (name := pattern.format(n)).lower() not in names_in_use
        )

    def relations(self, part: str) -> list[Relation]:
        """What a part leads to; nothing where it has no relations."""
        name = relations_part(part)
        if name not in self:
            return []
        return [_relation(item, part) for item in self.tree(name) if item.get("Id")]

    def relation(self, part: str, kind: str) -> Relation | None:
        """The first relation of a part of a kind that leads to a part that is there."""
        pairs = (item for item in self.relations(part) if item.kind == kind)
        return next((item for item in pairs if item.target in self), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part lead to another; the number of the new relation."""
        (number,) = self.relate_all(part, kind, [target])
        return number

    def relate_all(self, part: str, kind: str, targets: Sequence[str]) -> list[str]:
        """Let a part lead to others; the numbers of the new relations."""
        name = relations_part(part)
        root = self.tree(name) if name in self else parse(EMPTY_RELATIONS, self.path)
        used_ids = {item.get("Id") for item in root}
        free = (f"rId{n}" for n in count(1) if f"rId{n}" not in used_ids)
        numbers = [next(free) for _ in targets]
        for number, target in zip(numbers, targets, strict=True):
            facts = {"Id": number, "Type": f"{OFFICE_RELATIONSHIPS}/{kind}", "Target": f"/{target}"}
            etree.SubElement(root, relative(root, "Relationship"), facts)
        self.put(name, root)
        return numbers

    def unrelate(self, part: str, target: str) -> None:
        """Let a part lead no more to another."""
        with self.changing(relations_part(part)) as root:
            for item in list(root):
                if _relation(item, part).target == target:
                    root.remove(item)

    def type_of(self, name: str) -> str:
        """The content type of a part, "" where none is stated."""
        types = {}
        for item in self.tree(CONTENT_TYPES):
            key = item.get("PartName", f"*.{item.get('Extension', '')}")
            types[key.lower()] = str(item.get("ContentType"))
        by_ending = types.get(f"*.{name.rpartition('.')[2]}".lower(), "")
        return types.get(f"/{name}".lower(), by_ending)

    def set_type(self, name: str, kind: str) -> None:
        """State the content type of a part; "" for none."""
        if self._types is None:
            self._types = self.tree(CONTENT_TYPES)
            overrides = (item for item in self._types if item.get("PartName"))
            self._by_part = {item.get("PartName").lower(): item for item in overrides}
        item = self._by_part.pop(f"/{name}".lower(), None)
        if item is not None:
            self._types.remove(item)
        if kind:
            facts = {"PartName": f"/{name}", "ContentType": kind}
            tag = relative(self._types, "Override")
            self._by_part[f"/{name}".lower()] = etree.SubElement(self._types, tag, facts)

    def write(self, target: Path) -> None:
        """Write the copy; of a file in which nothing is changed, the same bytes.

        Signatures are left out of a changed copy, as a spreadsheet program does.
        """
        if not self.is_changed:
            target.write_bytes(self.path.read_bytes())
            return
        for name in [name for name in self._names if name.startswith(SIGNATURES)]:
            self.drop(name)
            if any(item.target == name for item in self.relations("")):
                self.unrelate("", name)
        if self._types is not None:
            self.put(CONTENT_TYPES, self._types)
        deterministic_zips.rewrite(self._archive, target, self._changed, self._dropped)


def _relation(item: XmlNode, part: str) -> Relation:
    target = str(item.get("Target", ""))
    is_external = item.get("TargetMode") == "External"
    if not is_external:
        target = normpath(join("/" + dirname(part), target)).lstrip("/")
    kind = str(item.get("Type", "")).rpartition("/")[2]
    return Relation(str(item.get("Id")), kind, target, is_external)


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The parts of a file; UserError (`damaged`) where what is read of them is no zip or no XML."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Package(archive, path)
    except ERRORS_OF_DAMAGE as error:
        raise UserError("damaged", file=path) from error


@contextmanager
def opened_bytes(data: bytes, path: Path) -> Iterator[Package]:
    """The parts of a file that is not on the disk; `path` is named where it is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield Package(archive, path)
