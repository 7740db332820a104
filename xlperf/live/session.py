"""One click in a host that is not Excel: an action run here, the host asked over two pipes.

`python -m xlperf.live.session` reads a line `{"action": name, "language": "zh"}`, then writes
requests (see `host.requests`), one JSON value a line in ASCII, and reads an answer to each.
"""

from __future__ import annotations

import json
import sys
from typing import IO

from xlperf import wording
from xlperf.live import ribbon
from xlperf.live.com.batch import ProtocolError
from xlperf.live.host.objects import HostBook
from xlperf.live.host.requests import Data, Exchange, HostGoneError


def run(action: str, exchange: Exchange) -> None:
    """Do the action of a button in the host that answers requests. Nothing is raised but what
    `exchange` raises where the host is gone.
    """
    ribbon.perform(action, lambda: HostBook(exchange))


def over_lines(answers: IO[str], requests: IO[str]) -> Exchange:
    """Requests and answers as lines of two streams. Raises HostGoneError once the host is."""

    def exchange(request: Data) -> Data:
        requests.write(json.dumps(request) + "\n")
        requests.flush()
        line = answers.readline()
        if not line:
            raise HostGoneError
        answer = json.loads(line)
        if not isinstance(answer, dict):
            raise ProtocolError
        return answer

    return exchange


def main() -> int:
    """One session over standard input and output; what else is printed goes to standard error."""
    answers, requests = sys.stdin, sys.stdout
    sys.stdout = sys.stderr
    begin = json.loads(answers.readline() or "{}")
    wording.use(begin.get("language") or wording.users_language())
    try:
        run(str(begin.get("action", "")), over_lines(answers, requests))
    except (HostGoneError, BrokenPipeError):
        return 1
    requests.write(json.dumps({"end": True}) + "\n")
    requests.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
