"""Documents in which a PDF has put radicals for characters are read as if it had not."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import xlperf
from xlperf.canonical import dumps
from xlperf.characters.radicals import RADICALS
from xlperf.documents.blocks.label_characters import with_usual_labels
from xlperf.record import Raw

RADICAL_EYE, EYE = "\u2f6c", "\u76ee"  # what PDFs have for the first character of the word for item


def test_words_of_forms_are_read_whatever_they_are_written_with() -> None:
    label = f"项{EYE}编码"
    assert with_usual_labels(f"项{RADICAL_EYE}编码 甲{RADICAL_EYE}") == f"{label} 甲{RADICAL_EYE}"
    assert with_usual_labels("没有部首") == "没有部首"


def test_a_document_with_radicals_gives_the_same_record(tmp_path: Path, sample: Raw) -> None:
    path = tmp_path / "document.txt"
    xlperf.publish(_saved(sample, tmp_path), path)
    text = path.read_text(encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text(text.replace(f"项{EYE}编码", f"项{RADICAL_EYE}编码"), encoding="utf-8")
    assert RADICALS.search(other.read_text(encoding="utf-8"))
    expected = deepcopy(xlperf.read(path).record)
    assert xlperf.read(other).record == expected


def _saved(record: Raw, folder: Path) -> Path:
    path = folder / "record.json"
    path.write_text(dumps(record), encoding="utf-8")
    return path
