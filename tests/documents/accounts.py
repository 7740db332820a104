"""What must hold of every reading, whatever was read."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from xlperf.canonical import canonical
from xlperf.documents import plain_text
from xlperf.documents.blocks.claims import account
from xlperf.documents.blocks.source import Source, is_blank
from xlperf.documents.parse.parser import ParsedDocument, parse
from xlperf.paths import RecordPath, get
from xlperf.record import Raw, amount, share
from xlperf.schema import faults


def closed(text: str) -> str:
    """A text without blank space."""
    return "".join(sign for sign in text if not is_blank(sign))


def parsed(text: str) -> ParsedDocument:
    source = Source.of(text)
    return parse(source, plain_text.blocks(source))


def check_honest(result: ParsedDocument) -> None:
    """Each character claimed once; what a field claims is what the record says; nothing lost."""
    record, where = result.reading.record, result.reading.where
    taken: set[int] = set()
    claimed: defaultdict[RecordPath, list[str]] = defaultdict(list)
    for claim in result.ledger.claims:
        span = set(range(claim.piece.start, claim.piece.end))
        assert span and not span & taken, f"claimed twice: {claim.piece.text!r}"
        taken |= span
        if claim.path is not None:
            claimed[claim.path].append(claim.piece.text)
    for path, texts in claimed.items():
        value = get(record, path)
        assert _says(value, texts), f"{path}: {texts} is not {value!r}"
        assert path in where
    for path in where:
        assert get(record, path) is not None, f"{path} was read and is not there"
    _check_account(result)
    assert faults(record) == [] or set(_missing(record)) <= {"department"}
    assert canonical(record) == record


def _says(value: object, texts: list[str]) -> bool:
    if isinstance(value, str):
        return closed("".join(texts)) == closed(value) or {*map(closed, texts)} == {closed(value)}
    if isinstance(value, int | Decimal):
        return all(value in _numbers(text) for text in texts)
    return False


def _numbers(text: str) -> list[object]:
    number = amount(text)
    years = str.maketrans("〇○零一二三四五六七八九", "000123456789")
    return [number, share(text), number and number * 10000, amount(text.translate(years))]


def _missing(record: Raw) -> list[str]:
    return [str(fault.path[-1]) for fault in faults(record) if fault.kind == "missing"]


def _check_account(result: ParsedDocument) -> None:
    counts = account(result.ledger)
    text = result.ledger.source.text
    assert counts.characters == len(text)
    assert counts.leftover == sum(len(closed(left)) for _, left in counts.residue)
    lines = text.split("\n")
    assert all(left in lines[line - 1] for line, left in counts.residue)
    listed = [
        (leftover["place"], leftover["text"])
        for leftover in result.reading.record.get("leftovers", [])
    ]
    lefts = [left for _, left in counts.residue]
    assert listed == [(str(place), left) for place, left in zip(counts.places, lefts, strict=True)]
    if not result.ledger.source.places:
        assert [place.line for place in counts.places] == [line for line, _ in counts.residue]
