"""How Word files of tests are read, and short ways to look at what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.documents.accounts import check_honest
from tests.documents.word_files import p, package
from xlperf import documents
from xlperf.documents.parse.parser import parse
from xlperf.documents.reader import composed
from xlperf.reading import Reading

OVERALL = "一、总体绩效目标"


def reader(folder: Path) -> Callable[..., Reading]:
    """A function that reads a body and checks that every character is accounted for."""

    def reading(body: str, **parts: Any) -> Reading:
        path = package(folder / "文本.docx", body, **parts)
        document = composed(path)
        check_honest(parse(document.source, document.blocks))
        result, coverage = documents.read_document_with_residue(path)
        assert coverage.characters == len(document.source.text)
        return result

    return reading


def goal(reading: Reading) -> str:
    """What was read below the heading of the overall goal."""
    return str(reading.record.get("overall_goal", ""))


def left(reading: Reading) -> list[tuple[str, str]]:
    return [
        (leftover["place"], leftover["text"]) for leftover in reading.record.get("leftovers", [])
    ]


def paragraph_text(read: Any, *inside: str, **parts: Any) -> str:
    """The text of one paragraph."""
    return goal(read(p(OVERALL) + p(*inside), **parts))
