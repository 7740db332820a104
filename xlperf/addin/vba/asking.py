"""The cases of the macro that answers inside Excel, written from the table of members.

Each function of `macros/XlperfAsking.bas` that chooses by a member has one `Select Case`; its cases
are exactly the table's, so that nothing else can be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from xlperf.host_members import inside, types

LINKS_WITH_ARGUMENT = ("Range", "Item")  # links that need to be told which
CASES = re.compile(
    r"(?P<head>(?:Function|Sub) (?P<name>Xlperf(?:Follow|Get|Put|Call))\("
    r".*?\n    Select Case \w+\n)"
    r"(?P<cases>.*?)(?=        Case Else\n)",
    re.DOTALL,
)


def with_cases(source: str) -> str:
    """The macro's source with the cases of the table."""
    return CASES.sub(lambda match: match["head"] + "".join(_cases(match["name"])), source)


def _cases(function: str) -> Iterator[str]:
    kind, line = _KINDS[function]
    if kind == "links":
        yield '        Case ""\n            Set XlperfFollow = target\n'
    for member in inside()[kind]:
        yield f'        Case "{member}"\n            {line(member)}\n'


def _link(member: str) -> str:
    return f"Set XlperfFollow = target.{member}" + (
        "(which)" if member in LINKS_WITH_ARGUMENT else ""
    )


def _call(member: str) -> str:
    """A call with the arguments that the table names; one without may give a text."""
    count = max(len(kind.call[member]) for kind in types().values() if member in kind.call)
    if member == "Text":
        return "XlperfCall = target.Text"
    arguments = ", ".join(("first", "second")[:count])
    return f"target.{member} {arguments}".rstrip()


_KINDS: dict[str, tuple[str, Callable[[str], str]]] = {
    "XlperfFollow": ("links", _link),
    "XlperfGet": ("get", lambda member: f"XlperfGet = target.{member}"),
    "XlperfPut": ("put", lambda member: f"target.{member} = value"),
    "XlperfCall": ("call", _call),
}
