"""Signs that stand for radicals of characters, which look like characters and are others.

Text taken out of a PDF is full of them, and no search finds the words that they are in.
"""

from __future__ import annotations

import re
import unicodedata

RADICAL_SIGNS = "\u2e80-\u2fdf\uf900-\ufaff"  # radicals, compatibility ideographs
RADICALS = re.compile(f"[{RADICAL_SIGNS}]")


def usual(text: str) -> str:
    """A text with the characters that its radicals look like, sign by sign."""
    return RADICALS.sub(lambda sign: unicodedata.normalize("NFKC", sign[0])[:1] or sign[0], text)
