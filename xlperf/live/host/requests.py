"""What goes to a host and comes back, as JSON values; the same for every host.

A request is one object. `{"asks": [...]}` asks the book or the program about its objects; each ask
is `[root, path, kind, member, arguments]`: root "book" or "app", a path of `[member, which]`, kind
"get", "put" or "call". Arguments are scalars, rows of scalars, or `{"path": [...]}` for an object
of the book. The answer is `{"answers": [...]}`, for each ask `[0, value]` or `[-1, why it was
refused]`; a value is a scalar, rows, or `{"path": [...]}`. Errors in cells are Excel's numbers
(-2146826246 for #N/A); what is blank is null.

Other requests, with what is answered: `{"choose": "file"|"folder", "title"}` -> `{"path": text}`,
"" for none; `{"confirm": text}` -> `{"agreed": bool}`; `{"say": text, "mode": "info"|"critical"}`,
`{"open": path}`, `{"status": text}`, `{"quiet": bool}` (neither draw nor calculate meanwhile) ->
`{}`. The last one is `{"end": true}`, which is not answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlperf.errors import XlperfError
from xlperf.live.com.batch import Channel, ComCall, ExcelRefusalError, ProtocolError

Data = dict[str, Any]  # what JSON can say
Exchange = Callable[[Data], Data]  # a request to the host; its answer
ObjectPath = tuple[tuple[str, Any], ...]

ANSWERED_STATUS, REFUSED_STATUS = 0, -1


class HostGoneError(XlperfError):
    """The host has ended, or does not answer any more: there is nobody to tell."""


def path_of(call: ComCall) -> ObjectPath:
    """The way from the book to the object that a call is about."""
    start: ObjectPath = (("Worksheets", None), ("Item", call.root.title)) if call.root.title else ()
    return (*start, *call.links)


def ask(
    root: str, path: ObjectPath, kind: str, member: str, arguments: Sequence[Any] = ()
) -> list[Any]:
    """An ask as JSON has it."""
    return [root, [list(step) for step in path], kind, member, list(arguments)]


class HostChannel(Channel):
    """The way to a host that is not Excel: what is asked together goes in one request."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(None, works=True)
        self.exchange = exchange

    def answer(self, asks: Sequence[ComCall]) -> list[Any]:
        """The answers in order; a refusal as an ExcelRefusalError."""
        return self.send([ask("book", path_of(c), c.kind, c.member, c.arguments) for c in asks])

    def inside(self, asks: Sequence[ComCall]) -> list[Any] | None:
        """The answers: a host answers always."""
        return self.answer(asks)

    def send(self, asks: Sequence[list[Any]]) -> list[Any]:
        """The answers to asks as they are sent. Raises ProtocolError for what is no answer."""
        if not asks:
            return []
        answers = self.exchange({"asks": list(asks)}).get("answers")
        if not isinstance(answers, list) or len(answers) != len(asks):
            raise ProtocolError
        return [_value(answer) for answer in answers]

    def answer_one(self, request: list[Any]) -> Any:
        """The answer to one ask. Raises ExcelRefusalError where the host refuses."""
        (answer,) = self.send([request])
        if isinstance(answer, ExcelRefusalError):
            raise answer
        return answer


def _value(answer: Any) -> Any:
    if not isinstance(answer, list) or len(answer) != 2:
        raise ProtocolError
    status, value = answer
    if status == REFUSED_STATUS:
        return ExcelRefusalError(str(value))
    return tuple(map(tuple, value)) if isinstance(value, list) else value
