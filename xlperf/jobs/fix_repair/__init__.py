"""Fixes and repairs: written into a copy, and read again before it is kept."""
