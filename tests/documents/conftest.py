"""Where the real document is, if it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The real document beside the repository; a loud skip where it is absent."""
    documents = sorted((SHARED / "seeds").glob("*.txt"))
    if documents:
        return documents[0]
    reason = f"the real document is not at hand: no *.txt in {SHARED / 'seeds'}"
    if os.environ.get("XLPERF_REQUIRE_ALL") == "1" and SHARED.exists():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
