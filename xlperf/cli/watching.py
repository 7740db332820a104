"""The commands that stay until the user ends them: watch, serve."""

from __future__ import annotations

import os
import signal
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from xlperf import error_log
from xlperf.cli.frame import CLEAN, EXIT_FINDINGS, argument, command, option
from xlperf.errors import UserError
from xlperf.rules.profiles import names as profile_names
from xlperf.storage.files import write_text
from xlperf.wording import say

if TYPE_CHECKING:
    from xlperf.watching.files import FileHistory

PAGE = "watch.html"  # what --once shows, beside the log


def watch_command(_: str) -> click.Command:
    """`xlperf watch`."""

    def run(files: tuple[Path, ...], no_open: bool, once: bool, profile: str | None) -> int:
        for path in files:
            if not path.exists():
                raise UserError("no_file", file=path)
        if once:
            return _once(files, profile, opened=not no_open)
        return _watch([path.absolute() for path in files], profile, opened=not no_open)

    return command(
        "watch",
        argument("files", many=True),
        option("--no-open", help_key="no_open", is_flag=True),
        option("--once", help_key="watch_once", is_flag=True),
        option("--profile", help_key="profile", type=click.Choice(profile_names())),
        folders=False,
    )(run)


def serve_command(_: str) -> click.Command:
    """`xlperf serve`."""

    def run(port: int) -> int:
        from xlperf.live import serving

        with _stopped_by_user() as stop, serving.helping(port) as address:
            click.echo(say("serve.begun", address=address))
            serving.wait(stop)
        click.echo(say("serve.over"))
        return CLEAN

    ports = click.IntRange(0, 65535)
    return command("serve", option("--port", help_key="serve_port", type=ports, default=0))(run)


def _watch(sources: list[Path], profile: str | None, *, opened: bool) -> int:
    """Show the page until the user ends it."""
    from xlperf.local_server.loopback import serving
    from xlperf.watching.watcher import Watcher

    watcher = Watcher(sources, _tell, profile=profile)
    with _stopped_by_user() as stop, serving(watcher.board.respond) as address:
        click.echo(say("watch.begun", address=address))
        if opened:
            _open(address)
        watcher.run(sources, stop)
    click.echo(say("watch.over"))
    return CLEAN


def _once(sources: tuple[Path, ...], profile: str | None, *, opened: bool) -> int:
    """Validate what is saved now; the page is a file."""
    from xlperf.jobs.validation.folders import files_in
    from xlperf.jobs.validation.rule_selection import fails
    from xlperf.reports import watch_page
    from xlperf.watching.watcher import look_once

    paths, aside = files_in(sources)
    histories = look_once(paths, profile, sources=sources)
    for history in histories:
        _tell(history)
    target = error_log.place().with_name(PAGE)
    target.parent.mkdir(parents=True, exist_ok=True)
    sections = (watch_page.section(number, item) for number, item in enumerate(histories, 1))
    write_text(target, watch_page.whole(sections, live=False))
    click.echo(say("watch.page", file=target))
    if opened:
        _open(target.absolute().as_uri())
    findings = [finding for history in histories for finding in history.findings]
    faulty = aside or any(item.trouble for item in histories) or fails(findings, "error")
    return EXIT_FINDINGS if faulty else CLEAN


def _tell(history: FileHistory) -> None:
    """One line on the terminal for a save."""
    from xlperf.characters.control import on_one_line
    from xlperf.reports.tally import tally_words

    name = history.name
    if history.trouble:
        click.echo(on_one_line(say("watch.line_trouble", file=name, reason=history.trouble)))
        return
    assert history.saved is not None
    facts = {"file": name, "time": f"{history.saved:%H:%M:%S}"}
    line = say("watch.line", **facts, tally=tally_words(history.findings))
    if history.saves > 1:
        line += say("watch.line_changes", added=len(history.added), settled=len(history.settled))
    click.echo(on_one_line(line))


def _open(address: str) -> None:
    """Show a page in the user's browser, where there is a screen; text browsers would take the
    terminal.
    """
    has_screen = any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    if sys.platform in ("win32", "darwin") or has_screen:
        webbrowser.open(address)


@contextmanager
def _stopped_by_user() -> Iterator[Event]:
    """An event that is set when the user, or the system, ends the program."""
    stop = Event()
    kinds = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGBREAK"):  # pragma: no cover - Windows only
        kinds.append(signal.SIGBREAK)
    before = {kind: signal.signal(kind, lambda *_: stop.set()) for kind in kinds}
    try:
        yield stop
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
