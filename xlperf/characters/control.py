"""Characters that command a terminal instead of being read: shown as signs, so that none acts."""

from __future__ import annotations

import re

# C0 but for tab and line feed, delete and C1, marks that turn the direction of a line around
CONTROL_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
PICTURES = 0x2400  # Unicode has a picture for each of the C0 characters, in their order
DELETE, PICTURE_OF_DELETE = "\x7f", "\u2421"


def visible(text: str) -> str:
    """The text with a visible sign for each character that a terminal would obey."""
    return CONTROL_CHARACTERS.sub(lambda sign: _visible_sign(sign[0]), text)


def on_one_line(text: str) -> str:
    """The same for a sentence that stands on one line: line feeds are shown, too."""
    return visible(text.rstrip("\n")).replace("\n", chr(PICTURES + ord("\n")))


def _visible_sign(sign: str) -> str:
    if sign == DELETE:
        return PICTURE_OF_DELETE
    return chr(PICTURES + ord(sign)) if sign < " " else f"<U+{ord(sign):04X}>"
