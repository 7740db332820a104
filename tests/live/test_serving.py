"""The resident helper: clicks over HTTP, a note that says where, one at a time on a computer."""

from __future__ import annotations

import json
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from xlperf.errors import UserError
from xlperf.live import serving
from xlperf.live.serving import Click
from xlperf.local_server import helper_note


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the note stands."""
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setenv("XLPERF_LOG_FOLDER", str(tmp_path / "elsewhere"))  # the log alone
    return tmp_path / "xlperf"


@pytest.fixture
def address(log: Path) -> Iterator[str]:
    with serving.helping() as url:
        yield url


def post(url: str, body: Any) -> dict[str, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    with urlopen(Request(url, data, method="POST"), timeout=20) as answer:
        return dict(json.load(answer))


def answer_to(request: dict[str, Any]) -> dict[str, Any]:
    """A host that knows its name and nothing else."""
    if "asks" in request:
        properties = {"Name": "WPS 表格", "Version": "12", "Path": "C:\\"}
        return {"answers": [[0, properties[ask[3]]] for ask in request["asks"]]}
    return {}


def clicked(address: str, action: str, language: str = "zh") -> list[dict[str, Any]]:
    """Every request of a click, answered by `answer_to`."""
    reply = post(address + "session", {"action": action, "language": language})
    requests = [reply["request"]]
    while not requests[-1].get("end"):
        reply = post(f"{address}session/{reply['session']}", answer_to(requests[-1]))
        requests.append(reply["request"])
    return requests


def test_a_click_asks_until_it_has_ended(address: str) -> None:
    requests = clicked(address, "about")
    assert requests[0] == {"quiet": True}
    (sentence,) = [request["say"] for request in requests if "say" in request]
    assert "WPS 表格 12" in sentence
    assert requests[-1] == {"end": True}


def test_it_speaks_the_language_of_the_click(address: str) -> None:
    (sentence,) = [r["say"] for r in clicked(address, "about", "en") if "say" in r]
    assert "log:" in sentence.lower()


def test_what_is_no_button_is_refused_in_a_sentence(address: str) -> None:
    (request,) = [r for r in clicked(address, "exec") if "say" in r]
    assert request["mode"] == "critical"


@pytest.mark.parametrize(("path", "body"), [
    ("session/none", {}), ("other", {}), ("session", b"{"), ("session", b"[]"), ("", {}),
])  # fmt: skip
def test_anything_else_is_not_there(address: str, path: str, body: Any) -> None:
    with pytest.raises(HTTPError, match="404"):
        post(address + path, body)


def test_nothing_is_taken_without_the_token(address: str) -> None:
    origin = address.rpartition("/")[0].rpartition("/")[0]
    with pytest.raises(HTTPError, match="404"):
        post(f"{origin}/session", {"action": "about"})


def test_a_page_of_any_origin_may_post_that_knows_the_token(address: str) -> None:
    with urlopen(Request(address + "session", method="OPTIONS"), timeout=10) as answer:
        assert answer.status == 204
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_note_is_for_its_owner_and_goes_with_the_helper(log: Path) -> None:
    note = log / helper_note.NOTE_FILE
    assert helper_note.running() == ""
    with serving.helping() as url:
        assert json.loads(note.read_text("utf-8")) == {"address": url, "process": os.getpid()}
        if os.name == "posix":
            assert stat.S_IMODE(note.stat().st_mode) == 0o600
        assert helper_note.running() == url
        with pytest.raises(UserError) as refusal, serving.helping():
            pass
        assert refusal.value.key == "serve_running"
        assert note.exists()
    assert not note.exists()


def test_a_note_that_a_dead_helper_left_is_no_helper(log: Path) -> None:
    log.mkdir()
    for left in ('{"address": "x", "process": 4194304999}', "{", "[]", '{"process": 1}'):
        (log / helper_note.NOTE_FILE).write_text(left, encoding="utf-8")
        assert helper_note.running() == ""


def test_a_process_that_has_a_dead_helpers_number_is_no_helper(log: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        free = other.getsockname()[1]
    note = log / helper_note.NOTE_FILE
    log.mkdir()
    for address in (f"http://127.0.0.1:{free}/x/", "x", "http://127.0.0.1:x/", "http://[/"):
        note.write_text(json.dumps({"address": address, "process": os.getpid()}), "utf-8")
        assert helper_note.running() == ""
    with serving.helping() as url:
        note.write_text(json.dumps({"address": url, "process": os.getppid()}), "utf-8")
        assert helper_note.running() == ""
    assert note.exists()  # it is another's


def test_a_host_that_is_gone_ends_its_click() -> None:
    click = Click("about", "zh", patience=0.05)
    assert click.next_request() == {"quiet": True}
    assert click.next_request() == {"end": True}
    click = Click("about", "zh")
    click.next_request()
    click.abandon()
    assert click.next_request() == {"end": True}


def test_a_second_answer_at_once_is_refused_as_busy(address: str) -> None:
    """A host that lost its patience answers again; the action takes the first answer alone."""
    reply = post(address + "session", {"action": "about", "language": "zh"})
    session = f"{address}session/{reply['session']}"
    click = Click("about", "zh")
    assert click.next_request() == reply["request"]
    assert (click.answer({}), click.answer({})) == (True, False)
    click.abandon()
    assert "request" in post(session, answer_to(reply["request"]))
    assert serving.BUSY_ANSWER.status == 409


def test_the_note_stands_where_add_ins_look_for_it(
    log: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As `XlperfBook.bas` and `xlperf.js` have it, whatever moves the log."""
    assert helper_note.place() == tmp_path / "xlperf" / "serving.json"
    monkeypatch.delenv("LOCALAPPDATA")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert helper_note.place() == tmp_path / ".local" / "state" / "xlperf" / "serving.json"


def test_a_note_that_cannot_be_written_is_said_and_the_port_is_free_again(log: Path) -> None:
    log.parent.mkdir(exist_ok=True)
    log.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(UserError) as refusal, serving.helping():
        pass
    assert refusal.value.key == "serve_no_note"
