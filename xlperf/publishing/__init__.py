"""The official document made from a record: Word, plain text, HTML, PDF.

`document` says what is printed, in which order; `tables` turns a filled form into rows; each
format is a thin writer of both. Looks are in `workbook_templates/document.docx` and `.css`.
A writer is imported at its first use: plain text needs no library, the others one or two each.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from xlperf.publishing.printable import printed_part, unprinted

if TYPE_CHECKING:
    from xlperf.publishing.html import html_of, publish_html
    from xlperf.publishing.pdf import publish_paged_word, publish_pdf
    from xlperf.publishing.plain import publish_text, text_of
    from xlperf.publishing.word.document import publish_word, word_of

__all__ = [
    "html_of",
    "printed_part",
    "publish_html",
    "publish_paged_word",
    "publish_pdf",
    "publish_text",
    "publish_word",
    "text_of",
    "unprinted",
    "word_of",
]

MODULES = {  # of this package: what is imported of them at its first use
    "html": ("html_of", "publish_html"),
    "pdf": ("publish_paged_word", "publish_pdf"),
    "plain": ("publish_text", "text_of"),
    "word.document": ("publish_word", "word_of"),
}


def __getattr__(name: str) -> Any:
    """A writer of a format, from its module."""
    for module, names in MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
