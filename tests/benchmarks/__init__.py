"""Benchmarks: ratios against a named baseline of the same run.

Run them with `pytest tests/benchmarks --benchmark-enable`.
"""
