"""What many tests share: the sample, a LibreOffice, and how a missing tool is treated."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from openpyxl import Workbook, load_workbook

from tests.effort import tries
from tests.masters import FOLDER, put_master, shared_folder
from tests.office import Office, missing, running
from tests.office.converting import BY_ITSELF, by_running
from tests.quick_openpyxl import remember
from xlperf import wording
from xlperf.canonical import canonical
from xlperf.jobs.inputs.open_any import read_record
from xlperf.publishing import libreoffice
from xlperf.record import Raw
from xlperf.storage.files import shipped

# Random records are the same at every run; `--hypothesis-profile search` looks for others.
settings.register_profile("same", derandomize=True, max_examples=tries(100))
settings.register_profile("search", deadline=None)
settings.load_profile("same")

# What is compiled is kept: hundreds of tests start Python, and each would compile everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """A folder for what all tests of one run share, whichever process runs them."""
    if config.getoption("dist", "no") == "no":  # this process runs tests
        gc.disable()  # until all are collected
    if FOLDER not in os.environ:
        os.environ[FOLDER] = shared_folder()
        config.add_cleanup(forget_shared)


def forget_shared() -> None:
    shutil.rmtree(os.environ.pop(FOLDER))


def pytest_collection_finish() -> None:
    """Thousands of tests stay as they are: they are not searched for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests come first, so that no process is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores, as tests wait for other programs and for files to change."""
    return (os.cpu_count() or 1) + 1


def lacks(reason: str) -> None:
    """Skip for a missing tool; fail where everything is required."""
    if os.environ.get("XLPERF_REQUIRE_ALL") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)


def library(name: str) -> Any:
    """A library that only some installations have; without it, as `lacks` says."""
    try:
        return importlib.import_module(name)
    except ImportError:
        lacks(f"{name} is not installed")


@pytest.fixture(scope="session", autouse=True)
def _chinese_from_the_start() -> Iterator[None]:
    """What a session or a module makes for its tests speaks Chinese too, in whatever order."""
    with pytest.MonkeyPatch.context() as patch, wording.speaking("zh"):
        patch.setenv("XLPERF_LANG", "zh")
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_openpyxl(pytestconfig: pytest.Config) -> Iterator[None]:
    """openpyxl remembers what it has worked out, but where it is measured."""
    with pytest.MonkeyPatch.context() as patch:
        if pytestconfig.getoption("benchmark_disable"):
            remember(patch)
        yield


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test starts in Chinese, whatever the machine speaks."""
    monkeypatch.setenv("XLPERF_LANG", "zh")
    with wording.speaking("zh"):
        yield


@pytest.fixture(scope="session")
def office() -> Office:
    if reason := missing():
        lacks(reason)
    return running()


@pytest.fixture(scope="session", autouse=True)
def _one_libreoffice() -> Iterator[None]:
    """What xlperf has converted is converted by the LibreOffice of the tests, if one is asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(libreoffice, "_output_of", by_running(running))
        yield
    if running.cache_info().currsize:
        running().close()
        running.cache_clear()


@pytest.fixture
def own_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """xlperf starts a LibreOffice of its own for what it has converted, as for a user."""
    monkeypatch.setattr(libreoffice, "_output_of", BY_ITSELF)


@pytest.fixture(scope="session")
def sample() -> Raw:
    """The bundled sample's record."""
    return read_record(shipped("workbook_templates", "sample.json")).record


@pytest.fixture(scope="session")
def master(sample: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's master workbook."""
    path = tmp_path_factory.mktemp("master") / "master.xlsx"
    with wording.speaking("zh"):
        put_master(sample, path)
    return path


@pytest.fixture(scope="session")
def opened_master(master: Path) -> Workbook:
    """The sample's master workbook as openpyxl opens it, to be looked at and not changed."""
    return load_workbook(master)


@pytest.fixture(scope="session")
def small(sample: Raw) -> Raw:
    """The sample with three projects and activities: every kind of thing in it, sooner done."""
    first_three = {key: deepcopy(sample[key][:3]) for key in ("projects", "activities")}
    return canonical({**deepcopy(sample), **first_three})


@pytest.fixture(scope="session")
def small_master(small: Raw, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master workbook of the small record."""
    path = tmp_path_factory.mktemp("small") / "small.xlsx"
    with wording.speaking("zh"):
        put_master(small, path)
    return path


@pytest.fixture(scope="session")
def seed() -> Path:
    """The real document, where the shared folder is at hand."""
    documents = sorted((SHARED / "seeds").glob("*.txt"))
    if not documents:
        pytest.skip("the real document (../shared/seeds) is not at hand")
    return documents[0]
