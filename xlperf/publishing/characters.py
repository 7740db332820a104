"""Characters that a file can hold: what XML forbids is left out, so that no text breaks a file."""

from __future__ import annotations

import re

FORBIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BREAKS = re.compile("\r\n?|[\x0b\x0c]")  # line and page breaks of word processors


def readable(text: str) -> str:
    """A text without characters that show nothing and that XML does not allow."""
    return FORBIDDEN_CHARACTERS.sub("", BREAKS.sub("\n", text))
