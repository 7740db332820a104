"""The add-in of the sources, built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from xlperf.addin.xlam import build, package
from xlperf.addin.xlam.package import Addin


@pytest.fixture(scope="session")
def addin() -> Addin:
    return build.build(build.macros())


@pytest.fixture(scope="session")
def xlam(addin: Addin) -> bytes:
    return package.write(addin)


@pytest.fixture(scope="session", autouse=True)
def _built_once(xlam: bytes) -> Iterator[None]:
    """What an installation or a bundle puts in place is not built anew for each of them."""
    with pytest.MonkeyPatch.context() as patch:
        assert build.finished() == xlam
        patch.setattr(build, "finished", lambda: xlam)
        yield
