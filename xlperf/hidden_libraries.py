"""Libraries that others take along if they are there, and that nothing here needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it takes longer to load than what is spared
    from importlib.abc import Loader

KINDS_OF_NUMBERS = "openpyxl.compat.numbers"  # loads NumPy, to know its numbers in a cell


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Make these libraries look as if they were not installed, unless they are in use."""
    put = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(put))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in put:
            sys.modules.pop(name, None)


def keep_numpy_from_openpyxl() -> None:
    """Have openpyxl loaded without NumPy, which takes as long to load as all the rest of it.

    For a process of our own alone: none of our cells holds a number of NumPy, others' might.
    """
    sys.meta_path.insert(0, _OpenpyxlFinder())


class _OpenpyxlFinder:
    """Finds the one module of openpyxl that loads NumPy."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where it is, if it is that one; to be loaded while NumPy is hidden."""
        spec = PathFinder.find_spec(name, path, target) if name == KINDS_OF_NUMBERS else None
        if spec and spec.loader:
            spec.loader = _LoaderWithoutNumPy(spec.loader)  # type: ignore[assignment]
        return spec


class _LoaderWithoutNumPy:
    """Loads a module as its own loader does, while NumPy is hidden."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As its own loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """As its own loader does, while NumPy is hidden."""
        with hidden("numpy"):
            self._loader.exec_module(module)
