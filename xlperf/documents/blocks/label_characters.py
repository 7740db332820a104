"""The words by which a document is understood, read also where a PDF put radicals into them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from xlperf import wording
from xlperf.characters.radicals import RADICALS, usual

_WORD = re.compile("[\u4e00-\u9fff]{2,}")


def with_usual_labels(text: str) -> str:
    """A text of the same length in which the words of forms and headings have no radicals."""
    if not RADICALS.search(text):
        return text
    read, signs = usual(text), list(text)
    for match in _labels().finditer(read):
        signs[match.start() : match.end()] = match[0]
    return "".join(signs)


@cache
def _labels() -> re.Pattern[str]:
    """The words by which a document is understood, the longest first."""
    labels: set[str] = set()
    for name in ("words.toml", "layouts/columns.toml", "layouts/labels.toml"):
        text = files("xlperf.documents").joinpath(name).read_text(encoding="utf-8")
        labels |= {*_WORD.findall(str(tomllib.loads(text)))}
    for key in wording.keys("official"):
        if key.startswith("form."):
            labels |= {*_WORD.findall(wording.official(key))}
    return re.compile("|".join(sorted(labels, key=lambda word: (-len(word), word))))
