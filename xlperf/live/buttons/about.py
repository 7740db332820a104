"""What `about` says, and the log of what went wrong, which is that of the command line too."""

from __future__ import annotations

import platform
import sys

import xlwings as xw

from xlperf import __version__
from xlperf.error_log import note, place
from xlperf.live.com.batch import macro_answers
from xlperf.wording import say

__all__ = ["note", "place", "versions"]


def _way(book: xw.Book) -> str:
    """How the book is asked: by the add-in's macro inside Excel, from outside, in another host."""
    if not isinstance(book, xw.Book):
        return "host"
    return "inside" if macro_answers(book) else "outside"


def versions(book: xw.Book) -> str:
    """Versions, and the places of Python and of the log."""
    app = book.app.api
    return say(
        "live.about",
        xlperf=__version__,
        xlwings=xw.__version__,
        python=platform.python_version(),
        place=sys.executable,
        excel=f"{app.Name} {app.Version}",
        asked=say(f"live.asked_{_way(book)}"),
        log=place(),
    )
