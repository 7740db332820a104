"""Extracts: what a roll-up keeps of a file, and that it gives the same when read again."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import library
from tests.many import of_one_project
from xlperf import wording
from xlperf.__main__ import run
from xlperf.canonical import dumps
from xlperf.errors import UserError
from xlperf.jobs.inputs.open_any import open_any
from xlperf.jobs.many_files import rolling_up
from xlperf.jobs.many_files.file_search import search
from xlperf.jobs.many_files.rolling_up import RollupOptions, as_json, roll_up_and_survey
from xlperf.jobs.many_files.sources import FileSource, Url
from xlperf.jobs.validation.settings import load
from xlperf.jobs.validation.validating import with_findings
from xlperf.record import Raw
from xlperf.rollup import cache as caches
from xlperf.rollup import file_views, parquet
from xlperf.rollup.cache import ExtractCache
from xlperf.rollup.extract import Extract, extract_of
from xlperf.workbook.draw.books.totals_book import write_rollup

pa = library("pyarrow")
pq = library("pyarrow.parquet")

TWO = (("401", 333), ("402", 66600))  # departments of one project, with fen


@pytest.fixture
def records(sample: Raw, tmp_path: Path) -> list[Path]:
    """Two departments as records: 3.33 yuan and 666.00 yuan."""
    paths = []
    for code, cents in TWO:
        paths.append(tmp_path / f"{code}.json")
        paths[-1].write_text(dumps(of_one_project(sample, code, cents)), encoding="utf-8")
    return paths


@pytest.fixture
def extract_cache(tmp_path: Path) -> ExtractCache:
    return caches.opened(tmp_path / "kept")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files that are really read."""
    names: list[str] = []
    real = rolling_up.open_any

    def noting(path: Path) -> object:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(rolling_up, "open_any", noting)
    return names


def extract(path: Path) -> Extract:
    reading = open_any(path)
    return extract_of(reading, with_findings(path, reading, load(path)).findings)


def rollup_json(files: list[FileSource] | list[Path], way: RollupOptions) -> dict[str, Any]:
    return as_json(*roll_up_and_survey(files, way=way))


def test_an_extract_comes_back_from_parquet_as_it_was(master: Path) -> None:
    made = extract(master)
    assert made.projects and made.findings and made.passages and made.indicators
    assert made.projects[0]["budget_sheet"] and made.projects[0]["budget_cell"]
    assert parquet.from_bytes(parquet.as_bytes(made, "k"), "k") == made


def test_an_entry_of_which_one_bit_has_changed_is_absent_or_says_the_same(master: Path) -> None:
    extract = extract_of(open_any(master), [])
    data = parquet.as_bytes(extract, "key")
    whole = parquet.packed_from_bytes(data, "key")
    assert whole is not None
    for at in range(0, len(data), 101):
        flipped = bytearray(data)
        flipped[at] ^= 1
        assert parquet.packed_from_bytes(bytes(flipped), "key") in (None, whole), at


def test_money_is_kept_as_decimals_of_two_places(records: list[Path]) -> None:
    table = pq.read_table(BytesIO(parquet.as_bytes(extract(records[0]), "k")))
    (project,) = table["projects"].to_pylist()[0]
    assert project["budget"] == Decimal("3.33")
    kinds = {
        field.name: str(field.type) for field in table.schema.field("projects").type.value_type
    }
    assert {kinds[key] for key in ("budget", "fiscal", "other", "by_12")} == {"decimal128(22, 2)"}
    assert not {kind for kind in kinds.values() if "float" in kind or "double" in kind}


def test_a_second_run_reads_only_what_changed_and_says_the_same(
    records: list[Path], extract_cache: ExtractCache, reads: list[str], sample: Raw
) -> None:
    plain = rollup_json(records, RollupOptions())
    first = rollup_json(records, RollupOptions(cache=extract_cache))
    reads.clear()
    assert rollup_json(records, RollupOptions(cache=extract_cache)) == first == plain
    assert reads == []
    assert plain["totals"]["budget"] == "669.33"
    records[1].write_text(dumps(of_one_project(sample, "402", 66601)), encoding="utf-8")
    assert rollup_json(records, RollupOptions(cache=extract_cache))["totals"]["budget"] == "669.34"
    assert reads == ["402.json"]


def test_a_file_that_was_moved_is_known_by_its_content_and_told_by_its_new_name(
    records: list[Path], extract_cache: ExtractCache, reads: list[str], tmp_path: Path
) -> None:
    rollup_json(records, RollupOptions(cache=extract_cache))
    reads.clear()
    moved = tmp_path / "moved.json"
    records[0].rename(moved)
    rollup, answers = roll_up_and_survey(
        [moved, records[1]], way=RollupOptions(cache=extract_cache)
    )
    assert (reads, rollup.lines[0].file, answers.files[0].file) == ([], str(moved), str(moved))


def damaged(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-200])


def empty(entry: Path) -> None:
    entry.write_bytes(b"")


def foreign(entry: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), entry)


def of_another_file(entry: Path) -> None:
    others = [path for path in entry.parent.parent.rglob("*.parquet") if path != entry]
    shutil.copy(others[0], entry)


@pytest.mark.parametrize("spoil", [damaged, empty, foreign, of_another_file])
def test_an_entry_that_is_not_what_it_should_be_is_made_anew(
    spoil: Any, records: list[Path], extract_cache: ExtractCache, reads: list[str]
) -> None:
    first = rollup_json(records, RollupOptions(cache=extract_cache))
    entry = sorted(extract_cache.folder.rglob("*.parquet"))[0]
    whole = entry.read_bytes()
    spoil(entry)
    reads.clear()
    assert rollup_json(records, RollupOptions(cache=extract_cache)) == first
    assert len(reads) == 1
    reads.clear()
    assert rollup_json(records, RollupOptions(cache=extract_cache)) == first
    assert reads == [] and len(entry.read_bytes()) == len(whole)


def test_other_settings_and_another_program_make_other_entries(
    records: list[Path],
    extract_cache: ExtractCache,
    reads: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = rollup_json(records, RollupOptions(cache=extract_cache))["departments"][0]["findings"]
    settings = records[0].with_name("xlperf.toml")
    settings.write_text('ignore = ["STR", "AMT", "PLN", "VAL", "TYP", "REL", "TXT", "COD"]\n')
    reads.clear()
    after = rollup_json(records, RollupOptions(cache=extract_cache))["departments"][0]["findings"]
    assert sum(after.values()) < sum(before.values()) and len(reads) == 2
    monkeypatch.setattr(caches, "own_digest", lambda: "another")
    reads.clear()
    rollup_json(records, RollupOptions(cache=extract_cache))
    assert len(reads) == 2


def test_a_file_that_cannot_be_added_is_told_by_every_run(
    records: list[Path], extract_cache: ExtractCache
) -> None:
    bad = records[0].with_name("bad.json")
    bad.write_text(records[0].read_text("utf-8").replace("3.33", '"三元"'), encoding="utf-8")
    for _ in range(2):
        rollup, _ = roll_up_and_survey([*records, bad], way=RollupOptions(cache=extract_cache))
        assert [item.file for item in rollup.set_aside] == [str(bad)]
        assert "三元" in rollup.set_aside[0].reason


def test_the_tables_hold_every_row_with_file_sheet_and_cell(master: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    command = ["rollup", str(master), "--parquet", str(folder), "--lang", "zh"]
    assert run(command) == 0
    made = extract(master)
    tables = {
        name: pq.read_table(folder / f"{name}.parquet")
        for name in ("projects", "findings", "indicators")
    }
    sizes = {name: table.num_rows for name, table in tables.items()}
    assert sizes == {
        "projects": len(made.projects),
        "findings": len(made.findings),
        "indicators": len(made.indicators),
    }
    project, finding = (tables[name].to_pylist()[0] for name in ("projects", "findings"))
    assert (project["file"], project["sheet"]) == (str(master), made.projects[0]["sheet"])
    assert finding["message"] == made.findings[0]["message_zh"]
    total = sum(row["budget"] for row in tables["projects"].to_pylist())
    assert total == Decimal("7804247.00")
    assert sorted(path.name for path in folder.iterdir()) == [
        "findings.parquet", "indicators.parquet", "projects.parquet"
    ]  # fmt: skip


def test_files_are_read_by_url(records: list[Path], extract_cache: ExtractCache) -> None:
    fsspec = library("fsspec")
    memory = fsspec.filesystem("memory")
    for path in records:
        memory.pipe(f"/offices/{path.name}", path.read_bytes())
    urls: list[FileSource] = [Url(f"memory://offices/{path.name}") for path in records]
    for _ in range(2):
        there = rollup_json(
            [*urls, Url("memory://offices/none.json")], RollupOptions(cache=extract_cache)
        )
        assert there["totals"] == rollup_json(records, RollupOptions())["totals"]
        assert [item["file"] for item in there["set_aside"]] == ["memory://offices/none.json"]


def test_folders_patterns_and_archives_are_named_by_url(records: list[Path]) -> None:
    library("fsspec")
    folder = records[0].parent
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for path in records:
            archive.write(path, f"{path.stem}.xlsx")
    names = sorted(f"{path.stem}.xlsx" for path in records)
    inside = [f"zip://{name}::{folder}/all.zip" for name in names]
    for url in (f"zip://::{folder}/all.zip", f"zip://*.xlsx::{folder}/all.zip"):
        assert [str(item) for item in search([Url(url)]).files] == inside
    assert [Url(url).name for url in inside] == names
    for path in records:
        path.with_suffix(".xlsx").write_bytes(path.read_bytes())
    for url in (f"file://{folder}", f"file://{folder}/", f"file://{folder}/*.xlsx"):
        assert [item.name for item in search([Url(url)]).files] == names
    there = rollup_json([Url(url) for url in inside], RollupOptions())
    assert there["totals"] == rollup_json(records, RollupOptions())["totals"]


@pytest.mark.parametrize(
    ("url", "words"),
    [("nosuch://place/a.xlsx", "“nosuch://”"), ("s3://bucket/a.xlsx", "pip install s3fs")],
)
def test_a_url_that_cannot_be_read_is_told_in_one_sentence(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library("fsspec")
    monkeypatch.setitem(sys.modules, "s3fs", None)  # type: ignore[arg-type]
    (aside,) = rollup_json([Url(url)], RollupOptions())["set_aside"]
    assert words in aside["reason"] and url in aside["reason"]


class Office(SimpleHTTPRequestHandler):
    """Serves a folder, and has no log."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(records: list[Path]) -> Iterator[str]:
    """The address of a web server on this machine, which serves the folder of the records."""
    handler = partial(Office, directory=records[0].parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as made:
        thread = Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()
        thread.join()


def test_files_of_the_web_are_read(
    server: str, records: list[Path], extract_cache: ExtractCache, reads: list[str]
) -> None:
    records[0].rename(records[0].with_name("甲局 1.json"))
    names = ("%E7%94%B2%E5%B1%80%201.json", "402.json?key=1/2#top", "none.json")
    urls: list[FileSource] = [Url(f"{server}/{name}") for name in names]
    for _ in range(2):
        there = rollup_json(
            [*urls, Url("http://127.0.0.1:1/refused.json")], RollupOptions(cache=extract_cache)
        )
        assert there["totals"]["budget"] == "669.33"
        aside = {item["file"].rpartition("/")[2]: item["reason"] for item in there["set_aside"]}
        assert set(aside) == {"none.json", "refused.json"}
        assert "URLError" in aside["refused.json"] and "URLError" not in aside["none.json"]
    assert reads == ["甲局 1.json", "402.json"]


def test_without_the_library_one_sentence_says_how_to_install_it(
    records: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def missing() -> object:
        raise UserError("no_parquet")

    monkeypatch.setattr(caches, "library", missing)
    command = ["rollup", str(records[0]), "--json", str(tmp_path / "o.json")]
    assert run([*command, "--cache", str(tmp_path / "c"), "--lang", "en"]) == 2
    assert 'pip install "xlperf[parquet]"' in capsys.readouterr().err
    assert not (tmp_path / "o.json").exists()


def test_findings_keep_their_words_in_both_languages(master: Path) -> None:
    row = extract(master).findings[0]
    for language in wording.LANGUAGES:
        assert row[f"message_{language}"] and row[f"advice_{language}"]
    assert row["message_zh"] != row["message_en"]
    assert json.loads(row["path"])


def test_words_on_the_disk_are_those_in_memory(
    records: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(name: str) -> list[Any]:
        rollup, answers = roll_up_and_survey(records)
        write_rollup(rollup, tmp_path / name, answers)
        sheets = load_workbook(tmp_path / name).worksheets
        return [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]

    in_memory = rows("memory.xlsx")
    monkeypatch.setattr(file_views, "IN_MEMORY", 1)
    monkeypatch.setattr(file_views, "MOST_OPENED", 1)
    assert rows("disk.xlsx") == in_memory
    assert any(row[0] == "第401局" and "项目401" in row for row in in_memory)
