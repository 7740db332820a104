"""Words that people type into a workbook or a record; none of them may be lost."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from openpyxl.cell.cell import Cell

from tests.books import opened
from tests.fuzz.texts import places

WORD = "拾遗{number}字"  # no other text of a form has it
FORM = 6  # columns of a project's form; checks stand beside it
BESIDE = 20  # a column where nothing of ours stands
FOREIGN = "另表"


def typed_workbook(data: bytes, random: Random) -> tuple[bytes, list[str]]:
    """A workbook with words in some of its cells, rows put in and sheets renamed; the words."""
    book = opened(data)
    forms = [
        sheet for sheet in book.worksheets if any(n.startswith("XPF_") for n in sheet.defined_names)
    ]
    words = []
    for number in range(random.choice((1, 2, 5, 12))):
        word = WORD.format(number=number)
        kind = random.randrange(8)
        if kind == 0:
            sheet = book[FOREIGN] if FOREIGN in book.sheetnames else book.create_sheet(FOREIGN)
            cell = sheet.cell(random.randrange(1, 9), random.randrange(1, 9))
        else:
            sheet = random.choice(forms)
            col = BESIDE if kind == 1 else random.randrange(1, FORM + 1)
            row = (
                sheet.max_row + random.randrange(1, 5)
                if kind == 2
                else random.randrange(1, sheet.max_row + 1)
            )
            cell = sheet.cell(row, col)
        if sheet.row_dimensions[cell.row].hidden:
            continue  # where nobody types: the program's own rows
        if isinstance(cell, Cell) and WORD[:2] not in str(cell.value):
            cell.value = word
            words.append(word)
    if random.random() < 0.2:
        random.choice(forms).title = "改了名"
    if random.random() < 0.2:
        sheet = random.choice(forms)
        area = random.choice(list(sheet.merged_cells.ranges))
        sheet.unmerge_cells(str(area))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue(), words


def typed_record(record: Any, random: Random) -> tuple[Any, list[str]]:
    """A record with words in some of its texts; the words."""
    words = []
    texts = [place for place in places(record) if isinstance(place[0][place[1]], str)]
    texts = [(parent, key) for parent, key in texts if key not in ("edition", "level1", "level2")]
    for number, (parent, key) in enumerate(random.sample(texts, min(len(texts), 8))):
        word = WORD.format(number=number)
        old = parent[key]
        shapes = (word, old + word, f"{word}\n{old}", f"={word}", f" {word} ", f"1.{word}")
        parent[key] = random.choice(shapes)
        words.append(word)
    return record, words
