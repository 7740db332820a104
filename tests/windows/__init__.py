"""A check of xlperf in a real Excel, for a person at a Windows machine: `smoke`.

The checks take whatever answers as Excel does, so that `test_smoke` can run them over the
stand-in; what only a real Excel can answer is skipped there, by name.
"""
