"""The add-in of the sources, built once."""

from __future__ import annotations

import pytest

from xlperf.addin.xlam import build, package
from xlperf.addin.xlam.package import Addin


@pytest.fixture(scope="session")
def addin() -> Addin:
    return build.build(build.macros())


@pytest.fixture(scope="session")
def xlam(addin: Addin) -> bytes:
    return package.write(addin)
