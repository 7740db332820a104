"""Consoles on which nothing that a document says acts as a command to the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook
from rich.segment import Segment

from xlperf.characters.control import visible


def safe_console(**properties: Any) -> Console:
    """A console that shows control characters of texts as signs; its own colours still work."""
    console = Console(highlight=False, **properties)
    console.push_render_hook(_Signs())
    return console


class _Signs(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """What is printed, each piece with signs for its control characters."""
        return [_Shown(renderable) for renderable in renderables]


class _Shown:
    def __init__(self, content: ConsoleRenderable) -> None:
        self.content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """The segments of the content; rich's own commands to the terminal stay."""
        for text, style, control in console.render(self.content, options):
            yield Segment(text if control else visible(text), style, control)
