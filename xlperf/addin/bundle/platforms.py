"""The systems a bundle can be for."""

from __future__ import annotations

KINDS = {"win_amd64": "amd64", "win32": "win32", "win_arm64": "arm64"}  # pip's name: python.org's
THIS_PLATFORM = "here"  # the very machine that packs it
