"""A server for this computer alone: the loopback address, a token in every address, no caching.

Another program or page that does not know the token gets nothing; neither does a page that reaches
the port under another name (DNS rebinding), since the name of the host is compared.
"""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore, Thread

from xlperf import error_log

HOST = "127.0.0.1"
MOST_STREAMS = 32  # pages that may wait for news at once
MOST_POSTED = 64 * 2**20  # bytes
LENGTH = re.compile(r"[0-9]{1,9}")  # of what is posted, as a header says it
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # the token is part of the address
    "Cross-Origin-Resource-Policy": "same-origin",
}
ANY_ORIGIN = {  # an add-in's page comes from a file, or from its office program
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Allow-Private-Network": "true",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True)
class Answer:
    """What is sent for one address: a body, or pieces as they come."""

    kind: str  # its media type
    body: bytes = b""
    stream: Iterable[bytes] | None = None
    status: HTTPStatus = HTTPStatus.OK


EMPTY_ANSWER = Answer("text/plain; charset=utf-8")


# of the path behind the token (and of what was posted to it); None where there is nothing
Respond = Callable[[str], Answer | None]
Take = Callable[[str, bytes], Answer | None]


@contextmanager
def serving(respond: Respond, port: int = 0, *, take: Take | None = None) -> Iterator[str]:
    """Serve within a `with` block; gives the address of "" with its token.

    `port` 0 takes a free one; with `take`, things can be posted, by pages of any origin that know
    the token. Raises OSError where the port is taken.
    """
    server = _Server(respond, port, take)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/{server.token}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Server(ThreadingHTTPServer):
    """The server with what its handlers need."""

    daemon_threads = True

    def __init__(self, respond: Respond, port: int, take: Take | None) -> None:
        super().__init__((HOST, port), _Handler)
        self.respond, self.take = respond, take
        self.token = secrets.token_urlsafe(24)
        self.streams = BoundedSemaphore(MOST_STREAMS)

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that breaks off is no fault; any other error goes to the log, not the terminal."""
        if not isinstance(sys.exception(), OSError):
            error_log.note("loopback")


class _Handler(BaseHTTPRequestHandler):
    """Answers GET, and POST where something is taken, below the token."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "xlperf"
    sys_version = ""
    timeout = 30  # s without a request on an open connection

    def do_GET(self) -> None:
        """One request."""
        answer = self.server.respond(self._below_token()) if self._is_ours() else None
        if answer is None:
            self._send(HTTPStatus.NOT_FOUND, EMPTY_ANSWER)
        elif answer.stream is None:
            self._send(HTTPStatus.OK, answer)
        elif self.server.streams.acquire(blocking=False):
            try:
                self._send_pieces(answer)
            finally:
                self.server.streams.release()
        else:
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, EMPTY_ANSWER)

    def do_POST(self) -> None:
        """One request with a body, of at most `MOST_POSTED` bytes."""
        length = self.headers.get("Content-Length", "")
        if self.server.take is None or not self._is_ours():
            self.close_connection = True
            self._send(HTTPStatus.NOT_FOUND, EMPTY_ANSWER)
        elif not LENGTH.fullmatch(length) or int(length) > MOST_POSTED:
            self.close_connection = True
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, EMPTY_ANSWER)
        else:
            answer = self.server.take(self._below_token(), self.rfile.read(int(length)))
            status = HTTPStatus.NOT_FOUND if answer is None else answer.status
            self._send(status, answer or EMPTY_ANSWER)

    def do_OPTIONS(self) -> None:
        """A browser's question whether another origin's page may post."""
        is_ours = self.server.take is not None and self._is_ours()
        self._send(HTTPStatus.NO_CONTENT if is_ours else HTTPStatus.NOT_FOUND, EMPTY_ANSWER)

    def _is_ours(self) -> bool:
        names = (f"{HOST}:{self.server.server_port}", f"localhost:{self.server.server_port}")
        token = self.path.split("/")[1] if self.path.count("/") > 1 else ""
        has_token = secrets.compare_digest(token.encode(), self.server.token.encode())
        return has_token and self.headers.get("Host") in names

    def _below_token(self) -> str:
        return self.path.split("?", 1)[0].split("/", 2)[2]

    def _send(self, status: HTTPStatus, answer: Answer) -> None:
        self._begin(status, answer, {"Content-Length": str(len(answer.body))})
        self.wfile.write(answer.body)

    def _send_pieces(self, answer: Answer) -> None:
        self.close_connection = True
        with suppress(OSError):  # the page was closed
            self._begin(HTTPStatus.OK, answer, {"Connection": "close"})
            for piece in answer.stream or ():
                self.wfile.write(piece)
                self.wfile.flush()

    def _begin(self, status: HTTPStatus, answer: Answer, more: Mapping[str, str]) -> None:
        self.send_response(status)
        headers = HEADERS if self.server.take is None else {**HEADERS, **ANY_ORIGIN}
        for name, value in {**headers, "Content-Type": answer.kind, **more}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: the terminal is for the findings."""
