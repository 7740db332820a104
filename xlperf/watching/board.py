"""What the page shows at this moment, for the threads that answer its requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Condition

from xlperf.local_server.loopback import Answer
from xlperf.reports import watch_page
from xlperf.wording import language, speaking

HTML, NEWS = "text/html; charset=utf-8", "text/event-stream; charset=utf-8"
HEARTBEAT = 10.0  # s between signs of life, by which a closed page is noticed


class Board:
    """The sections of the page by number, each with a revision; renewed by one thread."""

    def __init__(self) -> None:
        self._sections: dict[str, tuple[int, str]] = {}
        self._changed = Condition()
        self._round = 0
        self._ended = False
        self._language = language()  # other threads speak none of their own

    def put(self, number: int, section: str) -> None:
        """Show a section anew."""
        with self._changed:
            revision = self._sections.get(str(number), (0, ""))[0] + 1
            self._sections[str(number)] = revision, section
            self._announce()

    def remove(self, number: int) -> None:
        """Show a section no more."""
        with self._changed:
            self._sections.pop(str(number), None)
            self._announce()

    def end(self) -> None:
        """Tell every page that nothing more will come."""
        with self._changed:
            self._ended = True
            self._announce()

    def _announce(self) -> None:
        self._round += 1
        self._changed.notify_all()

    def respond(self, path: str) -> Answer | None:
        """The page for "", one section for `section/N`, what changes for `news`."""
        if path == "":
            with speaking(self._language):
                return Answer(HTML, watch_page.whole(self._texts(), live=True).encode())
        if path == "news":
            return Answer(NEWS, stream=self._news())
        kind, _, number = path.partition("/")
        section = self._sections.get(number) if kind == "section" else None
        return Answer(HTML, section[1].encode()) if section else None

    def _texts(self) -> list[str]:
        with self._changed:
            return [text for _, text in self._sections.values()]

    def _news(self) -> Iterator[bytes]:
        """The revisions of all sections, at once and whenever one changes."""
        last_round = -1
        while True:
            with self._changed:
                if self._round == last_round and not self._ended:
                    self._changed.wait(HEARTBEAT)
                is_new, last_round = self._round != last_round, self._round
                revisions = {number: revision for number, (revision, _) in self._sections.items()}
                ended = self._ended
            if ended:
                yield b"event: ended\ndata: {}\n\n"
                return
            yield _event(revisions) if is_new else b": alive\n\n"


def _event(revisions: dict[str, int]) -> bytes:
    return f"event: sections\ndata: {json.dumps(revisions)}\n\n".encode()
