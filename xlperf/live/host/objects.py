"""A book, its sheets and cells in a host, to be used like Excel's own objects.

`book.api.Worksheets("x").Range("A1").Interior.Color = 255` is one request. What is no member by the
table is an AttributeError, as a slip of the pen should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from xlperf.host_members import ObjectType, types
from xlperf.live.host.requests import Exchange, HostChannel, ObjectPath, ask


class HostObject:
    """An object in a host: the way to it, and its type. Members are asked for when used."""

    def __init__(self, channel: HostChannel, root: str, path: ObjectPath, kind: str) -> None:
        for name, value in (("channel", channel), ("root", root), ("path", path)):
            object.__setattr__(self, f"_{name}", value)
        object.__setattr__(self, "_type", types()[kind])

    _channel: HostChannel
    _root: str
    _path: ObjectPath
    _type: ObjectType

    def __getattr__(self, member: str) -> Any:
        kind = self._type
        if member in kind.links:
            return self._linked(member, kind.links[member])
        if member in kind.get:
            return self._channel.answer_one(ask(self._root, self._path, "get", member))
        if member in kind.call:
            return lambda *args, **kwargs: self._call(member, args, kwargs)
        raise AttributeError(member)

    def __setattr__(self, member: str, value: Any) -> None:
        if member not in self._type.put:
            raise AttributeError(member)
        self._channel.answer_one(ask(self._root, self._path, "put", member, [_argument(value)]))
        if member == "Name" and self._path[-1][0] == "Item":  # the way to it is another now
            object.__setattr__(self, "_path", (*self._path[:-1], ("Item", value)))

    def __call__(self, which: str | int) -> HostObject:
        """One of a collection, by name or by number from 1."""
        if not self._type.items:
            raise AttributeError("Item")
        return self._step("Item", which, self._type.items)

    def _linked(self, member: str, kind: str) -> Any:
        if member == "Range":  # which needs to be told which
            return lambda which: self._step(member, which, kind)
        return self._step(member, None, kind)

    def _step(self, member: str, which: Any, kind: str) -> HostObject:
        return HostObject(self._channel, self._root, (*self._path, (member, which)), kind)

    def _call(self, member: str, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        order = self._type.call[member]
        arguments = [*args, *(kwargs.get(name) for name in order[len(args) :])]
        while arguments and arguments[-1] is None:
            arguments.pop()
        sent = [_argument(value) for value in arguments]
        answer = self._channel.answer_one(ask(self._root, self._path, "call", member, sent))
        if isinstance(answer, dict):
            path = tuple((str(step), which) for step, which in answer["path"])
            return HostObject(self._channel, self._root, path, _type_at(path))
        return answer


def _type_at(path: ObjectPath) -> str:
    """The type of what is at the end of a way from the book."""
    kind = types()["Workbook"]
    for member, _ in path:
        kind = types()[kind.items if member == "Item" else kind.links[member]]
    return kind.name


def _argument(value: Any) -> Any:
    """A value as JSON has it; an object as the way to it."""
    if isinstance(value, HostObject):
        return {"path": [list(step) for step in value._path]}
    if isinstance(value, list | tuple):
        return [list(row) if isinstance(row, list | tuple) else row for row in value]
    return value


class HostApp:
    """The program: what xlwings' `App` gives to the actions."""

    def __init__(self, channel: HostChannel) -> None:
        self._channel = channel
        self.api = HostObject(channel, "app", (), "Application")
        self.books = self

    def open(self, path: str) -> None:
        """Open a file in the program."""
        self._channel.exchange({"open": path})

    def alert(self, text: str, title: str, buttons: str = "ok", mode: str = "info") -> str:
        """Say something, or ask for agreement; "ok" or "cancel"."""
        if buttons == "ok_cancel":
            agreed = self._channel.exchange({"confirm": text, "title": title}).get("agreed")
            return "ok" if agreed else "cancel"
        self._channel.exchange({"say": text, "title": title, "mode": mode})
        return "ok"

    def choose(self, kind: str, title: str) -> str:
        """The path of the "file" or "folder" that the user chooses, "" for none."""
        return str(self._channel.exchange({"choose": kind, "title": title}).get("path") or "")

    @property
    def status_bar(self) -> str:
        """What the program tells the user meanwhile; only to be set."""
        return ""

    @status_bar.setter
    def status_bar(self, text: str | bool) -> None:
        self._channel.exchange({"status": text or ""})

    @contextmanager
    def properties(self, **_: object) -> Iterator[None]:
        """Neither draw nor calculate within a `with` block."""
        self._channel.exchange({"quiet": True})
        try:
            yield
        finally:
            self._channel.exchange({"quiet": False})


class HostBook:
    """A book that is open in a host: what xlwings' `Book` gives to the actions."""

    def __init__(self, exchange: Exchange) -> None:
        self.channel = HostChannel(exchange)
        self.channel.book = self
        self.api = HostObject(self.channel, "book", (), "Workbook")
        self.app = HostApp(self.channel)

    @property
    def name(self) -> str:
        """The file's name."""
        return str(self.api.Name)

    @property
    def fullname(self) -> str:
        """The file's path."""
        return str(self.api.FullName)
