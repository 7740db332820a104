"""Names that were given or taken away while a workbook is open, kept by the stand-in.

LibreOffice compiles every formula anew for each name that changes, a second each time; so they are
kept here, moved along with rows, and put into the file when it is saved.
"""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

Scope = str | None  # a sheet's title, or None for the whole workbook


@dataclass
class PendingNames:
    """By scope and name: the target, or None for a name that was deleted."""

    targets: dict[Scope, dict[str, str | None]] = field(default_factory=dict)

    def put(self, scope: Scope, name: str, target: str | None) -> None:
        self.targets.setdefault(scope, {})[name] = target

    def of(self, scope: Scope) -> dict[str, str | None]:
        return self.targets.get(scope, {})

    def copied(self, title: str, to: str) -> None:
        self.targets[to] = {
            name: target and target.replace(f"'{title}'", f"'{to}'")
            for name, target in self.of(title).items()
        }

    def renamed(self, title: str, to: str) -> None:
        if title in self.targets:
            self.copied(title, to)
            del self.targets[title]

    def moved(self, title: str, row: int, count: int) -> None:
        """Rows were inserted before a row, or deleted from it on (count below nought)."""
        for name, target in self.of(title).items():
            if target:
                self.targets[title][name] = re.sub(
                    r"(?<=\$)\d+", lambda m: str(_moved(int(m[0]), row, count)), target
                )


def _moved(at: int, row: int, count: int) -> int:
    return at if at < row else max(at + count, row)


def put_into(path: Path, pending: PendingNames, titles: list[str]) -> None:
    """Put the names into a saved workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book = parts["xl/workbook.xml"].decode()
    for scope, names in pending.targets.items():
        if scope is not None and scope not in titles:
            continue
        local = f' localSheetId="{titles.index(scope)}"' if scope is not None else ""
        for name, target in names.items():
            pattern = re.compile(
                rf'<definedName\b(?=[^>]*\bname="{name}")(?=[^>]*{local})[^>]*>.*?</definedName>'
            )
            book = pattern.sub("", book)
            if target:
                made = html.escape(target.removeprefix("="), quote=False)
                book = book.replace(
                    "</definedNames>",
                    f'<definedName name="{name}"{local}>{made}</definedName></definedNames>',
                )
    parts["xl/workbook.xml"] = book.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
