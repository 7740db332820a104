"""The package of a Word file, written the same for the same content: no dates in it."""

from __future__ import annotations

import zipfile
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say


def package_bytes(data: bytes) -> bytes:
    """The same parts in the same order, without the time of writing."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as read, zipfile.ZipFile(stream, "w") as written:
        for name in read.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 3
            written.writestr(part, read.read(name))
    return stream.getvalue()
