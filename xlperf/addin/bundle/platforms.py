"""The systems a bundle can be for."""

from __future__ import annotations

# pip's name: python.org's
PYTHON_ARCHITECTURES = {"win_amd64": "amd64", "win32": "win32", "win_arm64": "arm64"}
THIS_PLATFORM = "here"  # the very machine that packs it
