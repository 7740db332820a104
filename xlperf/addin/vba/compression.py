"""The compression of VBA sources: MS-OVBA 2.4.1, both ways."""

from __future__ import annotations

import struct

from xlperf.addin.source_faults import DamagedFileError

SIGNATURE = 1
CHUNK = 4096  # bytes of text in one chunk
SHORTEST_COPY = 3  # the shortest copy
COMPRESSED, CHUNK_SIGNATURE = 0xB000, 0x3000  # a chunk header's flag and signature
LONGEST_CHAIN = 64  # earlier places tried for a copy


def _offset_bits(position: int) -> int:
    """How many bits of a copy token are the offset, this far into the chunk."""
    return max(4, (position - 1).bit_length()) if position else 4


def compress(data: bytes) -> bytes:
    """A CompressedContainer (MS-OVBA 2.4.1.1.1); the same data always gives the same bytes."""
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return bytes([SIGNATURE]) + b"".join(map(_chunk, chunks))


def _chunk(text: bytes) -> bytes:
    body = _tokens(text)
    if len(text) == CHUNK and len(body) >= CHUNK:
        return struct.pack("<H", CHUNK_SIGNATURE | (CHUNK - 1)) + text
    if len(body) > CHUNK:
        raise ValueError("the last chunk does not shrink")  # no text does that
    return struct.pack("<H", COMPRESSED | (len(body) - 1)) + body


def _tokens(text: bytes) -> bytes:
    body = bytearray()
    places: dict[bytes, list[int]] = {}
    position = 0
    while position < len(text):
        flags, group = 0, bytearray()
        for bit in range(8):
            if position >= len(text):
                break
            length, offset = _longest(text, position, places)
            if length:
                flags |= 1 << bit
                group += _copy_token(position, length, offset)
            else:
                group.append(text[position])
            for at in range(position, position + max(length, 1)):
                places.setdefault(text[at : at + SHORTEST_COPY], []).append(at)
            position += max(length, 1)
        body.append(flags)
        body += group
    return bytes(body)


def _copy_token(position: int, length: int, offset: int) -> bytes:
    shift = 16 - _offset_bits(position)
    return struct.pack("<H", (offset - 1) << shift | (length - SHORTEST_COPY))


def _longest(text: bytes, position: int, places: dict[bytes, list[int]]) -> tuple[int, int]:
    """The longest earlier text that starts like the rest; (0, 0) if none is worth a token."""
    start = text[position : position + SHORTEST_COPY]
    if len(start) < SHORTEST_COPY:
        return 0, 0
    most = min((0xFFFF >> _offset_bits(position)) + SHORTEST_COPY, len(text) - position)
    length = offset = 0
    for place in reversed(places.get(start, [])[-LONGEST_CHAIN:]):
        same = _same(text, place, position, most)
        if same > length:
            length, offset = same, position - place
    return length, offset


def _same(text: bytes, place: int, position: int, most: int) -> int:
    count = SHORTEST_COPY
    while count < most and text[place + count] == text[position + count]:
        count += 1
    return count


def decompress(data: bytes) -> bytes:
    """The data in a CompressedContainer; DamagedFileError where it breaks the format."""
    if not data or data[0] != SIGNATURE:
        raise DamagedFileError("no compressed container")
    out = bytearray()
    at = 1
    while at < len(data):
        if at + 2 > len(data):
            raise DamagedFileError("a chunk without a header")
        (header,) = struct.unpack_from("<H", data, at)
        end = at + (header & 0x0FFF) + 3
        if end > len(data) or header & 0x7000 != CHUNK_SIGNATURE:
            raise DamagedFileError("a chunk that ends after its container")
        if header & 0x8000:
            _expand(data[at + 2 : end], out)
        else:
            out += data[at + 2 : end]
        at = end
    return bytes(out)


def _expand(body: bytes, out: bytearray) -> None:
    begin, at = len(out), 0
    while at < len(body):
        flags = body[at]
        at += 1
        for bit in range(8):
            if at >= len(body):
                return
            if flags >> bit & 1:
                _copy(body[at : at + 2], out, begin)
                at += 2
            else:
                out.append(body[at])
                at += 1


def _copy(token: bytes, out: bytearray, begin: int) -> None:
    if len(token) < 2:
        raise DamagedFileError("half a copy token")
    (value,) = struct.unpack("<H", token)
    bits = _offset_bits(len(out) - begin)
    offset = (value >> (16 - bits)) + 1
    if offset > len(out) - begin:
        raise DamagedFileError("a copy from before its chunk")
    for _ in range((value & (0xFFFF >> bits)) + SHORTEST_COPY):
        out.append(out[-offset])
