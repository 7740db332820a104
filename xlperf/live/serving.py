"""A resident helper that the user starts: add-ins talk to it instead of starting a Python.

Over HTTP (`loopback`): a POST to `session` with `{"action", "language"}` begins a click and gives
`{"session", "request"}`; a POST to `session/ID` with the answer gives the next `{"request"}`, until
one is `{"end": true}` (`host.requests` has them all); a second answer to one request is refused as
busy (409). On Windows Excel's add-in finds the helper as
a COM server too (`xlwings.serve`); a note beside the log says that it runs, and where.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from queue import Empty, Queue
from threading import Event, Lock, Semaphore, Thread

import xlwings

from xlperf import wording
from xlperf.errors import UserError
from xlperf.live import session
from xlperf.live.host.requests import Data, HostGoneError
from xlperf.local_server import helper_note
from xlperf.local_server.loopback import Answer, serving

JSON = "application/json; charset=utf-8"
MOST_SESSIONS = 8
DIALOG_SECONDS = 600.0  # s that a host may take for an answer, which may be a dialog
END_MESSAGE: Data = {"end": True}
BUSY_ANSWER = Answer(JSON, b'{"busy": true}', status=HTTPStatus.CONFLICT)  # a second answer at once


class Click:
    """An action that runs in a thread of its own, asking a host that answers by and by."""

    def __init__(self, action: str, language: str, patience: float = DIALOG_SECONDS) -> None:
        self._requests: Queue[Data] = Queue()
        self._answers: Queue[Data | None] = Queue()
        self._patience = patience
        self._awaited = Semaphore(0)  # answers that may come: one for each request that was told
        Thread(target=self._run, args=(action, language), daemon=True).start()

    def _run(self, action: str, language: str) -> None:
        wording.use(language)
        try:
            with contextlib.suppress(HostGoneError):
                session.run(action, self._exchange)
        finally:
            self._requests.put(END_MESSAGE)

    def _exchange(self, request: Data) -> Data:
        self._requests.put(request)
        try:
            answer = self._answers.get(timeout=self._patience)
        except Empty:
            answer = None
        if answer is None:
            raise HostGoneError
        return answer

    def next_request(self) -> Data:
        """What the action asks next, or that it has ended."""
        request = self._requests.get()
        self._awaited.release()
        return request

    def answer(self, answer: Data) -> bool:
        """Give the host's answer to what was asked; False where that has been answered already."""
        is_awaited = self._awaited.acquire(blocking=False)
        if is_awaited:
            self._answers.put(answer)
        return is_awaited

    def abandon(self) -> None:
        """The host is gone."""
        self._answers.put(None)


class Clicks:
    """The clicks that are under way, by the number that their host knows."""

    def __init__(self) -> None:
        self._clicks: dict[str, Click] = {}
        self._lock = Lock()

    def respond(self, path: str) -> Answer | None:
        """Whether the helper is there, for "about"."""
        return _answer({"xlperf": "live", "process": os.getpid()}) if path == "about" else None

    def take(self, path: str, body: bytes) -> Answer | None:
        """What a host posts: a click, an answer. None for anything else."""
        try:
            posted = json.loads(body)
        except (ValueError, RecursionError):
            return None
        if not isinstance(posted, dict):
            return None
        kind, _, number = path.partition("/")
        if path == "session":
            return self._begin(posted)
        click = self._clicks.get(number) if kind == "session" else None
        if click is None:
            return None
        return self._next(number, click) if click.answer(posted) else BUSY_ANSWER

    def _begin(self, posted: Data) -> Answer | None:
        with self._lock:
            if len(self._clicks) >= MOST_SESSIONS:
                oldest = next(iter(self._clicks))
                self._clicks.pop(oldest).abandon()
            number = secrets.token_hex(8)
            language = str(posted.get("language", ""))
            click_language = language if language in wording.LANGUAGES else wording.users_language()
            click = self._clicks[number] = Click(str(posted.get("action", "")), click_language)
        return self._next(number, click)

    def _next(self, number: str, click: Click) -> Answer:
        request = click.next_request()
        if request == END_MESSAGE:
            with self._lock:
                self._clicks.pop(number, None)
        return _answer({"session": number, "request": request})

    def end(self) -> None:
        """Leave every click that is under way."""
        with self._lock:
            for click in self._clicks.values():
                click.abandon()
            self._clicks.clear()


def _answer(data: Data) -> Answer:
    return Answer(JSON, json.dumps(data).encode())


@contextmanager
def helping(port: int = 0) -> Iterator[str]:
    """Help add-ins within a `with` block; gives the address. The note says so meanwhile.

    Raises UserError where a helper runs already, or the port is taken.
    """
    if address := helper_note.running():
        raise UserError("serve_running", address=address)
    clicks = Clicks()
    with ExitStack() as stack:
        try:
            address = stack.enter_context(serving(clicks.respond, port, take=clicks.take))
        except OSError as error:
            raise UserError("serve_refused", port=port, why=error.strerror or error) from None
        try:
            helper_note.write(address)
        except OSError as error:
            why = error.strerror or error
            raise UserError("serve_no_note", file=helper_note.place(), why=why) from None
        stack.callback(helper_note.remove)
        stack.callback(clicks.end)
        yield address


def wait(stop: Event) -> None:
    """Stay until the user ends the helper; on Windows, answer Excel's add-in meanwhile."""
    if sys.platform == "win32":  # pragma: no cover - Windows only
        Thread(target=_answer_excel, daemon=True).start()
    while not stop.wait(0.5):  # without a time, Windows would not hear Ctrl+C
        pass


def _answer_excel() -> None:  # pragma: no cover - Windows only
    """Be the server that the add-in's settings name: xlwings' own, with its usual number."""
    xlwings._xlwindows.pythoncom.CoInitialize()  # type: ignore[attr-defined]
    xlwings.serve()
