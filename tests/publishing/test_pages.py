"""PDF by LibreOffice, and the pages that the contents name."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from tests.conftest import lacks
from tests.publishing.records import forty
from xlperf.errors import UserError
from xlperf.publishing import libreoffice, publish_paged_word, publish_pdf, word_of
from xlperf.publishing.pdf import pages_of
from xlperf.record import Raw

Printer = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def printer() -> Printer:
    """LibreOffice, asked once for each file: a start takes it seconds."""
    if not libreoffice.office_program():
        lacks("LibreOffice (soffice) is not installed")
    return cache(libreoffice.pdf_of)


@pytest.fixture
def printing(printer: Printer, monkeypatch: pytest.MonkeyPatch) -> Printer:
    monkeypatch.setattr("xlperf.publishing.pdf.pdf_of", printer)
    return printer


def listed(word: bytes) -> list[tuple[str, int]]:
    """What the contents of a Word file say: titles and pages."""
    contents = docx.Document(BytesIO(word)).element.body.find(qn("w:sdt"))
    entries = []
    for link in contents.iter(qn("w:hyperlink")):
        texts = [node.text for node in link.iter(qn("w:t"))]
        entries.append((texts[0], int(texts[-1])))
    return entries


def standing(pdf: bytes) -> dict[str, int]:
    """Where the headings of a PDF stand, by the number printed at the foot of the page."""
    reader = PdfReader(BytesIO(pdf))
    pages = {}
    for heading in flat(reader.outline):
        page = reader.pages[reader.get_destination_page_number(heading) or 0]
        foot = re.findall(r"—\s*(\d+)\s*—", page.extract_text())
        pages[str(heading.title)] = int(foot[-1])
    return pages


def flat(outline: Any) -> Iterator[Any]:
    for entry in outline:
        yield from flat(entry) if isinstance(entry, list) else [entry]


def chinese_only(node: Any) -> Any:
    """The same record without a letter or digit: their width depends on the fonts at hand."""
    if isinstance(node, dict):
        same_keys = ("edition", "code", "unit")
        return {key: v if key in same_keys else chinese_only(v) for key, v in node.items()}
    if isinstance(node, list):
        return [chinese_only(item) for item in node]
    return re.sub(r"[\x20-\x7e≥≤]+", "数", node) if isinstance(node, str) else node


@pytest.mark.usefixtures("own_libreoffice")
def test_the_contents_name_the_pages_on_which_the_headings_stand(
    sample: Raw, tmp_path: Path, printing: Printer
) -> None:
    path = tmp_path / "document.docx"
    publish_paged_word(sample, path)
    stands = standing(printing(path.read_bytes()))
    entries = listed(path.read_bytes())
    assert len(entries) == 5 + len(sample["projects"])
    assert {title: stands[title] for title, _ in entries} == dict(entries)


def test_the_estimate_without_libreoffice_is_what_libreoffice_finds(
    sample: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printer: Printer
) -> None:
    record = chinese_only(forty(sample))
    word = word_of(record)
    assert dict(listed(word)) == {
        title: page for title, page in standing(printer(word)).items() if title[0] != "（"
    }
    monkeypatch.setattr("xlperf.publishing.pdf.office_program", lambda: "")
    publish_paged_word(record, tmp_path / "document.docx")
    assert (tmp_path / "document.docx").read_bytes() == word


def test_a_pdf_has_the_pages_its_contents_name(
    sample: Raw, tmp_path: Path, printing: Printer
) -> None:
    publish_pdf(sample, tmp_path / "document.pdf")
    reader = PdfReader(tmp_path / "document.pdf")
    stands = standing((tmp_path / "document.pdf").read_bytes())
    contents = reader.pages[1].extract_text().replace(" ", "")
    assert len(sample["projects"]) == 11
    for number, project in enumerate(sample["projects"], 1):
        title = f"{number}.{project['name']}绩效目标表"
        assert re.search(re.escape(title) + rf"\.+{stands[title]}\b", contents), title


def test_every_project_begins_on_a_page_of_its_own(sample: Raw, printer: Printer) -> None:
    pages = pages_of(printer(word_of(sample)))
    of_projects = pages[-len(sample["projects"]) :]
    assert of_projects == sorted(set(of_projects))


def test_a_pdf_without_an_outline_gives_no_pages() -> None:
    assert pages_of(b"not a pdf") == []


def test_without_libreoffice_a_pdf_is_refused_with_a_remedy(
    sample: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "USUAL_PROGRAMS", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError) as refused:
        publish_pdf(sample, tmp_path / "document.pdf")
    assert refused.value.key == "no_office"
    assert list(tmp_path.iterdir()) == []


def stand_in(folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for LibreOffice")
def test_a_libreoffice_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(UserError) as refused:
        libreoffice.pdf_of(b"", seconds=1)
    assert refused.value.key == "office_slow"
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def alive(process: int) -> bool:
    """Whether a process still runs; one that ended and waits to be fetched does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for LibreOffice")
def test_a_libreoffice_that_makes_no_pdf_is_refused(
    sample: Raw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(UserError) as refused:
        publish_pdf(sample, tmp_path / "document.pdf")
    assert refused.value.key == "office_failed"
    publish_paged_word(sample, tmp_path / "document.docx")
    assert (tmp_path / "document.docx").read_bytes() == word_of(sample)
