"""The compression of VBA sources, against itself and against oletools."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.addin.second_reader import decompressed
from xlperf.addin.source_faults import DamagedFileError
from xlperf.addin.vba.compression import CHUNK, compress, decompress

LINES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
SOURCES = st.lists(LINES, max_size=400).map(lambda lines: "\r\n".join(lines).encode())


@settings(deadline=None)
@given(SOURCES)
def test_what_is_compressed_comes_back_by_both_readers(source: bytes) -> None:
    packed = compress(source)
    assert decompress(packed) == source
    assert decompressed(packed) == source


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_come_back(data: bytes) -> None:
    assert decompress(compress(data)) == data


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_the_ends_of_chunks_are_no_special_places(size: int) -> None:
    source = (b"Public Sub Somewhere()\r\n" * 1000)[:size]
    packed = compress(source)
    assert decompress(packed) == source
    assert decompressed(packed) == source
    assert size < 100 or len(packed) < size / 4


def test_a_chunk_that_does_not_shrink_is_stored() -> None:
    noise = bytes((i * i * 31 + i // 7) % 251 for i in range(CHUNK))
    shuffled = bytes((a ^ (b << 1)) & 0xFF for a, b in zip(noise, reversed(noise), strict=True))
    assert decompress(compress(shuffled)) == shuffled


@pytest.mark.parametrize(
    "damaged", [b"", b"\x02", b"\x01\x00", b"\x01\xff\xbf\x00", b"\x01\x02\xb0\x01\x00\x00"]
)
def test_what_is_no_container_is_said_to_be_none(damaged: bytes) -> None:
    with pytest.raises(DamagedFileError):
        decompress(damaged)
