"""A rule's page: what its docstring says to those who want to know why."""

from __future__ import annotations

import re
from typing import NamedTuple


class DocstringPage(NamedTuple):
    """A rule's page, from its docstring (English)."""

    summary: str
    why: str
    bad: str
    good: str


def page(doc: str) -> DocstringPage:
    """The page that a docstring is."""
    parts = re.split(r"\*\*(Why|Bad|Good)\*\*:\s*", doc)
    sections = {
        key: " ".join(text.split()) for key, text in zip(parts[1::2], parts[2::2], strict=True)
    }
    return DocstringPage(
        " ".join(parts[0].split()),
        sections.get("Why", ""),
        sections.get("Bad", ""),
        sections.get("Good", ""),
    )
