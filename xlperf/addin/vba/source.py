"""VBA modules as text: exported files read, characters that are not ASCII moved out of them.

The VBA inside the add-in is pure ASCII, as its readers decode it by the code page of the machine.
A literal that is not ASCII becomes `XlperfLiteral(n)`, its text row n of a hidden sheet; a comment
is dropped; anywhere else VBA has no ASCII spelling, and the fault names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xlperf.addin.source_faults import AddinFault, fault

LITERAL = "XlperfLiteral({number})"
LONGEST_LINE = 1023
MODULE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
CONSTANT = re.compile(
    r"\s*(Attribute\b|((Public|Private|Global|Friend|Static)\s+)*(Const|Declare|Enum)\b|#\s*(Const|If|ElseIf)\b)",
    re.IGNORECASE,
)
DEFAULT = re.compile(r"\bOptional\b[^,)]*=\s*$", re.IGNORECASE)
CLASS_HEAD = re.compile(r"\AVERSION [^\n]*\nBEGIN\n(?:.*?\n)?END\n", re.DOTALL)
# a line's pieces: a literal (its quotes doubled inside), a comment, code between them
PIECE = re.compile(r'"(?:[^"]|"")*"?|\'.*|[^"\']+')
ATTRIBUTES = re.compile(r"(?:Attribute VB_[^\n]*\n)*")
BASES = {
    "workbook": "0{00020819-0000-0000-C000-000000000046}",
    "sheet": "0{00020820-0000-0000-C000-000000000046}",
    "class": "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}",
}
PROCEDURE = re.compile(
    r"^\s*(?P<scope>Public\s+|Private\s+|Friend\s+)?(?:Static\s+)?(?P<kind>Sub|Function)\s+"
    r"(?P<name>\w+)\s*\((?P<parameters>[^)]*)\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Module:
    """A module as it stands in the project: attributes and body, lines ended by LF."""

    name: str
    kind: str  # std, class, workbook, sheet
    text: str
    file: str = ""  # the source's name, for faults
    skipped: int = 0  # lines of the file that the project does not hold

    def procedures(self) -> Iterator[tuple[int, re.Match[str]]]:
        """Every Sub and Function: its line in the file, and a match of `PROCEDURE`."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if match := PROCEDURE.match(line):
                yield number + self.skipped, match


@dataclass
class Ascii:
    """Makes sources ASCII; collects the literals it moved and the faults it met."""

    literals: list[str] = field(default_factory=list)
    faults: list[AddinFault] = field(default_factory=list)

    def text(self, source: str, file: str) -> str:
        """The source in ASCII, line for line; literals and faults are collected on the way."""
        lines, statement = [], ""
        for number, line in enumerate(source.split("\n"), 1):
            where = f"{file}:{number}"
            ascii_line, statement = self._line(line, statement, where)
            if len(ascii_line) > LONGEST_LINE:
                self.faults.append(fault("long_line", where, length=len(ascii_line)))
            lines.append(ascii_line)
            statement = statement[:-1] if ascii_line.endswith(" _") else ""
        return "\n".join(lines)

    def _line(self, line: str, statement: str, where: str) -> tuple[str, str]:
        ascii_line = ""
        if re.match(r"\s*Rem\b", line, re.IGNORECASE) and not statement:
            return ("Rem" if not line.isascii() else line), ""
        for match in PIECE.finditer(line):
            piece = match.group()
            if piece.startswith('"'):
                piece = self._literal(piece, statement, where)
            elif piece.startswith("'"):
                piece = piece if piece.isascii() else "'"
            elif not piece.isascii():
                odd = next(character for character in piece if not character.isascii())
                self.faults.append(fault("not_ascii", where, character=odd))
            ascii_line += piece
            code = piece if not piece.startswith(("'", '"')) else '""'
            statement = (statement + code).rpartition(":")[2]
        return ascii_line, statement

    def _literal(self, piece: str, statement: str, where: str) -> str:
        if piece.isascii():
            return piece
        if CONSTANT.match(statement) or DEFAULT.search(statement):
            self.faults.append(fault("constant", where, literal=piece))
            return '""'
        text = piece[1:].removesuffix('"').replace('""', '"')
        if text not in self.literals:
            self.literals.append(text)
        return LITERAL.format(number=self.literals.index(text) + 1)


def module(name: str, source: str, kind: str = "", file: str = "") -> Module:
    """A module from an exported file, or from a bare body (`kind` is then workbook or sheet).

    The class header is dropped, and the attributes are completed to those of its kind.
    """
    text = source.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    bare = CLASS_HEAD.sub("", text)
    kind = kind or ("class" if bare != text else "std")
    attribute_lines = ATTRIBUTES.match(bare)
    attributes = attribute_lines.group() if attribute_lines else ""
    skipped = text.count("\n") - bare.count("\n")
    head = _attributes(name, kind, attributes)
    skipped += attributes.count("\n") - head.count("\n")
    return Module(name, kind, head + bare[len(attributes) :].lstrip("\n"), file or name, skipped)


def _attributes(name: str, kind: str, lines: str) -> str:
    """The attribute lines that a module of this kind has in a project."""
    if kind == "std":
        return lines or f'Attribute VB_Name = "{name}"\n'
    document = kind != "class"
    own_values = dict(re.findall(r"Attribute (VB_\w+) = (.*)\n", lines))
    values = {
        "VB_Name": f'"{name}"',
        "VB_Base": f'"{BASES[kind]}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": str(document),
        "VB_Exposed": str(document),
        "VB_TemplateDerived": "False",
        "VB_Customizable": str(document),
    }
    return "".join(
        f"Attribute {key} = {value}\n" for key, value in {**values, **own_values}.items()
    )


def read(path: Path, ascii_only: Ascii) -> Module:
    """A module of `macros/`: named like its file, UTF-8, made ASCII."""
    source = path.read_text(encoding="utf-8-sig")
    ascii_module = module(path.stem, ascii_only.text(source, path.name), file=path.name)
    match = re.search(r'^Attribute VB_Name = "(.*)"$', source, re.MULTILINE)
    if not MODULE_NAME.fullmatch(path.stem) or match is None or match.group(1) != path.stem:
        ascii_only.faults.append(fault("module_name", path.name))
    return ascii_module
