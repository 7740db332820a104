"""Zips that are the same for the same parts."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from xlperf.storage import deterministic_zips

PARTS = {"b.xml": b"<b/>" * 50, "a.xml": "汉字".encode()}


def test_parts_keep_their_order_and_tell_no_time_nor_machine() -> None:
    packed = deterministic_zips.pack(PARTS)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        infos = archive.infolist()
        assert {info.filename: archive.read(info) for info in infos} == PARTS
    assert [info.filename for info in infos] == ["b.xml", "a.xml"]
    facts = {(info.date_time, info.create_system, info.external_attr >> 16) for info in infos}
    assert facts == {((1980, 1, 1, 0, 0, 0), 3, 0o600)}


def test_packing_again_gives_the_same_bytes_whoever_packed_first() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_STORED) as archive:
        for name, data in PARTS.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 5, 4, 3, 2, 0)), data)
    assert deterministic_zips.repack(other.getvalue()) == deterministic_zips.pack(PARTS)


def test_parts_that_stay_are_copied_as_they_are_packed(tmp_path: Path) -> None:
    """Also where sizes stand behind the data, as in a zip written to a pipe; of two the last."""
    source, target = tmp_path / "a.zip", tmp_path / "b.zip"

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("stays.xml", b"stays" * 100)
        archive.writestr("goes.xml", b"goes")
        archive.writestr("changes.xml", b"before")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr("stays.xml", b"last" * 100)
    source.write_bytes(pipe.getvalue())
    with zipfile.ZipFile(source) as archive:
        assert archive.getinfo("stays.xml").flag_bits & 0x8
        size = archive.getinfo("stays.xml").compress_size
        changed = {"changes.xml": b"after", "new.xml": b"new"}
        deterministic_zips.rewrite(archive, target, changed, {"goes.xml"})
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "stays.xml": b"last" * 100, "changes.xml": b"after", "new.xml": b"new"
        }  # fmt: skip
        assert archive.getinfo("stays.xml").compress_size == size


def test_a_part_that_is_cut_off_is_not_copied(tmp_path: Path) -> None:
    source = tmp_path / "a.zip"
    source.write_bytes(deterministic_zips.pack({"a.xml": b"text"}))
    with zipfile.ZipFile(source) as archive:
        archive.getinfo("a.xml").compress_size += 1000
        with pytest.raises(zipfile.BadZipFile):
            deterministic_zips.rewrite(archive, tmp_path / "b.zip", {})
