"""The official document made from a record: Word, plain text, HTML, PDF.

`document` says what is printed, in which order; `tables` turns a filled form into rows; each
format is a thin writer of both. Looks are in `workbook_templates/document.docx` and `.css`.
"""

from __future__ import annotations

from xlperf.publishing.html import html_of, publish_html
from xlperf.publishing.pdf import publish_paged_word, publish_pdf
from xlperf.publishing.plain import publish_text, text_of
from xlperf.publishing.printable import printed_part, unprinted
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
