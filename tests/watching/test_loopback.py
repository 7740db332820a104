"""A server that answers this computer's user and nobody else."""

from __future__ import annotations

import http.client
import socket
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from xlperf.local_server.loopback import Answer, serving


def respond(path: str) -> Answer | None:
    if path == "":
        return Answer("text/plain", b"whole")
    if path == "drops":
        return Answer("text/plain", stream=(str(number).encode() for number in range(3)))
    return None


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(respond) as url:
        yield url


def ask(
    address: str, path: str, method: str = "GET", **headers: str
) -> tuple[int, bytes, Mapping[str, str]]:
    """The status, the body and the headers of an answer."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    with closing(connection):
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.headers)


def test_only_the_loopback_address_and_a_long_token(address: str) -> None:
    parts = urlsplit(address)
    assert parts.hostname == "127.0.0.1"
    assert len(parts.path.strip("/")) >= 32


def test_what_is_below_the_token_is_answered(address: str) -> None:
    path = urlsplit(address).path
    status, body, headers = ask(address, path)
    assert (status, body) == (200, b"whole")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert ask(address, path + "drops")[1] == b"012"


@pytest.mark.parametrize("path", ["/", "/x/", "//", "", "/%00/", "/../"])
def test_without_the_token_there_is_nothing(address: str, path: str) -> None:
    assert ask(address, path)[:2] == (404, b"")


def test_another_name_for_this_computer_is_refused(address: str) -> None:
    """A page of the web whose name was made to point here does not get in."""
    assert ask(address, urlsplit(address).path, Host="evil.example:80")[:2] == (404, b"")


def test_nothing_else_than_get(address: str) -> None:
    path = urlsplit(address).path
    assert ask(address, path, "POST")[:2] == (404, b"")  # nothing is taken here
    assert ask(address, path, "OPTIONS")[:2] == (404, b"")
    assert ask(address, path, "PUT")[0] == 501


def test_a_page_that_breaks_off_leaves_nothing_on_the_terminal(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    parts = urlsplit(address)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as page:
        page.sendall(request * 200)
        page.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # reset
    time.sleep(0.3)
    assert ask(address, parts.path)[0] == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("length", ["", "x", "-1", "\xb2", "9" * 5000, str(64 * 2**20 + 1)])
def test_a_length_that_is_none_or_too_large_is_refused(length: str) -> None:
    with serving(respond, take=lambda path, body: Answer("text/plain", body)) as url:
        path = urlsplit(url).path
        assert ask(url, path, "POST", **{"Content-Length": length})[0] == 413
