"""What xlwings asks Excel and what kind of thing comes back, one JSON line for each call.

Kinds, members and types only: nothing that stands in a cell. Made in a real Excel, these files
tell where the stand-in for Excel answers otherwise.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Calls = list[dict[str, str]]
WRAPPER, METHOD = "COMRetryObjectWrapper", "COMRetryMethodWrapper"
WRAPPED = {WRAPPER: "object", METHOD: "method"}


@contextmanager
def recorded(path: Path) -> Iterator[Calls]:
    """The calls made while this is open; they are written when it is closed."""
    engine = sys.modules["xlwings._xlwindows"]
    calls: Calls = []
    patched = [
        (getattr(engine, WRAPPER), "__getattr__", _got),
        (getattr(engine, WRAPPER), "__setattr__", _put),
        (getattr(engine, WRAPPER), "__call__", _called),
        (getattr(engine, METHOD), "__call__", _called),
    ]
    originals = [getattr(kind, name) for kind, name, _ in patched]
    for (kind, name, listening), real in zip(patched, originals, strict=True):
        setattr(kind, name, listening(real, calls))
    try:
        yield calls
    finally:
        for (kind, name, _), real in zip(patched, originals, strict=True):
            setattr(kind, name, real)
        _write(path, calls)


def _write(path: Path, calls: Calls) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(call, ensure_ascii=False) + "\n" for call in calls]
    path.write_text("".join(lines), encoding="utf-8")


def _got(real: Callable[..., Any], calls: Calls) -> Callable[..., Any]:
    def get(self: Any, member: str) -> Any:
        if not member[:1].isupper():  # xlwings' own looking at the wrapper
            return real(self, member)
        return _noted(calls, "get", member, lambda: real(self, member))

    return get


def _put(real: Callable[..., Any], calls: Calls) -> Callable[..., Any]:
    def put(self: Any, member: str, value: Any) -> Any:
        return _noted(calls, "put", member, lambda: real(self, member, value))

    return put


def _called(real: Callable[..., Any], calls: Calls) -> Callable[..., Any]:
    def call(self: Any, *arguments: Any, **named: Any) -> Any:
        return _noted(calls, "call", "", lambda: real(self, *arguments, **named))

    return call


def _noted(calls: Calls, kind: str, member: str, work: Callable[[], Any]) -> Any:
    """Do it and note the type of what came back, or of the error."""
    note = {"kind": kind, "member": member, "answer": ""}
    calls.append(note)
    try:
        answer = work()
    except Exception as error:
        note["answer"] = f"!{getattr(error, 'hresult', type(error).__name__)}"
        raise
    note["answer"] = _kind(answer)
    return answer


def _kind(answer: Any) -> str:
    if type(answer).__name__ in WRAPPED:
        return WRAPPED[type(answer).__name__]
    if isinstance(answer, tuple) and answer and isinstance(answer[0], tuple):
        return f"{len(answer)}x{len(answer[0])}"
    return type(answer).__name__
