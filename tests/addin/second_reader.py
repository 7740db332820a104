"""oletools, a second reader of VBA projects, written by others; its imports warn."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oletools.olevba import VBA_Parser, decompress_stream


def decompressed(data: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(data)))


def modules(name: str, data: bytes) -> dict[str, str]:
    """The text of every module of a file, by the module's name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = VBA_Parser(name, data=data)
        texts = {file.rpartition(".")[0]: text for _, _, file, text in parser.extract_all_macros()}
        parser.close()
    return texts


def suspicions(name: str, data: bytes) -> list[tuple[str, str]]:
    """What the scanner would report: kind and keyword."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = VBA_Parser(name, data=data)
        keywords = [(kind, keyword) for kind, keyword, _ in parser.analyze_macros() or ()]
        parser.close()
    return keywords
