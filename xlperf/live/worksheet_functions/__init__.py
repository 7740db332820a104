"""Worksheet functions' arguments and results. Pure: no Excel."""
