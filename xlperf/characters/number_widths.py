"""Numbers however wide their signs are typed."""

from __future__ import annotations

import unicodedata


def folded_number(text: str) -> str:
    """A text that may be a number with full-width signs as usual ones.

    "" where it has signs that only look like digits, such as the number of a note: 120.5① is not
    120.51.
    """
    if text.isascii():
        return text
    if any(unicodedata.category(sign) in ("No", "Nl") for sign in text):
        return ""
    return unicodedata.normalize("NFKC", text)
