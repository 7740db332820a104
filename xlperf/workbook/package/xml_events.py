"""The elements of a sheet's XML as openpyxl asks for them, without entities.

defusedxml refuses entities by parsing in Python, which takes a third of openpyxl's time. Entities
are declared before the root element and nowhere else: XML whose root element comes at once
declares none, and the parser in C reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from xml.etree.ElementTree import iterparse as parse_in_c

from openpyxl.worksheet import _reader
from openpyxl.xml.functions import iterparse

# What the root element follows at once: nothing, or a declaration of the usual encoding.
_HEAD = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?"""
    rb"""(?: standalone=["'](?:yes|no)["'])? ?\?>)?[\r\n]{0,2}<[A-Za-z]""",
    re.IGNORECASE,
)


def elements(source: Any) -> Iterator[tuple[str, Any]]:
    """Each element of an XML file when it ends, as `("end", element)`.

    `source` is a part of a zip file. Raises ParseError where it is not well-formed, and
    EntitiesForbidden where it declares entities.
    """
    declares_nothing = hasattr(source, "peek") and _HEAD.match(source.peek(200))
    return iter((parse_in_c if declares_nothing else iterparse)(source))


@contextmanager
def reading_with(name: str, ours: object, theirs: object) -> Iterator[None]:
    """While openpyxl reads sheets, it uses `ours` by a name, with the same result as `theirs`."""
    setattr(_reader, name, ours)
    try:
        yield
    finally:  # what it was: not what stood there, which another thread may have put there
        setattr(_reader, name, theirs)


def parsed_in_c() -> AbstractContextManager[None]:
    """While openpyxl reads sheets, their XML is parsed by `elements`."""
    return reading_with("iterparse", elements, iterparse)
