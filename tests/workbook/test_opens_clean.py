"""Every workbook we write opens clean: no error under two independent Open XML validators."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import ooxml
from tests.conftest import lacks
from xlperf.__main__ import run
from xlperf.record import Raw
from xlperf.workbook.write import write_master

KINDS = ("master", "rollup", "marked", "review", "odd", "repaired")


@pytest.fixture(scope="module")
def written(
    tmp_path_factory: pytest.TempPathFactory, sample: Raw, small_master: Path
) -> dict[str, Path]:
    """One workbook of each kind, as small as has every kind of content: validators are slow."""
    folder = tmp_path_factory.mktemp("clean")
    paths = {kind: folder / f"{kind}.xlsx" for kind in KINDS}
    shutil.copy(small_master, paths["master"])
    one = {key: sample[key][:1] for key in ("projects", "activities")}
    write_master({**sample, **one}, folder / "one.xlsx")
    source = str(folder / "one.xlsx")
    run(["rollup", source, "-o", str(paths["rollup"])])
    run(["validate", source, "--annotate", str(paths["marked"]), "--fail-on", "never"])
    run(["validate", source, "--review", str(paths["review"]), "--fail-on", "never"])
    book = load_workbook(paths["marked"])
    del book["汇总"]
    book.save(folder / "damaged.xlsx")
    run(["repair", str(folder / "damaged.xlsx"), "-o", str(paths["repaired"])])
    odd = {**sample["projects"][0], "name": "=a&<b>'\"\x01_x0041_", "purpose": " 首尾 \n空格 "}
    write_master(
        {**sample, **one, "projects": [odd, {"goals": [], "indicators": []}]}, paths["odd"]
    )
    return paths


@pytest.mark.parametrize("kind", KINDS)
def test_microsofts_validator_has_nothing_against_it(kind: str, written: dict[str, Path]) -> None:
    if reason := ooxml.missing():
        lacks(reason)
    assert ooxml.sdk_errors(written[kind]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_validator_expects_a_clean_opening(kind: str, written: dict[str, Path]) -> None:
    assert ooxml.audit_errors(written[kind]) == ""


def test_the_same_record_gives_the_same_parts_but_for_the_date(sample: Raw, tmp_path: Path) -> None:
    written = []
    for name in ("a.xlsx", "b.xlsx"):
        write_master(sample, tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        written.append({part: data for part, data in parts.items() if part != "docProps/core.xml"})
    assert written[0] == written[1]
