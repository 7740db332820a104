"""Zips that are the same for the same parts."""

from __future__ import annotations

import io
import zipfile

from xlperf import zip_files

PARTS = {"b.xml": b"<b/>" * 50, "a.xml": "汉字".encode()}


def test_parts_keep_their_order_and_tell_no_time_nor_machine() -> None:
    packed = zip_files.pack(PARTS)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        infos = archive.infolist()
        assert {info.filename: archive.read(info) for info in infos} == PARTS
    assert [info.filename for info in infos] == ["b.xml", "a.xml"]
    told = {(info.date_time, info.create_system, info.external_attr >> 16) for info in infos}
    assert told == {((1980, 1, 1, 0, 0, 0), 3, 0o600)}


def test_packing_again_gives_the_same_bytes_whoever_packed_first() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_STORED) as archive:
        for name, data in PARTS.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 5, 4, 3, 2, 0)), data)
    assert zip_files.repack(other.getvalue()) == zip_files.pack(PARTS)
