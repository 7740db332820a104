"""The document of a stage as a file: Word, text, HTML, PDF; each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xlperf.publishing.libreoffice import pdf_of
from xlperf.publishing.stages.document import StageDocument
from xlperf.publishing.stages.html import stage_html
from xlperf.publishing.stages.plain import stage_text
from xlperf.publishing.stages.word import stage_word
from xlperf.storage.files import write_bytes, write_text


def _word(document: StageDocument, path: Path) -> None:
    write_bytes(path, stage_word(document))


def _text(document: StageDocument, path: Path) -> None:
    write_text(path, stage_text(document))


def _html(document: StageDocument, path: Path) -> None:
    write_text(path, stage_html(document))


def _pdf(document: StageDocument, path: Path) -> None:
    write_bytes(path, pdf_of(stage_word(document)))


STAGE_WRITERS: dict[str, Callable[[StageDocument, Path], None]] = {
    ".docx": _word,
    ".txt": _text,
    ".html": _html,
    ".pdf": _pdf,
}
