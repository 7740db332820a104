"""What Excel refuses to open or cuts, whatever it means: lengths, depths, counts, names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.formulas.tree import Binary, Call, Constants, Node, Number, Reference, Text, depth, nodes

CHARACTERS, BYTES, LEVELS, ARGUMENTS, LITERAL = 8_192, 16_384, 64, 255, 255
TITLE, NAME, CELL, HEIGHT, TARGET, LISTED = 31, 255, 32_767, 409.0, 255, 255
HEADER, TOOLTIP, COLUMN = 255, 255, 255.0
MESSAGES = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 225}
SIZES = {Number: 9, Reference: 11, Call: 12, Constants: 24, Binary: 1}  # bytes, the most of each
_NAME = re.compile(r"(?:_xlnm\.)?[^\W\d][\w.]*|\\[\w.]*")
_CELL_LIKE = re.compile(r"(?i)[A-Z]{1,3}[0-9]+|R[0-9]*C[0-9]*|R|C")
_HEADER_PARTS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def length(text: str) -> int:
    """How long Excel takes a text to be: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def of_formula(formula: str) -> Iterator[str]:
    """What is wrong with a formula's length."""
    if (characters := length(formula.removeprefix("="))) > CHARACTERS:
        yield f"{characters} characters, at most {CHARACTERS}"


def of_tree(tree: Node) -> Iterator[str]:
    """What is too large in a formula."""
    if (levels := depth(tree)) > LEVELS:
        yield f"{levels} functions within each other, at most {LEVELS}"
    size = 0
    for node in nodes(tree):
        match node:
            case Text(text):
                size += 3 + 2 * length(text)
                if length(text) > LITERAL:
                    yield f"a text of {length(text)} characters, at most {LITERAL}: {text[:30]}"
            case Call("CHAR", (Number(code),)) if float(code) > 127:
                yield f"CHAR({code}) is another sign where Windows speaks another language"
            case Call(name, arguments) if len(arguments) > ARGUMENTS:
                yield f"{len(arguments)} arguments of {name}, at most {ARGUMENTS}"
        size += SIZES.get(type(node), 4)
    if size > BYTES:
        yield f"about {size} bytes of tokens, at most {BYTES}"


def of_book(book: Workbook) -> Iterator[tuple[str, str]]:
    """Titles and names of a workbook that are not possible: where, and what is wrong."""
    for name in book.defined_names:
        yield from ((name, reason) for reason in of_name(name))
    for title in book.sheetnames:
        if not 1 <= length(title) <= TITLE or re.search(r"[\[\]:*?/\\]|^'|'$", title):
            yield title, f"no title of a sheet ({length(title)} characters, at most {TITLE})"
    if len({title.lower() for title in book.sheetnames}) < len(book.sheetnames):
        yield "", "two sheets have the same title"


def of_name(name: str) -> Iterator[str]:
    if length(name) > NAME:
        yield f"a name of {length(name)} characters, at most {NAME}"
    if not _NAME.fullmatch(name) or _CELL_LIKE.fullmatch(name):
        yield "not possible as a defined name"


def of_sheet(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """What is too large on a sheet: where, and what is wrong."""
    for name in sheet.defined_names:
        yield from ((name, reason) for reason in of_name(name))
    for row, dimension in sheet.row_dimensions.items():
        if (dimension.height or 0) > HEIGHT:
            yield f"row {row}", f"{dimension.height} points high, at most {HEIGHT}"
    for column, wide in sheet.column_dimensions.items():
        if wide.width > COLUMN:
            yield f"column {column}", f"{wide.width} characters wide, at most {COLUMN}"
    yield from _of_cells(sheet)
    for validation in sheet.data_validations.dataValidation:
        where = f"validation of {validation.sqref}"
        yield from ((where, reason) for reason in of_validation(validation))
    for part in _HEADER_PARTS:
        texts = getattr(sheet, part)
        whole = "".join(
            f"&L{texts_of.text or ''}" for texts_of in (texts.left, texts.center, texts.right)
        )
        if length(whole) > HEADER:
            yield part, f"{length(whole)} characters, at most {HEADER}"


def _of_cells(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    for cell in sheet._cells.values():
        value = cell.value
        if isinstance(value, str) and cell.data_type != "f" and length(value) > CELL:
            yield cell.coordinate, f"{length(value)} characters, at most {CELL}"
        if cell.comment and length(cell.comment.text) > CELL:
            yield cell.coordinate, f"a note of {length(cell.comment.text)} characters"
        if link := cell.hyperlink:
            if length(link.location or link.target or "") > TARGET:
                yield cell.coordinate, f"a link to more than {TARGET} characters"
            if length(link.tooltip or "") > TOOLTIP:
                yield cell.coordinate, f"a tip of more than {TOOLTIP} characters"


def of_validation(validation: DataValidation) -> Iterator[str]:
    """What is too long in what a field asks for."""
    for key, most in MESSAGES.items():
        if (characters := length(getattr(validation, key) or "")) > most:
            yield f"{key} has {characters} characters, at most {most}"
    listed = validation.formula1 or ""
    if validation.type == "list" and listed.startswith('"') and length(listed) - 2 > LISTED:
        yield f"a list of {length(listed) - 2} characters, at most {LISTED}"
