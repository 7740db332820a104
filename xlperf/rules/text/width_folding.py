"""Full-width signs as usual ones: what is meant, however it is typed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LONGEST_FOLDED_TEXT = 4000  # characters of a text that are looked at closely
MOST_TEXTS = 1 << 15  # that are remembered: those of a thousand projects
# in most Chinese texts; replaced first, a text is mostly known to be folded at a glance
USUAL_PUNCTUATION = tuple((chr(ord(sign) + 0xFEE0), sign) for sign in ",:;!?()%")


@lru_cache(maxsize=MOST_TEXTS)
def fold_width(text: str) -> str:
    """A text with full-width and other compatible signs as usual ones (NFKC)."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    for wide, usual in USUAL_PUNCTUATION:
        text = text.replace(wide, usual)
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=MOST_TEXTS)
def compact(text: str) -> str:
    """The first `LONGEST_FOLDED_TEXT` characters of a text, without blanks and full-width signs."""
    return "".join(fold_width(text[:LONGEST_FOLDED_TEXT]).split())
