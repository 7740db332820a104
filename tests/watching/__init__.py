"""Tests of `xlperf watch`: when a file was saved, what the page shows, in a real browser."""
