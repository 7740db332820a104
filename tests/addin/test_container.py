"""Compound files: written by us, read by us and by olefile."""

from __future__ import annotations

import contextlib
import io
import string
import struct

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlperf.addin.source_faults import DamagedFileError
from xlperf.addin.vba import compound_file
from xlperf.addin.vba.compound_file import CUTOFF, SECTOR
from xlperf.addin.vba.compound_file_reader import Container, directory_faults

NAMES = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 513, CUTOFF - 1, CUTOFF, CUTOFF + 1, 20000])


def content(size: int) -> bytes:
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


def distinct(names: list[str]) -> list[str]:
    return list({name.upper(): name for name in names}.values())


TREES = st.builds(
    lambda names, sizes: {name: content(size) for name, size in zip(distinct(names), sizes)},  # noqa: B905
    st.lists(NAMES, max_size=40),
    st.lists(SIZES, min_size=40, max_size=40),
)


@settings(deadline=None)
@given(TREES, TREES)
def test_every_stream_comes_back_by_both_readers(
    outer: dict[str, bytes], inner: dict[str, bytes]
) -> None:
    tree = {name: data for name, data in outer.items() if name.upper() != "VBA"}
    data = compound_file.write({**tree, "VBA": inner})
    expected = {**tree, **{f"VBA/{name}": stream for name, stream in inner.items()}}
    read = Container(data)
    assert read.streams == expected
    assert list(directory_faults(read)) == []
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as other:
        listed = {"/".join(path) for path in other.listdir()}
        assert listed == set(expected)
        assert all(other.openstream(name).read() == expected[name] for name in expected)


def test_a_directory_out_of_order_is_noticed() -> None:
    data = bytearray(compound_file.write({"A": b"1", "BB": b"2", "CCC": b"3"}))
    at = data.index("BB\0".encode("utf-16-le"))
    data[at : at + 4] = "ZZ".encode("utf-16-le")
    assert not list(directory_faults(Container(bytes(data))))
    at = data.index("CCC".encode("utf-16-le"))
    data[at : at + 8] = "B\0".encode("utf-16-le") + b"\0" * 4
    struct.pack_into("<H", data, at + 64, 4)
    assert [fault.key for fault in directory_faults(Container(bytes(data)))] == ["directory_order"]


def test_two_red_entries_in_a_row_are_noticed() -> None:
    data = bytearray(compound_file.write(dict.fromkeys(("A", "B", "C", "D"), b"x")))
    at = data.index("B\0".encode("utf-16-le"))
    data[at + 67] = compound_file.RED
    assert "directory_colour" in {fault.key for fault in directory_faults(Container(bytes(data)))}


@pytest.mark.parametrize("cut", [0, 8, SECTOR - 1, SECTOR, 2 * SECTOR])
def test_half_a_file_is_said_to_be_damaged(cut: int) -> None:
    data = compound_file.write({"VBA": {"dir": content(9000)}})
    with pytest.raises(DamagedFileError):
        Container(data[:cut])


@settings(deadline=None)
@given(st.integers(SECTOR, 4 * SECTOR), st.integers(1, 255))
def test_a_flipped_byte_never_breaks_the_reader(at: int, by: int) -> None:
    data = bytearray(compound_file.write({"VBA": {"dir": content(100)}, "PROJECT": content(200)}))
    data[at % len(data)] ^= by
    with contextlib.suppress(DamagedFileError):
        list(directory_faults(Container(bytes(data))))
